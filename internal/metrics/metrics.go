// Package metrics counts and times what the server does, for Prometheus.
//
// A label tells the kind of a thing, never the thing: there is no UserID, no
// SDKAppID and no secret in any of them, and the number of label values is
// bounded whatever is sent.
//
// A nil [*Metrics] counts nothing, so that whoever does not care passes none.
package metrics

import (
	"maps"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// maxSeries bounds the pairs of command and code that are counted one by one;
// the rest is counted together. The protocol has some hundred codes, of which
// a command answers few.
const maxSeries = 2048

// A Metrics is everything that one server counts. Make it with [New].
type Metrics struct {
	registry *prometheus.Registry
	store    *storeMetrics

	calls *prometheus.CounterVec
	took  *prometheus.HistogramVec

	webhooks    *prometheus.CounterVec
	webhookTook *prometheus.HistogramVec

	// series finds the counters of a call without making label values of it.
	// The map is replaced, never changed, so that a call reads it unlocked.
	series atomic.Pointer[map[callKey]*callSeries]
	adding sync.Mutex
}

type callKey struct {
	command string
	code    int
}

type callSeries struct {
	calls prometheus.Counter
	took  prometheus.Observer
}

// New returns metrics of their own, with those of the Go runtime and of the
// process.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_calls_total",
			Help: "Calls answered, by command and by the ErrorCode of the answer (0 = OK).",
		}, []string{"command", "code"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kith_call_duration_seconds",
			Help:    "Time from the first look at a call to its answer, by command.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3, 10},
		}, []string{"command"}),
		webhooks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_webhook_attempts_total",
			Help: "Attempts to tell or ask an app's back end, by the webhook's command and by what came of it: delivered, retry, dead, answered or failed.",
		}, []string{"command", "outcome"}),
		webhookTook: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kith_webhook_duration_seconds",
			Help:    "Time an attempt to reach an app's back end took, by the webhook's command.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3},
		}, []string{"command"}),
		store: newStoreMetrics(),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.calls, m.took, m.webhooks, m.webhookTook, m.store.operations, m.store.took, m.store.everybody)
	m.series.Store(&map[callKey]*callSeries{})
	return m
}

// Call counts one call of a command that was answered with code after took.
// command must come from a fixed table: the caller names all it does not know
// alike, "unknown".
func (m *Metrics) Call(command string, code int, took time.Duration) {
	if m == nil {
		return
	}
	key := callKey{command, code}
	s, ok := (*m.series.Load())[key]
	if !ok {
		s = m.add(key)
	}
	s.calls.Inc()
	s.took.Observe(took.Seconds())
}

// add makes the series of a pair that is counted for the first time.
func (m *Metrics) add(key callKey) *callSeries {
	m.adding.Lock()
	defer m.adding.Unlock()
	known := *m.series.Load()
	if s, ok := known[key]; ok {
		return s
	}
	if len(known) >= maxSeries {
		return m.newSeries("other", "other")
	}
	s := m.newSeries(key.command, strconv.Itoa(key.code))
	more := maps.Clone(known)
	more[key] = s
	m.series.Store(&more)
	return s
}

func (m *Metrics) newSeries(command, code string) *callSeries {
	return &callSeries{m.calls.WithLabelValues(command, code), m.took.WithLabelValues(command)}
}

// Webhook counts one attempt to reach an app's back end. command and outcome
// must come from fixed tables.
func (m *Metrics) Webhook(command, outcome string, took time.Duration) {
	if m == nil {
		return
	}
	m.webhooks.WithLabelValues(command, outcome).Inc()
	m.webhookTook.WithLabelValues(command).Observe(took.Seconds())
}

// Gauge publishes a value that rises and falls, as f gives it each time it is
// asked for. f may be called at any time, from several goroutines at once. A
// name that was published before is a programming error and panics.
func (m *Metrics) Gauge(name, help string, f func() float64) {
	if m == nil {
		return
	}
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, f))
}

// Counter publishes a value that only rises, under the terms of
// [Metrics.Gauge].
func (m *Metrics) Counter(name, help string, f func() float64) {
	if m == nil {
		return
	}
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, f))
}

// Handler answers with everything that was counted, in the text formats that
// Prometheus reads.
func (m *Metrics) Handler() http.Handler {
	if m == nil {
		return http.NotFoundHandler()
	}
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
