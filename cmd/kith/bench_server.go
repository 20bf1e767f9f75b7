package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"kith/internal/apps"
	"kith/internal/load"
)

// A benchServer is a server under load.
type benchServer struct {
	url         string
	admin       string // its second listener, if it is ours and has one
	credentials load.Credentials
	prefix      string // of the accounts of the load
	meter       load.Meter

	process *exec.Cmd     // nil if it is not ours
	input   io.Closer     // what the process ends with; nil if a signal ends it
	ended   chan error    // gets the outcome of the process
	data    string        // its data
	dir     string        // to be removed, if any
	errors  *bytes.Buffer // what it said, once it has ended
}

// server is that of --url, or one that is started.
func (c *benchCmd) server(ctx context.Context) (*benchServer, error) {
	if c.URL == "" {
		return c.startServer(ctx)
	}
	s := &benchServer{url: c.URL, credentials: load.Credentials{AppID: c.AppID, Secret: c.AppSecret, Identifier: c.Identifier}}
	s.prefix = "bench" + strings.ToLower(rand.Text()[:6]) + "-"
	if c.AdminURL != "" {
		s.meter = load.OfMetrics(c.AdminURL)
	}
	return s, nil
}

// target is the server as the load sees it.
func (s *benchServer) target() (*load.Target, error) {
	return load.NewTarget(s.url, s.credentials, s.prefix)
}

// keptSecret signs for servers whose data stays, which every run must be able
// to call. They listen on this machine alone, on a port that nobody knows.
const keptSecret = "of-kith-bench-and-no-secret-at-all-------------------"

// startServer runs "kith serve" with defaults, on an empty directory or on that
// of --data.
func (c *benchCmd) startServer(ctx context.Context) (s *benchServer, err error) {
	dir, data, secret := "", c.Data, keptSecret
	if data == "" {
		if dir, err = os.MkdirTemp("", "kith-bench-"); err != nil {
			return nil, err
		}
		data, secret = filepath.Join(dir, "data"), strings.ToLower(rand.Text()+rand.Text())
	}
	args := []string{"serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data", data,
		"--cache-size", fmt.Sprint(int64(c.CacheSize)), "--app-id", fmt.Sprint(apps.FirstID), "--log-level", "warn"}
	if c.CPUProfile != "" {
		args = append(args, "--cpu-profile", c.CPUProfile)
	}
	s, err = startProcess(ctx, false, args, "KITH_APP_SECRET="+secret)
	if err != nil {
		return nil, errors.Join(err, removeAll(dir))
	}
	s.data, s.dir = data, dir
	s.credentials = load.Credentials{AppID: uint32(apps.FirstID), Secret: secret, Identifier: string(apps.DefaultAdmin)}
	if err := s.awaitWarm(ctx); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// removeAll removes a directory, if it is named.
func removeAll(dir string) error {
	if dir == "" {
		return nil
	}
	return os.RemoveAll(dir)
}

// footprint is what the server takes, nil if it is not ours.
func (s *benchServer) footprint() (*load.Footprint, error) {
	if s.process == nil {
		return nil, nil
	}
	f, err := load.MeasureFootprint(s.data, s.process.Process.Pid)
	return &f, err
}

// startBare runs the bare handler in a process of its own.
func startBare(ctx context.Context, size int) (*benchServer, error) {
	return startProcess(ctx, true, []string{"bench-ceiling", "--size", strconv.Itoa(size)})
}

// startProcess runs this program with other arguments, and with nothing of our
// own settings, until it listens. withInput is for one that ends with its
// standard input.
func startProcess(ctx context.Context, withInput bool, args []string, settings ...string) (*benchServer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, args...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "KITH_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, settings...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	s := &benchServer{process: cmd, ended: make(chan error, 1), errors: new(bytes.Buffer)}
	if withInput {
		if s.input, err = cmd.StdinPipe(); err != nil {
			return nil, err
		}
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s.meter = load.OfProcess(cmd.Process.Pid)
	return s, s.await(ctx, stderr)
}

// startTime is how long a server may take until it listens.
const startTime = 30 * time.Second

// await waits until the process listens.
func (s *benchServer) await(ctx context.Context, stderr io.Reader) error {
	ready := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if url, ok := strings.CutPrefix(lines.Text(), "admin on "); ok {
				s.admin = url // which stands before the other
			} else if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
				ready <- url
			} else {
				fmt.Fprintln(s.errors, lines.Text())
			}
		}
		s.ended <- s.process.Wait()
	}()
	select {
	case s.url = <-ready:
		return nil
	case err := <-s.ended:
		s.ended <- err
		return fmt.Errorf("the server did not start: %v: %s", err, bytes.TrimSpace(s.errors.Bytes()))
	case <-ctx.Done():
		return errors.Join(ctx.Err(), s.stop())
	case <-time.After(startTime):
		return errors.Join(fmt.Errorf("the server did not listen within %v", startTime), s.stop())
	}
}

// awaitWarm waits until the server has read its users into memory: a load meets
// them as it would some time after a start.
func (s *benchServer) awaitWarm(ctx context.Context) error {
	for told := false; ; told = true {
		warming, err := load.ReadMetric(s.admin, warmingUp)
		if err != nil || warming == 0 {
			return err
		}
		if !told {
			fmt.Fprintln(os.Stderr, "waiting until the server has read its users into memory")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// stop ends a process that is ours and removes its data.
func (s *benchServer) stop() error {
	if s.process == nil {
		return nil
	}
	// Either may find that it has ended already, which is as well. They must
	// not both be tried: a process that ends with its input has no use for a
	// signal any more, and would die of it.
	if s.input != nil {
		_ = s.input.Close()
	} else {
		_ = s.process.Process.Signal(syscall.SIGTERM)
	}
	var err error
	select {
	case err = <-s.ended:
		if err != nil {
			err = fmt.Errorf("the server ended with %w: %s", err, bytes.TrimSpace(s.errors.Bytes()))
		}
	case <-time.After(startTime):
		_ = s.process.Process.Kill()
		err = fmt.Errorf("the server did not stop within %v", startTime)
	}
	return errors.Join(err, removeAll(s.dir))
}

// ceilingCmd is the bare handler, in the process that kith bench starts.
type ceilingCmd struct {
	Size int `required:"" help:"Bytes of an answer."`
}

// Run serves until standard input ends, which it does with whoever started it.
func (c *ceilingCmd) Run() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: load.Bare(c.Size), ReadHeaderTimeout: headerTimeout}
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // however it ends, it has
		close(ended)
	}()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	fmt.Fprintf(os.Stderr, "listening on http://%s\n", l.Addr())
	select {
	case err := <-failed:
		return err
	case <-ended:
		return server.Close()
	}
}

// machine describes what the figures were measured on, but not which machine
// it was.
func machine() string {
	text := fmt.Sprintf("%d cores, %s, %s/%s", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return text
	}
	for line := range strings.Lines(string(info)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return text + ", " + strings.TrimLeft(strings.TrimSpace(name), ": \t")
		}
	}
	return text
}
