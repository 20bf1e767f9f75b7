package load

import (
	"maps"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"kith/wire"
)

// A recorder takes down calls as they are answered. All connections share one:
// a lock that is held for the time of an addition costs less than the memory of
// a histogram for each.
type recorder struct {
	mu      sync.Mutex
	took    *hdrhistogram.Histogram // of what is measured as one, in microseconds
	calls   int64
	units   int64
	bytes   int64 // of answers
	refused int64 // calls or items, as they may be
	away    int64 // calls that the server turned away early
	open    bool  // whether that is no error: in an open loop
	errors  map[int]int64
	broken  error // the first error of a connection
}

// slowest is the longest time that the histograms tell from longer ones.
const slowest = 60 * time.Second

func newRecorder(open bool) *recorder {
	return &recorder{open: open, took: hdrhistogram.New(1, slowest.Microseconds(), 3), errors: map[int]int64{}}
}

// add takes down one answer. took is negative if it is not the last one of
// what is measured as one.
func (r *recorder) add(c *Call, answer []byte, took time.Duration) {
	refused, unexpected := judge(c, answer)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open && unexpected == wire.CodeRequestTimeout {
		r.away++
		return
	}
	r.calls++
	r.bytes += int64(len(answer))
	r.refused += int64(refused)
	if unexpected != 0 {
		r.errors[unexpected]++
		return
	}
	r.units += int64(c.Units)
	if took >= 0 {
		// Only a negative value is an error, and one beyond the last.
		_ = r.took.RecordValue(min(took, slowest).Microseconds())
	}
}

// fail takes down that a connection broke.
func (r *recorder) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors[Broken]++
	if r.broken == nil {
		r.broken = err
	}
}

// Broken stands among the codes of [Figures] for a connection that broke.
const Broken = -2

// Latency tells how long calls took, in microseconds.
type Latency struct {
	Mean float64 `json:"mean"`
	P50  int64   `json:"p50"`
	P90  int64   `json:"p90"`
	P99  int64   `json:"p99"`
	P999 int64   `json:"p99_9"`
	Max  int64   `json:"max"`
}

func latencyOf(h *hdrhistogram.Histogram) Latency {
	return Latency{
		Mean: h.Mean(), P50: h.ValueAtPercentile(50), P90: h.ValueAtPercentile(90),
		P99: h.ValueAtPercentile(99), P999: h.ValueAtPercentile(99.9), Max: h.Max(),
	}
}

// Figures are what one run measured.
type Figures struct {
	Seconds   float64 `json:"seconds"`
	Calls     int64   `json:"calls"`
	PerSecond float64 `json:"calls_per_second"`

	Units          int64   `json:"units,omitempty"` // of the workload's unit
	UnitsPerSecond float64 `json:"units_per_second,omitempty"`

	Latency Latency `json:"latency_us"`

	Bytes   float64       `json:"answer_bytes"`    // of an answer, on average
	Refused int64         `json:"refused"`         // calls or items refused as they may be: a friend already
	Errors  map[int]int64 `json:"errors"`          // by ErrorCode; Broken for connections
	Away    int64         `json:"turned_away"`     // open loop: answered that the server has too much to do; not among Calls
	Missed  int64         `json:"missed"`          // open loop: due within the run, but given up or not answered by its end
	Cause   string        `json:"cause,omitempty"` // why the first connection broke

	GeneratorCPU float64 `json:"generator_cpu_us"` // for one call
	ServerCPU    float64 `json:"server_cpu_us"`    // the same, 0 if it is not known

	of measured
}

// A measured is what figures are worked out from.
type measured struct {
	record                     *recorder
	elapsed, generator, server time.Duration // the latter two of processors
}

// Failed tells whether anything came that was not to be expected.
func (f *Figures) Failed() bool { return len(f.Errors) > 0 }

func (m measured) figures() *Figures {
	r := m.record
	r.mu.Lock()
	defer r.mu.Unlock()
	f := &Figures{Seconds: m.elapsed.Seconds(), Calls: r.calls, Units: r.units, Refused: r.refused, Away: r.away, Errors: maps.Clone(r.errors), Latency: latencyOf(r.took)}
	f.of = measured{r.copy(), m.elapsed, m.generator, m.server} // calls may still come in
	f.PerSecond = float64(r.calls) / m.elapsed.Seconds()
	f.UnitsPerSecond = float64(r.units) / m.elapsed.Seconds()
	if r.calls > 0 {
		f.Bytes = float64(r.bytes) / float64(r.calls)
		f.GeneratorCPU = float64(m.generator.Nanoseconds()) / 1e3 / float64(r.calls)
		f.ServerCPU = float64(m.server.Nanoseconds()) / 1e3 / float64(r.calls)
	}
	if r.broken != nil {
		f.Cause = r.broken.Error()
	}
	return f
}

// Together are the figures of runs of the same load as if they had been one.
func Together(runs ...*Figures) *Figures {
	sum := measured{record: newRecorder(false)}
	var missed int64
	for _, f := range runs {
		sum.record.absorb(f.of.record)
		sum.elapsed += f.of.elapsed
		sum.generator += f.of.generator
		sum.server += f.of.server
		missed += f.Missed
	}
	f := sum.figures()
	f.Missed = missed
	return f
}

// copy is what was taken down so far. The lock is held.
func (r *recorder) copy() *recorder {
	c := newRecorder(r.open)
	c.absorb(r)
	return c
}

// absorb adds what another recorder took down, which takes nothing down meanwhile.
func (r *recorder) absorb(o *recorder) {
	r.took.Merge(o.took) // drops nothing: both have the same range
	r.calls += o.calls
	r.units += o.units
	r.bytes += o.bytes
	r.refused += o.refused
	r.away += o.away
	for code, n := range o.errors {
		r.errors[code] += n
	}
	if r.broken == nil {
		r.broken = o.broken
	}
}

// Progress is what a run looks like while it is under way.
type Progress struct {
	Elapsed   time.Duration
	Warming   bool
	PerSecond float64 // calls, since the last time
	P50, P99  time.Duration
	Errors    int64
}

func (r *recorder) progress() (p Progress, calls int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.errors {
		p.Errors += n
	}
	p.P50 = time.Duration(r.took.ValueAtPercentile(50)) * time.Microsecond
	p.P99 = time.Duration(r.took.ValueAtPercentile(99)) * time.Microsecond
	return p, r.calls
}
