package webhook_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/webhook"
	"kith/wire"
)

var discard = slog.New(slog.DiscardHandler)

// change reads which change of whom a body of portrait_set is about.
func change(t testing.TB, body string) (user string, n int) {
	t.Helper()
	var b struct {
		From string                `json:"From_Account"`
		Item []struct{ Value int } `json:"ProfileItem"`
	}
	if err := json.Unmarshal([]byte(body), &b); err != nil || len(b.Item) != 1 {
		t.Fatalf("a body that cannot be read: %s (%v)", body, err)
	}
	return b.From, b.Item[0].Value
}

// orderOf checks that the changes of each user came in their order, each
// accepted once or more, and that repeats are the same to the byte. It returns
// how many there were.
func orderOf(t testing.TB, got []received) (changes int) {
	t.Helper()
	next := map[string]int{}
	first := map[string]received{}
	for _, r := range got {
		id := r.query.Get("RequestId")
		if before, repeat := first[id]; repeat {
			if before.body != r.body {
				t.Fatalf("request %s was %s and is %s", id, before.body, r.body)
			}
			continue
		}
		first[id] = r
		user, n := change(t, r.body)
		if n != next[user] {
			t.Fatalf("change %d of %s came where change %d is next", n, user, next[user])
		}
		next[user]++
	}
	return len(first)
}

// TestOneInThree sends many thousand events to a receiver that fails one
// in three, in one way or another: all arrive, those of a user in their order,
// and a repeat is the same to the byte.
func TestOneInThree(t *testing.T) {
	const events, users = manyEvents, manyEvents / 20
	h := newHouse(t)
	failures := []func(http.ResponseWriter, *http.Request, int){says(500, ok), says(200, "garbage"), says(200, ""), says(404, ok), drop}
	rc := newReceiver(t, func(w http.ResponseWriter, r *http.Request, n int) {
		if n%3 == 0 {
			failures[n/3%len(failures)](w, r, n)
			return
		}
		says(200, ok)(w, r, n)
	})
	h.app(1, store.Webhook{URL: rc.URL, Token: "secret"})
	h.tell(1, users, events)
	h.run()
	h.settled(1, 4*time.Minute)
	got := rc.requests()
	if n := orderOf(t, got); n != events {
		t.Errorf("%d events arrived, want %d", n, events)
	}
	if len(got) < events*3/2-1 {
		t.Errorf("%d attempts of %d events, though one in three failed", len(got), events)
	}
	if x := h.extent(1); x.Dead != 0 {
		t.Errorf("%d events were given up", x.Dead)
	}
}

