package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kith/wire"
)

// A Run is a load of a certain strength.
type Run struct {
	Connections int
	Warmup      time.Duration
	Duration    time.Duration

	// Rate makes the loop an open one: so many calls a second are due, evenly
	// spread, whether the server keeps up or not, and each is measured from
	// when it was due. 0 is a closed loop: a connection makes its next call
	// when it has the answer to the one before.
	Rate float64

	// Patience is how long a call of an open loop may be due before it is given
	// up, as callers do, when no connection is free for it; it counts as missed.
	// 0 waits for as long as it takes.
	Patience time.Duration

	Seed   uint64
	Meter  Meter          // of the server; nil if its processor time is not known
	Report func(Progress) // called once a second and at the end; nil is not
}

// phases of a run.
const (
	warming = iota
	measuring
	over
)

// A running is a run under way.
type running struct {
	*Run
	target   *Target
	phase    atomic.Int32
	record   *recorder
	schedule *schedule // nil in a closed loop
}

// Do runs a workload, which must be prepared, and measures it. An error is one
// of the generator's own; those of the server stand in the figures.
func (r *Run) Do(ctx context.Context, t *Target, w *Workload) (*Figures, error) {
	now := time.Now()
	end := now.Add(r.Warmup + r.Duration)
	g := &running{Run: r, target: t, record: newRecorder(r.Rate > 0)}
	if r.Rate > 0 {
		g.schedule = &schedule{start: now, rate: r.Rate, patience: r.Patience}
	}
	connections, err := t.dialAll(r.Connections, end.Add(t.patient))
	if err != nil {
		return nil, err
	}
	var callers sync.WaitGroup
	for i, c := range connections {
		caller := w.Caller(mix(r.Seed<<20 + uint64(i)))
		callers.Go(func() { g.drive(c, caller) })
	}
	finished := make(chan struct{})
	go func() {
		callers.Wait()
		close(finished)
	}()
	figures, err := g.watch(ctx, finished)
	g.phase.Store(over)
	<-finished
	return figures, err
}

// dialAll makes n connections.
func (t *Target) dialAll(n int, deadline time.Time) ([]*connection, error) {
	var all []*connection
	for range n {
		c, err := t.dial(deadline)
		if err != nil {
			for _, c := range all {
				_ = c.Close() // nothing was sent
			}
			return nil, fmt.Errorf("connect to %s: %w", t.base.Host, err)
		}
		all = append(all, c)
	}
	return all, nil
}

// watch lets the run warm up, measures it, and ends it.
func (g *running) watch(ctx context.Context, finished <-chan struct{}) (*Figures, error) {
	begin := time.Now()
	if err := g.wait(ctx, begin, g.Warmup, finished); err != nil {
		return nil, err
	}
	before, err := g.Meter.read()
	if err != nil {
		return nil, err
	}
	own := ownCPU()
	begin = time.Now()
	if g.schedule != nil {
		g.schedule.measureFrom(begin)
	}
	g.phase.Store(measuring)
	if err := g.wait(ctx, begin, g.Duration, finished); err != nil {
		return nil, err
	}
	elapsed := time.Since(begin)
	own = ownCPU() - own
	after, err := g.Meter.read()
	if err != nil {
		return nil, err
	}
	f := measured{g.record, elapsed, own, after - before}.figures()
	if g.schedule != nil {
		f.Missed = max(g.schedule.dueBy(begin.Add(elapsed))-f.Calls-f.Away, 0)
	}
	return f, nil
}

// wait waits for a while, and reports meanwhile. It returns early, without an
// error, when the callers have no call left.
func (g *running) wait(ctx context.Context, begin time.Time, d time.Duration, finished <-chan struct{}) error {
	end := time.NewTimer(d)
	defer end.Stop()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	last, lastTime := int64(0), begin
	report := func(now time.Time) {
		p, calls := g.record.progress()
		p.Elapsed = now.Sub(begin)
		p.Warming = g.phase.Load() == warming
		p.PerSecond = float64(calls-last) / now.Sub(lastTime).Seconds()
		last, lastTime = calls, now
		if g.Report != nil {
			g.Report(p)
		}
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-finished:
			return nil
		case now := <-tick.C:
			report(now)
		case now := <-end.C:
			report(now)
			return nil
		}
	}
}

// drive makes the calls of one connection until the run is over.
func (g *running) drive(c *connection, caller Caller) {
	defer func() { _ = c.Close() }() // everything was read that was to be
	var call Call
	for g.phase.Load() != over {
		due, ok := g.due()
		if !ok {
			return
		}
		err := g.work(c, caller, &call, due)
		switch {
		case errors.Is(err, errNoMore):
			return
		case err != nil:
			// A connection that broke once would break again.
			g.record.fail(err)
			return
		}
	}
}

var errNoMore = errors.New("no call is left")

