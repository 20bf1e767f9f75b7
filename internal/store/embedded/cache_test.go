package embedded_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// TestCacheIsExact changes few users from many callers, in every way that
// changes what the cache holds, while others read them, and compares the cache
// with the engine now and then: one with room for all, and one that forgets
// somebody all the time.
func TestCacheIsExact(t *testing.T) {
	t.Run("room for all", func(t *testing.T) { auditCache(t, 60, func(*embedded.Store) {}) })
	t.Run("room for few", func(t *testing.T) { auditCache(t, 3, func(s *embedded.Store) { s.LimitRows(fewRows) }) })
}

// fewRows is the weight of some ten users, in bytes.
const fewRows = 20_000

// auditCache looks after each round at a cache that must hold at least so many
// parts of users, lest the test show nothing.
func auditCache(t *testing.T, fewest int, limit func(*embedded.Store)) {
	t.Helper()
	s, err := embedded.Open("data", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	limit(s)
	app := storetest.SmallApp()
	app.Settings.MaxFriends, app.Settings.MaxLists, app.Settings.FriendPage = 1000, 6, 7
	const people, rounds = 60, 8
	importPeople(t, s, app, people)
	for round := range rounds {
		changeFromMany(t, s, app, people, round)
		found, parts := s.AuditCache()
		if parts < fewest {
			t.Fatalf("the cache holds %d parts: the test shows nothing", parts)
		}
		for _, f := range found {
			t.Errorf("round %d: the cache is not what is stored: %s", round, f)
		}
		if t.Failed() {
			return
		}
	}
	if found, err := storetest.Audit(t.Context(), s, app); err != nil || len(found) > 0 {
		t.Errorf("%v %q", err, found)
	}
}

// changeFromMany changes and reads random people from eight callers.
func changeFromMany(t *testing.T, s store.Store, app *chain.App, people, round int) {
	t.Helper()
	var callers sync.WaitGroup
	for c := range 8 {
		callers.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(c), uint64(round)))
			for range 150 {
				if err := change(t, s, app, rng, people); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	callers.Wait()
}

// change does something to random people, or reads them.
func change(t *testing.T, s store.Store, app *chain.App, rng *rand.Rand, people int) error {
	a, b := person(rng.IntN(people)), person(rng.IntN(people))
	ctx, remark := t.Context(), fmt.Sprint(rng.IntN(1000))
	var err error
	switch rng.IntN(12) {
	case 0, 1, 2:
		_, err = store.Do(ctx, s, app, now, &chain.FriendAdd{Owner: a, Both: true, Force: true, Items: []chain.FriendAddItem{{Peer: b, List: "L" + remark[:1], Remark: remark}}})
	case 3:
		_, err = store.Do(ctx, s, app, now, &chain.FriendDelete{Owner: a, Peers: []chain.UserID{b}, Both: rng.IntN(2) == 0})
	case 4:
		_, err = store.Do(ctx, s, app, now, &chain.FriendImport{Owner: a, Items: someImported(rng, people)})
	case 5:
		_, err = store.Do(ctx, s, app, now, &chain.FriendUpdate{Owner: a, Items: []chain.FriendUpdateItem{{Peer: b, Remark: &remark}}})
	case 6:
		_, err = store.Do(ctx, s, app, now, &chain.PortraitSet{Owner: a, Items: []chain.ProfileItem{{Field: chain.Nick, Value: chain.Value{Text: remark}}}})
	case 7:
		if rng.IntN(10) == 0 {
			_, err = store.Do(ctx, s, app, now, &chain.FriendDeleteAll{Owner: a, Both: true})
		}
	case 8:
		if rng.IntN(10) == 0 {
			_, err = store.DeleteAccounts(ctx, s, app, now, []chain.UserID{a})
		}
		if err == nil {
			_, err = store.Do(ctx, s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: a, Nick: remark}}})
		}
	default:
		return look(t, s, app, a, b)
	}
	if _, refused := err.(chain.Fault); refused {
		return nil // a deletion is under way
	}
	return err
}

// someImported are a few friends, of whom most come several times, and some are
// refused because of a list that would be one too many.
func someImported(rng *rand.Rand, people int) []chain.FriendImportItem {
	var items []chain.FriendImportItem
	first := rng.IntN(people - 2)
	for range 5 {
		item := chain.FriendImportItem{Peer: person(first + rng.IntN(3)), Source: "Test", Custom: []chain.Field{{Name: "Test", Value: chain.Value{Text: fmt.Sprint(rng.IntN(1000))}}}}
		if rng.IntN(2) == 0 {
			item.Lists = []string{fmt.Sprint("L", rng.IntN(10))}
		}
		items = append(items, item)
	}
	return items
}

