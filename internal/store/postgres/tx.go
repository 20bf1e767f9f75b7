package postgres

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"kith/internal/chain"
	"kith/internal/store"
)

// A change reads what is committed at each statement: what it read is right
// because its users were locked before. A view reads one moment.
const (
	beginUpdate = "begin isolation level read committed"
	beginView   = "begin isolation level repeatable read read only"
)

// maxTries is how often a transaction is tried that others or a lost
// connection kept from ending.
const maxTries = 6

// endTimeout bounds the rollback of a transaction that nobody waits for.
const endTimeout = 5 * time.Second

// A tx is one transaction. It takes a connection with the first statements.
// It is not safe for concurrent use.
type tx struct {
	s     *Store
	app   chain.AppID
	begin string
	hold  store.Hold

	conn  *pgxpool.Conn
	began bool
	fresh []chain.UserID // held users whose rows were made to hold them, sorted
}

// View implements [store.Store].
func (s *Store) View(ctx context.Context, app chain.AppID, fn func(store.Reader) error) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	return s.retry(ctx, func() error {
		x := &tx{s: s, app: app, begin: beginView}
		defer x.end()
		return fn(x)
	})
}

// Update implements [store.Store].
func (s *Store) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	return s.retry(ctx, func() error {
		x := &tx{s: s, app: app, begin: beginUpdate, hold: hold}
		defer x.end()
		d, err := fn(x)
		if err != nil {
			return err
		}
		return x.write(ctx, d)
	})
}

// retry carries out a transaction until it ends for good. An error of the
// caller's own ends it at once.
func (s *Store) retry(ctx context.Context, transaction func() error) error {
	for try := 1; ; try++ {
		err := transaction()
		passing, ok := errors.AsType[*passing](err)
		if !ok {
			return err
		}
		s.retries.Add(1)
		if try == maxTries {
			return passing.err
		}
		if try > 1 && errors.Is(err, store.ErrAway) {
			// Not one connection was lost but the server: what others the pool has
			// are no better, and there may be more of them than tries.
			s.pool.Reset()
		}
		// A pause of a random length, so that those who met do not meet again.
		pause := time.NewTimer(time.Duration(rand.Int64N(int64(4*time.Millisecond) << try)))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
}

// queueBegin queues what must come before the first statement.
func (x *tx) queueBegin(b *pgx.Batch) {
	if !x.began {
		x.began = true
		b.Queue(x.begin)
		queueLocks(b, x.app, x.hold, &x.fresh)
	}
}

// write writes what changed and commits.
func (x *tx) write(ctx context.Context, d *chain.Draft) error {
	w := writer{app: int64(x.app)}
	x.queueBegin(&w.batch)
	before := w.batch.Len()
	if err := w.draft(d, x.fresh); err != nil {
		return err
	}
	if w.batch.Len() == before {
		return nil
	}
	return x.commit(ctx, &w, "write")
}

// commit sends what w has queued, and ends the transaction.
func (x *tx) commit(ctx context.Context, w *writer, label string) error {
	committed := false
	w.batch.Queue("commit").Exec(func(tag pgconn.CommandTag) error {
		if tag.String() != "COMMIT" {
			return fmt.Errorf("the database answered %q to a commit", tag)
		}
		committed = true
		return nil
	})
	err := x.send(ctx, &w.batch, label)
	if committed {
		return nil // what came after that changes nothing
	}
	return err
}

// send carries out a batch in one round trip. label says in the log what it
// was for.
func (x *tx) send(ctx context.Context, b *pgx.Batch, label string) error {
	if x.conn == nil {
		conn, err := x.s.acquire(ctx)
		if err != nil {
			return err
		}
		x.conn = conn
	}
	began := time.Now()
	err := x.conn.SendBatch(ctx, b).Close()
	x.s.noteSlow(ctx, label, b.Len(), time.Since(began))
	if demoted(err) {
		_ = x.conn.Conn().Close(ctx) // the pool makes another one, to whom the connection string then leads
	}
	if err != nil {
		return explainFailure(ctx, err, label)
	}
	return nil
}

// noteSlow logs statements that took long, with what they were for and without
// data. Work of the server's own has no command.
func (s *Store) noteSlow(ctx context.Context, label string, statements int, took time.Duration) {
	if took < s.slow {
		return
	}
	s.slowBatches.Add(1)
	s.log.Warn("slow statements", "command", store.CommandName(ctx), "for", label, "statements", statements, "took", took)
}

// end gives the connection back. A transaction that is open is rolled back
// when nobody waits any more: the answer does not depend on it.
func (x *tx) end() {
	conn := x.conn
	if conn == nil {
		return
	}
	if raw := conn.Conn().PgConn(); raw.IsClosed() || raw.IsBusy() || raw.TxStatus() == 'I' {
		conn.Release()
		return
	}
	go func() {
		defer conn.Release()
		ctx, cancel := context.WithTimeout(context.Background(), endTimeout)
		defer cancel()
		// One that cannot be rolled back is dropped with its connection.
		_, _ = conn.Conn().PgConn().Exec(ctx, "rollback").ReadAll()
	}()
}

// acquire takes a connection from the pool, but does not wait for long.
func (s *Store) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	bounded, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	conn, err := s.pool.Acquire(bounded)
	switch {
	case err == nil:
		return conn, nil
	case ctx.Err() != nil:
		return nil, fmt.Errorf("wait for a connection to the database: %w", ctx.Err())
	case bounded.Err() != nil:
		return nil, fmt.Errorf("no connection to the database within %v: %w", s.wait, context.DeadlineExceeded)
	}
	return nil, explainFailure(ctx, err, "connect")
}
