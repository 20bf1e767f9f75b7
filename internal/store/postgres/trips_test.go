package postgres_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
)

// A tripCounter counts round trips on the connections it dials: how often the
// server said that it is ready for more, which it does once for each batch.
type tripCounter struct {
	trips atomic.Int64
	store *postgres.Store // the one whose connections they are
}

func (c *tripCounter) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	return &countedConn{Conn: conn, trips: &c.trips}, err
}

type countedConn struct {
	net.Conn
	trips *atomic.Int64
	head  []byte // of the message that is being read
	body  int    // bytes of it that are still to come
}

// Read implements [net.Conn]. A message is a type, four bytes of length with
// themselves, and the rest.
func (c *countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	for rest := b[:n]; len(rest) > 0; {
		if c.body > 0 {
			skip := min(c.body, len(rest))
			c.body, rest = c.body-skip, rest[skip:]
			continue
		}
		c.head, rest = append(c.head, rest[0]), rest[1:]
		if len(c.head) == 5 {
			c.body = int(binary.BigEndian.Uint32(c.head[1:])) - 4
			if c.head[0] == 'Z' {
				c.trips.Add(1)
			}
			c.head = c.head[:0]
		}
	}
	return n, err
}

// newCounted opens a store whose round trips are counted, on its only
// connection, so that a statement is prepared once.
func newCounted(t testing.TB) (*postgres.Store, *tripCounter, *chain.App) {
	t.Helper()
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	var c tripCounter
	s, err := open(dsn+"&pool_max_conns=1", postgres.Options{Dial: c.dial, NoStatistics: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	c.store = s
	return s, &c, smallApp()
}

func smallApp() *chain.App { return &chain.App{ID: 1400000000, Settings: chain.DefaultSettings()} }

// count tells how many round trips a command takes once its statements are
// prepared.
func (c *tripCounter) count(t testing.TB, do func() error) int64 {
	t.Helper()
	awaitIdle(t, c.store)
	before := c.trips.Load()
	if err := do(); err != nil {
		t.Fatal(err)
	}
	awaitIdle(t, c.store)
	return c.trips.Load() - before
}

// awaitIdle waits for rollbacks that nobody waits for: until no connection is in
// use.
func awaitIdle(t testing.TB, s *postgres.Store) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); s.Stats().InUse > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d connections are still in use", s.Stats().InUse)
		}
	}
}

func do[A any](t testing.TB, s store.Store, app *chain.App, cmd chain.Command[A]) A {
	t.Helper()
	a, err := store.Do(t.Context(), s, app, time.Unix(1700000000, 0), cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return a
}

func friendAdd(owner chain.UserID, peers []chain.UserID) *chain.FriendAdd {
	c := &chain.FriendAdd{Owner: owner, Both: true}
	for _, id := range peers {
		c.Items = append(c.Items, chain.FriendAddItem{Peer: id, Source: "Web", List: "Home"})
	}
	return c
}

func importUsers(t testing.TB, s store.Store, app *chain.App, prefix string, n int) (ids []chain.UserID) {
	t.Helper()
	for len(ids) < n {
		c := &chain.AccountImport{}
		for range min(chain.MaxAccounts, n-len(ids)) {
			id := chain.UserID(fmt.Sprintf("%s%06d", prefix, len(ids)))
			ids = append(ids, id)
			c.Accounts = append(c.Accounts, chain.Account{ID: id})
		}
		do(t, s, app, c)
	}
	return ids
}
