package chain

import (
	"cmp"
	"time"
)

// FriendUpdate changes what Owner notes about friends (F section 5).
type FriendUpdate struct {
	Owner UserID
	Items []FriendUpdateItem
}

// FriendUpdateItem is one friend of a [FriendUpdate].
type FriendUpdateItem struct {
	Peer   UserID
	Remark *string  // nil = leave; empty = clear (F Q24)
	Lists  []string // the whole new set, if SetLists
	// SetLists tells an empty set, which takes the friend off all lists (F
	// Q23), from none given.
	SetLists bool
	Custom   []Field // the empty text clears a field

	Malformed Fault // set by the caller or by Check: why the item cannot be
}

// Check implements [Command].
func (c *FriendUpdate) Check(s *Settings) error {
	if err := checkBatch(s, c.Owner, len(c.Items)); err != nil {
		return err
	}
	for i := range c.Items {
		if it := &c.Items[i]; it.Malformed == OK {
			it.Malformed = it.check(s)
		}
	}
	return nil
}

func (it *FriendUpdateItem) check(s *Settings) Fault {
	switch {
	case !it.Peer.Valid():
		return BadPeer
	case it.Remark == nil && !it.SetLists && len(it.Custom) == 0:
		return NoChanges
	case it.Remark != nil && !text(*it.Remark, maxRemark):
		return BadRemark
	}
	return cmp.Or(checkLists(s, it.Lists), checkFields(s, it.Custom))
}

// Reads implements [Command].
func (c *FriendUpdate) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for i := range c.Items {
		if it := &c.Items[i]; it.Malformed == OK {
			w.Friends.Add(Edge{c.Owner, it.Peer})
		}
	}
}

// Decide implements [Command].
func (c *FriendUpdate) Decide(d *Draft, _ time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Items, func(it *FriendUpdateItem) (UserID, Fault) {
		return it.Peer, it.apply(d, c.Owner)
	})
}

func (it *FriendUpdateItem) apply(d *Draft, owner UserID) Fault {
	if it.Malformed != OK {
		return it.Malformed
	}
	f, ok := d.Friends.Get(Edge{owner, it.Peer})
	switch {
	case !ok:
		return NotFriend
	case !d.roomForLists(owner, it.Lists):
		return ListsFull
	}
	for _, field := range it.Custom {
		f.Custom = setField(f.Custom, field.Name, field.Value)
	}
	if len(f.Custom) > maxFields {
		return TooManyFields
	}
	if it.Remark != nil {
		f.Remark = *it.Remark
	}
	if it.SetLists {
		f.Lists = d.listIDs(owner, it.Lists)
	}
	d.rewrite(f)
	return OK
}
