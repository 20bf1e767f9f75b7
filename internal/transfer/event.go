package transfer

import (
	"context"
	"fmt"

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
