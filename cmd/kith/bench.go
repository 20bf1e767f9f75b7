package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"kith/internal/load"
)

// benchCmd measures a server under load.
type benchCmd struct {
	Workload []string `arg:"" optional:"" placeholder:"WORKLOAD" help:"What to measure, see below. Default: check."`

	Connections int           `default:"64" placeholder:"N" help:"Connections, each with one call under way."`
	Duration    time.Duration `default:"10s" placeholder:"TIME" help:"How long to measure each workload."`
	Warmup      time.Duration `default:"2s" placeholder:"TIME" help:"How long to run before that."`
	Rate        float64       `placeholder:"N" help:"Calls a second, sent whether the server keeps up or not; each is measured from when it was due. By default, each connection makes its next call when it has its answer."`
	Overload    bool          `help:"Measure each workload at twice what --connections reach as well."`
	Users       int           `default:"20000" placeholder:"N" help:"Accounts that the load is spread over."`
	BesideUsers int           `placeholder:"N" help:"Start a second server with so many users, each with 20 friends, and drive both in turn, so that both meet the machine alike. No ceiling is measured then."`
	Rounds      int           `default:"6" placeholder:"N" help:"How often either is driven, with --beside-users; for --duration each time."`
	NoCeiling   bool          `help:"Do not measure what a bare net/http handler and an fsync loop reach."`
	Suite       bool          `help:"Measure every workload as it is meant to be, and twice what the server can take."`

	JSON       bool   `name:"json" help:"Print the result as JSON."`
	Report     string `placeholder:"DIR" help:"Write the result there as report.json, report.txt and picture.svg, too."`
	CPUProfile string `name:"cpu-profile" placeholder:"FILE" help:"Write a processor profile of the server that is started, for go tool pprof."`

	Data      string   `placeholder:"DIR" help:"Where the server that is started keeps its data. It stays there, and a later run finds it. By default, a directory that is removed."`
	CacheSize byteSize `default:"256MiB" placeholder:"SIZE" help:"--cache-size of that server."`

	URL        string `placeholder:"URL" help:"The server. By default, one is started on a directory of its own, and removed."`
	AdminURL   string `name:"admin-url" placeholder:"URL" help:"The second listener of --url, whose /metrics tell how much processor time it takes."`
	AppID      uint32 `default:"${defaultApp}" placeholder:"N" env:"KITH_APP_ID" help:"SDKAppID of an app of --url. Accounts of a random prefix are made there, and stay."`
	AppSecret  string `placeholder:"SECRET" env:"KITH_APP_SECRET" help:"Secret key of the app."`
	Identifier string `default:"${defaultAdmin}" placeholder:"USERID" env:"KITH_IDENTIFIER" help:"Who calls: an administrator of the app."`
}

// Help is what --help says below the flags.
func (benchCmd) Help() string {
	var b strings.Builder
	b.WriteString("Workloads:\n")
	for _, w := range workloads {
		one := w.make(nil, 1000)
		fmt.Fprintf(&b, "  %-14s %s\n", one.Name, one.About)
	}
	b.WriteString(`  graph          load a graph shaped like ego-Facebook, and read it back
  fill           make the accounts of --users and give each 20 one-way friends

The ceiling is what a bare net/http handler in a process of its own reaches when it answers as many bytes to the same requests. The exit code is 1 if any answer was not to be expected.

Examples:
  kith bench check add
  kith bench add --connections 1 --duration 5s
  kith bench add --rate 5000
  kith bench add --overload
  kith bench fill --users 1000000 --data /var/tmp/large, then
  kith bench check add list --users 1000000 --data /var/tmp/large --beside-users 20000
  kith bench tao --url http://127.0.0.1:8080 --admin-url http://127.0.0.1:8081 --users 100000`)
	return b.String()
}

// workloads are all but graph and fill, which end by themselves.
var workloads = []struct {
	name string
	make func(t *load.Target, users int) *load.Workload
}{
	{"add", load.Add},
	{"add-hot", func(t *load.Target, _ int) *load.Workload { return load.AddHot(t) }},
	{"import", load.Import},
	{"check", load.Check},
	{"check-100", load.Check100},
	{"list", load.List},
	{"walk", load.Walk},
	{"sns-linkbench", load.SNSLinkBench},
	{"tao", load.TAO},
}

const (
	graphWorkload = "graph"
	fillWorkload  = "fill"
)

// A benchCase is one run.
type benchCase struct {
	workload    string
	connections int
	rate        float64 // 0 is a closed loop
	overload    bool    // at twice what that many connections reach in a closed loop
}

// suite is what --suite measures. Imports are large, so that few are under way
// at a time; a walk is measured alone, because its time is what counts.
var suite = []benchCase{
	{workload: "check", connections: 64},
	{workload: "check", connections: 64, overload: true},
	{workload: "check", connections: 1},
	{workload: "check-100", connections: 64},
	{workload: "add", connections: 64},
	{workload: "add", connections: 64, overload: true},
	{workload: "add", connections: 1},
	{workload: "add-hot", connections: 64},
	{workload: "import", connections: 8},
	{workload: "list", connections: 64},
	{workload: "walk", connections: 1},
	{workload: "sns-linkbench", connections: 64},
	{workload: "tao", connections: 64},
	{workload: graphWorkload, connections: 16},
}

