package postgres_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
	"kith/internal/store/storetest"
)

// cutOff breaks all connections of an application off.
func cutOff(name string) string {
	return "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '" + name + "' and datname = current_database() and pid <> pg_backend_pid()"
}

// TestIdleConnectionsCut breaks all connections off while nobody uses them, as
// the restart of a database does. Neither a question nor a change notices, though
// there are more dead connections than tries.
func TestIdleConnectionsCut(t *testing.T) {
	const conns, rounds, name = 12, 5, "kith-idle"
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	s := openOne(t, dsn+"&application_name="+name, postgres.Options{NoStatistics: true})
	app := smallApp()
	people := importUsers(t, s, app, "u", 1+rounds)
	other := connect(t, dsn)
	for i, call := range []func(peers []chain.UserID) error{
		func(peers []chain.UserID) error {
			_, err := store.Do(t.Context(), s, app, time.Unix(1700000000, 0), &chain.FriendCheck{Owner: people[0], Peers: peers, Both: true})
			return err
		},
		func(peers []chain.UserID) error {
			_, err := store.Do(t.Context(), s, app, time.Unix(1700000000, 0), friendAdd(people[0], peers))
			return err
		},
	} {
		// The pool drops connections that were idle for a second if they are dead,
		// and then the call meets none of them.
		met := false
		for round := 1; round <= rounds && !met; round++ {
			useAll(t, s, app, conns)
			if _, err := other.Exec(t.Context(), cutOff(name)); err != nil {
				t.Fatal(err)
			}
			before := s.Stats().Retries
			if err := call(people[round : round+1]); err != nil {
				t.Errorf("call %d: %v", i, err)
			}
			met = s.Stats().Retries > before
		}
		if !met {
			t.Errorf("call %d met no connection that was cut: the test shows nothing", i)
		}
	}
}

// connect makes a connection beside the store's, until the end of the test.
func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgtest.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return conn
}

// useAll uses so many connections at once.
func useAll(t *testing.T, s *postgres.Store, app *chain.App, conns int) {
	t.Helper()
	var inside, all sync.WaitGroup
	inside.Add(conns)
	for range conns {
		all.Go(func() {
			arrive := sync.OnceFunc(inside.Done) // a view may be run again
			err := s.View(t.Context(), app.ID, func(r store.Reader) error {
				err := r.Load(t.Context(), &chain.Want{Users: chain.Keys[chain.UserID]{"u000000"}}, &chain.Draft{})
				arrive()
				inside.Wait()
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	awaitIdle(t, s)
}

// TestGivenUp: a call whose time is up does not wait for users that others hold,
// and lets those go that it holds itself.
func TestGivenUp(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	s := openOne(t, dsn, postgres.Options{})
	app := smallApp()
	people := importUsers(t, s, app, "u", 3)
	other := connect(t, dsn)
	if _, err := other.Exec(t.Context(), "begin; select from users where owner = 'u000001' for update"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = store.Do(ctx, s, app, time.Unix(1700000000, 0), friendAdd(people[0], people[1:2]))
	if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, store.ErrUncertain) {
		t.Errorf("got %v, want DeadlineExceeded", err)
	}
	// The other one still holds u000001, and nobody u000000.
	if r := do(t, s, app, friendAdd(people[0], people[2:])); r[0].Fault != chain.OK {
		t.Error(r[0].Fault)
	}
	if _, err := other.Exec(t.Context(), "rollback"); err != nil {
		t.Fatal(err)
	}
	if r := do(t, s, app, friendAdd(people[0], people[1:2])); r[0].Fault != chain.OK {
		t.Error(r[0].Fault)
	}
}

// TestSilentServer: the database lets users go that are held by a server which
// fell silent. When that one goes on, it writes nothing that it made of what it
// had read before, or begins anew.
func TestSilentServer(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	silent := openOne(t, dsn+"&idle_in_transaction_session_timeout=200", postgres.Options{})
	other := openOne(t, dsn, postgres.Options{})
	app := smallApp()
	people := importUsers(t, other, app, "u", 3)
	holding, goOn, ended := make(chan struct{}), make(chan struct{}), make(chan error)
	hold := sync.OnceFunc(func() { close(holding) })
	go func() {
		ended <- silent.Update(t.Context(), app.ID, store.Hold{Writes: people[:1]}, func(r store.Reader) (*chain.Draft, error) {
			d := &chain.Draft{App: app}
			err := r.Load(t.Context(), &chain.Want{Users: people[:1]}, d)
			hold()
			<-goOn
			u, _ := d.Users.Get(people[0])
			u.RequestsSeen = 1
			d.Users.Put(people[0], u)
			return d, err
		})
	}()
	<-holding
	if r := do(t, other, app, friendAdd(people[0], people[1:])); r[0].Fault != chain.OK {
		t.Error(r[0].Fault)
	}
	close(goOn)
	if err := <-ended; err != nil && !errors.Is(err, store.ErrUncertain) {
		t.Error(err)
	}
	// Its row of people[0] had no friends.
	if found, err := storetest.Audit(t.Context(), other, app); err != nil || len(found) > 0 {
		t.Errorf("audit: %v %q", err, found)
	}
}
