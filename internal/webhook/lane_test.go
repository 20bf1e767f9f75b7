package webhook_test

import (
	"context"
	"fmt"
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
)

// about tells how many requests are about a user.
func about(rc *receiver, user string) (n int) {
	for _, r := range rc.requests() {
		if strings.Contains(r.body, `"From_Account":"`+user+`"`) {
			n++
		}
	}
	return n
}

// slowPauses are so long that nothing is tried twice in a test by itself.
func slowPauses(r *webhook.Relay) { r.FirstPause, r.LongestPause = time.Hour, time.Hour }

// A clock is one that can be put forward.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// tried waits until n of the deliveries that wait were tried, and that is noted.
func (h *house) tried(app chain.AppID, n int) {
	h.t.Helper()
	eventually(h.t, 10*time.Second, "as many were tried", func() bool {
		waiting := h.deliveries(app, store.Pending)
		return n == len(slices.DeleteFunc(waiting, func(d store.Delivery) bool { return d.Attempts == 0 }))
	})
}

// TestRefusedUsersKeepNobodyWaiting: the back end takes nothing of one user
// with very many events, or of very many users; those of another user go at
// once.
func TestRefusedUsersKeepNobodyWaiting(t *testing.T) {
	for _, users := range []int{1, 6000} {
		t.Run(fmt.Sprint(users), func(t *testing.T) {
			h := newHouse(t)
			rc := newReceiver(t, says(200, ok))
			h.app(1, store.Webhook{URL: rc.URL})
			h.tell(1, users, 6000)
			refused := h.deliveries(1, store.Pending)[:users]
			for i := range refused {
				refused[i].Attempts, refused[i].Last, refused[i].Next = 12, time.Now().UnixMilli(), time.Now().Add(time.Hour).UnixMilli()
			}
			h.must(h.store.Settle(t.Context(), 1, refused))
			h.run()
			h.tellOne(1, "healthy")
			eventually(t, 10*time.Second, "the event of another user was sent", func() bool { return about(rc, "healthy") == 1 })
			if n := len(rc.requests()); n != 1 {
				t.Errorf("%d requests, want the one that need not wait", n)
			}
		})
	}
}

func (h *house) tellOne(app chain.AppID, user chain.UserID) {
	h.t.Helper()
	h.must(h.store.Tell(context.Background(), app, []chain.Event{profileSet(user, time.Now())}))
}

func profileSet(user chain.UserID, at time.Time) chain.Event {
	return chain.Event{ID: store.NewEventID(), Kind: chain.ProfileSet, Owner: user, Time: at.UnixMilli(), Deliver: true,
		Items: []chain.ProfileItem{{Field: chain.Level, Value: chain.Value{Text: "0", Integer: true}}}}
}

// TestBusyUserKeepsNobodyWaiting: one user has more events than are held in
// memory. Another one need not wait for them, and they come in order.
func TestBusyUserKeepsNobodyWaiting(t *testing.T) {
	const events = 6000
	h := newHouse(t)
	rc := newReceiver(t, says(200, ok))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 1, events)
	h.tellOne(1, "other")
	h.run()
	eventually(t, 10*time.Second, "the event of another user was sent", func() bool { return about(rc, "other") == 1 })
	if n := len(rc.requests()); n > events/2 {
		t.Errorf("it waited for %d others", n)
	}
	h.settled(1, time.Minute)
	if n := orderOf(t, rc.requests()); n != events+1 {
		t.Errorf("%d events arrived, want %d", n, events+1)
	}
}

// TestDeepBacklog: one user has very many events. What it takes to read them does
// not grow with their square, and new events of others go at once meanwhile.
func TestDeepBacklog(t *testing.T) {
	const events = 5_000
	var reads counted
	h := newHouse(t, func(r *webhook.Relay) {
		reads.Store = r.Store
		r.Store = &reads
	})
	rc := newReceiver(t, says(200, ok))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 1, events)
	h.run()
	eventually(t, 20*time.Second, "the relay is at work", func() bool { return len(rc.requests()) > 1000 })
	h.tellOne(1, "other")
	eventually(t, 10*time.Second, "the event of another user was sent", func() bool { return about(rc, "other") == 1 })
	if len(rc.requests()) > events*3/4 {
		t.Error("it waited for nearly all others")
	}
	h.settled(1, 2*time.Minute)
	if n := orderOf(t, rc.requests()); n != events+1 {
		t.Errorf("%d events arrived, want %d", n, events+1)
	}
	if n := reads.rows.Load(); n > 8*events {
		t.Errorf("%d rows were read for %d events", n, events)
	}
}

// A counted store counts the deliveries that are read.
type counted struct {
	store.Store
	rows atomic.Int64
}

