package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// A lease is measured by the clock of the database alone.
const takeLease = `insert into leases (name, holder, expires) values ($1, $2, clock_timestamp() + $3 * interval '1 microsecond')
	on conflict (name) do update set holder = excluded.holder, expires = excluded.expires
	where leases.holder = excluded.holder or leases.expires <= clock_timestamp()
	returning true`

// Lease implements [store.Store].
func (s *Store) Lease(ctx context.Context, name, holder string, ttl time.Duration) (held bool, err error) {
	leave, err := s.enter()
	if err != nil {
		return false, err
	}
	defer leave()
	err = s.retry(ctx, func() error {
		taken, err := rowsOf(ctx, s, "take a lease", takeLease, pgx.RowTo[bool], name, holder, ttl.Microseconds())
		held = len(taken) > 0 && ttl > 0
		return err
	})
	return held, err
}

// Shared implements [store.Store].
func (s *Store) Shared() bool { return true }
