package webhook

import (
	"context"
	"slices"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// What one app may have in memory. Events are counted by their weight.
const (
	window    = 4096    // events that may be sent soon
	lineMost  = 1024    // of them about one user, who shall not keep others out
	parkMost  = 1 << 16 // users of whom something was passed over
	scanStep  = 256     // events that are read at a time
	scanShare = 10      // a scan takes one part in so many of the time at the most
)

// soon is how long the pause of an event may last that is kept in memory, with
// what waits behind it. What pauses longer is passed over.
const soon = 5 * time.Second

// A scan reads what waits for an app, from the first on, into the queue. It
// passes over what cannot be sent soon, and then over everything behind it that
// is about the same users, so that those whose events the back end refuses keep
// nobody else waiting.
type scan struct {
	at    store.EventNumber // up to here it has looked
	more  bool              // there may be some behind
	whole bool              // it has been at the end once
	spent time.Duration     // reading

	parked  map[chain.UserID]bool // of whom something was passed over
	crowded map[chain.UserID]bool // those of them who had too many in the queue
	wake    int64                 // when the first that was passed over is due; 0 = none (Unix milliseconds)

	again bool      // begin again when it may
	rest  time.Time // not before
}

func newScan() *scan {
	return &scan{more: true, parked: map[chain.UserID]bool{}, crowded: map[chain.UserID]bool{}}
}

// park notes that an event about users is passed over until a time.
func (s *scan) park(users []chain.UserID, until int64) {
	for _, u := range users {
		s.parked[u] = true
	}
	if until > 0 && (s.wake == 0 || until < s.wake) {
		s.wake = until
	}
}

// anyOf tells whether one of users is in a set.
func anyOf(set map[chain.UserID]bool, users []chain.UserID) bool {
	for _, u := range users {
		if set[u] {
			return true
		}
	}
	return false
}

// over notes that the scan has seen all that it can.
func (s *scan) over() {
	s.more = false
	if !s.whole {
		s.whole, s.rest = true, time.Now().Add((scanShare-1)*s.spent)
	}
}

// due tells whether to begin anew: not before the end, or what is behind might
// never be seen.
func (s *scan) due(now int64) bool {
	return (s.again || s.wake > 0 && s.wake <= now) && s.whole && !time.Now().Before(s.rest)
}

// load reads more of what waits, if there is room for it.
func (l *lane) load(ctx context.Context) {
	now := l.relay.now().UnixMilli()
	if l.scan.due(now) {
		l.scan = newScan()
	}
	s := l.scan
	if len(s.parked) >= parkMost {
		s.over()
	}
	if !l.mayLoad() || !l.settledBehind(ctx) {
		return
	}
	began := time.Now()
	found, err := l.relay.Store.Deliveries(ctx, l.app, store.DeliveryQuery{State: store.Pending, Bound: s.at, Limit: scanStep})
	if err != nil {
		l.complain(ctx, "read what waits for a webhook", err)
		s.more = false // until the next look
		return
	}
	s.spent += time.Since(began)
	for i := range found {
		if l.queue.weight >= window {
			return
		}
		l.take(&found[i], now)
		s.at = found[i].Number
	}
	if len(found) < scanStep {
		s.over()
	}
}

// mayLoad tells whether there is more to read, and room for it.
func (l *lane) mayLoad() bool {
	return l.hook.URL != "" && l.scan.more && l.queue.weight < window/2 && len(l.settled) < 2*settleMost
}

// settledBehind makes sure that nothing has ended that the scan would still
// find waiting.
func (l *lane) settledBehind(ctx context.Context) bool {
	ahead := slices.ContainsFunc(l.settled, func(d store.Delivery) bool { return d.Number > l.scan.at })
	if !ahead || l.settle(ctx) {
		return true
	}
	l.scan.more = false // until the next look
	return false
}

// take takes a delivery into the queue, or passes over it.
func (l *lane) take(d *store.Delivery, now int64) {
	if l.queue.has(d.Number) {
		return
	}
	if l.hopeless(d, now) {
		l.giveUp(d)
		return
	}
	if d.Last <= l.forgiven {
		d.Next = 0
	}
	s, users := l.scan, d.Users()
	switch {
	case anyOf(s.parked, users):
		s.park(users, 0)
	case d.Next > now+soon.Milliseconds():
		s.park(users, d.Next)
	case l.crowds(users):
		s.park(users, 0)
	default:
		l.queue.push(*d, users)
	}
}

// crowds tells whether one of users has as many in the queue as may be.
func (l *lane) crowds(users []chain.UserID) (crowds bool) {
	for _, u := range users {
		if l.queue.waiting(u) >= lineMost {
			l.scan.crowded[u] = true
			crowds = true
		}
	}
	return crowds
}

// uncrowd begins the scan anew when users who had too many in the queue have
// few now.
func (l *lane) uncrowd(users []chain.UserID) {
	for _, u := range users {
		if l.scan.crowded[u] && l.queue.waiting(u) <= lineMost/2 {
			l.scan.again = true
		}
	}
}
