package postgres_test

import (
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"

	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
)

// ownCluster is a cluster of one test alone, which may do to it what it likes.
func ownCluster(t testing.TB, o pgtest.Options) *pgtest.Cluster {
	t.Helper()
	c, err := pgtest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func exec(t testing.TB, dsn, sql string) {
	t.Helper()
	if err := pgtest.Exec(dsn, sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// pretendOld lets a database tell of an older version than it has, to whoever
// looks for functions in the schema old first.
const pretendOld = `create schema old;
	create function old.current_setting(name text) returns text language sql as $$
		select case name when 'server_version_num' then '120022' when 'server_version' then '12.22' else pg_catalog.current_setting(name) end $$`

// TestTroubleAtStart: what is wrong is said in one line, without the password.
func TestTroubleAtStart(t *testing.T) {
	if os.Getenv(pgtest.Variable) != "" {
		t.Skip("it makes roles and databases, for which it needs a cluster of its own")
	}
	c := ownCluster(t, pgtest.Options{})
	at := func(database, user string) string {
		return strings.ReplaceAll(c.DSN(database), "user=kith", "user="+user) + "&password=hunter2"
	}
	for _, made := range []string{"empty", "ready", "newer", "old", "readonly", "latin encoding 'LATIN1' template template0"} {
		exec(t, c.DSN("postgres"), "create database "+made)
	}
	exec(t, c.DSN("postgres"), `create role guest login; create role reader login`)
	migrated(t, c.DSN("ready"))
	migrated(t, c.DSN("newer"))
	exec(t, c.DSN("newer"), "insert into kith_schema (version_id, is_applied) values (99, true)")
	exec(t, c.DSN("empty"), "revoke create on schema public from public")
	exec(t, c.DSN("postgres"), "alter database readonly set default_transaction_read_only = on")
	exec(t, c.DSN("old"), pretendOld)
	for _, test := range []struct {
		what, dsn string
		options   postgres.Options
		want      string
	}{
		{"no port", "postgres://a:hunter2@host:port/x", postgres.Options{}, "invalid port"},
		{"no host", "postgres://a:hunter2/kith", postgres.Options{}, "connection string"},
		{"a password that is not escaped", "postgres://a:my@hunter2@host:port/x", postgres.Options{}, "connection string"},
		{"spaces", "host=/tmp password = hunter2 port=x", postgres.Options{}, "invalid port"},
		{"no connection string", "./hunter2", postgres.Options{}, "postgres://user@host/database"},
		{"nobody there", "postgres://kith:hunter2@127.0.0.1:1/kith", postgres.Options{}, "cannot be reached"},
		{"no such database", at("nothing", "kith"), postgres.Options{}, `database "nothing" does not exist`},
		{"no such user", at("ready", "stranger"), postgres.Options{}, `role "stranger" does not exist`},
		{"no tables", at("empty", "kith"), postgres.Options{}, "run kith migrate"},
		{"no right to make tables", at("empty", "guest"), postgres.Options{Migrate: true}, "permission denied for schema public"},
		{"no right to read", at("ready", "reader"), postgres.Options{}, "grants too few rights: permission denied for table"},
		{"newer tables", at("newer", "kith"), postgres.Options{Migrate: true}, "they have version 99"},
		{"another encoding", at("latin", "kith"), postgres.Options{Migrate: true}, "LATIN1"},
		{"an old server", at("old", "kith") + "&search_path=old,pg_catalog", postgres.Options{Migrate: true}, "is PostgreSQL 12.22; kith needs version 13"},
		{"a server that takes no writes", at("readonly", "kith"), postgres.Options{}, "takes no writes"},
		{"no Citus", at("ready", "kith"), postgres.Options{Distribute: postgres.Citus}, "no Citus extension"},
		{"another way to distribute", at("ready", "kith"), postgres.Options{Distribute: "magic"}, `not by "magic"`},
	} {
		s, err := postgres.Open(t.Context(), test.dsn, test.options)
		if err == nil {
			t.Errorf("%s: opened (%v)", test.what, s.Close())
			continue
		}
		text := err.Error()
		if !strings.Contains(text, test.want) || strings.Contains(text, "\n") || strings.Contains(text, "hunter2") {
			t.Errorf("%s: %q, want one line with %q and without the password", test.what, text, test.want)
		}
	}
	if _, err := postgres.Open(t.Context(), c.DSN("newer"), postgres.Options{}); !errors.Is(err, postgres.ErrNewerSchema) {
		t.Errorf("newer tables: %v, want ErrNewerSchema", err)
	}
}

func migrated(t testing.TB, dsn string) {
	t.Helper()
	if err := postgres.Migrate(t.Context(), dsn, postgres.Options{}); err != nil {
		t.Fatal(err)
	}
}

// TestMigrateAtOnce: servers that start together make the tables once.
func TestMigrateAtOnce(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	var servers sync.WaitGroup
	for range 4 {
		servers.Go(func() {
			s, err := open(dsn, postgres.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	servers.Wait()
}

// A logCatcher keeps what is logged.
type logCatcher struct {
	mu   sync.Mutex
	text strings.Builder
}

func (c *logCatcher) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(b)
}

// TestSlowStatements: they are logged with the command's name and without data.
func TestSlowStatements(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	var log logCatcher
	s, err := open(dsn, postgres.Options{Slow: 1, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	app := smallApp()
	importUsers(t, s, app, "secretperson", 3)
	if _, err := s.Leaving(t.Context(), app.ID, 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if text := log.text.String(); !strings.Contains(text, "command=AccountImport for=read") || !strings.Contains(text, "command=AccountImport for=write") || !strings.Contains(text, `for="list leaving users"`) || strings.Contains(text, "secretperson") {
		t.Errorf("logged:\n%s", text)
	}
}