// Deliveries implements [store.Store].
func (c *counted) Deliveries(ctx context.Context, app chain.AppID, q store.DeliveryQuery) ([]store.Delivery, error) {
	found, err := c.Store.Deliveries(ctx, app, q)
	c.rows.Add(int64(len(found)))
	return found, err
}

// TestPausedHeadIsReadAgainUnderLoad: what was passed over is sent when it is due
// though the events behind it never end.
func TestPausedHeadIsReadAgainUnderLoad(t *testing.T) {
	var c clock
	h := newHouse(t, slowPauses, func(r *webhook.Relay) { r.Now = c.now })
	rc := newReceiver(t, says(503, ""))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tellOne(1, "refused")
	h.run()
	h.tried(1, 1)
	rc.change(func(w http.ResponseWriter, r *http.Request, n int) {
		time.Sleep(20 * time.Millisecond) // slower than events come
		says(200, ok)(w, r, n)
	})
	c.ahead.Store(int64(2 * time.Hour))
	var more []chain.Event
	for i := range 8000 {
		more = append(more, profileSet(chain.UserID(fmt.Sprintf("u%d", i)), c.now()))
	}
	h.must(h.store.Tell(t.Context(), 1, more))
	eventually(t, 10*time.Second, "it was tried again", func() bool { return about(rc, "refused") == 2 })
	if x := h.extent(1); x.Pending < 2000 {
		t.Errorf("only %d wait: the test shows nothing", x.Pending)
	}
}

// TestPausedHeadIsReadAgain: what is behind a delivery that pauses for long
// leaves memory with it, and both come back in their order.
func TestPausedHeadIsReadAgain(t *testing.T) {
	var c clock
	h := newHouse(t, func(r *webhook.Relay) { r.Now, r.FirstPause, r.LongestPause = c.now, time.Hour, time.Hour })
	rc := newReceiver(t, says(503, ""))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 5, 50)
	h.run()
	h.tried(1, 5)
	rc.change(says(200, ok))
	c.ahead.Store(int64(time.Hour + time.Minute))
	h.settled(1, 20*time.Second)
	if n := orderOf(t, rc.requests()); n != 50 {
		t.Errorf("%d events arrived, want 50", n)
	}
}

// TestAppMadeAnew: an app that is deleted and made anew under the same ID is
// told nothing of the old one, and all of its own.
func TestAppMadeAnew(t *testing.T) {
	h := newHouse(t, slowPauses)
	old := newReceiver(t, says(500, ""))
	h.app(1, store.Webhook{URL: old.URL})
	h.tell(1, 3, 9)
	h.run()
	eventually(t, 5*time.Second, "three users' events are tried", func() bool { return len(old.requests()) == 3 })
	anew := newReceiver(t, says(200, ok))
	h.must(h.apps.Delete(t.Context(), 1, "app-1"))
	h.app(1, store.Webhook{URL: anew.URL})
	h.tellOne(1, "fresh")
	h.settled(1, 10*time.Second)
	if n := len(anew.requests()); n != 1 || about(anew, "fresh") != 1 {
		t.Errorf("the new app got %d requests, want its own", n)
	}
}

// TestNewAddress: what waits for an hour goes at once when the webhook is set
// otherwise, and when it is replayed.
func TestNewAddress(t *testing.T) {
	h := newHouse(t, slowPauses)
	bad := newReceiver(t, says(500, ""))
	h.app(1, store.Webhook{URL: bad.URL})
	h.tell(1, 3, 6)
	h.run()
	eventually(t, 5*time.Second, "three users' events are tried", func() bool { return len(bad.requests()) == 3 })
	worse := newReceiver(t, says(502, ""))
	h.hook(1, store.Webhook{URL: worse.URL})
	eventually(t, 5*time.Second, "the new address is tried", func() bool { return len(worse.requests()) == 3 })
	worse.change(says(200, ok))
	eventually(t, 5*time.Second, "the attempts are noted", func() bool { return h.deliveries(1, store.Pending)[0].Attempts == 2 })
	made, _, err := h.store.Replay(t.Context(), 1, 0, everything, time.Now().UnixMilli(), 100)
	h.must(err)
	h.relay.Restart(1)
	h.settled(1, 10*time.Second)
	if done := h.deliveries(1, store.Delivered); made != 6 || len(done) != 6 || done[0].Attempts != 1 {
		t.Errorf("%d were replayed and %d taken, the first after %d attempts", made, len(done), done[0].Attempts)
	}
}

// inOutage is a house whose ten events were tried in vain.
func inOutage(t *testing.T, c *clock) (*house, *receiver) {
	t.Helper()
	h := newHouse(t, slowPauses, func(r *webhook.Relay) { r.Now = c.now })
	rc := newReceiver(t, says(503, ""))
	h.app(1, store.Webhook{URL: rc.URL})
	h.tell(1, 10, 10)
	h.run()
	h.tried(1, 10)
	return h, rc
}

