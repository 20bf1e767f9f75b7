package chain

import (
	"slices"
	"time"
)

// MaxNames is how many friend lists one call may always name (L 2.1).
const MaxNames = 32

// checkNames refuses a command about friend lists whose names are malformed,
// missing or too many.
func checkNames(s *Settings, names []string) error {
	switch {
	case len(names) == 0:
		return NoLists
	case len(names) > max(MaxNames, s.MaxLists):
		return TooManyLists
	case slices.ContainsFunc(names, func(name string) bool { return !validListName(name) }):
		return BadListName
	}
	return nil
}

// ListAdd creates friend lists and puts friends into all of them (L 2.1).
type ListAdd struct {
	Owner UserID
	Names []string // may repeat (L Q2)
	Peers []UserID // of several equal ones the first counts (L Q13)
}

// ListChange is the answer to a command that changes friend lists.
type ListChange struct {
	Seq   uint32 // the sequence of the lists
	Items []ItemResult
}

// Check implements [Command].
func (c *ListAdd) Check(s *Settings) error {
	switch {
	case !c.Owner.Valid():
		return BadOwner
	case len(c.Peers) > s.MaxItems:
		return TooManyItems
	}
	c.Peers = distinct(c.Peers, itself)
	return checkNames(s, c.Names)
}

// Reads implements [Command].
func (c *ListAdd) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for _, peer := range c.Peers {
		if peer.Valid() {
			w.Users.Add(peer)
			w.Friends.Add(Edge{c.Owner, peer})
		}
	}
}

// Decide implements [Command]. The lists are created whether or not the peers
// can be put into them (D 3); with too many, nothing is (L Q4).
func (c *ListAdd) Decide(d *Draft, _ time.Time) (ListChange, error) {
	if !d.exists(c.Owner) {
		return ListChange{}, NoSuchOwner
	}
	lists, _ := d.Lists.Get(c.Owner)
	if d.App.Settings.StrictLists && slices.ContainsFunc(c.Names, func(name string) bool { return lists.find(name) != nil }) {
		return ListChange{}, ListExists
	}
	if !d.roomForLists(c.Owner, c.Names) {
		return ListChange{}, ListsFull
	}
	ids := d.listIDs(c.Owner, c.Names)
	var a ListChange
	for _, peer := range c.Peers {
		a.Items = append(a.Items, ItemResult{peer, d.join(Edge{c.Owner, peer}, ids)})
	}
	a.Seq = d.seq(c.Owner, SeqLists)
	return a, nil
}

// join puts a friend into lists.
func (d *Draft) join(e Edge, ids []ListID) Fault {
	if !e.Peer.Valid() {
		return BadPeer
	}
	f, fault := d.friend(e)
	if fault != OK {
		return fault
	}
	f.Lists = slices.Clone(f.Lists)
	for _, id := range ids {
		if !slices.Contains(f.Lists, id) {
			f.Lists = append(f.Lists, id)
		}
	}
	d.rewrite(f)
	return OK
}

// friend returns the row of a friend, or why there is none (L Q12).
func (d *Draft) friend(e Edge) (Friend, Fault) {
	f, ok := d.Friends.Get(e)
	switch {
	case ok:
		return f, OK
	case !d.exists(e.Peer):
		return f, NoSuchPeer
	}
	return f, NotFriend
}

// leave takes a friend off a list.
func (d *Draft) leave(f Friend, id ListID) {
	f.Lists = slices.DeleteFunc(slices.Clone(f.Lists), func(l ListID) bool { return l == id })
	d.rewrite(f)
}

// seq is a sequence of a user as it stands now.
func (d *Draft) seq(id UserID, kind SeqKind) uint32 {
	u, _ := d.user(id)
	return u.Seq[kind]
}

// ListDelete removes friend lists. Their members stay friends (L 2.2).
type ListDelete struct {
	Owner UserID
	Names []string
}

// Check implements [Command].
func (c *ListDelete) Check(s *Settings) error {
	if err := checkOwner(c.Owner); err != nil {
		return err
	}
	return checkNames(s, c.Names)
}

// Reads implements [Command].
func (c *ListDelete) Reads(d *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	lists, _ := d.Lists.Peek(c.Owner)
	for _, name := range c.Names {
		if l := lists.find(name); l != nil {
			w.Members.Add(ListKey{c.Owner, l.ID})
		}
	}
}

// Decide implements [Command]. It answers the sequence of the lists. A list
// that does not exist is passed over, unless the app is strict (D 4).
func (c *ListDelete) Decide(d *Draft, _ time.Time) (uint32, error) {
	if !d.exists(c.Owner) {
		return 0, NoSuchOwner
	}
	lists, _ := d.Lists.Get(c.Owner)
	if d.App.Settings.StrictLists && slices.ContainsFunc(c.Names, func(name string) bool { return lists.find(name) == nil }) {
		return 0, NoSuchList
	}
	for _, name := range c.Names {
		lists, _ := d.Lists.Get(c.Owner)
		if l := lists.find(name); l != nil {
			d.deleteList(ListKey{c.Owner, l.ID})
		}
	}
	return d.seq(c.Owner, SeqLists), nil
}

func (d *Draft) deleteList(k ListKey) {
	members, _ := d.Members.Get(k)
	for _, f := range members {
		d.Friends.Know(f.Edge, f)
		f, _ := d.Friends.Get(f.Edge) // as an earlier list's end left it
		d.leave(f, k.List)
	}
	l := d.editLists(k.Owner)
	l.Items = slices.DeleteFunc(l.Items, func(l List) bool { return l.ID == k.List })
	d.bump(k.Owner, SeqLists)
}

