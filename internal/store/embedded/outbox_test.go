package embedded_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
)

// TestEventsShowWhenSynced: an event that a crash could still lose, and whose
// number another one would get then, is seen by nobody.
func TestEventsShowWhenSynced(t *testing.T) {
	var hold sync.Mutex // held: no log is synced
	reached := make(chan struct{}, 100)
	fs := errorfs.Wrap(vfs.NewMem(), errorfs.InjectorFunc(func(op errorfs.Op) error {
		if strings.HasSuffix(op.Path, ".log") && (op.Kind == errorfs.OpFileSync || op.Kind == errorfs.OpFileSyncData || op.Kind == errorfs.OpFileSyncTo) {
			reached <- struct{}{}
			hold.Lock()
			defer hold.Unlock()
		}
		return nil
	}))
	s, err := embedded.Open("data", embedded.Options{FS: fs})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	hold.Lock()
	for len(reached) > 0 {
		<-reached
	}
	told := make(chan error, 1)
	go func() {
		told <- s.Tell(t.Context(), 1, []chain.Event{{ID: store.NewEventID(), Kind: chain.ProfileSet, Owner: "a", Time: 1, Deliver: true}})
	}()
	<-reached
	look := func(want int) {
		t.Helper()
		seen, err := s.Events(t.Context(), 1, 0, 10)
		if err != nil || len(seen) != want {
			t.Errorf("%d events are seen (%v), want %d", len(seen), err, want)
		}
		for _, descending := range []bool{false, true} {
			waiting, err := s.Deliveries(t.Context(), 1, store.DeliveryQuery{State: store.Pending, Limit: 10, Descending: descending})
			if err != nil || len(waiting) != want {
				t.Errorf("%d deliveries are seen (%v), want %d", len(waiting), err, want)
			}
		}
		x, err := s.Extent(t.Context(), 1)
		if err != nil || x.Pending != want || int(x.Last) != want {
			t.Errorf("extent %+v (%v), want %d", x, err, want)
		}
	}
	look(0)
	hold.Unlock()
	if err := <-told; err != nil {
		t.Fatal(err)
	}
	look(1)
}

// TestDeleteAppBesideSettle: whichever comes first, of the deleted app nothing
// is left.
func TestDeleteAppBesideSettle(t *testing.T) {
	s, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 60 {
		events := make([]chain.Event, 200)
		for i := range events {
			events[i] = chain.Event{ID: store.NewEventID(), Kind: chain.ProfileSet, Owner: "a", Deliver: true}
		}
		if err := s.Tell(t.Context(), 1, events); err != nil {
			t.Fatal(err)
		}
		all := store.DeliveryQuery{State: store.Pending, Limit: len(events)}
		waiting, err := s.Deliveries(t.Context(), 1, all)
		if err != nil {
			t.Fatal(err)
		}
		settled := make(chan error, 1)
		go func() { settled <- s.Settle(t.Context(), 1, waiting) }()
		if err := s.DeleteApp(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if err := <-settled; err != nil {
			t.Fatal(err)
		}
		if x, err := s.Extent(t.Context(), 1); err != nil || x != (store.Extent{}) {
			t.Fatalf("of the deleted app are left %+v (%v)", x, err)
		}
		if left, err := s.Deliveries(t.Context(), 1, all); err != nil || len(left) > 0 {
			t.Fatalf("of the deleted app are left %d deliveries (%v)", len(left), err)
		}
	}
}

// TestTrimAfterClose: whoever comes late is told so.
func TestTrimAfterClose(t *testing.T) {
	s, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Trim(t.Context(), 2, 0, 1, 10); !errors.Is(err, store.ErrClosed) {
		t.Errorf("error %v, want %v", err, store.ErrClosed)
	}
}
