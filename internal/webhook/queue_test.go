package webhook

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
)

// TestQueueOrder draws events about some users and ends them in any order,
// with and without a further try, in memory or after they were dropped: of two
// about one user the later one never begins before the earlier one has ended,
// and all end.
func TestQueueOrder(t *testing.T) {
	const (
		done = 2 + iota
		again
		dropped
	)
	rapid.Check(t, func(t *rapid.T) {
		q := newQueue()
		next := store.EventNumber(1)
		ended := map[store.EventNumber]bool{}
		users := map[store.EventNumber][]chain.UserID{}
		var sending []*job
		push := func() {
			d := store.Delivery{State: store.Pending}
			d.Number = next
			for _, id := range rapid.SliceOfN(rapid.SampledFrom([]chain.UserID{"a", "b", "c", "d"}), 0, 3).Draw(t, "users") {
				if d.Owner == "" {
					d.Owner = id
				}
				d.Pairs = append(d.Pairs, chain.Pair{Edge: chain.Edge{Owner: id}})
			}
			users[next] = d.Users()
			q.push(d, d.Users())
			next++
		}
		begin := func() {
			j := q.pop(0)
			if j == nil {
				return
			}
			for earlier := store.EventNumber(1); earlier < j.Number; earlier++ {
				for _, u := range users[earlier] {
					for _, mine := range users[j.Number] {
						if u == mine && !ended[earlier] {
							t.Fatalf("event %d about %s begins before event %d has ended", j.Number, u, earlier)
						}
					}
				}
			}
			sending = append(sending, j)
		}
		drop := func(j *job) {
			before := maps.Clone(q.jobs)
			q.drop(j)
			maps.DeleteFunc(before, func(n store.EventNumber, _ *job) bool { return q.has(n) })
			for _, n := range slices.Sorted(maps.Keys(before)) {
				if n < j.Number || before[n].sent && n != j.Number {
					t.Fatalf("with event %d event %d was dropped", j.Number, n)
				}
				q.push(before[n].Delivery, before[n].users)
			}
		}
		end := func(what int) {
			i := rapid.IntRange(0, len(sending)-1).Draw(t, "which")
			j := sending[i]
			sending = append(sending[:i], sending[i+1:]...)
			switch what {
			case again:
				q.again(j)
			case dropped:
				drop(j)
			default:
				ended[j.Number] = true
				q.done(j)
			}
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch what := rapid.IntRange(0, dropped).Draw(t, "what"); {
			case what == 0:
				push()
			case what == 1 || len(sending) == 0:
				begin()
			default:
				end(what)
			}
		}
		for len(q.jobs) > 0 {
			begin()
			if len(sending) == 0 {
				t.Fatalf("%d events wait for nothing", len(q.jobs))
			}
			end(done)
		}
		if len(ended) != int(next)-1 || len(q.users) > 0 || q.weight != 0 {
			t.Fatalf("%d of %d ended, %d users are left, with a weight of %d", len(ended), next-1, len(q.users), q.weight)
		}
	})
}

// TestPauses: each pause is twice as long as the one before, up to ten minutes; an
// event is given up when the next attempt would come after its time.
func TestPauses(t *testing.T) {
	r := &Relay{}
	now := time.Unix(1700000000, 0)
	d := store.Delivery{State: store.Pending, Since: now.UnixMilli()}
	w := &store.Webhook{}
	var longest time.Duration
	for d.State == store.Pending {
		d = r.next(d, w, &Result{Problem: "no", Status: 500}, now)
		if d.State != store.Pending {
			break
		}
		pause := time.UnixMilli(d.Next).Sub(now)
		if want := min(10*time.Minute, time.Second<<min(d.Attempts-1, 20)); pause != want {
			t.Fatalf("after attempt %d a pause of %v, want %v", d.Attempts, pause, want)
		}
		longest = max(longest, pause)
		now = now.Add(pause)
	}
	tried := now.Sub(time.UnixMilli(d.Since))
	if longest != 10*time.Minute || d.State != store.Dead || tried < 23*time.Hour || tried > 24*time.Hour {
		t.Errorf("given up after %v and %d attempts, the longest pause %v", tried, d.Attempts, longest)
	}
	if d := r.next(store.Delivery{State: store.Pending}, &store.Webhook{NoRetry: true}, &Result{Problem: "no"}, now); d.State != store.Dead {
		t.Errorf("without further attempts: %+v", d)
	}
	if d := r.next(store.Delivery{State: store.Pending, Attempts: 3, Problem: "old"}, w, &Result{Status: 200}, now); d.State != store.Delivered || d.Problem != "" || d.Attempts != 4 {
		t.Errorf("taken: %+v", d)
	}
}

// TestMostAsking: a back end that owes many answers is asked no more until it
// gives some, and other apps' are.
func TestMostAsking(t *testing.T) {
	s := &Sender{asking: map[chain.AppID]int{1: mostAsking}}
	app := &store.App{App: chain.App{ID: 1}, Webhook: store.Webhook{URL: "http://127.0.0.1:1"}}
	_, err := s.Ask(t.Context(), app, chain.Origin{}, chain.BeforeFriendAdd, struct{}{})
	if f, ok := errors.AsType[*Failure](err); !ok || f.Timeout || !strings.Contains(f.Problem, "owes answers to 1024 questions") {
		t.Errorf("one question more: %v", err)
	}
	app.ID = 2
	if _, err := s.Ask(t.Context(), app, chain.Origin{}, chain.BeforeFriendAdd, struct{}{}); err == nil || strings.Contains(err.Error(), "owes") {
		t.Errorf("another app's question: %v", err)
	}
	if len(s.asking) != 1 || s.asking[1] != mostAsking {
		t.Errorf("questions without an answer: %v", s.asking)
	}
}
