package chain

import (
	"cmp"
	"time"
)

// deleteStep is how many rows of each kind one step of a deletion removes.
const deleteStep = 1000

// AccountDelete removes accounts with all they hold, and removes them from
// everyone else's friends, friend lists, blocklists and requests (T 4.3, D
// 21). No event tells of it.
//
// An account that more users hold than one step can clear is [Unfinished]
// afterwards: it does not exist any more and cannot come back, and the command
// must be repeated until it is not. Every step leaves rows, counters and
// sequences that fit together.
type AccountDelete struct {
	IDs  []UserID
	Step int // rows of each kind to remove at once; 0 means 1,000
}

// Check implements [Command].
func (c *AccountDelete) Check(*Settings) error { return checkAccounts(len(c.IDs), MaxAccounts) }

// reach asks for what one step removes, and for one row more of each kind,
// which tells that the step is not the last.
func (c *AccountDelete) reach(id UserID) Reach { return Reach{id, c.step() + 1} }

func (c *AccountDelete) step() int { return cmp.Or(c.Step, deleteStep) }

// Reads implements [Command].
func (c *AccountDelete) Reads(d *Draft, w *Want) {
	for _, id := range c.IDs {
		if !id.Valid() {
			continue
		}
		w.change(id)
		w.Profiles.Add(id)
		w.Lists.Add(id)
		w.Holdings.Add(c.reach(id))
		if h, known := d.Holdings.Peek(c.reach(id)); known {
			d.know(h)
			h.wantOthers(w, id)
		}
	}
}

// know makes the rows a user owns touchable.
func (d *Draft) know(h Holdings) {
	for _, f := range h.Friends {
		d.Friends.Know(f.Edge, f)
	}
	for _, b := range h.Blocks {
		d.Blocks.Know(b.Edge, b)
	}
	for _, r := range h.Sent {
		d.Sent.Know(r.Edge, r)
	}
	for _, r := range h.Received {
		d.Received.Know(r.Edge, r)
	}
}

// wantOthers wants the rows in which other users hold id.
func (h Holdings) wantOthers(w *Want, id UserID) {
	for _, other := range h.FriendOf {
		w.change(other)
		w.Lists.Add(other)
		w.Friends.Add(Edge{other, id})
	}
	for _, other := range h.BlockedBy {
		w.change(other)
		w.Blocks.Add(Edge{other, id})
	}
	for _, r := range h.Sent {
		w.change(r.Peer)
		w.Received.Add(r.Reverse())
	}
	for _, r := range h.Received {
		w.change(r.Peer)
		w.Sent.Add(r.Reverse())
	}
}

// Decide implements [Command].
func (c *AccountDelete) Decide(d *Draft, _ time.Time) ([]ItemResult, error) {
	results := make([]ItemResult, len(c.IDs))
	for i, id := range c.IDs {
		results[i] = ItemResult{id, c.delete(d, id)}
	}
	return results, nil
}

func (c *AccountDelete) delete(d *Draft, id UserID) Fault {
	if !id.Valid() {
		return BadPeer
	}
	u, _ := d.Users.Get(id)
	switch {
	case d.isAdmin(id):
		return ProtectedUser
	case !d.exists(id) && !u.Leaving:
		return NoSuchPeer
	}
	h, _ := d.Holdings.Get(c.reach(id))
	d.part(id, h)
	if h.longest() > c.step() {
		d.edit(id).Leaving = true
		return Unfinished
	}
	d.Lists.Delete(id)
	d.Profiles.Delete(id)
	d.Users.Delete(id)
	return OK
}

// part ends all that h tells of id.
func (d *Draft) part(id UserID, h Holdings) {
	for _, other := range h.FriendOf {
		d.unfriend(Edge{other, id})
	}
	for _, other := range h.BlockedBy {
		d.unblock(Edge{other, id})
	}
	for _, r := range h.Sent {
		d.settle(r.Edge)
	}
	for _, r := range h.Received {
		d.settle(r.Reverse())
	}
	for _, f := range h.Friends {
		d.unfriend(f.Edge)
	}
	for _, b := range h.Blocks {
		d.unblock(b.Edge)
	}
}

// longest is the number of rows of the kind that has the most.
func (h *Holdings) longest() int {
	return max(len(h.Friends), len(h.Blocks), len(h.Sent), len(h.Received), len(h.FriendOf), len(h.BlockedBy))
}
