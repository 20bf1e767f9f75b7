package admin_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"kith/internal/admin"
	"kith/internal/metrics"
	"kith/internal/store"
)

// A pingStore answers pings with err.
type pingStore struct {
	store.Store
	err error
}

func (s *pingStore) Ping(context.Context) error { return s.err }

func TestProbes(t *testing.T) {
	s := &pingStore{}
	a := admin.New(admin.Config{Store: s, Metrics: metrics.New()})
	ask := func(path string, wantStatus int, wantBody string) {
		t.Helper()
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != wantStatus || !strings.Contains(w.Body.String(), wantBody) {
			t.Errorf("GET %s = %d %s, want %d %s", path, w.Code, w.Body, wantStatus, wantBody)
		}
	}

	ask("/healthz", 200, `{"status":"ok"}`)
	ask("/readyz", 200, `{"status":"ok"}`)
	ask("/metrics", 200, "go_goroutines")
	ask("/", 404, "")

	s.err = errors.New("no \"disk\"")
	ask("/healthz", 200, `{"status":"ok"}`)
	ask("/readyz", 503, `{"status":"unavailable","reason":"no \"disk\""}`)

	s.err = nil
	ask("/readyz", 200, `{"status":"ok"}`)
	a.Drain()
	ask("/readyz", 503, `{"status":"unavailable","reason":"shutting down"}`)
	ask("/healthz", 200, `{"status":"ok"}`)
}

// TestDescription wants the checked-in description of the protocol, without a
// token.
func TestDescription(t *testing.T) {
	want, err := os.ReadFile("../../docs/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	admin.New(admin.Config{Store: &pingStore{}}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/openapi.json", nil))
	if w.Code != http.StatusOK || w.Body.String() != string(want) || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("got %d %v, %d bytes; want the %d bytes of docs/openapi.json", w.Code, w.Header(), w.Body.Len(), len(want))
	}
}