func (c *benchCmd) cases() ([]benchCase, error) {
	if c.Suite {
		return suite, nil
	}
	if len(c.Workload) == 0 {
		c.Workload = []string{"check"}
	}
	var cases []benchCase
	for _, name := range c.Workload {
		if name != graphWorkload && name != fillWorkload && findWorkload(name) < 0 {
			return nil, fmt.Errorf("there is no workload %q; see kith bench --help", name)
		}
		cases = append(cases, benchCase{workload: name, connections: c.Connections, rate: c.Rate})
		if c.Overload {
			cases = append(cases, benchCase{workload: name, connections: c.Connections, overload: true})
		}
	}
	return cases, nil
}

func findWorkload(name string) int {
	for i, w := range workloads {
		if w.name == name {
			return i
		}
	}
	return -1
}

func (c *benchCmd) check() error {
	switch {
	case c.Suite && len(c.Workload) > 0:
		return errors.New("--suite measures every workload: name none")
	case c.Connections < 1 || c.Connections > 10_000:
		return errors.New("--connections must be from 1 to 10000")
	case c.Duration < 100*time.Millisecond || c.Warmup < 0:
		return errors.New("--duration must be at least 100ms, and --warmup not negative")
	case c.Rate < 0:
		return errors.New("--rate is negative")
	case c.Overload && c.Rate > 0:
		return errors.New("--overload finds its own rate: leave --rate out")
	case c.Overload && (slices.Contains(c.Workload, graphWorkload) || slices.Contains(c.Workload, fillWorkload)):
		return errors.New("--overload is of workloads that do not end by themselves")
	case c.Users < 1000 || c.Users > 5_000_000:
		return errors.New("--users must be from 1000 to 5000000")
	case c.URL != "" && c.AppSecret == "":
		return errors.New("--url needs --app-secret")
	case c.URL != "" && c.CPUProfile != "":
		return errors.New("--cpu-profile is of a server that kith bench starts, not of --url")
	case c.URL != "" && c.Data != "":
		return errors.New("--data is of a server that kith bench starts, not of --url")
	case c.AdminURL != "" && c.URL == "":
		return errors.New("--admin-url goes with --url")
	case c.BesideUsers != 0:
		return c.checkBeside()
	}
	return nil
}

// Run measures, and prints what came of it.
func (c *benchCmd) Run() error {
	if err := c.check(); err != nil {
		return err
	}
	cases, err := c.cases()
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	report := &load.Report{Kith: version(), Machine: machine(), Time: time.Now().UTC().Format(time.RFC3339)}
	if !c.NoCeiling {
		if report.Syncs, err = load.MeasureSyncs(os.TempDir(), time.Second); err != nil {
			return err
		}
	}
	// What was measured before a failure is still worth seeing.
	failure := c.measureAll(ctx, cases, report)
	if len(report.Results) > 0 {
		failure = errors.Join(failure, c.print(report))
	}
	if failure == nil && report.Failed() {
		return errors.New("there were answers that were not to be expected")
	}
	return failure
}

func (c *benchCmd) measureAll(ctx context.Context, cases []benchCase, report *load.Report) error {
	for _, one := range cases {
		results, err := c.measure(ctx, one)
		if err != nil {
			return fmt.Errorf("%s: %w", one.workload, err)
		}
		report.Results = append(report.Results, results...)
	}
	return nil
}

func (c *benchCmd) print(report *load.Report) error {
	if c.Report != "" {
		if err := writeReport(c.Report, report); err != nil {
			return err
		}
	}
	if c.JSON {
		out, err := json.MarshalIndent(report, "", "  ")
		if err != nil {
			return err
		}
		_, err = fmt.Println(string(out))
		return err
	}
	return report.Table(os.Stdout)
}

func writeReport(dir string, report *load.Report) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	out, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	var table, picture strings.Builder
	if err := errors.Join(report.Table(&table), report.Picture(&picture)); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "report.json"), append(out, '\n'), 0o644),
		os.WriteFile(filepath.Join(dir, "report.txt"), []byte(table.String()), 0o644),
		os.WriteFile(filepath.Join(dir, "picture.svg"), []byte(picture.String()), 0o644),
	)
}

