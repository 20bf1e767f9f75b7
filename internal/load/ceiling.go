package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// Bare is the least that a server of net/http can do: it reads the body of a
// request and answers with as many bytes, which look like the answer to a call
// that succeeded. No server on net/http is faster, so its speed is the ceiling
// of one.
func Bare(size int) http.Handler {
	answer := bareAnswer(size)
	length := []string{strconv.Itoa(len(answer))}
	kind := []string{"application/json"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the caller sends it whole, or gets no answer
		w.Header()["Content-Type"] = kind
		w.Header()["Content-Length"] = length
		_, _ = w.Write(answer) // who does not read it is gone
	})
}

func bareAnswer(size int) []byte {
	const begin, end = `{"Padding":"`, `","ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}`
	padding := bytes.Repeat([]byte{'.'}, max(size-len(begin)-len(end), 0))
	return append(append([]byte(begin), padding...), end...)
}

// Against drives a bare server with the requests of a workload. The workload
// need not be prepared.
func (r *Run) Against(ctx context.Context, t *Target, bare string, w *Workload) (*Figures, error) {
	other, err := t.at(bare)
	if err != nil {
		return nil, err
	}
	return r.Do(ctx, other, w)
}

// Syncs are what the file system takes to make appended data durable.
type Syncs struct {
	PerSecond float64 `json:"per_second"`
	Latency   Latency `json:"latency_us"`
}

// MeasureSyncs appends 4 KiB to a file in dir and syncs it, again and again for
// a while. It removes the file.
func MeasureSyncs(dir string, d time.Duration) (s *Syncs, err error) {
	f, err := os.CreateTemp(dir, "sync-")
	if err != nil {
		return nil, fmt.Errorf("measure syncs: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	took := hdrhistogram.New(1, slowest.Microseconds(), 3)
	block := make([]byte, 4096)
	begin := time.Now()
	for time.Since(begin) < d {
		one := time.Now()
		if _, err := f.Write(block); err != nil {
			return nil, fmt.Errorf("measure syncs: %w", err)
		}
		if err := f.Sync(); err != nil {
			return nil, fmt.Errorf("measure syncs: %w", err)
		}
		_ = took.RecordValue(time.Since(one).Microseconds()) // cannot be negative
	}
	return &Syncs{PerSecond: float64(took.TotalCount()) / time.Since(begin).Seconds(), Latency: latencyOf(took)}, nil
}
