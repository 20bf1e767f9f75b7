package embedded

import (
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"

	"kith/internal/chain"
)

// A cachedUser is what the cache has of one user: decoded rows, and the set of all
// friends. A part is nil if nothing is known of it.
//
// Readers who hold the user shared may fill a part at the same time, with the
// same; only who holds him alone changes one.
type cachedUser struct {
	id      chain.UserID
	user    atomic.Pointer[stored[chain.User]]
	profile atomic.Pointer[stored[chain.Profile]]
	lists   atomic.Pointer[stored[chain.Lists]]
	friends atomic.Pointer[friendSet]

	weighed atomic.Uint32 // the weight that the cache was told; 0 if none
}

// A stored is a row, or the knowledge that there is none.
type stored[V any] struct {
	row   V
	found bool
}

// newCachedUser is a user of whom nothing is known. The id is copied, for it may
// be part of a request's body.
func newCachedUser(id chain.UserID) *cachedUser {
	return &cachedUser{id: chain.UserID(strings.Clone(string(id)))}
}

// known tells whether anything is known of the user. Nothing is when the cache
// forgot him between two changes of one command, and the second is of a friend.
func (u *cachedUser) known() bool {
	return u.user.Load() != nil || u.profile.Load() != nil || u.lists.Load() != nil || u.friends.Load() != nil
}

// entryWeight is what an entry takes without any part, in bytes, with its share of
// the cache itself; about what a heap profile shows.
const entryWeight = 200

func weigh(_ cacheKey, u *cachedUser) uint32 {
	weight := u.weight()
	u.weighed.Store(weight)
	return weight
}

func (u *cachedUser) weight() uint32 {
	size := entryWeight + len(u.id)
	if s := u.user.Load(); s != nil {
		size += int(unsafe.Sizeof(*s)) + 8*(len(s.row.Friends.Blocks)+len(s.row.Blocks.Blocks))
	}
	if s := u.profile.Load(); s != nil {
		size += int(unsafe.Sizeof(*s)) + profileWeight(&s.row)
	}
	if s := u.lists.Load(); s != nil {
		size += int(unsafe.Sizeof(*s)) + listsWeight(&s.row)
	}
	if set := u.friends.Load(); set != nil {
		size += set.weight()
	}
	return uint32(size)
}

func profileWeight(p *chain.Profile) (size int) {
	for i := range p.Standard {
		size += 40 + len(p.Standard[i].Value.Text)
	}
	for i := range p.Custom {
		size += 56 + len(p.Custom[i].Name) + len(p.Custom[i].Value.Text)
	}
	return size
}

func listsWeight(l *chain.Lists) (size int) {
	for i := range l.Items {
		size += 40 + len(l.Items[i].Name)
	}
	return size
}

// heldAsWeighed tells whether the weight is still what the cache was told, to
// within an eighth.
func (u *cachedUser) heldAsWeighed() bool {
	weighed := int(u.weighed.Load())
	off := int(u.weight()) - weighed
	return weighed != 0 && 8*max(off, -off) <= weighed
}

// settle makes a part what a change has made of its row.
func settle[V any](part *atomic.Pointer[stored[V]], row stored[V]) {
	if s := part.Load(); s != nil {
		*s = row // nobody else looks at it: the owner is held alone
		return
	}
	part.Store(&row)
}

// A row that a command made may have the memory of the request's body for its
// texts. What is kept gets texts of its own, lest it keep the whole body.

// settleUser makes the user's row what a change has made of it. A set of friends
// begins before the first of them, so that it has all that the draft has, in
// whatever order they are told; one of which nothing is left is forgotten rather
// than copied for each friend that goes.
func (u *cachedUser) settleUser(cell *chain.Cell[chain.UserID, chain.User]) {
	row := cell.Row
	row.ID = u.own(row.ID)
	settle(&u.user, stored[chain.User]{row, cell.Found})
	switch {
	case row.Friends.Len() == 0:
		u.friends.Store(nil)
	case cell.Was.Friends.Len() == 0 && u.friends.Load() == nil:
		u.friends.Store(&friendSet{owner: u.id})
	}
}

func (u *cachedUser) settleProfile(cell *chain.Cell[chain.UserID, chain.Profile]) {
	row := cell.Row
	row.ID, row.Standard, row.Custom = u.own(row.ID), slices.Clone(row.Standard), slices.Clone(row.Custom)
	for i := range row.Standard {
		ownText(&row.Standard[i].Value.Text)
	}
	for i := range row.Custom {
		ownText(&row.Custom[i].Name)
		ownText(&row.Custom[i].Value.Text)
	}
	settle(&u.profile, stored[chain.Profile]{row, cell.Found})
}

func (u *cachedUser) settleLists(cell *chain.Cell[chain.UserID, chain.Lists]) {
	row := cell.Row
	row.Owner, row.Items = u.own(row.Owner), slices.Clone(row.Items)
	for i := range row.Items {
		ownText(&row.Items[i].Name)
	}
	settle(&u.lists, stored[chain.Lists]{row, cell.Found})
}

// own is the id in the user's own memory, if there is one: a row that is gone is
// zero.
func (u *cachedUser) own(id chain.UserID) chain.UserID {
	if id == u.id {
		return u.id
	}
	return id
}

func ownText(s *string) { *s = strings.Clone(*s) }

// settleFriend makes the set of friends what a change of one has made of it, or
// forgets it if that costs less.
func (u *cachedUser) settleFriend(cell *friendCell) {
	if set := u.friends.Load(); set != nil && !set.apply(cell) {
		u.friends.Store(nil)
	}
}