// work makes one call, or several that are measured as one.
func (g *running) work(c *connection, caller Caller, call *Call, due time.Time) error {
	for more := true; more; {
		*call = Call{Body: call.Body[:0]}
		if !caller.Next(call) {
			return errNoMore
		}
		more = call.More
		answer, err := c.call(g.target.headOf(call.Command), call.Body)
		if err != nil {
			return fmt.Errorf("%s: %w", call.Command.Name, err)
		}
		if g.phase.Load() == measuring {
			took := time.Duration(-1)
			if !more {
				took = time.Since(due)
			}
			g.record.add(call, answer, took)
		}
		if caller.Answered != nil {
			caller.Answered(call, answer)
		}
	}
	return nil
}

// due waits for the next call to be due and tells since when it is. It is
// false when the run ends before.
func (g *running) due() (time.Time, bool) {
	if g.schedule == nil {
		return time.Now(), true
	}
	due := g.schedule.next()
	for {
		left := time.Until(due)
		if left <= 0 {
			return due, true
		}
		if g.phase.Load() == over {
			return due, false
		}
		time.Sleep(min(left, 100*time.Millisecond))
	}
}

// A schedule says when the calls of an open loop are due.
type schedule struct {
	start    time.Time
	rate     float64 // calls a second
	patience time.Duration
	taken    atomic.Int64
	skipped  int64 // those due before the measuring began
}

func (s *schedule) next() time.Time {
	if s.patience > 0 {
		s.giveUp()
	}
	n := s.taken.Add(1) - 1
	return s.start.Add(time.Duration(float64(n) / s.rate * float64(time.Second)))
}

// giveUp passes over the calls that have been due for too long.
func (s *schedule) giveUp() {
	late := s.all(time.Now().Add(-s.patience))
	if taken := s.taken.Load(); taken < late {
		s.taken.CompareAndSwap(taken, late) // else another caller went on meanwhile
	}
}

func (s *schedule) measureFrom(t time.Time) { s.skipped = s.all(t) }

// dueBy is how many calls were due from the begin of the measuring until t.
func (s *schedule) dueBy(t time.Time) int64 { return s.all(t) - s.skipped }

func (s *schedule) all(t time.Time) int64 { return int64(t.Sub(s.start).Seconds() * s.rate) }

// finite makes calls until there are none left, over several connections, and
// stops at the first that is not answered as it must be. next gets numbers
// from 0 on and fills in the call of that number.
func (t *Target) finite(ctx context.Context, connections int, next func(n int, c *Call) bool, answered func(c *Call, answer []byte) error) error {
	all, err := t.dialAll(connections, time.Now().Add(time.Hour))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var taken atomic.Int64
	var callers sync.WaitGroup
	for _, c := range all {
		callers.Go(func() {
			defer func() { _ = c.Close() }()
			var call Call
			for ctx.Err() == nil {
				call = Call{Body: call.Body[:0]}
				if !next(int(taken.Add(1)-1), &call) {
					return
				}
				if err := t.one(c, &call, answered); err != nil {
					cancel(err)
				}
			}
		})
	}
	callers.Wait()
	return context.Cause(ctx)
}

// one makes a call that must succeed. While the server says that it has no time
// for it, it is made again, as clients are told to.
func (t *Target) one(c *connection, call *Call, answered func(*Call, []byte) error) error {
	for attempt := 1; ; attempt++ {
		answer, err := c.call(t.headOf(call.Command), call.Body)
		if err != nil {
			return fmt.Errorf("%s: %w", call.Command.Name, err)
		}
		switch _, code := judge(call, answer); {
		case slices.Contains(laterCodes, code) && attempt < maxAttempts:
			time.Sleep(time.Duration(attempt) * 50 * time.Millisecond)
		case code != 0:
			return fmt.Errorf("%s was answered with code %d: %.200s", call.Command.Name, code, answer)
		case answered != nil:
			return answered(call, answer)
		default:
			return nil
		}
	}
}

// laterCodes say that a call was not carried out for want of time and may be
// made again.
var laterCodes = []int{wire.CodeRequestTimeout, wire.CodeTimeout, wire.CodeAccountTimeout}

const maxAttempts = 10

// timed makes finite calls, measures them, and reports once a second if report
// is not nil.
func (t *Target) timed(ctx context.Context, connections int, m Meter, report func(Progress), next func(int, *Call) bool, answered func(*Call, []byte) error) (*Figures, error) {
	before, err := m.read()
	if err != nil {
		return nil, err
	}
	own, begin, record := ownCPU(), time.Now(), newRecorder(false)
	g := &running{Run: &Run{Report: report}, record: record}
	g.phase.Store(measuring)
	finished, reported := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(reported)
		_ = g.wait(ctx, begin, forever, finished) // ends with the calls
	}()
	err = t.finite(ctx, connections, next, func(c *Call, answer []byte) error {
		record.add(c, answer, -1)
		if answered != nil {
			return answered(c, answer)
		}
		return nil
	})
	close(finished)
	<-reported
	if err != nil {
		return nil, err
	}
	after, err := m.read()
	if err != nil {
		return nil, err
	}
	return measured{record, time.Since(begin), ownCPU() - own, after - before}.figures(), nil
}

// forever is longer than any load takes.
const forever = 24 * time.Hour
