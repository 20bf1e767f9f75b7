package postgres_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
)

// TestDeadlock lets somebody else, who does not lock users in order, get into a
// deadlock with a change. The database ends the change, and it is made anew.
func TestDeadlock(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	if citus, err := pgtest.Citus(dsn); err != nil || citus {
		t.Skipf("Citus ends the younger transaction of a deadlock, which is not always the change (%v)", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	// The database looks for a deadlock once, when a statement has waited for so
	// long. The other one waits longer than the change does, so that the change is
	// the one to notice, and has to get into the deadlock before that.
	other := connect(t, dsn)
	if _, err := other.Exec(ctx, "set deadlock_timeout = '2min'"); err != nil {
		t.Skip(err) // it takes a superuser
	}
	s := openOne(t, dsn+"&deadlock_timeout=4000&statement_timeout=30000", postgres.Options{})
	app := smallApp()
	importUsers(t, s, app, "u", 2) // u000000 and u000001
	if _, err := other.Exec(ctx, "begin; select from users where owner = 'u000001' for update"); err != nil {
		t.Fatal(err)
	}
	made := make(chan error, 1)
	go func() {
		r, err := store.Do(ctx, s, app, time.Unix(1700000000, 0), friendAdd("u000000", []chain.UserID{"u000001"}))
		if err == nil && r[0].Fault != chain.OK {
			err = r[0].Fault
		}
		made <- err
	}()
	awaitWaiter(t, other)
	if _, err := other.Exec(ctx, "select from users where owner = 'u000000' for update"); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Exec(ctx, "commit"); err != nil {
		t.Fatal(err)
	}
	if err := <-made; err != nil {
		t.Error(err)
	}
	if s.Stats().Retries == 0 {
		t.Error("there was no deadlock: the test shows nothing")
	}
}

// awaitWaiter waits until somebody waits for a row that the connection holds.
func awaitWaiter(t *testing.T, holder *pgx.Conn) {
	t.Helper()
	const query = "select exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))"
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		waiting := false
		if err := holder.QueryRow(t.Context(), query).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
		if waiting {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("nobody waits for a row")
		}
	}
}

// openOne opens a store that is closed at the end of the test.
func openOne(t *testing.T, dsn string, o postgres.Options) *postgres.Store {
	t.Helper()
	s, err := open(dsn, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestConflictWithoutEnd: a change that the database refuses to serialize is
// tried again some times, and then given up. Nothing of it is written.
func TestConflictWithoutEnd(t *testing.T) {
	if os.Getenv(pgtest.Variable) != "" {
		t.Skip("it makes a trigger, which a table on several nodes cannot have")
	}
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	s := openOne(t, dsn, postgres.Options{})
	app := smallApp()
	people := importUsers(t, s, app, "u", 2)
	exec(t, dsn, `create sequence tries;
		create function refuse() returns trigger language plpgsql as $$ begin
			perform nextval('tries');
			raise exception 'could not serialize access' using errcode = '40001';
		end $$;
		create trigger refuse before insert on friend_of for each row execute function refuse()`)
	_, err = store.Do(t.Context(), s, app, time.Unix(1700000000, 0), friendAdd(people[0], people[1:]))
	if !errors.Is(err, store.ErrConflict) {
		t.Errorf("got %v, want ErrConflict", err)
	}
	exec(t, dsn, "do $$ begin if (select last_value from tries) not between 2 and 20 then raise 'tried % times', (select last_value from tries); end if; end $$")
	if r := do(t, s, app, &chain.FriendCheck{Owner: people[0], Peers: people[1:], Both: true}); r[0].Forward || r[0].Back {
		t.Errorf("half of it was written: %+v", r[0])
	}
	exec(t, dsn, "drop trigger refuse on friend_of")
	if r := do(t, s, app, friendAdd(people[0], people[1:])); r[0].Fault != chain.OK {
		t.Errorf("afterwards: %v", r[0].Fault)
	}
}
