package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

var now = time.Unix(1700000000, 0)

// answered notes which friendships a store has answered for.
type answered struct {
	mu    sync.Mutex
	edges map[chain.Edge]bool
}

func (a *answered) note(e chain.Edge) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.edges[e] = true
}

func (a *answered) snapshot() []chain.Edge {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []chain.Edge
	for e := range a.edges {
		all = append(all, e)
	}
	return all
}

// TestCrash takes copies of the file system as a power cut would leave it,
// with some, all or none of what was not synced, while many callers befriend
// each other. In every copy all that had been answered is there, whole.
func TestCrash(t *testing.T) {
	fs := vfs.NewCrashableMem()
	s := open(t, fs)
	app := storetest.SmallApp()
	app.Settings.MaxFriends, app.Settings.MaxLists = 10_000, 10_000
	const people = 40
	importPeople(t, s, app, people)

	var done answered
	done.edges = map[chain.Edge]bool{}
	ctx, stop := context.WithCancel(t.Context())
	var callers sync.WaitGroup
	for c := range 8 {
		callers.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(c), 1))
			for ctx.Err() == nil {
				e := chain.Edge{Owner: person(rng.IntN(people)), Peer: person(rng.IntN(people))}
				r, err := store.Do(context.Background(), s, app, now, &chain.FriendAdd{Owner: e.Owner, Both: true, Force: true,
					Items: []chain.FriendAddItem{{Peer: e.Peer, List: "Work", Remark: strings.Repeat("r", 90)}}})
				if err != nil {
					t.Errorf("add: %v", err)
					return
				}
				if r[0].Fault == chain.OK {
					done.note(e)
				}
			}
		})
	}
	rng := rand.New(rand.NewPCG(7, 7))
	for round := range 20 {
		time.Sleep(5 * time.Millisecond)
		want := done.snapshot()
		copied := fs.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: []int{0, 50, 100}[round%3], RNG: rng})
		checkCopy(t, copied, app, want)
	}
	stop()
	callers.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if len(done.edges) < people {
		t.Errorf("only %d friendships were made: the test shows nothing", len(done.edges))
	}
}

func checkCopy(t *testing.T, fs vfs.FS, app *chain.App, want []chain.Edge) {
	t.Helper()
	s := open(t, fs)
	defer s.Close()
	found, err := storetest.Audit(t.Context(), s, app)
	if err != nil || len(found) > 0 {
		t.Fatalf("after a crash: %v %q", err, found)
	}
	if diff, err := s.AuditEdges(); err != nil || diff != "" {
		t.Fatalf("after a crash edges lead elsewhere (-stands +leads): %v\n%s", err, diff)
	}
	for _, e := range want {
		r, err := store.Do(t.Context(), s, app, now, &chain.FriendCheck{Owner: e.Owner, Peers: []chain.UserID{e.Peer}, Both: true})
		if err != nil || !r[0].Forward || !r[0].Back {
			t.Fatalf("after a crash %v, which was answered, is %+v (%v)", e, r, err)
		}
	}
}

func person(i int) chain.UserID { return chain.UserID(fmt.Sprintf("p%03d", i)) }

func importPeople(t *testing.T, s store.Store, app *chain.App, n int) {
	t.Helper()
	for i := range n {
		if _, err := store.Do(t.Context(), s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: person(i)}}}); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, fs vfs.FS) *embedded.Store {
	t.Helper()
	s, err := embedded.Open("data", embedded.Options{FS: fs, CacheSize: 1})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestGroupedCommits shows that concurrent commands share syncs and that a
// lone one does not wait for others.
func TestGroupedCommits(t *testing.T) {
	s, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	app := storetest.SmallApp()
	importPeople(t, s, app, 1)
	if got := s.Stats(); got.Commits != 1 || got.Syncs != 1 {
		t.Errorf("one command made %d commits in %d syncs", got.Commits, got.Syncs)
	}
	var callers sync.WaitGroup
	for c := range 32 {
		callers.Go(func() {
			for i := range 20 {
				id := person((c+1)*100 + i)
				if _, err := store.Do(context.Background(), s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: id}}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	callers.Wait()
	if got := s.Stats(); got.Commits != 641 || got.Syncs > got.Commits/2 {
		t.Errorf("%d concurrent commands made %d syncs", got.Commits-1, got.Syncs-1)
	}
}

// TestOpenElsewhere shows the errors that an administrator meets at start.
func TestOpenElsewhere(t *testing.T) {
	dir := t.TempDir()
	s, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := embedded.Open(dir, embedded.Options{}); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("opened twice: %v", err)
	}
	if out := openInProcess(t, dir); !strings.Contains(out, embedded.ErrInUse.Error()) {
		t.Errorf("opened by another process: %s", out)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if out := openInProcess(t, dir); !strings.Contains(out, "opened") {
		t.Errorf("opened by another process after closing: %s", out)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{file, filepath.Join(file, "below"), "/proc/kith"} {
		if _, err := embedded.Open(bad, embedded.Options{}); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("opened %s: %v", bad, err)
		}
	}
}

// openInProcess opens dir in a process of its own and returns what it says.
func openInProcess(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestOpenHelper$")
	cmd.Env = append(os.Environ(), "KITH_TEST_OPEN="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// TestOpenHelper is what openInProcess runs; by itself it does nothing.
func TestOpenHelper(t *testing.T) {
	dir := os.Getenv("KITH_TEST_OPEN")
	if dir == "" {
		return
	}
	s, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("opened", s.Close())
}
