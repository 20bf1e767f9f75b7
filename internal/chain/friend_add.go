package chain

import "time"

// FriendAdd makes peers friends of Owner, or asks them (F section 3).
type FriendAdd struct {
	Owner UserID
	Items []FriendAddItem
	Both  bool // also make Owner a friend of each peer; needs the peer's consent
	Force bool // an administrator's word replaces the peer's consent
}

// FriendAddItem is one peer of a [FriendAdd]; empty texts are not given.
type FriendAddItem struct {
	Peer    UserID
	Remark  string
	List    string
	Source  string // with the prefix AddSource_Type_ taken off
	Wording string

	Malformed Fault // set by the caller or by Check: why the item cannot be
}

// Check implements [Command].
func (c *FriendAdd) Check(s *Settings) error {
	if err := checkBatch(s, c.Owner, len(c.Items)); err != nil {
		return err
	}
	for i := range c.Items {
		if it := &c.Items[i]; it.Malformed == OK {
			it.Malformed = it.check()
		}
	}
	return nil
}

func (it *FriendAddItem) check() Fault {
	switch {
	case !it.Peer.Valid():
		return BadPeer
	case !text(it.Remark, maxRemark):
		return BadRemark
	case it.List != "" && !validListName(it.List):
		return BadListName
	case it.Source != "" && !keyword(it.Source):
		return BadSource
	case !text(it.Wording, maxWording):
		return BadWording
	}
	return OK
}

// Deny refuses the items whose peers the app's back end said no to.
func (c *FriendAdd) Deny(denied func(UserID) bool) {
	for i := range c.Items {
		if it := &c.Items[i]; denied(it.Peer) {
			it.Malformed = DeniedByApp
		}
	}
}

// Reads implements [Command].
func (c *FriendAdd) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for i := range c.Items {
		if it := &c.Items[i]; it.Malformed == OK {
			e := Edge{c.Owner, it.Peer}
			w.change(it.Peer)
			w.Friends.Add(e, e.Reverse())
			w.Blocks.Add(e, e.Reverse())
			w.request(e)
			w.request(e.Reverse())
		}
	}
}

// Decide implements [Command].
func (c *FriendAdd) Decide(d *Draft, now time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Items, func(it *FriendAddItem) (UserID, Fault) {
		return it.Peer, c.add(d, it, now.Unix())
	})
}

func (c *FriendAdd) add(d *Draft, it *FriendAddItem, now int64) Fault {
	if fault := c.refuse(d, it); fault != OK {
		return fault
	}
	e := Edge{c.Owner, it.Peer}
	if c.Both && !c.Force {
		switch peer, _ := d.user(it.Peer); d.allow(peer) {
		case AllowNone:
			return PeerRefusesAll
		case AllowConfirm:
			return d.ask(Request{Edge: e, Time: now, Source: it.Source, Wording: it.Wording, Remark: it.Remark, List: it.List})
		}
	}
	if fault := c.room(d, it); fault != OK {
		return fault
	}
	d.befriend(Friend{Edge: e, Remark: it.Remark, Source: it.Source, Wording: it.Wording, AddTime: now}, nonEmpty(it.List))
	d.tellStarted(FriendAdded, c.Owner, e, c.Owner).Force = c.Force
	if c.Both && !d.Friends.Has(e.Reverse()) {
		// The peer's side shares time, source and wording (F Q8).
		d.befriend(Friend{Edge: e.Reverse(), Source: it.Source, Wording: it.Wording, AddTime: now}, nil)
		d.tellStarted(FriendAdded, c.Owner, e.Reverse(), c.Owner)
	}
	return OK
}

// refuse returns why the item may not be added whatever the peer thinks of it,
// or OK. The order is that of F Q4; what Force overrides, of F Q5.
func (c *FriendAdd) refuse(d *Draft, it *FriendAddItem) Fault {
	if it.Malformed != OK {
		return it.Malformed
	}
	e := Edge{c.Owner, it.Peer}
	owner, _ := d.user(c.Owner)
	switch {
	case !d.exists(it.Peer):
		return NoSuchPeer
	case it.Peer == c.Owner:
		return Self
	case d.Friends.Has(e):
		return AlreadyFriend
	case owner.Forbid == ForbidSendOut && !c.Force:
		return ForbiddenToAsk
	case d.Blocks.Has(e):
		return PeerBlocked
	case d.Blocks.Has(e.Reverse()):
		return BlockedByPeer
	}
	return OK
}

// room tells which limit stands against making the friendship, or OK.
func (c *FriendAdd) room(d *Draft, it *FriendAddItem) Fault {
	owner, _ := d.user(c.Owner)
	peer, _ := d.user(it.Peer)
	limit := d.App.Settings.MaxFriends
	switch {
	case owner.Friends.Len() >= limit:
		return FriendsFull
	case c.Both && !d.Friends.Has(Edge{it.Peer, c.Owner}) && peer.Friends.Len() >= limit:
		return PeerFriendsFull
	case !d.roomForLists(c.Owner, nonEmpty(it.List)):
		return ListsFull
	}
	return OK
}

// allow is how u takes being added: its own choice or the app's default.
func (d *Draft) allow(u User) Allow {
	if u.Allow == AllowUnset {
		return d.App.Settings.DefaultAllow
	}
	return u.Allow
}
