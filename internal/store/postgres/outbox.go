package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
	"kith/internal/store"
)

// Events get their numbers after they were committed, from whoever looks at
// them next, one at a time for each app. So a number becomes visible only with
// all lower ones. Two events about one user are numbered in the order of their
// commits: the id of the second was drawn when the first was committed already,
// because the user was held, so whoever sees the second sees the first.
const (
	someNew = "select exists (select 1 from events where app = $1 and number is null)"

	lockNumbers = "insert into event_numbers (app, last) values ($1, 0) on conflict (app) do update set last = excluded.last where false"

	// The statement is a later one than that which waited for the lock, so it
	// sees what others numbered meanwhile.
	giveNumbers = `update events e set number = n.number
		from (select id, (select last from event_numbers where app = $1) + row_number() over (order by id) as number
			from events where app = $1 and number is null order by id limit $2) n
		where e.app = $1 and e.id = n.id`

	noteNumbers = `update event_numbers set last = greatest(last, (select coalesce(max(number), 0) from events where app = $1)) where app = $1`
)

// numberStep is how many events get their numbers in one transaction.
const numberStep = 10000

// numbered makes sure that every event of app that was committed before has
// its number.
func (s *Store) numbered(ctx context.Context, app chain.AppID) error {
	for {
		var some []bool
		err := s.retry(ctx, func() (err error) {
			some, err = rowsOf(ctx, s, "look for events", someNew, pgx.RowTo[bool], int64(app))
			return err
		})
		if err != nil || !some[0] {
			return err
		}
		err = s.transact(ctx, app, "number events", func(w *writer) {
			w.batch.Queue(lockNumbers, w.app)
			w.batch.Queue(giveNumbers, w.app, int64(numberStep))
			w.batch.Queue(noteNumbers, w.app)
		})
		if err != nil {
			return err
		}
	}
}

// transact carries out statements that read nothing, in one round trip. They
// do no harm when they are carried out twice.
func (s *Store) transact(ctx context.Context, app chain.AppID, label string, queue func(*writer)) error {
	return s.retry(ctx, func() error {
		x := &tx{s: s, app: app, begin: beginUpdate}
		defer x.end()
		w := writer{app: int64(app)}
		x.queueBegin(&w.batch)
		queue(&w)
		return x.commit(ctx, &w, label)
	})
}

// outboxRead is outbox for work that may be repeated, and is when it fails by no
// fault of its own.
func (s *Store) outboxRead(ctx context.Context, app chain.AppID, work func() error) error {
	return s.outbox(ctx, app, func() error { return s.retry(ctx, work) })
}

// outbox runs work on the events of app once they have their numbers.
func (s *Store) outbox(ctx context.Context, app chain.AppID, work func() error) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	if err := s.numbered(ctx, app); err != nil {
		return err
	}
	return work()
}

// Tell implements [store.Outbox].
func (s *Store) Tell(ctx context.Context, app chain.AppID, events []chain.Event) error {
	return s.Update(ctx, app, store.Hold{}, func(store.Reader) (*chain.Draft, error) {
		return &chain.Draft{Events: events}, nil
	})
}

// Events implements [store.Outbox].
func (s *Store) Events(ctx context.Context, app chain.AppID, after store.EventNumber, limit int) (events []store.Event, err error) {
	err = s.outboxRead(ctx, app, func() error {
		events, err = rowsOf(ctx, s, "read events", "select "+eventColumns+" from events where app = $1 and number > $2 order by number limit $3",
			func(row pgx.CollectableRow) (store.Event, error) { return scanEvent(row) }, int64(app), int64(after), int64(limit))
		return err
	})
	return events, err
}

const extent = `select coalesce((select min(number) from events where app = $1), 0), coalesce((select last from event_numbers where app = $1), 0),
	coalesce((select trimmed from event_numbers where app = $1), 0),
	(select count(*) from events where app = $1 and state = 1 and number is not null), (select count(*) from events where app = $1 and state = 3),
	coalesce((select case since when 0 then time else since end from events where app = $1 and state = 1 and number is not null order by number limit 1), 0)`

// Extent implements [store.Outbox].
func (s *Store) Extent(ctx context.Context, app chain.AppID) (x store.Extent, err error) {
	err = s.outboxRead(ctx, app, func() error {
		all, err := rowsOf(ctx, s, "count events", extent, func(row pgx.CollectableRow) (x store.Extent, err error) {
			err = row.Scan(&x.First, &x.Last, &x.Trimmed, &x.Pending, &x.Dead, &x.Oldest)
			return x, err
		}, int64(app))
		if err == nil {
			x = all[0]
		}
		return err
	})
	return x, err
}

const deliveryColumns = eventColumns + ", state, since, attempts, next, last, took, status, problem"

