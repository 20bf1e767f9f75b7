package endtoend

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/client"
	"kith/internal/store/postgres/pgtest"
	"kith/wire"
)

// A crew is workers that make and end friendships among the same people, each
// those of pairs of its own, and remember what was answered.
type crew struct {
	people []wire.Account
	known  []knowledge

	mu               sync.Mutex
	answered, failed int
	stop             context.CancelFunc
	workers          sync.WaitGroup
}

func newCrew(t testing.TB, s *server, workers int) *crew {
	t.Helper()
	c := &crew{}
	for i := range people {
		c.people = append(c.people, wire.Account(fmt.Sprintf("p%03d", i)))
	}
	s.importAccounts(t, c.people)
	for w := range workers {
		mine := knowledge{}
		for i := range people {
			mine[pair{c.people[i], c.people[(i+w+1)%people]}] = apart
		}
		c.known = append(c.known, mine)
	}
	return c
}

// begin lets the workers call servers, in turn.
func (c *crew) begin(t *testing.T, servers ...*server) {
	ctx, stop := context.WithCancel(t.Context())
	c.stop = stop
	for w, mine := range c.known {
		c.workers.Go(func() { c.work(ctx, t, mine, servers[w%len(servers)]) })
	}
}

// work goes through the pairs, again and again, until it is stopped or its
// server is killed.
func (c *crew) work(ctx context.Context, t *testing.T, mine knowledge, s *server) {
	for ctx.Err() == nil && c.round(ctx, t, mine, s) {
		time.Sleep(time.Millisecond) // no spinning when all are uncertain
	}
}

// round makes or ends the friendship of each pair once, and tells whether to go
// on. A change that was made although its answer said it was not would be
// refused in the next round: they are friends already, or no friends.
func (c *crew) round(ctx context.Context, t *testing.T, mine knowledge, s *server) bool {
	for p, was := range mine {
		if ctx.Err() != nil {
			return false
		}
		if was == uncertain {
			continue
		}
		var err error
		next := friends
		if was == friends {
			err, next = s.unfriend(t.Context(), p.a, p.b), apart
		} else {
			err = s.befriend(t.Context(), p.a, p.b)
		}
		c.count(err)
		refusal, refused := errors.AsType[*wire.Error](err)
		switch {
		case err == nil:
			mine[p] = next
		case !refused: // killed
			mine[p] = uncertain
			return false
		case refusal.Code != wire.CodeInternal && refusal.Code != wire.CodeTimeout:
			t.Errorf("%v: %v", p, refusal)
			return false
		case strings.Contains(refusal.Info, "may have been made"):
			mine[p] = uncertain
		case !strings.Contains(refusal.Info, "try again"):
			t.Errorf("%v: %v: was the change made?", p, refusal)
			return false
		}
		if err != nil {
			time.Sleep(20 * time.Millisecond)
		}
	}
	return true
}

func (c *crew) count(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		c.answered++
	} else {
		c.failed++
	}
}

func (c *crew) counted() (answered, failed int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answered, c.failed
}

// awaitAnswers waits until so many more calls are answered with success.
func (c *crew) awaitAnswers(t testing.TB, n int) {
	t.Helper()
	before, _ := c.counted()
	within(t, patience, "calls that succeed", func() bool {
		answered, _ := c.counted()
		return answered >= before+n
	})
}

// end stops the workers and holds what the database has against what they know.
func (c *crew) end(t *testing.T, s *server) {
	t.Helper()
	c.stop()
	c.workers.Wait()
	verify(t, s, c.people, c.known)
}

// patience bounds what takes as long as it takes.
const patience = 30 * time.Second

// startAlone runs the program on a database, with a client that repeats nothing
// and a log without every call that fails.
func startAlone(t testing.TB, dsn string) *server {
	t.Helper()
	s := startOn(t, dsn, "--log-level", "error")
	s.Client = client.New(client.Config{BaseURL: s.url, AppID: appID, Secret: secret, Retries: -1})
	return s
}

