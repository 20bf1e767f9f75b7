package endtoend

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
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
	"kith/wire"
)

// hook sets the app's webhook in the data of a server that does not run.
func hook(t testing.TB, dir, target string) {
	t.Helper()
	s, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := apps.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all.Ensure(t.Context(), appID, secret, []chain.UserID{"administrator"}); err != nil {
		t.Fatal(err)
	}
	err = all.Update(t.Context(), appID, func(a *store.App) error {
		a.Webhook = store.Webhook{URL: target, Token: "token", Kinds: chain.Kinds(0).With(chain.FriendAdded).With(chain.FriendDeleted)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A post is a webhook that arrived.
type post struct{ command, id, body string }

// A backEnd is the app's: it remembers what it gets, and answers what behave
// says of each.
type backEnd struct {
	*httptest.Server
	mu     sync.Mutex
	posts  []post
	behave func(w http.ResponseWriter, r *http.Request)
}

func newBackEnd(t testing.TB, behave func(http.ResponseWriter, *http.Request)) *backEnd {
	b := &backEnd{behave: behave}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

func take(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") }

func stall(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// ServeHTTP implements [http.Handler].
func (b *backEnd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the server was killed
	}
	q := r.URL.Query()
	b.mu.Lock()
	b.posts = append(b.posts, post{q.Get("CallbackCommand"), q.Get("RequestId"), string(body)})
	behave := b.behave
	b.mu.Unlock()
	behave(w, r)
}

func (b *backEnd) change(behave func(http.ResponseWriter, *http.Request)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.behave = behave
}

func (b *backEnd) got() []post {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]post(nil), b.posts...)
}

// once is what arrived without what came again, which must be the same.
func once(t testing.TB, posts []post) (first []post) {
	t.Helper()
	seen := map[string]post{}
	for _, p := range posts {
		before, again := seen[p.id]
		if again && before != p {
			t.Fatalf("request %s was %+v, and then %+v", p.id, before, p)
		}
		if !again {
			seen[p.id] = p
			first = append(first, p)
		}
	}
	return first
}

// waitFor waits until something is true.
func waitFor(t testing.TB, what string, true func() bool) {
	t.Helper()
	deadline := time.Now().Add(60 * time.Second)
	for !true() {
		if time.Now().After(deadline) {
			t.Fatalf("after a minute still not: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestKillBeforeAndAfterSending kills the server while some events were sent
// and not taken, and others not sent: after the next start all arrive, those
// that came before as they were. Half of the adds are somebody's second, which
// are not sent before the first is taken, however long the adds take.
func TestKillBeforeAndAfterSending(t *testing.T) {
	const adds = 40
	dir := t.TempDir()
	b := newBackEnd(t, stall)
	hook(t, dir, b.URL)
	s := start(t, dir)
	ids := []wire.Account{}
	for i := range 2 * adds {
		ids = append(ids, wire.Account(fmt.Sprintf("p%03d", i)))
	}
	s.importAccounts(t, ids)
	for i := range adds {
		if err := s.befriend(t.Context(), ids[i%(adds/2)], ids[adds+i]); err != nil {
			t.Fatal(err)
		}
	}
	waitFor(t, "as many are sent as may be at a time", func() bool { return len(b.got()) >= 16 })
	s.kill(t)
	sent := once(t, b.got())
	if len(sent) >= adds {
		t.Fatalf("all %d events were sent before the kill: the test shows nothing", len(sent))
	}
	b.change(take)
	s = start(t, dir)
	waitFor(t, "all events arrived", func() bool { return len(once(t, b.got())) == adds })
	s.stop(t)
	again := map[string]int{}
	for _, p := range b.got() {
		again[p.id]++
	}
	for _, p := range sent {
		if again[p.id] < 2 {
			t.Errorf("request %s was sent, not taken, and never came again", p.id)
		}
	}
}

// TestKillWebhooks kills the server while it changes friendships and tells of
// them, again and again. In the end the events of every pair are those of a
// friendship that comes and goes in turn, and ends as the rows say: none was
// lost, none invented, none out of order.
func TestKillWebhooks(t *testing.T) {
	dir := t.TempDir()
	b := newBackEnd(t, func(w http.ResponseWriter, r *http.Request) {
		switch rand.IntN(200) {
		case 0:
			w.WriteHeader(http.StatusInternalServerError)
		case 1:
			panic(http.ErrAbortHandler)
		case 2, 3, 4, 5, 6, 7, 8, 9:
			time.Sleep(5 * time.Millisecond)
			take(w, r)
		default:
			take(w, r)
		}
	})
	hook(t, dir, b.URL)
	var ids []wire.Account
	for i := range people {
		ids = append(ids, wire.Account(fmt.Sprintf("p%03d", i)))
	}
	known := make([]knowledge, workers)
	for w := range known {
		known[w] = knowledge{}
		for i := range people / workers {
			known[w][pair{ids[i*workers+w], ids[(i*workers+w+1)%people]}] = apart
		}
	}
	answered := 0
	for round := range min(rounds(t), 12) {
		s := start(t, dir)
		if round == 0 {
			s.importAccounts(t, ids)
		}
		verify(t, s, ids, known)
		answered += s.work(t, known, time.Duration(20+rand.IntN(200))*time.Millisecond)
	}
	s := startWith(t, "--data", dir, "--admin-listen", "127.0.0.1:0", "--admin-token", adminToken)
	verify(t, s, ids, known)
	waitFor(t, "no event waits any more", func() bool { return s.webhook(t).Events.Pending == 0 })
	s.stop(t)
	nothingWaits(t, dir)
	events := checkTurns(t, once(t, b.got()), known)
	t.Logf("%d changes were answered, %d events arrived in %d requests", answered, events, len(b.got()))
	if events < answered || answered < people {
		t.Errorf("%d events of %d answered changes", events, answered)
	}
}

// nothingWaits looks into the data of a stopped server.
func nothingWaits(t *testing.T, dir string) {
	t.Helper()
	s, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if x, err := s.Extent(context.Background(), appID); err != nil || x.Pending+x.Dead > 0 {
		t.Errorf("in the end %+v (%v)", x, err)
	}
}

// checkTurns checks that the events of each pair take turns and end as is
// known.
func checkTurns(t *testing.T, posts []post, known []knowledge) (events int) {
	t.Helper()
	now := map[pair]state{}
	for _, p := range posts {
		var body struct {
			PairList []wire.Pair
		}
		if err := json.Unmarshal([]byte(p.body), &body); err != nil || len(body.PairList) != 2 {
			t.Fatalf("%s: %v", p.body, err)
		}
		is, next := apart, friends
		if p.command == wire.CallbackFriendDelete {
			is, next = friends, apart
		}
		who := pair{body.PairList[0].FromAccount, body.PairList[0].ToAccount}
		if now[who] != is {
			t.Fatalf("%s of %v, who are in state %d", p.command, who, now[who])
		}
		now[who] = next
		events++
	}
	for _, mine := range known {
		for who, is := range mine {
			if now[who] != is {
				t.Errorf("%v ended in state %d, the events say %d", who, is, now[who])
			}
		}
	}
	return events
}

// BenchmarkAddWithWebhook measures friend_add while the app has no webhook, one
// that answers, and one that never does.
func BenchmarkAddWithWebhook(b *testing.B) {
	for _, way := range []struct {
		name   string
		behave func(http.ResponseWriter, *http.Request)
	}{{"none", nil}, {"answering", take}, {"stalled", stall}} {
		dir := b.TempDir()
		target := ""
		if way.behave != nil {
			target = newBackEnd(b, way.behave).URL
			if u, err := url.Parse(target); err != nil || u.Hostname() != "127.0.0.1" {
				b.Fatal(target, err)
			}
		}
		hook(b, dir, target)
		s := start(b, dir)
		s.importAccounts(b, members())
		for _, conns := range []int{1, 16} {
			b.Run(fmt.Sprintf("webhook=%s/conns=%d", way.name, conns), func(b *testing.B) {
				load(b, s.url, s.cmd.Process.Pid, conns, "sns/friend_add", addBody)
			})
		}
		s.kill(b)
	}
}
