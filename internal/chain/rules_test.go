package chain_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

var now = time.Unix(1700000000, 0)

// A village is an app with a few accounts in a random state.
type village struct {
	app   *chain.App
	model *storetest.Model
}

var villagers = []chain.UserID{"ann", "bob", "cem", "dan", "eve"}

// newVillages makes n villages that went through the same random commands.
func newVillages(t *rapid.T, n int) []village {
	steps := []storetest.Step{}
	for range rapid.IntRange(0, 15).Draw(t, "history") {
		steps = append(steps, storetest.DrawStep(t))
	}
	villages := make([]village, n)
	for i := range villages {
		v := village{storetest.SmallApp(), storetest.NewModel()}
		do(t, v, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}, {ID: "bob"}, {ID: "cem"}, {ID: "dan"}, {ID: "eve"}}})
		for _, s := range steps {
			if _, err := s.Do(context.Background(), v.model, v.app, now); err != nil {
				if _, refused := err.(chain.Fault); !refused {
					t.Fatalf("%s: %v", s.Name, err)
				}
			}
		}
		finishDeletions(t, v)
		do(t, v, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}}})
		villages[i] = v
	}
	return villages
}

func finishDeletions(t *rapid.T, v village) {
	left, err := v.model.Leaving(context.Background(), v.app.ID, 10)
	if err != nil || len(left) == 0 {
		return
	}
	slices.Sort(left)
	if _, err := store.DeleteAccounts(context.Background(), v.model, v.app, now, left); err != nil {
		t.Fatal(err)
	}
}

func do[A any](t storetest.TB, v village, cmd chain.Command[A]) A {
	t.Helper()
	a, err := store.Do(context.Background(), v.model, v.app, now, cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return a
}

func rows(t storetest.TB, v village) map[chain.UserID]storetest.Record {
	t.Helper()
	all, err := storetest.Dump(context.Background(), v.model, v.app.ID)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// sequencesApart ignores sequences, which count calls and not changes.
var sequencesApart = cmp.Options{
	cmpopts.EquateEmpty(),
	cmp.Transformer("seq", func(u chain.User) chain.User {
		u.Seq = [5]uint32{}
		return u
	}),
}

func drawPeers(t *rapid.T) []chain.UserID {
	return rapid.SliceOfN(rapid.SampledFrom(append(villagers, "nobody", "")), 1, 6).Draw(t, "peers")
}

// A batch does what its items would one by one.
func TestBatchEqualsSingles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillages(t, 2)
		peers := drawPeers(t)
		both, force := rapid.Bool().Draw(t, "both"), rapid.Bool().Draw(t, "force")
		lists := rapid.SliceOfN(rapid.SampledFrom([]string{"Work", "Home", "Sport"}), 1, 2).Draw(t, "lists")
		run := map[string]func(v village, peers []chain.UserID) []chain.ItemResult{
			"add": func(v village, peers []chain.UserID) []chain.ItemResult {
				c := &chain.FriendAdd{Owner: "ann", Both: both, Force: force}
				for _, p := range peers {
					c.Items = append(c.Items, chain.FriendAddItem{Peer: p, List: lists[0]})
				}
				return do(t, v, c)
			},
			"import": func(v village, peers []chain.UserID) []chain.ItemResult {
				c := &chain.FriendImport{Owner: "ann"}
				for _, p := range peers {
					c.Items = append(c.Items, chain.FriendImportItem{Peer: p, Source: "Web", Lists: lists})
				}
				return do(t, v, c)
			},
			"update": func(v village, peers []chain.UserID) []chain.ItemResult {
				c := &chain.FriendUpdate{Owner: "ann"}
				for _, p := range peers {
					c.Items = append(c.Items, chain.FriendUpdateItem{Peer: p, SetLists: true, Lists: lists})
				}
				return do(t, v, c)
			},
			"delete": func(v village, peers []chain.UserID) []chain.ItemResult {
				return do(t, v, &chain.FriendDelete{Owner: "ann", Peers: peers, Both: both})
			},
			"delete accounts": func(v village, peers []chain.UserID) []chain.ItemResult {
				return do(t, v, &chain.AccountDelete{IDs: peers})
			},
		}[rapid.SampledFrom([]string{"add", "import", "update", "delete", "delete accounts"}).Draw(t, "command")]
		batch := run(v[0], peers)
		var singles []chain.ItemResult
		for _, p := range peers {
			singles = append(singles, run(v[1], []chain.UserID{p})...)
		}
		if !slices.Equal(batch, singles) {
			t.Fatalf("batch %v\nsingles %v", batch, singles)
		}
		if diff := cmp.Diff(rows(t, v[0]), rows(t, v[1]), sequencesApart); diff != "" {
			t.Fatalf("rows (-batch +singles):\n%s", diff)
		}
	})
}

