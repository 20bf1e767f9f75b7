package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// A table that was never analyzed is taken for nearly empty, and reads of it are
// planned as walks over all rows of the app. The database notices by itself
// after a minute or so, in which a new one can get many rows: until then, the
// store looks every second.
const (
	firstLook = time.Second
	laterLook = 30 * time.Second
	looksSoon = 600

	// unknownTables are those that have some pages and no statistics.
	unknownTables = `select c.relname::text from pg_class c where c.oid = any (select to_regclass(name) from unnest($1::text[]) as t(name))
		and c.reltuples <= 0 and pg_relation_size(c.oid) > 65536`
)

// gatherStatistics has the database look at tables that it knows nothing of.
func (s *Store) gatherStatistics(ctx context.Context) {
	names := []string{"events"}
	for _, t := range allTables {
		names = append(names, t.name)
	}
	for look := 0; ; look++ {
		pause := firstLook
		if look > looksSoon {
			pause = laterLook
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if err := s.analyzeUnknown(ctx, names); err != nil && ctx.Err() == nil {
			s.log.Debug("gather statistics of tables", "err", err) // they come later, then
		}
	}
}

func (s *Store) analyzeUnknown(ctx context.Context, names []string) error {
	unknown, err := rowsOf(ctx, s, "look for statistics", unknownTables, pgx.RowTo[string], names)
	if err != nil {
		return err
	}
	for _, table := range unknown {
		if _, err := rowsOf(ctx, s, "gather statistics", "analyze "+pgx.Identifier{table}.Sanitize(), pgx.RowTo[string]); err != nil {
			return err
		}
	}
	return nil
}
