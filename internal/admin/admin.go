// Package admin serves the second listener, which is for the people and
// machines that keep the server running: is it up, can it be used, what does it
// count.
//
// It authenticates nobody. Whoever can connect to it can ask, so it belongs on
// an address that only the operator reaches.
package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"time"

	"kith/internal/metrics"
	"kith/internal/store"
)

// pingTimeout bounds how long /readyz waits for the store, so that a probe
// gets its answer before it gives up.
const pingTimeout = 2 * time.Second

// A Server answers
//   - GET /healthz: 200 as long as the process answers at all;
//   - GET /readyz: 200 while requests can be served, else 503 and the reason;
//   - GET /metrics: what [metrics.Metrics] counted.
type Server struct {
	mux      *http.ServeMux
	store    store.Store
	draining atomic.Bool
}

// New returns a server that is ready as long as s answers pings. m may be nil;
// then there is no /metrics.
func New(s store.Store, m *metrics.Metrics) *Server {
	a := &Server{mux: http.NewServeMux(), store: s}
	a.mux.HandleFunc("GET /healthz", a.health)
	a.mux.HandleFunc("GET /readyz", a.ready)
	a.mux.Handle("GET /metrics", m.Handler())
	return a
}

// ServeHTTP implements [http.Handler].
func (a *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// Drain makes /readyz say from now on that the server is shutting down, so that
// a load balancer sends it nothing new.
func (a *Server) Drain() { a.draining.Store(true) }

// A state is the answer to a probe.
type state struct {
	Status string `json:"status"` // "ok" or "unavailable"
	Reason string `json:"reason,omitempty"`
}

func (a *Server) health(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, state{Status: "ok"})
}

func (a *Server) ready(w http.ResponseWriter, r *http.Request) {
	if a.draining.Load() {
		answer(w, http.StatusServiceUnavailable, state{"unavailable", "shutting down"})
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), pingTimeout)
	defer cancel()
	if err := a.store.Ping(ctx); err != nil {
		answer(w, http.StatusServiceUnavailable, state{"unavailable", err.Error()})
		return
	}
	answer(w, http.StatusOK, state{Status: "ok"})
}

func answer(w http.ResponseWriter, status int, s state) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// An error here is that of a probe that went away.
	_ = json.NewEncoder(w).Encode(s)
}
