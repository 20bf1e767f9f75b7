package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

// Users implements [store.Store].
func (s *Store) Users(ctx context.Context, app chain.AppID, after chain.UserID, limit int) ([]chain.UserID, error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.owners(ctx, app, after, limit)
}

// owners lists who owns any row: those of each table, joined here, because a
// distributed database would join them more slowly.
func (s *Store) owners(ctx context.Context, app chain.AppID, after chain.UserID, limit int) (ids []chain.UserID, err error) {
	err = s.retry(ctx, func() error {
		x := &tx{s: s, app: app, begin: beginView}
		defer x.end()
		ids = nil
		l := loader{app: int64(app), fresh: &x.fresh}
		x.queueBegin(&l.batch)
		for _, t := range allTables {
			l.query("select distinct t.owner from "+t.name+" t where t.app = $1 and t.owner > $2 order by t.owner limit $3",
				[]any{string(after), int64(limit)}, collect(&ids, scanID))
		}
		return x.send(ctx, &l.batch, "list users")
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	return ids[:min(len(ids), limit)], nil
}

// Leaving implements [store.Store].
func (s *Store) Leaving(ctx context.Context, app chain.AppID, limit int) (ids []chain.UserID, err error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	err = s.retry(ctx, func() error {
		ids, err = rowsOf(ctx, s, "list leaving users", "select owner from users where app = $1 and leaving order by owner limit $2",
			pgx.RowTo[chain.UserID], int64(app), int64(limit))
		return err
	})
	return ids, err
}
