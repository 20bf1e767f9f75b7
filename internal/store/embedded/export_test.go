package embedded

import (
	"context"
	"encoding/binary"
	"fmt"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/internal/chain"
)

// differ tells what two sets do not have in common.
func differ(want, got *friendSet) string {
	all := chain.Page{Limit: 1 << 30}
	return cmp.Diff(want.owner, got.owner) + cmp.Diff(want.tags, got.tags, cmpopts.EquateEmpty()) + cmp.Diff(want.page(all), got.page(all), cmpopts.EquateEmpty())
}

// AuditCache compares all that the cache holds with what the engine has, while
// nobody changes anything, and returns what differs and how much was compared.
func (s *Store) AuditCache() (found []string, entries int) {
	for key, entry := range s.rows.rows.All() {
		entries++
		r := &reader{db: s.db, key: keyBuf{app: key.app}, draft: &chain.Draft{}}
		var diff string
		var err error
		switch e := entry.(type) {
		case *stored[chain.User]:
			diff, err = differs(e, key.owner, r.storedUser)
		case *stored[chain.Profile]:
			diff, err = differs(e, key.owner, r.storedProfile)
		case *stored[chain.Lists]:
			diff, err = differs(e, key.owner, r.storedLists)
		case *friendSet:
			var want *friendSet
			want, err = r.storedSet(key.owner)
			diff = differ(want, e)
		}
		if err != nil || diff != "" {
			found = append(found, fmt.Sprintf("%c of %s: %v %s", key.part, key.owner, err, diff))
		}
	}
	return found, entries
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

func differs[V any](e *stored[V], id chain.UserID, read func(chain.UserID) (V, bool, error)) (string, error) {
	row, ok, err := read(id)
	return cmp.Diff(stored[V]{row, ok}, *e, cmp.AllowUnexported(stored[V]{}), cmpopts.EquateEmpty()), err
}

// ForgetRows empties the cache.
func (s *Store) ForgetRows() { s.rows.rows.InvalidateAll() }

// WarmApp warms up an app alone, whose row need not be there.
func (s *Store) WarmApp(ctx context.Context, app chain.AppID) (int, error) {
	return s.warmApp(ctx, app)
}
