package embedded

import (
	"github.com/maypok86/otter/v2"

	"kith/internal/chain"
)

// A rowCache holds rows that were read or written lately, user by user, so that
// most commands need no look at the engine, in which finding one row costs several
// microseconds. It is bounded by weight.
//
// It is exact, because of who may touch it. A row is taken from it, and put
// into it, only while its owner is held; a change is put into it after its
// commit and before its owner is let go. Whoever cannot hold an owner reads the
// engine instead. So what the cache has of a held user is what a read of the
// engine would find.
//
// What it hands out is shared and must not be changed, which is the rule for
// all rows of a draft ([chain.Table.Edit]).
type rowCache struct {
	users *otter.Cache[cacheKey, *cachedUser]
}

type cacheKey struct {
	owner chain.UserID
	app   chain.AppID
}

func newRowCache(bytes int64) *rowCache {
	return &rowCache{otter.Must(&otter.Options[cacheKey, *cachedUser]{MaximumWeight: uint64(bytes), Weigher: weigh})}
}

// nearlyFull tells whether more rows might push out others soon.
func (c *rowCache) nearlyFull() bool { return c.users.WeightedSize() >= c.users.GetMaximum()/8*7 }

// known is what there is of a user, or nil.
func (c *rowCache) known(key cacheKey) *cachedUser {
	u, _ := c.users.GetIfPresent(key)
	return u
}

// keep puts a user into the cache who is new, or has it weigh him again if he is
// not what he was by an eighth: telling the cache costs as much as all else that
// is done to a row.
func (c *rowCache) keep(key cacheKey, u *cachedUser) {
	if !u.heldAsWeighed() {
		key.owner = u.id
		c.users.Set(key, u)
	}
}

// settle makes the cache fit what a draft of held users changed. Whether it was
// written may be unknown: then nothing of them is kept.
func (c *rowCache) settle(app chain.AppID, d *chain.Draft, written bool) {
	s := settler{cache: c, key: cacheKey{app: app}, written: written}
	for cell := range d.Users.Dirty {
		s.of(cell.Key).settleUser(cell)
	}
	for cell := range d.Profiles.Dirty {
		s.of(cell.Key).settleProfile(cell)
	}
	for cell := range d.Lists.Dirty {
		s.of(cell.Key).settleLists(cell)
	}
	for cell := range d.Friends.Dirty {
		s.of(cell.Key.Owner).settleFriend(cell)
	}
	s.leave()
}

// A settler goes from user to user whom a draft changed. Rows of one mostly come
// together.
type settler struct {
	cache   *rowCache
	key     cacheKey
	user    *cachedUser // whom the key names
	written bool
}

func (s *settler) of(id chain.UserID) *cachedUser {
	if s.user != nil && id == s.key.owner {
		return s.user
	}
	s.leave()
	s.key.owner = id
	if s.user = s.cache.known(s.key); s.user == nil {
		s.user = newCachedUser(id)
	}
	return s.user
}

// leave tells the cache what has become of the user.
func (s *settler) leave() {
	switch {
	case s.user == nil:
	case !s.written:
		s.cache.users.Invalidate(s.key)
	case s.user.known():
		s.cache.keep(s.key, s.user)
	}
}

// forget drops what there is of an app. Nobody may hold a user of it who was read
// before it was deleted.
func (c *rowCache) forget(app chain.AppID) {
	for key := range c.users.Keys() {
		if key.app == app {
			c.users.Invalidate(key)
		}
	}
}
