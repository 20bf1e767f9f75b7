package storetest

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
)

func runProperties(t *testing.T, rig Rig) {
	t.Run("LikeTheModel", func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { propLikeTheModel(t, rig) }) })
	t.Run("RestartChangesNothing", func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { propRestart(t, rig) }) })
	t.Run("FailedWrites", func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { propFailedWrites(t, rig) }) })
}

// propLikeTheModel carries out random commands on the store and on the model:
// the answers and the rows are the same, all rows fit together, and sequences
// never fall.
func propLikeTheModel(t *rapid.T, rig Rig) {
	ctx, app := context.Background(), SmallApp()
	s, m := rig.New(t), NewModel()
	defer closeStore(t, s)
	before := map[chain.UserID]Record{}
	for i := range rapid.IntRange(1, 25).Draw(t, "steps") {
		step := DrawStep(t)
		at := now.Add(time.Duration(i) * time.Second)
		got, gotErr := step.Do(ctx, s, app, at)
		want, wantErr := step.Do(ctx, m, app, at)
		if diff := cmp.Diff(want, got, equateEmpty); diff != "" || gotErr != wantErr {
			t.Fatalf("%s: errors %v and %v; answers (-model +store):\n%s", step.Name, wantErr, gotErr, diff)
		}
		after := sameRows(t, s, m, app)
		sequencesRise(t, before, after)
		before = after
	}
	noFindings(t, m, app)
	noFindings(t, s, app)
	noBlockedFriends(t, before)
}

// noBlockedFriends wants nobody to be both friend and blocked, but for friends
// that were imported, which asks no blocklist. Random imports have a source
// that begins with importSource.
func noBlockedFriends(t *rapid.T, all map[chain.UserID]Record) {
	t.Helper()
	for id, r := range all {
		for _, f := range r.Holdings.Friends {
			peer := all[f.Peer]
			if (blocks(&r, f.Peer) || blocks(&peer, id)) && !strings.HasPrefix(f.Source, importSource) {
				t.Fatalf("%s and %s are friends in spite of a block: %+v", id, f.Peer, f)
			}
		}
	}
}

func sameRows(t *rapid.T, s, m store.Store, app *chain.App) map[chain.UserID]Record {
	t.Helper()
	got, err := Dump(context.Background(), s, app.ID)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Dump(context.Background(), m, app.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, got) { // much faster than Diff
		if diff := cmp.Diff(want, got, equateEmpty); diff != "" {
			t.Fatalf("rows (-model +store):\n%s", diff)
		}
	}
	if diff := cmp.Diff(events(t, m, app.ID), events(t, s, app.ID), equateEmpty, ignoreID); diff != "" {
		t.Fatalf("events (-model +store):\n%s", diff)
	}
	return got
}

// sequencesRise checks that nobody's sequence fell and that nobody's rows
// changed behind an unchanged sequence.
func sequencesRise(t *rapid.T, before, after map[chain.UserID]Record) {
	t.Helper()
	for id, b := range before {
		a := after[id]
		if !b.Exists || !a.Exists || a.User.Created != b.User.Created {
			continue // deleted, or made anew
		}
		for kind := range a.User.Seq {
			if a.User.Seq[kind] < b.User.Seq[kind] || a.User.Seq[kind] > b.User.Seq[kind]+1 {
				t.Fatalf("%s: sequence %d went from %d to %d in one call", id, kind, b.User.Seq[kind], a.User.Seq[kind])
			}
		}
		same := func(kind chain.SeqKind, rows func(*Record) any) {
			if a.User.Seq[kind] == b.User.Seq[kind] && !cmp.Equal(rows(&b), rows(&a), equateEmpty) {
				t.Fatalf("%s: rows changed while sequence %d stayed %d:\n%+v\n%+v", id, kind, a.User.Seq[kind], rows(&b), rows(&a))
			}
		}
		same(chain.SeqStandard, standardFields)
		same(chain.SeqCustom, customFields)
		same(chain.SeqLists, func(r *Record) any { return []any{r.Lists, r.Members} })
		same(chain.SeqBlocks, func(r *Record) any { return r.Holdings.Blocks })
		same(chain.SeqRequests, func(r *Record) any { return []any{r.Holdings.Sent, r.Holdings.Received} })
	}
}

func standardFields(r *Record) any {
	friends := slices.Clone(r.Holdings.Friends)
	for i := range friends {
		friends[i].Custom, friends[i].Slot = nil, 0
	}
	return friends
}

func customFields(r *Record) any {
	custom := map[chain.UserID][]chain.Field{}
	for _, f := range r.Holdings.Friends {
		if len(f.Custom) > 0 {
			custom[f.Peer] = f.Custom
		}
	}
	return custom
}

// propRestart closes and opens the store between random commands.
func propRestart(t *rapid.T, rig Rig) {
	ctx, app := context.Background(), SmallApp()
	s, m := rig.New(t), NewModel()
	defer func() { closeStore(t, s) }()
	for range rapid.IntRange(1, 6).Draw(t, "steps") {
		step := DrawStep(t)
		got, gotErr := step.Do(ctx, s, app, now)
		want, wantErr := step.Do(ctx, m, app, now)
		if !cmp.Equal(want, got, equateEmpty) || gotErr != wantErr {
			t.Fatalf("%s: got %v (%v), want %v (%v)", step.Name, got, gotErr, want, wantErr)
		}
		if rapid.Bool().Draw(t, "restart") {
			s = rig.Reopen(t, s)
		}
		sameRows(t, s, m, app)
	}
}

// propFailedWrites lets writes fail, applied or not: a command that failed has
// happened whole or not at all.
func propFailedWrites(t *rapid.T, rig Rig) {
	ctx, app := context.Background(), SmallApp()
	s, m := rig.New(t), NewModel()
	defer closeStore(t, s)
	var fate Fate
	faulty := &Faulty{Store: s, Plan: func() Fate { return fate }}
	for range rapid.IntRange(1, 15).Draw(t, "steps") {
		step := DrawStep(t)
		fate = rapid.SampledFrom([]Fate{Succeeds, Succeeds, Lost, Uncertain}).Draw(t, "fate")
		_, err := step.Do(ctx, faulty, app, now)
		if err == ErrInjected && fate == Lost {
			sameRows(t, s, m, app)
			continue
		}
		if _, wantErr := step.Do(ctx, m, app, now); wantErr != err && err != ErrInjected {
			t.Fatalf("%s: got error %v, want %v", step.Name, err, wantErr)
		}
		sameRows(t, s, m, app)
	}
	noFindings(t, s, app)
}
