package store

import (
	"context"
	"sync"

	"kith/internal/chain"
)

// A Bell rings when events of an app were kept by this process, so that who
// waits for them need not look again and again. Events that another process
// kept ring no bell here.
type Bell struct {
	mu        sync.Mutex
	listeners map[chain.AppID]map[chan struct{}]struct{}
}

// NewBell returns a bell that nobody listens to.
func NewBell() *Bell {
	return &Bell{listeners: map[chain.AppID]map[chan struct{}]struct{}{}}
}

// Listen returns a channel that gets a value after events of app were kept;
// one that is not taken stands for all that follow. stop must be called.
func (b *Bell) Listen(app chain.AppID) (rung <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.listeners[app] == nil {
		b.listeners[app] = map[chan struct{}]struct{}{}
	}
	b.listeners[app][c] = struct{}{}
	return c, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners[app], c)
		if len(b.listeners[app]) == 0 {
			delete(b.listeners, app)
		}
	}
}

// Ring wakes whoever listens for app.
func (b *Bell) Ring(app chain.AppID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.listeners[app] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Wrap returns s with the bell rung for what it keeps.
func (b *Bell) Wrap(s Store) Store { return &belled{s, b} }

type belled struct {
	Store
	bell *Bell
}

// Update implements [Store].
func (s *belled) Update(ctx context.Context, app chain.AppID, hold Hold, fn func(Reader) (*chain.Draft, error)) error {
	told := false
	err := s.Store.Update(ctx, app, hold, func(r Reader) (*chain.Draft, error) {
		d, err := fn(r)
		told = err == nil && len(d.Events) > 0
		return d, err
	})
	if told && err == nil {
		s.bell.Ring(app)
	}
	return err
}

// Tell implements [Store].
func (s *belled) Tell(ctx context.Context, app chain.AppID, events []chain.Event) error {
	err := s.Store.Tell(ctx, app, events)
	if err == nil {
		s.bell.Ring(app)
	}
	return err
}
