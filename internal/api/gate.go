package api

import (
	"context"
	"sync/atomic"
	"time"

	"kith/wire"
)

// DefaultMaxInFlight is how many calls are carried out at once unless set
// otherwise. It is many more than it takes to keep the cores and the disk busy.
const DefaultMaxInFlight = 256

// busy refuses a call for want of room.
var busy = &wire.Error{Code: wire.CodeRequestTimeout, Info: wire.TextRequestTimeout}

// A gate lets in so many calls at once. Many times as many may wait in front of
// it, in order, for a short while; all others are turned away at once. So a
// server that is asked for more than it can do goes on doing as much as it can,
// and answers the rest early rather than late.
//
// Waiting costs a server next to nothing, turning away nearly half as much as a
// check that is carried out, and most callers who are turned away come again at
// once. So the wait, rather than the refusal, is what keeps most of the
// processor for useful work.
type gate struct {
	inside  chan struct{}
	waiting atomic.Int64
}

const (
	// waitingFor is how many may wait for each one that is inside.
	waitingFor = 16
	// LongestWait is how long they do: long enough for a burst to pass, and
	// for callers who come again at once not to take the time of others. The
	// more callers it takes before anybody is turned away, the more of their
	// connections' memory leaves the processor's cache until its turn comes.
	LongestWait = 20 * time.Millisecond
)

func newGate(most int) *gate { return &gate{inside: make(chan struct{}, most)} }

// enter is false if the call is turned away. Otherwise it must leave.
func (g *gate) enter(ctx context.Context) bool {
	select {
	case g.inside <- struct{}{}:
		return true
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(waitingFor*cap(g.inside)) {
		return false
	}
	patience := time.NewTimer(LongestWait)
	defer patience.Stop()
	select {
	case g.inside <- struct{}{}:
		return true
	case <-patience.C:
	case <-ctx.Done():
	}
	return false
}

func (g *gate) leave() { <-g.inside }

// outside does something for a call that is inside and needs no room for it:
// others have it meanwhile.
func (g *gate) outside(do func()) {
	g.leave()
	defer func() { g.inside <- struct{}{} }() // soon, for those inside end soon
	do()
}
