package webhook

import (
	"context"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
)

// A lane sends the events of one app. One goroutine owns it.
type lane struct {
	relay *Relay
	app   chain.AppID
	use   *apps.Use     // of the app; another one is an app made anew
	hook  store.Webhook // where to send to at present
	queue *queue
	scan  *scan
	outage

	pardons int           // how often what waits was forgiven
	sending int           // attempts under way
	ended   chan attempt  // those that ended
	restart chan struct{} // asks to begin anew

	settled   []store.Delivery // what ended and is not written yet
	settleAt  time.Time        // when to write it
	unsettled error            // why it could not be written last
	rescanned time.Time        // when everything was looked at last
}

// What ended is written together: after a while, or when there is much of it.
// What a crash keeps from being written is sent again. When it cannot be
// written, sending stops when there is twice as much.
const (
	settlePause = 20 * time.Millisecond
	settleRetry = time.Second
	settleMost  = 512
)

// rescan is how often a lane looks at everything that waits, for what somebody
// else made to wait again.
const rescan = 10 * time.Second

// An attempt is a delivery after it was sent.
type attempt struct {
	*job
	pardons int            // those of the lane when it began
	now     store.Delivery // how it fares
}

func newLane(r *Relay, app chain.AppID) *lane {
	return &lane{relay: r, app: app, queue: newQueue(), scan: newScan(), rescanned: time.Now(),
		ended: make(chan attempt, r.inFlight()), restart: make(chan struct{}, 1)}
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
			l.scan.more = true
		case <-l.restart:
			l.afresh()
		case a := <-l.ended:
			l.end(a)
		case <-time.After(l.idle()):
			l.scan.more = true
		}
	}
	for l.sending > 0 {
		l.end(<-l.ended)
	}
	l.leave(context.WithoutCancel(ctx))
}

// begin returns the app, unless it is gone. Its use must be ended.
func (l *lane) begin() (*store.App, bool) {
	if l.use != nil {
		return l.relay.Apps.Continue(l.app, l.use)
	}
	app, use, ok := l.relay.Apps.Begin(l.app)
	if ok {
		l.use, l.hook = use, app.Webhook
	}
	return app, ok
}

// leave writes what has ended, unless the app is gone, and with it its events.
func (l *lane) leave(ctx context.Context) {
	if _, ok := l.begin(); ok {
		defer l.use.End()
		l.unsettled = nil
		_ = l.settle(ctx) // it has complained
	}
}

// turn settles what ended, reads what waits, and sends what may be sent. It is
// false when there is nothing more to do here.
func (l *lane) turn(ctx, sends context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	app, ok := l.begin()
	if !ok {
		return false
	}
	defer l.use.End()
	for len(l.ended) > 0 {
		l.end(<-l.ended)
	}
	if app.Webhook != l.hook {
		l.hook = app.Webhook
		l.afresh()
	}
	if time.Since(l.rescanned) >= rescan {
		l.rescanned, l.scan.again, l.scan.thorough = time.Now(), true, true
	}
	if len(l.settled) >= settleMost && l.unsettled == nil || !time.Now().Before(l.settleAt) {
		_ = l.settle(ctx) // it has complained
	}
	l.load(ctx)
	l.dispatch(sends, app)
	return true
}

func (l *lane) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		l.relay.Log.Error(what, "app", l.app, "err", err)
	}
}

// maySend tells whether one more attempt may be under way.
func (l *lane) maySend() bool {
	return l.hook.URL != "" && l.sending < l.relay.inFlight() && len(l.settled) < 2*settleMost
}

// dispatch sends what may be sent now.
func (l *lane) dispatch(ctx context.Context, app *store.App) {
	now := l.relay.now().UnixMilli()
	for l.maySend() {
		j := l.queue.pop(now)
		if j == nil {
			return
		}
		l.sending++
		pardons := l.pardons
		go func() { l.ended <- attempt{j, pardons, l.relay.try(ctx, app, j.Delivery)} }()
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
	if a.pardons != l.pardons && a.now.State == store.Pending {
		a.now.Next = a.now.Last // it began before what waits was forgiven
	}
	l.note(a.now)
	if l.fares(&a.now) {
		l.forgive()
	}
	a.Delivery = a.now
	pause := time.Duration(a.now.Next-a.now.Last) * time.Millisecond
	switch {
	case a.now.State != store.Pending:
		l.queue.done(a.job)
		l.uncrowd(a.users)
	case pause > soon:
		l.scan.dropped(l.queue.drop(a.job), a.now.Next)
	default:
		l.queue.again(a.job)
	}
}

// note makes how a delivery fares be written, and tells of it.
func (l *lane) note(d store.Delivery) {
	l.relay.observe(l.app, &d)
	if len(l.settled) == 0 {
		l.settleAt = time.Now().Add(settlePause)
	}
	l.settled = append(l.settled, d)
}

// settle writes what came of the attempts. What cannot be written now is tried
// again later; until then a restart would repeat them.
func (l *lane) settle(ctx context.Context) error {
	if len(l.settled) == 0 || l.unsettled != nil && time.Now().Before(l.settleAt) {
		return l.unsettled
	}
	if l.unsettled = l.relay.Store.Settle(ctx, l.app, l.settled); l.unsettled != nil {
		l.complain(ctx, "write how webhooks fared", l.unsettled)
		l.settleAt = time.Now().Add(settleRetry)
		return l.unsettled
	}
	l.settled = l.settled[:0]
	return nil
}

// idle is how long there is nothing to do, unless something happens.
func (l *lane) idle() time.Duration {
	wait := poll
	if l.mayLoad() {
		wait = 0
	}
	if len(l.settled) > 0 {
		wait = min(wait, time.Until(l.settleAt))
	}
	if at, some := l.queue.due(); some && l.maySend() {
		wait = min(wait, time.UnixMilli(at).Sub(l.relay.now()))
	}
	return max(0, wait)
}

// afresh makes the lane look at everything that waits, and try it at once.
func (l *lane) afresh() {
	l.queue.reset()
	l.scan = newScan()
	l.forgive()
}

// forgive makes everything that waits be tried at once, whatever became of it
// until now or becomes of the attempts under way.
func (l *lane) forgive() {
	l.pardons++
	l.outage = outage{forgiven: l.relay.now().UnixMilli()}
	l.scan.again, l.scan.rest = true, time.Time{}
}
