package load

import (
	"context"
	"fmt"
	"sync/atomic"

	"kith/wire"
)

// The size of the ego-Facebook graph (SNAP), and of its largest circle. A graph
// of that shape is grown: who has many friends gets more.
const (
	graphPeople      = 4039
	graphFriendships = 88234
	graphLargest     = 1045
)

// A Graph is who has whom as a friend, both ways: for each person those of a
// higher number.
type Graph [][]int

// GrowGraph makes a graph of the size of ego-Facebook, always the same one.
func GrowGraph() Graph {
	c := newChance(graphFriendships)
	g := make(Graph, graphPeople)
	known := make([]map[int]bool, graphPeople)
	for i := range known {
		known[i] = map[int]bool{}
	}
	var ends []int // everybody as often as he has friends
	join := func(a, b int) {
		if a != b && !known[a][b] && len(known[a]) < graphLargest && len(known[b]) < graphLargest {
			known[a][b], known[b][a] = true, true
			g[min(a, b)] = append(g[min(a, b)], max(a, b))
			ends = append(ends, a, b)
		}
	}
	for i := 1; i <= graphLargest; i++ {
		join(0, i)
	}
	ends = nil // growth goes on from the others
	for i := 1; i < graphPeople; i++ {
		join(i, 1+(i+c.IntN(graphPeople-2))%(graphPeople-1))
	}
	for len(ends)/2 < graphFriendships-graphLargest {
		join(ends[c.IntN(len(ends))], 1+c.IntN(graphPeople-1))
	}
	return g
}

// LoadGraph loads a graph, up to 1,000 friendships a call, reads it back from
// both sides, and measures both. The two figures are of the loading, in
// friendships, and of the reading, in friends.
func LoadGraph(ctx context.Context, t *Target, g Graph, connections int, m Meter) (loading, reading *Figures, err error) {
	if err := t.importUsers(ctx, len(g)); err != nil {
		return nil, nil, err
	}
	type part struct{ owner, from int }
	var parts []part
	degree := make([]int, len(g))
	for a, later := range g {
		degree[a] += len(later)
		for _, b := range later {
			degree[b]++
		}
		for from := 0; from < len(later); from += itemsPerCall {
			parts = append(parts, part{a, from})
		}
	}
	loading, err = t.timed(ctx, connections, m, nil, func(n int, c *Call) bool {
		if n >= len(parts) {
			return false
		}
		later := g[parts[n].owner][parts[n].from:]
		later = later[:min(len(later), itemsPerCall)]
		t.add(c, parts[n].owner, true, later...)
		c.Units = len(later)
		return true
	}, nil)
	if err != nil {
		return nil, nil, err
	}
	parts = parts[:0]
	for a, n := range degree {
		for from := 0; from < max(n, 1); from += pageSize {
			parts = append(parts, part{a, from})
		}
	}
	var found atomic.Int64
	reading, err = t.timed(ctx, connections, m, nil, func(n int, c *Call) bool {
		if n >= len(parts) {
			return false
		}
		c.Owner = parts[n].owner
		t.page(c, c.Owner, parts[n].from, 0)
		c.Units = min(degree[c.Owner]-parts[n].from, pageSize)
		return true
	}, func(c *Call, answer []byte) error {
		var page wire.FriendGetReply
		if err := wire.DecodeReply(answer, &page); err != nil {
			return err
		}
		found.Add(int64(len(page.UserDataItem)))
		if page.FriendNum != degree[c.Owner] {
			return fmt.Errorf("%s has %d friends, not %d", t.user(nil, c.Owner), page.FriendNum, degree[c.Owner])
		}
		return nil
	})
	if err == nil && found.Load() != int64(2*g.friendships()) {
		err = fmt.Errorf("%d friends were read back of %d", found.Load(), 2*g.friendships())
	}
	return loading, reading, err
}

func (g Graph) friendships() (n int) {
	for _, later := range g {
		n += len(later)
	}
	return n
}