// fails makes a receiver answer with a status when it is released. That must be
// done before the receiver is closed.
func fails(status int) (behave func(http.ResponseWriter, *http.Request, int), release func()) {
	released := make(chan struct{})
	return func(w http.ResponseWriter, _ *http.Request, _ int) {
		<-released
		w.WriteHeader(status)
	}, sync.OnceFunc(func() { close(released) })
}

// TestNewAddressMeanwhile: an attempt at the old address that fails when the new
// one is in use already does not make its event pause.
func TestNewAddressMeanwhile(t *testing.T) {
	h := newHouse(t, slowPauses)
	behave, release := fails(500)
	bad := newReceiver(t, behave)
	t.Cleanup(release)
	h.app(1, store.Webhook{URL: bad.URL})
	h.tell(1, 1, 1)
	h.run()
	eventually(t, 5*time.Second, "the event is tried", func() bool { return len(bad.requests()) == 1 })
	good := newReceiver(t, says(200, ok))
	h.hook(1, store.Webhook{URL: good.URL})
	h.tellOne(1, "fresh")
	eventually(t, 5*time.Second, "the new address is in use", func() bool { return len(good.requests()) == 1 })
	release()
	h.settled(1, 10*time.Second)
	if n := len(good.requests()); n != 2 {
		t.Errorf("the new address got %d requests, want 2", n)
	}
}

// TestAfterOutageMeanwhile: an attempt that was under way when the back end took
// something again, and then failed, does not make its event pause.
func TestAfterOutageMeanwhile(t *testing.T) {
	var c clock
	h, rc := inOutage(t, &c)
	behave, release := fails(503)
	t.Cleanup(release)
	rc.change(behave)
	h.tellOne(1, "slow")
	eventually(t, 5*time.Second, "the slow one is under way", func() bool { return len(rc.requests()) == 11 })
	rc.change(says(200, ok))
	c.ahead.Store(int64(10 * time.Minute))
	h.tellOne(1, "fresh")
	eventually(t, 5*time.Second, "all but the slow one are taken", func() bool { return h.extent(1).Pending == 1 })
	release()
	h.settled(1, 10*time.Second)
	if n := len(rc.requests()); n != 23 {
		t.Errorf("%d requests, want 11 that failed and 12 that did not", n)
	}
}

// TestAfterOutage: when the back end takes something again after a while, what
// has paused longer and longer meanwhile goes at once.
func TestAfterOutage(t *testing.T) {
	var c clock
	h, rc := inOutage(t, &c)
	rc.change(says(200, ok))
	c.ahead.Store(int64(10 * time.Minute))
	h.tellOne(1, "fresh")
	h.settled(1, 10*time.Second)
	if n := len(rc.requests()); n != 21 {
		t.Errorf("%d requests, want 10 that failed and 11 that did not", n)
	}
}

// TestGivenUpUntried: while the back end takes nothing, what waits longer than
// it may is given up without an attempt, so that an outage does not fill the
// disk.
func TestGivenUpUntried(t *testing.T) {
	var c clock
	h := newHouse(t, func(r *webhook.Relay) { r.Now, r.FirstPause, r.LongestPause = c.now, time.Minute, time.Minute })
	rc := newReceiver(t, says(503, ""))
	h.app(1, store.Webhook{URL: rc.URL, RetryFor: time.Hour})
	h.tell(1, 10, 2000)
	h.run()
	h.tried(1, 10)
	c.ahead.Store(int64(2 * time.Hour))
	h.settled(1, 20*time.Second)
	dead := h.deliveries(1, store.Dead)
	if n := len(rc.requests()); len(dead) != 2000 || n > 100 {
		t.Fatalf("%d of 2000 were given up after %d requests", len(dead), n)
	}
	if d := dead[1999]; d.Attempts != 0 || d.Last == 0 || !strings.HasPrefix(d.Problem, "waited longer than 1h0m0s, and the back end took nothing since 20") {
		t.Errorf("the last is %+v", d)
	}
}

// TestFewestAttempts: an event that had to wait for its first attempt longer
// than it is tried is not given up by one failure.
func TestFewestAttempts(t *testing.T) {
	h := newHouse(t)
	rc := newReceiver(t, func(w http.ResponseWriter, r *http.Request, n int) {
		if n < 5 {
			says(503, "")(w, r, n)
			return
		}
		says(200, ok)(w, r, n)
	})
	h.app(1, store.Webhook{URL: rc.URL})
	h.must(h.store.Tell(t.Context(), 1, []chain.Event{profileSet("ann", time.Now().Add(-25*time.Hour))}))
	h.run()
	h.settled(1, 10*time.Second)
	if done := h.deliveries(1, store.Delivered); len(done) != 1 || done[0].Attempts != 5 {
		t.Errorf("delivered %+v, given up %+v", done, h.deliveries(1, store.Dead))
	}
}
