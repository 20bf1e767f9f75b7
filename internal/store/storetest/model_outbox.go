package storetest

import (
	"cmp"
	"context"
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
)

// tell keeps events.
func (t *tenant) tell(events []chain.Event) {
	for _, e := range events {
		t.last++
		t.events = append(t.events, store.Event{Number: t.last, Event: e})
		if e.Deliver {
			t.deliveries[t.last] = store.Delivery{State: store.Pending, Since: e.Time}
		}
	}
}

// event is the place of an event.
func (t *tenant) event(n store.EventNumber) (place int, found bool) {
	return slices.BinarySearchFunc(t.events, n, func(e store.Event, n store.EventNumber) int { return cmp.Compare(e.Number, n) })
}

// after lists events after one, at most limit.
func (t *tenant) after(n store.EventNumber, limit int) []store.Event {
	place, _ := t.event(n + 1)
	rest := t.events[place:]
	return rest[:min(limit, len(rest))]
}

// Tell implements [store.Outbox].
func (m *Model) Tell(ctx context.Context, app chain.AppID, events []chain.Event) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	m.tenant(app).tell(events)
	return nil
}

// Events implements [store.Outbox].
func (m *Model) Events(ctx context.Context, app chain.AppID, after store.EventNumber, limit int) ([]store.Event, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return slices.Clone(m.tenant(app).after(after, limit)), nil
}

// Extent implements [store.Outbox].
func (m *Model) Extent(ctx context.Context, app chain.AppID) (x store.Extent, err error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return x, err
	}
	defer leave()
	t := m.tenant(app)
	x.Last, x.Trimmed = t.last, t.trimmed
	if len(t.events) > 0 {
		x.First = t.events[0].Number
	}
	for _, d := range t.deliveries {
		switch d.State {
		case store.Pending:
			x.Pending++
		case store.Dead:
			x.Dead++
		}
	}
	if waiting := t.find(store.DeliveryQuery{State: store.Pending, Limit: 1}); len(waiting) > 0 {
		x.Oldest = waiting[0].Since
	}
	return x, nil
}

// find lists deliveries with their events.
func (t *tenant) find(q store.DeliveryQuery) (found []store.Delivery) {
	for n, d := range t.deliveries {
		if place, exists := t.event(n); exists && d.State == q.State {
			d.Event = t.events[place]
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b store.Delivery) int {
		if q.Descending {
			a, b = b, a
		}
		return cmp.Compare(a.Number, b.Number)
	})
	found = slices.DeleteFunc(found, func(d store.Delivery) bool {
		return q.Bound > 0 && (q.Descending && d.Number >= q.Bound || !q.Descending && d.Number <= q.Bound)
	})
	return found[:min(q.Limit, len(found))]
}

// Deliveries implements [store.Outbox].
func (m *Model) Deliveries(ctx context.Context, app chain.AppID, q store.DeliveryQuery) ([]store.Delivery, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return m.tenant(app).find(q), nil
}

// Settle implements [store.Outbox].
func (m *Model) Settle(ctx context.Context, app chain.AppID, settled []store.Delivery) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	t := m.tenant(app)
	for _, d := range settled {
		if place, exists := t.event(d.Number); exists {
			if d.Since == 0 {
				d.Since = t.events[place].Time
			}
			if old := t.deliveries[d.Number]; old.State == store.Pending && old.Since > d.Since {
				continue
			}
			t.deliveries[d.Number] = d
		}
	}
	return nil
}

// Replay implements [store.Outbox].
func (m *Model) Replay(ctx context.Context, app chain.AppID, after store.EventNumber, kinds chain.Kinds, now int64, limit int) (made int, next store.EventNumber, err error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer leave()
	t := m.tenant(app)
	looked := t.after(after, limit)
	for _, e := range looked {
		if kinds.Has(e.Kind) {
			t.deliveries[e.Number] = store.Delivery{State: store.Pending, Since: now}
			made++
		}
	}
	if len(looked) == limit {
		next = looked[limit-1].Number
	}
	return made, next, nil
}

// Trim implements [store.Outbox].
func (m *Model) Trim(ctx context.Context, app chain.AppID, after store.EventNumber, before int64, limit int) (next store.EventNumber, err error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return 0, err
	}
	defer leave()
	t := m.tenant(app)
	looked := 0
	for _, e := range slices.Clone(t.after(after, limit)) {
		if e.Time >= before || e.Number == t.last {
			return 0, nil
		}
		looked, next = looked+1, e.Number
		if d := t.deliveries[e.Number]; d.State == store.Pending || d.State == store.Dead && d.Last >= before {
			continue
		}
		place, _ := t.event(e.Number)
		t.events = slices.Delete(t.events, place, place+1)
		delete(t.deliveries, e.Number)
		t.trimmed = max(t.trimmed, e.Number)
	}
	if looked < limit {
		return 0, nil
	}
	return next, nil
}
