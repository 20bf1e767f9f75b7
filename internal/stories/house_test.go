package stories

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
	"kith/internal/webhook"
	"kith/usersig"
)

const (
	administrator = "administrator"
	appID         = 1400000000
	secret        = "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99"
	start         = 1700000000 // what the clock shows when a story begins
)

// A way is one way to run a story.
type way struct {
	name string
	// open opens the store: anew, or for what an earlier one has written.
	open func(t *testing.T) (store.Store, error)
	// http runs the calls over a network connection.
	http bool
	// restart closes and opens the store after each call.
	restart bool
}

// ways are all of them, made for one story.
func ways(t *testing.T) []way {
	model := func(*testing.T) (store.Store, error) { return storetest.NewModel(), nil }
	dir := ""
	return []way{
		{name: "rules", open: model},
		{name: "http", open: model, http: true},
		{name: "embedded", http: true, restart: true, open: func(t *testing.T) (store.Store, error) {
			if dir == "" {
				dir = t.TempDir()
			}
			return embedded.Open(dir, embedded.Options{CacheSize: 8 << 20})
		}},
		{name: "postgres", open: borrowStore},
	}
}

// A house is a server with its store, as one story finds it.
type house struct {
	t      *testing.T
	way    way
	now    atomic.Int64
	store  *witness
	server atomic.Pointer[api.Server]
	net    *httptest.Server // nil without a network

	backEnd backEnd // of the app
}

func open(t *testing.T, w way, s *story) *house {
	h := &house{t: t, way: w}
	h.now.Store(start)
	h.start()
	t.Cleanup(func() {
		if err := h.store.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	h.must("set the app up", h.store.UpdateApp(context.Background(), appID, func(store.App, bool) (store.App, error) {
		return store.App{
			App:  chain.App{Admins: []chain.UserID{administrator}, Settings: s.settings},
			Name: "stories", Secrets: []string{secret}, Enabled: true, Webhook: h.backEnd.open(t, s.webhook),
		}, nil
	}))
	h.serve()
	if w.http {
		h.net = httptest.NewServer(h)
		t.Cleanup(h.net.Close)
	}
	return h
}

func (h *house) must(what string, err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatalf("%s: %v", what, err)
	}
}

func (h *house) start() {
	s, err := h.way.open(h.t)
	h.must("open the store", err)
	h.store = &witness{Store: s}
}

func (h *house) serve() {
	all, err := apps.Open(context.Background(), h.store)
	h.must("read the apps", err)
	h.server.Store(api.New(api.Config{
		Store: h.store, Apps: all, Asker: &webhook.Sender{},
		Now: func() time.Time { return time.Unix(h.now.Load(), 0) },
	}))
}

// restart closes the store and serves from what it left behind.
func (h *house) restart() {
	h.must("close the store", h.store.Close())
	h.start()
	h.serve()
}

// ServeHTTP answers with the server of the moment.
func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.server.Load().ServeHTTP(w, r) }

// app is the app as the rules know it.
func (h *house) app() *chain.App {
	all, err := h.store.Apps(context.Background())
	h.must("read the apps", err)
	i := slices.IndexFunc(all, func(a store.App) bool { return a.ID == appID })
	return &all[i].App
}

// call sends one request and returns the body of the reply.
func (h *house) call(caller, path, body string) []byte {
	sig, err := usersig.New(appID, secret, caller, time.Unix(h.now.Load(), 0), 24*time.Hour)
	h.must("make a UserSig", err)
	query := url.Values{
		"sdkappid": {fmt.Sprint(appID)}, "identifier": {caller}, "usersig": {sig},
		"random": {"99999999"}, "contenttype": {"json"},
	}
	target := "/v4/" + path + "?" + query.Encode()
	var reply *http.Response
	if h.net == nil {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, target, strings.NewReader(body)))
		reply = rec.Result()
	} else {
		reply, err = h.net.Client().Post(h.net.URL+target, "", strings.NewReader(body))
		h.must("call", err)
	}
	defer reply.Body.Close()
	b, err := io.ReadAll(reply.Body)
	h.must("read the reply", err)
	if reply.StatusCode != http.StatusOK || !strings.HasPrefix(reply.Header.Get("Content-Type"), "application/json") {
		h.t.Errorf("the reply is of status %d and Content-Type %q", reply.StatusCode, reply.Header.Get("Content-Type"))
	}
	return bytes.TrimSpace(b)
}

// look reads all that the store holds.
func (h *house) look() storetest.Rows {
	all, err := storetest.Dump(context.Background(), h.store, appID)
	h.must("read all rows", err)
	return all
}

// fill writes what is given.
func (h *house) fill(w world) {
	if len(w) > 0 {
		_, err := store.Do(context.Background(), h.store, h.app(), time.Unix(start, 0), filler{w})
		h.must("write what is given", err)
		h.store.events()
	}
}

// A filler is the command that makes a world exist.
type filler struct{ world }

func (filler) Check(*chain.Settings) error { return nil }

func (f filler) Reads(_ *chain.Draft, w *chain.Want) { f.want(w) }

func (f filler) Decide(d *chain.Draft, _ time.Time) (struct{}, error) {
	f.rows(d)
	return struct{}{}, nil
}

// A witness remembers the events of the changes that a store wrote.
type witness struct {
	store.Store
	seen []chain.Event // changes follow one another here, so nothing guards it
}

// Update implements [store.Store].
func (w *witness) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	var last *chain.Draft
	err := w.Store.Update(ctx, app, hold, func(r store.Reader) (d *chain.Draft, err error) {
		last, err = fn(r)
		return last, err
	})
	if err == nil && last != nil {
		w.seen = append(w.seen, last.Events...)
	}
	return err
}

var eventWords = map[chain.EventKind]string{
	chain.FriendAdded: "FriendAdded", chain.FriendDeleted: "FriendDeleted", chain.Blocked: "Blocked", chain.Unblocked: "Unblocked", chain.ProfileSet: "ProfileSet",
}

// told is what the webhooks say of the events seen since events was asked.
func (w *witness) told(t *testing.T) []string {
	bodies := []string{}
	for i := range w.seen {
		body, err := webhook.Body(&w.seen[i], &store.Webhook{})
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(body))
	}
	return bodies
}

// events tells the events seen since the last time it was asked.
func (w *witness) events() []string {
	all := []string{}
	for _, e := range w.seen {
		if len(e.Pairs) == 0 {
			all = append(all, fmt.Sprintf("%s %s", eventWords[e.Kind], e.Owner))
		}
		for _, p := range e.Pairs {
			s := fmt.Sprintf("%s %s->%s", eventWords[e.Kind], p.Owner, p.Peer)
			if p.Initiator != "" {
				s += " by " + string(p.Initiator)
			}
			all = append(all, s)
		}
	}
	w.seen = nil
	return all
}
