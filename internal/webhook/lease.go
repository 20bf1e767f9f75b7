package webhook

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"kith/internal/chain"
)

// Of several servers one alone sends to an app. One that cannot renew its lease
// stops when leaseSlack is over: attempts under way then still end before the
// lease does, and with it the time in which nobody else sends.
const (
	leaseTime  = 6 * time.Second
	leaseSlack = 3 * time.Second
)

// leases are those that one server has. One goroutine owns them.
type leases struct {
	relay  *Relay
	holder string
	held   map[chain.AppID]*lease
}

type lease struct {
	ctx  context.Context // ends with the lease
	stop context.CancelFunc
	end  *time.Timer // stops, unless the lease is renewed
}

func newLeases(r *Relay) *leases {
	return &leases{relay: r, holder: rand.Text(), held: map[chain.AppID]*lease{}}
}

func leaseName(app chain.AppID) string { return fmt.Sprintf("webhook %d", app) }

// renew asks for the lease of an app and returns a context that lasts as long
// as it is held; nil if it is not.
func (l *leases) renew(ctx context.Context, app chain.AppID) context.Context {
	have := l.held[app]
	if have != nil && have.ctx.Err() != nil {
		delete(l.held, app)
		have = nil
	}
	asked := time.Now()
	asking, cancel := context.WithTimeout(ctx, poll)
	defer cancel()
	held, err := l.relay.Store.Lease(asking, leaseName(app), l.holder, leaseTime)
	left := leaseSlack - time.Since(asked)
	switch {
	case have == nil && held && err == nil:
		have = &lease{}
		have.ctx, have.stop = context.WithCancel(ctx)
		have.end = time.AfterFunc(left, have.stop)
		l.held[app] = have
	case have == nil:
		return nil
	case held && err == nil:
		have.end.Reset(left)
	case err == nil:
		have.stop()
	}
	return have.ctx
}

// giveBack lets other servers take over at once.
func (l *leases) giveBack() {
	ctx, cancel := context.WithTimeout(context.Background(), poll)
	defer cancel()
	for app, have := range l.held {
		have.stop()
		if _, err := l.relay.Store.Lease(ctx, leaseName(app), l.holder, 0); err != nil {
			l.relay.Log.Warn("let another server send webhooks", "app", app, "err", err)
		}
	}
}
