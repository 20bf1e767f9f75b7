package apps

import (
	"context"
	"sync/atomic"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// DefaultPatience is how long Delete waits for calls under way unless set
// otherwise: longer than any call may take.
const DefaultPatience = 5 * time.Second

// A Use counts what is under way for one app.
type Use struct{ calls atomic.Int64 }

// End says that a call is over. Each Begin has one End.
func (u *Use) End() { u.calls.Add(-1) }

// Begin says that a call of an app is about to use its rows, and returns the
// app as it is now. While it is under way the app is not deleted. It is false,
// and there is nothing to end, if no app has the ID.
func (d *Directory) Begin(id chain.AppID) (*store.App, *Use, bool) {
	e, ok := (*d.byID.Load())[id]
	if !ok {
		return nil, nil, false
	}
	e.use.calls.Add(1)
	// Delete takes the app away first and looks at the count then, so that
	// either it sees this call or this call sees that the app is gone.
	now := (*d.byID.Load())[id]
	if now.use != e.use {
		e.use.End()
		return nil, nil, false
	}
	return now.App, now.use, true
}

// Continue is Begin for whoever used the app before. It is false as well if the
// app is another one by now, made anew under the same ID.
func (d *Directory) Continue(id chain.AppID, earlier *Use) (*store.App, bool) {
	app, use, ok := d.Begin(id)
	if ok && use != earlier {
		use.End()
		return nil, false
	}
	return app, ok
}

// idle waits until nothing is under way.
func (u *Use) idle(ctx context.Context, patience time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrBusy)
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for u.calls.Load() > 0 {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-look.C:
		}
	}
	return nil
}
