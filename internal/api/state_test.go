package api_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// state reads every row of an app.
func (s *server) state(t testing.TB, app chain.AppID) storetest.Rows {
	t.Helper()
	all, err := storetest.Dump(context.Background(), s.store, app)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// settings edits the settings of an app.
func settings(edit func(*chain.Settings)) func(*store.App) {
	return func(a *store.App) { edit(&a.Settings) }
}

// wantSameState compares the rows before and after, and tells whether they are the
// same.
func wantSameState(t testing.TB, asked string, before, after storetest.Rows) bool {
	t.Helper()
	if reflect.DeepEqual(before, after) {
		return true // as nearly always, and ten times as fast
	}
	diff := cmp.Diff(before, after, cmpopts.EquateEmpty())
	if diff != "" {
		t.Errorf("%s\n  changed rows (-before +after):\n%s", asked, diff)
	}
	return diff == ""
}
