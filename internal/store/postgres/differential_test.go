package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// TestDifferential carries out the same random commands on the model, on the
// embedded store and on PostgreSQL: all answer the same, and hold the same rows
// and events.
func TestDifferential(t *testing.T) {
	var databases rig
	rapid.Check(t, func(t *rapid.T) {
		small, err := embedded.Open("data", embedded.Options{FS: vfs.NewMem(), CacheSize: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		model := storetest.NewModel()
		others := map[string]store.Store{"embedded": small, "postgres": databases.new(t)}
		defer func() {
			for name, s := range others {
				if err := s.Close(); err != nil {
					t.Errorf("close %s: %v", name, err)
				}
			}
		}()
		app, at := storetest.SmallApp(), time.Unix(1700000000, 0)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			step := storetest.DrawStep(t)
			at = at.Add(time.Second)
			want, wantErr := step.Do(t.Context(), model, app, at)
			for name, s := range others {
				got, gotErr := step.Do(t.Context(), s, app, at)
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" || gotErr != wantErr {
					t.Fatalf("%s on %s: errors %v and %v; answers (-model +%s):\n%s", step.Name, name, wantErr, gotErr, name, diff)
				}
			}
		}
		want, wantEvents := everything(t, model, app)
		for name, s := range others {
			got, gotEvents := everything(t, s, app)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("rows of %s (-model +%s):\n%s", name, name, diff)
			}
			if diff := cmp.Diff(wantEvents, gotEvents, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(chain.Event{}, "ID")); diff != "" {
				t.Fatalf("events of %s (-model +%s):\n%s", name, name, diff)
			}
		}
	})
}

func everything(t *rapid.T, s store.Store, app *chain.App) (map[chain.UserID]storetest.Record, []store.Event) {
	t.Helper()
	rows, err := storetest.Dump(context.Background(), s, app.ID)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(context.Background(), app.ID, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return rows, events
}
