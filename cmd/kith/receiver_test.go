package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdReceive starts a receiver of webhooks, which answers each with a status
// and a body, and writes a line for each to a file. Its URL is in NAME_url.
func cmdReceive(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "receive NAME STATUS body")
	status, err := strconv.Atoi(args[1])
	ts.Check(err)
	file, err := os.Create(ts.MkAbs(args[0] + ".got"))
	ts.Check(err)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // one that breaks off is a line that a script does not expect
		fmt.Fprintf(file, "%s signed=%t %s\n", r.URL.Query().Get("CallbackCommand"), r.URL.Query().Has("Sign"), body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, args[2])
	}))
	ts.Defer(func() {
		server.Close()
		file.Close()
	})
	ts.Setenv(args[0]+"_url", server.URL)
}

// cmdAwait waits until a file has a line that matches.
func cmdAwait(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "await FILE 'pattern'")
	line := regexp.MustCompile("(?m)" + args[1])
	waitFor(ts, args[1]+" in "+args[0], func() bool { return line.MatchString(ts.ReadFile(args[0])) })
}

// freePort is a port that nobody listened on a moment ago.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// A syncedBuffer can be read while it is written.
type syncedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements [io.Writer].
func (s *syncedBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// String implements [fmt.Stringer].
func (s *syncedBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// TestReceiverOfREADME runs the receiver that the README shows, as it stands
// there but for its port.
func TestReceiverOfREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```go\n(package main.*?)```").FindSubmatch(readme)
	if found == nil {
		t.Fatal("the README shows no receiver")
	}
	if lines := strings.Count(string(found[1]), "\n"); lines > 14 {
		t.Errorf("the receiver has %d lines", lines)
	}
	dir, port := t.TempDir(), freePort(t)
	program := strings.ReplaceAll(string(found[1]), "127.0.0.1:9000", "127.0.0.1:"+port)
	if program == string(found[1]) {
		t.Fatal("the receiver does not listen at 127.0.0.1:9000")
	}
	if err := os.WriteFile(filepath.Join(dir, "receiver.go"), []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", "receiver", "receiver.go")
	build.Dir, build.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var got syncedBuffer
	receiver := exec.Command(filepath.Join(dir, "receiver"))
	receiver.Stdout = &got
	if err := receiver.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = receiver.Process.Signal(syscall.SIGKILL)
		_ = receiver.Wait()
	})
	deadline := time.Now().Add(patience)
	for !strings.Contains(got.String(), `{"CallbackCommand":"Sns.CallbackBlackListAdd"}`) {
		if time.Now().After(deadline) {
			t.Fatalf("the receiver printed %q", got.String())
		}
		response, err := http.Post("http://127.0.0.1:"+port+"/?RequestId=1", "application/json", strings.NewReader(`{"CallbackCommand":"Sns.CallbackBlackListAdd"}`))
		if err != nil {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		answer, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != 200 || string(answer) != `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}` {
			t.Fatalf("the receiver answers %s %q (%v)", response.Status, answer, err)
		}
	}
}

// cmdLogged waits until the log of an app's webhook has a line that matches.
func cmdLogged(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "logged SDKAPPID 'pattern'")
	line := regexp.MustCompile("(?m)" + args[1])
	waitFor(ts, args[1]+" in the log of the webhook", func() bool {
		ts.Check(ts.Exec("kith", "app", "webhook", "log", args[0]))
		return line.MatchString(ts.ReadFile("stdout"))
	})
}
