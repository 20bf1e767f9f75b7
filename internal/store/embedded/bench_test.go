package embedded_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync/atomic"
	"testing"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

const benchPeople = 20_000

func benchStore(b *testing.B) (store.Store, *chain.App) {
	b.Helper()
	s, err := embedded.Open(b.TempDir(), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	app := storetest.SmallApp()
	app.Settings = chain.DefaultSettings()
	for i := 0; i < benchPeople; i += chain.MaxAccounts {
		c := &chain.AccountImport{}
		for j := range chain.MaxAccounts {
			c.Accounts = append(c.Accounts, chain.Account{ID: bencher(i + j)})
		}
		if _, err := store.Do(b.Context(), s, app, now, c); err != nil {
			b.Fatal(err)
		}
	}
	return s, app
}

func bencher(i int) chain.UserID { return chain.UserID(fmt.Sprintf("user%05d", i)) }

func randomAdd() *chain.FriendAdd {
	return &chain.FriendAdd{Owner: bencher(rand.IntN(benchPeople)), Both: true, Force: true,
		Items: []chain.FriendAddItem{{Peer: bencher(rand.IntN(benchPeople)), Source: "Bench"}}}
}

// BenchmarkFriendAdd makes random mutual friendships, each synced to disk.
func BenchmarkFriendAdd(b *testing.B) {
	for _, callers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			s, app := benchStore(b)
			b.SetParallelism(max(1, callers/2))
			b.ReportAllocs()
			b.ResetTimer()
			run := func(next func() bool) {
				for next() {
					if _, err := store.Do(b.Context(), s, app, now, randomAdd()); err != nil {
						b.Error(err)
						return
					}
				}
			}
			if callers == 1 {
				run(b.Loop)
				return
			}
			b.RunParallel(func(pb *testing.PB) { run(pb.Next) })
		})
	}
}

// BenchmarkFriendCheck asks whether random pairs are friends.
func BenchmarkFriendCheck(b *testing.B) {
	s, app := benchStore(b)
	for range 5000 {
		if _, err := store.Do(b.Context(), s, app, now, randomAdd()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		c := &chain.FriendCheck{Owner: bencher(rand.IntN(benchPeople)), Peers: []chain.UserID{bencher(rand.IntN(benchPeople))}, Both: true}
		if _, err := store.Do(b.Context(), s, app, now, c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFriendImport imports 1,000 friends a call.
func BenchmarkFriendImport(b *testing.B) {
	s, app := benchStore(b)
	app.Settings.MaxFriends = 1 << 30
	var call atomic.Int64
	b.ReportAllocs()
	for b.Loop() {
		n := int(call.Add(1))
		c := &chain.FriendImport{Owner: bencher(n % benchPeople)}
		for i := range 1000 {
			c.Items = append(c.Items, chain.FriendImportItem{Peer: bencher((n + 1 + i) % benchPeople), Source: "Bench"})
		}
		if _, err := store.Do(b.Context(), s, app, now, c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "edges/s")
}

// BenchmarkSync is what this machine's disk allows: a 4 KiB append and a sync.
func BenchmarkSync(b *testing.B) {
	f, err := os.Create(b.TempDir() + "/log")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for b.Loop() {
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFriendPage reads a page of 100 from the middle of a short and of a
// long list, each with holes: the cost is that of the page.
func BenchmarkFriendPage(b *testing.B) {
	for _, friends := range []int{500, benchPeople} {
		b.Run(fmt.Sprintf("friends=%d", friends), func(b *testing.B) {
			s, app := benchStore(b)
			app.Settings.MaxFriends, app.Settings.MaxItems, app.Settings.FriendPage = friends, friends, 100
			add := &chain.FriendImport{Owner: bencher(0)}
			gone := &chain.FriendDelete{Owner: bencher(0)}
			for i := 1; i < friends; i++ {
				add.Items = append(add.Items, chain.FriendImportItem{Peer: bencher(i), Source: "Bench"})
				if i%7 == 0 {
					gone.Peers = append(gone.Peers, bencher(i))
				}
			}
			if _, err := store.Do(b.Context(), s, app, now, add); err != nil {
				b.Fatal(err)
			}
			if _, err := store.Do(b.Context(), s, app, now, gone); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				page, err := store.Do(b.Context(), s, app, now, &chain.FriendGet{Owner: bencher(0), Start: int64(friends / 2)})
				if err != nil || len(page.Friends) != 100 {
					b.Fatal(len(page.Friends), err)
				}
			}
		})
	}
}
