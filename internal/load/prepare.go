package load

import "context"

// connectionsToPrepare are as many as a server with a committer that gathers
// takes for a full load.
const connectionsToPrepare = 64

// accountsPerCall is the most that multiaccount_import takes.
const accountsPerCall = 100

// itemsPerCall is the most that the calls of friends take by default, and
// friendLimit how many friends a user may have.
const (
	itemsPerCall = 1000
	friendLimit  = 3000
	pageSize     = 500
)

// importUsers makes the first n accounts.
func (t *Target) importUsers(ctx context.Context, n int) error {
	return t.finite(ctx, connectionsToPrepare, func(i int, c *Call) bool {
		first := i * accountsPerCall
		if first >= n {
			return false
		}
		t.accounts(c, first, min(first+accountsPerCall, n))
		return true
	}, nil)
}

// importCircle gives each of the users from first up to the one before end
// friends: the peers that come behind it among all of n, so many of them.
func (t *Target) importCircle(ctx context.Context, first, end, n, friends int) error {
	parts := (friends + itemsPerCall - 1) / itemsPerCall
	return t.finite(ctx, connectionsToPrepare, func(i int, c *Call) bool {
		owner := first + i/parts
		if owner >= end {
			return false
		}
		var peers []int
		for d := i % parts * itemsPerCall; d < friends && len(peers) < itemsPerCall; d++ {
			peers = append(peers, (owner+1+d)%n)
		}
		t.importFriends(c, owner, peers, nil)
		return true
	}, nil)
}

// befriendCircle makes each of n users a friend, both ways, of as many that
// come behind it.
func (t *Target) befriendCircle(ctx context.Context, n, friends int) error {
	return t.finite(ctx, connectionsToPrepare, func(owner int, c *Call) bool {
		if owner >= n {
			return false
		}
		peers := make([]int, friends)
		for d := range peers {
			peers[d] = (owner + 1 + d) % n
		}
		t.add(c, owner, true, peers...)
		return true
	}, nil)
}
