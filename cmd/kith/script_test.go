package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/rogpeppe/go-internal/testscript"
)

// patience bounds every wait of a script.
const patience = 30 * time.Second

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kith": main})
}

// TestScripts runs testdata/*.txtar, which use the program as an operator
// does. Beside the commands of testscript they have those of scriptCommands.
func TestScripts(t *testing.T) {
	t.Cleanup(func() {
		if err := databases.Close(); err != nil {
			t.Error(err)
		}
	})
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		Deadline:            time.Now().Add(16 * patience), // for all of them, on a machine that is busy
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                scriptCommands,
		Condition:           condition,
		Setup: func(env *testscript.Env) error {
			env.Setenv("KITH_LISTEN", "127.0.0.1:0")
			env.Setenv("KITH_ADMIN_LISTEN", "127.0.0.1:0")
			env.Setenv("GORACE", "atexit_sleep_ms=0") // with the race detector each end takes a second else
			env.Values[stateKey] = &state{map[string]*process{}, map[string]*openCall{}}
			return nil
		},
	})
}

// condition knows [race]: the program was built with the race detector.
func condition(name string) (bool, error) {
	if name != "race" {
		return false, fmt.Errorf("no condition %q", name)
	}
	build, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(build.Settings, debug.BuildSetting{Key: "-race", Value: "true"}), nil
}

var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"start":       cmdStart,
	"signal":      cmdSignal,
	"exited":      cmdExited,
	"http":        cmdHTTP,
	"refuses":     cmdRefuses,
	"begin":       cmdBegin,
	"end":         cmdEnd,
	"capture":     cmdCapture,
	"receive":     cmdReceive,
	"await":       cmdAwait,
	"logged":      cmdLogged,
	"certificate": cmdCertificate,
	"outdate":     cmdOutdate,
	"database":    cmdDatabase,
}

// usage ends a script that uses a command wrongly.
func usage(ts *testscript.TestScript, neg bool, ok bool, text string) {
	if neg || !ok {
		ts.Fatalf("usage: %s", text)
	}
}

// A state is what a script has under way, by name.
type state struct {
	processes map[string]*process
	calls     map[string]*openCall
}

const stateKey = "state"

func stateOf(ts *testscript.TestScript) *state { return ts.Value(stateKey).(*state) }

type process struct {
	*exec.Cmd
	exited chan struct{} // closed when it has
}

// cmdStart runs kith in the background until it listens. What it writes goes to
// NAME.out and NAME.err; $NAME_url and $NAME_admin are where it listens.
func cmdStart(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) >= 2, "start NAME command...")
	name := args[0]
	p := launch(ts, name, args[1:])
	waitFor(ts, "kith to listen", func() bool {
		select {
		case <-p.exited:
			ts.Fatalf("kith ended (%v) instead of listening:\n%s%s", p.ProcessState, ts.ReadFile(name+".out"), ts.ReadFile(name+".err"))
		default:
		}
		return match(`(?m)^listening on (\S+)\n`, ts.ReadFile(name+".err")) != ""
	})
	ts.Setenv(name+"_url", match(`(?m)^listening on (\S+)\n`, ts.ReadFile(name+".err")))
	ts.Setenv(name+"_admin", match(`(?m)^admin on (\S+)\n`, ts.ReadFile(name+".err")))
}

// variables are those of the script that start passes on, if they are not empty;
// "empty" stands for one that is to be.
var variables = []string{
	"KITH_LISTEN", "KITH_ADMIN_LISTEN", "KITH_CONFIG", "KITH_DATA", "KITH_LOG_LEVEL", "KITH_LOG_FORMAT",
	"KITH_APP_ID", "KITH_APP_SECRET", "KITH_APP_ADMIN", "KITH_SHUTDOWN_TIMEOUT", "SSL_CERT_FILE",
}

func launch(ts *testscript.TestScript, name string, args []string) *process {
	p := &process{Cmd: exec.Command("kith", args...), exited: make(chan struct{})}
	p.Dir = ts.MkAbs(".")
	p.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "KITH_") })
	for _, variable := range variables {
		switch value := ts.Getenv(variable); value {
		case "":
		case "empty":
			p.Env = append(p.Env, variable+"=")
		default:
			p.Env = append(p.Env, variable+"="+value)
		}
	}
	stdout, err := os.Create(ts.MkAbs(name + ".out"))
	ts.Check(err)
	stderr, err := os.Create(ts.MkAbs(name + ".err"))
	ts.Check(err)
	p.Stdout, p.Stderr = stdout, stderr
	ts.Check(p.Start())
	go func() {
		_ = p.Wait() // ProcessState has it
		stdout.Close()
		stderr.Close()
		close(p.exited)
	}()
	ts.Defer(func() {
		_ = p.Process.Kill() // fails if it has exited
		<-p.exited
	})
	stateOf(ts).processes[name] = p
	return p
}

// cmdSignal sends SIGTERM or SIGINT.
func cmdSignal(ts *testscript.TestScript, neg bool, args []string) {
	signals := map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT}
	usage(ts, neg, len(args) == 2 && signals[args[1]] != 0, "signal NAME TERM|INT")
	ts.Check(named(ts, args[0]).Process.Signal(signals[args[1]]))
}

// cmdExited waits for a process to exit with a code.
func cmdExited(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 2, "exited NAME CODE")
	p := named(ts, args[0])
	select {
	case <-p.exited:
	case <-time.After(patience):
		ts.Fatalf("%s still runs after %v:\n%s", args[0], patience, ts.ReadFile(args[0]+".err"))
	}
	if got := strconv.Itoa(p.ProcessState.ExitCode()); got != args[1] {
		ts.Fatalf("%s ended with %v, want exit code %s:\n%s", args[0], p.ProcessState, args[1], ts.ReadFile(args[0]+".err"))
	}
}

