package postgres_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
	"kith/internal/store/storetest"
)

// TestDiskFull fills the disk that the tables are on. Changes fail with what
// the database says, nothing is half-written, questions are answered, and
// changes succeed again when there is room.
func TestDiskFull(t *testing.T) {
	if os.Getenv(pgtest.Variable) != "" {
		t.Skip("it fills the disk of its database, which must be its own")
	}
	c, err := pgtest.Start(pgtest.Options{SmallDisk: 16 << 20})
	if errors.Is(err, pgtest.ErrNoMount) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(); err != nil {
			t.Error(err)
		}
	})
	dsn, err := c.NewDatabase()
	if err != nil {
		t.Fatal(err)
	}
	dsn += "&default_tablespace=small"
	s := openOne(t, dsn, postgres.Options{NoStatistics: true})
	app := smallApp()
	owners, peers := importUsers(t, s, app, "owner", 50), importUsers(t, s, app, "peer", 1000)
	// A statement that fails leaves the room it took until it is cleaned up.
	exec(t, dsn, "create table ballast (b text)")
	err = pgtest.Exec(dsn, "insert into ballast select repeat(md5(i::text), 50) from generate_series(1, 100000) i")
	if err == nil {
		t.Fatal("the disk is larger than it should be")
	}
	written := 0
	for _, owner := range owners {
		if _, err = store.Do(t.Context(), s, app, time.Unix(1700000000, 0), friendAdd(owner, peers)); err != nil {
			break
		}
		written++
	}
	if err == nil || !strings.Contains(err.Error(), "No space left on device") || strings.Contains(err.Error(), "peer") {
		t.Fatalf("after %d changes: %v, want to be told that no space is left, without data", written, err)
	}
	if errors.Is(err, store.ErrUncertain) || errors.Is(err, store.ErrConflict) {
		t.Errorf("%v: what was written is known", err)
	}
	for _, r := range do(t, s, app, &chain.FriendCheck{Owner: owners[written], Peers: peers, Both: true}) {
		if r.Forward || r.Back {
			t.Fatalf("a friendship of the change that failed is there: %+v", r)
		}
	}
	exec(t, dsn, "drop table ballast")
	for _, r := range do(t, s, app, friendAdd(owners[written], peers)) {
		if r.Fault != chain.OK {
			t.Fatalf("with room again: %v", r.Fault)
		}
	}
	if found, err := storetest.Audit(t.Context(), s, app); err != nil || len(found) > 0 {
		t.Errorf("audit: %v %.2000q", err, found)
	}
}
