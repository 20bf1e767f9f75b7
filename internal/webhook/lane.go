package webhook

import (
	"context"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// window is how many deliveries of one app are in memory at the most. Users
// whose back end refuses all of theirs can keep others waiting only when they
// fill it.
const window = 4096

// A lane sends the events of one app. One goroutine owns it.
type lane struct {
	relay *Relay
	app   chain.AppID
	queue *queue

	loaded store.EventNumber // up to here deliveries were read
	more   bool              // there may be some behind
	paused bool              // the app has no webhook at present

	sending int           // attempts under way
	ended   chan attempt  // those that ended
	restart chan struct{} // asks to read from the first on

	settled   []store.Delivery // what ended and is not written yet
	settledAt time.Time        // when the first of them ended
}

// What ended is written together: after a while, or when there is much of it.
// What a crash keeps from being written is sent again.
const (
	settlePause = 20 * time.Millisecond
	settleMost  = 512
)

// An attempt is a delivery after it was sent.
type attempt struct {
	*job
	now store.Delivery // how it fares
}

func newLane(r *Relay, app chain.AppID) *lane {
	return &lane{relay: r, app: app, queue: newQueue(), more: true, ended: make(chan attempt, r.inFlight()), restart: make(chan struct{}, 1)}
}

// run sends until ctx ends or the app is gone, and waits for the attempts
// under way.
func (l *lane) run(ctx context.Context) {
	rung, stop := l.relay.Bell.Listen(l.app)
	defer stop()
	sends, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	for l.turn(ctx, sends) {
		select {
		case <-ctx.Done():
		case <-rung:
			l.more = true
		case <-l.restart:
			l.rewind()
		case a := <-l.ended:
			l.end(a)
		case <-time.After(l.idle()):
			l.look()
		}
	}
	for l.sending > 0 {
		l.end(<-l.ended)
	}
	l.settle(context.WithoutCancel(ctx))
}

// turn settles what ended, reads what waits, and sends what may be sent. It is
// false when there is nothing more to do here.
func (l *lane) turn(ctx, sends context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	app, use, ok := l.relay.Apps.Begin(l.app)
	if !ok {
		return false
	}
	defer use.End()
	for len(l.ended) > 0 {
		l.end(<-l.ended)
	}
	if len(l.settled) >= settleMost || time.Since(l.settledAt) >= settlePause {
		l.settle(ctx)
	}
	if l.paused = app.Webhook.URL == ""; !l.paused {
		l.load(ctx)
		l.dispatch(sends, app)
	}
	return true
}

// load reads more of what waits, if there is room for it.
func (l *lane) load(ctx context.Context) {
	room := window - l.queue.len()
	if !l.more || room < window/2 {
		return
	}
	if l.loaded == 0 {
		l.settle(ctx) // or it would be read as waiting
	}
	found, err := l.relay.Store.Deliveries(ctx, l.app, store.DeliveryQuery{State: store.Pending, Bound: l.loaded, Limit: room})
	if err != nil {
		l.complain(ctx, "read what waits for a webhook", err)
		return
	}
	for _, d := range found {
		l.queue.push(d)
		l.loaded = d.Number
	}
	l.more = len(found) == room
}

func (l *lane) complain(ctx context.Context, what string, err error) {
	if ctx.Err() == nil {
		l.relay.Log.Error(what, "app", l.app, "err", err)
	}
}

// dispatch sends what may be sent now.
func (l *lane) dispatch(ctx context.Context, app *store.App) {
	now := l.relay.now().UnixMilli()
	for l.sending < l.relay.inFlight() {
		j := l.queue.pop(now)
		if j == nil {
			return
		}
		l.sending++
		go func() { l.ended <- attempt{j, l.relay.try(ctx, app, j.Delivery)} }()
	}
}

// try makes one attempt and says how the delivery fares after it.
func (r *Relay) try(ctx context.Context, app *store.App, d store.Delivery) store.Delivery {
	body, err := Body(&d.Event.Event, &app.Webhook)
	result := Result{}
	if err != nil {
		result.Problem = err.Error()
	} else {
		result = r.Sender.send(ctx, app, query(&d.Event.Event), body)
	}
	return r.next(d, &app.Webhook, &result, r.now())
}

// end notes what came of an attempt.
func (l *lane) end(a attempt) {
	l.sending--
	l.relay.observe(l.app, &a.now)
	if len(l.settled) == 0 {
		l.settledAt = time.Now()
	}
	l.settled = append(l.settled, a.now)
	a.Delivery = a.now
	if a.now.State == store.Pending {
		l.queue.again(a.job)
	} else {
		l.queue.done(a.job)
	}
}

// settle writes what came of the attempts. What cannot be written now is
// written with the next; until then a restart would repeat them.
func (l *lane) settle(ctx context.Context) {
	if len(l.settled) == 0 {
		return
	}
	if err := l.relay.Store.Settle(ctx, l.app, l.settled); err != nil {
		l.complain(ctx, "write how webhooks fared", err)
		return
	}
	l.settled = l.settled[:0]
}

// idle is how long there is nothing to do, unless something happens.
func (l *lane) idle() time.Duration {
	if len(l.settled) > 0 {
		return settlePause
	}
	if at, some := l.queue.due(); some && !l.paused && l.sending < l.relay.inFlight() {
		return min(poll, max(0, time.UnixMilli(at).Sub(l.relay.now())))
	}
	return poll
}

// look makes the next turn read again. With nothing in memory it reads from the
// first on, for what was made to wait again by somebody else.
func (l *lane) look() {
	l.more = true
	if l.queue.len() == 0 && len(l.settled) == 0 {
		l.rewind()
	}
}

// rewind makes the next turn read from the first on.
func (l *lane) rewind() { l.loaded, l.more = 0, true }
