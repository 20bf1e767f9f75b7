package load

import (
	"context"
	"sync/atomic"

	"kith/wire"
)

// A society is the state that the social workloads start from: users with as
// many one-way friends as the degrees of LinkBench's graph give them. It is
// not stored: whose friend somebody is follows from his number.
type society struct {
	*Target
	users int
	next  atomic.Int64 // the first account that does not exist

	// sequences are those of the friends of each user, as far as an answer told.
	sequences []atomic.Int32

	readers, writers, profiles *zipf
}

// The exponents of access are those of LinkBench's measurements: who reads and
// writes friends, and whose profile is looked at.
const (
	readSkew    = 0.8
	writeSkew   = 0.74
	profileSkew = 0.6
)

func newSociety(t *Target, users int) *society {
	s := &society{
		Target: t, users: users, sequences: make([]atomic.Int32, users),
		readers: newZipf(users, readSkew), writers: newZipf(users, writeSkew), profiles: newZipf(users, profileSkew),
	}
	s.next.Store(int64(users))
	return s
}

// at turns a rank of popularity into a user; who is popular has nothing to do
// with how many friends he has.
func (s *society) at(rank int) int { return (rank*scatter + 12345) % s.users }

// scatter is a prime larger than any number of users, so that its multiples are
// all of them in another order.
const scatter = 15_485_863

// roomToAdd is how far below the limit everybody stays at the start. On a store
// that [Fill] filled, and [Add] changed, they have friends already.
const roomToAdd = 100

func (s *society) degree(user int) int {
	return outDegree(float64(mix(uint64(user))>>11)/(1<<53), min(friendLimit-roomToAdd, s.users-1))
}

// friend is the k-th friend of a user at the start.
func (s *society) friend(user, k int) int {
	return (user + 1 + (int(mix(uint64(user))>>40)+k)%(s.users-1)) % s.users
}

// prepare makes the accounts with their profiles, and their friends.
func (s *society) prepare(ctx context.Context, _ *Target) error {
	if err := s.importUsers(ctx, s.users); err != nil {
		return err
	}
	err := s.finite(ctx, connectionsToPrepare, func(u int, c *Call) bool {
		if u >= s.users {
			return false
		}
		s.show(c, u, newChance(uint64(u)).profileText)
		return true
	}, nil)
	if err != nil {
		return err
	}
	type part struct{ user, from int }
	var parts []part
	for u := range s.users {
		for from := 0; from < s.degree(u); from += itemsPerCall {
			parts = append(parts, part{u, from})
			s.sequences[u].Add(1)
		}
	}
	return s.finite(ctx, connectionsToPrepare, func(n int, c *Call) bool {
		if n >= len(parts) {
			return false
		}
		p := parts[n]
		var peers []int
		for k := p.from; k < min(p.from+itemsPerCall, s.degree(p.user)); k++ {
			peers = append(peers, s.friend(p.user, k))
		}
		s.importFriends(c, p.user, peers, newChance(uint64(n)).note)
		return true
	}, nil)
}

// The texts that are noted about friends, and those of profiles, are as long as
// LinkBench's payloads: around 8 and around 128 bytes.
func (c chance) note(b []byte) []byte        { return c.text(b, c.length(8, 96)) }
func (c chance) profileText(b []byte) []byte { return c.text(b, c.length(128, 500)) }

// A share is one kind of call of a mix, and how often it is made.
type share struct {
	weight float64
	fill   func(*societyCaller, *Call)
}

// SNSLinkBench is the mix of LinkBench ("LinkBench: a database benchmark based
// on the Facebook social graph", 2013), its operations on links and nodes
// carried over to friends and profiles.
func SNSLinkBench(t *Target, users int) *Workload {
	return newSociety(t, users).workload("sns-linkbench", "LinkBench's mix of reads and writes on its graph", []share{
		{50.71 * 0.9, (*societyCaller).list}, {50.71 * 0.1, (*societyCaller).blocklist},
		{12.93, (*societyCaller).portrait},
		{8.99 * 0.9, (*societyCaller).add}, {8.99 * 0.1, (*societyCaller).block},
		{8.01, (*societyCaller).update},
		{7.37, (*societyCaller).show},
		{4.89, (*societyCaller).count},
		{2.99, (*societyCaller).remove},
		{2.57, (*societyCaller).join},
		{1.01, (*societyCaller).leave},
		{0.53 / 2, (*societyCaller).checkSome}, {0.53 / 2, (*societyCaller).detailSome},
	})
}

// TAO is the mix of reads and writes that Facebook published for TAO ("TAO:
// Facebook's distributed data store for the social graph", 2013), on the same
// graph: 99.8 % reads.
func TAO(t *Target, users int) *Workload {
	const reads, writes = 0.998, 0.002
	return newSociety(t, users).workload("tao", "TAO's mix: 99.8 % reads, on the same graph", []share{
		{reads * 40.9, (*societyCaller).list},
		{reads * 28.9, (*societyCaller).portrait},
		{reads * 18.5, (*societyCaller).checkOne},
		{reads * 11.7, (*societyCaller).count},
		{writes * 52, (*societyCaller).add},
		{writes * 21, (*societyCaller).show},
		{writes * 17, (*societyCaller).join},
		{writes * 10, (*societyCaller).leave},
	})
}