// Deliveries implements [store.Outbox].
func (s *Store) Deliveries(ctx context.Context, app chain.AppID, q store.DeliveryQuery) (found []store.Delivery, err error) {
	sql := "select " + deliveryColumns + " from events where app = $1 and state = $2 and state <> 0 and number > $3 order by number limit $4"
	if q.Descending {
		sql = "select " + deliveryColumns + " from events where app = $1 and state = $2 and state <> 0 and number < coalesce(nullif($3, 0), 9223372036854775807) order by number desc limit $4"
	}
	err = s.outboxRead(ctx, app, func() error {
		found, err = rowsOf(ctx, s, "read deliveries", sql, scanDelivery, int64(app), int64(q.State), int64(q.Bound), int64(q.Limit))
		return err
	})
	return found, err
}

func scanDelivery(row pgx.CollectableRow) (d store.Delivery, err error) {
	var took int64
	d.Event, err = scanEvent(row, &d.State, &d.Since, &d.Attempts, &d.Next, &d.Last, &took, &d.Status, &d.Problem)
	d.Took = time.Duration(took) * time.Microsecond
	if d.Since == 0 {
		d.Since = d.Time
	}
	return d, err
}

const settleDelivery = `update events set state = $3, since = $4, attempts = $5, next = $6, last = $7, took = $8, status = $9, problem = $10 where app = $1 and number = $2
	and not (state = 1 and since > coalesce(nullif($4::bigint, 0), time))`

// Settle implements [store.Outbox].
func (s *Store) Settle(ctx context.Context, app chain.AppID, settled []store.Delivery) error {
	if len(settled) == 0 {
		return nil
	}
	inOrder := slices.SortedFunc(slices.Values(settled), func(a, b store.Delivery) int { return cmp.Compare(a.Number, b.Number) })
	return s.outbox(ctx, app, func() error {
		return s.transact(ctx, app, "settle deliveries", func(w *writer) {
			for _, d := range inOrder {
				w.batch.Queue(settleDelivery, w.app, int64(d.Number), int64(d.State), d.Since, int64(d.Attempts), d.Next, d.Last, d.Took.Microseconds(), int64(d.Status), d.Problem)
			}
		})
	})
}

// replay makes events pending, among the next ones, and tells how many it
// looked at, the last of them, and how many it made so. It locks them in the
// order in which those lock them that settle deliveries.
const replay = `with looked as (select number, kind from events where app = $1 and number > $2 order by number limit $3 for update),
	made as (update events e set state = 1, since = $4, attempts = 0, next = 0, last = 0, took = 0, status = 0, problem = ''
		from looked l where e.app = $1 and e.number = l.number and e.kind = any($5::bigint[]) returning e.number)
	select (select count(*) from looked), coalesce((select max(number) from looked), 0), (select count(*) from made)`

// Replay implements [store.Outbox].
func (s *Store) Replay(ctx context.Context, app chain.AppID, after store.EventNumber, kinds chain.Kinds, now int64, limit int) (made int, next store.EventNumber, err error) {
	var numbers []int64
	for kind := chain.EventKind(0); kind < 16; kind++ { // as many as a set can have
		if kinds.Has(kind) {
			numbers = append(numbers, int64(kind))
		}
	}
	err = s.outboxRead(ctx, app, func() error {
		looked, err := rowsOf(ctx, s, "replay events", replay, func(row pgx.CollectableRow) (looked int, err error) {
			err = row.Scan(&looked, &next, &made)
			return looked, err
		}, int64(app), int64(after), int64(limit), now, numbers)
		if err == nil && looked[0] < limit {
			next = 0
		}
		return err
	})
	return made, next, err
}

const (
	oldEvents = `select number, time from events where app = $1 and number > $2 and number < (select last from event_numbers where app = $1) order by number limit $3`

	// An event may be made to wait again between the look at it and this.
	dropEvents = `with gone as (delete from events where app = $1 and number > $2 and number <= $3 and state <> 1 and not (state = 3 and last >= $4) returning number)
		update event_numbers set trimmed = greatest(trimmed, (select max(number) from gone)) where app = $1`
)

// Trim implements [store.Outbox].
func (s *Store) Trim(ctx context.Context, app chain.AppID, after store.EventNumber, before int64, limit int) (next store.EventNumber, err error) {
	err = s.outbox(ctx, app, func() error {
		type old struct {
			Number store.EventNumber
			Time   int64
		}
		var looked []old
		err := s.retry(ctx, func() (err error) {
			looked, err = rowsOf(ctx, s, "look for old events", oldEvents, pgx.RowToStructByPos[old], int64(app), int64(after), int64(limit))
			return err
		})
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(looked, func(e old) bool { return e.Time >= before }); i >= 0 {
			looked = looked[:i]
		}
		if len(looked) == 0 {
			return nil
		}
		end := looked[len(looked)-1].Number
		err = s.transact(ctx, app, "trim events", func(w *writer) {
			w.batch.Queue(dropEvents, w.app, int64(after), int64(end), before)
		})
		if err != nil {
			return fmt.Errorf("trim events: %w", err)
		}
		if len(looked) == limit {
			next = end
		}
		return nil
	})
	return next, err
}
