package embedded_test

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// soakTime is how long [TestSoak] lasts: a few seconds, or as KITH_SOAK_TIME
// says.
func soakTime(t *testing.T) time.Duration {
	s := os.Getenv("KITH_SOAK_TIME")
	if s == "" {
		return 3 * time.Second
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatalf("KITH_SOAK_TIME is %q, must be a time such as 10m", s)
	}
	return d
}

// The ways in which a process that has the store open fares.
const (
	stopped     = "stopped"      // in peace
	killed      = "killed"       // in the middle of its work
	writeErrors = "write errors" // until it ends by itself, or is killed
	syncErrors  = "sync errors"
	tableErrors = "table errors" // of files written in the background, which are written anew
)

var fares = []string{stopped, killed, writeErrors, syncErrors, tableErrors}

const (
	soakConnections = 16
	roundsEach      = 12 // of a directory, so that it does not grow without bounds
)

// A question is what a connection sends: the command that a number stands for,
// to be carried out for an app at a time.
type question struct {
	Seed int
	App  chain.AppID
	Time int64
}

// A reply tells what came of it, in words. Lost says that the store failed, so
// that the change may have been made or not.
type reply struct {
	Text string
	Lost bool
}

// fewestCommands is how many a soak must see answered to show anything.
const fewestCommands = 1000

// TestSoak lets many connections give random commands to a store in a process of
// its own, in which writes and syncs fail and which is stopped and killed again
// and again. Each connection has an app, and a model that carries out the same
// commands: all answers must be the model's, and after each restart all rows and
// events. A command that was not answered has happened whole or not at all.
func TestSoak(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	rng := rand.New(rand.NewPCG(1, seed))
	t.Logf("seed %d", seed)
	var commands atomic.Int64
	ended := 0
	rounds := map[string]int{}
	end := time.Now().Add(soakTime(t))
	over := func() bool { // a slow machine gets a minute more to show anything
		return time.Now().After(end) && (commands.Load() >= fewestCommands || time.Since(end) > time.Minute)
	}
	for !over() {
		dir := t.TempDir()
		all := newConnections(rng)
		for range roundsEach {
			fare := fares[rng.IntN(len(fares))]
			rounds[fare]++
			p := startSoaked(t, dir, fare, rng.Uint64())
			if p.work(t, all, time.Duration(20+rng.IntN(400))*time.Millisecond, &commands) {
				ended++
			}
			compareAll(t, dir, fare, all)
			if t.Failed() || over() {
				break
			}
		}
		if t.Failed() {
			return
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d commands; rounds %v; %d times the store ended its process", commands.Load(), rounds, ended)
	if commands.Load() < fewestCommands {
		t.Errorf("only %d commands were answered: the test shows nothing", commands.Load())
	}
}

// A connection gives commands for one app and knows what must come of them.
type connection struct {
	app     *chain.App
	model   store.Store
	rng     *rand.Rand
	clock   int64
	pending *question       // not answered
	history []func() string // the latest commands with their answers, and how rounds ended
}

// remembered is how much of its history a connection tells when something is
// found.
const remembered = 200

// note remembers what happened, to be put into words if it is told.
func (c *connection) note(happened func() string) {
	c.history = append(c.history, happened)
	if len(c.history) >= 2*remembered {
		c.history = slices.Delete(c.history, 0, len(c.history)-remembered)
	}
}

// tell logs what happened before something was found.
func (c *connection) tell(t *testing.T) {
	t.Helper()
	var b strings.Builder
	for _, happened := range c.history {
		b.WriteString("\n" + happened())
	}
	t.Logf("app %d did before:%s", c.app.ID, b.String())
}

func newConnections(rng *rand.Rand) []*connection {
	all := make([]*connection, soakConnections)
	for i := range all {
		app := storetest.SmallApp()
		app.ID += chain.AppID(i)
		all[i] = &connection{app: app, model: storetest.NewModel(), rng: rand.New(rand.NewPCG(rng.Uint64(), uint64(i))), clock: now.Unix()}
	}
	return all
}

// talk gives commands until the process does not answer any more.
func (c *connection) talk(t *testing.T, address string, over <-chan struct{}, commands *atomic.Int64) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return // it ended already
	}
	defer conn.Close()
	send, receive := gob.NewEncoder(conn), gob.NewDecoder(conn)
	for {
		select {
		case <-over:
			return
		default:
		}
		c.clock++
		q := question{Seed: int(c.rng.Uint32()), App: c.app.ID, Time: c.clock}
		c.pending = &q
		var got reply
		if send.Encode(q) != nil || receive.Decode(&got) != nil || got.Lost {
			return
		}
		c.pending = nil
		c.note(func() string { return fmt.Sprintf("%d: %s: %s", q.Time, storetest.StepOf(q.Seed).Name, got.Text) })
		commands.Add(1)
		if want := q.carryOut(c.model); got != want {
			c.tell(t)
			t.Errorf("%s of app %d: the store answered\n%+v\nand the model\n%+v", storetest.StepOf(q.Seed).Name, q.App, got, want)
			return
		}
	}
}

// carryOut carries a question's command out on a store.
func (q *question) carryOut(s store.Store) reply {
	app := storetest.SmallApp()
	app.ID = q.App
	answer, err := storetest.StepOf(q.Seed).Do(context.Background(), s, app, time.Unix(q.Time, 0))
	_, refused := errors.AsType[chain.Fault](err)
	return reply{Text: fmt.Sprintf("%+v %v", answer, err), Lost: err != nil && !refused}
}

