package chain

import (
	"slices"
	"testing"
)

// TestImportHolds: who imports a friend shares it with others who do, unless a
// request to it is settled with the import.
func TestImportHolds(t *testing.T) {
	c := &FriendImport{Owner: "ann", Items: []FriendImportItem{{Peer: "bob"}, {Peer: "cat"}, {Peer: "not valid", Malformed: BadPeer}}}
	for _, test := range []struct {
		name           string
		known          bool // how many requests ann made
		sent           int
		asked          bool // bob, among others
		writes, reads  Keys[UserID]
		requestsWanted int
	}{
		{"nothing is known yet", false, 0, false, Keys[UserID]{"ann"}, Keys[UserID]{"ann", "bob", "cat"}, 0},
		{"ann asked nobody: nothing more to read", true, 0, false, Keys[UserID]{"ann"}, Keys[UserID]{"ann"}, 0},
		{"ann asked somebody", true, 1, false, Keys[UserID]{"ann"}, Keys[UserID]{"ann", "bob", "cat"}, 2},
		{"ann asked bob", true, 1, true, Keys[UserID]{"ann", "bob"}, Keys[UserID]{"ann", "bob", "cat"}, 2},
	} {
		d := &Draft{App: &App{}}
		if test.known {
			d.Users.Know("ann", User{ID: "ann", Sent: test.sent})
		}
		if test.asked {
			d.Sent.Know(Edge{"ann", "bob"}, Request{Edge: Edge{"ann", "bob"}})
		}
		var w Want
		c.Reads(d, &w)
		if !slices.Equal(w.Writes, test.writes) || !slices.Equal(w.Users, test.reads) || len(w.Sent) != test.requestsWanted || len(w.Received) != test.requestsWanted {
			t.Errorf("%s: writes %v, reads %v, asks for the requests %v %v", test.name, w.Writes, w.Users, w.Sent, w.Received)
		}
	}
}
