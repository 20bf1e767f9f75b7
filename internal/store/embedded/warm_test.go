package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// populated returns a store of an app with so many people, of whom each has the
// next as a friend and every third a nick, and its file system.
func populated(t *testing.T, people int, nick string) (*embedded.Store, *chain.App, vfs.FS) {
	t.Helper()
	fs := vfs.NewMem()
	s := open(t, fs)
	app := storetest.SmallApp()
	keepApp(t, s, app)
	var accounts []chain.Account
	for i := range people {
		account := chain.Account{ID: person(i)}
		if i%3 == 0 {
			account.Nick = nick
		}
		accounts = append(accounts, account)
	}
	mustImport(t, s, app, accounts)
	for i := range people {
		c := &chain.FriendImport{Owner: person(i), Items: []chain.FriendImportItem{{Peer: person((i + 1) % people), Source: "Test"}}}
		if _, err := store.Do(t.Context(), s, app, now, c); err != nil {
			t.Fatal(err)
		}
	}
	return s, app, fs
}

func keepApp(t *testing.T, s store.Store, app *chain.App) {
	t.Helper()
	if err := s.UpdateApp(t.Context(), app.ID, func(store.App, bool) (store.App, error) { return store.App{App: *app}, nil }); err != nil {
		t.Fatal(err)
	}
}

func mustImport(t *testing.T, s store.Store, app *chain.App, accounts []chain.Account) {
	t.Helper()
	for some := range slices.Chunk(accounts, 100) {
		if _, err := store.Do(t.Context(), s, app, now, &chain.AccountImport{Accounts: some}); err != nil {
			t.Fatal(err)
		}
	}
}

func reopen(t *testing.T, s *embedded.Store, fs vfs.FS) *embedded.Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, fs)
	t.Cleanup(func() { _ = s.Close() }) // has nothing more to write
	return s
}

// TestWarm starts a store again and finds every user, profile and set of friends
// in the cache after the warm-up, as they are stored.
func TestWarm(t *testing.T) {
	const people = 700 // more than are listed together
	s, _, fs := populated(t, people, "Nick")
	s = reopen(t, s, fs)
	if _, parts := s.AuditCache(); parts != 0 {
		t.Fatalf("the cache holds %d parts after a start", parts)
	}
	users, err := s.Warm(t.Context())
	if err != nil || users != people {
		t.Errorf("went through %d users, %v; want %d", users, err, people)
	}
	found, parts := s.AuditCache()
	if parts != 3*people || len(found) > 0 {
		t.Errorf("the cache holds %d parts, want a user, a profile and a set of friends of each of %d; %q", parts, people, found)
	}
}

// TestWarmEnds ends a warm-up when the cache is nearly full, when it is told to,
// and when the store is closed.
func TestWarmEnds(t *testing.T) {
	const people, room = 3000, 2 << 20 // about 700 bytes each, and there is room for most
	s, _, fs := populated(t, people, strings.Repeat("n", 400))
	s = reopen(t, s, fs)
	s.LimitRows(room)
	users, err := s.Warm(t.Context())
	if stats := s.Stats(); err != nil || users < people/2 || users == people || stats.RowCacheBytes > room {
		t.Errorf("went through %d of %d users, %v, and the cache is %d bytes", users, people, err, stats.RowCacheBytes)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if users, err := s.Warm(over); err != nil || users != 0 {
		t.Errorf("told to end before it began, it went through %d users, %v", users, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Warm(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("of a closed store: %v", err)
	}
}

// TestWarmIsExact warms an empty cache up again and again while people change,
// and compares it with the engine.
func TestWarmIsExact(t *testing.T) {
	const people = 60
	s, app, fs := populated(t, people, "Nick")
	s = reopen(t, s, fs)
	app.Settings.MaxFriends, app.Settings.MaxLists, app.Settings.FriendPage = 1000, 1000, 7
	for round := range 6 {
		var warming sync.WaitGroup
		over := make(chan struct{})
		warming.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				s.ForgetRows()
				if _, err := s.Warm(t.Context()); err != nil {
					t.Error(err)
					return
				}
			}
		})
		changeFromMany(t, s, app, people, round)
		close(over)
		warming.Wait()
		if found, _ := s.AuditCache(); len(found) > 0 {
			t.Fatalf("round %d: the cache is not what is stored: %s", round, fmt.Sprint(found))
		}
	}
}

// TestWarmOfDeletedApp deletes an app while it is warmed up, makes it again, and
// finds nobody in it.
func TestWarmOfDeletedApp(t *testing.T) {
	const people = 200
	s, app, fs := populated(t, people, "Nick")
	s = reopen(t, s, fs)
	for range 30 {
		var warming sync.WaitGroup
		warming.Go(func() {
			if _, err := s.Warm(t.Context()); err != nil {
				t.Error(err)
			}
		})
		if err := s.DeleteApp(t.Context(), app.ID); err != nil {
			t.Fatal(err)
		}
		warming.Wait()
		if found, parts := s.AuditCache(); parts > 0 {
			t.Fatalf("the cache holds %d parts of an app that is gone: %q", parts, found)
		}
		keepApp(t, s, app)
		importPeople(t, s, app, people)
		s.ForgetRows()
	}
}
