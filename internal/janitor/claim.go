package janitor

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"kith/internal/store"
)

// ErrServed says that a server works on a store.
var ErrServed = errors.New("a server is running on it; stop all servers first")

// Claim makes sure that no server works on s, and keeps the janitor's work from
// those that start, until release is called. The error is [ErrServed] if one
// does: of the servers that run, one always has the work. A server that was
// killed has it for leaseTime; for so long Claim waits.
func Claim(ctx context.Context, s store.Store, log *slog.Logger) (release func(), err error) {
	holder := rand.Text()
	tick := time.NewTicker(Pause)
	defer tick.Stop()
	for end := time.Now().Add(leaseTime + Pause); ; {
		held, err := s.Lease(ctx, leaseName, holder, leaseTime)
		if err != nil {
			return nil, fmt.Errorf("find out whether a server is running: %w", err)
		}
		if held {
			return keep(ctx, s, holder, log), nil
		}
		if time.Now().After(end) {
			return nil, ErrServed
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// keep asks for the work again and again, until the function it returns is
// called.
func keep(ctx context.Context, s store.Store, holder string, log *slog.Logger) (release func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(Pause)
		defer tick.Stop()
		for ctx.Err() == nil {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			if _, err := s.Lease(ctx, leaseName, holder, leaseTime); err != nil && ctx.Err() == nil {
				log.Warn("keep servers from cleaning up", "err", err)
			}
		}
	}()
	return func() {
		cancel()
		<-done
		giveBack(context.WithoutCancel(ctx), s, holder, log)
	}
}
