package load

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// A Result is one run of a report, beside the ceiling of the same minute.
type Result struct {
	Workload    string   `json:"workload"`
	About       string   `json:"about"`
	Unit        string   `json:"unit,omitempty"`
	Connections int      `json:"connections"`
	Rate        float64  `json:"rate,omitempty"`         // calls a second that were due; 0 in a closed loop
	Peak        float64  `json:"peak,omitempty"`         // calls a second of a closed loop, of which Rate is about the double
	CrowdedPeak float64  `json:"crowded_peak,omitempty"` // calls a second of a closed loop with as many connections
	Figures     *Figures `json:"figures"`
	Ceiling     *Figures `json:"ceiling,omitempty"` // a bare net/http handler that answers as many bytes
	Verified    bool     `json:"verified,omitempty"`

	Users  int       `json:"users,omitempty"`  // told if several servers were driven that differ in it
	Beside *Figures  `json:"beside,omitempty"` // those of another server, driven in turn
	Rounds []float64 `json:"rounds,omitempty"` // in each of them, throughput as a part of that beside

	Footprint *Footprint `json:"footprint,omitempty"` // of the server, after the run
}

// Share is the throughput as a part of the ceiling's, 0 if there is none.
func (r *Result) Share() float64 {
	if r.Ceiling == nil || r.Ceiling.PerSecond == 0 {
		return 0
	}
	return r.Figures.PerSecond / r.Ceiling.PerSecond
}

// A Report is everything that was measured at one time.
type Report struct {
	Kith    string    `json:"kith"` // which program measured
	Machine string    `json:"machine"`
	Time    string    `json:"time"`
	Syncs   *Syncs    `json:"syncs,omitempty"` // an fsync loop on the same disk
	Results []*Result `json:"results"`
}

// Failed tells whether any run had an error.
func (r *Report) Failed() bool {
	for _, result := range r.Results {
		if result.Figures.Failed() {
			return true
		}
	}
	return false
}

// Table writes the report for a terminal.
func (r *Report) Table(w io.Writer) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "workload\tconns\tcalls/s\tof ceiling\tceiling/s\tp50\tp99\tp99.9\tserver µs\tbare µs\tgenerator µs\tbytes\trefused\terrors\t")
	for _, one := range r.Results {
		fmt.Fprintln(tab, strings.Join(one.row(), "\t")+"\t")
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	for _, one := range r.Results {
		if one.Unit != "" {
			fmt.Fprintf(w, "%s: %s %s a second\n", one.name(), thousands(one.Figures.UnitsPerSecond), one.Unit)
		}
		for code, n := range one.Figures.Errors {
			fmt.Fprintf(w, "%s: %d times %s\n", one.name(), n, one.Figures.codeText(code))
		}
		if one.Peak > 0 {
			fmt.Fprintf(w, "%s: %.0f %% of the %s calls a second of a closed loop just before and after, %.0f %% of the %s with as many connections\n", one.name(),
				100*one.Figures.PerSecond/one.Peak, thousands(one.Peak), 100*one.Figures.PerSecond/one.CrowdedPeak, thousands(one.CrowdedPeak))
		}
		if one.Beside != nil {
			fmt.Fprintf(w, "%s: %.0f %% of the %s calls a second beside, in turn; %.0f to %.0f %% in each of %d rounds\n", one.name(),
				100*one.Figures.PerSecond/one.Beside.PerSecond, thousands(one.Beside.PerSecond), 100*slices.Min(one.Rounds), 100*slices.Max(one.Rounds), len(one.Rounds))
		}
		if one.Figures.Away > 0 {
			fmt.Fprintf(w, "%s: %s calls a second were turned away; they are not among those above\n", one.name(), thousands(float64(one.Figures.Away)/one.Figures.Seconds))
		}
		if f := one.Footprint; f != nil {
			fmt.Fprintf(w, "%s: %s MiB on disk, %.1f bytes for each of the %s; %s MiB of memory, %s MiB at most\n", one.name(),
				mebibytes(f.Disk), float64(f.Disk)/float64(one.Figures.Units), one.Unit, mebibytes(f.Memory), mebibytes(f.Peak))
		}
		if one.Figures.Missed > 0 {
			fmt.Fprintf(w, "%s: %d calls were due and found no connection in time, or no answer by the end\n", one.name(), one.Figures.Missed)
		}
	}
	if r.Syncs != nil {
		fmt.Fprintf(w, "fsync loop (4 KiB each): %s a second, p50 %s, p99 %s\n",
			thousands(r.Syncs.PerSecond), micros(r.Syncs.Latency.P50), micros(r.Syncs.Latency.P99))
	}
	_, err := fmt.Fprintln(w, "µs: processor time for one call, of this server, of the bare net/http handler, and of the generator driving this server")
	return err
}

func (f *Figures) codeText(code int) string {
	switch code {
	case Broken:
		return "a broken connection: " + f.Cause
	case unreadable:
		return "an answer without ErrorCode"
	}
	return fmt.Sprintf("code %d", code)
}

func (r *Result) name() string {
	if r.Users > 0 {
		return fmt.Sprintf("%s of %s users", r.Workload, thousands(float64(r.Users)))
	}
	if r.Rate > 0 {
		return fmt.Sprintf("%s at %s/s", r.Workload, thousands(r.Rate))
	}
	return r.Workload
}

func (r *Result) row() []string {
	f := r.Figures
	share, ceiling, bare := "", "", ""
	if r.Ceiling != nil {
		share, ceiling, bare = fmt.Sprintf("%.2f", r.Share()), thousands(r.Ceiling.PerSecond), fmt.Sprintf("%.1f", r.Ceiling.ServerCPU)
	}
	server := ""
	if f.ServerCPU > 0 {
		server = fmt.Sprintf("%.1f", f.ServerCPU)
	}
	var errors int64
	for _, n := range f.Errors {
		errors += n
	}
	p50, p99, p999 := "", "", ""
	if f.Latency.Max > 0 {
		p50, p99, p999 = micros(f.Latency.P50), micros(f.Latency.P99), micros(f.Latency.P999)
	}
	return []string{
		r.name(), fmt.Sprint(r.Connections), thousands(f.PerSecond), share, ceiling, p50, p99, p999,
		server, bare, fmt.Sprintf("%.1f", f.GeneratorCPU), fmt.Sprintf("%.0f", f.Bytes), fmt.Sprint(f.Refused), fmt.Sprint(errors),
	}
}

// thousands writes a number without fraction, its digits in groups of three.
func thousands(x float64) string {
	digits := fmt.Sprintf("%.0f", x)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

func mebibytes(bytes int64) string { return thousands(float64(bytes) / (1 << 20)) }

// micros writes a time given in microseconds.
func micros(us int64) string {
	switch {
	case us < 1000:
		return fmt.Sprintf("%d µs", us)
	case us < 100_000:
		return fmt.Sprintf("%.1f ms", float64(us)/1e3)
	}
	return fmt.Sprintf("%d ms", us/1000)
}
