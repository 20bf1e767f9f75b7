package embedded

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
)

const (
	// listedTogether is after how many users a warm-up rests.
	listedTogether = 512
	// warmedTogether is how many it holds at a time, for about a millisecond.
	warmedTogether = 32
)

// Warm reads users, with their profiles and friends, into the cache, as calls
// would one by one: app after app, in the order of keys, until it has them all,
// the cache is nearly full, or ctx is done. It rests half as long as it works. It
// returns how many users it went through; an error is one of the engine.
func (s *Store) Warm(ctx context.Context) (users int, err error) {
	apps, err := s.Apps(ctx)
	if err != nil {
		return 0, err
	}
	for i := range apps {
		n, err := s.warmApp(ctx, apps[i].ID)
		users += n
		if err != nil {
			return users, err
		}
	}
	return users, nil
}

func (s *Store) warmApp(ctx context.Context, app chain.AppID) (users int, err error) {
	last := chain.UserID("")
	for ctx.Err() == nil && !s.rows.nearlyFull() {
		begin := time.Now()
		ids, err := s.Users(ctx, app, last, listedTogether)
		if err != nil || len(ids) == 0 {
			return users, err
		}
		users, last = users+len(ids), ids[len(ids)-1]
		for some := range slices.Chunk(ids, warmedTogether) {
			if err := s.warmUsers(app, some); err != nil {
				return users, err
			}
		}
		time.Sleep(time.Since(begin) / 2)
	}
	return users, nil
}

// warmUsers reads those of some users whom no writer has.
func (s *Store) warmUsers(app chain.AppID, ids []chain.UserID) (err error) {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	s.apps.Lock() // the app is not deleted meanwhile
	defer s.apps.Unlock()
	hold := s.locks.newReadHold(app)
	defer hold.release()
	ids = slices.DeleteFunc(ids, func(id chain.UserID) bool { return !hold.take(id) })
	it, err := s.db.NewIter(nil) // not before they are held: it sees what is stored at its making
	if err != nil {
		return err
	}
	defer closing(it, &err)
	w := warmer{rows: s.rows, it: it, key: keyBuf{app: app}}
	for _, id := range ids {
		if err := w.user(id); err != nil {
			return err
		}
	}
	return nil
}

// A warmer puts into the cache what an iterator finds of held users.
type warmer struct {
	rows *rowCache
	it   *pebble.Iterator
	key  keyBuf
}

// user reads the rows in the order in which they stand, so that no block is read
// twice.
func (w *warmer) user(id chain.UserID) error {
	set, errSet := w.friends(id)
	profile, errProfile := single(w, kindProfile, id, decodeProfile)
	user, errUser := single(w, kindUser, id, decodeUser)
	if err := errors.Join(errSet, errProfile, errUser); err != nil || !user.found {
		return err // only holders of him may be left
	}
	u := w.rows.known(cacheKey{id, w.key.app})
	if u == nil {
		u = newCachedUser(id)
	}
	u.profile.CompareAndSwap(nil, profile)
	u.user.CompareAndSwap(nil, user)
	if n := len(set.rows); n > 0 && n <= mostCached {
		set.fit()
		u.friends.CompareAndSwap(nil, set)
	}
	w.rows.keep(cacheKey{id, w.key.app}, u)
	return nil
}

// friends reads no more than one more than are kept of anybody.
func (w *warmer) friends(id chain.UserID) (*friendSet, error) {
	prefix := w.key.of(id, kindFriend)
	set := &friendSet{owner: id}
	for ok := w.reach(prefix); ok && bytes.HasPrefix(w.it.Key(), prefix) && len(set.rows) <= mostCached; ok = w.it.Next() {
		slot := w.it.Key()[len(prefix):]
		if err := set.append(binary.BigEndian.Uint32(slot), w.it.Value()); err != nil {
			return nil, err
		}
	}
	return set, w.it.Error()
}

// reach goes on to the first row from key on, and tells whether there is any. Keys
// must come in their order. Most often the row is this one or the next, which is
// found sooner by a step than by a search in every level of the engine.
func (w *warmer) reach(key []byte) bool {
	if w.it.Valid() && bytes.Compare(w.it.Key(), key) < 0 {
		w.it.Next()
	}
	if !w.it.Valid() || bytes.Compare(w.it.Key(), key) < 0 {
		return w.it.SeekGE(key)
	}
	return true
}

// single reads a row that a user has once or not at all.
func single[V any](w *warmer, part kind, id chain.UserID, decode func([]byte, chain.UserID) (V, error)) (*stored[V], error) {
	if !w.reach(w.key.of(id, part)) || !bytes.Equal(w.it.Key(), w.key.buf) {
		return &stored[V]{}, w.it.Error()
	}
	row, err := decode(w.it.Value(), id)
	return &stored[V]{row, true}, err
}
