package embedded

import (
	"hash/maphash"
	"slices"
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
// kindLists are single rows, kindFriend all friends.
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
	entryWeight  = 200
	userWeight   = 180
	friendWeight = 200
)

func newRowCache(bytes int64) *rowCache {
	return &rowCache{otter.Must(&otter.Options[cacheKey, any]{MaximumWeight: uint64(bytes), Weigher: weigh})}
}

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
		return entryWeight + uint32(e.weight)
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
				set = newFriendSet(chain.UserID(strings.Clone(string(owner))), nil)
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

// keep weighs a set again that may have grown.
func (c *rowCache) keep(key cacheKey, set *friendSet) {
	if set != nil {
		key.owner = set.owner
		c.rows.Set(key, set)
	}
}

func settleRows[V any](c *rowCache, app chain.AppID, part kind, t *chain.Table[chain.UserID, V], written bool) {
	for cell := range t.Dirty {
		key := cacheKey{cell.Key, app, part}
		if !written {
			c.rows.Invalidate(key)
			continue
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

// A friendSet is all friends of one user. Readers share it while they hold the
// user, and may keep what they took of its rows for longer; so rows are only
// ever appended, and any other change makes new memory.
type friendSet struct {
	owner  chain.UserID
	rows   []chain.Friend       // ascending by slot
	hashes []uint32             // of their peers, unless there is an index
	places map[chain.UserID]int // the index: in rows, by peer; nil for a few
	weight int
}

const (
	// mostCached is how many friends a user may have whose set is kept.
	mostCached = 4096
	// mostSought is up to how many are read together for the sake of one.
	mostSought = 32
	// mostScanned is up to how many are searched through without an index.
	// Their hashes stand together, where looking at all of them costs less than
	// the one place of a map that is not in the processor's cache.
	mostScanned = 64
	// mostCopied is how many are copied for the sake of a change.
	mostCopied = 512
)

func newFriendSet(owner chain.UserID, rows []chain.Friend) *friendSet {
	s := &friendSet{owner: owner, rows: rows}
	for i := range rows {
		s.weight += weightOf(&rows[i])
	}
	s.index()
	return s
}

func weightOf(f *chain.Friend) int {
	return friendWeight + len(f.Peer) + len(f.Remark) + len(f.Source) + len(f.Wording) + 4*len(f.Lists) + fieldsWeight(f.Custom)
}

var hashSeed = maphash.MakeSeed()

func hashOf(peer chain.UserID) uint32 { return uint32(maphash.String(hashSeed, string(peer))) }

// index makes what finds rows by peer.
func (s *friendSet) index() {
	s.hashes, s.places = nil, nil
	if len(s.rows) > mostScanned {
		s.places = make(map[chain.UserID]int, len(s.rows))
	} else {
		s.hashes = make([]uint32, 0, len(s.rows))
	}
	for i := range s.rows {
		s.place(i)
	}
}

// place adds the i-th row, behind those that are placed.
func (s *friendSet) place(i int) {
	if s.places != nil {
		s.places[s.rows[i].Peer] = i
		return
	}
	s.hashes = append(s.hashes, hashOf(s.rows[i].Peer))
}

// at is where the row of a slot stands, or would stand.
func (s *friendSet) at(slot uint32) (int, bool) {
	return slices.BinarySearchFunc(s.rows, slot, func(f chain.Friend, slot uint32) int { return int(f.Slot) - int(slot) })
}

func (s *friendSet) get(peer chain.UserID) (chain.Friend, bool) {
	if s.places != nil {
		if i, ok := s.places[peer]; ok {
			return s.rows[i], true
		}
		return chain.Friend{}, false
	}
	hash := hashOf(peer)
	for i := range s.hashes {
		if s.hashes[i] == hash && s.rows[i].Peer == peer {
			return s.rows[i], true
		}
	}
	return chain.Friend{}, false
}

// page is what a scan of the rows from a slot on would find.
func (s *friendSet) page(p chain.Page) []chain.Friend {
	from, _ := s.at(p.From)
	from = min(from+p.Skip, len(s.rows))
	end := min(from+min(p.Limit, len(s.rows)), len(s.rows))
	return s.rows[from:end:end]
}

// apply makes the change that a cell holds, or is false if forgetting the set
// costs less. The owner is held alone.
func (s *friendSet) apply(cell *friendCell) bool {
	if len(s.rows) >= mostCached {
		return false
	}
	row := cell.Row
	row.Owner = s.owner
	switch i, _ := s.at(row.Slot); {
	case cell.Found && !cell.Had && i == len(s.rows):
		s.rows = append(s.rows, row)
		s.weight += weightOf(&row)
		if s.places == nil && len(s.rows) > mostScanned {
			s.index()
		} else {
			s.place(i)
		}
		return true
	case len(s.rows) > mostCopied:
		return false
	}
	rows := make([]chain.Friend, 0, len(s.rows)+1)
	for i := range s.rows {
		if s.rows[i].Peer != cell.Key.Peer {
			rows = append(rows, s.rows[i])
		}
	}
	if cell.Found {
		i, _ := slices.BinarySearchFunc(rows, row.Slot, func(f chain.Friend, slot uint32) int { return int(f.Slot) - int(slot) })
		rows = slices.Insert(rows, i, row)
	}
	*s = *newFriendSet(s.owner, rows)
	return true
}
