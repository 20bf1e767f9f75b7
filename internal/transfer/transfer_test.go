package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
	"kith/internal/store/storetest"
	"kith/internal/transfer"
)

func openEmbedded(t testing.TB) store.Store {
	t.Helper()
	s, err := embedded.Open("data", embedded.Options{FS: vfs.NewMem(), CacheSize: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	closeAtEnd(t, s)
	return s
}

func openPostgres(t testing.TB) store.Store {
	t.Helper()
	var source pgtest.Source
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := postgres.Open(t.Context(), dsn, postgres.Options{Migrate: true})
	if err != nil {
		t.Fatal(err)
	}
	closeAtEnd(t, s)
	return s
}

func closeAtEnd(t testing.TB, s store.Store) {
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// fill lets random people do random things in two apps, and settles some of
// the deliveries that follow.
func fill(t testing.TB, s store.Store) {
	t.Helper()
	for i := range chain.AppID(2) {
		app := storetest.SmallApp()
		app.ID += i
		err := s.UpdateApp(t.Context(), app.ID, func(store.App, bool) (store.App, error) {
			return store.App{App: *app, Name: fmt.Sprint("app", i), Secrets: []string{"secret"}, Enabled: i == 0, Webhook: store.Webhook{URL: "http://example.com"}}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		draw := rapid.Custom(storetest.DrawStep)
		for n := range 400 {
			// What is refused is refused.
			_, _ = draw.Example(int(i)*1000+n).Do(t.Context(), s, app, time.Unix(1700000000+int64(n), 0))
		}
		waiting, err := s.Deliveries(t.Context(), app.ID, store.DeliveryQuery{State: store.Pending, Limit: 10})
		if err != nil || len(waiting) < 4 {
			t.Fatalf("only %d deliveries wait (%v)", len(waiting), err)
		}
		waiting[0].State, waiting[1].State, waiting[2].Attempts = store.Delivered, store.Dead, 3
		if err := s.Settle(t.Context(), app.ID, waiting[:3]); err != nil {
			t.Fatal(err)
		}
	}
}

// everything is all that a store holds.
func everything(t testing.TB, s store.Store) (all []any) {
	t.Helper()
	apps, err := s.Apps(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, app := range apps {
		rows, err := storetest.Dump(t.Context(), s, app.ID)
		if err != nil {
			t.Fatal(err)
		}
		events, err := s.Events(t.Context(), app.ID, 0, 1<<20)
		if err != nil || len(events) == 0 || len(rows) < 5 {
			t.Fatalf("app %d has %d users and %d events (%v)", app.ID, len(rows), len(events), err)
		}
		all = append(all, app, rows, events)
		for _, state := range []store.DeliveryState{store.Pending, store.Delivered, store.Dead} {
			found, err := s.Deliveries(t.Context(), app.ID, store.DeliveryQuery{State: state, Limit: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, found)
		}
	}
	return all
}

// TestThereAndBack copies from the embedded store to PostgreSQL, and from there
// to another embedded one.
func TestThereAndBack(t *testing.T) {
	first, second, third := openEmbedded(t), openPostgres(t), openEmbedded(t)
	fill(t, first)
	want := everything(t, first)
	for _, c := range []struct {
		name     string
		from, to store.Store
	}{{"to PostgreSQL", first, second}, {"back", second, third}} {
		run := &transfer.Transfer{From: c.from, To: c.to}
		if err := run.Run(t.Context()); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(want, everything(t, c.to), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-original +copy):\n%s", c.name, diff)
		}
		if p := run.Progress(); p.Users == 0 || p.Checked != p.Users || p.Events == 0 {
			t.Errorf("%s: %+v", c.name, p)
		}
		again := &transfer.Transfer{From: c.from, To: c.to}
		if err := again.Run(t.Context()); err != nil || again.Progress().Written != 0 {
			t.Errorf("%s, again: %+v (%v), want nothing written", c.name, again.Progress(), err)
		}
	}
}

// TestCutOff ends a copy after so many writes, again and again, until it comes
// to its end.
func TestCutOff(t *testing.T) {
	from, to := openEmbedded(t), openEmbedded(t)
	fill(t, from)
	ends := 0
	for allowed := int64(1); ; allowed++ {
		var writes atomic.Int64
		flaky := &storetest.Faulty{Store: to, Plan: func() storetest.Fate {
			if writes.Add(1) >= allowed {
				return storetest.Lost
			}
			return storetest.Succeeds
		}}
		err := (&transfer.Transfer{From: from, To: flaky}).Run(context.Background())
		if err == nil {
			break
		}
		if !errors.Is(err, storetest.ErrInjected) {
			t.Fatal(err)
		}
		if ends++; ends > 100 {
			t.Fatal("it comes to no end")
		}
	}
	if ends == 0 {
		t.Error("it was not cut off once")
	}
	if diff := cmp.Diff(everything(t, from), everything(t, to), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("after %d ends (-original +copy):\n%s", ends, diff)
	}
}

// TestDifference: a store that is no copy of the original is told from one, and
// left as it is.
func TestDifference(t *testing.T) {
	from := openEmbedded(t)
	fill(t, from)
	app := storetest.SmallApp()
	for _, test := range []struct {
		name   string
		differ func(to store.Store) error
	}{
		{"a user that the original has not", func(to store.Store) error {
			_, err := store.Do(t.Context(), to, app, time.Unix(1700000000, 0), &chain.AccountImport{Accounts: []chain.Account{{ID: "stranger"}}})
			return err
		}},
		{"another app of the same number", func(to store.Store) error {
			return to.UpdateApp(t.Context(), app.ID, func(a store.App, _ bool) (store.App, error) {
				a.Secrets = []string{"other"}
				return a, nil
			})
		}},
	} {
		to := openEmbedded(t)
		if err := (&transfer.Transfer{From: from, To: to}).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := test.differ(to); err != nil {
			t.Fatal(err)
		}
		before := everything(t, to)
		if err := rename(t, from, app.ID); err != nil { // so that a copy would show
			t.Fatal(err)
		}
		err := (&transfer.Transfer{From: from, To: to}).Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "copy to a new store") {
			t.Errorf("%s: %v, want to be told to copy to a new store", test.name, err)
		}
		if diff := cmp.Diff(before, everything(t, to), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: it was written over (-before +after):\n%s", test.name, diff)
		}
	}
}

// rename changes an app.
func rename(t testing.TB, s store.Store, app chain.AppID) error {
	return s.UpdateApp(t.Context(), app, func(a store.App, _ bool) (store.App, error) {
		a.Name += "!"
		return a, nil
	})
}

// TestOtherEvents: events that are not those of the original are told.
func TestOtherEvents(t *testing.T) {
	from, to := openEmbedded(t), openEmbedded(t)
	fill(t, from)
	app := storetest.SmallApp()
	if err := to.Tell(t.Context(), app.ID, []chain.Event{{ID: store.NewEventID(), Kind: chain.Blocked, Owner: "stranger", Time: 1}}); err != nil {
		t.Fatal(err)
	}
	if err := (&transfer.Transfer{From: from, To: to}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "the events after number 0") {
		t.Errorf("got %v, want to be told of the events", err)
	}
}