// TestOrderUnderLoad changes many users at once while the relay sends.
func TestOrderUnderLoad(t *testing.T) {
	const users, rounds = 20, 50
	h := newHouse(t)
	rc := newReceiver(t, func(w http.ResponseWriter, r *http.Request, n int) {
		if n%7 == 0 {
			says(503, "")(w, r, n)
			return
		}
		says(200, ok)(w, r, n)
	})
	h.app(1, store.Webhook{URL: rc.URL})
	h.run()
	app, _ := h.apps.Get(1)
	ids := make([]chain.Account, users)
	for i := range ids {
		ids[i].ID = chain.UserID(fmt.Sprintf("u%d", i))
	}
	_, err := store.Do(t.Context(), h.store, &app.App, time.Now(), &chain.AccountImport{Accounts: ids})
	h.must(err)
	var callers sync.WaitGroup
	for _, a := range ids {
		callers.Go(func() {
			for n := range rounds {
				_, err := store.Do(context.Background(), h.store, &app.App, time.Now(), &chain.PortraitSet{
					Owner: a.ID, Items: []chain.ProfileItem{{Field: chain.Level, Value: chain.Value{Text: fmt.Sprint(n), Integer: true}}},
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	callers.Wait()
	h.settled(1, time.Minute)
	if n := orderOf(t, rc.requests()); n != users*rounds {
		t.Errorf("%d events arrived, want %d", n, users*rounds)
	}
}

// failsFirst refuses the first webhook of a command, late enough for others to
// overtake it: when so many requests have come, if they do.
func failsFirst(command string, requests int64) func(http.ResponseWriter, *http.Request, int) {
	var failed atomic.Bool
	var came atomic.Int64
	return func(w http.ResponseWriter, r *http.Request, n int) {
		came.Add(1)
		if r.URL.Query().Get("CallbackCommand") == command && !failed.Swap(true) {
			time.Sleep(100 * time.Millisecond)
			for begin := time.Now(); came.Load() < requests && time.Since(begin) < 5*time.Second; {
				time.Sleep(time.Millisecond)
			}
			says(500, "")(w, r, n)
			return
		}
		says(200, ok)(w, r, n)
	}
}

// commandsOf are the short names of what a receiver got.
func commandsOf(rc *receiver) (names []string) {
	for _, r := range rc.requests() {
		names = append(names, strings.TrimPrefix(r.query.Get("CallbackCommand"), "Sns.Callback"))
	}
	return names
}

// TestBothSidesInOrder: an event is about everybody whose list it changes, so
// that what one does and undoes arrives in that order, whoever did it.
func TestBothSidesInOrder(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, failsFirst(wire.CallbackFriendAdd, 2))
	h.app(1, store.Webhook{URL: rc.URL})
	app, _ := h.apps.Get(1)
	do(h, &app.App, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}, {ID: "bob"}, {ID: "cem"}}})
	do(h, &app.App, &chain.FriendAdd{Owner: "ann", Both: true, Items: []chain.FriendAddItem{{Peer: "bob"}}})
	do(h, &app.App, &chain.FriendDelete{Owner: "bob", Both: true, Peers: []chain.UserID{"ann"}})
	do(h, &app.App, &chain.BlackListAdd{Owner: "cem", Peers: []chain.UserID{"ann"}})
	h.run()
	h.settled(1, 10*time.Second)
	// cem's blocklist is nobody else's, so it does not wait.
	order := slices.DeleteFunc(commandsOf(rc), func(command string) bool { return command == "BlackListAdd" })
	if want := []string{"FriendAdd", "FriendAdd", "FriendDelete"}; !slices.Equal(order, want) {
		t.Errorf("sent %v, want %v", order, want)
	}
	if last := rc.requests()[3].query.Get("CallbackCommand"); last != wire.CallbackFriendDelete {
		t.Errorf("the last was %s: the blocklist waited for somebody else's friends", last)
	}
}

// TestBlockAfterDeletion: a block that ended a friendship is told after its end,
// though the friendship was the other's alone and its end must be sent twice.
func TestBlockAfterDeletion(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, failsFirst(wire.CallbackFriendDelete, 2))
	h.app(1, store.Webhook{URL: rc.URL})
	app, _ := h.apps.Get(1)
	do(h, &app.App, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}, {ID: "bob"}}})
	do(h, &app.App, &chain.FriendAdd{Owner: "bob", Items: []chain.FriendAddItem{{Peer: "ann"}}})
	do(h, &app.App, &chain.BlackListAdd{Owner: "ann", Peers: []chain.UserID{"bob"}})
	h.run()
	h.settled(1, 10*time.Second)
	if want := []string{"FriendAdd", "FriendDelete", "FriendDelete", "BlackListAdd"}; !slices.Equal(commandsOf(rc), want) {
		t.Errorf("sent %v, want %v", commandsOf(rc), want)
	}
}

func do[A any](h *house, app *chain.App, cmd chain.Command[A]) {
	h.t.Helper()
	_, err := store.Do(context.Background(), h.store, app, time.Now(), cmd)
	h.must(err)
}

