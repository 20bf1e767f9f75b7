package postgres_test

import (
	"fmt"
	"testing"

	"kith/internal/chain"
	"kith/internal/store"
)

// A change is one kind of call, made by an owner about peers. It follows those
// above it in [changes], which left something to be changed.
type change struct {
	name  string
	trips int64
	most  int // peers that one call may name; 0 is 1,000
	make  func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult
	fault chain.Fault // what each item is to be answered with

	// before prepares the call; it is not counted.
	before func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID)
}

// changes are all that a call can change. Two round trips are one to lock and
// read, and one to write and commit. More have those that learn from the first
// rows which others they need.
var changes = []change{
	{name: "account_import", trips: 2, most: chain.MaxAccounts, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		c := &chain.AccountImport{}
		for i := range peers {
			c.Accounts = append(c.Accounts, chain.Account{ID: chain.UserID(fmt.Sprintf("%s-%d", owner, i)), Nick: "Nick"})
		}
		return do(t, s, app, c)
	}},
	{name: "portrait_set", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, _ []chain.UserID) []chain.ItemResult {
		do(t, s, app, &chain.PortraitSet{Owner: owner, Items: []chain.ProfileItem{{Field: chain.Nick, Value: chain.Value{Text: "Nick"}}}})
		return nil
	}},
	{name: "friend_add that asks", trips: 2, fault: chain.RequestPending, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		asking := *app
		asking.Settings.DefaultAllow = chain.AllowConfirm
		return do(t, s, &asking, friendAdd(owner, peers))
	}},
	{name: "pendency_delete", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		return do(t, s, app, &chain.PendencyDelete{Owner: owner, Sent: true, Peers: peers})
	}},
	{name: "friend_add", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		return do(t, s, app, friendAdd(owner, peers))
	}},
	{name: "friend_update", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		c := &chain.FriendUpdate{Owner: owner}
		remark := "Remark"
		for _, id := range peers {
			c.Items = append(c.Items, chain.FriendUpdateItem{Peer: id, Remark: &remark, SetLists: true, Lists: []string{"Work"}})
		}
		return do(t, s, app, c)
	}},
	{name: "group_add", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		return do(t, s, app, &chain.ListAdd{Owner: owner, Names: []string{"Sport", "Music"}, Peers: peers}).Items
	}},
	{name: "group_update", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		c := &chain.ListUpdate{Owner: owner, Old: "Music", New: "Noise"}
		for _, id := range peers {
			c.Items = append(c.Items, chain.ListUpdateItem{Peer: id})
		}
		return do(t, s, app, c).Items
	}},
	// The lists first, and then their members.
	{name: "group_delete", trips: 3, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, _ []chain.UserID) []chain.ItemResult {
		do(t, s, app, &chain.ListDelete{Owner: owner, Names: []string{"Sport"}})
		return nil
	}},
	{name: "friend_delete", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		return do(t, s, app, &chain.FriendDelete{Owner: owner, Peers: peers, Both: true})
	}},
	{name: "friend_import", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		c := &chain.FriendImport{Owner: owner}
		for _, id := range peers {
			c.Items = append(c.Items, chain.FriendImportItem{Peer: id, Source: "Web", Lists: []string{"Work", "Home"}})
		}
		return do(t, s, app, c)
	}},
	{name: "black_list_add", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		return do(t, s, app, &chain.BlackListAdd{Owner: owner, Peers: peers})
	}},
	{name: "black_list_delete", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		return do(t, s, app, &chain.BlackListDelete{Owner: owner, Peers: peers})
	}},
	// Whether there are requests; which; the end of that; the three of them again
	// with those held whom the owner asked, the last of which writes.
	{name: "friend_import that settles requests", trips: 6, before: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) {
		do(t, s, app, &chain.FriendDeleteAll{Owner: owner, Both: true})
		asking := *app
		asking.Settings.DefaultAllow = chain.AllowConfirm
		do(t, s, &asking, friendAdd(owner, peers))
	}, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		c := &chain.FriendImport{Owner: owner}
		for _, id := range peers {
			c.Items = append(c.Items, chain.FriendImportItem{Peer: id, Source: "Web"})
		}
		return do(t, s, app, c)
	}},
	// Who the friends are; the end of that; all of them held, as two rounds of
	// reads and one of writes.
	{name: "friend_delete_all", trips: 5, before: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) {
		do(t, s, app, friendAdd(owner, peers))
	}, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		if n := do(t, s, app, &chain.FriendDeleteAll{Owner: owner, Both: true}); n != len(peers) {
			t.Errorf("friend_delete_all of %d friends deleted %d", len(peers), n)
		}
		return nil
	}},
	{name: "friend_response", trips: 2, most: 50, before: askAll, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) []chain.ItemResult {
		c := &chain.FriendResponse{Owner: owner}
		for _, id := range peers {
			c.Items = append(c.Items, chain.FriendResponseItem{Peer: id, Action: chain.AgreeAndAdd})
		}
		return do(t, s, app, c)
	}},
	{name: "pendency_report", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, _ []chain.UserID) []chain.ItemResult {
		do(t, s, app, &chain.PendencyReport{Owner: owner, Seen: 1700000000})
		return nil
	}},
	{name: "kick", trips: 2, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, _ []chain.UserID) []chain.ItemResult {
		do(t, s, app, &chain.Kick{ID: owner})
		return nil
	}},
	// As friend_delete_all.
	{name: "account_delete", trips: 5, most: 50, make: func(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, _ []chain.UserID) []chain.ItemResult {
		return do(t, s, app, &chain.AccountDelete{IDs: []chain.UserID{owner}})
	}},
}

// askAll lets peers ask owner.
func askAll(t *testing.T, s store.Store, app *chain.App, owner chain.UserID, peers []chain.UserID) {
	asking := *app
	asking.Settings.DefaultAllow = chain.AllowConfirm
	for _, id := range peers {
		do(t, s, &asking, friendAdd(id, []chain.UserID{owner}))
	}
}

// TestRoundTrips: every kind of change takes as many round trips about 1,000
// items as about one: two, or what [changes] says why.
func TestRoundTrips(t *testing.T) {
	s, trips, app := newCounted(t)
	owners, peers := importUsers(t, s, app, "owner", 3), importUsers(t, s, app, "peer", 1000)
	for _, c := range changes {
		most := len(peers)
		if c.most > 0 {
			most = c.most
		}
		for i, n := range []int{1, 1, most} { // the first prepares the statements
			if c.before != nil {
				c.before(t, s, app, owners[i], peers[:n])
			}
			var results []chain.ItemResult
			got := trips.count(t, func() error {
				results = c.make(t, s, app, owners[i], peers[:n])
				return nil
			})
			if i > 0 && got != c.trips {
				t.Errorf("%s of %d took %d round trips, want %d", c.name, n, got, c.trips)
			}
			for _, r := range results {
				if r.Fault != c.fault {
					t.Fatalf("%s: %s was answered %v, want %v", c.name, r.Peer, r.Fault, c.fault)
				}
			}
		}
	}
}

// TestQuestionTrips: a question takes one round trip that is waited for, and
// then the end of the view.
func TestQuestionTrips(t *testing.T) {
	s, trips, app := newCounted(t)
	peers := importUsers(t, s, app, "peer", 1000)
	for i, n := range []int{1, 1, 1000} {
		got := trips.count(t, func() error {
			do(t, s, app, &chain.FriendCheck{Owner: peers[0], Peers: peers[:n], Both: true})
			return nil
		})
		if i > 0 && got != 2 {
			t.Errorf("friend_check of %d took %d round trips, want 2", n, got)
		}
	}
}
