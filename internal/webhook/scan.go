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
	passShare = 10      // passes take one part in so many of the time at the most
)

// longestRest bounds the time between passes, whatever the last one took.
const longestRest = 2 * time.Second

// soon is how long the pause of an event may last that is kept in memory, with
// what waits behind it. What pauses longer is passed over.
const soon = 5 * time.Second

// A scan reads what waits for an app into the queue, once, in its order. It
// passes over what cannot be sent soon, and then over everything behind it that
// is about the same users, so that those whose events the back end refuses keep
// nobody else waiting. A pass goes back to what was passed over.
type scan struct {
	high store.EventNumber // up to here everything was looked at
	more bool              // there may be some behind

	parked  map[chain.UserID]bool // of whom something was passed over
	crowded map[chain.UserID]bool // those of them who had too many in the queue
	wake    int64                 // when the first that was passed over is due; 0 = none (Unix milliseconds)

	pass     *pass     // under way; nil is none
	again    bool      // a pass is wanted
	thorough bool      // and shall look at everything
	rest     time.Time // not before
}

// A pass looks again at what waits up to where its scan has come, for what can
// be sent soon now.
type pass struct {
	at       store.EventNumber     // up to here it has looked
	parked   map[chain.UserID]bool // of whom it passed over something
	missing  int                   // users who are parked and of whom it did not yet
	thorough bool                  // whoever is missing: somebody else may have made events wait again
	spent    time.Duration         // reading
}

func newScan() *scan {
	return &scan{more: true, parked: map[chain.UserID]bool{}, crowded: map[chain.UserID]bool{}}
}

// due tells whether a pass shall begin.
func (s *scan) due(now int64) bool {
	return s.pass == nil && (s.again || s.wake > 0 && s.wake <= now) && !time.Now().Before(s.rest)
}

// turnBack begins a pass, if there is anything to go back to.
func (s *scan) turnBack() {
	if len(s.parked) > 0 || s.thorough {
		s.pass = &pass{parked: map[chain.UserID]bool{}, missing: len(s.parked), thorough: s.thorough}
	}
	s.crowded = map[chain.UserID]bool{}
	s.wake, s.again, s.thorough = 0, false, false
}

// over tells whether a pass can find nothing more: it has passed over something
// of everybody of whom the scan had, and so over all that is behind.
func (p *pass) over() bool { return p.missing == 0 && !p.thorough }

// passed ends a pass. Whoever was not parked by it is parked no more.
func (s *scan) passed() {
	s.parked, s.rest = s.pass.parked, time.Now().Add(min(longestRest, (passShare-1)*s.pass.spent))
	s.pass = nil
}

// blocks tells whether an event that was never looked at must wait for one that
// was passed over.
func (s *scan) blocks(users []chain.UserID) bool {
	return anyOf(s.parked, users) || s.pass != nil && anyOf(s.pass.parked, users)
}

// park notes that an event is passed over until a time; 0 is until another one
// is not.
func (s *scan) park(users []chain.UserID, until int64) {
	for _, u := range users {
		if !s.parked[u] && s.pass != nil && !s.pass.parked[u] {
			s.pass.missing++
		}
		s.parked[u] = true
	}
	s.wakeAt(until)
}

// parkAgain is park for an event at which the pass has looked, or need not.
func (s *scan) parkAgain(users []chain.UserID, until int64) {
	for _, u := range users {
		if s.parked[u] && !s.pass.parked[u] {
			s.pass.missing--
		}
		s.pass.parked[u] = true
	}
	s.wakeAt(until)
}

// dropped parks whom events are about that have left the queue.
func (s *scan) dropped(users []chain.UserID, until int64) {
	if s.pass != nil {
		s.parkAgain(users, until)
	}
	s.park(users, until)
}

func (s *scan) wakeAt(until int64) {
	if until > 0 && (s.wake == 0 || until < s.wake) {
		s.wake = until
	}
}

// anyOf tells whether one of users is in a set.
func anyOf(set map[chain.UserID]bool, users []chain.UserID) bool {
	return slices.ContainsFunc(users, func(u chain.UserID) bool { return set[u] })
}

// load reads more of what waits, if there is room for it: of what was passed
// over, and of what was never looked at.
func (l *lane) load(ctx context.Context) {
	now := l.relay.now().UnixMilli()
	if l.scan.due(now) {
		l.scan.turnBack()
	}
	if l.scan.pass != nil && l.hasRoom() {
		l.passOn(ctx, now)
	}
	if l.scan.more && l.hasRoom() {
		l.goOn(ctx, now)
	}
}

// mayLoad tells whether there is more to read, and room for it.
func (l *lane) mayLoad() bool {
	return (l.scan.more && len(l.scan.parked) < parkMost || l.scan.pass != nil || l.scan.due(l.relay.now().UnixMilli())) && l.hasRoom()
}

func (l *lane) hasRoom() bool {
	return l.hook.URL != "" && l.queue.weight < window/2 && len(l.settled) < 2*settleMost
}

// goOn looks at what was never looked at.
func (l *lane) goOn(ctx context.Context, now int64) {
	s := l.scan
	if len(s.parked) >= parkMost {
		return
	}
	found, err := l.read(ctx, s.high)
	if err != nil {
		s.more = false // until the next look
		return
	}
	for i := range found {
		if l.queue.weight >= window {
			return
		}
		l.take(&found[i], now, s.blocks, s.park)
		s.high = found[i].Number
	}
	s.more = len(found) == scanStep
}

// passOn goes on with the pass.
func (l *lane) passOn(ctx context.Context, now int64) {
	s, p := l.scan, l.scan.pass
	blocks := func(users []chain.UserID) bool { return anyOf(p.parked, users) }
	began := time.Now()
	found, err := l.read(ctx, p.at)
	p.spent += time.Since(began)
	if err != nil {
		s.pass, s.again, s.thorough, s.rest = nil, true, p.thorough, time.Now().Add(poll)
		return
	}
	for i := range found {
		if l.queue.weight >= window {
			return
		}
		if p.over() || found[i].Number > s.high {
			s.passed()
			return
		}
		l.take(&found[i], now, blocks, s.parkAgain)
		p.at = found[i].Number
	}
	if p.over() || len(found) < scanStep {
		s.passed()
	}
}

// read reads what waits after a number, once nothing is left to be written that
// would still be found waiting.
func (l *lane) read(ctx context.Context, after store.EventNumber) ([]store.Delivery, error) {
	if slices.ContainsFunc(l.settled, func(d store.Delivery) bool { return d.Number > after }) {
		if err := l.settle(ctx); err != nil {
			return nil, err
		}
	}
	found, err := l.relay.Store.Deliveries(ctx, l.app, store.DeliveryQuery{State: store.Pending, Bound: after, Limit: scanStep})
	l.complain(ctx, "read what waits for a webhook", err)
	return found, err
}

// take takes a delivery into the queue, or passes over it.
func (l *lane) take(d *store.Delivery, now int64, blocks func([]chain.UserID) bool, park func([]chain.UserID, int64)) {
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
	users := d.Users()
	switch {
	case blocks(users):
		park(users, 0)
	case d.Next > now+soon.Milliseconds():
		park(users, d.Next)
	case l.crowds(users):
		park(users, 0)
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

// uncrowd wants a pass when users who had too many in the queue have few now.
func (l *lane) uncrowd(users []chain.UserID) {
	for _, u := range users {
		if l.scan.crowded[u] && l.queue.waiting(u) <= lineMost/2 {
			l.scan.again = true
		}
	}
}
