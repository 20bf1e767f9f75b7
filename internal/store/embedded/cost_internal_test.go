package embedded

import (
	"fmt"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// TestCostOfCommands holds commands to how often they sync and how much they
// write to the log: the same on every machine, and what most of a change costs.
// docs/performance.md tells them. Lower a ceiling when a change gets below it.
func TestCostOfCommands(t *testing.T) {
	s, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	app := &chain.App{ID: 1400000000, Settings: chain.DefaultSettings()}
	now := time.Unix(1700000000, 0)
	id := func(i int) chain.UserID { return chain.UserID(fmt.Sprintf("u%07d", i)) }
	for first := 0; first < 2000; first += chain.MaxAccounts {
		c := &chain.AccountImport{}
		for i := range chain.MaxAccounts {
			c.Accounts = append(c.Accounts, chain.Account{ID: id(first + i)})
		}
		mustDo(t, s, app, now, c)
	}
	add := func(n int) *chain.FriendAdd {
		c := &chain.FriendAdd{Owner: id(0), Both: true, Force: true}
		for i := range n {
			c.Items = append(c.Items, chain.FriendAddItem{Peer: id(1000*n + i + 1), Source: "Bench"})
		}
		return c
	}
	bring := func(owner, n int) *chain.FriendImport {
		c := &chain.FriendImport{Owner: id(owner)}
		for i := range n {
			c.Items = append(c.Items, chain.FriendImportItem{Peer: id(i + 10), Source: "Bench"})
		}
		return c
	}
	for _, test := range []struct {
		name  string
		do    func()
		syncs uint64
		bytes uint64 // at most
	}{
		{"check of one", func() {
			mustDo(t, s, app, now, &chain.FriendCheck{Owner: id(0), Peers: []chain.UserID{id(1)}, Both: true})
		}, 0, 0},
		{"add of one, two-way", func() { mustDo(t, s, app, now, add(1)) }, 1, 341},
		{"import of one", func() { mustDo(t, s, app, now, bring(1, 1)) }, 1, 116},
		{"import of 100", func() { mustDo(t, s, app, now, bring(2, 100)) }, 1, 7145},
		{"import of 1,000", func() { mustDo(t, s, app, now, bring(3, 1000)) }, 1, 71_919},
		{"list of 100", func() { mustDo(t, s, app, now, &chain.FriendGet{Owner: id(2)}) }, 0, 0},
	} {
		before, _ := s.committer.counts()
		syncs, bytes := before.syncs, s.db.Metrics().WAL.BytesIn
		test.do()
		later, _ := s.committer.counts()
		syncs, bytes = later.syncs-syncs, s.db.Metrics().WAL.BytesIn-bytes
		t.Logf("%s: %d syncs, %d bytes", test.name, syncs, bytes)
		if syncs != test.syncs || bytes > test.bytes {
			t.Errorf("%s: %d syncs, want %d; %d bytes, want at most %d", test.name, syncs, test.syncs, bytes, test.bytes)
		}
	}
}

func mustDo[A any](t *testing.T, s store.Store, app *chain.App, now time.Time, c chain.Command[A]) {
	t.Helper()
	if _, err := store.Do(t.Context(), s, app, now, c); err != nil {
		t.Fatal(err)
	}
}
