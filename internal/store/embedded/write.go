package embedded

import (
	"encoding/binary"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
)

// A writer turns the changed rows of a draft into one engine batch.
type writer struct {
	batch *pebble.Batch
	key   keyBuf
	row   []byte
	err   error // the first one; what follows it is not written
}

func (w *writer) set(key, value []byte) {
	if w.err == nil {
		w.err = w.batch.Set(key, value, nil)
	}
}

func (w *writer) delete(key []byte) {
	if w.err == nil {
		w.err = w.batch.Delete(key, nil)
	}
}

// put writes or removes the row that c holds under key.
func put[K comparable, V any](w *writer, c *chain.Cell[K, V], key []byte, encode func([]byte, *V) []byte) {
	if !c.Found {
		w.delete(key)
		return
	}
	w.row = encode(w.row, &c.Row)
	w.set(key, w.row)
}

func (w *writer) draft(d *chain.Draft) error {
	for c := range d.Users.Dirty {
		put(w, c, w.key.of(c.Key, kindUser), encodeUser)
		w.leaving(c)
	}
	for c := range d.Profiles.Dirty {
		put(w, c, w.key.of(c.Key, kindProfile), encodeProfile)
	}
	for c := range d.Lists.Dirty {
		put(w, c, w.key.of(c.Key, kindLists), encodeLists)
	}
	// A slot that one row leaves another may take, so removals go first.
	for c := range d.Friends.Dirty {
		w.dropFriend(c)
	}
	// Rows of one kind follow each other, because the engine finds the place of
	// a key fastest when it is close to the one before.
	for c := range d.Friends.Dirty {
		w.setFriend(c)
	}
	for c := range d.Friends.Dirty {
		w.setFan(c)
	}
	for c := range d.Blocks.Dirty {
		w.dropBlock(c)
	}
	for c := range d.Blocks.Dirty {
		w.setBlock(c)
	}
	for c := range d.Sent.Dirty {
		put(w, c, w.key.edge(c.Key, kindSent), encodeRequest)
	}
	for c := range d.Received.Dirty {
		put(w, c, w.key.edge(c.Key, kindReceived), encodeRequest)
	}
	return w.err
}

// leaving keeps the list of accounts whose deletion is not finished.
func (w *writer) leaving(c *chain.Cell[chain.UserID, chain.User]) {
	switch key := w.key.edge(chain.Edge{Peer: c.Key}, kindLeaving); {
	case c.Found && c.Row.Leaving:
		w.set(key, nil)
	case c.Was.Leaving:
		w.delete(key)
	}
}

// A friend's row is found by its slot. Smaller rows lead there by list, and by
// peer; the latter stands with the peer and tells who holds it.

type friendCell = chain.Cell[chain.Edge, chain.Friend]

// moved tells whether a friend that stays one changed its slot.
func moved(c *friendCell) bool { return c.Had && c.Found && c.Row.Slot != c.Was.Slot }

func (w *writer) dropFriend(c *friendCell) {
	for _, list := range c.Was.Lists {
		if moved(c) || !slices.Contains(c.Row.Lists, list) {
			w.delete(w.key.member(c.Key.Owner, list, c.Was.Slot))
		}
	}
	if moved(c) || !c.Found {
		w.delete(w.key.slot(c.Key.Owner, kindFriend, c.Was.Slot))
	}
	if !c.Found {
		w.delete(w.key.edge(c.Key.Reverse(), kindFan))
	}
}

func (w *writer) setFriend(c *friendCell) {
	if !c.Found {
		return
	}
	for _, list := range c.Row.Lists {
		if moved(c) || !slices.Contains(c.Was.Lists, list) {
			w.set(w.key.member(c.Key.Owner, list, c.Row.Slot), nil)
		}
	}
	w.row = encodeFriend(w.row, &c.Row)
	w.set(w.key.slot(c.Key.Owner, kindFriend, c.Row.Slot), w.row)
}

func (w *writer) setFan(c *friendCell) {
	if c.Found && (!c.Had || moved(c)) {
		w.setHolder(c.Key, kindFan, c.Row.Slot)
	}
}

// setHolder sets the row that stands with the peer of an edge and leads to a slot
// of its owner.
func (w *writer) setHolder(e chain.Edge, kind kind, slot uint32) {
	w.row = binary.AppendUvarint(w.row[:0], uint64(slot))
	w.set(w.key.edge(e.Reverse(), kind), w.row)
}

// A blocklist entry is kept like a friend.

type blockCell = chain.Cell[chain.Edge, chain.Block]

func (w *writer) dropBlock(c *blockCell) {
	if c.Had && (!c.Found || c.Row.Slot != c.Was.Slot) {
		w.delete(w.key.slot(c.Key.Owner, kindBlock, c.Was.Slot))
	}
	if !c.Found {
		w.delete(w.key.edge(c.Key.Reverse(), kindBlocker))
	}
}

func (w *writer) setBlock(c *blockCell) {
	if !c.Found {
		return
	}
	w.row = encodeBlock(w.row, &c.Row)
	w.set(w.key.slot(c.Key.Owner, kindBlock, c.Row.Slot), w.row)
	w.setHolder(c.Key, kindBlocker, c.Row.Slot)
}
