package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kith/internal/chain"
	"kith/internal/store"
)

// testOutbox tests what a store keeps of events and their deliveries.
func testOutbox(t *testing.T, rig Rig) {
	t.Run("EveryField", func(t *testing.T) { testEventFields(t, rig) })
	t.Run("SameCommit", func(t *testing.T) { testEventsOfCommands(t, rig) })
	t.Run("Deliveries", func(t *testing.T) { testDeliveries(t, rig) })
	t.Run("Replay", func(t *testing.T) { testReplay(t, rig) })
	t.Run("Trim", func(t *testing.T) { testTrim(t, rig) })
	t.Run("Order", func(t *testing.T) { testEventOrder(t, rig) })
	t.Run("Tenants", func(t *testing.T) { testEventsOfApps(t, rig) })
}

// fullEvent has every field set.
func fullEvent() chain.Event {
	return chain.Event{
		ID: store.NewEventID(), Kind: chain.FriendAdded, Owner: "ann", Time: 1700000000123,
		Origin:  chain.Origin{Caller: "root", Admin: true, Address: "2001:db8::1", Platform: "RESTAPI"},
		Deliver: true, Force: true, Answer: true,
		Pairs: []chain.Pair{{Edge: chain.Edge{Owner: "ann", Peer: "bob"}, Initiator: "ann"}, {Edge: chain.Edge{Owner: "bob", Peer: "ann"}}},
		Items: []chain.ProfileItem{{Field: chain.Nick, Value: chain.Value{Text: "Änn"}}, {Custom: "Test", Value: chain.Value{Text: "-5", Integer: true}}},
		Alarm: chain.Alarm{Command: "sns/friend_add", Rate: 510, Limit: 200},
	}
}

func testEventFields(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	full := fullEvent()
	for _, row := range []any{full, full.Origin, full.Alarm} {
		v := reflect.ValueOf(row)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Fatalf("the test leaves %T.%s empty", row, v.Type().Field(i).Name)
			}
		}
	}
	tell(t, s, app.ID, full, chain.Event{Kind: chain.RateExceeded})
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	want := []store.Event{{Number: 1, Event: full}, {Number: 2, Event: chain.Event{Kind: chain.RateExceeded}}}
	if diff := cmp.Diff(want, events(t, s, app.ID), equateEmpty); diff != "" {
		t.Errorf("events read back (-want +got):\n%s", diff)
	}
	d := store.Delivery{Event: want[0], State: store.Dead, Since: full.Time + 1, Attempts: 2, Next: 3, Last: 4, Took: 5 * time.Millisecond, Status: 500, Problem: "it said no"}
	settle(t, s, app.ID, d)
	got := deliveries(t, s, app.ID, store.Dead)
	if diff := cmp.Diff([]store.Delivery{d}, got, equateEmpty); diff != "" {
		t.Errorf("a delivery read back (-want +got):\n%s", diff)
	}
}

func tell(t TB, s store.Store, app chain.AppID, all ...chain.Event) {
	t.Helper()
	if err := s.Tell(context.Background(), app, all); err != nil {
		t.Fatal(err)
	}
}

// told keeps n events that are wanted, one each second.
func told(t TB, s store.Store, app chain.AppID, n int) {
	t.Helper()
	var all []chain.Event
	for i := range n {
		all = append(all, chain.Event{ID: store.NewEventID(), Kind: chain.FriendAdded, Owner: chain.UserID(fmt.Sprint("u", i)), Time: int64(1000 * i), Deliver: true})
	}
	tell(t, s, app, all...)
}

