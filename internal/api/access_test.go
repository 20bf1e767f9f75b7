package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/store"
)

func clientAccess(a *store.App) { a.Settings.ClientAccess = true }

// user is a caller with the UserSig of an end user.
func (s *server) user(t testing.TB, app chain.AppID, secret, name string) *caller {
	t.Helper()
	return &caller{t, s, query(app, name, newSig(t, app, secret, name))}
}

// wantShut checks that a call is refused to an end user and changes nothing.
func (c *caller) wantShut(command, body string) {
	c.t.Helper()
	before := c.s.state(c.t, c.app())
	r := c.call(command, body)
	wantCode(c.t, r, 60010)
	wantSameState(c.t, r.String(), before, c.s.state(c.t, c.app()))
}

// forUsers tells whether end users may call a command for themselves (D 10).
func forUsers(command string) bool {
	return strings.HasPrefix(command, "sns/") || strings.HasPrefix(command, "profile/")
}

// TestEndUsersCallForThemselves makes the good request of every command, as
// alice, of whom they all are.
func TestEndUsersCallForThemselves(t *testing.T) {
	for i, f := range forms {
		if !forUsers(f.command) || strings.Contains(f.good, "Tag_Profile_IM_AdminForbidType") {
			continue
		}
		t.Run(strings.TrimSpace(f.command+" "+f.name), func(t *testing.T) {
			b := newBench(t, f.before...)
			app := b.victim.app()
			alice := b.user(t, app, keyA, "alice")
			alice.wantShut(f.command, f.good) // it is off by default

			b.changeApp(t, app, clientAccess)
			if f.command != "profile/portrait_get" { // which is about nobody's own
				for _, other := range []string{`"bob"`, `"administrator"`, `"Alice"`, `"alice "`, `"alice\u0000"`, `"nobody"`, `""`, "null", absent} {
					alice.wantShut(f.command, put(t, f.good, "From_Account", other))
				}
				b.user(t, app, keyA, "bob").wantShut(f.command, f.good)
				wantCode(t, alice.call(f.command, put(t, f.good, "From_Account", "7")), 60015)
				wantCode(t, alice.call(f.command, put(t, f.good, "From_Account", `"alice","From_Account":"bob"`)), familyOf(f.command).notJSON)
			}
			if i%2 == 0 && f.command != "profile/portrait_get" {
				f.good = put(t, f.good, "From_Account", `"\u0061lice"`)
			}
			got := alice.call(f.command, f.good)
			wantFine(t, got)
			if want := b.fresh(t).call(f.command, f.good); got.raw != want.raw {
				t.Errorf("%s\n  want what an administrator is told:\n%s", got, want)
			}
		})
	}
}

// TestEndUsersMayNotMore tries what stays with the administrator.
func TestEndUsersMayNotMore(t *testing.T) {
	b := newBench(t)
	app := b.victim.app()
	b.changeApp(t, app, clientAccess)
	alice := b.user(t, app, keyA, "alice")
	tests := []struct{ command, body string }{
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"erin"}],"ForceAddFlags":1}`},
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"erin"}],"ForceAddFlags":1.0}`},
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"erin"}],"ForceAddFlags":10e-1}`},
		{"profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_None"}]}`},
		{"profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"n"},{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_SendOut"}]}`},
		{"profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_None"},{"Tag":"Tag_Profile_IM_Nick","Value":"n"}]}`},
		{"profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_AdminForb\u0069dType","Value":"AdminForbid_Type_None"}]}`},
		{"sns/nothing", `{"From_Account":"alice"}`},
		{"sns/Friend_Get", `{"From_Account":"alice"}`},
		{"sns/portrait_get", `{"From_Account":"alice"}`},
		{"profile/friend_get", `{"From_Account":"alice"}`},
		{"nothing/friend_get", `{"From_Account":"alice"}`},
		{"sns/nothing", "not JSON"},
	}
	for _, f := range forms {
		if !forUsers(f.command) {
			tests = append(tests, struct{ command, body string }{f.command, f.good})
		}
	}
	for _, test := range tests {
		t.Run(test.command, func(t *testing.T) {
			alice.t = t
			alice.wantShut(test.command, test.body)
		})
	}
	alice.t = t
	wantCode(t, alice.call("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"erin"}],"ForceAddFlags":0}`), 0)
	wantCode(t, alice.call("sns/friend_get", "not JSON"), 60003)
}

// TestEveryCommandIsOpenOrShut: no command escapes the two tests above.
func TestEveryCommandIsOpenOrShut(t *testing.T) {
	for _, command := range api.Commands() {
		if !slices.ContainsFunc(forms, func(f form) bool { return f.command == command }) {
			t.Errorf("%s has no form", command)
		}
	}
}

// TestClientAccessIsOfOneApp: the setting and the UserSig of one app open
// nothing in another.
func TestClientAccessIsOfOneApp(t *testing.T) {
	s := newServer(t)
	for _, c := range []*caller{s.caller(t, appA, keyA), s.caller(t, appB, keyB)} {
		c.importAll("alice", "bob")
	}
	s.changeApp(t, appA, clientAccess)
	const command, body = "sns/friend_delete_all", `{"From_Account":"alice"}`
	wantCode(t, s.user(t, appA, keyA, "alice").call(command, body), 0)
	s.user(t, appB, keyB, "alice").wantShut(command, body)
	sigB := newSig(t, appB, keyB, "alice")
	wantCode(t, (&caller{t, s, query(appA, "alice", sigB)}).call(command, body), 70014)
	wantCode(t, (&caller{t, s, query(appA, "bob", newSig(t, appA, keyA, "alice"))}).call(command, body), 70013)
	wantCode(t, s.user(t, appA, keyA, "ghost").call(command, `{"From_Account":"ghost"}`), 30003)

	s.changeApp(t, appA, func(a *store.App) { a.Settings.ClientAccess = false })
	s.user(t, appA, keyA, "alice").wantShut(command, body)
	s.changeApp(t, appA, func(a *store.App) { a.Admins = append(a.Admins, "alice") })
	wantCode(t, s.user(t, appA, keyA, "alice").call(command, fmt.Sprintf(`{"From_Account":%q}`, "bob")), 0)
}
