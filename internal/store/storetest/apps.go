package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kith/internal/chain"
	"kith/internal/store"
)

func testTenants(t *testing.T, rig Rig) {
	s := rig.New(t)
	defer closeStore(t, s)
	one, two := SmallApp(), SmallApp()
	two.ID = one.ID + 1
	importAll(t, s, one, "ann", "bob")
	must(t, s, one, &chain.FriendAdd{Owner: "ann", Items: []chain.FriendAddItem{{Peer: "bob"}}, Both: true})
	importAll(t, s, two, "ann")
	got := must(t, s, two, &chain.AccountCheck{IDs: []chain.UserID{"ann", "bob"}})
	if !slices.Equal(got, []bool{true, false}) {
		t.Errorf("the other app sees accounts %v", got)
	}
	if page := must(t, s, two, &chain.FriendGet{Owner: "ann"}); page.Total != 0 {
		t.Errorf("the other app sees friends %v", page.Friends)
	}
	must(t, s, two, &chain.AccountDelete{IDs: []chain.UserID{"ann"}})
	if page := must(t, s, one, &chain.FriendGet{Owner: "bob"}); page.Total != 1 {
		t.Errorf("the other app's deletion left bob %d friends", page.Total)
	}
}

func testUsers(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	ids := append(numbered(25), "a", "a ", "ab", "~", "administrator")
	ids[26] = "a!"
	importAll(t, s, app, ids...)
	app.ID++
	importAll(t, s, app, "other")
	app.ID--
	slices.Sort(ids)
	var got []chain.UserID
	for {
		var last chain.UserID
		if len(got) > 0 {
			last = got[len(got)-1]
		}
		page, err := s.Users(t.Context(), app.ID, last, 7)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
	}
	if !slices.Equal(got, ids) {
		t.Errorf("got %q\nwant %q", got, ids)
	}
}

func testApps(t *testing.T, rig Rig) {
	s := rig.New(t)
	settings := chain.DefaultSettings()
	settings.MaxFriends, settings.DefaultAllow, settings.KeepFriendsOnBlock = 7, chain.AllowNone, true
	settings.FriendFields, settings.ProfileFields = []string{"Test"}, []string{}
	app := store.App{
		App:  chain.App{ID: 1400000001, Admins: []chain.UserID{"root", "administrator"}, Settings: settings},
		Name: "näme", Secrets: []string{"new", "old"}, Enabled: true,
	}
	for _, id := range []chain.AppID{app.ID, 1<<32 - 1, 1} {
		err := s.UpdateApp(t.Context(), id, func(_ store.App, found bool) (store.App, error) {
			if found {
				t.Errorf("app %d is there before it is made", id)
			}
			return app, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	refusal := errors.New("no")
	err := s.UpdateApp(t.Context(), 2, func(store.App, bool) (store.App, error) { return app, refusal })
	if !errors.Is(err, refusal) {
		t.Errorf("got %v, want the caller's error", err)
	}
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	all, err := s.Apps(t.Context())
	if err != nil || len(all) != 3 || all[0].ID != 1 || all[2].ID != 1<<32-1 {
		t.Fatalf("got apps %+v (%v)", all, err)
	}
	if diff := cmp.Diff(app, all[1]); diff != "" {
		t.Errorf("app read back (-want +got):\n%s", diff)
	}
	err = s.UpdateApp(t.Context(), app.ID, func(old store.App, found bool) (store.App, error) {
		if diff := cmp.Diff(app, old); diff != "" || !found {
			t.Errorf("app before an update (found %v, -want +got):\n%s", found, diff)
		}
		old.Enabled = false
		return old, nil
	})
	if all, _ := s.Apps(t.Context()); err != nil || all[1].Enabled {
		t.Errorf("the update was lost (%v)", err)
	}
}

func testDeleteApp(t *testing.T, rig Rig) {
	s := rig.New(t)
	ids := []chain.AppID{1400000000, 1400000001, 1<<32 - 1}
	for _, id := range ids {
		app := SmallApp()
		app.ID = id
		err := s.UpdateApp(t.Context(), id, func(store.App, bool) (store.App, error) { return store.App{App: *app}, nil })
		if err != nil {
			t.Fatal(err)
		}
		importAll(t, s, app, "ann", "bob")
		must(t, s, app, &chain.FriendAdd{Owner: "ann", Both: true, Items: []chain.FriendAddItem{{Peer: "bob", List: "Work"}}})
	}
	for i := range 2 { // the second time there is nothing to delete
		if err := s.DeleteApp(t.Context(), ids[1]); err != nil {
			t.Fatalf("deletion %d: %v", i+1, err)
		}
	}
	if err := s.DeleteApp(t.Context(), ids[2]); err != nil {
		t.Fatal(err)
	}
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	if apps, err := s.Apps(t.Context()); err != nil || len(apps) != 1 || apps[0].ID != ids[0] {
		t.Errorf("apps left: %+v (%v)", apps, err)
	}
	for _, id := range ids {
		left, err := s.Users(t.Context(), id, "", 10)
		if want := id == ids[0]; err != nil || (len(left) > 0) != want {
			t.Errorf("app %d has rows of %v (%v)", id, left, err)
		}
	}
}

// testLease: on a store that is shared, one alone does some work, until it
// gives it back or falls silent.
func testLease(t *testing.T, rig Rig) {
	s := rig.New(t)
	defer closeStore(t, s)
	take := func(name, holder string, ttl time.Duration, want bool) {
		t.Helper()
		held, err := s.Lease(t.Context(), name, holder, ttl)
		if err != nil || held != want {
			t.Errorf("%s asks for %s: %v (%v), want %v", holder, name, held, err, want)
		}
	}
	take("sweep", "one", time.Minute, true)
	take("sweep", "one", time.Minute, true)
	take("trim", "two", time.Minute, true)
	if s.Shared() {
		take("sweep", "two", time.Minute, false)
	}
	take("sweep", "one", 0, false)
	take("sweep", "two", 50*time.Millisecond, true)
	time.Sleep(60 * time.Millisecond)
	take("sweep", "one", time.Minute, true)
}
