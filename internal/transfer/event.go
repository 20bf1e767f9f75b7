package transfer

import (
	"context"
	"fmt"
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
)

// copyEvents copies events in their order, and then how they fare. They are
// numbered anew, from 1 on without a gap: a store gives numbers by itself. How
// many were copied before is known by the number of the last.
func (t *Transfer) copyEvents(ctx context.Context, app chain.AppID) error {
	extent, err := t.To.Extent(ctx, app)
	if err != nil {
		return fmt.Errorf("count events: %w", err)
	}
	there := extent.Last
	var last, number store.EventNumber
	for {
		found, err := t.From.Events(ctx, app, last, eventChunk)
		if err != nil || len(found) == 0 {
			return err
		}
		last = found[len(found)-1].Number
		numbers := map[store.EventNumber]store.EventNumber{}
		var missing []chain.Event
		for _, e := range found {
			number++
			numbers[e.Number] = number
			if number > there {
				missing = append(missing, e.Event)
			}
		}
		if len(missing) > 0 {
			if err := t.To.Tell(ctx, app, missing); err != nil {
				return fmt.Errorf("write events: %w", err)
			}
		}
		if err := t.copyDeliveries(ctx, app, found, numbers); err != nil {
			return fmt.Errorf("deliveries: %w", err)
		}
		t.events.Add(int64(len(found)))
	}
}

// copyDeliveries copies how some events fare, whose numbers here and there are
// given.
func (t *Transfer) copyDeliveries(ctx context.Context, app chain.AppID, events []store.Event, numbers map[store.EventNumber]store.EventNumber) error {
	var all []store.Delivery
	for _, state := range []store.DeliveryState{store.Pending, store.Delivered, store.Dead} {
		q := store.DeliveryQuery{State: state, Bound: events[0].Number - 1, Limit: len(events)}
		found, err := t.From.Deliveries(ctx, app, q)
		if err != nil {
			return err
		}
		for _, d := range found {
			if there, ok := numbers[d.Number]; ok {
				d.Number = there
				all = append(all, d)
			}
		}
	}
	return t.To.Settle(ctx, app, all)
}

// verifyEvents compares the events of both stores, one after the other.
func (t *Transfer) verifyEvents(ctx context.Context, app chain.AppID) error {
	var here, there store.EventNumber
	for {
		want, err := t.From.Events(ctx, app, here, eventChunk)
		if err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		has, err := t.To.Events(ctx, app, there, eventChunk)
		if err != nil {
			return fmt.Errorf("read events: %w", err)
		}
		if !slices.EqualFunc(want, has, sameEvent) {
			return fmt.Errorf("the events after number %d are not those of the original; was one of the stores in use?", there)
		}
		if len(want) == 0 {
			return nil
		}
		here, there = want[len(want)-1].Number, has[len(has)-1].Number
	}
}

func sameEvent(a, b store.Event) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.Owner == b.Owner && a.Time == b.Time
}
