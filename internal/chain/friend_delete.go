package chain

import "time"

// FriendDelete ends friendships of Owner (F section 6).
type FriendDelete struct {
	Owner UserID
	Peers []UserID
	Both  bool // also take Owner off each peer's friends
}

// Check implements [Command].
func (c *FriendDelete) Check(s *Settings) error { return checkBatch(s, c.Owner, len(c.Peers)) }

// Reads implements [Command].
func (c *FriendDelete) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for _, peer := range c.Peers {
		if peer.Valid() {
			w.severance(Edge{c.Owner, peer}, c.Both)
		}
	}
}

// severance wants what [Draft.sever] touches, the owner's own rows apart.
func (w *Want) severance(e Edge, both bool) {
	w.Friends.Add(e)
	if both {
		w.change(e.Peer)
		w.Lists.Add(e.Peer)
		w.Friends.Add(e.Reverse())
	}
}

// Decide implements [Command].
func (c *FriendDelete) Decide(d *Draft, _ time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Peers, func(peer *UserID) (UserID, Fault) { return *peer, c.remove(d, *peer) })
}

func (c *FriendDelete) remove(d *Draft, peer UserID) Fault {
	if !peer.Valid() {
		return BadPeer
	}
	gone := d.sever(Edge{c.Owner, peer}, c.Both)
	if len(gone) == 0 {
		return NotFriend // in both directions, if both were meant (D 6)
	}
	for _, e := range gone {
		d.tell(FriendDeleted, c.Owner, e)
	}
	return OK
}

// sever removes an edge, and its reverse if both, and returns those that
// existed.
func (d *Draft) sever(e Edge, both bool) (gone []Edge) {
	if d.unfriend(e) {
		gone = append(gone, e)
	}
	if both && d.unfriend(e.Reverse()) {
		gone = append(gone, e.Reverse())
	}
	return gone
}

// FriendDeleteAll ends every friendship of Owner. No event tells of it (F
// section 7, D 8).
type FriendDeleteAll struct {
	Owner UserID
	Both  bool // also take Owner off each friend's friends
}

// Check implements [Command].
func (c *FriendDeleteAll) Check(*Settings) error { return checkOwner(c.Owner) }

// Reads implements [Command].
func (c *FriendDeleteAll) Reads(d *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	w.Pages.Add(c.all())
	friends, _ := d.Pages.Peek(c.all()) // none in the first round
	for _, f := range friends {
		d.Friends.Know(f.Edge, f)
		w.severance(f.Edge, c.Both)
	}
}

func (c *FriendDeleteAll) all() Page { return Page{Owner: c.Owner, Limit: maxSeq} }

// Decide implements [Command]. It answers how many friends Owner had.
func (c *FriendDeleteAll) Decide(d *Draft, _ time.Time) (int, error) {
	if !d.exists(c.Owner) {
		return 0, NoSuchOwner
	}
	friends, _ := d.Pages.Get(c.all())
	for _, f := range friends {
		d.sever(f.Edge, c.Both)
	}
	return len(friends), nil
}
