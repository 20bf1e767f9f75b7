package chain

import "time"

// BlackListDelete takes peers off Owner's blocklist. What the block ended does
// not come back (L 3.2).
type BlackListDelete struct {
	Owner UserID
	Peers []UserID // of several equal ones the first counts (L Q13)
}

// Check implements [Command].
func (c *BlackListDelete) Check(s *Settings) error {
	return checkPeers(s, c.Owner, &c.Peers)
}

// Reads implements [Command].
func (c *BlackListDelete) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	for _, peer := range c.Peers {
		if peer.Valid() {
			w.Users.Add(peer)
			w.Blocks.Add(Edge{c.Owner, peer})
		}
	}
}

// Decide implements [Command].
func (c *BlackListDelete) Decide(d *Draft, _ time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Peers, func(peer *UserID) (UserID, Fault) { return *peer, c.unblock(d, *peer) })
}

func (c *BlackListDelete) unblock(d *Draft, peer UserID) Fault {
	e := Edge{c.Owner, peer}
	switch {
	case !peer.Valid():
		return BadPeer
	case !d.exists(peer):
		return NoSuchPeer
	case !d.unblock(e):
		return NotBlocked
	}
	d.tell(Unblocked, c.Owner, e)
	return OK
}

// BlackListGet reads one page of Owner's blocklist, oldest entries first (L
// 3.3, Q19).
type BlackListGet struct {
	Owner UserID
	Start int64 // how many entries to pass over
	Limit int64 // 1 to as many as a call may name
}

// BlockPage is the answer to [BlackListGet].
type BlockPage struct {
	Blocks []Block
	Seq    uint32
	Next   int // where the next page starts; 0 = this was the last
}

// Check implements [Command].
func (c *BlackListGet) Check(s *Settings) error {
	switch {
	case !c.Owner.Valid():
		return BadOwner
	case c.Start < 0:
		return BadStart
	case c.Limit < 1 || c.Limit > int64(s.MaxItems):
		return BadLimit
	}
	return nil
}

// Reads implements [Command].
func (c *BlackListGet) Reads(d *Draft, w *Want) {
	w.Users.Add(c.Owner)
	owner, known := d.Users.Peek(c.Owner)
	if page, wanted := c.page(&owner); wanted && (known || c.Start == 0) {
		w.BlockPages.Add(page)
	}
}

func (c *BlackListGet) page(owner *User) (Page, bool) {
	return owner.Blocks.page(c.Owner, c.Start, int(c.Limit))
}

// Decide implements [Command].
func (c *BlackListGet) Decide(d *Draft, _ time.Time) (BlockPage, error) {
	owner, ok := d.user(c.Owner)
	if !ok {
		return BlockPage{}, NoSuchOwner
	}
	a := BlockPage{Seq: owner.Seq[SeqBlocks]}
	page, wanted := c.page(&owner)
	if !wanted {
		return a, nil
	}
	a.Blocks, _ = d.BlockPages.Get(page)
	a.Next = owner.Blocks.after(c.Start, len(a.Blocks))
	return a, nil
}

// BlackListCheck asks who blocks whom (L 3.4).
type BlackListCheck struct {
	Owner UserID
	Peers []UserID // of several equal ones the first counts (L Q13)
	Both  bool     // look at the peer's blocklist too
}

// Check implements [Command].
func (c *BlackListCheck) Check(s *Settings) error { return checkPeers(s, c.Owner, &c.Peers) }

// Reads implements [Command].
func (c *BlackListCheck) Reads(_ *Draft, w *Want) { w.pairs(c.Owner, c.Peers, c.Both, &w.Blocks) }

// Decide implements [Command].
func (c *BlackListCheck) Decide(d *Draft, _ time.Time) ([]Relation, error) {
	return relations(d, c.Owner, c.Peers, c.Both, d.Blocks.Has)
}
