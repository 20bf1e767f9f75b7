package embedded

import (
	"errors"
	"sync"

	"kith/internal/chain"
	"kith/internal/store"
)

// errBusy ends a read that would have to wait for a writer; it is made again on
// a snapshot.
var errBusy = errors.New("embedded: a user is held by a writer")

// A readHold holds users shared, one after the other as they turn out to be
// needed, for as long as nobody has to be waited for. What is read meanwhile is
// as of one moment: that of the last user that was taken hold of.
type readHold struct {
	locks *locks
	app   chain.AppID
	held  []uint32 // stripes, as often as they were taken
	last  chain.UserID
}

var readHolds = sync.Pool{New: func() any { return new(readHold) }}

func (l *locks) newReadHold(app chain.AppID) *readHold {
	h := readHolds.Get().(*readHold)
	h.locks, h.app, h.last = l, app, ""
	return h
}

// take holds one more user, or is false if a writer has it or wants it. Nobody
// waits here, so holds cannot wait for each other in a circle.
func (h *readHold) take(id chain.UserID) bool {
	if id == h.last {
		return true // several rows of one user mostly come together
	}
	stripe := h.locks.stripe(h.app, id)
	if !h.locks.mu[stripe].TryRLock() {
		return false
	}
	h.held, h.last = append(h.held, stripe), id
	return true
}

// release lets go of all of them. h must not be used any more.
func (h *readHold) release() {
	for _, stripe := range h.held {
		h.locks.mu[stripe].RUnlock()
	}
	h.held, h.last = h.held[:0], "" // an id keeps the request that it is part of
	readHolds.Put(h)
}

// eachOwner tells whether ok is true of the owner of every row that is wanted. Of
// an edge that is its owner alone, though the row that leads to the slot stands
// with the peer.
func eachOwner(w *chain.Want, ok func(chain.UserID) bool) bool {
	all := func(ids chain.Keys[chain.UserID]) bool {
		for _, id := range ids {
			if !ok(id) {
				return false
			}
		}
		return true
	}
	edges := func(edges chain.Keys[chain.Edge]) bool {
		for i := range edges {
			if !ok(edges[i].Owner) {
				return false
			}
		}
		return true
	}
	pages := func(pages chain.Keys[chain.Page]) bool {
		for i := range pages {
			if !ok(pages[i].Owner) {
				return false
			}
		}
		return true
	}
	for _, k := range w.Members {
		if !ok(k.Owner) {
			return false
		}
	}
	for _, k := range w.Holdings {
		if !ok(k.Owner) {
			return false
		}
	}
	return all(w.Users) && all(w.Profiles) && all(w.Lists) && edges(w.Friends) && edges(w.Blocks) &&
		edges(w.Sent) && edges(w.Received) && pages(w.Pages) && pages(w.BlockPages) && all(w.Requests)
}

// holds tells whether a hold has a user.
func holds(h *store.Hold) func(chain.UserID) bool {
	var last chain.UserID
	return func(id chain.UserID) bool {
		if id == last {
			return true
		}
		if !h.Has(id) {
			return false
		}
		last = id
		return true
	}
}
