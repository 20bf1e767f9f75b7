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

// An outbox knows how far the events of each app have come. The committer
// numbers them, one commit after the other, so that a number becomes visible
// only with all lower ones, and not before it is synced.
type outbox struct {
	db *pebble.DB

	mu   sync.Mutex
	apps map[chain.AppID]*tally
}

// A tally is what is counted of one app's events.
type tally struct {
	given         store.EventNumber // the last number that was given
	last          store.EventNumber // the last that is synced
	trimmed       store.EventNumber // the last that was trimmed
	fresh         int               // pending ones that are not synced
	pending, dead int
}

// openOutbox counts what db holds.
func openOutbox(db *pebble.DB) (*outbox, error) {
	o := &outbox{db: db, apps: map[chain.AppID]*tally{}}
	err := eachKey(db, firstAppKey, lastAppKey, func(key []byte) error {
		_, err := o.tally(chain.AppID(binary.BigEndian.Uint32(key[len(firstAppKey):])))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count events: %w", err)
	}
	return o, nil
}

// eachKey calls use with each key from low up to high.
func eachKey(db pebble.Reader, low, high []byte, use func([]byte) error) (err error) {
	it, err := db.NewIter(&pebble.IterOptions{LowerBound: low, UpperBound: high})
	if err != nil {
		return err
	}
	defer closing(it, &err)
	for ok := it.First(); ok; ok = it.Next() {
		if err := use(it.Key()); err != nil {
			return err
		}
	}
	return it.Error()
}

// tally returns the counts of an app, and makes them if it is new here.
func (o *outbox) tally(app chain.AppID) (*tally, error) {
	if t, ok := o.apps[app]; ok {
		return t, nil
	}
	t := &tally{}
	last, err := lastEvent(o.db, app)
	if err != nil {
		return nil, err
	}
	t.given, t.last = last, last
	if t.trimmed, err = readTrimmed(o.db, app); err != nil {
		return nil, err
	}
	for kind, count := range map[kind]*int{kindPending: &t.pending, kindDead: &t.dead} {
		prefix := slices.Clone((&keyBuf{app: app}).of("", kind))
		err := eachKey(o.db, prefix, after(prefix), func([]byte) error { *count++; return nil })
		if err != nil {
			return nil, err
		}
	}
	o.apps[app] = t
	return t, nil
}

// lastEvent is the highest number that stands in db; 0 if there is none.
func lastEvent(db pebble.Reader, app chain.AppID) (n store.EventNumber, err error) {
	prefix := slices.Clone((&keyBuf{app: app}).of("", kindEvent))
	it, err := db.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: after(prefix)})
	if err != nil {
		return 0, err
	}
	defer closing(it, &err)
	if !it.Last() {
		return 0, it.Error()
	}
	return numberOf(it.Key()), nil
}

func readTrimmed(db pebble.Reader, app chain.AppID) (n store.EventNumber, err error) {
	_, err = get(db, (&keyBuf{app: app}).of("", kindTrimmed), func(b []byte) error {
		if len(b) != 8 {
			return fmt.Errorf("number of the last trimmed event: %w", errCorrupt)
		}
		n = numberOf(b)
		return nil
	})
	return n, err
}

// numberOf is the number at the end of a key.
func numberOf(key []byte) store.EventNumber {
	return store.EventNumber(binary.BigEndian.Uint64(key[len(key)-8:]))
}

// add numbers events of app and sets their rows in batch.
func (o *outbox) add(batch *pebble.Batch, app chain.AppID, events []chain.Event) error {
	if len(events) == 0 {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	t, err := o.tally(app)
	if err != nil {
		return err
	}
	w := writer{batch: batch, key: keyBuf{app: app}}
	for i := range events {
		e := &events[i]
		t.given++
		w.row = encodeEvent(w.row, e)
		w.set(w.key.event(kindEvent, t.given), w.row)
		if e.Deliver {
			t.fresh++
			w.row = newRow(w.row)
			w.set(w.key.event(kindPending, t.given), w.row)
		}
	}
	return w.err
}

// synced shows the events of app that were numbered.
func (o *outbox) synced(app chain.AppID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t, ok := o.apps[app]; ok {
		t.last, t.pending, t.fresh = t.given, t.pending+t.fresh, 0
	}
}

// failed takes back the numbers that were given to events of app and not written.
func (o *outbox) failed(app chain.AppID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t, ok := o.apps[app]; ok {
		t.given, t.fresh = t.last, 0
	}
}

// moved adds to the counts of an app.
func (o *outbox) moved(app chain.AppID, m *mover) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if t, ok := o.apps[app]; ok {
		t.pending += m.pending
		t.dead += m.dead
		t.trimmed = max(t.trimmed, m.trimmed)
	}
}

// forget drops the counts of an app that was deleted.
func (o *outbox) forget(app chain.AppID) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.apps, app)
}

func (o *outbox) get(app chain.AppID) (tally, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	t, err := o.tally(app)
	if err != nil {
		return tally{}, err
	}
	return *t, nil
}

// Tell implements [store.Outbox].
func (s *Store) Tell(_ context.Context, app chain.AppID, events []chain.Event) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	return s.committer.commitEvents(s.db.NewBatch(), app, events)
}

// Events implements [store.Outbox].
func (s *Store) Events(ctx context.Context, app chain.AppID, last store.EventNumber, limit int) (events []store.Event, err error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	err = s.eachEvent(ctx, app, last, limit, func(e store.Event) (bool, error) {
		events = append(events, e)
		return true, nil
	})
	return events, err
}

// eachEvent hands events of app after last to use, until that wants no more;
// limit of them at most.
func (s *Store) eachEvent(ctx context.Context, app chain.AppID, last store.EventNumber, limit int, use func(store.Event) (more bool, err error)) error {
	t, err := s.outbox.get(app)
	if err != nil || limit <= 0 {
		return err
	}
	r := reader{db: s.db, key: keyBuf{app: app}}
	prefix := slices.Clone(r.key.of("", kindEvent))
	end := slices.Clone(r.key.event(kindEvent, t.last+1))
	return r.scan(r.key.event(kindEvent, min(last, t.last)+1), end, len(prefix), func(number, row []byte) (bool, error) {
		e, err := decodeEvent(row)
		if err != nil {
			return false, fmt.Errorf("event %d: %w", binary.BigEndian.Uint64(number), err)
		}
		limit--
		more, err := use(store.Event{Number: numberOf(number), Event: e})
		return more && limit > 0, errors.Join(err, ctx.Err())
	})
}

// Extent implements [store.Outbox].
func (s *Store) Extent(ctx context.Context, app chain.AppID) (x store.Extent, err error) {
	leave, err := s.enter()
	if err != nil {
		return x, err
	}
	defer leave()
	t, err := s.outbox.get(app)
	if err != nil {
		return x, err
	}
	x.Last, x.Trimmed, x.Pending, x.Dead = t.last, t.trimmed, t.pending, t.dead
	first, err := s.firstEvent(ctx, app)
	if err != nil {
		return x, err
	}
	x.First = first
	waiting, err := s.deliveries(ctx, app, store.DeliveryQuery{State: store.Pending, Limit: 1})
	if err == nil && len(waiting) > 0 {
		x.Oldest = waiting[0].Since
	}
	return x, err
}

// firstEvent is the lowest number that app has; 0 if there is none.
func (s *Store) firstEvent(ctx context.Context, app chain.AppID) (n store.EventNumber, err error) {
	err = s.eachEvent(ctx, app, 0, 1, func(e store.Event) (bool, error) {
		n = e.Number
		return false, nil
	})
	return n, err
}
