package embedded

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
	"kith/internal/store"
)

// A delivery stands under the kind of its state, and moves when that changes.
var deliveryKinds = map[store.DeliveryState]kind{store.Pending: kindPending, store.Delivered: kindDelivered, store.Dead: kindDead}

// Deliveries implements [store.Outbox].
func (s *Store) Deliveries(ctx context.Context, app chain.AppID, q store.DeliveryQuery) ([]store.Delivery, error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.deliveries(ctx, app, q)
}

func (s *Store) deliveries(ctx context.Context, app chain.AppID, q store.DeliveryQuery) (found []store.Delivery, err error) {
	t, err := s.outbox.get(app)
	if err != nil || t.none(q.State) {
		return nil, err
	}
	snapshot := s.db.NewSnapshot() // an event may go while its delivery is read
	defer closing(snapshot, &err)
	key := keyBuf{app: app}
	bounds, first, next := walkOf(&q, &key, t.last)
	it, err := snapshot.NewIter(bounds)
	if err != nil {
		return nil, err
	}
	defer closing(it, &err)
	for ok := first(it); ok && len(found) < q.Limit; ok = next(it) {
		d := store.Delivery{State: q.State}
		d.Number = numberOf(it.Key())
		if err := decodeDelivery(it.Value(), &d); err != nil {
			return nil, fmt.Errorf("delivery of event %d: %w", d.Number, err)
		}
		if err := readEvent(snapshot, &key, &d); err != nil {
			return nil, err
		}
		found = append(found, d)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return found, it.Error()
}

// none tells whether there are no deliveries in a state, without walking
// over what those that were there have left in the engine.
func (t *tally) none(state store.DeliveryState) bool {
	return state == store.Pending && t.pending == 0 || state == store.Dead && t.dead == 0
}

// A walk is how an iterator goes.
type walk func(*pebble.Iterator) bool

// walkOf is where and how to look for what q asks, up to the last event.
func walkOf(q *store.DeliveryQuery, key *keyBuf, last store.EventNumber) (bounds *pebble.IterOptions, first, next walk) {
	kind := deliveryKinds[q.State]
	if q.Descending {
		end := last + 1
		if q.Bound > 0 {
			end = min(end, q.Bound)
		}
		bounds = &pebble.IterOptions{LowerBound: slices.Clone(key.event(kind, 0)), UpperBound: slices.Clone(key.event(kind, end))}
		return bounds, (*pebble.Iterator).Last, (*pebble.Iterator).Prev
	}
	bounds = &pebble.IterOptions{LowerBound: slices.Clone(key.event(kind, min(q.Bound, last)+1)), UpperBound: slices.Clone(key.event(kind, last+1))}
	return bounds, (*pebble.Iterator).First, (*pebble.Iterator).Next
}

// readEvent reads the event of a delivery.
func readEvent(db pebble.Reader, key *keyBuf, d *store.Delivery) error {
	found, err := get(db, key.event(kindEvent, d.Number), func(b []byte) (err error) {
		d.Event.Event, err = decodeEvent(b)
		return err
	})
	if err == nil && !found {
		err = errCorrupt
	}
	if err != nil {
		return fmt.Errorf("event %d: %w", d.Number, err)
	}
	if d.Since == 0 {
		d.Since = d.Time
	}
	return nil
}

// Settle implements [store.Outbox].
func (s *Store) Settle(_ context.Context, app chain.AppID, settled []store.Delivery) error {
	return s.move(app, func(m *mover) error {
		for i := range settled {
			if err := m.settle(&settled[i]); err != nil {
				return fmt.Errorf("delivery of event %d: %w", settled[i].Number, err)
			}
		}
		return nil
	})
}

// A mover changes the state of deliveries of one app. Only one does at a time.
type mover struct {
	writer
	db            *pebble.DB
	pending, dead int               // how many more there are of them
	trimmed       store.EventNumber // the last event that is trimmed
}

// movers is how many apps can have deliveries changed side by side.
const movers = 64

func (s *Store) mover(app chain.AppID) *sync.Mutex { return &s.moving[app%movers] }

// move lets change change deliveries, all or none.
func (s *Store) move(app chain.AppID, change func(*mover) error) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	one := s.mover(app)
	one.Lock()
	defer one.Unlock()
	m := &mover{writer: writer{batch: s.db.NewBatch(), key: keyBuf{app: app}}, db: s.db}
	if err := errors.Join(change(m), m.err); err != nil {
		return errors.Join(err, m.batch.Close())
	}
	if m.batch.Empty() {
		return m.batch.Close()
	}
	if err := s.committer.commit(m.batch); err != nil {
		return err
	}
	s.outbox.moved(app, m)
	return nil
}

