package embedded

import (
	"encoding/binary"
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
)

// Keys sort by app, then by owner, so that all rows of a user stand together:
//
//	app (4 bytes, big endian) owner 0x00 kind rest
//
// An owner holds no 0x00. App 0 is no tenant; under it stand the rows of the
// store itself:
//
//	0 'a' app (4 bytes)    an app
//	0 'f'                  the format number
//
// docs/architecture.md has the table of kinds.
type kind byte

const (
	kindUser     kind = 'u' // -> user
	kindProfile  kind = 'p' // -> profile
	kindLists    kind = 'l' // -> lists
	kindFriend   kind = 'o' // slot -> friend
	kindMember   kind = 'm' // list slot -> nothing: the friend at slot is a member
	kindBlock    kind = 'c' // slot -> block
	kindSent     kind = 's' // peer -> request to peer
	kindReceived kind = 'q' // peer -> request by peer

	// Rows of a holder that stand with its peer, whose deletion finds by them who
	// holds it. They change, and lead to the slot, while the holder is held; the
	// peer need not be.
	kindFan     kind = 'r' // holder -> slot at which it has the owner as a friend
	kindBlocker kind = 'k' // holder -> slot at which it has blocked the owner

	// Of no owner, and so before all others of the app.
	kindLeaving   kind = 'x' // user -> nothing: its deletion is not finished
	kindEvent     kind = 'e' // number (8 bytes) -> event
	kindPending   kind = 'w' // number -> delivery that waits
	kindDelivered kind = 'd' // number -> delivery that was taken
	kindDead      kind = 'g' // number -> delivery that was given up
	kindTrimmed   kind = 't' // -> number of the last event that was trimmed (8 bytes)
)

var (
	formatKey   = []byte{0, 0, 0, 0, 'f'}
	firstAppKey = []byte{0, 0, 0, 0, 'a'}
	lastAppKey  = []byte{0, 0, 0, 0, 'b'}
)

func appKey(id chain.AppID) []byte {
	return binary.BigEndian.AppendUint32(slices.Clone(firstAppKey), uint32(id))
}

// A keyBuf builds keys for one app in memory that it reuses: a key is valid
// until the next one is built.
type keyBuf struct {
	buf []byte
	app chain.AppID
}

// tenant is the prefix of every row of the app.
func (k *keyBuf) tenant() []byte {
	k.buf = binary.BigEndian.AppendUint32(k.buf[:0], uint32(k.app))
	return k.buf
}

// all is the prefix of every row of owner.
func (k *keyBuf) all(owner chain.UserID) []byte {
	k.buf = append(k.tenant(), owner...)
	k.buf = append(k.buf, 0)
	return k.buf
}

func (k *keyBuf) of(owner chain.UserID, kind kind) []byte {
	k.buf = append(k.all(owner), byte(kind))
	return k.buf
}

func (k *keyBuf) edge(e chain.Edge, kind kind) []byte {
	k.buf = append(k.of(e.Owner, kind), e.Peer...)
	return k.buf
}

func (k *keyBuf) slot(owner chain.UserID, kind kind, slot uint32) []byte {
	k.buf = binary.BigEndian.AppendUint32(k.of(owner, kind), slot)
	return k.buf
}

func (k *keyBuf) event(kind kind, n store.EventNumber) []byte {
	k.buf = binary.BigEndian.AppendUint64(k.of("", kind), uint64(n))
	return k.buf
}

func (k *keyBuf) member(owner chain.UserID, list chain.ListID, slot uint32) []byte {
	k.buf = binary.BigEndian.AppendUint32(k.slot(owner, kindMember, uint32(list)), slot)
	return k.buf
}

// after returns the first key behind all keys that begin with prefix; nil
// stands for the end of all keys.
func after(prefix []byte) []byte {
	end := slices.Clone(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i]++; end[i] != 0 {
			return end[:i+1]
		}
	}
	return nil
}
