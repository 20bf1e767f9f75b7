package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// Variable names the environment variable with the connection string of a
// database that tests are to use instead of a cluster of their own. Each test
// gets a schema there, and removes it.
const Variable = "KITH_TEST_POSTGRES"

// A Source gives tests empty databases: those of a cluster of its own, or
// schemas of the one that [Variable] names.
type Source struct {
	Options Options

	mu      sync.Mutex
	cluster *Cluster
	schemas []string
	free    []string // databases with tables and without rows
}

// Take returns how to connect to a database that has no rows, and perhaps no
// tables either.
func (s *Source) Take() (dsn string, err error) {
	s.mu.Lock()
	if last := len(s.free) - 1; last >= 0 {
		dsn, s.free = s.free[last], s.free[:last]
		s.mu.Unlock()
		return dsn, Exec(dsn, deleteRows)
	}
	s.mu.Unlock()
	return s.New()
}

// Give lets a database that nobody is connected to any more be taken again. It
// must have no tables but those of Kith.
func (s *Source) Give(dsn string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free = append(s.free, dsn)
}

// deleteRows empties every table but the one that tells which tables there are.
const deleteRows = `do $$ declare name text; begin
	for name in select tablename from pg_tables where schemaname = current_schema() and tablename <> 'kith_schema' loop
		execute format('delete from %I', name);
	end loop;
end $$`

// New returns how to connect to a database without tables.
func (s *Source) New() (dsn string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if external := os.Getenv(Variable); external != "" {
		schema := "kith_test_" + strings.ToLower(rand.Text()[:12])
		if dsn, err = withSchema(external, schema); err != nil {
			return "", err
		}
		s.schemas = append(s.schemas, schema)
		return dsn, Exec(external, "create schema "+schema)
	}
	if s.cluster == nil {
		if s.cluster, err = Start(s.Options); err != nil {
			return "", err
		}
	}
	return s.cluster.NewDatabase()
}

// withSchema names a schema in a connection string, to whose end more settings
// can then be added.
func withSchema(dsn, schema string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return "", errors.New(Variable + " must be a URL, as in postgres://user@host/database")
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// Citus tells whether a database has the extension, so that its tables are to
// be distributed.
func Citus(dsn string) (has bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := Connect(ctx, dsn)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	err = conn.QueryRow(ctx, "select exists (select 1 from pg_extension where extname = 'citus')").Scan(&has)
	return has, err
}

// Close removes what New made.
func (s *Source) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var failures error
	for _, schema := range s.schemas {
		if err := Exec(os.Getenv(Variable), "drop schema "+schema+" cascade"); err != nil {
			failures = errors.Join(failures, fmt.Errorf("drop schema %s: %w", schema, err))
		}
	}
	s.schemas = nil
	if s.cluster != nil {
		failures = errors.Join(failures, s.cluster.Stop())
		s.cluster = nil
	}
	return failures
}