// look reads one moment of two people and finds it whole.
func look(t *testing.T, s store.Store, app *chain.App, a, b chain.UserID) error {
	page, err := store.Do(t.Context(), s, app, now, &chain.FriendGet{Owner: a})
	if _, refused := err.(chain.Fault); refused {
		return nil
	}
	if err != nil {
		return err
	}
	if want := min(page.Total, app.Settings.FriendPage); len(page.Friends) != want {
		return fmt.Errorf("a page of %d of the %d friends of %s", len(page.Friends), page.Total, a)
	}
	if !slices.IsSortedFunc(page.Friends, func(x, y chain.Friend) int { return int(x.Slot) - int(y.Slot) }) {
		return fmt.Errorf("the friends of %s are out of order: %v", a, page.Friends)
	}
	details, err := store.Do(t.Context(), s, app, now, &chain.FriendGetList{Owner: a, Peers: []chain.UserID{b}, Profiles: true})
	if _, refused := err.(chain.Fault); refused {
		return nil
	}
	if err == nil && details.Items[0].Fault == chain.OK && details.Items[0].Friend.Peer != b {
		err = fmt.Errorf("asked for %s, got %v", b, details.Items[0].Friend)
	}
	return err
}

// TestCacheKnowsFriendsOutOfOrder gives somebody without friends two in one command
// that looks at them in another order than it makes them: the first is refused,
// for he has as many lists as he may, and is made at the third item. The cache must
// have both.
func TestCacheKnowsFriendsOutOfOrder(t *testing.T) {
	s, err := embedded.Open("data", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	app := storetest.SmallApp()
	importPeople(t, s, app, 3)
	if _, err := store.Do(t.Context(), s, app, now, &chain.ListAdd{Owner: person(0), Names: []string{"Home", "Work"}}); err != nil {
		t.Fatal(err)
	}
	imported, err := store.Do(t.Context(), s, app, now, &chain.FriendImport{Owner: person(0), Items: []chain.FriendImportItem{
		{Peer: person(1), Source: "Test", Lists: []string{"Sport"}},
		{Peer: person(2), Source: "Test"},
		{Peer: person(1), Source: "Test"},
	}})
	want := []chain.ItemResult{{Peer: person(1), Fault: chain.ListsFull}, {Peer: person(2)}, {Peer: person(1)}}
	if err != nil || !slices.Equal(imported, want) {
		t.Fatalf("imported %v, %v, want %v", imported, err, want)
	}
	if found, _ := s.AuditCache(); len(found) > 0 {
		t.Errorf("the cache is not what is stored: %q", found)
	}
	page, err := store.Do(t.Context(), s, app, now, &chain.FriendGet{Owner: person(0)})
	if err != nil || len(page.Friends) != 2 || page.Friends[0].Peer != person(2) || page.Friends[1].Peer != person(1) {
		t.Errorf("read %v, %v, want %s and %s", page.Friends, err, person(2), person(1))
	}
}

// TestCachedReadsSeeWhatWasAnswered reads every change back as soon as it was
// answered, while others read the same user: nobody may put an older row into
// the cache behind it.
func TestCachedReadsSeeWhatWasAnswered(t *testing.T) {
	s, err := embedded.Open("data", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	app := storetest.SmallApp()
	importPeople(t, s, app, 2)
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if _, err := store.Do(t.Context(), s, app, now, &chain.PortraitGet{IDs: []chain.UserID{person(0), person(1)}}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 2000 {
		nick := fmt.Sprint(i)
		if _, err := store.Do(t.Context(), s, app, now, &chain.PortraitSet{Owner: person(0), Items: []chain.ProfileItem{{Field: chain.Nick, Value: chain.Value{Text: nick}}}}); err != nil {
			t.Fatal(err)
		}
		got, err := store.Do(t.Context(), s, app, now, &chain.PortraitGet{IDs: []chain.UserID{person(0)}})
		if err != nil {
			t.Fatal(err)
		}
		if v, _ := got[0].Profile.Value(&got[0].User, chain.Nick); v.Text != nick {
			t.Fatalf("wrote nick %s and read %s", nick, v.Text)
		}
	}
	close(stop)
	readers.Wait()
}
