package embedded

import (
	"strings"

	"github.com/maypok86/otter/v2"

	"kith/internal/chain"
)

// A rowCache holds rows that were read or written lately, decoded, so that most
// commands need no look at the engine, in which finding one row costs several
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
	rows *otter.Cache[cacheKey, any] // stored[V] or *friendSet, by part
}

// A cacheKey names a part of what there is of a user: kindUser, kindProfile and
// kindLists are single rows, kindFriend a set of all friends.
type cacheKey struct {
	owner chain.UserID
	app   chain.AppID
	part  kind
}

// A stored is a row, or the knowledge that there is none.
type stored[V any] struct {
	row   V
	found bool
}

// What an entry takes besides its texts, in bytes, with its share of the cache
// itself; about what a heap profile shows.
const (
	entryWeight = 200
	userWeight  = 180
)

func newRowCache(bytes int64) *rowCache {
	return &rowCache{otter.Must(&otter.Options[cacheKey, any]{MaximumWeight: uint64(bytes), Weigher: weigh})}
}

// nearlyFull tells whether more rows might push out others soon.
func (c *rowCache) nearlyFull() bool { return c.rows.WeightedSize() >= c.rows.GetMaximum()/8*7 }

func weigh(_ cacheKey, entry any) uint32 {
	switch e := entry.(type) {
	case *stored[chain.User]:
		return entryWeight + userWeight + uint32(8*(len(e.row.Friends.Blocks)+len(e.row.Blocks.Blocks)))
	case *stored[chain.Profile]:
		size := 0
		for _, v := range e.row.Standard {
			size += 40 + len(v.Value.Text)
		}
		return entryWeight + uint32(size+fieldsWeight(e.row.Custom))
	case *stored[chain.Lists]:
		size := 0
		for _, l := range e.row.Items {
			size += 40 + len(l.Name)
		}
		return entryWeight + uint32(size)
	case *friendSet:
		return entryWeight + uint32(e.weight())
	}
	return entryWeight
}

func fieldsWeight(fields []chain.Field) (size int) {
	for _, f := range fields {
		size += 56 + len(f.Name) + len(f.Value.Text)
	}
	return size
}

// cachedRow returns a row of a held user from the cache, or else what read
// finds, which it keeps.
func cachedRow[V any](r *reader, part kind, id chain.UserID, read func(chain.UserID) (V, bool, error)) (V, bool, error) {
	if !r.held {
		return read(id)
	}
	key := cacheKey{id, r.key.app, part}
	if e, ok := r.cache.rows.GetIfPresent(key); ok {
		s := e.(*stored[V])
		return s.row, s.found, nil
	}
	key.owner = chain.UserID(strings.Clone(string(id))) // not the body of a request with it
	row, found, err := read(key.owner)
	if err == nil {
		r.cache.rows.Set(key, &stored[V]{row, found})
	}
	return row, found, err
}

// settle makes the cache fit what a draft of held users changed. Whether it was
// written may be unknown: then nothing of it is kept.
func (c *rowCache) settle(app chain.AppID, d *chain.Draft, written bool) {
	settleRows(c, app, kindUser, &d.Users, written)
	settleRows(c, app, kindProfile, &d.Profiles, written)
	settleRows(c, app, kindLists, &d.Lists, written)
	var set *friendSet
	var key cacheKey
	for cell := range d.Friends.Dirty {
		// Rows of one owner mostly come together.
		if owner := cell.Key.Owner; set == nil || owner != key.owner {
			c.keep(key, set)
			key = cacheKey{owner, app, kindFriend}
			if set = c.friends(key); set == nil && hadNone(d, owner) {
				set = &friendSet{owner: chain.UserID(strings.Clone(string(owner)))}
			}
		}
		if set != nil && (!written || !set.apply(cell)) {
			c.rows.Invalidate(key)
			set = nil
		}
	}
	c.keep(key, set)
}

// hadNone tells whether a user had no friend before a draft was written, so that
// the draft has all it has now.
func hadNone(d *chain.Draft, owner chain.UserID) bool {
	before, known := d.Users.Before(owner)
	return known && before.Friends.Len() == 0
}

// keep weighs a set again that is new, or is not what it was by an eighth:
// telling the cache costs as much as all else that is done to a set.
func (c *rowCache) keep(key cacheKey, set *friendSet) {
	if set == nil || set.heldAsWeighed() {
		return
	}
	set.weighed = set.weight()
	key.owner = set.owner
	c.rows.Set(key, set)
}

func settleRows[V any](c *rowCache, app chain.AppID, part kind, t *chain.Table[chain.UserID, V], written bool) {
	for cell := range t.Dirty {
		key := cacheKey{cell.Key, app, part}
		if !written {
			c.rows.Invalidate(key)
			continue
		}
		if e, ok := c.rows.GetIfPresent(key); ok {
			weighed := weigh(key, e)
			*e.(*stored[V]) = stored[V]{cell.Row, cell.Found} // nobody else looks at it: the owner is held alone
			if weigh(key, e) == weighed {
				continue
			}
		}
		key.owner = chain.UserID(strings.Clone(string(cell.Key)))
		c.rows.Set(key, &stored[V]{cell.Row, cell.Found})
	}
}

func (c *rowCache) friends(key cacheKey) *friendSet {
	e, ok := c.rows.GetIfPresent(key)
	if !ok {
		return nil
	}
	return e.(*friendSet)
}

// forget drops what there is of an app, of which no command is under way.
func (c *rowCache) forget(app chain.AppID) {
	for key := range c.rows.Keys() {
		if key.app == app {
			c.rows.Invalidate(key)
		}
	}
}
