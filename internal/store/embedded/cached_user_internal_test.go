package embedded

import (
	"testing"

	"kith/internal/chain"
)

// TestSetBeginsWithDraft settles two friends of a user who had none, the second
// first: the set must have both, and none if the cache forgot the user meanwhile,
// for what is begun then would lack the one before.
func TestSetBeginsWithDraft(t *testing.T) {
	user := &chain.Cell[chain.UserID, chain.User]{Key: "o", Found: true, Dirty: true, Had: true}
	user.Was.Friends = chain.Order{First: 5, Next: 5}
	user.Row.Friends = chain.Order{First: 5, Next: 7, Count: 2}
	added := func(peer chain.UserID, slot uint32) *friendCell {
		f := chain.Friend{Edge: chain.Edge{Owner: "o", Peer: peer}, Slot: slot}
		return &friendCell{Key: f.Edge, Row: f, Found: true, Dirty: true}
	}
	u := newCachedUser("o")
	u.settleUser(user)
	u.settleFriend(added("b", 6))
	u.settleFriend(added("a", 5))
	set := u.friends.Load()
	if set == nil || len(set.rows) != 2 || set.rows[0].slot != 5 {
		t.Errorf("got %+v, want the set of both", set)
	}
	u = newCachedUser("o")
	u.settleFriend(added("b", 6))
	if set := u.friends.Load(); set != nil {
		t.Errorf("a set of %d was begun with the second friend", len(set.rows))
	}
}

// TestUserWeighsWhatHeHas fills in the parts of a user: each weighs, and what is
// told of him holds until he is another by an eighth.
func TestUserWeighsWhatHeHas(t *testing.T) {
	u := newCachedUser("somebody")
	if u.heldAsWeighed() {
		t.Error("a user whom nobody weighed needs no weighing")
	}
	last := weigh(cacheKey{}, u)
	heavier := func(what string) {
		t.Helper()
		if u.weight() <= last {
			t.Errorf("with %s he weighs %d, without %d", what, u.weight(), last)
		}
		if u.heldAsWeighed() {
			t.Errorf("with %s he needs no weighing", what)
		}
		if last = weigh(cacheKey{}, u); !u.heldAsWeighed() {
			t.Errorf("with %s he needs weighing again", what)
		}
	}
	u.user.Store(&stored[chain.User]{})
	heavier("a row of his own")
	u.profile.Store(&stored[chain.Profile]{row: chain.Profile{Standard: make([]chain.ProfileValue, 3)}})
	heavier("a profile")
	u.lists.Store(&stored[chain.Lists]{row: chain.Lists{Items: make([]chain.List, 5)}})
	heavier("lists")
	u.friends.Store(setOf(t, usualFriends(10)))
	heavier("friends")
}
