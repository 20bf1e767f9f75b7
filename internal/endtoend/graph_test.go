package endtoend

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/wire"
)

// A graph is who has whom as a friend, both ways.
type graph map[wire.Account]map[wire.Account]bool

func (g graph) connect(a, b wire.Account) {
	for _, id := range []wire.Account{a, b} {
		if g[id] == nil {
			g[id] = map[wire.Account]bool{}
		}
	}
	g[a][b], g[b][a] = true, true
}

func (g graph) edges() (n int) {
	for _, friends := range g {
		n += len(friends)
	}
	return n / 2
}

func (g graph) people() []wire.Account { return slices.Sorted(maps.Keys(g)) }

// The size of the ego-Facebook graph, and of its largest circle.
const (
	graphPeople      = 4039
	graphFriendships = 88234
	graphLargest     = 1045
)

// loadGraph reads the ego-Facebook graph: from the file that KITH_GRAPH names,
// or from the data directory that stands beside the project. Without either it
// makes one of the same size and shape.
func loadGraph(t testing.TB) graph {
	t.Helper()
	file := os.Getenv("KITH_GRAPH")
	if file == "" {
		file = filepath.Join("..", "..", "..", "shared", "data", "ego-facebook.txt.gz")
	}
	g, err := readGraph(file)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("KITH_GRAPH") == "" {
		t.Log("there is no ego-facebook.txt.gz: the graph is a generated one of the same size and shape")
		return generateGraph()
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func readGraph(file string) (graph, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	g := graph{}
	for lines := bufio.NewScanner(plain); lines.Scan(); {
		a, b, ok := strings.Cut(lines.Text(), " ")
		if !ok {
			return nil, fmt.Errorf("%s: no edge: %q", file, lines.Text())
		}
		g.connect(wire.Account("fb"+a), wire.Account("fb"+b))
	}
	return g, nil
}

// generateGraph grows a graph in which who has many friends gets more, around
// one person with as many friends as the largest circle of ego-Facebook has.
func generateGraph() graph {
	rng := rand.New(rand.NewPCG(4039, 88234))
	id := func(i int) wire.Account { return wire.Account(fmt.Sprintf("fb%d", i)) }
	g := graph{}
	var ends []int // everybody as often as he has friends
	join := func(a, b int) {
		if a != b && !g[id(a)][id(b)] && len(g[id(a)]) < graphLargest && len(g[id(b)]) < graphLargest {
			g.connect(id(a), id(b))
			ends = append(ends, a, b)
		}
	}
	for i := 1; i <= graphLargest; i++ {
		join(0, i)
	}
	ends = nil // growth goes on from the others
	for i := 1; i < graphPeople; i++ {
		join(i, 1+(i+rng.IntN(graphPeople-2))%(graphPeople-1))
	}
	for len(ends)/2 < graphFriendships-graphLargest {
		join(ends[rng.IntN(len(ends))], 1+rng.IntN(graphPeople-1))
	}
	return g
}

// TestGraph loads a real social graph over HTTP, restarts the server, and
// finds every friendship again from both sides.
func TestGraph(t *testing.T) {
	g := loadGraph(t)
	people := g.people()
	if len(people) != graphPeople || g.edges() != graphFriendships {
		t.Fatalf("the graph has %d people and %d friendships", len(people), g.edges())
	}
	dir := t.TempDir()
	s := start(t, dir)
	begin := time.Now()
	s.importAccounts(t, people)
	s.loadFriendships(t, g)
	t.Logf("loaded in %v", time.Since(begin).Round(time.Millisecond))
	s.stop(t)
	t.Logf("%.1f bytes on disk for each of %d one-way edges, after a stop", float64(diskBytes(t, dir))/float64(2*g.edges()), 2*g.edges())

	s = start(t, dir)
	defer s.stop(t)
	s.wantGraph(t, g)
}

// wantGraph finds every friendship of a graph from both sides.
func (s *server) wantGraph(t testing.TB, g graph) {
	t.Helper()
	people := g.people()
	largest := slices.MaxFunc(people, func(a, b wire.Account) int { return cmp.Compare(len(g[a]), len(g[b])) })
	if len(g[largest]) != graphLargest {
		t.Errorf("the largest circle has %d people", len(g[largest]))
	}
	for _, id := range people {
		friends, pages, err := s.friendsOf(id)
		if err != nil {
			t.Fatal(err)
		}
		if want := (len(friends) + 499) / 500; pages != want {
			t.Errorf("the %d friends of %s came in %d pages, want %d", len(friends), id, pages, want)
		}
		slices.Sort(friends)
		if want := slices.Sorted(maps.Keys(g[id])); !slices.Equal(friends, want) {
			t.Fatalf("%s has %d friends, not the %d of the graph", id, len(friends), len(want))
		}
	}
}

// loadFriendships adds each friendship once, from the side that sorts first,
// up to 1,000 a call, from several connections.
func (s *server) loadFriendships(t testing.TB, g graph) {
	owners := make(chan wire.Account)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for id := range owners {
				later := slices.DeleteFunc(slices.Sorted(maps.Keys(g[id])), func(f wire.Account) bool { return f < id })
				for batch := range slices.Chunk(later, 1000) {
					if err := s.befriend(t.Context(), id, batch...); err != nil {
						t.Errorf("friends of %s: %v", id, err)
					}
				}
			}
		})
	}
	for _, id := range g.people() {
		owners <- id
	}
	close(owners)
	wg.Wait()
}

func diskBytes(t testing.TB, dir string) (sum int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// TestGeneratedGraph keeps the stand-in for the real graph to its size and
// shape.
func TestGeneratedGraph(t *testing.T) {
	g := generateGraph()
	if len(g) != graphPeople || g.edges() != graphFriendships {
		t.Errorf("generated %d people and %d friendships", len(g), g.edges())
	}
	most := 0
	for _, friends := range g {
		most = max(most, len(friends))
	}
	if most != graphLargest {
		t.Errorf("the largest circle has %d people", most)
	}
}
