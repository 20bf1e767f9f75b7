package load

import (
	"math"
	"slices"
	"testing"
)

// near fails unless got lies within a part of want.
func near(t *testing.T, what string, got, want, part float64) {
	t.Helper()
	if math.Abs(got-want) > part*want {
		t.Errorf("%s is %.4g, want %.4g within %.0f %%", what, got, want, 100*part)
	}
}

func TestOutDegree(t *testing.T) {
	const users = 200_000
	s := &society{users: users}
	degrees := make([]int, users)
	sum, none := 0, 0
	for u := range degrees {
		degrees[u] = s.degree(u)
		sum += degrees[u]
		if degrees[u] == 0 {
			none++
		}
	}
	slices.Sort(degrees)
	near(t, "the mean", float64(sum)/users, 4.1, 0.05)
	near(t, "the share of users without friends", float64(none)/users, 0.45, 0.01)
	near(t, "the 99th percentile", float64(degrees[users*99/100]), 15, 0.07)
	near(t, "the 99.9th percentile", float64(degrees[users*999/1000]), 264, 0.15)
	if most := degrees[users-1]; most > friendLimit || most < friendLimit/2 {
		t.Errorf("the most friends are %d, which is not about the limit", most)
	}
}

// TestFriendsDiffer finds the friends of a user to be as many as his degree
// says, and none of them himself.
func TestFriendsDiffer(t *testing.T) {
	s := &society{users: 5000}
	for u := range s.users {
		seen := map[int]bool{u: true}
		for k := range s.degree(u) {
			f := s.friend(u, k)
			if seen[f] || f < 0 || f >= s.users {
				t.Fatalf("friend %d of user %d is %d: himself, one he has, or nobody", k, u, f)
			}
			seen[f] = true
		}
	}
}

func TestRanksAreUsers(t *testing.T) {
	s := &society{users: 20_000}
	seen := make([]bool, s.users)
	for rank := range s.users {
		seen[s.at(rank)] = true
	}
	if i := slices.Index(seen, false); i >= 0 {
		t.Errorf("no rank of popularity leads to user %d", i)
	}
}

func TestZipf(t *testing.T) {
	const n, draws = 1000, 400_000
	for _, s := range []float64{readSkew, writeSkew, profileSkew} {
		z, c := newZipf(n, s), newChance(7)
		count := make([]float64, n)
		for range draws {
			count[z.draw(c)]++
		}
		total := 0.
		for r := 1; r <= n; r++ {
			total += math.Pow(float64(r), -s)
		}
		for _, rank := range []int{1, 2, 10} {
			near(t, "the frequency of a rank", count[rank-1]/draws, math.Pow(float64(rank), -s)/total, 0.06)
		}
		tail := 0.
		for r := n/2 + 1; r <= n; r++ {
			tail += math.Pow(float64(r), -s) / total
		}
		got := 0.
		for _, k := range count[n/2:] {
			got += k / draws
		}
		near(t, "the share of the less popular half", got, tail, 0.03)
	}
}

func TestLengths(t *testing.T) {
	const draws = 100_000
	c := newChance(3)
	notes, profiles, ids := make([]int, draws), make([]int, draws), make([]int, draws)
	sum := 0
	for i := range draws {
		notes[i], profiles[i], ids[i] = c.length(8, 96), c.length(128, 500), c.idsPerCall()
		sum += ids[i]
	}
	for _, all := range [][]int{notes, profiles, ids} {
		slices.Sort(all)
	}
	near(t, "the median note", float64(notes[draws/2]), 8, 0.01)
	near(t, "the median profile", float64(profiles[draws/2]), 128, 0.02)
	near(t, "the mean of ids in a call", float64(sum)/draws, 1/0.382, 0.02)
	if notes[0] < 1 || notes[draws-1] > 96 || profiles[0] < 1 || profiles[draws-1] > 500 || ids[0] != 1 || ids[draws-1] > 128 {
		t.Errorf("notes of %d to %d bytes, profiles of %d to %d, %d to %d ids", notes[0], notes[draws-1], profiles[0], profiles[draws-1], ids[0], ids[draws-1])
	}
}

func TestGraphShape(t *testing.T) {
	g := GrowGraph()
	degree := make([]int, len(g))
	for a, later := range g {
		degree[a] += len(later)
		for _, b := range later {
			if b <= a {
				t.Fatalf("%d stands among the later friends of %d", b, a)
			}
			degree[b]++
		}
	}
	if len(g) != graphPeople || g.friendships() != graphFriendships || slices.Max(degree) != graphLargest {
		t.Errorf("%d people, %d friendships, %d friends at the most", len(g), g.friendships(), slices.Max(degree))
	}
}
