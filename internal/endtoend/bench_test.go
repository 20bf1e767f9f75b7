package endtoend

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
	"kith/wire"
)

const crowd = 20_000

func member(i int) wire.Account { return wire.Account(fmt.Sprintf("user%05d", i)) }

func members() []wire.Account {
	ids := make([]wire.Account, crowd)
	for i := range ids {
		ids[i] = member(i)
	}
	return ids
}

// The bodies of the calls that are measured, about two random members.
func addBody() []byte {
	return fmt.Appendf(nil, `{"From_Account":"%s","AddFriendItem":[{"To_Account":"%s","AddSource":"AddSource_Type_Bench"}],"AddType":"Add_Type_Both","ForceAddFlags":1}`,
		member(rand.IntN(crowd)), member(rand.IntN(crowd)))
}

func checkBody() []byte {
	return fmt.Appendf(nil, `{"From_Account":"%s","To_Account":["%s"],"CheckType":"CheckResult_Type_Both"}`,
		member(rand.IntN(crowd)), member(rand.IntN(crowd)))
}

// BenchmarkHTTP calls a server in a process of its own over 1, 16 and 64
// connections, beside a bare net/http server that answers as many bytes.
func BenchmarkHTTP(b *testing.B) {
	s := start(b, b.TempDir())
	s.importAccounts(b, members())
	for _, bench := range []struct {
		command string
		body    func() []byte
	}{
		{"sns/friend_check", checkBody},
		{"sns/friend_add", addBody},
	} {
		answer, err := dial(b, s.url).call(prefix(b, bench.command), bench.body())
		if err != nil || !bytes.Contains(answer, []byte(`"ErrorCode":0`)) {
			b.Fatalf("%s: %v", answer, err)
		}
		bare, barePID := startBare(b, string(answer))
		for _, conns := range []int{1, 16, 64} {
			b.Run(fmt.Sprintf("%s/bare/conns=%d", bench.command, conns), func(b *testing.B) {
				load(b, bare, barePID, conns, bench.command, bench.body)
			})
			b.Run(fmt.Sprintf("%s/kith/conns=%d", bench.command, conns), func(b *testing.B) {
				load(b, s.url, s.cmd.Process.Pid, conns, bench.command, bench.body)
			})
		}
	}
	s.stop(b)
}

// load makes b.N calls and reports calls a second, the server's processor time
// for one, and the 99th percentile of their latency.
func load(b *testing.B, base string, pid, conns int, command string, body func() []byte) {
	head := prefix(b, command)
	callers := make([]*rawConn, conns)
	for i := range callers {
		callers[i] = dial(b, base)
		defer callers[i].Close()
	}
	took := make([][]time.Duration, conns)
	var left atomic.Int64
	left.Store(int64(b.N))
	before := cpu(b, pid)
	b.ResetTimer()
	var wg sync.WaitGroup
	for i, c := range callers {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				begin := time.Now()
				if _, err := c.call(head, body()); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(begin))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	all := slices.Sorted(slices.Values(slices.Concat(took...)))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(float64((cpu(b, pid)-before).Microseconds())/float64(b.N), "server-cpu-µs/call")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkLayers carries out one call through the rules alone (on the model),
// through the embedded store, and through the whole handler without a network.
func BenchmarkLayers(b *testing.B) {
	disk, err := embedded.Open(b.TempDir(), embedded.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer disk.Close()
	directory, err := apps.Open(b.Context(), disk)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := directory.Ensure(b.Context(), appID, secret, []chain.UserID{"administrator"}); err != nil {
		b.Fatal(err)
	}
	app, _ := directory.Get(appID)
	handler := api.New(api.Config{Store: disk, Apps: directory})
	model := storetest.NewModel()
	for batch := range slices.Chunk(members(), chain.MaxAccounts) {
		for _, s := range []store.Store{disk, model} {
			c := &chain.AccountImport{}
			for _, id := range batch {
				c.Accounts = append(c.Accounts, chain.Account{ID: chain.UserID(id)})
			}
			layer(b, s, &app.App, c)
		}
	}
	user := func() chain.UserID { return chain.UserID(member(rand.IntN(crowd))) }
	check := func(s store.Store) func() {
		return func() {
			layer(b, s, &app.App, &chain.FriendCheck{Owner: user(), Peers: []chain.UserID{user()}, Both: true})
		}
	}
	add := func(s store.Store) func() {
		return func() {
			layer(b, s, &app.App, &chain.FriendAdd{Owner: user(), Both: true, Force: true, Items: []chain.FriendAddItem{{Peer: user(), Source: "Bench"}}})
		}
	}
	for _, bench := range []struct {
		name string
		call func()
	}{
		{"friend_check/rules", check(model)},
		{"friend_check/store", check(disk)},
		{"friend_check/handler", serve(b, handler, "sns/friend_check", checkBody)},
		{"friend_add/rules", add(model)},
		{"friend_add/store", add(disk)},
		{"friend_add/handler", serve(b, handler, "sns/friend_add", addBody)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bench.call()
			}
		})
	}
}

func layer[A any](b *testing.B, s store.Store, app *chain.App, cmd chain.Command[A]) {
	if _, err := store.Do(context.Background(), s, app, time.Now(), cmd); err != nil {
		b.Fatal(err)
	}
}

// serve calls a handler without a network.
func serve(b *testing.B, h http.Handler, command string, body func() []byte) func() {
	line, _, _ := strings.Cut(prefix(b, command), " HTTP/1.1")
	target := strings.TrimPrefix(line, "POST ")
	return func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, target, bytes.NewReader(body())))
		if w.Code != http.StatusOK || !bytes.Contains(w.Body.Bytes(), []byte(`"ErrorCode":0`)) {
			b.Fatal(w.Body)
		}
	}
}
