package load

import (
	"fmt"
	"html/template"
	"io"
	"math"
)

// The measures of a picture, in pixels.
const (
	pictureWidth = 860
	rowHeight    = 34
	topMargin    = 62
	barsFrom     = 170 // where the bars of throughput begin
	barsWidth    = 250
	dotsFrom     = 530 // where the scale of latency begins
	dotsWidth    = 290
)

// Picture draws the throughput of each run of a closed loop beside its ceiling,
// and where its latencies lie, as SVG.
func (r *Report) Picture(w io.Writer) error {
	var p picture
	for _, one := range r.Results {
		if one.Rate == 0 && one.Figures.Latency.Max > 0 {
			p.add(one)
		}
	}
	p.finish(r)
	return pictureTemplate.Execute(w, p)
}

type picture struct {
	Width, Height, Bottom int
	BarsFrom, DotsFrom    int
	Machine               string
	Rows                  []pictureRow
	Marks                 []pictureMark
}

// A pictureRow is one run: two bars, and a line from the median to the 99.9th
// percentile.
type pictureRow struct {
	Name, Rate              string
	Y, TextY, BarY, CeilY   int
	Bar, Ceiling            float64
	RateX                   float64
	P50, P99, P999, MiddleY float64
	Line                    float64 // length of the line
	Latency                 string
}

type pictureMark struct {
	X    float64
	Text string
}

func (p *picture) add(one *Result) {
	y := topMargin + len(p.Rows)*rowHeight
	most := one.Figures.PerSecond
	row := pictureRow{
		Name: fmt.Sprintf("%s, %d conns", one.Workload, one.Connections), Rate: thousands(one.Figures.PerSecond) + "/s",
		Y: y, TextY: y + 19, BarY: y + 5, CeilY: y + 17, MiddleY: float64(y) + 15,
		Latency: fmt.Sprintf("median %s, p99 %s, p99.9 %s", micros(one.Figures.Latency.P50), micros(one.Figures.Latency.P99), micros(one.Figures.Latency.P999)),
	}
	if one.Ceiling != nil {
		most = max(most, one.Ceiling.PerSecond)
		row.Ceiling = one.Ceiling.PerSecond / most * barsWidth
		row.Rate += fmt.Sprintf(" (%.0f %%)", 100*one.Share())
	}
	row.Bar = one.Figures.PerSecond / most * barsWidth
	row.RateX = barsFrom + max(row.Bar, row.Ceiling) + 6
	row.P50, row.P99, row.P999 = latencyX(one.Figures.Latency.P50), latencyX(one.Figures.Latency.P99), latencyX(one.Figures.Latency.P999)
	row.Line = row.P999 - row.P50
	p.Rows = append(p.Rows, row)
}

// latencyX places a latency on a logarithmic scale from 10 µs to 1 s.
func latencyX(us int64) float64 {
	decades := math.Log10(float64(min(max(us, 10), 1_000_000))) - 1
	return dotsFrom + decades/5*dotsWidth
}

func (p *picture) finish(r *Report) {
	p.Width, p.BarsFrom, p.DotsFrom, p.Machine = pictureWidth, barsFrom, dotsFrom, r.Machine
	p.Bottom = topMargin + len(p.Rows)*rowHeight
	p.Height = p.Bottom + 44
	for us := int64(10); us <= 1_000_000; us *= 10 {
		p.Marks = append(p.Marks, pictureMark{latencyX(us), micros(us)})
	}
}

// The template is one of HTML, in which SVG is known, for its escapes.
var pictureTemplate = template.Must(template.New("picture").Parse(
	`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="{{.Height}}" viewBox="0 0 {{.Width}} {{.Height}}" font-family="system-ui, sans-serif" font-size="12">
<title>Throughput and latency of Kith</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="12" y="24" font-size="15" fill="#1f2933">Calls a second, beside a bare net/http server</text>
<text x="{{.DotsFrom}}" y="24" font-size="15" fill="#1f2933">Latency: median, p99, p99.9</text>
<rect x="12" y="36" width="10" height="10" fill="#2563eb"/><text x="27" y="45" fill="#52606d">Kith</text>
<rect x="70" y="36" width="10" height="10" fill="#cbd2d9"/><text x="85" y="45" fill="#52606d">bare net/http, as many bytes, same generator</text>
{{- $bottom := .Bottom}}{{range .Marks}}
<line x1="{{.X}}" y1="52" x2="{{.X}}" y2="{{$bottom}}" stroke="#e4e7eb"/>
<text x="{{.X}}" y="48" text-anchor="middle" font-size="10" fill="#7b8794">{{.Text}}</text>{{end}}
{{- $from := .BarsFrom}}{{range .Rows}}
<g><title>{{.Name}}: {{.Rate}}; {{.Latency}}</title>
<text x="12" y="{{.TextY}}" fill="#1f2933">{{.Name}}</text>
<rect x="{{$from}}" y="{{.BarY}}" width="{{.Bar}}" height="11" fill="#2563eb"/>
<rect x="{{$from}}" y="{{.CeilY}}" width="{{.Ceiling}}" height="8" fill="#cbd2d9"/>
<text x="{{.RateX}}" y="{{.TextY}}" font-size="11" fill="#1f2933">{{.Rate}}</text>
<rect x="{{.P50}}" y="{{.MiddleY}}" width="{{.Line}}" height="2" fill="#93b4f5"/>
<circle cx="{{.P50}}" cy="{{.MiddleY}}" r="5" fill="#2563eb"/>
<circle cx="{{.P99}}" cy="{{.MiddleY}}" r="4" fill="#f59e0b"/>
<circle cx="{{.P999}}" cy="{{.MiddleY}}" r="3" fill="#dc2626"/></g>{{end}}
<text x="12" y="{{.Height}}" dy="-14" font-size="11" fill="#7b8794">{{.Machine}}. Generator and server share the machine. Every write is synced before its answer.</text>
</svg>
`))
