package embedded

import (
	"context"
	"encoding/binary"
	"fmt"
	"reflect"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/internal/chain"
)

// differ tells what two sets do not have in common.
func differ(want, got *friendSet) string {
	all := chain.Page{Limit: 1 << 30}
	return cmp.Diff(want.owner, got.owner) + diff(want.tags, got.tags) + diff(want.page(all), got.page(all))
}

// diff tells how two values differ. That they do not, as nearly always, it finds
// out ten times as fast as [cmp.Diff].
func diff(want, got any, options ...cmp.Option) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got, append(options, cmpopts.EquateEmpty())...)
}

// AuditCache compares all that the cache holds with what the engine has, and its
// weight with what the cache was told of it, while nobody changes anything, and
// returns what differs and how many parts do not.
func (s *Store) AuditCache() (found []string, parts int) {
	for key, u := range s.rows.users.All() {
		if key.owner != u.id || !u.heldAsWeighed() {
			found = append(found, fmt.Sprintf("%s stands for %s, who weighs %d and was weighed as %d", key.owner, u.id, u.weight(), u.weighed.Load()))
		}
		r := &reader{db: s.db, key: keyBuf{app: key.app}, draft: &chain.Draft{}}
		for _, diff := range []string{
			differs(u.user.Load(), key.owner, r.storedUser),
			differs(u.profile.Load(), key.owner, r.storedProfile),
			differs(u.lists.Load(), key.owner, r.storedLists),
			differsSet(u.friends.Load(), key.owner, r.storedSet),
		} {
			switch diff {
			case notCached:
			case "":
				parts++
			default:
				found = append(found, fmt.Sprintf("%s: %s", key.owner, diff))
			}
		}
	}
	return found, parts
}

const notCached = "not cached"

func differsSet(set *friendSet, id chain.UserID, read func(chain.UserID) (*friendSet, error)) string {
	if set == nil {
		return notCached
	}
	want, err := read(id)
	if err != nil {
		return err.Error()
	}
	return differ(want, set)
}

func differs[V any](s *stored[V], id chain.UserID, read func(chain.UserID) (V, bool, error)) string {
	if s == nil {
		return notCached
	}
	row, ok, err := read(id)
	if err != nil {
		return err.Error()
	}
	return diff(stored[V]{row, ok}, *s, cmp.AllowUnexported(stored[V]{}))
}

// AuditEdges compares the slots that edges lead to, by peer, with those where the
// friends and blocklist entries of all apps stand, and returns what differs.
func (s *Store) AuditEdges() (diff string, err error) {
	want, got := map[string]uint32{}, map[string]uint32{} // by key
	stands := func(key *keyBuf, e chain.Edge, kind kind, slot uint32) {
		want[string(key.edge(e.Reverse(), kind))] = slot
	}
	firstApp := []byte{0, 0, 0, 1}
	err = (&reader{db: s.db}).scan(firstApp, nil, 0, func(key, value []byte) (bool, error) {
		app, owner := keyBuf{app: chain.AppID(binary.BigEndian.Uint32(key))}, ownerOf(key)
		kind, rest := kind(key[len(app.all(owner))]), key[len(app.all(owner))+1:]
		switch kind {
		case kindFriend:
			f, err := decodeFriend(value, owner, binary.BigEndian.Uint32(rest))
			stands(&app, f.Edge, kindFan, f.Slot)
			return true, err
		case kindBlock:
			b, err := decodeBlock(value, owner, binary.BigEndian.Uint32(rest))
			stands(&app, b.Edge, kindBlocker, b.Slot)
			return true, err
		case kindFan, kindBlocker:
			slot, _ := binary.Uvarint(value)
			got[string(key)] = uint32(slot)
		}
		return true, nil
	})
	return cmp.Diff(want, got), err
}

// ForgetRows empties the cache.
func (s *Store) ForgetRows() { s.rows.users.InvalidateAll() }

// LimitRows leaves the cache room for rows of so many bytes.
func (s *Store) LimitRows(bytes uint64) { s.rows.users.SetMaximum(bytes) }

// WarmApp warms up an app alone, whose row need not be there.
func (s *Store) WarmApp(ctx context.Context, app chain.AppID) (int, error) {
	return s.warmApp(ctx, app)
}
