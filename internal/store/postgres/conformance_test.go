package postgres_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"

	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
	"kith/internal/store/storetest"
)

// source gives all tests of the package that kill nothing their databases.
var source pgtest.Source

func TestMain(m *testing.M) {
	flag.Parse()
	limitChecks()
	code := m.Run()
	if err := source.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// limitChecks makes random runs fewer than usual, unless the command line says
// how many: each step costs a database on its socket some milliseconds.
func limitChecks() {
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		if err := flag.Set("rapid.checks", "12"); err != nil {
			panic(err)
		}
	}
}

// A rig opens stores on databases, which it uses again once their stores are
// closed.
type rig struct {
	mu        sync.Mutex
	databases map[store.Store]string
}

func (r *rig) new(t storetest.TB) store.Store {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for s, dsn := range r.databases {
		if err := s.Ping(context.Background()); errors.Is(err, store.ErrClosed) {
			delete(r.databases, s)
			source.Give(dsn)
		}
	}
	dsn, err := source.Take()
	if err != nil {
		t.Fatal(err)
	}
	return r.open(t, dsn)
}

func (r *rig) reopen(t storetest.TB, s store.Store) store.Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	dsn := r.databases[s]
	delete(r.databases, s)
	return r.open(t, dsn)
}

func (r *rig) open(t storetest.TB, dsn string) store.Store {
	t.Helper()
	s, err := open(dsn, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.databases == nil {
		r.databases = map[store.Store]string{}
	}
	r.databases[s] = dsn
	return s
}

// open makes the tables if need be, and spreads them where that is possible.
func open(dsn string, o postgres.Options) (*postgres.Store, error) {
	citus, err := pgtest.Citus(dsn)
	if err != nil {
		return nil, err
	}
	if citus {
		o.Distribute = postgres.Citus
	}
	o.Migrate = true
	return postgres.Open(context.Background(), dsn, o)
}

func TestConformance(t *testing.T) {
	var r rig
	storetest.Run(t, storetest.Rig{New: r.new, Reopen: r.reopen})
}
