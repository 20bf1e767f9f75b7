package chain

import "slices"

// A Draft is the rows that one command may see and change, and the events it
// causes. It starts as what the store held at one moment; what Decide makes of
// it the store then writes, whole or not at all.
type Draft struct {
	App *App

	Users    Table[UserID, User]
	Profiles Table[UserID, Profile]
	Lists    Table[UserID, Lists]
	Friends  Table[Edge, Friend]
	Blocks   Table[Edge, Block]
	Sent     Table[Edge, Request] // Owner asked Peer
	Received Table[Edge, Request] // Owner was asked by Peer

	// What a command reads without knowing the keys. Never dirty.
	Pages      Table[Page, []Friend]
	Members    Table[ListKey, []Friend]
	BlockPages Table[Page, []Block]
	Requests   Table[UserID, Requests]
	Holdings   Table[Reach, Holdings]

	Events []Event
}

// Reset makes d an empty draft for app and keeps its memory. Nobody may use what
// was in d any more but for copies of its rows.
func (d *Draft) Reset(app *App) {
	d.App, d.Events = app, nil
	d.Users.reset()
	d.Profiles.reset()
	d.Lists.reset()
	d.Friends.reset()
	d.Blocks.reset()
	d.Sent.reset()
	d.Received.reset()
	d.Pages.reset()
	d.Members.reset()
	d.BlockPages.reset()
	d.Requests.reset()
	d.Holdings.reset()
}

// A Page asks for friends or blocklist entries of Owner in order of insertion:
// Limit of them, after passing over Skip, from slot From on.
type Page struct {
	Owner       UserID
	From        uint32
	Skip, Limit int
}

// A ListKey names one list of one user. Its members are read in the order in
// which they became friends.
type ListKey struct {
	Owner UserID
	List  ListID
}

// Requests are the pending requests of one user, by peer.
type Requests struct{ Sent, Received []Request }

// A Reach asks for the holdings of a user: all of them, or up to Most of each
// kind if that is not 0.
type Reach struct {
	Owner UserID
	Most  int
}

// Holdings is what there is about one user: the rows it owns, and who holds it
// as a friend or on the blocklist.
type Holdings struct {
	Friends        []Friend  // in order of insertion
	Blocks         []Block   // in order of insertion
	Sent, Received []Request // by peer
	FriendOf       []UserID  // ascending
	BlockedBy      []UserID  // ascending
}

// A Want is a set of rows to read and of users to hold meanwhile. A user is
// held shared when its row is wanted, and alone when it is named in Writes; of
// every wanted row the owner must be held.
type Want struct {
	Users, Profiles, Lists          Keys[UserID]
	Friends, Blocks, Sent, Received Keys[Edge]
	Pages                           Keys[Page]
	Members                         Keys[ListKey]
	BlockPages                      Keys[Page]
	Requests                        Keys[UserID]
	Holdings                        Keys[Reach]

	Writes Keys[UserID] // users whose rows Decide may change
}

// Keys is a list of keys; duplicates do no harm.
type Keys[K comparable] []K

// Add appends keys.
func (s *Keys[K]) Add(keys ...K) { *s = append(*s, keys...) }

// Reset empties w and keeps its memory.
func (w *Want) Reset() {
	*w = Want{
		Users: w.Users[:0], Profiles: w.Profiles[:0], Lists: w.Lists[:0],
		Friends: w.Friends[:0], Blocks: w.Blocks[:0], Sent: w.Sent[:0], Received: w.Received[:0],
		Pages: w.Pages[:0], Members: w.Members[:0], BlockPages: w.BlockPages[:0], Requests: w.Requests[:0], Holdings: w.Holdings[:0], Writes: w.Writes[:0],
	}
}

// Prune drops from w the rows that d already has and reports whether any is
// left to read. Writes stay.
func (w *Want) Prune(d *Draft) bool {
	w.Users = d.Users.Missing(w.Users)
	w.Profiles = d.Profiles.Missing(w.Profiles)
	w.Lists = d.Lists.Missing(w.Lists)
	w.Friends = d.Friends.Missing(w.Friends)
	w.Blocks = d.Blocks.Missing(w.Blocks)
	w.Sent = d.Sent.Missing(w.Sent)
	w.Received = d.Received.Missing(w.Received)
	w.Pages = d.Pages.Missing(w.Pages)
	w.Members = d.Members.Missing(w.Members)
	w.BlockPages = d.BlockPages.Missing(w.BlockPages)
	w.Requests = d.Requests.Missing(w.Requests)
	w.Holdings = d.Holdings.Missing(w.Holdings)
	return len(w.Users)+len(w.Profiles)+len(w.Lists)+len(w.Friends)+len(w.Blocks)+
		len(w.Sent)+len(w.Received)+len(w.Pages)+len(w.Members)+len(w.BlockPages)+len(w.Requests)+len(w.Holdings) > 0
}

// change wants accounts that the command may change.
func (w *Want) change(ids ...UserID) {
	w.Users.Add(ids...)
	w.Writes.Add(ids...)
}

// request wants both rows of the request that e.Owner may have made.
func (w *Want) request(e Edge) {
	w.Sent.Add(e)
	w.Received.Add(e.Reverse())
}

// user returns the account of id. Administrators have one without being
// imported (T 6.2).
func (d *Draft) user(id UserID) (User, bool) {
	u, ok := d.Users.Get(id)
	if !ok && d.isAdmin(id) {
		return User{ID: id}, true
	}
	return u, ok && !u.Leaving
}

// exists tells whether id has an account.
func (d *Draft) exists(id UserID) bool {
	_, ok := d.user(id)
	return ok
}

// edit returns the account of id to be changed in place.
func (d *Draft) edit(id UserID) *User {
	u, first := d.Users.Edit(id)
	if first {
		u.ID = id
		u.Friends.Blocks = slices.Clone(u.Friends.Blocks)
		u.Blocks.Blocks = slices.Clone(u.Blocks.Blocks)
	}
	return u
}

// maxSeq is the largest sequence; after it comes 1 (L Q21).
const maxSeq = 1<<31 - 1

// bump raises a sequence of id, once for the whole command (F Q19).
func (d *Draft) bump(id UserID, kind SeqKind) {
	before := d.Users.was(id).Seq[kind]
	u := d.edit(id)
	if u.Seq[kind] != before {
		return
	}
	if u.Seq[kind]++; u.Seq[kind] > maxSeq {
		u.Seq[kind] = 1
	}
}

func (d *Draft) isAdmin(id UserID) bool { return slices.Contains(d.App.Admins, id) }

// ChangedOwners yields the owner of every changed row; owners may repeat.
func (d *Draft) ChangedOwners(yield func(UserID) bool) {
	self := func(id UserID) UserID { return id }
	owner := func(e Edge) UserID { return e.Owner }
	_ = eachOwner(&d.Users, self, yield) && eachOwner(&d.Profiles, self, yield) && eachOwner(&d.Lists, self, yield) &&
		eachOwner(&d.Friends, owner, yield) && eachOwner(&d.Blocks, owner, yield) &&
		eachOwner(&d.Sent, owner, yield) && eachOwner(&d.Received, owner, yield)
}

func eachOwner[K comparable, V any](t *Table[K, V], owner func(K) UserID, yield func(UserID) bool) bool {
	for c := range t.Dirty {
		if !yield(owner(c.Key)) {
			return false
		}
	}
	return true
}
