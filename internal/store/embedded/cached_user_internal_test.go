package embedded

import (
	"testing"

	"kith/internal/chain"
)

// TestSetBeginsWithFirstFriend settles friends of a user who had none, of whom the
// cache may have forgotten everything between two of them: what is then begun
// would lack the first.
func TestSetBeginsWithFirstFriend(t *testing.T) {
	d := &chain.Draft{}
	err := d.Users.Fill(chain.Keys[chain.UserID]{"o"}, func(chain.UserID) (chain.User, bool, error) {
		return chain.User{ID: "o", Friends: chain.Order{First: 5, Next: 5}}, true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	added := func(peer chain.UserID, slot uint32) *friendCell {
		f := chain.Friend{Edge: chain.Edge{Owner: "o", Peer: peer}, Slot: slot}
		return &friendCell{Key: f.Edge, Row: f, Found: true, Dirty: true}
	}
	u := newCachedUser("o")
	u.settleFriend(d, added("b", 6))
	if set := u.friends.Load(); set != nil {
		t.Errorf("a set of %d was begun with the second friend", len(set.rows))
	}
	u.settleFriend(d, added("a", 5))
	u.settleFriend(d, added("b", 6))
	if set := u.friends.Load(); set == nil || len(set.rows) != 2 {
		t.Errorf("got %+v, want the set of both", set)
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
