package webhook_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/webhook"
)

const ok = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`

// A received request is one that a receiver got.
type received struct {
	method, target string
	query          url.Values
	header         http.Header
	body           string
}

// A receiver is an app's back end: a real HTTP server that remembers what it
// gets and behaves as it is told.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	got    []received
	behave func(w http.ResponseWriter, r *http.Request, n int) // n counts requests from 1
}

// newReceiver starts a receiver that answers what behave makes of each
// request.
func newReceiver(t testing.TB, behave func(w http.ResponseWriter, r *http.Request, n int)) *receiver {
	rc := &receiver{behave: behave}
	rc.Server = httptest.NewServer(rc)
	t.Cleanup(rc.Close)
	return rc
}

// says makes a receiver answer with a status and a body.
func says(status int, body string) func(http.ResponseWriter, *http.Request, int) {
	return func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the sender may be gone, which is what some tests are about
	}
}

// stall never answers.
func stall(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() }

// drop ends the connection without an answer.
func drop(w http.ResponseWriter, _ *http.Request, _ int) { panic(http.ErrAbortHandler) }

func (rc *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // a sender that was stopped
	}
	rc.mu.Lock()
	rc.got = append(rc.got, received{r.Method, r.URL.Path, r.URL.Query(), r.Header.Clone(), string(body)})
	n, behave := len(rc.got), rc.behave
	rc.mu.Unlock()
	behave(w, r, n)
}

func (rc *receiver) change(behave func(http.ResponseWriter, *http.Request, int)) {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	rc.behave = behave
}

func (rc *receiver) requests() []received {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	return append([]received(nil), rc.got...)
}

// A house is a store with a relay and its apps.
type house struct {
	t       testing.TB
	dir     string
	store   store.Store
	apps    *apps.Directory
	relay   *webhook.Relay
	bell    *store.Bell
	stopped func()
}

// newHouse makes a house. Its relay waits so long for an answer that a slow
// machine makes no event be sent twice.
func newHouse(t testing.TB, change ...func(*webhook.Relay)) *house {
	h := &house{t: t, dir: t.TempDir(), stopped: func() {}}
	h.open(change...)
	t.Cleanup(h.close)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) open(change ...func(*webhook.Relay)) {
	st, err := embedded.Open(h.dir, embedded.Options{CacheSize: 32 << 20})
	h.must(err)
	h.bell = store.NewBell()
	h.store = h.bell.Wrap(st)
	h.apps, err = apps.Open(context.Background(), h.store)
	h.must(err)
	h.relay = &webhook.Relay{
		Store: h.store, Apps: h.apps, Bell: h.bell, Sender: &webhook.Sender{}, Log: discard,
		FirstPause: time.Millisecond, LongestPause: 20 * time.Millisecond,
	}
	h.relay.Sender.SetTimeout(time.Minute)
	for _, c := range change {
		c(h.relay)
	}
}

// run lets the relay send.
func (h *house) run() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	relay := h.relay
	go func() {
		defer close(done)
		relay.Run(ctx)
	}()
	h.stopped = func() {
		cancel()
		<-done
		h.stopped = func() {}
	}
}

func (h *house) close() {
	h.stopped()
	h.must(h.store.Close())
}

// restart ends everything and begins anew on the same rows.
func (h *house) restart(change ...func(*webhook.Relay)) {
	h.close()
	h.open(change...)
}

// app makes an app with a webhook.
func (h *house) app(id chain.AppID, hook store.Webhook) {
	h.t.Helper()
	_, err := h.apps.Create(context.Background(), apps.Spec{ID: id, Settings: chain.DefaultSettings()})
	h.must(err)
	h.hook(id, hook)
}

func (h *house) hook(id chain.AppID, hook store.Webhook) {
	h.t.Helper()
	h.must(h.apps.Update(context.Background(), id, func(a *store.App) error {
		if hook.Kinds == 0 {
			hook.Kinds = everything
		}
		a.Webhook = hook
		return nil
	}))
}

var everything = func() (kinds chain.Kinds) {
	for k := chain.FriendAdded; k <= chain.BeforeFriendResponse; k++ {
		kinds = kinds.With(k)
	}
	return kinds
}()

// tell keeps n events, of users taken in turn.
func (h *house) tell(app chain.AppID, users, n int) {
	h.t.Helper()
	for from := 0; from < n; from += 1000 {
		var batch []chain.Event
		for i := from; i < min(n, from+1000); i++ {
			owner := chain.UserID(fmt.Sprintf("u%d", i%users))
			batch = append(batch, chain.Event{
				ID: store.NewEventID(), Kind: chain.ProfileSet, Owner: owner, Time: time.Now().UnixMilli(), Deliver: true,
				Origin: chain.Origin{Caller: "root", Admin: true, Address: "127.0.0.1", Platform: "RESTAPI"},
				Items:  []chain.ProfileItem{{Field: chain.Level, Value: chain.Value{Text: fmt.Sprint(i / users), Integer: true}}},
			})
		}
		h.must(h.store.Tell(context.Background(), app, batch))
	}
}

// eventually waits for something to become true, or fails the test.
func eventually(t testing.TB, within time.Duration, what string, true func() bool) {
	t.Helper()
	deadline := time.Now().Add(within)
	for !true() {
		if time.Now().After(deadline) {
			t.Fatalf("after %v still not: %s", within, what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func (h *house) extent(app chain.AppID) store.Extent {
	h.t.Helper()
	x, err := h.store.Extent(context.Background(), app)
	h.must(err)
	return x
}

// settled waits until nothing waits to be sent.
func (h *house) settled(app chain.AppID, within time.Duration) {
	h.t.Helper()
	eventually(h.t, within, "every event is delivered or given up", func() bool { return h.extent(app).Pending == 0 })
}

func (h *house) deliveries(app chain.AppID, state store.DeliveryState) []store.Delivery {
	h.t.Helper()
	found, err := h.store.Deliveries(context.Background(), app, store.DeliveryQuery{State: state, Limit: 1 << 20})
	h.must(err)
	return found
}
