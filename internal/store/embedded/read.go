package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
)

// A reader reads rows of one app from the engine or a snapshot of it. It is
// not safe for concurrent use.
type reader struct {
	db    pebble.Reader
	cache *rowCache
	key   keyBuf

	// take takes hold of the owner of a row, if nobody holds it yet; with
	// readers of a snapshot it is nil.
	take func(chain.UserID) bool
	// mustHold says that what cannot be held is not read at all.
	mustHold bool

	draft *chain.Draft // the one being loaded
	held  bool         // every owner is held, so that the cache may be used
	found [2]foundUser // the last ones; a call mostly asks for several parts of two users
	next  int          // which of them goes next

	// worthwhile is up to how many friends of a user are read together, for
	// the sake of those that are wanted.
	worthwhile int
}

// A foundUser is what the cache has of a user.
type foundUser struct {
	id   chain.UserID
	user *cachedUser
}

// get hands the value of key to use, which must not keep it, and reports
// whether there is one.
func get(db pebble.Reader, key []byte, use func([]byte) error) (found bool, err error) {
	b, done, err := db.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer closing(done, &err)
	return true, use(b)
}

// closing closes c and reports its error unless there is one already.
func closing(c io.Closer, err *error) {
	if e := c.Close(); *err == nil {
		*err = e
	}
}

// Load implements [store.Reader].
func (r *reader) Load(ctx context.Context, w *chain.Want, d *chain.Draft) error {
	r.draft = d
	r.held = r.take != nil && eachOwner(w, r.take)
	if r.mustHold && !r.held {
		return errBusy
	}
	r.worthwhile = mostSought
	if n := len(w.Friends); n > 1 && w.Friends[0].Owner == w.Friends[n-1].Owner {
		r.worthwhile = min(max(mostSought, 4*n), mostCached) // all are one user's
	}
	return errors.Join(
		load(ctx, &d.Users, w.Users, r.user),
		load(ctx, &d.Profiles, w.Profiles, r.profile),
		load(ctx, &d.Lists, w.Lists, r.lists),
		load(ctx, &d.Friends, w.Friends, r.friend),
		load(ctx, &d.Blocks, w.Blocks, r.block),
		load(ctx, &d.Sent, w.Sent, r.sent),
		load(ctx, &d.Received, w.Received, r.received),
		load(ctx, &d.Pages, w.Pages, r.page),
		load(ctx, &d.Members, w.Members, r.members),
		load(ctx, &d.BlockPages, w.BlockPages, r.blockPage),
		load(ctx, &d.Requests, w.Requests, r.requests),
		load(ctx, &d.Holdings, w.Holdings, r.holdings),
	)
}

func load[K comparable, V any](ctx context.Context, t *chain.Table[K, V], keys chain.Keys[K], find func(K) (V, bool, error)) error {
	if len(keys) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.Fill(keys, find); err != nil {
		return fmt.Errorf("read %T rows: %w", *new(V), err)
	}
	return nil
}

// cached is what the cache has of a held user. If it has nothing, it gets what is
// filled in, by keep.
func (r *reader) cached(id chain.UserID) *cachedUser {
	for i := range r.found {
		if f := &r.found[i]; f.user != nil && f.id == id {
			return f.user
		}
	}
	u := r.cache.known(cacheKey{id, r.key.app})
	if u == nil {
		u = newCachedUser(id)
	}
	r.found[r.next] = foundUser{id, u}
	r.next = (r.next + 1) % len(r.found)
	return u
}

// keep tells the cache of a user of whom a part was filled in.
func (r *reader) keep(u *cachedUser) { r.cache.keep(cacheKey{u.id, r.key.app}, u) }

// cachedRow returns a row of a held user from a part of what is cached, or else
// what read finds, which it keeps.
func cachedRow[V any](r *reader, u *cachedUser, part *atomic.Pointer[stored[V]], read func(chain.UserID) (V, bool, error)) (V, bool, error) {
	if s := part.Load(); s != nil {
		return s.row, s.found, nil
	}
	row, found, err := read(u.id)
	if err == nil {
		part.Store(&stored[V]{row, found})
		r.keep(u)
	}
	return row, found, err
}

