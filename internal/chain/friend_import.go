package chain

import (
	"cmp"
	"time"
)

// FriendImport makes peers friends of Owner, one way, as another system held
// them. Neither consent nor blocklists are asked, and a friend that exists is
// overwritten by what is given (F section 4, Q11).
type FriendImport struct {
	Owner UserID
	Items []FriendImportItem
}

// FriendImportItem is one peer of a [FriendImport]. Empty texts, times of 0
// and empty slices are not given; Source must be.
type FriendImportItem struct {
	Peer                UserID
	Remark              string
	RemarkTime, AddTime int64 // Unix seconds
	Lists               []string
	Source              string // with the prefix AddSource_Type_ taken off
	Wording             string
	Custom              []Field // the empty text clears a field

	Malformed Fault // set by the caller or by Check: why the item cannot be
}

// Check implements [Command].
func (c *FriendImport) Check(s *Settings) error {
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

func (it *FriendImportItem) check(s *Settings) Fault {
	switch {
	case !it.Peer.Valid():
		return BadPeer
	case !text(it.Remark, maxRemark):
		return BadRemark
	case !validTime(it.RemarkTime) || !validTime(it.AddTime):
		return BadTime
	case !keyword(it.Source):
		return BadSource
	case !text(it.Wording, maxWording):
		return BadWording
	}
	return cmp.Or(checkLists(s, it.Lists), checkFields(s, it.Custom))
}

func validTime(t int64) bool { return t >= 0 && t <= maxTime }

func checkFields(s *Settings, fields []Field) Fault {
	if len(fields) > maxFields {
		return TooManyFields
	}
	for _, f := range fields {
		if !s.friendField(f.Name) {
			return BadCustomField
		}
		if !f.Value.valid() {
			return BadCustomValue
		}
	}
	return OK
}

// Reads implements [Command]. A peer is changed only by a request that the
// import settles, which few have; others are shared with all who import them at
// the same time.
func (c *FriendImport) Reads(d *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	owner, known := d.Users.Peek(c.Owner)
	if known && owner.Sent == 0 {
		return // no request to be settled
	}
	for i := range c.Items {
		it := &c.Items[i]
		if it.Malformed != OK {
			continue
		}
		e := Edge{c.Owner, it.Peer}
		w.Users.Add(it.Peer)
		w.Friends.Add(e)
		if owner.Sent > 0 {
			w.request(e)
		}
		if d.Sent.stands(e) {
			w.Writes.Add(it.Peer)
		}
	}
}

// Decide implements [Command].
func (c *FriendImport) Decide(d *Draft, now time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Items, func(it *FriendImportItem) (UserID, Fault) {
		return it.Peer, it.take(d, c.Owner, now.Unix())
	})
}

func (it *FriendImportItem) take(d *Draft, owner UserID, now int64) Fault {
	if it.Malformed != OK {
		return it.Malformed
	}
	switch {
	case !d.exists(it.Peer):
		return NoSuchPeer
	case it.Peer == owner:
		return Self
	}
	old, found := d.Friends.Get(Edge{owner, it.Peer})
	if u, _ := d.user(owner); !found && u.Friends.Len() >= d.App.Settings.MaxFriends {
		return FriendsFull
	}
	if !d.roomForLists(owner, it.Lists) {
		return ListsFull
	}
	f := it.onto(old, now)
	if len(f.Custom) > maxFields {
		return TooManyFields
	}
	if !found {
		f.Edge = Edge{owner, it.Peer}
		d.befriend(f, it.Lists)
		return OK
	}
	if len(it.Lists) > 0 {
		f.Lists = d.listIDs(owner, it.Lists)
	}
	d.rewrite(f)
	return OK
}

// onto returns f with what the item gives, its lists apart.
func (it *FriendImportItem) onto(f Friend, now int64) Friend {
	if it.Remark != "" && it.Remark != f.Remark {
		f.Remark, f.RemarkTime = it.Remark, now
	}
	if it.RemarkTime != 0 {
		f.RemarkTime = it.RemarkTime
	}
	if it.Wording != "" {
		f.Wording = it.Wording
	}
	f.Source = it.Source
	switch {
	case it.AddTime != 0:
		f.AddTime = it.AddTime
	case f.AddTime == 0:
		f.AddTime = now
	}
	for _, field := range it.Custom {
		f.Custom = setField(f.Custom, field.Name, field.Value)
	}
	return f
}