// measure carries out one case on a server that nothing was done to before, or
// on that of --url.
func (c *benchCmd) measure(ctx context.Context, one benchCase) (results []*load.Result, err error) {
	if c.BesideUsers > 0 {
		return c.beside(ctx, one)
	}
	server, err := c.server(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	target, err := server.target()
	if err != nil {
		return nil, err
	}
	switch one.workload {
	case graphWorkload:
		return c.graph(ctx, one, target, server)
	case fillWorkload:
		return c.fill(ctx, one, target, server)
	}
	result, err := c.load(ctx, one, target, server)
	if err != nil {
		return nil, err
	}
	return []*load.Result{result}, nil
}

// prepare brings a server into the state that a workload starts from.
func (c *benchCmd) prepare(ctx context.Context, one benchCase, t *load.Target, server *benchServer) (*load.Workload, error) {
	w := workloads[findWorkload(one.workload)].make(t, c.Users)
	fmt.Fprintf(os.Stderr, "%s: preparing\n", w.Name)
	if err := w.Prepare(ctx, t); err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	return w, server.meter.AwaitRest(ctx)
}

// run is how a case drives a server.
func (c *benchCmd) run(one benchCase, server *benchServer, name string) load.Run {
	return load.Run{
		Connections: one.connections, Warmup: c.Warmup, Duration: c.Duration, Rate: one.rate,
		Seed: rand.Uint64(), Meter: server.meter, Report: live(name),
	}
}

// load measures a workload that does not end by itself.
func (c *benchCmd) load(ctx context.Context, one benchCase, t *load.Target, server *benchServer) (*load.Result, error) {
	w, err := c.prepare(ctx, one, t, server)
	if err != nil {
		return nil, err
	}
	run := c.run(one, server, w.Name)
	drive := plainly
	if one.overload {
		drive = overload
	}
	result, err := drive(ctx, run, t, w)
	if err != nil {
		return nil, err
	}
	result.Workload, result.About, result.Unit = w.Name, w.About, w.Unit
	if result.Verified, err = verify(ctx, t, w); err != nil {
		return nil, err
	}
	if !c.NoCeiling && result.Rate == 0 {
		result.Ceiling, err = c.ceiling(ctx, run, t, w, int(result.Figures.Bytes+0.5))
	}
	return result, err
}

// verify finds out whether a server is as it must be after a load, if there is
// anything to be found out.
func verify(ctx context.Context, t *load.Target, w *load.Workload) (verified bool, err error) {
	if w.Verify == nil {
		return false, nil
	}
	if err := w.Verify(ctx, t); err != nil {
		return false, fmt.Errorf("afterwards: %w", err)
	}
	return true, nil
}

// plainly measures one run.
func plainly(ctx context.Context, run load.Run, t *load.Target, w *load.Workload) (*load.Result, error) {
	figures, err := run.Do(ctx, t, w)
	return &load.Result{Connections: run.Connections, Rate: run.Rate, Figures: figures}, err
}

// graph loads and reads the graph; either is a result of its own.
func (c *benchCmd) graph(ctx context.Context, one benchCase, t *load.Target, server *benchServer) ([]*load.Result, error) {
	fmt.Fprintf(os.Stderr, "%s: loading and reading\n", graphWorkload)
	loading, reading, err := load.LoadGraph(ctx, t, load.GrowGraph(), one.connections, server.meter)
	if err != nil {
		return nil, err
	}
	return []*load.Result{
		{Workload: "graph-load", About: "load a graph shaped like ego-Facebook", Unit: "friendships", Connections: one.connections, Figures: loading, Verified: true},
		{Workload: "graph-read", About: "read it back from both sides", Unit: "friends", Connections: one.connections, Figures: reading, Verified: true},
	}, nil
}

// fill loads as many accounts as it is told, each with friends.
func (c *benchCmd) fill(ctx context.Context, one benchCase, t *load.Target, server *benchServer) ([]*load.Result, error) {
	accounts, friends, err := load.Fill(ctx, t, c.Users, one.connections, server.meter, live(fillWorkload))
	if err != nil {
		return nil, err
	}
	loading := &load.Result{Workload: "fill-friends", About: "20 friends each, a friend_import for each account", Unit: "edges", Connections: one.connections, Figures: friends, Verified: true}
	if loading.Footprint, err = server.footprint(); err != nil {
		return nil, err
	}
	return []*load.Result{
		{Workload: "fill-accounts", About: "accounts, 100 a call", Unit: "accounts", Connections: one.connections, Figures: accounts},
		loading,
	}, nil
}

// ceiling measures a bare handler with the same requests, for half as long: it
// is steadier.
func (c *benchCmd) ceiling(ctx context.Context, run load.Run, t *load.Target, w *load.Workload, size int) (*load.Figures, error) {
	bare, err := startBare(ctx, size)
	if err != nil {
		return nil, err
	}
	run.Duration, run.Warmup = run.Duration/2, run.Warmup/2
	run.Meter, run.Report = bare.meter, live(w.Name+" ceiling")
	figures, err := run.Against(ctx, t, bare.url, w)
	return figures, errors.Join(err, bare.stop())
}

// live shows how a run is going: in one line of a terminal, or else in a line
// each time.
func live(name string) func(load.Progress) {
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	return func(p load.Progress) {
		line := fmt.Sprintf("%s: %3.0fs  %8.0f/s", name, p.Elapsed.Seconds(), p.PerSecond)
		if p.Warming {
			line = name + ": warming up"
		} else {
			line += fmt.Sprintf("  p50 %v  p99 %v", p.P50, p.P99)
		}
		if p.Errors > 0 {
			line += fmt.Sprintf("  errors %d", p.Errors)
		}
		if terminal {
			fmt.Fprintf(os.Stderr, "\r%-70s", line)
			if !p.Warming {
				return
			}
		}
		fmt.Fprintln(os.Stderr, line)
	}
}