func named(ts *testscript.TestScript, name string) *process {
	p, ok := stateOf(ts).processes[name]
	if !ok {
		ts.Fatalf("nothing was started as %s", name)
	}
	return p
}

// caller believes every certificate and keeps no connection.
var caller = &http.Client{
	Timeout: patience,
	Transport: &http.Transport{
		DisableKeepAlives: true,
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
	},
}

// cmdHTTP sends a request and prints the status and the body.
func cmdHTTP(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, false, len(args) >= 2 && len(args) <= 4, "[!] http METHOD URL [body [token]]")
	var body io.Reader
	if len(args) > 2 {
		body = strings.NewReader(args[2])
	}
	request, err := http.NewRequest(args[0], args[1], body)
	ts.Check(err)
	if len(args) == 4 {
		request.Header.Set("Authorization", "Bearer "+args[3])
	}
	response, err := caller.Do(request)
	if neg {
		if err == nil {
			ts.Fatalf("%s %s was answered", args[0], args[1])
		}
		return
	}
	ts.Check(err)
	printResponse(ts, response)
}

func printResponse(ts *testscript.TestScript, r *http.Response) {
	body, err := io.ReadAll(r.Body)
	ts.Check(err)
	ts.Check(r.Body.Close())
	fmt.Fprintf(ts.Stdout(), "%d %s\n", r.StatusCode, body)
}

// cmdRefuses waits until nobody listens at the address of a URL.
func cmdRefuses(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "refuses URL")
	u, err := url.Parse(args[0])
	ts.Check(err)
	waitFor(ts, "connections to be refused", func() bool {
		conn, err := net.DialTimeout("tcp", u.Host, patience)
		if err == nil {
			conn.Close()
		}
		return errors.Is(err, syscall.ECONNREFUSED)
	})
}

// cmdBegin sends a POST but for the last byte of its body, and returns when the
// server has begun to read the body; end sends the last byte, and prints the
// answer.
func cmdBegin(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "begin NAME URL body")
	u, err := url.Parse(args[1])
	ts.Check(err)
	conn, err := net.DialTimeout("tcp", u.Host, patience)
	ts.Check(err)
	ts.Defer(func() { conn.Close() })
	ts.Check(conn.SetDeadline(time.Now().Add(patience)))
	body := args[2]
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", u.RequestURI(), u.Host, len(body))
	ts.Check(err)
	const goOn = "HTTP/1.1 100 Continue\r\n\r\n"
	answer := make([]byte, len(goOn))
	_, err = io.ReadFull(conn, answer)
	ts.Check(err)
	if string(answer) != goOn {
		ts.Fatalf("the answer to a call without its body begins with %q", answer)
	}
	_, err = io.WriteString(conn, body[:len(body)-1])
	ts.Check(err)
	stateOf(ts).calls[args[0]] = &openCall{conn, body[len(body)-1:]}
}

// An openCall is a call that has not been sent whole.
type openCall struct {
	net.Conn
	rest string
}

func cmdEnd(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "end NAME")
	call, ok := stateOf(ts).calls[args[0]]
	if !ok {
		ts.Fatalf("nothing was begun as %s", args[0])
	}
	_, err := io.WriteString(call, call.rest)
	ts.Check(err)
	answer, err := io.ReadAll(call)
	ts.Check(err)
	_, err = ts.Stdout().Write(answer)
	ts.Check(err)
}

// cmdCapture sets a variable to what the group of a regular expression matches
// in a file.
func cmdCapture(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 3, "capture VARIABLE 'before(group)after' file")
	value := match("(?m)"+args[1], ts.ReadFile(args[2]))
	if value == "" {
		ts.Fatalf("no %q in %s:\n%s", args[1], args[2], ts.ReadFile(args[2]))
	}
	ts.Setenv(args[0], value)
}

// cmdCertificate writes cert.pem and key.pem of 127.0.0.1, signed by itself.
func cmdCertificate(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 0, "certificate")
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "kith"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	ts.Check(err)
	writePEM(ts, "cert.pem", "CERTIFICATE", certificate)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	ts.Check(err)
	writePEM(ts, "key.pem", "PRIVATE KEY", private)
}

func writePEM(ts *testscript.TestScript, name, kind string, der []byte) {
	ts.Check(os.WriteFile(ts.MkAbs(name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

// cmdOutdate makes a data directory look as if a much newer kith had written
// it: the number of its format is the one value of four bytes in a new store.
func cmdOutdate(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "outdate DIR")
	db, err := pebble.Open(ts.MkAbs(args[0]), &pebble.Options{Logger: silent{}})
	ts.Check(err)
	it, err := db.NewIter(nil)
	ts.Check(err)
	var formats [][]byte
	for ok := it.First(); ok; ok = it.Next() {
		if len(it.Value()) == 4 {
			formats = append(formats, bytes.Clone(it.Key()))
		}
	}
	ts.Check(it.Close())
	if len(formats) != 1 {
		ts.Fatalf("%d values look like the number of the format, want 1", len(formats))
	}
	ts.Check(db.Set(formats[0], binary.BigEndian.AppendUint32(nil, 1000), pebble.Sync))
	ts.Check(db.Close())
}

// silent keeps the engine's log out of the script's.
type silent struct{}

func (silent) Infof(string, ...any)  {}
func (silent) Errorf(string, ...any) {}
func (silent) Fatalf(format string, args ...any) {
	panic(fmt.Sprintf(format, args...))
}

func match(expression, text string) string {
	if found := regexp.MustCompile(expression).FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

func waitFor(ts *testscript.TestScript, what string, done func() bool) {
	for deadline := time.Now().Add(patience); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("waited %v for %s", patience, what)
		}
	}
}
