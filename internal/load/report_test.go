package load

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func someReport() *Report {
	run := func(perSecond float64, p50 int64) *Figures {
		return &Figures{Seconds: 1, Calls: int64(perSecond), PerSecond: perSecond, Bytes: 100, ServerCPU: 12.5,
			Latency: Latency{P50: p50, P90: 2 * p50, P99: 4 * p50, P999: 9 * p50, Max: 10 * p50}}
	}
	return &Report{Machine: `2 cores of <A & B "C">`, Syncs: &Syncs{PerSecond: 1234}, Results: []*Result{
		{Workload: "check", Connections: 64, Figures: run(45_000, 900), Ceiling: run(60_000, 700)},
		{Workload: "import", Unit: "edges", Connections: 8, Figures: run(300, 20_000), Ceiling: run(20_000, 300)},
		{Workload: "add", Connections: 512, Rate: 40_000, Figures: &Figures{Seconds: 1, Away: 5000, Missed: 7, Errors: map[int]int64{30006: 3, Broken: 1}, Cause: "reset"}},
		{Workload: "list", Connections: 64, Users: 1_000_000, Figures: run(9000, 7000), Beside: run(10_000, 6400), Rounds: []float64{0.91, 0.88}},
		{Workload: "graph-load", Connections: 1, Figures: run(1, 0)},
	}}
}

// TestPicture draws well-formed SVG in which every row of a closed loop stands
// within the frame.
func TestPicture(t *testing.T) {
	var out bytes.Buffer
	if err := someReport().Picture(&out); err != nil {
		t.Fatal(err)
	}
	var texts []string
	circles := 0
	for d := xml.NewDecoder(&out); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			texts = append(texts, string(token))
		case xml.StartElement:
			if token.Name.Local == "circle" {
				circles++
			}
		}
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{"check, 64 conns", "45,000/s (75 %)", `2 cores of <A & B "C">`, "median 900 µs, p99 3.6 ms, p99.9 8.1 ms"} {
		if !strings.Contains(all, want) {
			t.Errorf("the picture does not say %q; it says %q", want, all)
		}
	}
	if circles != 9 {
		t.Errorf("%d circles for three runs with three percentiles each", circles)
	}
	for _, us := range []int64{0, 10, 500, 60_000_000} {
		if x := latencyX(us); x < dotsFrom || x > dotsFrom+dotsWidth {
			t.Errorf("a latency of %d µs stands at %v, beside the scale", us, x)
		}
	}
}

func TestTable(t *testing.T) {
	var out strings.Builder
	r := someReport()
	if err := r.Table(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"45,000", "0.75", "900 µs", "import: 0 edges", "add at 40,000/s: 3 times code 30006", "a broken connection: reset", "5,000 calls a second were turned away", "7 calls were due", "list of 1,000,000 users: 90 % of the 10,000 calls a second beside, in turn; 88 to 91 % in each of 2 rounds", "1,234 a second"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table does not say %q:\n%s", want, &out)
		}
	}
	if !r.Failed() {
		t.Error("a report with errors has not failed")
	}
}
