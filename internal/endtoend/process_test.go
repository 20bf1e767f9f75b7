package endtoend

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"kith/client"
)

const (
	appID  = 1400000000
	secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// binary is the program under test, built once.
var binary string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "kith-endtoend-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "kith")
	build := exec.Command("go", "build", "-o", binary, "kith/cmd/kith")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // static, as it is delivered
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// A server is a running process.
type server struct {
	*client.Client
	url    string
	admin  string // where administrators call; "" if nowhere
	cmd    *exec.Cmd
	exited chan error
}

// start runs the program on the data in dir and waits until it listens.
func start(t testing.TB, dir string) *server {
	t.Helper()
	return startWith(t, "--admin-listen", "", "--data", dir)
}

// startWith runs the program with flags of its own and waits until it listens.
func startWith(t testing.TB, flags ...string) *server {
	t.Helper()
	cmd := exec.Command(binary, append([]string{"serve", "--listen", "127.0.0.1:0",
		"--app-id", fmt.Sprint(appID), "--app-secret", secret, "--log-level", "warn"}, flags...)...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: cmd, exited: make(chan error, 1)}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // has ended already unless the test failed
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stderr)
		for lines.Scan() {
			if url, ok := strings.CutPrefix(lines.Text(), "admin on "); ok {
				s.admin = url
				continue
			}
			if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
				ready <- url
				continue
			}
			fmt.Fprintln(os.Stderr, "server:", lines.Text())
		}
		s.exited <- cmd.Wait()
	}()
	select {
	case s.url = <-ready:
	case err := <-s.exited:
		t.Fatalf("the server did not start: %v", err)
	case <-time.After(30 * time.Second):
		t.Fatal("the server did not listen within 30 s")
	}
	s.Client = client.New(client.Config{BaseURL: s.url, AppID: appID, Secret: secret})
	return s
}

// stop ends the server the polite way and wants exit code 0.
func (s *server) stop(t testing.TB) {
	t.Helper()
	s.end(t, syscall.SIGTERM)
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Fatalf("after SIGTERM the server exited with %d", code)
	}
}

// kill ends the server as the loss of the machine would.
func (s *server) kill(t testing.TB) {
	t.Helper()
	s.end(t, syscall.SIGKILL)
}

func (s *server) end(t testing.TB, signal syscall.Signal) {
	t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.exited:
	case <-time.After(30 * time.Second):
		t.Fatalf("the server outlived %v by 30 s", signal)
	}
}
