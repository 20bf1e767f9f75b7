package postgres_test

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/postgres/pgtest"
)

// BenchmarkFriendAdd adds 1 and 1,000 friends, both sides, without syncs.
func BenchmarkFriendAdd(b *testing.B) {
	for _, items := range []int{1, 1000} {
		b.Run(fmt.Sprintf("items=%d", items), func(b *testing.B) {
			s, _, app := newCounted(b)
			app.Settings.MaxFriends = 1 << 30
			peers := importUsers(b, s, app, "peer", items)
			owners := importUsers(b, s, app, "owner", b.N)
			b.ResetTimer()
			for i := range b.N {
				do(b, s, app, friendAdd(owners[i], peers))
			}
		})
	}
}

// twoRows is the least that any way of keeping a friendship in this database
// must do: two rows, durable.
const twoRows = `\set a random(1, 1000000)
\set b random(1, 1000000)
begin;
insert into pairs (owner, peer, at) values ('u' || :a, 'u' || :b, 1) on conflict (owner, peer) do update set at = excluded.at;
insert into pairs (owner, peer, at) values ('u' || :b, 'u' || :a, 1) on conflict (owner, peer) do update set at = excluded.at;
commit;
`

var tps = regexp.MustCompile(`tps = ([0-9.]+)`)

// BenchmarkDurable adds one friend a call, both sides, durably, with 1, 16 and
// 64 callers, and beside it lets pgbench write the two rows alone.
func BenchmarkDurable(b *testing.B) {
	c, err := pgtest.Start(pgtest.Options{Durable: true})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := c.Stop(); err != nil {
			b.Error(err)
		}
	}()
	dsn, err := c.NewDatabase()
	if err != nil {
		b.Fatal(err)
	}
	s, err := postgres.Open(b.Context(), dsn+"&pool_max_conns=64", postgres.Options{Migrate: true, Wait: time.Minute})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}()
	app := smallApp()
	app.Settings.MaxFriends = 1 << 30
	people := importUsers(b, s, app, "user", 10000)
	exec(b, c.DSN("postgres"), "create table pairs (owner text, peer text, at bigint, primary key (owner, peer))")
	script, err := c.WriteFile("pairs.sql", twoRows)
	if err != nil {
		b.Fatal(err)
	}
	var next atomic.Int64
	for _, callers := range []int{1, 16, 64} {
		b.Run(fmt.Sprintf("kith/callers=%d", callers), func(b *testing.B) { benchDurable(b, c, s, app, people, callers, &next) })
		b.Run(fmt.Sprintf("pgbench/callers=%d", callers), func(b *testing.B) {
			out, err := c.Run("pgbench", "-n", "-M", "prepared", "-c", strconv.Itoa(callers), "-j", "2", "-T", "3", "-f", script, "postgres")
			if err != nil {
				b.Fatal(err)
			}
			rate, err := strconv.ParseFloat(string(tps.FindSubmatch(out)[1]), 64)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(rate, "calls/s")
			if err != nil {
				b.Fatal(err)
			}
		})
	}
}

// benchDurable makes friends of people, each pair once in a run.
func benchDurable(b *testing.B, c *pgtest.Cluster, s *postgres.Store, app *chain.App, people []chain.UserID, callers int, next *atomic.Int64) {
	serverBefore, databaseBefore := cpu(b, c)
	var all sync.WaitGroup
	var left atomic.Int64
	left.Store(int64(b.N))
	for range callers {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				n := int(next.Add(1))
				owner, peer := people[n%len(people)], people[(n+1+n/len(people))%len(people)]
				_, err := store.Do(b.Context(), s, app, time.Unix(1700000000, 0), friendAdd(owner, []chain.UserID{peer}))
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	server, database := cpu(b, c)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(float64((server-serverBefore).Microseconds())/float64(b.N), "µs-cpu-kith/op")
	b.ReportMetric(float64((database-databaseBefore).Microseconds())/float64(b.N), "µs-cpu-database/op")
}

// cpu is the processor time that this process and the database have used.
func cpu(b *testing.B, c *pgtest.Cluster) (server, database time.Duration) {
	b.Helper()
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	database, cpuErr := c.CPU()
	if err := errors.Join(err, cpuErr); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), database
}
