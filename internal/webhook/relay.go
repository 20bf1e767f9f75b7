package webhook

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
)

// A Relay sends the events of every app that its webhook wants, each app's for
// itself, so that one whose back end is slow or dead delays no other. Store,
// Apps, Bell and Sender are required.
type Relay struct {
	Store  store.Store
	Apps   *apps.Directory
	Bell   *store.Bell
	Sender *Sender
	Log    *slog.Logger

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	// InFlight bounds what is sent to one app at a time; 0 means
	// DefaultInFlight.
	InFlight int

	// FirstPause is before the second attempt; each further pause is twice as
	// long, up to LongestPause. 0 means a second and ten minutes.
	FirstPause, LongestPause time.Duration

	mu    sync.Mutex
	lanes map[chain.AppID]*lane
}

// DefaultInFlight is how many events are sent to one app at a time.
const DefaultInFlight = 16

const (
	// poll is how often a lane looks for events that rang no bell, and the
	// relay for new apps.
	poll = time.Second

	firstPause   = time.Second
	longestPause = 10 * time.Minute

	// fewestAttempts are made of every event, however long it had to wait for
	// the first.
	fewestAttempts = 5
)

// Run sends until ctx ends, and waits for the attempts under way.
func (r *Relay) Run(ctx context.Context) {
	var lanes sync.WaitGroup
	tick := time.NewTicker(poll)
	defer tick.Stop()
	leases := newLeases(r)
	defer leases.giveBack()
	defer lanes.Wait()
	for {
		for _, app := range r.Apps.List() {
			held := leases.renew(ctx, app.ID)
			if held == nil {
				continue // another server sends to it
			}
			if l := r.open(app.ID); l != nil {
				lanes.Go(func() {
					l.run(held)
					r.close(app.ID)
				})
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// open makes the lane of an app; nil if there is one.
func (r *Relay) open(app chain.AppID) *lane {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.lanes[app] != nil {
		return nil
	}
	if r.lanes == nil {
		r.lanes = map[chain.AppID]*lane{}
	}
	r.lanes[app] = newLane(r, app)
	return r.lanes[app]
}

func (r *Relay) close(app chain.AppID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.lanes, app)
	r.Sender.forget(app)
}

// Restart makes the lane of an app look at everything that waits and try it at
// once: after a replay.
func (r *Relay) Restart(app chain.AppID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if l := r.lanes[app]; l != nil {
		select {
		case l.restart <- struct{}{}:
		default:
		}
	}
}

func (r *Relay) now() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

func (r *Relay) inFlight() int {
	if r.InFlight == 0 {
		return DefaultInFlight
	}
	return r.InFlight
}

// pause is how long to wait after so many attempts.
func (r *Relay) pause(attempts int) time.Duration {
	pause, longest := r.FirstPause, r.LongestPause
	if pause == 0 {
		pause = firstPause
	}
	if longest == 0 {
		longest = longestPause
	}
	for range attempts - 1 {
		if pause *= 2; pause >= longest {
			return longest
		}
	}
	return pause
}

// next says how a delivery fares after an attempt that ended now.
func (r *Relay) next(d store.Delivery, w *store.Webhook, result *Result, now time.Time) store.Delivery {
	d.Attempts++
	d.Last, d.Took, d.Status, d.Problem = now.UnixMilli(), result.Took, result.Status, result.Problem
	again := now.Add(r.pause(d.Attempts))
	late := again.Sub(time.UnixMilli(d.Since)) > patienceOf(w)
	switch {
	case result.Problem == "":
		d.State = store.Delivered
	case w.NoRetry, late && d.Attempts >= fewestAttempts:
		d.State = store.Dead
	default:
		d.Next = again.UnixMilli()
	}
	return d
}

// patienceOf is how long an event may wait.
func patienceOf(w *store.Webhook) time.Duration {
	if w.RetryFor == 0 {
		return store.DefaultRetryFor
	}
	return w.RetryFor
}

// outcomes tell an observer what came of an attempt.
var outcomes = map[store.DeliveryState]string{store.Delivered: OutcomeDelivered, store.Pending: OutcomeRetry, store.Dead: OutcomeDead}

// observe tells of an attempt: once to the metrics, and to the log if it
// failed.
func (r *Relay) observe(app chain.AppID, d *store.Delivery) {
	r.Sender.observe(d.Kind, outcomes[d.State], d.Took)
	level := slog.LevelDebug
	if d.State == store.Dead {
		level = slog.LevelWarn
	}
	r.Log.Log(context.Background(), level, "webhook", "app", app, "event", d.Number, "command", Command(d.Kind), "request", RequestID(d.ID),
		"attempt", d.Attempts, "status", d.Status, "took", d.Took, "outcome", outcomes[d.State], "problem", d.Problem)
}

// A Backlog is what waits to be sent, of all apps that have a webhook.
type Backlog struct {
	Pending int       // events
	Oldest  time.Time // since when the first of them waits; zero if there are none
	Dead    int       // events that were given up and are still kept
}

// Backlog counts what waits now.
func (r *Relay) Backlog(ctx context.Context) (b Backlog, err error) {
	for _, app := range r.Apps.List() {
		if app.Webhook.URL == "" {
			continue // nothing is sent
		}
		x, err := r.Store.Extent(ctx, app.ID)
		if err != nil {
			return b, err
		}
		b.Pending += x.Pending
		b.Dead += x.Dead
		if oldest := time.UnixMilli(x.Oldest); x.Pending > 0 && (b.Oldest.IsZero() || oldest.Before(b.Oldest)) {
			b.Oldest = oldest
		}
	}
	return b, nil
}
