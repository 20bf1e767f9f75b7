// Package postgres keeps rows in a database that speaks PostgreSQL's protocol,
// so that several servers can share them. It knows the kinds of rows and no
// rule: no statement decides anything.
//
// A change costs two round trips, however many rows it is about: one batch
// that begins, locks the users owner by owner in sorted order and reads, and
// one that writes and commits. All rows of a user have its name as owner, the
// column by which a distributed database spreads them, and no statement in the
// path of a call joins rows of different owners.
package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"kith/internal/store"
)

// Options say how a store uses the database. The zero value works with one
// whose tables are there already.
type Options struct {
	// Migrate brings the tables up to date before the store is opened.
	Migrate bool

	// Distribute spreads the tables over the nodes of a Citus cluster, if it is
	// [Citus].
	Distribute string

	// Wait is how long a call may wait for a connection; 0 means 2 seconds.
	Wait time.Duration

	// StatementTimeout is how long the database may take for one statement; 0
	// means 5 seconds.
	StatementTimeout time.Duration

	// Slow is from when on a batch of statements is logged; 0 means 500 ms.
	Slow time.Duration

	// NoStatistics leaves it to the database alone to look at tables that grow.
	NoStatistics bool

	Log *slog.Logger // nil discards

	// Dial makes network connections; nil dials them plainly.
	Dial pgconn.DialFunc
}

// Citus is the extension that the tables can be distributed by.
const Citus = "citus"

const (
	defaultWait      = 2 * time.Second
	defaultStatement = 5 * time.Second
	defaultSlow      = 500 * time.Millisecond

	// defaultConns is how many connections a store uses at most, unless the
	// connection string says pool_max_conns.
	defaultConns = 16
)

// A Store is a [store.Store] on a database.
type Store struct {
	pool *pgxpool.Pool
	log  *slog.Logger
	wait time.Duration // for a connection
	slow time.Duration

	statement time.Duration // the database's timeout for one

	apps appCache

	retries, slowBatches atomic.Int64

	background sync.WaitGroup
	stop       context.CancelFunc // ends what is in the background

	// open is held shared by whoever uses the pool, and alone to close it.
	open   sync.RWMutex
	closed bool
}

var _ store.Store = (*Store)(nil)

// Open connects to the database that dsn names, a URL or key=value pairs as
// psql takes them, with pool_max_conns and its like for the pool. An error says
// in one line what is wrong, without the password.
func Open(ctx context.Context, dsn string, o Options) (*Store, error) {
	o.fill()
	config, err := o.config(dsn)
	if err != nil {
		return nil, err
	}
	if err := prepare(ctx, config.ConnConfig, &o); err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, explainConnect(err)
	}
	s := &Store{pool: pool, log: o.Log, wait: o.Wait, slow: o.Slow, statement: statementTimeout(config.ConnConfig)}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	if o.Distribute == "" && !o.NoStatistics {
		s.background.Go(func() { s.gatherStatistics(background) })
	}
	return s, nil
}

func (o *Options) fill() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	for _, d := range []struct {
		value *time.Duration
		unset time.Duration
	}{{&o.Wait, defaultWait}, {&o.StatementTimeout, defaultStatement}, {&o.Slow, defaultSlow}} {
		if *d.value == 0 {
			*d.value = d.unset
		}
	}
}

// enter keeps the pool open until leave is called.
func (s *Store) enter() (leave func(), err error) {
	s.open.RLock()
	if s.closed {
		s.open.RUnlock()
		return nil, store.ErrClosed
	}
	return s.open.RUnlock, nil
}

// Ping implements [store.Store].
func (s *Store) Ping(ctx context.Context) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	if err := s.pool.Ping(ctx); err != nil {
		return fmt.Errorf("%w: %w", store.ErrAway, oneLine(err))
	}
	return nil
}

// Close implements [store.Store].
func (s *Store) Close() error {
	s.open.Lock()
	defer s.open.Unlock()
	if !s.closed {
		s.closed = true
		s.stop()
		s.background.Wait()
		s.pool.Close() // waits for the connections in use
	}
	return nil
}

// Stats are figures of a store at one moment.
type Stats struct {
	Connections, MostConnections int32 // open; at most
	InUse                        int32
	Waits                        int64         // calls that had to wait for a connection
	Waited                       time.Duration // in all
	Retries                      int64         // transactions that were tried again, or given up
	SlowBatches                  int64         // batches that took long
	StatementTimeout             time.Duration // as the connection string has it, or the default
}

// Stats returns figures to be published.
func (s *Store) Stats() Stats {
	p := s.pool.Stat()
	return Stats{
		Connections: p.TotalConns(), MostConnections: p.MaxConns(), InUse: p.AcquiredConns(),
		Waits: p.EmptyAcquireCount(), Waited: p.EmptyAcquireWaitTime(),
		StatementTimeout: s.statement,
		Retries:          s.retries.Load(), SlowBatches: s.slowBatches.Load(),
	}
}
