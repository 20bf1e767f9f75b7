package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
	"kith/internal/store"
)

// An appCache remembers the apps that were read last, so that looking for
// changes costs little: only the versions are read.
type appCache struct {
	mu       sync.Mutex
	versions []appVersion
	apps     []store.App
}

type appVersion struct {
	ID      int64
	Version int64
}

const appColumns = "id, name, enabled, secrets, admins, settings, webhook"

// Apps implements [store.Store].
func (s *Store) Apps(ctx context.Context) ([]store.App, error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	s.apps.mu.Lock()
	defer s.apps.mu.Unlock()
	var versions []appVersion
	err = s.retry(ctx, func() (err error) {
		versions, err = rowsOf(ctx, s, "read apps", "select id, version from apps order by id", pgx.RowToStructByPos[appVersion])
		return err
	})
	if err != nil {
		return nil, err
	}
	if s.apps.versions != nil && slices.Equal(versions, s.apps.versions) {
		return slices.Clone(s.apps.apps), nil
	}
	err = s.retry(ctx, func() (err error) {
		s.apps.apps, err = rowsOf(ctx, s, "read apps", "select "+appColumns+" from apps order by id", scanApp)
		return err
	})
	if err != nil {
		s.apps.versions = nil
		return nil, err
	}
	// An app that changed between the two is read again next time.
	s.apps.versions = versions
	return slices.Clone(s.apps.apps), nil
}

// rowsOf reads all rows of one statement.
func rowsOf[R any](ctx context.Context, s *Store, label, sql string, scan func(pgx.CollectableRow) (R, error), args ...any) ([]R, error) {
	conn, err := s.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	began := time.Now()
	rows, _ := conn.Query(ctx, sql, args...) // CollectRows returns its error
	all, err := pgx.CollectRows(rows, scan)
	s.noteSlow(ctx, label, 1, time.Since(began))
	if err != nil {
		return nil, explainFailure(ctx, err, label)
	}
	return all, nil
}

func scanApp(row pgx.CollectableRow) (a store.App, err error) {
	var settings, webhook []byte
	if err := row.Scan(&a.ID, &a.Name, &a.Enabled, &a.Secrets, &a.Admins, &settings, &webhook); err != nil {
		return a, err
	}
	a.Settings = chain.DefaultSettings() // for what the row does not say yet
	if err := errors.Join(json.Unmarshal(settings, &a.Settings), json.Unmarshal(webhook, &a.Webhook)); err != nil {
		return a, fmt.Errorf("app %d: %w", a.ID, err)
	}
	return a, nil
}

// UpdateApp implements [store.Store].
func (s *Store) UpdateApp(ctx context.Context, id chain.AppID, change func(store.App, bool) (store.App, error)) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	return s.retry(ctx, func() error {
		x := &tx{s: s, begin: beginUpdate}
		defer x.end()
		old, found, err := x.lockApp(ctx, id)
		if err != nil {
			return err
		}
		changed, err := change(old, found)
		if err != nil {
			return err
		}
		changed.ID = id
		return x.writeApp(ctx, &changed, found)
	})
}

// lockApp reads an app and keeps it from being changed by others.
func (x *tx) lockApp(ctx context.Context, id chain.AppID) (a store.App, found bool, err error) {
	var b pgx.Batch
	x.queueBegin(&b)
	b.Queue("select "+appColumns+" from apps where id = $1 for update", int64(id)).Query(func(rows pgx.Rows) error {
		a, err = pgx.CollectExactlyOneRow(rows, scanApp)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		found = err == nil
		return err
	})
	return a, found, x.send(ctx, &b, "read app")
}

// writeApp writes an app and commits. If it is new, and another server makes
// it at the same moment, all begins anew.
func (x *tx) writeApp(ctx context.Context, a *store.App, exists bool) error {
	settings, err := json.Marshal(&a.Settings)
	if err != nil {
		return fmt.Errorf("settings of app %d: %w", a.ID, err)
	}
	webhook, err := json.Marshal(&a.Webhook)
	if err != nil {
		return fmt.Errorf("webhook of app %d: %w", a.ID, err)
	}
	w := writer{}
	sql := "update apps set name = $2, enabled = $3, secrets = $4, admins = $5, settings = $6, webhook = $7, version = version + 1 where id = $1"
	if !exists {
		sql = "insert into apps (id, name, enabled, secrets, admins, settings, webhook, version) values ($1, $2, $3, $4, $5, $6, $7, " + firstVersion + ")"
	}
	secrets := append([]string{}, a.Secrets...) // none is empty, not null
	w.batch.Queue(sql, int64(a.ID), a.Name, a.Enabled, secrets, texts(a.Admins), string(settings), string(webhook))
	return x.commit(ctx, &w, "write")
}

// firstVersion of an app that is made is one that no app of that ID had
// before, so that one which was deleted and made anew is seen to be another.
const firstVersion = "(extract(epoch from clock_timestamp()) * 1000000)::bigint"

// deleteStep is how many owners' rows one step of deleting an app removes.
const deleteStep = 1000

// DeleteApp implements [store.Store]. The rows go in steps, the app with the
// last: a deletion that was cut off goes on when it is asked for again.
func (s *Store) DeleteApp(ctx context.Context, id chain.AppID) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	for {
		owners, err := s.owners(ctx, id, "", deleteStep)
		if err != nil {
			return err
		}
		if len(owners) == 0 {
			break
		}
		if err := s.deleteRows(ctx, id, owners); err != nil {
			return err
		}
	}
	return s.retry(ctx, func() error {
		x := &tx{s: s, begin: beginUpdate}
		defer x.end()
		w := writer{}
		x.queueBegin(&w.batch)
		w.batch.Queue("delete from events where app = $1", int64(id))
		w.batch.Queue("delete from event_numbers where app = $1", int64(id))
		w.batch.Queue("delete from apps where id = $1", int64(id))
		return x.commit(ctx, &w, "delete app")
	})
}

func (s *Store) deleteRows(ctx context.Context, id chain.AppID, owners []chain.UserID) error {
	return s.retry(ctx, func() error {
		x := &tx{s: s, begin: beginUpdate}
		defer x.end()
		w := writer{}
		x.queueBegin(&w.batch)
		for _, t := range allTables {
			w.batch.Queue("delete from "+t.name+" where app = $1 and owner = any($2::text[])", int64(id), texts(owners))
		}
		return x.commit(ctx, &w, "delete rows")
	})
}
