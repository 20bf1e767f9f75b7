// Package admin serves the second listener, which is for the people and
// machines that keep the server running: is it up, can it be used, what does it
// count, which apps are there and how are they set.
//
// Probes and counts are for whoever can connect. Everything under /v1, and
// /feed, wants the token, and whoever has that can read every secret, so the listener belongs on
// an address that only the operator reaches. Nothing of it is part of the
// protocol: it cannot call a command for anybody.
package admin

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"kith/internal/apps"
	"kith/internal/metrics"
	"kith/internal/openapi"
	"kith/internal/presence"
	"kith/internal/store"
	"kith/internal/webhook"
)

// pingTimeout bounds how long /readyz waits for the store, so that a probe
// gets its answer before it gives up.
const pingTimeout = 2 * time.Second

// Config says what a server works with. Store is required, and for anything
// under /v1 all the others but Metrics, Log and Now.
type Config struct {
	Store    store.Store
	Apps     *apps.Directory
	Presence *presence.Board
	Relay    *webhook.Relay   // with its store's bell
	Metrics  *metrics.Metrics // nil: there is no /metrics
	Token    string           // what callers of /v1 must know; empty lets nobody in
	Log      *slog.Logger     // nil discards
	Now      func() time.Time // nil means time.Now
}

// A Server answers
//   - GET /healthz: 200 as long as the process answers at all;
//   - GET /readyz: 200 while requests can be served, else 503 and the reason;
//   - GET /openapi.json: the description of the protocol;
//   - GET /metrics: what [metrics.Metrics] counted;
//   - the administrators' interface under /v1 (docs/administration.md);
//   - GET /feed: the events of an app as they happen, for administrators.
type Server struct {
	mux      *http.ServeMux
	config   Config
	token    [sha256.Size]byte
	draining atomic.Bool
	feeds    atomic.Int32 // under way
}

// New returns a server that is ready as long as the store answers pings.
func New(c Config) *Server {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	a := &Server{mux: http.NewServeMux(), config: c, token: sha256.Sum256([]byte(c.Token))}
	a.mux.HandleFunc("GET /healthz", a.health)
	a.mux.HandleFunc("GET /readyz", a.ready)
	a.mux.Handle("GET /metrics", c.Metrics.Handler())
	a.mux.HandleFunc("GET /openapi.json", a.describe)
	a.mux.Handle("/v1/", a.guard(a.routes()))
	feed := http.NewServeMux()
	feed.HandleFunc("GET /feed", a.feed)
	a.mux.Handle("/feed", a.guard(feed))
	return a
}

// describe answers with the description of the protocol.
func (a *Server) describe(w http.ResponseWriter, r *http.Request) {
	document, err := openapi.Document()
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(document) // whoever asked may have gone
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
	if err := a.config.Store.Ping(ctx); err != nil {
		answer(w, http.StatusServiceUnavailable, state{"unavailable", err.Error()})
		return
	}
	answer(w, http.StatusOK, state{Status: "ok"})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// An error here is that of a caller who went away.
	_ = json.NewEncoder(w).Encode(body)
}