func (r *reader) user(id chain.UserID) (chain.User, bool, error) {
	if !r.held {
		return r.storedUser(id)
	}
	u := r.cached(id)
	return cachedRow(r, u, &u.user, r.storedUser)
}

func (r *reader) storedUser(id chain.UserID) (u chain.User, found bool, err error) {
	found, err = get(r.db, r.key.of(id, kindUser), func(b []byte) (err error) {
		u, err = decodeUser(b, id)
		return err
	})
	return u, found, err
}

func (r *reader) profile(id chain.UserID) (chain.Profile, bool, error) {
	if !r.held {
		return r.storedProfile(id)
	}
	u := r.cached(id)
	return cachedRow(r, u, &u.profile, r.storedProfile)
}

func (r *reader) storedProfile(id chain.UserID) (p chain.Profile, found bool, err error) {
	found, err = get(r.db, r.key.of(id, kindProfile), func(b []byte) (err error) {
		p, err = decodeProfile(b, id)
		return err
	})
	return p, found, err
}

func (r *reader) lists(id chain.UserID) (chain.Lists, bool, error) {
	if r.lacks(id, kindLists) {
		return chain.Lists{}, false, nil
	}
	if !r.held {
		return r.storedLists(id)
	}
	u := r.cached(id)
	return cachedRow(r, u, &u.lists, r.storedLists)
}

func (r *reader) storedLists(id chain.UserID) (l chain.Lists, found bool, err error) {
	found, err = get(r.db, r.key.of(id, kindLists), func(b []byte) (err error) {
		l, err = decodeLists(b, id)
		return err
	})
	return l, found, err
}

// lacks tells whether owner is known to have no row of a kind: its own row, if
// it was read, counts them. Most look-ups of a command that changes something
// end here.
func (r *reader) lacks(owner chain.UserID, kind kind) bool {
	u, known := r.draft.Users.Peek(owner)
	if !known {
		return false
	}
	switch kind {
	case kindFriend:
		return u.Friends.Len() == 0
	case kindBlock:
		return u.Blocks.Len() == 0
	case kindSent:
		return u.Sent == 0
	case kindReceived:
		return u.Received == 0
	case kindLists:
		return u.Seq[chain.SeqLists] == 0 // which making a list raises
	}
	return false
}

// slotOf follows an edge to the slot where its row stands. The peer has the row
// that tells it, which is the owner's all the same.
func (r *reader) slotOf(e chain.Edge, kind kind) (slot uint32, found bool, err error) {
	found, err = get(r.db, r.key.edge(e.Reverse(), kind), func(b []byte) error {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return errCorrupt
		}
		slot = uint32(v)
		return nil
	})
	return slot, found, err
}

func (r *reader) friend(e chain.Edge) (chain.Friend, bool, error) {
	if r.lacks(e.Owner, kindFriend) {
		return chain.Friend{}, false, nil
	}
	if set, err := r.friends(e.Owner, r.worthwhile); set != nil || err != nil {
		if err != nil {
			return chain.Friend{}, false, err
		}
		f, at := set.find(e.Peer)
		return f, at >= 0, nil
	}
	return follow(r, e, kindFan, kindFriend, decodeFriend)
}

func (r *reader) block(e chain.Edge) (chain.Block, bool, error) {
	if r.lacks(e.Owner, kindBlock) {
		return chain.Block{}, false, nil
	}
	return follow(r, e, kindBlocker, kindBlock, decodeBlock)
}

// A slotDecoder decodes the row at a slot of an owner.
type slotDecoder[V any] func(row []byte, owner chain.UserID, slot uint32) (V, error)