func events(t TB, s store.Store, app chain.AppID) []store.Event {
	t.Helper()
	all, err := s.Events(context.Background(), app, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func settle(t TB, s store.Store, app chain.AppID, d ...store.Delivery) {
	t.Helper()
	if err := s.Settle(context.Background(), app, d); err != nil {
		t.Fatal(err)
	}
}

func deliveries(t TB, s store.Store, app chain.AppID, state store.DeliveryState) []store.Delivery {
	t.Helper()
	all, err := s.Deliveries(context.Background(), app, store.DeliveryQuery{State: state, Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// wantNumbers compares which deliveries are in each state, and the counts.
func wantNumbers(t TB, s store.Store, app chain.AppID, pending, delivered, dead []store.EventNumber) {
	t.Helper()
	for state, want := range map[store.DeliveryState][]store.EventNumber{store.Pending: pending, store.Delivered: delivered, store.Dead: dead} {
		var got []store.EventNumber
		for _, d := range deliveries(t, s, app, state) {
			got = append(got, d.Number)
			if d.State != state {
				t.Fatalf("a delivery of state %d among those of state %d", d.State, state)
			}
		}
		if !cmp.Equal(want, got, equateEmpty) {
			t.Fatalf("deliveries in state %d: %v, want %v", state, got, want)
		}
	}
	x, err := s.Extent(context.Background(), app)
	if err != nil || x.Pending != len(pending) || x.Dead != len(dead) {
		t.Fatalf("counts %+v (%v), want %d pending and %d dead", x, err, len(pending), len(dead))
	}
}

type numbers = []store.EventNumber

// testEventsOfCommands: events stand with the change that caused them, and not
// without it.
func testEventsOfCommands(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	importAll(t, s, app, "ann", "bob", "cem")
	add := func(both bool, peers ...chain.UserID) *chain.FriendAdd {
		c := &chain.FriendAdd{Owner: "ann", Both: both}
		for _, p := range peers {
			c.Items = append(c.Items, chain.FriendAddItem{Peer: p})
		}
		return c
	}
	origin := chain.Origin{Caller: "root", Admin: true, Address: "127.0.0.1", Platform: "RESTAPI"}
	if _, err := store.DoFor(t.Context(), s, app, origin, now, add(true, "bob", "cem")); err != nil {
		t.Fatal(err)
	}
	must(t, s, app, add(true, "bob"))             // a friend already: nothing happens
	must(t, s, app, &chain.Kick{ID: "ann"})       // nothing to tell
	_, err := store.Try(t.Context(), s, app, now, // nothing is done
		&chain.BlackListAdd{Owner: "ann", Peers: []chain.UserID{"bob"}})
	if err != nil {
		t.Fatal(err)
	}
	must(t, s, app, &chain.BlackListAdd{Owner: "ann", Peers: []chain.UserID{"bob"}})
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	pair := func(owner, peer, initiator chain.UserID) chain.Pair {
		return chain.Pair{Edge: chain.Edge{Owner: owner, Peer: peer}, Initiator: initiator}
	}
	at := now.UnixMilli()
	want := []store.Event{
		{Number: 1, Event: chain.Event{Kind: chain.FriendAdded, Owner: "ann", Time: at, Origin: origin, Deliver: true,
			Pairs: []chain.Pair{pair("ann", "bob", "ann"), pair("bob", "ann", "ann"), pair("ann", "cem", "ann"), pair("cem", "ann", "ann")}}},
		{Number: 2, Event: chain.Event{Kind: chain.FriendDeleted, Owner: "ann", Time: at, Pairs: []chain.Pair{pair("ann", "bob", ""), pair("bob", "ann", "")}}},
		{Number: 3, Event: chain.Event{Kind: chain.Blocked, Owner: "ann", Time: at, Deliver: true, Pairs: []chain.Pair{pair("ann", "bob", "")}}},
	}
	got := events(t, s, app.ID)
	if diff := cmp.Diff(want, got, equateEmpty, ignoreID); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	seen := map[chain.EventID]bool{{}: true}
	for _, e := range got {
		if seen[e.ID] {
			t.Errorf("event %d has no identity of its own: %x", e.Number, e.ID)
		}
		seen[e.ID] = true
	}
	wantNumbers(t, s, app.ID, numbers{1, 3}, nil, nil)

	// An app that keeps none keeps those that its webhook wants.
	app.Settings.EventDays = 0
	must(t, s, app, &chain.BlackListDelete{Owner: "ann", Peers: []chain.UserID{"bob"}})
	must(t, s, app, &chain.BlackListAdd{Owner: "ann", Peers: []chain.UserID{"bob"}})
	got = events(t, s, app.ID)
	if len(got) != 4 || got[3].Kind != chain.Blocked {
		t.Errorf("kept without being asked to: %+v", got[3:])
	}
}

var ignoreID = cmp.Transformer("ID", func(chain.EventID) int { return 0 })

func testDeliveries(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	told(t, s, app.ID, 5)
	wantNumbers(t, s, app.ID, numbers{1, 2, 3, 4, 5}, nil, nil)
	all := deliveries(t, s, app.ID, store.Pending)
	for i := range all {
		if d := &all[i]; d.Owner != chain.UserID(fmt.Sprint("u", i)) || d.Since != d.Time || d.Attempts != 0 || d.Next != 0 {
			t.Errorf("new, it is %+v", d)
		}
	}
	all[1].State, all[1].Attempts = store.Delivered, 1
	all[2].State, all[2].Attempts, all[2].Last = store.Dead, 9, 77
	all[3].Attempts, all[3].Next, all[3].Status = 3, 99, 502
	settle(t, s, app.ID, all[1:4]...)
	settle(t, s, app.ID, store.Delivery{Event: store.Event{Number: 99}, State: store.Dead}) // there is none
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	wantNumbers(t, s, app.ID, numbers{1, 4, 5}, numbers{2}, numbers{3})
	if d := deliveries(t, s, app.ID, store.Pending)[1]; d.Attempts != 3 || d.Next != 99 || d.Status != 502 {
		t.Errorf("what was tried is %+v", d)
	}
	for _, test := range []struct {
		q    store.DeliveryQuery
		want numbers
	}{
		{store.DeliveryQuery{Limit: 2}, numbers{1, 4}},
		{store.DeliveryQuery{Limit: 9, Bound: 1}, numbers{4, 5}},
		{store.DeliveryQuery{Limit: 9, Bound: 5}, nil},
		{store.DeliveryQuery{Limit: 2, Descending: true}, numbers{5, 4}},
		{store.DeliveryQuery{Limit: 9, Bound: 5, Descending: true}, numbers{4, 1}},
		{store.DeliveryQuery{Limit: 9, Bound: 1, Descending: true}, nil},
	} {
		test.q.State = store.Pending
		found, err := s.Deliveries(t.Context(), app.ID, test.q)
		if err != nil {
			t.Fatal(err)
		}
		var got numbers
		for _, d := range found {
			got = append(got, d.Number)
		}
		if !cmp.Equal(test.want, got, equateEmpty) {
			t.Errorf("%+v: %v, want %v", test.q, got, test.want)
		}
	}
	settle(t, s, app.ID, store.Delivery{Event: store.Event{Number: 3}, State: store.Pending, Since: 5})
	wantNumbers(t, s, app.ID, numbers{1, 3, 4, 5}, numbers{2}, nil)
}

func testReplay(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	told(t, s, app.ID, 6)
	tell(t, s, app.ID, chain.Event{Kind: chain.Blocked, Owner: "u", Time: 6000}, chain.Event{Kind: chain.ProfileSet, Owner: "u", Time: 7000})
	all := deliveries(t, s, app.ID, store.Pending)
	for i := range all {
		all[i].State, all[i].Last = store.Delivered, 1
	}
	all[4].State = store.Dead
	settle(t, s, app.ID, all[1:]...)
	wantNumbers(t, s, app.ID, numbers{1}, numbers{2, 3, 4, 6}, numbers{5})
	kinds := chain.Kinds(0).With(chain.FriendAdded).With(chain.Blocked)
	var after store.EventNumber = 2
	total, steps := 0, 0
	for {
		made, next, err := s.Replay(t.Context(), app.ID, after, kinds, 123, 2)
		if err != nil {
			t.Fatal(err)
		}
		total, steps = total+made, steps+1
		if next == 0 {
			break
		}
		after = next
	}
	if total != 5 || steps != 4 {
		t.Errorf("%d events in %d steps, want 5 in 4", total, steps)
	}
	tried := deliveries(t, s, app.ID, store.Pending)[0]
	tried.Attempts, tried.Next, tried.Last, tried.Problem = 9, 99, 98, "no"
	settle(t, s, app.ID, tried)
	if made, _, err := s.Replay(t.Context(), app.ID, 0, kinds, 55, 1); made != 1 || err != nil {
		t.Errorf("of one that waits %d were made (%v)", made, err)
	}
	wantNumbers(t, s, app.ID, numbers{1, 3, 4, 5, 6, 7}, numbers{2}, nil)
	late := deliveries(t, s, app.ID, store.Pending)[1]
	late.State, late.Since = store.Dead, late.Since-1 // tried before the replay
	settle(t, s, app.ID, late)
	wantNumbers(t, s, app.ID, numbers{1, 3, 4, 5, 6, 7}, numbers{2}, nil)
	again := deliveries(t, s, app.ID, store.Pending)
	if again[0].Since != 55 || again[0].Attempts != 0 || again[0].Next != 0 || again[0].Problem != "" || again[1].Since != 123 || again[1].Attempts != 0 || again[1].Last != 0 {
		t.Errorf("deliveries start over as %+v, %+v", again[0], again[1])
	}
}

func testTrim(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	told(t, s, app.ID, 10)
	all := deliveries(t, s, app.ID, store.Pending)
	for i := range all {
		all[i].State, all[i].Last = store.Delivered, 50_000
	}
	all[1].State, all[1].Last = store.Dead, 50_000 // since
	all[2].State, all[2].Last = store.Dead, 3_000  // before
	all[3].State = store.Pending
	settle(t, s, app.ID, all...)
	trim := func(before int64) {
		t.Helper()
		var after store.EventNumber
		for range 100 {
			next, err := s.Trim(t.Context(), app.ID, after, before, 3)
			if err != nil {
				t.Fatal(err)
			}
			if next == 0 {
				return
			}
			if next <= after {
				t.Fatalf("a step from %d ended at %d", after, next)
			}
			after = next
		}
		t.Fatal("trimming does not end")
	}
	kept := func(want ...store.EventNumber) {
		t.Helper()
		var got numbers
		for _, e := range events(t, s, app.ID) {
			got = append(got, e.Number)
		}
		if !cmp.Equal(want, got, equateEmpty) {
			t.Fatalf("kept %v, want %v", got, want)
		}
	}
	trim(7000)
	kept(2, 4, 8, 9, 10)
	if x, err := s.Extent(t.Context(), app.ID); err != nil || x.Trimmed != 7 || x.Oldest != 3000 {
		t.Errorf("extent %+v (%v)", x, err)
	}
	wantNumbers(t, s, app.ID, numbers{4}, numbers{8, 9, 10}, numbers{2})
	settle(t, s, app.ID, store.Delivery{Event: store.Event{Number: 4}, State: store.Delivered, Last: 1})
	trim(100_000)
	kept(10)
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	told(t, s, app.ID, 1)
	kept(10, 11)
	if x, err := s.Extent(t.Context(), app.ID); err != nil || x.First != 10 || x.Last != 11 || x.Trimmed != 9 {
		t.Errorf("extent %+v (%v)", x, err)
	}
}

// testEventOrder follows the events while many users change at once: none is
// missed, and those of one user come in the order of its changes.
func testEventOrder(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	const users, rounds = 8, 40
	ids := numbered(users)
	importAll(t, s, app, ids...)
	done := make(chan error, users)
	for _, id := range ids {
		go func() { done <- changeProfile(t.Context(), s, app, id, rounds) }()
	}
	var last store.EventNumber
	seen := map[chain.UserID]int{}
	for total := 0; total < users*rounds; {
		found, err := s.Events(t.Context(), app.ID, last, 7)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found {
			if e.Number <= last {
				t.Fatalf("event %d after event %d", e.Number, last)
			}
			last, total = e.Number, total+1
			if want := fmt.Sprint(seen[e.Owner]); e.Items[0].Value.Text != want {
				t.Fatalf("event %d is change %s of %s, want %s", e.Number, e.Items[0].Value.Text, e.Owner, want)
			}
			seen[e.Owner]++
		}
	}
	for range ids {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func changeProfile(ctx context.Context, s store.Store, app *chain.App, id chain.UserID, rounds int) error {
	var failed []error
	for i := range rounds {
		_, err := store.Do(ctx, s, app, now, &chain.PortraitSet{Owner: id, Items: []chain.ProfileItem{{Field: chain.Nick, Value: chain.Value{Text: fmt.Sprint(i)}}}})
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

func testEventsOfApps(t *testing.T, rig Rig) {
	s := rig.New(t)
	defer closeStore(t, s)
	one, two := chain.AppID(1), chain.AppID(2)
	for _, id := range []chain.AppID{one, two} {
		err := s.UpdateApp(t.Context(), id, func(a store.App, _ bool) (store.App, error) { return a, nil })
		if err != nil {
			t.Fatal(err)
		}
		told(t, s, id, 3)
	}
	wantNumbers(t, s, two, numbers{1, 2, 3}, nil, nil)
	if err := s.DeleteApp(t.Context(), one); err != nil {
		t.Fatal(err)
	}
	wantNumbers(t, s, one, nil, nil, nil)
	wantNumbers(t, s, two, numbers{1, 2, 3}, nil, nil)
	if left := events(t, s, one); len(left) > 0 {
		t.Errorf("of a deleted app are left %+v", left)
	}
	told(t, s, one, 1)
	wantNumbers(t, s, one, numbers{1}, nil, nil)
}
