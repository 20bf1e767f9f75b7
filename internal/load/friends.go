package load

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"kith/wire"
)

// Add makes two of users friends in each call: forced, both ways, a pair drawn
// evenly from all of them.
func Add(t *Target, users int) *Workload {
	w := &Workload{Name: "add", About: "two-way forced friend_add of one, random pairs", Unit: "friendships"}
	w.Prepare = func(ctx context.Context, t *Target) error { return t.importUsers(ctx, users) }
	w.Caller = func(seed uint64) Caller { return t.adding(newChance(seed), users) }
	return w
}

// hotUsers is how many users share all of the load of [AddHot].
const hotUsers = 1000

// AddHot is [Add] inside 1,000 users. Afterwards everyone must be a friend of
// all of his friends.
func AddHot(t *Target) *Workload {
	w := Add(t, hotUsers)
	w.Name, w.About = "add-hot", "the same inside 1,000 users"
	w.Verify = func(ctx context.Context, t *Target) error { return t.verifySymmetry(ctx, hotUsers) }
	return w
}

// alreadyFriends allows that a pair was drawn before.
var alreadyFriends = []int{wire.CodeParameter}

func (t *Target) adding(c chance, users int) Caller {
	return Caller{Next: func(call *Call) bool {
		a := c.IntN(users)
		b := (a + 1 + c.IntN(users-1)) % users
		t.add(call, a, true, b)
		call.Units, call.Allowed = 1, alreadyFriends
		return true
	}}
}

// Import writes 1,000 one-way friends a call, of fresh owners.
func Import(t *Target, users int) *Workload {
	users = max(users, 2*friendLimit) / itemsPerCall * itemsPerCall
	var taken atomic.Int64
	var chunks [][]byte // the items about 1,000 users each
	w := &Workload{Name: "import", About: "friend_import of 1,000 a call", Unit: "edges"}
	w.Prepare = func(ctx context.Context, t *Target) error {
		chunks = nil
		for first := 0; first < users; first += itemsPerCall {
			b := []byte(`,"AddFriendItem":[`)
			for u := first; u < first+itemsPerCall; u++ {
				b = append(t.importItem(b, u, nil), ',')
			}
			chunks = append(chunks, append(b[:len(b)-1], `]}`...))
		}
		return t.importUsers(ctx, users)
	}
	// Each owner gets as many chunks as it may have friends, none of them the
	// one that it is in itself.
	each := min(friendLimit, users-itemsPerCall) / itemsPerCall
	w.Caller = func(uint64) Caller {
		return Caller{Next: func(call *Call) bool {
			n := int(taken.Add(1) - 1)
			owner := n / each % users
			chunk := (owner/itemsPerCall + 1 + n%each) % (users / itemsPerCall)
			call.Command, call.Units = friendImport, itemsPerCall
			call.Body = append(t.from(call.Body, owner), chunks[chunk]...)
			return true
		}}
	}
	return w
}

// circle is with how many that come behind him each user of [Check] and
// [Check100] is friends: he has twice as many friends.
const circle = 10

// Check asks for one pair, of which about half are friends.
func Check(t *Target, users int) *Workload {
	w := &Workload{Name: "check", About: "friend_check of one pair"}
	w.Prepare = func(ctx context.Context, t *Target) error { return t.prepareCircle(ctx, users) }
	w.Caller = func(seed uint64) Caller {
		c := newChance(seed)
		return Caller{Next: func(call *Call) bool {
			a := c.IntN(users)
			t.check(call, a, (a+1+c.IntN(2*circle))%users)
			return true
		}}
	}
	return w
}

// Check100 asks for 100 pairs a call, of which a tenth are friends.
func Check100(t *Target, users int) *Workload {
	const pairs = 100
	w := &Workload{Name: "check-100", About: "friend_check of 100 pairs", Unit: "pairs"}
	w.Prepare = func(ctx context.Context, t *Target) error { return t.prepareCircle(ctx, users) }
	w.Caller = func(seed uint64) Caller {
		c := newChance(seed)
		peers := make([]int, pairs)
		return Caller{Next: func(call *Call) bool {
			a := c.IntN(users)
			for i := range peers {
				peers[i] = (a + 1 + i) % users
			}
			t.check(call, a, peers...)
			call.Units = pairs
			return true
		}}
	}
	return w
}

func (t *Target) prepareCircle(ctx context.Context, users int) error {
	if there, err := t.hasCircle(ctx, users); there || err != nil {
		return err
	}
	if err := t.importUsers(ctx, users); err != nil {
		return err
	}
	return t.befriendCircle(ctx, users, circle)
}

// List reads all friends of a user who has 100.
func List(t *Target, users int) *Workload {
	const friends = 100
	owners := min(users, 1000)
	w := &Workload{Name: "list", About: "friend_get of a user with 100", Unit: "friends"}
	w.Prepare = func(ctx context.Context, t *Target) error {
		if err := t.importUsers(ctx, users); err != nil {
			return err
		}
		return t.importCircle(ctx, 0, owners, users, friends)
	}
	w.Caller = func(seed uint64) Caller {
		c := newChance(seed)
		return Caller{Next: func(call *Call) bool {
			t.page(call, c.IntN(owners), 0, 0)
			call.Units = friends
			return true
		}}
	}
	return w
}

// Walk reads the 3,000 friends of a user page by page; the pages are measured
// as one.
func Walk(t *Target, users int) *Workload {
	users = max(users, friendLimit+1)
	const owners = 20
	w := &Workload{Name: "walk", About: "a walk through 3,000 friends, page by page", Unit: "friends"}
	w.Prepare = func(ctx context.Context, t *Target) error {
		if err := t.importUsers(ctx, users); err != nil {
			return err
		}
		return t.importCircle(ctx, 0, owners, users, friendLimit)
	}
	w.Caller = func(seed uint64) Caller {
		c := newChance(seed)
		owner, start := 0, 0
		return Caller{Next: func(call *Call) bool {
			if start == 0 {
				owner = c.IntN(owners)
			}
			t.page(call, owner, start, 0)
			call.Units = pageSize
			start = (start + pageSize) % friendLimit
			call.More = start != 0
			return true
		}}
	}
	return w
}

// verifySymmetry reads the friends of all users and finds whoever is a friend
// on one side only.
func (t *Target) verifySymmetry(ctx context.Context, users int) error {
	type edge struct{ owner, peer string }
	var mu sync.Mutex
	edges := map[edge]bool{}
	pages := (users + pageSize - 1) / pageSize
	err := t.finite(ctx, connectionsToPrepare, func(n int, c *Call) bool {
		if n >= users*pages {
			return false
		}
		c.Owner = n / pages
		t.page(c, c.Owner, n%pages*pageSize, 0)
		return true
	}, func(c *Call, answer []byte) error {
		var page wire.FriendGetReply
		if err := wire.DecodeReply(answer, &page); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		for _, f := range page.UserDataItem {
			edges[edge{string(t.user(nil, c.Owner)), string(f.ToAccount)}] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for e := range maps.Keys(edges) {
		if !edges[edge{e.peer, e.owner}] {
			return fmt.Errorf("%s has %s as a friend, but not the other way round", e.owner, e.peer)
		}
	}
	return nil
}
