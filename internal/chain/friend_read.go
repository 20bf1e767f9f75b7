package chain

import "time"

// FriendCheck asks how Owner and each peer stand (F section 8).
type FriendCheck struct {
	Owner UserID
	Peers []UserID
	Both  bool // look at the peer's side too
}

// Check implements [Command].
func (c *FriendCheck) Check(s *Settings) error { return checkBatch(s, c.Owner, len(c.Peers)) }

// Reads implements [Command].
func (c *FriendCheck) Reads(_ *Draft, w *Want) { w.pairs(c.Owner, c.Peers, c.Both, &w.Friends) }

// Decide implements [Command].
func (c *FriendCheck) Decide(d *Draft, _ time.Time) ([]Relation, error) {
	return relations(d, c.Owner, c.Peers, c.Both, d.Friends.Has)
}

// FriendGet reads one page of Owner's friends, in the order in which they
// became friends (F section 9).
type FriendGet struct {
	Owner UserID
	Start int64 // how many friends to pass over

	// The sequences of what the caller has; 0 = nothing. They withhold data
	// only when Start is 0 (D 19).
	Standard, Custom int64
}

// FriendPage is the answer to [FriendGet].
type FriendPage struct {
	Friends          []Friend
	Lists            Lists // for the names of the friends' lists
	Standard, Custom bool  // whether to tell the standard and custom fields
	Seq              [seqKinds]uint32
	Total            int
	Next             int // where the next page starts; 0 = this was the last
}

// Check implements [Command].
func (c *FriendGet) Check(*Settings) error {
	if err := checkOwner(c.Owner); err != nil {
		return err
	}
	if c.Start < 0 {
		return BadStart
	}
	return nil
}

// Reads implements [Command]. The first page of a caller who has nothing is
// read at once; otherwise the owner's counts tell what to read.
func (c *FriendGet) Reads(d *Draft, w *Want) {
	w.Users.Add(c.Owner)
	owner, known := d.Users.Peek(c.Owner)
	page, wanted := c.page(d, owner)
	if wanted && (known || c.Start == 0 && c.Standard == 0 && c.Custom == 0) {
		w.Lists.Add(c.Owner)
		w.Pages.Add(page)
	}
}

// page tells which rows answer, if any do.
func (c *FriendGet) page(d *Draft, owner User) (Page, bool) {
	if standard, custom := c.tells(owner); !standard && !custom {
		return Page{}, false
	}
	return owner.Friends.page(c.Owner, c.Start, d.App.Settings.FriendPage)
}

// tells reports which fields the caller does not have yet. A custom sequence of
// 0 means that there are no custom fields.
func (c *FriendGet) tells(owner User) (standard, custom bool) {
	same := func(have int64, kind SeqKind) bool {
		return c.Start == 0 && have != 0 && have == int64(owner.Seq[kind])
	}
	return !same(c.Standard, SeqStandard), owner.Seq[SeqCustom] != 0 && !same(c.Custom, SeqCustom)
}

// Decide implements [Command].
func (c *FriendGet) Decide(d *Draft, _ time.Time) (FriendPage, error) {
	owner, ok := d.user(c.Owner)
	if !ok {
		return FriendPage{}, NoSuchOwner
	}
	a := FriendPage{Seq: owner.Seq, Total: owner.Friends.Len()}
	a.Standard, a.Custom = c.tells(owner)
	page, wanted := c.page(d, owner)
	if !wanted {
		return a, nil
	}
	a.Friends, _ = d.Pages.Get(page)
	a.Lists, _ = d.Lists.Get(c.Owner)
	a.Next = owner.Friends.after(c.Start, len(a.Friends))
	return a, nil
}

// FriendGetList reads what Owner notes about some friends and what these show
// of themselves (F section 10).
type FriendGetList struct {
	Owner    UserID
	Peers    []UserID
	Profiles bool     // whether profiles are asked for
	Fields   []string // custom friend fields asked for, to be checked
	Shown    []string // custom profile fields asked for, to be checked
}

// FriendDetail is one friend of the answer to [FriendGetList].
type FriendDetail struct {
	Peer    UserID
	Fault   Fault // OK, BadPeer or NotFriend
	Friend  Friend
	User    User
	Profile Profile
}

// FriendDetails is the answer to [FriendGetList].
type FriendDetails struct {
	Items []FriendDetail
	Lists Lists // for the names of the friends' lists
}

// Check implements [Command].
func (c *FriendGetList) Check(s *Settings) error {
	for _, name := range c.Fields {
		if !s.friendField(name) {
			return BadFriendTag
		}
	}
	for _, name := range c.Shown {
		if !s.profileField(name) {
			return BadFriendTag
		}
	}
	return checkBatch(s, c.Owner, len(c.Peers))
}

// Reads implements [Command].
func (c *FriendGetList) Reads(_ *Draft, w *Want) {
	w.Users.Add(c.Owner)
	w.Lists.Add(c.Owner)
	for _, peer := range c.Peers {
		if peer.Valid() {
			w.Friends.Add(Edge{c.Owner, peer})
			if c.Profiles {
				w.Users.Add(peer)
				w.Profiles.Add(peer)
			}
		}
	}
}

// Decide implements [Command].
func (c *FriendGetList) Decide(d *Draft, _ time.Time) (FriendDetails, error) {
	if !d.exists(c.Owner) {
		return FriendDetails{}, NoSuchOwner
	}
	a := FriendDetails{Items: make([]FriendDetail, len(c.Peers))}
	a.Lists, _ = d.Lists.Get(c.Owner)
	for i, peer := range c.Peers {
		a.Items[i] = c.detail(d, peer)
	}
	return a, nil
}

func (c *FriendGetList) detail(d *Draft, peer UserID) FriendDetail {
	it := FriendDetail{Peer: peer}
	if !peer.Valid() {
		it.Fault = BadPeer
		return it
	}
	var ok bool
	if it.Friend, ok = d.Friends.Get(Edge{c.Owner, peer}); !ok {
		it.Fault = NotFriend
		return it
	}
	if c.Profiles {
		it.User, _ = d.user(peer)
		it.Profile, _ = d.Profiles.Get(peer)
	}
	return it
}
