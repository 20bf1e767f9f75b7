package main

import (
	"context"
	"sync"
	"time"

	"kith/internal/metrics"
	"kith/internal/store/embedded"
	"kith/internal/store/postgres"
	"kith/internal/webhook"
)

// publishStore makes the figures of the store part of the metrics.
func publishStore(m *metrics.Metrics, st *embedded.Store) {
	gauge := func(name, help string, f func(embedded.Stats) float64) {
		m.Gauge(name, help, func() float64 { return f(st.Stats()) })
	}
	counter := func(name, help string, f func(embedded.Stats) float64) {
		m.Counter(name, help, func() float64 { return f(st.Stats()) })
	}
	gauge("kith_store_row_cache_bytes", "Memory in use for rows as they are used.",
		func(s embedded.Stats) float64 { return float64(s.RowCacheBytes) })
	gauge("kith_store_cache_bytes", "Memory in use for blocks read from disk.",
		func(s embedded.Stats) float64 { return float64(s.BlockCacheBytes) })
	counter("kith_store_cache_hits_total", "Blocks found in the cache.",
		func(s embedded.Stats) float64 { return float64(s.BlockCacheHits) })
	counter("kith_store_cache_misses_total", "Blocks read from disk.",
		func(s embedded.Stats) float64 { return float64(s.BlockCacheMisses) })
	gauge("kith_store_memtable_bytes", "Memory in use for changes on their way to tables.",
		func(s embedded.Stats) float64 { return float64(s.MemtableBytes) })
	gauge("kith_store_disk_bytes", "Size of all files of the store.",
		func(s embedded.Stats) float64 { return float64(s.DiskBytes) })
	gauge("kith_store_commit_queue", "Changes that wait for the next sync.",
		func(s embedded.Stats) float64 { return float64(s.CommitQueue) })
	counter("kith_store_commits_total", "Changes committed.",
		func(s embedded.Stats) float64 { return float64(s.Commits) })
	counter("kith_store_syncs_total", "Syncs to disk; commits per sync is how well changes are grouped.",
		func(s embedded.Stats) float64 { return float64(s.Syncs) })
	counter("kith_store_compactions_total", "Rewrites of tables.",
		func(s embedded.Stats) float64 { return float64(s.Compactions) })
}

// publishPostgres makes the figures of a database part of the metrics, as this
// server sees it.
func publishPostgres(m *metrics.Metrics, st *postgres.Store) {
	gauge := func(name, help string, f func(postgres.Stats) float64) {
		m.Gauge(name, help, func() float64 { return f(st.Stats()) })
	}
	counter := func(name, help string, f func(postgres.Stats) float64) {
		m.Counter(name, help, func() float64 { return f(st.Stats()) })
	}
	gauge("kith_database_connections", "Connections to the database that are open.",
		func(s postgres.Stats) float64 { return float64(s.Connections) })
	gauge("kith_database_connections_max", "Connections to the database that may be open.",
		func(s postgres.Stats) float64 { return float64(s.MostConnections) })
	gauge("kith_database_connections_in_use", "Connections to the database that carry out something.",
		func(s postgres.Stats) float64 { return float64(s.InUse) })
	counter("kith_database_waits_total", "Reads and changes that waited for a connection.",
		func(s postgres.Stats) float64 { return float64(s.Waits) })
	counter("kith_database_wait_seconds_total", "Time that was spent waiting for a connection.",
		func(s postgres.Stats) float64 { return s.Waited.Seconds() })
	counter("kith_database_retries_total", "Transactions that a conflict or a lost connection ended, and that were tried again or given up.",
		func(s postgres.Stats) float64 { return float64(s.Retries) })
	counter("kith_database_slow_total", "Batches of statements that took so long that they were logged.",
		func(s postgres.Stats) float64 { return float64(s.SlowBatches) })
	gauge("kith_database_statement_timeout_seconds", "How long the database may take for one statement; 0 is any time.",
		func(s postgres.Stats) float64 { return s.StatementTimeout.Seconds() })
	gauge("kith_database_isolation_read_committed", "1: changes run under read committed, with their users locked.",
		func(postgres.Stats) float64 { return 1 })
}

// publishRelay publishes what waits to be sent, of all apps. A store that
// cannot be asked shows as nothing that waits; it shows itself elsewhere.
func publishRelay(m *metrics.Metrics, relay *webhook.Relay) {
	backlog := onceASecond(func() webhook.Backlog {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		b, err := relay.Backlog(ctx)
		if err != nil {
			return webhook.Backlog{}
		}
		return b
	})
	gauge := func(name, help string, value func(webhook.Backlog) float64) {
		m.Gauge(name, help, func() float64 { return value(backlog()) })
	}
	gauge("kith_webhook_pending", "Events that wait to be sent, of all apps.", func(b webhook.Backlog) float64 { return float64(b.Pending) })
	gauge("kith_webhook_dead", "Events that were given up and are still kept, of all apps.", func(b webhook.Backlog) float64 { return float64(b.Dead) })
	gauge("kith_webhook_oldest_seconds", "Age of the oldest event that waits to be sent; 0 if none does.", func(b webhook.Backlog) float64 {
		if b.Oldest.IsZero() {
			return 0
		}
		return time.Since(b.Oldest).Seconds()
	})
}

// onceASecond calls f once a second at the most, and has its last result
// otherwise: several figures come from one look.
func onceASecond[V any](f func() V) func() V {
	var mu sync.Mutex
	var last V
	var at time.Time
	return func() V {
		mu.Lock()
		defer mu.Unlock()
		if at.IsZero() || time.Since(at) >= time.Second {
			last, at = f(), time.Now()
		}
		return last
	}
}
