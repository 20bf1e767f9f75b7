package embedded

import (
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/cockroachdb/pebble/v2/vfs"

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

// TestCacheKeepsNoBody gives commands whose texts are parts of one body: of what
// they leave in the cache nothing may be, lest it keep the whole of it.
func TestCacheKeepsNoBody(t *testing.T) {
	s, err := openMem(t, vfs.NewMem())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	body := "alice bob carol Home Web Nick Shoe"
	part := func(text string) string {
		i := strings.Index(body, text)
		return body[i : i+len(text)]
	}
	id := func(text string) chain.UserID { return chain.UserID(part(text)) }
	app := &chain.App{ID: 1400000000, Settings: chain.DefaultSettings()}
	now := time.Unix(1700000000, 0)
	mustDo(t, s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: id("alice"), Nick: part("Nick")}, {ID: id("bob")}, {ID: id("carol")}}})
	mustDo(t, s, app, now, &chain.PortraitSet{Owner: id("alice"), Items: []chain.ProfileItem{{Field: chain.CustomField, Custom: part("Shoe"), Value: chain.Value{Text: part("Nick")}}}})
	mustDo(t, s, app, now, &chain.FriendAdd{Owner: id("alice"), Both: true, Force: true, Items: []chain.FriendAddItem{{Peer: id("bob"), Source: part("Web"), List: part("Home")}}})
	mustDo(t, s, app, now, &chain.FriendImport{Owner: id("carol"), Items: []chain.FriendImportItem{{Peer: id("bob"), Source: part("Web"), Lists: []string{part("Home")}}}})
	start := uintptr(unsafe.Pointer(unsafe.StringData(body)))
	seen := 0
	for _, u := range s.rows.users.All() {
		for _, text := range textsOf(u) {
			seen++
			if at := uintptr(unsafe.Pointer(unsafe.StringData(text))); at >= start && at < start+uintptr(len(body)) {
				t.Errorf("the cache keeps the body that %q of %s is part of", text, u.id)
			}
		}
	}
	if seen < 14 {
		t.Errorf("the cache has only %d texts: the test shows nothing", seen)
	}
}

// textsOf are all texts that a cached user holds on to.
func textsOf(u *cachedUser) (texts []string) {
	texts = append(texts, string(u.id))
	if s := u.user.Load(); s != nil {
		texts = append(texts, string(s.row.ID))
	}
	if s := u.profile.Load(); s != nil {
		texts = append(texts, string(s.row.ID))
		for _, v := range s.row.Standard {
			texts = append(texts, v.Value.Text)
		}
		for _, f := range s.row.Custom {
			texts = append(texts, f.Name, f.Value.Text)
		}
	}
	if s := u.lists.Load(); s != nil {
		texts = append(texts, string(s.row.Owner))
		for _, l := range s.row.Items {
			texts = append(texts, l.Name)
		}
	}
	if set := u.friends.Load(); set != nil {
		texts = append(texts, string(set.owner))
		for _, f := range set.page(chain.Page{Limit: mostCached}) {
			texts = append(texts, string(f.Peer), f.Remark, f.Source, f.Wording)
		}
	}
	return texts
}
