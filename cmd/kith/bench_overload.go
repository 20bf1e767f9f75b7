package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"kith/internal/api"
	"kith/internal/load"
)

// A server that has too much to do lets callers wait for a while before it
// turns them away. With fewer connections than come in that while, nobody would
// ever be turned away; so an overload has as many as may be inside, and a few
// more than come to wait. A call that finds none of them free is given up.
const (
	overloadWait     = api.LongestWait * 11 / 10
	overloadPatience = 50 * time.Millisecond
	mostToOverload   = 9000 // below the usual limit of open files
)

// overload measures the server at twice what a closed loop reaches. The peaks
// are what closed loops reached, in calls a second: one of few connections just
// before and just after, on average, for a machine that others use is not the
// same for long; and one of as many connections, which tells what having so many
// costs by itself.
func overload(ctx context.Context, closed load.Run, t *load.Target, w *load.Workload) (*load.Result, error) {
	over := again(closed)
	closed.Duration /= 2
	closed.Report = live(w.Name + " closed loop")
	before, err := closed.Do(ctx, t, w)
	if err != nil {
		return nil, err
	}
	if before.Calls == 0 {
		return nil, errNoCall(closed.Duration)
	}
	over.Patience, over.Rate = overloadPatience, 2*before.PerSecond
	over.Connections = min(api.DefaultMaxInFlight+int(before.PerSecond*overloadWait.Seconds()), mostToOverload)
	figures, err := over.Do(ctx, t, w)
	if err != nil {
		return nil, err
	}
	crowd := again(closed)
	crowd.Connections = over.Connections
	crowded, err := crowd.Do(ctx, t, w)
	if err != nil {
		return nil, err
	}
	closed = again(closed)
	after, err := closed.Do(ctx, t, w)
	if err != nil {
		return nil, err
	}
	return &load.Result{
		Connections: over.Connections, Rate: over.Rate, Figures: figures,
		Peak: (before.PerSecond + after.PerSecond) / 2, CrowdedPeak: crowded.PerSecond,
	}, nil
}

// errNoCall says that there is nothing to compare with.
func errNoCall(d time.Duration) error {
	return fmt.Errorf("no call was answered within %s: measure for longer, with --duration", d)
}

// again is a run with other calls: the same would find done what they do.
func again(r load.Run) load.Run {
	r.Seed = rand.Uint64()
	return r
}