// follow reads the row to which an edge leads: from its slot, kept with the peer
// under the kind from, to the row, kept with the owner under the kind to.
func follow[V any](r *reader, e chain.Edge, from, to kind, decode slotDecoder[V]) (row V, found bool, err error) {
	slot, found, err := r.slotOf(e, from)
	if !found || err != nil {
		return row, false, err
	}
	row, err = rowAt(r, e.Owner, slot, to, decode)
	return row, true, err
}

// rowAt reads the row at a slot that is taken.
func rowAt[V any](r *reader, owner chain.UserID, slot uint32, kind kind, decode slotDecoder[V]) (row V, err error) {
	stands, err := get(r.db, r.key.slot(owner, kind, slot), func(b []byte) (err error) {
		row, err = decode(b, owner, slot)
		return err
	})
	if err == nil && !stands {
		err = errCorrupt
	}
	return row, err
}

func (r *reader) sent(e chain.Edge) (chain.Request, bool, error) { return r.request(e, kindSent) }

func (r *reader) received(e chain.Edge) (chain.Request, bool, error) {
	return r.request(e, kindReceived)
}

func (r *reader) request(e chain.Edge, kind kind) (q chain.Request, found bool, err error) {
	if r.lacks(e.Owner, kind) {
		return q, false, nil
	}
	found, err = get(r.db, r.key.edge(e, kind), func(b []byte) (err error) {
		q, err = decodeRequest(b, e)
		return err
	})
	return q, found, err
}

// scan hands every row from key from up to the key before to to use, as the
// part of the key after skip bytes and the value, until use wants no more.
func (r *reader) scan(from, to []byte, skip int, use func(rest, value []byte) (more bool, err error)) (err error) {
	it, err := r.db.NewIter(&pebble.IterOptions{LowerBound: from, UpperBound: to})
	if err != nil {
		return err
	}
	defer closing(it, &err)
	for ok := it.First(); ok; ok = it.Next() {
		more, err := use(it.Key()[skip:], it.Value())
		if err != nil || !more {
			return err
		}
	}
	return it.Error()
}

// friends returns all friends of a user from the cache. What is not there is
// read and kept, if there are at most so many of them. It is nil if there is
// nothing to be had of the cache.
func (r *reader) friends(owner chain.UserID, most int) (*friendSet, error) {
	if !r.held {
		return nil, nil
	}
	u := r.cached(owner)
	if set := u.friends.Load(); set != nil {
		return set, nil
	}
	row, known := r.draft.Users.Peek(owner)
	if !known || row.Friends.Len() > most {
		return nil, nil
	}
	set, err := r.storedSet(u.id)
	if err != nil {
		return nil, err
	}
	u.friends.Store(set)
	r.keep(u)
	return set, nil
}

func (r *reader) storedSet(owner chain.UserID) (*friendSet, error) {
	set := &friendSet{owner: owner}
	prefix := slices.Clone(r.key.of(owner, kindFriend))
	err := r.scan(prefix, after(prefix), len(prefix), func(slot, row []byte) (bool, error) {
		return true, set.append(binary.BigEndian.Uint32(slot), row)
	})
	set.fit()
	return set, err
}

func (r *reader) page(p chain.Page) ([]chain.Friend, bool, error) {
	if r.lacks(p.Owner, kindFriend) {
		return nil, true, nil
	}
	if set, err := r.friends(p.Owner, mostCached); set != nil || err != nil {
		if err != nil {
			return nil, false, err
		}
		return set.page(p), true, nil
	}
	return readPage(r, p, kindFriend, decodeFriend)
}

func (r *reader) blockPage(p chain.Page) ([]chain.Block, bool, error) {
	if r.lacks(p.Owner, kindBlock) {
		return nil, true, nil
	}
	return readPage(r, p, kindBlock, decodeBlock)
}

// readPage reads the rows of one kind from a slot on.
func readPage[V any](r *reader, p chain.Page, kind kind, decode slotDecoder[V]) (rows []V, found bool, err error) {
	prefix := slices.Clone(r.key.of(p.Owner, kind))
	skip := p.Skip
	err = r.scan(r.key.slot(p.Owner, kind, p.From), after(prefix), len(prefix), func(slot, value []byte) (bool, error) {
		if skip > 0 {
			skip--
			return true, nil
		}
		row, err := decode(value, p.Owner, binary.BigEndian.Uint32(slot))
		rows = append(rows, row)
		return len(rows) < p.Limit, err
	})
	return rows, true, err
}

