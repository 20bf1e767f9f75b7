package load

import (
	"math"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// onBare is a target that answers everything, after whatever a test wants to
// be done, and a workload of one call.
func onBare(t *testing.T, before http.HandlerFunc) (*Target, *Workload) {
	t.Helper()
	bare := Bare(200)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if before != nil {
			before(w, r)
		}
		bare.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	target, err := NewTarget(server.URL, Credentials{AppID: 1, Secret: "s", Identifier: "administrator"}, "")
	if err != nil {
		t.Fatal(err)
	}
	return target, Check(target, 1000)
}

// TestOpenLoopCountsTheWait stalls a server for a while: what is due meanwhile
// must be measured from when it was due, though it is sent later, and calls
// that are never sent must be counted as missed. A generator that measured
// from the sending would see one slow call of many.
func TestOpenLoopCountsTheWait(t *testing.T) {
	const stall = 400 * time.Millisecond
	var calls atomic.Int64
	target, w := onBare(t, func(http.ResponseWriter, *http.Request) {
		if calls.Add(1) == 20 {
			time.Sleep(stall)
		}
	})
	// One call every 5 ms over one connection: 80 are due during the stall.
	run := Run{Connections: 1, Duration: time.Second, Rate: 200}
	f, err := run.Do(t.Context(), target, w)
	if err != nil || f.Failed() {
		t.Fatal(err, f)
	}
	if f.Latency.Max < stall.Microseconds() {
		t.Errorf("the longest call took %d µs, which is less than the stall", f.Latency.Max)
	}
	// They waited from all to nothing of the stall, half of it on average: of
	// some 200 calls 40 waited longer than half, so the 90th percentile did.
	if f.Latency.P90 < stall.Microseconds()/4 {
		t.Errorf("p90 is %d µs: the calls that waited for the stall were not measured from when they were due", f.Latency.P90)
	}
	wantDue(t, f, run.Rate)
}

// TestTogether adds up runs of which one is three times as fast as the other.
func TestTogether(t *testing.T) {
	round := func(calls int64, took time.Duration) *Figures {
		r := newRecorder(false)
		for range calls {
			r.add(&Call{Units: 2}, []byte(`{"ErrorCode":0}`), took)
		}
		r.errors[30006]++
		return measured{r, 2 * time.Second, 10 * time.Millisecond, 20 * time.Millisecond}.figures()
	}
	got := Together(round(300, time.Millisecond), round(100, 3*time.Millisecond))
	if got.Seconds != 4 || got.Calls != 400 || got.PerSecond != 100 || got.UnitsPerSecond != 200 || got.Errors[30006] != 2 {
		t.Errorf("got %+v, want 400 calls in 4 s", got)
	}
	if got.GeneratorCPU != 50 || got.ServerCPU != 100 {
		t.Errorf("a call took %.0f and %.0f µs of processors, want 50 and 100", got.GeneratorCPU, got.ServerCPU)
	}
	if got.Latency.P50 != 1000 || got.Latency.Max < 3000 || got.Latency.Mean < 1490 || got.Latency.Mean > 1510 {
		t.Errorf("got %+v, want three quarters at 1 ms and a quarter at 3", got.Latency)
	}
}

func TestOpenLoopCountsWhatItMissed(t *testing.T) {
	target, w := onBare(t, func(http.ResponseWriter, *http.Request) { time.Sleep(20 * time.Millisecond) })
	run := Run{Connections: 2, Duration: time.Second, Rate: 1000}
	f, err := run.Do(t.Context(), target, w)
	if err != nil || f.Failed() {
		t.Fatal(err, f)
	}
	wantDue(t, f, run.Rate)
	if can := 100 * f.Seconds; float64(f.Calls) > can+2 {
		t.Errorf("%d calls of a server that can do %.0f", f.Calls, can)
	}
}

// wantDue wants every call that was due to be either answered or missed. One
// may be under way when the measuring begins and when it ends.
func wantDue(t *testing.T, f *Figures, rate float64) {
	t.Helper()
	if due := float64(f.Calls + f.Missed); math.Abs(due-rate*f.Seconds) > 5 {
		t.Errorf("%d calls and %d missed of %.0f that were due", f.Calls, f.Missed, rate*f.Seconds)
	}
}

// TestClosedLoop makes as many calls as are answered, none of them in the time
// to warm up.
func TestClosedLoop(t *testing.T) {
	var calls atomic.Int64
	target, w := onBare(t, func(http.ResponseWriter, *http.Request) {
		calls.Add(1)
		time.Sleep(10 * time.Millisecond)
	})
	run := Run{Connections: 3, Warmup: time.Second, Duration: time.Second}
	f, err := run.Do(t.Context(), target, w)
	if err != nil || f.Failed() {
		t.Fatal(err, f)
	}
	if all := calls.Load(); f.Calls == 0 || f.Calls > all*3/4 {
		t.Errorf("%d calls were measured of %d, half of which were to warm up", f.Calls, all)
	}
	if f.Latency.P50 < 10_000 || f.Bytes != 200 {
		t.Errorf("median %d µs, %.0f bytes", f.Latency.P50, f.Bytes)
	}
}

func TestBrokenConnectionsFailTheRun(t *testing.T) {
	target, w := onBare(t, func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler) // cuts the connection
	})
	f, err := (&Run{Connections: 1, Duration: 200 * time.Millisecond}).Do(t.Context(), target, w)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Failed() || f.Cause == "" {
		t.Errorf("a broken connection is no error: %+v", f)
	}
}

// TestTurnedAway tells calls that a full server refuses from those it answers:
// in an open loop they are counted apart, in a closed one they are errors.
func TestTurnedAway(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"ActionStatus":"FAIL","ErrorCode":60008,"ErrorInfo":"","ErrorDisplay":""}`))
	}))
	defer server.Close()
	target, err := NewTarget(server.URL, Credentials{AppID: 1, Secret: "s", Identifier: "administrator"}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, rate := range []float64{0, 500} {
		f, err := (&Run{Connections: 2, Duration: 200 * time.Millisecond, Rate: rate}).Do(t.Context(), target, Check(target, 1000))
		if err != nil {
			t.Fatal(err)
		}
		if open := rate > 0; f.Failed() == open || (f.Away > 0) != open || (f.Calls > 0) == open {
			t.Errorf("rate %v: %d calls, %d turned away, errors %v", rate, f.Calls, f.Away, f.Errors)
		}
	}
}