// TestGivenUp: an event is tried for as long as the app says, and then stands
// among the dead letters, from where it can be sent again.
func TestGivenUp(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, says(500, "no"))
	h.app(1, store.Webhook{URL: rc.URL, RetryFor: time.Second})
	h.tell(1, 1, 3)
	h.run()
	h.settled(1, 30*time.Second)
	dead := h.deliveries(1, store.Dead)
	if len(dead) != 3 {
		t.Fatalf("%d were given up, want 3", len(dead))
	}
	for _, d := range dead {
		if d.Attempts < 2 && d.Number == 1 || d.Status != 500 || d.Problem != "HTTP status 500: only 200 is success" || d.Last == 0 {
			t.Errorf("given up as %+v", d)
		}
	}
	before := len(rc.requests())
	rc.change(says(200, ok))
	for i := range dead {
		dead[i] = store.Delivery{Event: dead[i].Event, State: store.Pending, Since: time.Now().UnixMilli()}
	}
	h.must(h.store.Settle(t.Context(), 1, dead))
	h.relay.Restart(1)
	h.settled(1, 30*time.Second)
	if again := rc.requests()[before:]; orderOf(t, again) != 3 || h.extent(1).Dead != 0 {
		t.Errorf("sent again: %d requests, %+v", len(again), h.extent(1))
	}
}

// TestNoRetry is what the hosted service does: one attempt.
func TestNoRetry(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, says(500, "no"))
	h.app(1, store.Webhook{URL: rc.URL, NoRetry: true})
	h.tell(1, 2, 6)
	h.run()
	h.settled(1, 30*time.Second)
	if n := len(rc.requests()); n != 6 || h.extent(1).Dead != 6 {
		t.Errorf("%d attempts at 6 events, %d of them given up", n, h.extent(1).Dead)
	}
}

// TestDeadReceiver: what is told while nobody listens arrives later, also after
// a restart, which forgets neither the attempts nor the time of the next.
func TestDeadReceiver(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, says(200, ok))
	address := rc.Listener.Addr().String()
	rc.Close()
	h.app(1, store.Webhook{URL: "http://" + address})
	h.tell(1, 10, 100)
	h.run()
	eventually(t, 10*time.Second, "an event was tried", func() bool { return h.deliveries(1, store.Pending)[0].Attempts > 1 })
	h.stopped()
	tried := h.deliveries(1, store.Pending)[0]
	h.restart(func(r *webhook.Relay) { r.FirstPause, r.LongestPause = time.Hour, time.Hour })
	again := h.deliveries(1, store.Pending)[0]
	if again.Attempts != tried.Attempts || again.Next != tried.Next || !strings.Contains(again.Problem, "connection refused") {
		t.Errorf("after a restart %+v, was %+v", again, tried)
	}
	revived := newReceiver(t, says(200, ok))
	h.hook(1, store.Webhook{URL: revived.URL})
	h.run()
	h.settled(1, 30*time.Second)
	if n := orderOf(t, revived.requests()); n != 100 {
		t.Errorf("%d events arrived, want 100", n)
	}
}

// TestSlowAppDelaysNobody: one app's back end never answers, another's events
// arrive at once.
func TestSlowAppDelaysNobody(t *testing.T) {
	h := newHouse(t, func(r *webhook.Relay) { r.Sender.SetTimeout(0) })
	stalled := newReceiver(t, stall)
	quick := newReceiver(t, says(200, ok))
	h.app(1, store.Webhook{URL: stalled.URL})
	h.app(2, store.Webhook{URL: quick.URL})
	h.tell(1, 1000, 1000)
	begin := time.Now()
	h.run()
	eventually(t, 10*time.Second, "the slow app has as many under way as it may", func() bool { return len(stalled.requests()) >= webhook.DefaultInFlight })
	h.tell(2, 100, 1000)
	h.settled(2, time.Minute)
	n := len(stalled.requests())
	took := time.Since(begin)
	if most := (2 + int(took/(2*time.Second))) * webhook.DefaultInFlight; h.extent(1).Pending != 1000 || n > most {
		t.Errorf("in %v the slow app got %d requests, want %d at most, and %d of 1000 wait", took, n, most, h.extent(1).Pending)
	}
}