func (r *reader) members(k chain.ListKey) (friends []chain.Friend, found bool, err error) {
	prefix := slices.Clone(r.key.slot(k.Owner, kindMember, uint32(k.List)))
	err = r.scan(prefix, after(prefix), len(prefix), func(slot, _ []byte) (bool, error) {
		f, err := rowAt(r, k.Owner, binary.BigEndian.Uint32(slot), kindFriend, decodeFriend)
		friends = append(friends, f)
		return true, err
	})
	return friends, true, err
}

func (r *reader) requests(id chain.UserID) (q chain.Requests, found bool, err error) {
	if q.Sent, err = r.requestsOf(id, kindSent); err != nil {
		return q, false, err
	}
	q.Received, err = r.requestsOf(id, kindReceived)
	return q, true, err
}

func (r *reader) requestsOf(id chain.UserID, kind kind) (requests []chain.Request, err error) {
	if r.lacks(id, kind) {
		return nil, nil
	}
	prefix := slices.Clone(r.key.of(id, kind))
	err = r.scan(prefix, after(prefix), len(prefix), func(peer, value []byte) (bool, error) {
		q, err := decodeRequest(value, chain.Edge{Owner: id, Peer: chain.UserID(peer)})
		requests = append(requests, q)
		return true, err
	})
	return requests, err
}

// heldKinds are the kinds of rows that make up the holdings of a user, in the
// order of their keys. Fans and blockers are rows of its holders, and so may
// change while only the user is held.
var heldKinds = []kind{kindBlock, kindBlocker, kindFriend, kindReceived, kindFan, kindSent}

func (r *reader) holdings(reach chain.Reach) (h chain.Holdings, found bool, err error) {
	all := slices.Clone(r.key.all(reach.Owner))
	it, err := r.db.NewIter(&pebble.IterOptions{LowerBound: all, UpperBound: after(all)})
	if err != nil {
		return h, false, err
	}
	defer closing(it, &err)
	for _, kind := range heldKinds {
		if r.lacks(reach.Owner, kind) {
			continue
		}
		prefix := append(all, byte(kind))
		rows := 0
		for ok := it.SeekGE(prefix); ok && bytes.HasPrefix(it.Key(), prefix); ok = it.Next() {
			if err := hold(&h, reach.Owner, kind, it.Key()[len(prefix):], it.Value()); err != nil {
				return h, false, err
			}
			if rows++; rows == reach.Most {
				break
			}
		}
		if err := it.Error(); err != nil { // which the next seek would forget
			return h, false, err
		}
	}
	return h, true, nil
}

// hold files one row of id in h.
func hold(h *chain.Holdings, id chain.UserID, kind kind, rest, value []byte) (err error) {
	edge := func() chain.Edge { return chain.Edge{Owner: id, Peer: chain.UserID(rest)} }
	switch kind {
	case kindFriend:
		h.Friends, err = appendRow(h.Friends)(decodeFriend(value, id, binary.BigEndian.Uint32(rest)))
	case kindBlock:
		h.Blocks, err = appendRow(h.Blocks)(decodeBlock(value, id, binary.BigEndian.Uint32(rest)))
	case kindSent:
		h.Sent, err = appendRow(h.Sent)(decodeRequest(value, edge()))
	case kindReceived:
		h.Received, err = appendRow(h.Received)(decodeRequest(value, edge()))
	case kindFan:
		h.FriendOf = append(h.FriendOf, chain.UserID(rest))
	case kindBlocker:
		h.BlockedBy = append(h.BlockedBy, chain.UserID(rest))
	}
	return err
}

func appendRow[V any](rows []V) func(V, error) ([]V, error) {
	return func(row V, err error) ([]V, error) { return append(rows, row), err }
}
