package janitor_test

import (
	"log/slog"
	"slices"
	"testing"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/janitor"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// TestSweep leaves a deletion unfinished, as a call that ran out of time does,
// and lets the janitor end it.
func TestSweep(t *testing.T) {
	s := storetest.NewModel()
	directory, err := apps.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := directory.Ensure(t.Context(), 1400000000, "secret", []chain.UserID{"administrator"}); err != nil {
		t.Fatal(err)
	}
	app, _ := directory.Get(1400000000)
	for _, id := range []chain.UserID{"star", "ann", "bob", "cem"} {
		do(t, s, app, &chain.AccountImport{Accounts: []chain.Account{{ID: id}}})
		if id != "star" {
			do(t, s, app, &chain.FriendAdd{Owner: id, Items: []chain.FriendAddItem{{Peer: "star"}}})
		}
	}
	if got := do(t, s, app, &chain.AccountDelete{IDs: []chain.UserID{"star"}, Step: 1}); got[0].Fault != chain.Unfinished {
		t.Fatalf("the first step answered %v", got)
	}
	janitor.Sweep(t.Context(), s, directory, slog.New(slog.DiscardHandler))
	left, err := s.Users(t.Context(), app.ID, "", 10)
	if want := []chain.UserID{"ann", "bob", "cem"}; err != nil || !slices.Equal(left, want) {
		t.Errorf("users left: %v (%v)", left, err)
	}
	if found, err := storetest.Audit(t.Context(), s, &app.App); err != nil || len(found) > 0 {
		t.Errorf("audit: %v %q", err, found)
	}
}

func do[A any](t *testing.T, s store.Store, app *store.App, cmd chain.Command[A]) A {
	t.Helper()
	a, err := store.Do(t.Context(), s, &app.App, time.Unix(1700000000, 0), cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return a
}

// TestTrim removes what is older than the app keeps, in many steps, and leaves
// what still waits for the webhook.
func TestTrim(t *testing.T) {
	s := storetest.NewModel()
	directory, err := apps.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := directory.Ensure(t.Context(), 1, "secret", []chain.UserID{"administrator"}); err != nil {
		t.Fatal(err)
	}
	const days, aDay = 10, 500
	now := time.Unix(1700000000, 0)
	for day := range days {
		var events []chain.Event
		for i := range aDay {
			events = append(events, chain.Event{Kind: chain.Blocked, Owner: "ann", Time: now.AddDate(0, 0, day-days).UnixMilli() + 1, Deliver: day == 0 && i == 7})
		}
		if err := s.Tell(t.Context(), 1, events); err != nil {
			t.Fatal(err)
		}
	}
	kept := func() (numbers []store.EventNumber) {
		t.Helper()
		found, err := s.Events(t.Context(), 1, 0, days*aDay)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found {
			numbers = append(numbers, e.Number)
		}
		return numbers
	}
	janitor.Trim(t.Context(), s, directory, now, slog.New(slog.DiscardHandler))
	if got := kept(); len(got) != 7*aDay+1 || got[0] != 8 || got[1] != 3*aDay+1 {
		t.Errorf("kept %d events, the first %v; want the one that waits and those of 7 days", len(got), got[:2])
	}
	err = directory.Update(t.Context(), 1, func(a *store.App) error {
		a.Settings.EventDays = 0
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	janitor.Trim(t.Context(), s, directory, now, slog.New(slog.DiscardHandler))
	if got := kept(); len(got) != 2 || got[0] != 8 || got[1] != days*aDay {
		t.Errorf("kept %v; want the one that waits and the last", got)
	}
}