// TestNoURL: without a URL nothing is sent and nothing spins; what happens then
// is not for the webhook that is set later.
func TestNoURL(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, says(200, ok))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 1, 2)
	h.hook(1, store.Webhook{})
	h.run()
	app, _ := h.apps.Get(1)
	do(h, &app.App, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}}})
	do(h, &app.App, &chain.PortraitSet{Owner: "ann", Items: []chain.ProfileItem{{Field: chain.Level, Value: chain.Value{Text: "0", Integer: true}}}})
	time.Sleep(50 * time.Millisecond)
	if x := h.extent(1); len(rc.requests()) != 0 || x.Pending != 2 || x.Last != 3 {
		t.Errorf("without a URL: %d requests, %+v", len(rc.requests()), x)
	}
	h.hook(1, store.Webhook{URL: rc.URL})
	h.settled(1, 10*time.Second)
	if n := len(rc.requests()); n != 2 {
		t.Errorf("%d requests, want those 2 that waited", n)
	}
}

// TestReplay sends again, with the same bytes and identities.
func TestReplay(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, says(200, ok))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 5, 20)
	h.run()
	h.settled(1, 10*time.Second)
	_, _, err := h.store.Replay(t.Context(), 1, 10, everything, time.Now().UnixMilli(), 1000)
	h.must(err)
	h.relay.Restart(1)
	h.settled(1, 10*time.Second)
	got := rc.requests()
	if n := orderOf(t, got); n != 20 || len(got) != 30 {
		t.Errorf("%d requests of %d events, want 30 of 20", len(got), n)
	}
}

// TestDeletedApp: a lane ends with its app, and what was under way is dropped.
func TestDeletedApp(t *testing.T) {
	const events = 5000
	h := newHouse(t)
	rc := newReceiver(t, func(w http.ResponseWriter, r *http.Request, n int) {
		time.Sleep(10 * time.Millisecond)
		says(200, ok)(w, r, n)
	})
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 1000, events)
	h.run()
	eventually(t, 10*time.Second, "some are sent", func() bool { return len(rc.requests()) > 50 })
	h.must(h.apps.Delete(t.Context(), 1, "app-1"))
	n := len(rc.requests())
	if time.Sleep(200 * time.Millisecond); n > events*9/10 {
		t.Errorf("%d of %d were sent before the app was gone: the test shows nothing", n, events)
	}
	// Those that were under way may arrive yet.
	if now := len(rc.requests()); now > n+webhook.DefaultInFlight {
		t.Errorf("%d requests, and %d a little later", n, now)
	}
	if x := h.extent(1); x != (store.Extent{}) {
		t.Errorf("of the deleted app are left %+v", x)
	}
}

// TestNoSecretIsLogged looks for the token and the signature in all that is
// logged and kept.
func TestNoSecretIsLogged(t *testing.T) {
	const token = "the-token-of-the-app"
	var log bytes.Buffer
	var mu sync.Mutex
	h := newHouse(t, func(r *webhook.Relay) {
		r.Log = slog.New(slog.NewTextHandler(writer(func(b []byte) (int, error) {
			mu.Lock()
			defer mu.Unlock()
			return log.Write(b)
		}), &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	ways := []func(http.ResponseWriter, *http.Request, int){says(500, ""), drop, says(302, ""), says(200, "<html>"), says(200, ok)}
	var signs []string
	rc := newReceiver(t, func(w http.ResponseWriter, r *http.Request, n int) {
		mu.Lock()
		signs = append(signs, r.URL.Query().Get("Sign"))
		mu.Unlock()
		ways[min(n, len(ways))-1](w, r, n)
	})
	h.app(1, store.Webhook{URL: rc.URL, Token: token})
	h.tell(1, 1, 1)
	h.run()
	h.settled(1, 10*time.Second)
	h.hook(1, store.Webhook{URL: "http://127.0.0.1:1/", Token: token, NoRetry: true})
	h.tell(1, 1, 1)
	h.settled(1, 10*time.Second)
	h.stopped()
	mu.Lock()
	defer mu.Unlock()
	text := log.String()
	for _, d := range append(h.deliveries(1, store.Delivered), h.deliveries(1, store.Dead)...) {
		text += d.Problem
	}
	if len(signs) != len(ways) || !strings.Contains(text, "connection refused") {
		t.Fatalf("%d requests were signed; log: %s", len(signs), text)
	}
	for _, secret := range append(signs, token) {
		if secret == "" || strings.Contains(text, secret) {
			t.Errorf("the log tells %q: %s", secret, text)
		}
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }
