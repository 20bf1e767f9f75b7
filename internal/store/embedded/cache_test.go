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
// with the engine now and then.
func TestCacheIsExact(t *testing.T) {
	s, err := embedded.Open("data", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	app := storetest.SmallApp()
	app.Settings.MaxFriends, app.Settings.MaxLists, app.Settings.FriendPage = 1000, 1000, 7
	const people, rounds = 60, 15
	importPeople(t, s, app, people)
	for round := range rounds {
		changeFromMany(t, s, app, people, round)
		found, parts := s.AuditCache()
		if parts < people {
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
		var items []chain.FriendImportItem
		for range 5 {
			items = append(items, chain.FriendImportItem{Peer: person(rng.IntN(people)), Source: "Test", Custom: []chain.Field{{Name: "Test", Value: chain.Value{Text: remark}}}})
		}
		_, err = store.Do(ctx, s, app, now, &chain.FriendImport{Owner: a, Items: items})
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
