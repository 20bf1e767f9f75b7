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
