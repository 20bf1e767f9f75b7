package embedded

import (
	"hash/maphash"
	"slices"
	"sync"

	"kith/internal/chain"
	"kith/internal/store"
)

// stripes is how many locks the users of all apps share. It must be far more
// than users held at once, so that strangers seldom meet on one.
const stripes = 1 << 16

// locks hold users. They are taken in the order of their stripes, by everyone,
// so that nobody waits for somebody who waits for him.
type locks struct {
	seed maphash.Seed
	mu   [stripes]sync.RWMutex
}

func (l *locks) stripe(app chain.AppID, id chain.UserID) uint32 {
	var h maphash.Hash
	h.SetSeed(l.seed)
	h.WriteByte(byte(app))
	h.WriteByte(byte(app >> 8))
	h.WriteByte(byte(app >> 16))
	h.WriteByte(byte(app >> 24))
	h.WriteString(string(id))
	return uint32(h.Sum64() % stripes)
}

// A claim is a stripe and how it is held, in a form that sorts by stripe and
// puts writers first.
type claim uint32

func newClaim(stripe uint32, write bool) claim {
	c := claim(stripe << 1)
	if !write {
		c |= 1
	}
	return c
}

func (c claim) stripe() uint32 { return uint32(c >> 1) }
func (c claim) write() bool    { return c&1 == 0 }

// outlast waits for each who holds a user at present, of any app: some
// milliseconds, or as long as a command takes that is under way.
func (l *locks) outlast() {
	for i := range l.mu {
		l.mu[i].Lock()
		//lint:ignore SA2001 the wait is all that is wanted
		l.mu[i].Unlock()
	}
}

// acquire holds the users of h and returns what lets go of them.
func (l *locks) acquire(app chain.AppID, h store.Hold) (release func()) {
	if h.All {
		return l.acquireAll()
	}
	claims := make([]claim, 0, len(h.Writes)+len(h.Reads))
	for _, id := range h.Writes {
		claims = append(claims, newClaim(l.stripe(app, id), true))
	}
	for _, id := range h.Reads {
		claims = append(claims, newClaim(l.stripe(app, id), false))
	}
	slices.Sort(claims)
	// One claim a stripe: where several meet, the first is the strongest.
	claims = slices.CompactFunc(claims, func(a, b claim) bool { return a.stripe() == b.stripe() })
	for _, c := range claims {
		if mu := &l.mu[c.stripe()]; c.write() {
			mu.Lock()
		} else {
			mu.RLock()
		}
	}
	return func() {
		for _, c := range claims {
			if mu := &l.mu[c.stripe()]; c.write() {
				mu.Unlock()
			} else {
				mu.RUnlock()
			}
		}
	}
}

// acquireAll holds every user of every app.
func (l *locks) acquireAll() (release func()) {
	for i := range l.mu {
		l.mu[i].Lock()
	}
	return func() {
		for i := range l.mu {
			l.mu[i].Unlock()
		}
	}
}
