package metrics

import (
	"context"
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kith/internal/chain"
	"kith/internal/store"
)

// operations of a store that are measured.
const (
	view = iota
	update
	operations
)

var operationNames = [operations]string{view: "view", update: "update"}

// outcomes of an operation.
const (
	done     = iota // read, or written and synced
	declined        // ended by its caller without a write: a refusal by the rules, or a new attempt that holds more users
	conflict        // store.ErrConflict
	closed          // store.ErrClosed
	canceled        // given up by the client or out of time
	failed          // the database did not do as it should
	outcomes
)

var outcomeNames = [outcomes]string{done: "done", declined: "declined", conflict: "conflict", closed: "closed", canceled: "canceled", failed: "failed"}

// storeMetrics measure the operations of a store. Every combination of labels
// is made at the start.
type storeMetrics struct {
	operations *prometheus.CounterVec
	took       *prometheus.HistogramVec
	everybody  prometheus.Counter

	counters  [operations][outcomes]prometheus.Counter
	observers [operations]prometheus.Observer
}

func newStoreMetrics() *storeMetrics {
	m := &storeMetrics{
		operations: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_store_operations_total",
			Help: "Reads (view) and changes (update) of the store, by outcome.",
		}, []string{"operation", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kith_store_duration_seconds",
			Help:    "Time a read or a change of the store took, the wait for users held by others and for the sync included.",
			Buckets: []float64{.00001, .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3, 10},
		}, []string{"operation"}),
		everybody: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kith_store_everybody_held_total",
			Help: "Changes that held all users for a moment, because others befriended whom they were about faster than he could be held.",
		}),
	}
	for op, name := range operationNames {
		m.observers[op] = m.took.WithLabelValues(name)
		for out, outcome := range outcomeNames {
			m.counters[op][out] = m.operations.WithLabelValues(name, outcome)
		}
	}
	return m
}

// WrapStore returns s with its View and Update measured.
func (m *Metrics) WrapStore(s store.Store) store.Store {
	if m == nil {
		return s
	}
	return &measured{s, m.store}
}

// measured is a store that is measured.
type measured struct {
	store.Store
	m *storeMetrics
}

// View implements [store.Store].
func (s *measured) View(ctx context.Context, app chain.AppID, fn func(store.Reader) error) error {
	o := operation{began: time.Now()}
	err := s.Store.View(ctx, app, func(r store.Reader) error {
		o.Reader = r
		return o.note(fn(&o))
	})
	s.m.count(view, &o, err)
	return err
}

// Update implements [store.Store].
func (s *measured) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	if hold.All {
		s.m.everybody.Inc()
	}
	o := operation{began: time.Now()}
	err := s.Store.Update(ctx, app, hold, func(r store.Reader) (*chain.Draft, error) {
		o.Reader = r
		d, err := fn(&o)
		return d, o.note(err)
	})
	s.m.count(update, &o, err)
	return err
}

// An operation is one View or Update under way. It stands between the caller
// and the store's reader, to tell a failure of the store from an error that
// the caller made.
type operation struct {
	store.Reader
	began      time.Time
	loadFailed bool
	callerMade bool // the error of the last run is the caller's own
}

// Load implements [store.Reader].
func (o *operation) Load(ctx context.Context, w *chain.Want, d *chain.Draft) error {
	err := o.Reader.Load(ctx, w, d)
	o.loadFailed = err != nil
	return err
}

// note remembers whose the error of a run is.
func (o *operation) note(err error) error {
	o.callerMade = err != nil && !o.loadFailed
	return err
}

func (m *storeMetrics) count(op int, o *operation, err error) {
	m.observers[op].Observe(time.Since(o.began).Seconds())
	m.counters[op][o.outcome(err)].Inc()
}

func (o *operation) outcome(err error) int {
	switch {
	case err == nil:
		return done
	case errors.Is(err, store.ErrConflict):
		return conflict
	case errors.Is(err, store.ErrClosed):
		return closed
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return canceled
	case o.callerMade:
		return declined
	}
	return failed
}