// A forced mutual add leaves both edges or, for the side that was refused,
// what was there.
func TestForcedAddIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillages(t, 1)[0]
		peer := rapid.SampledFrom(villagers).Draw(t, "peer")
		r := do(t, v, &chain.FriendAdd{Owner: "ann", Both: true, Force: true, Items: []chain.FriendAddItem{{Peer: peer}}})
		rel := do(t, v, &chain.FriendCheck{Owner: "ann", Both: true, Peers: []chain.UserID{peer}})
		if r[0].Fault == chain.OK && (!rel[0].Forward || !rel[0].Back) {
			t.Fatalf("added %s, found %+v", peer, rel[0])
		}
		do(t, v, &chain.FriendDelete{Owner: "ann", Both: true, Peers: []chain.UserID{peer}})
		rel = do(t, v, &chain.FriendCheck{Owner: "ann", Both: true, Peers: []chain.UserID{peer}})
		if rel[0].Forward || rel[0].Back {
			t.Fatalf("deleted %s, found %+v", peer, rel[0])
		}
	})
}

// Equal drafts at equal times are edited and answered equally.
func TestDeterminism(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillages(t, 2)
		if diff := cmp.Diff(rows(t, v[0]), rows(t, v[1])); diff != "" {
			t.Fatalf("the same commands left different rows:\n%s", diff)
		}
	})
}

// A question changes nothing, not even a sequence.
func TestQuestionsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillages(t, 1)[0]
		before := rows(t, v)
		do(t, v, &chain.FriendGet{Owner: "ann"})
		do(t, v, &chain.FriendCheck{Owner: "ann", Peers: villagers, Both: true})
		do(t, v, &chain.FriendGetList{Owner: "ann", Peers: villagers, Profiles: true})
		do(t, v, &chain.PortraitGet{IDs: villagers})
		do(t, v, &chain.AccountCheck{IDs: villagers})
		if diff := cmp.Diff(before, rows(t, v)); diff != "" {
			t.Fatalf("a question changed rows:\n%s", diff)
		}
	})
}

// TestRoundTrips counts how often a command reads. A batch of 1,000 reads as
// often as a batch of one; two rounds are the most.
func TestRoundTrips(t *testing.T) {
	v := village{storetest.SmallApp(), storetest.NewModel()}
	v.app.Settings = chain.DefaultSettings()
	var ids []chain.UserID
	for i := range 1000 {
		ids = append(ids, chain.UserID(time.Duration(i).String()))
	}
	for batch := range slices.Chunk(append(ids, "ann"), chain.MaxAccounts) {
		c := &chain.AccountImport{}
		for _, id := range batch {
			c.Accounts = append(c.Accounts, chain.Account{ID: id, Nick: "n"})
		}
		do(t, v, c)
	}
	add := &chain.FriendAdd{Owner: "ann", Both: true}
	up := &chain.FriendUpdate{Owner: "ann"}
	for _, id := range ids {
		add.Items = append(add.Items, chain.FriendAddItem{Peer: id, List: "Work"})
		up.Items = append(up.Items, chain.FriendUpdateItem{Peer: id, SetLists: true})
	}
	for _, c := range []struct {
		name string
		want int
		do   func()
	}{
		{"friend_add of 1", 1, func() {
			do(t, v, &chain.FriendAdd{Owner: ids[0], Both: true, Items: []chain.FriendAddItem{{Peer: ids[1]}}})
		}},
		{"friend_add of 1000", 1, func() { do(t, v, add) }},
		{"friend_update of 1000", 1, func() { do(t, v, up) }},
		{"friend_check of 1000", 1, func() { do(t, v, &chain.FriendCheck{Owner: "ann", Peers: ids, Both: true}) }},
		{"friend_get, first page", 1, func() { do(t, v, &chain.FriendGet{Owner: "ann"}) }},
		{"friend_get, next page", 2, func() { do(t, v, &chain.FriendGet{Owner: "ann", Start: 500}) }},
		{"friend_get, nothing new", 1, func() { do(t, v, &chain.FriendGet{Owner: "ann", Standard: 2, Custom: 0}) }},
		{"friend_delete of 1000", 1, func() { do(t, v, &chain.FriendDelete{Owner: "ann", Peers: ids[:500], Both: true}) }},
		// One attempt finds whom to hold, the next one reads anew.
		{"friend_delete_all", 3, func() { do(t, v, &chain.FriendDeleteAll{Owner: "ann", Both: true}) }},
	} {
		before := v.model.Loads()
		c.do()
		if got := v.model.Loads() - before; got != c.want {
			t.Errorf("%s reads %d times, want %d", c.name, got, c.want)
		}
	}
}
