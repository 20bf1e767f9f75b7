package api

import (
	"context"
	"sync"
	"time"
)

// A deadline is a context that ends at a certain time, or with its parent. Most
// calls only ever ask it whether it has ended; the timer of the context of the
// standard library, which costs more than the rest of such a call's context, is
// made for those who wait for the end.
type deadline struct {
	context.Context
	end time.Time

	mu    sync.Mutex
	timed context.Context // once somebody waits; nil before
	stop  context.CancelFunc
}

// Deadline implements [context.Context].
func (d *deadline) Deadline() (time.Time, bool) {
	if end, ok := d.Context.Deadline(); ok && end.Before(d.end) {
		return end, true
	}
	return d.end, true
}

// Done implements [context.Context].
func (d *deadline) Done() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timed == nil {
		d.timed, d.stop = context.WithDeadline(d.Context, d.end)
	}
	return d.timed.Done()
}

// Err implements [context.Context].
func (d *deadline) Err() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.timed != nil:
		return d.timed.Err()
	case d.Context.Err() != nil:
		return d.Context.Err()
	case !time.Now().Before(d.end):
		return context.DeadlineExceeded
	}
	return nil
}

// release ends the timer, if there is one.
func (d *deadline) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stop != nil {
		d.stop()
	}
}