// ListUpdate renames a friend list and moves friends in and out of it (L 2.4).
type ListUpdate struct {
	Owner    UserID
	Old, New string           // New may be empty: the name stays
	Items    []ListUpdateItem // of several for one peer the first counts (L Q13)
}

// ListUpdateItem is one friend of a [ListUpdate].
type ListUpdateItem struct {
	Peer UserID
	Join bool // into the list; otherwise out of it

	Malformed Fault // set by the caller: why the item cannot be
}

// Check implements [Command].
func (c *ListUpdate) Check(s *Settings) error {
	switch {
	case !c.Owner.Valid():
		return BadOwner
	case !validListName(c.Old) || c.New != "" && !validListName(c.New):
		return BadListName
	case c.New == "" && len(c.Items) == 0:
		return NoItems
	case len(c.Items) > s.MaxItems:
		return TooManyItems
	}
	c.Items = distinct(c.Items, func(it ListUpdateItem) UserID { return it.Peer })
	return nil
}

// Reads implements [Command].
func (c *ListUpdate) Reads(d *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for _, it := range c.Items {
		if it.Peer.Valid() {
			w.Users.Add(it.Peer)
			w.Friends.Add(Edge{c.Owner, it.Peer})
		}
	}
}

// Decide implements [Command].
func (c *ListUpdate) Decide(d *Draft, _ time.Time) (ListChange, error) {
	if !d.exists(c.Owner) {
		return ListChange{}, NoSuchOwner
	}
	lists, _ := d.Lists.Get(c.Owner)
	list := lists.find(c.Old)
	switch {
	case list == nil:
		return ListChange{}, NoSuchList
	case c.New != "" && c.New != c.Old && lists.find(c.New) != nil:
		return ListChange{}, ListExists
	}
	id, members := list.ID, list.Members
	if c.New != "" && c.New != c.Old {
		d.editLists(c.Owner).byID(id).Name = c.New
		d.bump(c.Owner, SeqLists)
		if members > 0 {
			d.bump(c.Owner, SeqStandard) // the friends tell another name now
		}
	}
	var a ListChange
	for _, it := range c.Items {
		a.Items = append(a.Items, ItemResult{it.Peer, it.apply(d, c.Owner, id)})
	}
	a.Seq = d.seq(c.Owner, SeqLists)
	return a, nil
}

func (it *ListUpdateItem) apply(d *Draft, owner UserID, id ListID) Fault {
	e := Edge{owner, it.Peer}
	switch {
	case !it.Peer.Valid():
		return BadPeer
	case it.Malformed != OK:
		return it.Malformed
	case it.Join:
		return d.join(e, []ListID{id})
	}
	f, fault := d.friend(e)
	if fault == OK {
		d.leave(f, id)
	}
	return fault
}

// ListGet reads friend lists (L 2.3).
type ListGet struct {
	Owner   UserID
	Names   []string // none: all; what is empty or does not exist is left out (D 4)
	Members bool     // tell the members too
}

// A ListDetail is one list of the answer to [ListGet].
type ListDetail struct {
	Name    string
	Count   int
	Members []UserID // in the order of becoming friends, if they were asked for
}

// ListDetails is the answer to [ListGet].
type ListDetails struct {
	Seq   uint32
	Lists []ListDetail
}

// Check implements [Command].
func (c *ListGet) Check(s *Settings) error {
	if err := checkOwner(c.Owner); err != nil {
		return err
	}
	if len(c.Names) == 0 {
		return nil
	}
	return checkNames(s, c.Names)
}

// Reads implements [Command].
func (c *ListGet) Reads(d *Draft, w *Want) {
	w.Users.Add(c.Owner)
	w.Lists.Add(c.Owner)
	lists, _ := d.Lists.Peek(c.Owner)
	for _, l := range c.chosen(&lists) {
		if c.Members && l.Members > 0 {
			w.Members.Add(ListKey{c.Owner, l.ID})
		}
	}
}

// chosen are the lists asked for, in the order asked.
func (c *ListGet) chosen(l *Lists) (chosen []List) {
	if len(c.Names) == 0 {
		return l.Items
	}
	for i, name := range c.Names {
		if list := l.find(name); list != nil && !slices.Contains(c.Names[:i], name) {
			chosen = append(chosen, *list)
		}
	}
	return chosen
}

// Decide implements [Command].
func (c *ListGet) Decide(d *Draft, _ time.Time) (ListDetails, error) {
	owner, ok := d.user(c.Owner)
	if !ok {
		return ListDetails{}, NoSuchOwner
	}
	lists, _ := d.Lists.Get(c.Owner)
	if d.App.Settings.StrictLists && slices.ContainsFunc(c.Names, func(name string) bool { return lists.find(name) == nil }) {
		return ListDetails{}, NoSuchList
	}
	a := ListDetails{Seq: owner.Seq[SeqLists]}
	for _, l := range c.chosen(&lists) {
		detail := ListDetail{Name: l.Name, Count: l.Members}
		if c.Members && l.Members > 0 {
			members, _ := d.Members.Get(ListKey{c.Owner, l.ID})
			for _, f := range members {
				detail.Members = append(detail.Members, f.Peer)
			}
		}
		a.Lists = append(a.Lists, detail)
	}
	return a, nil
}
