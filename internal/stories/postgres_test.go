package stories

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
)

// databases are what stories that run on PostgreSQL use, one after the other.
var databases struct {
	pgtest.Source
	mu   sync.Mutex
	free []*postgres.Store
	all  []*postgres.Store
}

func TestMain(m *testing.M) {
	code := m.Run()
	var failures error
	for _, s := range databases.all {
		failures = errors.Join(failures, s.Close())
	}
	if err := errors.Join(failures, databases.Close()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// A lentStore is given back when the story closes it.
type lentStore struct{ *postgres.Store }

// Close implements [store.Store].
func (s lentStore) Close() error {
	databases.mu.Lock()
	defer databases.mu.Unlock()
	databases.free = append(databases.free, s.Store)
	return nil
}

// borrowStore returns a store on a database that no other story uses meanwhile,
// with nothing of stories in it.
func borrowStore(*testing.T) (store.Store, error) {
	databases.mu.Lock()
	defer databases.mu.Unlock()
	if last := len(databases.free) - 1; last >= 0 {
		s := databases.free[last]
		databases.free = databases.free[:last]
		return lentStore{s}, s.DeleteApp(context.Background(), appID)
	}
	dsn, err := databases.New()
	if err != nil {
		return nil, err
	}
	o := postgres.Options{Migrate: true}
	citus, err := pgtest.Citus(dsn)
	if err != nil {
		return nil, err
	}
	if citus {
		o.Distribute = postgres.Citus
	}
	s, err := postgres.Open(context.Background(), dsn, o)
	if err != nil {
		return nil, err
	}
	databases.all = append(databases.all, s)
	return lentStore{s}, nil
}
