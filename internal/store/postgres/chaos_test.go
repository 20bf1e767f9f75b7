package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
	"kith/internal/store/storetest"
)

// A load is callers that make friends on several servers and note what was
// answered.
type load struct {
	t       *testing.T
	app     *chain.App
	stores  []store.Store
	answers []map[chain.UserID]error // of each caller, by peer
	done    atomic.Int64             // calls answered with success
	stop    atomic.Bool
	callers sync.WaitGroup
}

// startLoad begins to add friends, each with an owner of its own and all of
// them from the same peers.
func startLoad(t *testing.T, dsn string, servers, callers int) *load {
	t.Helper()
	l := &load{t: t, app: smallApp()}
	l.app.Settings.MaxFriends = 1 << 20
	for range servers {
		s, err := open(dsn, postgres.Options{})
		if err != nil {
			t.Fatal(err)
		}
		l.stores = append(l.stores, s)
	}
	peers := importUsers(t, l.stores[0], l.app, "peer", 1500)
	owners := importUsers(t, l.stores[0], l.app, "owner", callers)
	for i, owner := range owners {
		answers := map[chain.UserID]error{}
		l.answers = append(l.answers, answers)
		l.callers.Go(func() { l.call(l.stores[i%servers], owner, peers, answers) })
	}
	return l
}

func (l *load) call(s store.Store, owner chain.UserID, peers []chain.UserID, answers map[chain.UserID]error) {
	for _, peer := range peers {
		if l.stop.Load() {
			return
		}
		ctx, cancel := context.WithTimeout(l.t.Context(), 3*time.Second)
		r, err := store.Do(ctx, s, l.app, time.Unix(1700000000, 0), friendAdd(owner, []chain.UserID{peer}))
		cancel()
		if err == nil && r[0].Fault != chain.OK {
			err = r[0].Fault
		}
		answers[peer] = err
		if err == nil {
			l.done.Add(1)
		} else {
			time.Sleep(100 * time.Millisecond) // or a database that is down for long would use up the peers
		}
	}
}

// end stops the callers and looks at what is left: every friendship that was
// answered stands, and none is half.
func (l *load) end() (failed int) {
	l.t.Helper()
	l.stop.Store(true)
	l.callers.Wait()
	for i, answers := range l.answers {
		owner := chain.UserID(fmt.Sprintf("owner%06d", i))
		for peer, err := range answers {
			r := do(l.t, l.stores[0], l.app, &chain.FriendCheck{Owner: owner, Peers: []chain.UserID{peer}, Both: true})
			switch {
			case err == nil && !r[0].Forward:
				l.t.Errorf("%s and %s: answered, and lost", owner, peer)
			case r[0].Forward != r[0].Back:
				l.t.Errorf("%s and %s: half a friendship", owner, peer)
			}
			if err == nil {
				continue
			}
			failed++
			if !errors.Is(err, store.ErrAway) && !errors.Is(err, store.ErrUncertain) && !errors.Is(err, context.DeadlineExceeded) {
				l.t.Errorf("%s and %s: %v", owner, peer, err)
			}
			if r[0].Forward && !errors.Is(err, store.ErrUncertain) && !errors.Is(err, context.DeadlineExceeded) {
				l.t.Errorf("%s and %s: written, though the answer was %v", owner, peer, err)
			}
		}
	}
	if found, err := storetest.Audit(l.t.Context(), l.stores[0], l.app); err != nil || len(found) > 0 {
		l.t.Errorf("audit: %v %.2000q", err, found)
	}
	for _, s := range l.stores {
		if err := s.Close(); err != nil {
			l.t.Error(err)
		}
	}
	return failed
}

// awaitProgress waits until calls succeed again.
func (l *load) awaitProgress() {
	l.t.Helper()
	before, deadline := l.done.Load(), time.Now().Add(20*time.Second)
	for l.done.Load() < before+20 {
		if time.Now().After(deadline) {
			l.t.Fatal("calls do not succeed again")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestConnectionsCut breaks connections off under load.
func TestConnectionsCut(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	const name = "kith-cut" // other tests may use the same database
	l := startLoad(t, dsn+"&application_name="+name, 2, 6)
	for range 5 {
		l.awaitProgress()
		exec(t, dsn, cutOff(name))
	}
	l.awaitProgress()
	t.Logf("%d calls succeeded, %d failed", l.done.Load(), l.end())
}

// TestDatabaseCrash ends the database at once and starts it again, under load.
func TestDatabaseCrash(t *testing.T) {
	if os.Getenv(pgtest.Variable) != "" {
		t.Skip("it crashes its database, which must be its own")
	}
	c := ownCluster(t, pgtest.Options{Durable: true})
	dsn, err := c.NewDatabase()
	if err != nil {
		t.Fatal(err)
	}
	l := startLoad(t, dsn, 2, 6)
	for range 2 {
		l.awaitProgress()
		if err := errors.Join(c.Down(pgtest.Immediate), c.Up()); err != nil {
			t.Fatal(err)
		}
	}
	l.awaitProgress()
	t.Logf("%d calls succeeded, %d failed", l.done.Load(), l.end())
}

// TestPoolExhausted: who waits too long for a connection is told so in time.
func TestPoolExhausted(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := postgres.Open(t.Context(), dsn+"&pool_max_conns=1", postgres.Options{Migrate: true, Wait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), 1, func(r store.Reader) error {
		if err := r.Load(t.Context(), &chain.Want{Users: chain.Keys[chain.UserID]{"ann"}}, &chain.Draft{}); err != nil {
			return err
		}
		began := time.Now()
		_, err := s.Users(t.Context(), 1, "", 1)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 5*time.Second {
			t.Errorf("with every connection in use: %v after %v, want DeadlineExceeded soon", err, time.Since(began))
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