func (m *mover) has(kind kind, n store.EventNumber) (bool, error) {
	return get(m.db, m.key.event(kind, n), func([]byte) error { return nil })
}

// settle writes how a delivery fares, if its event is still there and it was
// not made to wait anew meanwhile.
func (m *mover) settle(d *store.Delivery) error {
	since := d.Since
	exists, err := get(m.db, m.key.event(kindEvent, d.Number), func(b []byte) error {
		if since > 0 {
			return nil
		}
		e, err := decodeEvent(b)
		since = e.Time
		return err
	})
	if err != nil || !exists {
		return err
	}
	var now store.Delivery
	waits, err := get(m.db, m.key.event(kindPending, d.Number), func(b []byte) error { return decodeDelivery(b, &now) })
	if err != nil || waits && now.Since > since {
		return err
	}
	return m.put(d)
}

// put sets the delivery of an event that is there.
func (m *mover) put(d *store.Delivery) error {
	if err := m.leave(d.Number); err != nil {
		return err
	}
	m.row = encodeDelivery(m.row, d)
	m.set(m.key.event(deliveryKinds[d.State], d.Number), m.row)
	m.counted(d.State, 1)
	return nil
}

// leave removes what stands of a delivery.
func (m *mover) leave(n store.EventNumber) error {
	for state, kind := range deliveryKinds {
		had, err := m.has(kind, n)
		if err != nil {
			return err
		}
		if had {
			m.delete(m.key.event(kind, n))
			m.counted(state, -1)
		}
	}
	return nil
}

func (m *mover) counted(state store.DeliveryState, n int) {
	switch state {
	case store.Pending:
		m.pending += n
	case store.Dead:
		m.dead += n
	}
}

// Replay implements [store.Outbox].
func (s *Store) Replay(ctx context.Context, app chain.AppID, last store.EventNumber, kinds chain.Kinds, now int64, limit int) (made int, next store.EventNumber, err error) {
	err = s.move(app, func(m *mover) error {
		looked := 0
		err := s.eachEvent(ctx, app, last, limit, func(e store.Event) (bool, error) {
			looked, next = looked+1, e.Number
			if !kinds.Has(e.Kind) {
				return true, nil
			}
			made++
			return true, m.put(&store.Delivery{Event: e, State: store.Pending, Since: now})
		})
		if looked < limit {
			next = 0
		}
		return err
	})
	return made, next, err
}

// Trim implements [store.Outbox].
func (s *Store) Trim(ctx context.Context, app chain.AppID, last store.EventNumber, before int64, limit int) (next store.EventNumber, err error) {
	err = s.move(app, func(m *mover) error {
		newest, err := s.outbox.get(app)
		if err != nil {
			return err
		}
		looked := 0
		err = s.eachEvent(ctx, app, last, limit, func(e store.Event) (bool, error) {
			if e.Time >= before || e.Number >= newest.last {
				return false, nil
			}
			looked, next = looked+1, e.Number
			wanted, err := m.wanted(e.Number, before)
			if err != nil || wanted {
				return true, err
			}
			m.trimmed = max(m.trimmed, e.Number)
			m.delete(m.key.event(kindEvent, e.Number))
			return true, m.leave(e.Number)
		})
		if m.trimmed > newest.trimmed {
			m.set(m.key.of("", kindTrimmed), binary.BigEndian.AppendUint64(nil, uint64(m.trimmed)))
		}
		if looked < limit {
			next = 0
		}
		return err
	})
	return next, err
}

// wanted tells whether the delivery of an event waits, or was given up since a
// time.
func (m *mover) wanted(n store.EventNumber, since int64) (bool, error) {
	waits, err := m.has(kindPending, n)
	if err != nil || waits {
		return waits, err
	}
	var d store.Delivery
	dead, err := get(m.db, m.key.event(kindDead, n), func(b []byte) error { return decodeDelivery(b, &d) })
	return dead && d.Last >= since, err
}
