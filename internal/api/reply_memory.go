package api

import (
	"slices"
	"sync"

	"kith/wire"
)

// A replyMemory is memory for the fields of many friends, which a reply needs
// until it is written and another one after it uses again. Made anew for each
// page of friends it was most of the server's garbage.
type replyMemory struct {
	items  []wire.UserData
	values []wire.TagValue
}

var replyMemories = sync.Pool{New: func() any { return new(replyMemory) }}

// mostFriendsKept is the number of friends up to which memory is used again; a
// few long pages must not fix a lot of it.
const mostFriendsKept = 1024

// room returns empty lists with room for so many friends with all their standard
// fields. A reply has room for one page only.
func (m *replyMemory) room(friends int) (items []wire.UserData, values []wire.TagValue) {
	m.items = slices.Grow(m.items[:0], friends)[:friends]
	m.values = slices.Grow(m.values[:0], friends*len(friendTags))[:friends*len(friendTags)]
	return m.items[:0], m.values[:0]
}

// free gives the memory back. Nothing may refer to it any more.
func (m *replyMemory) free() {
	if cap(m.items) > mostFriendsKept {
		return
	}
	clear(m.items) // the texts are not to be kept
	clear(m.values)
	m.items, m.values = m.items[:0], m.values[:0]
	replyMemories.Put(m)
}