func (s *society) workload(name, about string, mix []share) *Workload {
	return &Workload{
		Name: name, About: about, Prepare: s.prepare,
		Caller: func(seed uint64) Caller {
			c := &societyCaller{society: s, chance: newChance(seed), mix: mix}
			for _, m := range mix {
				c.total += m.weight
			}
			return Caller{Next: c.next, Answered: c.answered}
		},
	}
}

// A societyCaller is one connection's part in a society.
type societyCaller struct {
	*society
	chance
	mix   []share
	total float64
	peers []int
}

// gone are the codes that tell of an account that was deleted, of a friend
// that is one already or none any more, of a block, and of limits. A society
// in which people come and go meets all of them.
var gone = []int{
	wire.CodeParameter, wire.CodeNoAccount, wire.CodeProfileNoAccount, wire.CodeAccountNotFound,
	wire.CodeNotFriend, wire.CodeBlocked, wire.CodeBlockedByPeer, wire.CodeFriendLimit, wire.CodeBlockLimit,
}

func (c *societyCaller) next(call *Call) bool {
	call.Owner, call.Allowed = -1, gone
	r := c.Float64() * c.total
	for i := range c.mix {
		if r -= c.mix[i].weight; r < 0 || i == len(c.mix)-1 {
			c.mix[i].fill(c, call)
			break
		}
	}
	return true
}

var standardSequence = []byte(`"StandardSequence":`)

// answered keeps the sequence that an answer of friend_get told.
func (c *societyCaller) answered(call *Call, answer []byte) {
	if call.Owner < 0 {
		return
	}
	if seq, ok := member(answer, standardSequence); ok {
		c.sequences[call.Owner].Store(int32(seq))
	}
}

func (c *societyCaller) reader() int { return c.at(c.readers.draw(c.chance)) }
func (c *societyCaller) writer() int { return c.at(c.writers.draw(c.chance)) }
func (c *societyCaller) shown() int  { return c.at(c.profiles.draw(c.chance)) }

// settled is a writer who had friends at the start: of them LinkBench updates
// and deletes links.
func (c *societyCaller) settled() (user, friend int) {
	for {
		if user = c.writer(); c.degree(user) > 0 {
			return user, c.friend(user, c.IntN(c.degree(user)))
		}
	}
}

func (c *societyCaller) list(call *Call) {
	call.Owner = c.reader()
	c.page(call, call.Owner, 0, 0)
}

func (c *societyCaller) blocklist(call *Call) { c.blocked(call, c.reader()) }

// count asks with the sequence of what the caller has, so that the answer is
// the number of friends alone, unless they have changed.
func (c *societyCaller) count(call *Call) {
	call.Owner = c.reader()
	c.page(call, call.Owner, 0, int(c.sequences[call.Owner].Load()))
}

func (c *societyCaller) portrait(call *Call) { c.Target.portrait(call, c.shown()) }

func (c *societyCaller) show(call *Call) { c.Target.show(call, c.shown(), c.profileText) }

func (c *societyCaller) add(call *Call) {
	a := c.writer()
	c.Target.add(call, a, false, (a+1+c.IntN(c.users-1))%c.users)
}

func (c *societyCaller) block(call *Call) {
	a := c.writer()
	c.Target.block(call, a, (a+1+c.IntN(c.users-1))%c.users)
}

func (c *societyCaller) update(call *Call) {
	user, friend := c.settled()
	c.Target.update(call, user, friend, c.note)
}

func (c *societyCaller) remove(call *Call) {
	user, friend := c.settled()
	c.Target.remove(call, user, friend)
}

func (c *societyCaller) join(call *Call) { c.account(call, int(c.society.next.Add(1)-1)) }

func (c *societyCaller) leave(call *Call) { c.erase(call, c.IntN(c.users)) }

// some draws the accounts of one call: half of them friends at the start, if
// there are any.
func (c *societyCaller) some(user, n int) []int {
	c.peers = c.peers[:0]
	degree := c.degree(user)
	for range n {
		if degree > 0 && c.IntN(2) == 0 {
			c.peers = append(c.peers, c.friend(user, c.IntN(degree)))
		} else {
			c.peers = append(c.peers, (user+1+c.IntN(c.users-1))%c.users)
		}
	}
	return c.peers
}

func (c *societyCaller) checkOne(call *Call) {
	user := c.reader()
	c.check(call, user, c.some(user, 1)...)
}

func (c *societyCaller) checkSome(call *Call) {
	user := c.reader()
	c.check(call, user, c.some(user, c.idsPerCall())...)
}

func (c *societyCaller) detailSome(call *Call) {
	user := c.reader()
	c.details(call, user, c.some(user, c.idsPerCall()))
}
