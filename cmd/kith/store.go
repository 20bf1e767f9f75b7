package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"kith/internal/metrics"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/postgres"
)

// databaseFlags say which database to use, and how.
type databaseFlags struct {
	Store      string `group:"data" placeholder:"URL" env:"KITH_STORE" help:"Keep the rows in a PostgreSQL database instead of --data, as in postgres://user@host/kith; servers may share it. The password can stand in PGPASSWORD or ~/.pgpass. See docs/scale.md."`
	Distribute string `group:"data" placeholder:"citus" env:"KITH_DISTRIBUTE" help:"Spread the tables of --store over the nodes of a cluster, by the extension Citus."`
}

// options are those of a PostgreSQL store.
func (f *databaseFlags) options(log *slog.Logger) postgres.Options {
	return postgres.Options{Distribute: f.Distribute, Log: log}
}

// startTimeout is how long a database may take until a server can start; the
// first time, its tables are made.
const startTimeout = 5 * time.Minute

// openStore opens the store that the flags name and publishes its figures.
func (c *serveCmd) openStore(ctx context.Context, log *slog.Logger, count *metrics.Metrics) (store.Store, error) {
	if c.Store == "" {
		st, err := embedded.Open(c.Data, embedded.Options{CacheSize: int64(c.CacheSize), Log: log})
		if err != nil {
			return nil, err
		}
		publishStore(count, st)
		return st, nil
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	o := c.options(log)
	o.Migrate = c.Migrate
	st, err := postgres.Open(ctx, c.Store, o)
	if err != nil {
		return nil, err
	}
	publishPostgres(count, st)
	if c.AdminListen != "" && c.AdminToken == "" {
		// The administrators' token is this server's own, and kept in a file.
		if err := os.MkdirAll(c.Data, 0o700); err != nil {
			return nil, errors.Join(err, st.Close())
		}
	}
	return st, nil
}

// warmingUp is 1 while users are read into memory after a start.
const warmingUp = "kith_store_warming_up"

// startWarmUp reads rows of a store in a directory into memory until the function
// it returns is called, so that calls find them there. They are answered without
// it as well, only later.
func (c *serveCmd) startWarmUp(st store.Store, count *metrics.Metrics, log *slog.Logger) (stop func()) {
	rows, ok := st.(*embedded.Store)
	if !ok || !c.WarmUp {
		return func() {}
	}
	var underWay atomic.Int32
	underWay.Store(1)
	count.Gauge(warmingUp, "1 while users are read into memory after a start.", func() float64 { return float64(underWay.Load()) })
	return inBackground(func(ctx context.Context) {
		begin := time.Now()
		users, err := rows.Warm(ctx)
		underWay.Store(0)
		switch {
		case err != nil:
			log.Warn("users are not read into memory ahead of calls", "cause", err)
		case ctx.Err() == nil && users > 0:
			log.Info("read users into memory", "users", users, "took", time.Since(begin).Round(time.Millisecond))
		}
	})
}

// migrateCmd brings the tables of a database up to date.
type migrateCmd struct {
	databaseFlags
}

// Help is what --help says below the flags.
func (migrateCmd) Help() string {
	return `A server does this by itself when it starts, unless it is told --migrate=false: when it has not the right to make tables, for instance. Tables never go back to an older version, so make a backup first.

Example:
  kith migrate --store postgres://owner@db.example.com/kith`
}

// Run migrates.
func (c *migrateCmd) Run() error {
	if c.Store == "" {
		return errors.New("--store is not set; only a PostgreSQL database needs this")
	}
	ctx, stop := context.WithTimeout(context.Background(), migrateTimeout)
	defer stop()
	return postgres.Migrate(ctx, c.Store, c.options(slog.New(slog.DiscardHandler)))
}

// migrateTimeout bounds a migration of many rows.
const migrateTimeout = 24 * time.Hour