// compare wants what a store holds of the app to be what the model holds, with
// the command that was not answered or without it.
func (c *connection) compare(t *testing.T, s store.Store) {
	t.Helper()
	diff, err := storetest.Difference(t.Context(), c.model, s, c.app.ID)
	if err == nil && diff != "" && c.pending != nil {
		c.pending.carryOut(c.model)
		diff, err = storetest.Difference(t.Context(), c.model, s, c.app.ID)
	}
	if err != nil || diff != "" {
		c.tell(t)
		t.Errorf("app %d, command without an answer %+v: %v (-model +store)\n%s", c.app.ID, c.pending, err, diff)
	}
	c.pending = nil
	if found, err := storetest.Audit(t.Context(), s, c.app); err != nil || len(found) > 0 {
		t.Errorf("app %d: audit: %v %q", c.app.ID, err, found)
	}
}

func compareAll(t *testing.T, dir, fare string, all []*connection) {
	t.Helper()
	s, err := embedded.Open(dir, embedded.Options{CacheSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		pending := c.pending
		c.note(func() string { return fmt.Sprintf("a process with %s is over; not answered: %+v", fare, pending) })
		c.compare(t, s)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// A soaked is a process that has a store open and carries out commands.
type soaked struct {
	*exec.Cmd
	fare    string
	input   io.Closer
	address string
	ended   chan error
}

// startSoaked runs [TestSoakHelper] until it listens. Faults may keep the store
// from opening; then there is nobody to talk to.
func startSoaked(t *testing.T, dir, fare string, seed uint64) *soaked {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestSoakHelper$")
	cmd.Env = append(os.Environ(), "KITH_TEST_SOAK="+dir, "KITH_TEST_FARE="+fare, "KITH_TEST_SEED="+strconv.FormatUint(seed, 10))
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &soaked{Cmd: cmd, fare: fare, input: input, ended: make(chan error, 1)}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended, unless the test failed
	_, _ = fmt.Fscanln(output, &p.address)       // empty if it ended
	go func() { p.ended <- cmd.Wait() }()
	return p
}

// work lets all connections talk for a while, then stops the process in peace,
// or kills it while they do. It tells whether the process had ended by itself.
func (p *soaked) work(t *testing.T, all []*connection, d time.Duration, commands *atomic.Int64) (byItself bool) {
	t.Helper()
	over := make(chan struct{})
	var talking sync.WaitGroup
	for _, c := range all {
		talking.Go(func() { c.talk(t, p.address, over, commands) })
	}
	select {
	case err := <-p.ended:
		p.ended <- err
	case <-time.After(d):
	}
	if p.fare == stopped {
		_ = p.input.Close()
	} else {
		_ = p.Process.Kill() // it may have ended by itself
	}
	close(over)
	talking.Wait()
	if err := <-p.ended; p.fare == stopped && err != nil {
		t.Errorf("a process that was told to stop ended with %v", err)
	}
	return p.ProcessState.ExitCode() == 1
}

// TestSoakHelper is the process of TestSoak; by itself it does nothing. It ends
// with its standard input. Every other time its cache has room for few.
func TestSoakHelper(t *testing.T) {
	dir := os.Getenv("KITH_TEST_SOAK")
	if dir == "" {
		return
	}
	seed, err := strconv.ParseUint(os.Getenv("KITH_TEST_SEED"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	s, err := embedded.Open(dir, embedded.Options{CacheSize: 1, FS: errorfs.Wrap(vfs.Default, newFaults(os.Getenv("KITH_TEST_FARE"), seed))})
	if err != nil {
		t.Fatal(err)
	}
	if seed%2 == 0 {
		s.LimitRows(fewRows)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(l.Addr())
	var answering sync.WaitGroup
	warming, cold := context.WithCancel(t.Context())
	answering.Go(func() {
		for warming.Err() == nil {
			for i := range soakConnections {
				_, _ = s.WarmApp(warming, storetest.SmallApp().ID+chain.AppID(i)) // what fails is told to whoever asks
			}
			time.Sleep(time.Millisecond)
		}
	})
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			answering.Go(func() { answer(conn, s) })
		}
	}()
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = l.Close()
	cold()
	answering.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func answer(conn net.Conn, s store.Store) {
	defer conn.Close()
	send, receive := gob.NewEncoder(conn), gob.NewDecoder(conn)
	for {
		var q question
		if receive.Decode(&q) != nil || send.Encode(q.carryOut(s)) != nil {
			return
		}
	}
}

// newFaults injects the errors of a fare: rarely, from a random moment on or not
// at all.
func newFaults(fare string, seed uint64) errorfs.Injector {
	rng := rand.New(rand.NewPCG(2, seed))
	var mu sync.Mutex
	one := map[string]int{writeErrors: 300, syncErrors: 100, tableErrors: 4}[fare] // in so many
	return errorfs.InjectorFunc(func(op errorfs.Op) error {
		if !fails(fare, op) {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		if rng.IntN(one) != 0 {
			return nil
		}
		return errorfs.ErrInjected
	})
}

// fails tells whether an operation may fail.
func fails(fare string, op errorfs.Op) bool {
	sync := op.Kind == errorfs.OpFileSync || op.Kind == errorfs.OpFileSyncData || op.Kind == errorfs.OpFileSyncTo
	write := op.Kind == errorfs.OpFileWrite || op.Kind == errorfs.OpFileWriteAt
	table := strings.HasSuffix(filepath.Base(op.Path), ".sst")
	switch fare {
	case writeErrors:
		return write
	case syncErrors:
		return sync
	case tableErrors:
		return table && (write || sync)
	}
	return false
}
