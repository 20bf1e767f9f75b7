package chain

import "time"

// An Action is an answer to a friend request (L 7.1).
type Action uint8

const (
	Agree       Action = iota + 1 // who asked gets a friend; who answers does not
	AgreeAndAdd                   // both become friends
	Reject                        // nobody becomes a friend
)

// FriendResponse answers requests that others made to Owner (L 7.1).
type FriendResponse struct {
	Owner UserID
	Items []FriendResponseItem // of several for one peer the first counts (L Q13)
}

// FriendResponseItem answers one request. Remark and List are what Owner notes
// about the new friend; empty ones are not given.
type FriendResponseItem struct {
	Peer         UserID // who asked
	Action       Action
	Remark, List string

	Malformed Fault // set by the caller or by Check: why the item cannot be
}

// Check implements [Command].
func (c *FriendResponse) Check(s *Settings) error {
	if err := checkBatch(s, c.Owner, len(c.Items)); err != nil {
		return err
	}
	c.Items = distinct(c.Items, func(it FriendResponseItem) UserID { return it.Peer })
	for i := range c.Items {
		it := &c.Items[i]
		switch {
		case it.Malformed != OK:
		case !it.Peer.Valid():
			it.Malformed = BadPeer
		case !text(it.Remark, maxRemark):
			it.Malformed = BadRemark
		case it.List != "" && !validListName(it.List):
			it.Malformed = BadListName
		}
	}
	return nil
}

// Deny refuses the items whose peers the app's back end said no to.
func (c *FriendResponse) Deny(denied func(UserID) bool) {
	for i := range c.Items {
		if it := &c.Items[i]; denied(it.Peer) {
			it.Malformed = DeniedByApp
		}
	}
}

// Reads implements [Command].
func (c *FriendResponse) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for i := range c.Items {
		if it := &c.Items[i]; it.Malformed == OK {
			e := Edge{c.Owner, it.Peer}
			w.change(it.Peer)
			w.Lists.Add(it.Peer)
			w.Friends.Add(e, e.Reverse())
			w.request(e)
			w.request(e.Reverse())
		}
	}
}

// Decide implements [Command].
func (c *FriendResponse) Decide(d *Draft, now time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Items, func(it *FriendResponseItem) (UserID, Fault) {
		return it.Peer, it.answer(d, c.Owner, now.Unix())
	})
}

func (it *FriendResponseItem) answer(d *Draft, owner UserID, now int64) Fault {
	if it.Malformed != OK {
		return it.Malformed
	}
	asked := Edge{it.Peer, owner}
	request, stands := d.Sent.Get(asked)
	switch {
	case !d.exists(it.Peer):
		return NoSuchPeer
	case !stands:
		return NoRequest
	case it.Action == Reject:
		d.settle(asked)
		return OK
	}
	if fault := it.room(d, owner); fault != OK {
		return fault
	}
	// The list that the asker named is made if there is still room for it.
	lists := nonEmpty(request.List)
	if !d.roomForLists(it.Peer, lists) {
		lists = nil
	}
	d.befriend(Friend{Edge: asked, Remark: request.Remark, Source: request.Source, Wording: request.Wording, AddTime: now}, lists)
	d.tellStarted(FriendAdded, owner, asked, it.Peer).Answer = true
	if back := asked.Reverse(); it.Action == AgreeAndAdd && !d.Friends.Has(back) {
		d.befriend(Friend{Edge: back, Remark: it.Remark, Source: request.Source, Wording: request.Wording, AddTime: now}, nonEmpty(it.List))
		d.tellStarted(FriendAdded, owner, back, it.Peer)
	}
	return OK
}

// room tells which limit stands against agreeing, or OK.
func (it *FriendResponseItem) room(d *Draft, owner UserID) Fault {
	limit := d.App.Settings.MaxFriends
	me, _ := d.user(owner)
	peer, _ := d.user(it.Peer)
	adds := it.Action == AgreeAndAdd && !d.Friends.Has(Edge{owner, it.Peer})
	switch {
	case adds && me.Friends.Len() >= limit:
		return FriendsFull
	case peer.Friends.Len() >= limit:
		return PeerFriendsFull
	case adds && !d.roomForLists(owner, nonEmpty(it.List)):
		return ListsFull
	}
	return OK
}

// nonEmpty is name alone, or nothing if name is empty.
func nonEmpty(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// PendencyDelete drops requests: those that others made to Owner, or those
// that Owner made (L 7.3).
type PendencyDelete struct {
	Owner UserID
	Sent  bool     // those that Owner made
	Peers []UserID // of several equal ones the first counts (L Q13)
}

// Check implements [Command].
func (c *PendencyDelete) Check(s *Settings) error { return checkPeers(s, c.Owner, &c.Peers) }

// Reads implements [Command].
func (c *PendencyDelete) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	for _, peer := range c.Peers {
		if peer.Valid() {
			w.change(peer)
			w.request(c.edge(peer))
		}
	}
}

// edge is the direction of the request between Owner and peer that is meant.
func (c *PendencyDelete) edge(peer UserID) Edge {
	if c.Sent {
		return Edge{c.Owner, peer}
	}
	return Edge{peer, c.Owner}
}

// Decide implements [Command].
func (c *PendencyDelete) Decide(d *Draft, _ time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Peers, func(peer *UserID) (UserID, Fault) { return *peer, c.drop(d, *peer) })
}

func (c *PendencyDelete) drop(d *Draft, peer UserID) Fault {
	switch {
	case !peer.Valid():
		return BadPeer
	case !d.exists(peer):
		return NoSuchPeer
	case !d.Sent.Has(c.edge(peer)):
		return NoPendency
	}
	d.settle(c.edge(peer))
	return OK
}

// PendencyReport notes up to when Owner has seen the requests made to it (L
// 7.3).
type PendencyReport struct {
	Owner UserID
	Seen  int64 // Unix seconds
}

// Check implements [Command].
func (c *PendencyReport) Check(*Settings) error {
	if err := checkOwner(c.Owner); err != nil {
		return err
	}
	if !validTime(c.Seen) {
		return BadTime
	}
	return nil
}

// Reads implements [Command].
func (c *PendencyReport) Reads(_ *Draft, w *Want) { w.change(c.Owner) }

// Decide implements [Command].
func (c *PendencyReport) Decide(d *Draft, _ time.Time) (struct{}, error) {
	if !d.exists(c.Owner) {
		return struct{}{}, NoSuchOwner
	}
	d.edit(c.Owner).RequestsSeen = c.Seen
	return struct{}{}, nil
}
