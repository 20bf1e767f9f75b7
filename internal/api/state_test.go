package api_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/internal/chain"
	"kith/internal/store"
)

// userState is every row of one user.
type userState struct {
	User     chain.User
	Exists   bool
	Profile  chain.Profile
	Lists    chain.Lists
	Holdings chain.Holdings
}

// state reads every row of an app.
func (s *server) state(t testing.TB, app chain.AppID) map[chain.UserID]userState {
	t.Helper()
	ctx := context.Background()
	all := map[chain.UserID]userState{}
	var last chain.UserID
	for {
		const page = 500
		ids, err := s.store.Users(ctx, app, last, page)
		if err != nil {
			t.Fatal(err)
		}
		if len(ids) > 0 {
			s.readUsers(t, app, ids, all)
			last = ids[len(ids)-1]
		}
		if len(ids) < page {
			return all
		}
	}
}

func (s *server) readUsers(t testing.TB, app chain.AppID, ids []chain.UserID, all map[chain.UserID]userState) {
	t.Helper()
	err := s.store.View(context.Background(), app, func(r store.Reader) error {
		var d chain.Draft
		w := chain.Want{Users: ids, Profiles: ids, Lists: ids}
		for _, id := range ids {
			w.Holdings.Add(chain.Reach{Owner: id})
		}
		if err := r.Load(context.Background(), &w, &d); err != nil {
			return err
		}
		for _, id := range ids {
			var u userState
			u.User, u.Exists = d.Users.Get(id)
			u.Profile, _ = d.Profiles.Get(id)
			u.Lists, _ = d.Lists.Get(id)
			u.Holdings, _ = d.Holdings.Get(chain.Reach{Owner: id})
			all[id] = u
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// settings edits the settings of an app.
func settings(edit func(*chain.Settings)) func(*store.App) {
	return func(a *store.App) { edit(&a.Settings) }
}

// wantSameState compares the rows before and after.
func wantSameState(t testing.TB, asked string, before, after map[chain.UserID]userState) {
	t.Helper()
	if reflect.DeepEqual(before, after) {
		return // as nearly always, and ten times as fast
	}
	if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s\n  changed rows (-before +after):\n%s", asked, diff)
	}
}
