package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrations are numbered; each is carried out once, in a transaction, and
// there is no way back.
//
//go:embed migrations/*.sql
var migrationFiles embed.FS

// versionTable notes which migrations were carried out.
const versionTable = "kith_schema"

// ErrNewerSchema says that a newer kith has changed the tables.
var ErrNewerSchema = errors.New("the tables of the database are newer than this kith")

// ErrOlderSchema says that the tables are not up to date.
var ErrOlderSchema = errors.New("the tables of the database are not up to date")

// Migrate brings the tables of the database up to date, and distributes them
// if o says so.
func Migrate(ctx context.Context, dsn string, o Options) error {
	o.fill()
	o.Migrate = true
	config, err := o.config(dsn)
	if err != nil {
		return err
	}
	return prepare(ctx, config.ConnConfig, &o)
}

// migrate carries out what is new, while others that want to do the same wait.
func migrate(ctx context.Context, config *pgx.ConnConfig) (err error) {
	db := stdlib.OpenDB(*config)
	defer func() { err = errors.Join(err, db.Close()) }()
	one, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return err
	}
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithSessionLocker(one), goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == insufficientPrivilege {
			return fmt.Errorf("the tables cannot be made: %s; grant it, or run kith migrate as a user who may and start with --migrate=false", refused.Message)
		}
		return fmt.Errorf("bring the tables up to date: %w", oneLine(err))
	}
	return nil
}

// newest is the version that the migrations lead to.
func newest() (version int64, err error) {
	files, err := fs.ReadDir(migrationFiles, "migrations")
	for _, file := range files {
		v, nameErr := goose.NumericComponent(file.Name())
		if nameErr != nil {
			return 0, nameErr
		}
		version = max(version, v)
	}
	return version, err
}

// checkSchema refuses tables of another version than this kith's.
func checkSchema(ctx context.Context, conn *pgx.Conn) error {
	want, err := newest()
	if err != nil {
		return err
	}
	var exists bool
	if err := conn.QueryRow(ctx, "select to_regclass($1) is not null", versionTable).Scan(&exists); err != nil {
		return explainConnect(err)
	}
	if !exists {
		return fmt.Errorf("%w: there are none; run kith migrate", ErrOlderSchema)
	}
	var has int64
	if err := conn.QueryRow(ctx, "select coalesce(max(version_id), 0) from "+versionTable+" where is_applied").Scan(&has); err != nil {
		return explainConnect(err)
	}
	switch {
	case has > want:
		return fmt.Errorf("%w: they have version %d, it knows up to %d; run a newer one", ErrNewerSchema, has, want)
	case has < want:
		return fmt.Errorf("%w: they have version %d, %d is needed; run kith migrate", ErrOlderSchema, has, want)
	}
	return nil
}

// distribute spreads the tables over the nodes of a Citus cluster, so that all
// rows of an owner stand on one node. Apps and leases stay on the coordinator.
func distribute(ctx context.Context, conn *pgx.Conn) error {
	for _, t := range allTables {
		done, err := distributed(ctx, conn, t.name)
		if err != nil {
			return err
		}
		if done {
			continue
		}
		with := users.name
		if t == &users {
			with = "none"
		}
		_, err = conn.Exec(ctx, "select create_distributed_table($1::regclass, 'owner', colocate_with => $2)", t.name, with)
		if err == nil {
			continue
		}
		// Another server may have done it at the same moment.
		if done, lookErr := distributed(ctx, conn, t.name); lookErr == nil && done {
			continue
		}
		return fmt.Errorf("distribute table %s: %w", t.name, explainConnect(err))
	}
	return nil
}

func distributed(ctx context.Context, conn *pgx.Conn, table string) (yes bool, err error) {
	err = conn.QueryRow(ctx, "select exists (select 1 from pg_dist_partition where logicalrelid = $1::regclass)", table).Scan(&yes)
	if err != nil {
		return false, fmt.Errorf("look for distributed tables: %w", explainConnect(err))
	}
	return yes, nil
}
