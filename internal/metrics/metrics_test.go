package metrics_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/metrics"
	"kith/internal/store"
)

func scrape(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("GET /metrics = %d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func wantLines(t *testing.T, got string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("no line %q in\n%s", line, got)
		}
	}
}

func TestCalls(t *testing.T) {
	m := metrics.New()
	m.Call("sns/friend_add", 0, 2*time.Millisecond)
	m.Call("sns/friend_add", 0, 20*time.Millisecond)
	m.Call("sns/friend_add", 30003, time.Millisecond)
	m.Call("unknown", 60009, time.Millisecond)
	wantLines(t, scrape(t, m),
		`kith_calls_total{code="0",command="sns/friend_add"} 2`,
		`kith_calls_total{code="30003",command="sns/friend_add"} 1`,
		`kith_calls_total{code="60009",command="unknown"} 1`,
		`kith_call_duration_seconds_bucket{command="sns/friend_add",le="0.0025"} 2`,
		`kith_call_duration_seconds_count{command="sns/friend_add"} 3`,
	)
}

// TestCallsAreBounded counts more kinds of calls than there can be.
func TestCallsAreBounded(t *testing.T) {
	m := metrics.New()
	for code := range 3000 {
		m.Call("sns/friend_add", code, time.Millisecond)
	}
	m.Call("sns/friend_add", 7, time.Millisecond)
	got := scrape(t, m)
	wantLines(t, got,
		`kith_calls_total{code="7",command="sns/friend_add"} 2`,
		`kith_calls_total{code="other",command="other"} 952`,
	)
	if n := strings.Count(got, "kith_calls_total{"); n != 2049 {
		t.Errorf("%d series of calls, want 2049", n)
	}
}

func TestGaugeAndCounter(t *testing.T) {
	m := metrics.New()
	m.Gauge("kith_test_bytes", "Bytes.", func() float64 { return 12 })
	m.Counter("kith_test_total", "Times.", func() float64 { return 34 })
	wantLines(t, scrape(t, m),
		"# TYPE kith_test_bytes gauge", "kith_test_bytes 12",
		"# TYPE kith_test_total counter", "kith_test_total 34",
		"# TYPE go_goroutines gauge", "# TYPE process_open_fds gauge",
	)
}

func TestNilCountsNothing(t *testing.T) {
	var m *metrics.Metrics
	m.Call("sns/friend_add", 0, time.Second)
	m.Gauge("kith_test", "", nil)
	m.Counter("kith_test", "", nil)
	s := &fakeStore{}
	if got := m.WrapStore(s); got != store.Store(s) {
		t.Errorf("WrapStore of nil metrics = %v, want the store itself", got)
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("Handler of nil metrics answers %d, want 404", w.Code)
	}
}

// A fakeStore runs what it is given, then fails with err, if there is one. Its
// reader fails with loadErr.
type fakeStore struct {
	store.Store
	err, loadErr error
}

func (s *fakeStore) View(_ context.Context, _ chain.AppID, fn func(store.Reader) error) error {
	return errors.Join(fn(s), s.err)
}

func (s *fakeStore) Update(_ context.Context, _ chain.AppID, _ store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	_, err := fn(s)
	return errors.Join(err, s.err)
}

func (s *fakeStore) Load(context.Context, *chain.Want, *chain.Draft) error { return s.loadErr }

func TestStoreOutcomes(t *testing.T) {
	broken := errors.New("disk on fire")
	for outcome, test := range map[string]struct{ store, load, caller error }{
		"done":     {},
		"declined": {caller: chain.NoSuchOwner},
		"conflict": {store: fmt.Errorf("friend_add: %w", store.ErrConflict)},
		"closed":   {store: store.ErrClosed},
		"canceled": {store: context.Canceled},
		"failed":   {store: broken},
	} {
		t.Run(outcome, func(t *testing.T) {
			checkOutcome(t, outcome, &fakeStore{err: test.store, loadErr: test.load}, test.caller)
		})
	}
	t.Run("failed load", func(t *testing.T) { checkOutcome(t, "failed", &fakeStore{loadErr: broken}, nil) })
}

func checkOutcome(t *testing.T, outcome string, under *fakeStore, callerErr error) {
	m := metrics.New()
	s := m.WrapStore(under)
	ctx := t.Context()
	run := func(r store.Reader) error {
		if err := r.Load(ctx, nil, nil); err != nil {
			return err
		}
		return callerErr
	}
	wantErr := errors.Join(under.err, under.loadErr, callerErr)
	for name, err := range map[string]error{
		"View":   s.View(ctx, 1, run),
		"Update": s.Update(ctx, 1, store.Hold{}, func(r store.Reader) (*chain.Draft, error) { return nil, run(r) }),
	} {
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Errorf("%s = %v, want %v", name, err, wantErr)
		}
	}
	wantLines(t, scrape(t, m),
		fmt.Sprintf("kith_store_operations_total{operation=%q,outcome=%q} 1", "view", outcome),
		fmt.Sprintf("kith_store_operations_total{operation=%q,outcome=%q} 1", "update", outcome),
		`kith_store_duration_seconds_count{operation="view"} 1`,
		`kith_store_duration_seconds_count{operation="update"} 1`,
	)
}

func TestEverybodyHeld(t *testing.T) {
	m := metrics.New()
	s := m.WrapStore(&fakeStore{})
	for _, hold := range []store.Hold{{Writes: []chain.UserID{"ann"}}, {All: true}} {
		if err := s.Update(t.Context(), 1, hold, func(store.Reader) (*chain.Draft, error) { return nil, nil }); err != nil {
			t.Fatal(err)
		}
	}
	wantLines(t, scrape(t, m), "kith_store_everybody_held_total 1")
}

// TestCallAllocatesNothing keeps the price of being counted off every request.
func TestCallAllocatesNothing(t *testing.T) {
	m := metrics.New()
	if n := testing.AllocsPerRun(1000, func() { m.Call("sns/friend_add", 0, time.Millisecond) }); n > 0 {
		t.Errorf("Call allocates %v times, want 0", n)
	}
}

func BenchmarkCall(b *testing.B) {
	m := metrics.New()
	b.ReportAllocs()
	for b.Loop() {
		m.Call("sns/friend_add", 0, time.Millisecond)
	}
}

func BenchmarkCallParallel(b *testing.B) {
	m := metrics.New()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			m.Call("sns/friend_add", 0, time.Millisecond)
		}
	})
}
