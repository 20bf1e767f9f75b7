package chain

import (
	"time"
)

// unblock removes an entry of a blocklist, if there is one, and reports
// whether it did.
func (d *Draft) unblock(e Edge) bool {
	b, ok := d.Blocks.Get(e)
	if !ok {
		return false
	}
	d.edit(e.Owner).Blocks.remove(b.Slot)
	d.Blocks.Delete(e)
	d.bump(e.Owner, SeqBlocks)
	return true
}

// BlackListAdd puts peers on Owner's blocklist. That ends whatever either had
// asked of the other and, unless the app keeps friends on block, the friendship
// in both directions (L 3.1, D 9).
type BlackListAdd struct {
	Owner UserID
	Peers []UserID // of several equal ones the first counts (L Q13)
}

// Check implements [Command].
func (c *BlackListAdd) Check(s *Settings) error {
	return checkPeers(s, c.Owner, &c.Peers)
}

// Reads implements [Command].
func (c *BlackListAdd) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Lists.Add(c.Owner)
	for _, peer := range c.Peers {
		if peer.Valid() {
			e := Edge{c.Owner, peer}
			w.Blocks.Add(e)
			w.severance(e, true)
			w.request(e)
			w.request(e.Reverse())
		}
	}
}

// Decide implements [Command].
func (c *BlackListAdd) Decide(d *Draft, now time.Time) ([]ItemResult, error) {
	return each(d, c.Owner, c.Peers, func(peer *UserID) (UserID, Fault) { return *peer, c.block(d, *peer, now.Unix()) })
}

func (c *BlackListAdd) block(d *Draft, peer UserID, now int64) Fault {
	if !peer.Valid() {
		return BadPeer
	}
	e := Edge{c.Owner, peer}
	owner, _ := d.user(c.Owner)
	switch {
	case !d.exists(peer):
		return NoSuchPeer
	case peer == c.Owner:
		return Self
	case d.Blocks.Has(e):
		return AlreadyBlocked
	case owner.Blocks.Len() >= d.App.Settings.MaxBlocks:
		return BlocksFull
	}
	if !d.App.Settings.KeepFriendsOnBlock {
		for _, gone := range d.sever(e, true) {
			d.tell(FriendDeleted, c.Owner, gone)
		}
	}
	d.settle(e)
	d.settle(e.Reverse())
	d.Blocks.Put(e, Block{Edge: e, Slot: d.edit(c.Owner).Blocks.add(), Time: now})
	d.bump(c.Owner, SeqBlocks)
	d.tell(Blocked, c.Owner, e)
	return OK
}