// TestKillOneServer kills one of two servers under load, again and again. The
// other one goes on as if nothing had been: no call of its own fails or waits
// for users that the dead one held. No answered change is lost, and no
// friendship is one-sided.
func TestKillOneServer(t *testing.T) {
	dsn := newDatabase(t, pgtest.Options{Durable: true})
	survivor := startAlone(t, dsn)
	c := newCrew(t, survivor, 6)
	for range 4 {
		victim := startAlone(t, dsn)
		c.begin(t, survivor, victim)
		c.awaitAnswers(t, 30)
		_, before := c.counted()
		victim.kill(t)
		c.awaitAnswers(t, 30)
		if _, failed := c.counted(); failed > before+len(c.known)/2 {
			t.Errorf("%d calls failed, more than were under way at the server that was killed", failed-before)
		}
		c.end(t, survivor)
	}
	answered, failed := c.counted()
	t.Logf("%d changes were answered, %d calls failed", answered, failed)
	survivor.stop(t)
}

// TestDatabaseTrouble breaks connections off and crashes the database under the
// load of two servers. Calls fail with the documented codes, and succeed again
// by themselves; what an answer says was made was, and what it says was not
// made was not.
func TestDatabaseTrouble(t *testing.T) {
	if os.Getenv(pgtest.Variable) != "" {
		t.Skip("it crashes its database, which must be its own")
	}
	cluster, err := pgtest.Start(pgtest.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	dsn, err := cluster.NewDatabase()
	if err != nil {
		t.Fatal(err)
	}
	one, two := startAlone(t, dsn), startAlone(t, dsn)
	c := newCrew(t, one, 8)
	for _, trouble := range []func() error{
		func() error {
			return pgtest.Exec(dsn, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
		},
		func() error { return errors.Join(cluster.Down(pgtest.Immediate), cluster.Up()) },
	} {
		for range 2 {
			c.begin(t, one, two)
			c.awaitAnswers(t, 30)
			if err := trouble(); err != nil {
				t.Fatal(err)
			}
			c.awaitAnswers(t, 30)
			c.end(t, one)
		}
	}
	answered, failed := c.counted()
	t.Logf("%d changes were answered, %d calls failed", answered, failed)
	if failed == 0 {
		t.Error("no call failed: the test shows nothing")
	}
	one.stop(t)
	two.stop(t)
}

// TestPoolExhausted lets calls wait for a user that somebody else holds, until
// they have every connection. They and those that find none are answered 30007
// in the end, the database gets no more connections than it should, and calls
// succeed again when the user is let go.
func TestPoolExhausted(t *testing.T) {
	const conns, callers = 3, 40
	dsn := newDatabase(t, pgtest.Options{})
	s := startAlone(t, dsn+"&pool_max_conns="+fmt.Sprint(conns)+"&application_name=kith-pool")
	s.importAccounts(t, []wire.Account{"star", "fan"})
	conn, err := pgtest.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if _, err := conn.Exec(t.Context(), "begin; select from users where owner = 'star' for update"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			if err := s.befriend(t.Context(), "fan", "star"); codeOf(err) != wire.CodeTimeout {
				t.Errorf("answered %v, want %d", err, wire.CodeTimeout)
			}
		})
	}
	all.Wait()
	var open int
	err = conn.QueryRow(t.Context(), "select count(*) from pg_stat_activity where application_name = 'kith-pool' and datname = current_database()").Scan(&open)
	if err != nil || open > conns {
		t.Errorf("%d connections (%v), want at most %d", open, err, conns)
	}
	if _, err := conn.Exec(t.Context(), "rollback"); err != nil {
		t.Fatal(err)
	}
	within(t, patience, "a call succeeds again", func() bool { return s.befriend(t.Context(), "fan", "star") == nil })
	s.stop(t)
}
