package janitor_test

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/janitor"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// A watched store counts how often work is looked for.
type watched struct {
	store.Store
	looks atomic.Int64
}

func (s *watched) Leaving(ctx context.Context, app chain.AppID, limit int) ([]chain.UserID, error) {
	s.looks.Add(1)
	return s.Store.Leaving(ctx, app, limit)
}

// TestOneOfTwo: of two servers one alone cleans up. When it stops, the other one
// takes over, and while one does, nobody may claim the store.
func TestOneOfTwo(t *testing.T) {
	s := storetest.NewModel()
	directory, err := apps.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := directory.Ensure(t.Context(), 1, "secret", []chain.UserID{"administrator"}); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	run := func(s store.Store) (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			janitor.Run(ctx, s, directory, log)
			close(ended)
		}()
		return func() {
			cancel()
			<-ended
		}
	}
	await := func(s *watched, looks int64) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); s.looks.Load() < looks; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("it looked for work %d times, want %d", s.looks.Load(), looks)
			}
		}
	}
	one, two := &watched{Store: s}, &watched{Store: s}
	stopOne := run(one)
	await(one, 1)
	stopTwo := run(two)
	await(one, 3)
	if n := two.looks.Load(); n != 0 {
		t.Errorf("the other server looked for work %d times as well", n)
	}
	if _, err := janitor.Claim(t.Context(), s, log); !errors.Is(err, janitor.ErrServed) {
		t.Errorf("a claim while servers run: %v, want ErrServed", err)
	}
	stopOne()
	await(two, 1)
	stopTwo()
	release, err := janitor.Claim(t.Context(), s, log)
	if err != nil {
		t.Fatal(err)
	}
	release()
}
