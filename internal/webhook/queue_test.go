package webhook

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
)

// TestQueueOrder draws events about some users and ends them in any order,
// with and without a further try: of two about one user the later one never
// begins before the earlier one has ended, and all end.
func TestQueueOrder(t *testing.T) {
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
			q.push(d)
			q.push(d) // once is enough
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
		end := func(again bool) {
			i := rapid.IntRange(0, len(sending)-1).Draw(t, "which")
			j := sending[i]
			sending = append(sending[:i], sending[i+1:]...)
			if again {
				q.again(j)
				return
			}
			ended[j.Number] = true
			q.done(j)
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch what := rapid.IntRange(0, 3).Draw(t, "what"); {
			case what == 0:
				push()
			case what == 1 || len(sending) == 0:
				begin()
			default:
				end(what == 2)
			}
		}
		for q.len() > 0 {
			begin()
			if len(sending) == 0 {
				t.Fatalf("%d events wait for nothing", q.len())
			}
			end(false)
		}
		if len(ended) != int(next)-1 || len(q.users) > 0 {
			t.Fatalf("%d of %d ended, %d users are left", len(ended), next-1, len(q.users))
		}
	})
}

// TestPauses: each pause is twice as long as the one before, up to an hour; an
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
		if want := min(time.Hour, time.Second<<(d.Attempts-1)); pause != want {
			t.Fatalf("after attempt %d a pause of %v, want %v", d.Attempts, pause, want)
		}
		longest = max(longest, pause)
		now = now.Add(pause)
	}
	tried := now.Sub(time.UnixMilli(d.Since))
	if longest != time.Hour || d.State != store.Dead || tried < 23*time.Hour || tried > 24*time.Hour {
		t.Errorf("given up after %v and %d attempts, the longest pause %v", tried, d.Attempts, longest)
	}
	if d := r.next(store.Delivery{State: store.Pending}, &store.Webhook{NoRetry: true}, &Result{Problem: "no"}, now); d.State != store.Dead {
		t.Errorf("without further attempts: %+v", d)
	}
	if d := r.next(store.Delivery{State: store.Pending, Attempts: 3, Problem: "old"}, w, &Result{Status: 200}, now); d.State != store.Delivered || d.Problem != "" || d.Attempts != 4 {
		t.Errorf("taken: %+v", d)
	}
}
