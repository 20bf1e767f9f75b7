package api_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/usersig"
)

const kickCommand = "im_open_login_svc/kick"

// signed makes a UserSig of anybody at any time, valid for a day.
func signed(t testing.TB, app chain.AppID, secret, name string, issued time.Time) string {
	t.Helper()
	sig, err := usersig.New(uint32(app), secret, name, issued, 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// wantSig calls for oneself, with a UserSig that was issued so long after
// start.
func (s *server) wantSig(t testing.TB, app chain.AppID, secret, name string, issued time.Duration, want int) {
	t.Helper()
	c := &caller{t, s, query(app, name, signed(t, app, secret, name, start.Add(issued)))}
	r := c.call("sns/friend_get", fmt.Sprintf(`{"From_Account":%q,"StartIndex":0}`, name))
	if r.code != want {
		t.Errorf("the UserSig of %s issued at %v, at %v: %s\n  code %d, want %d", name, issued, s.clock.Now().Sub(start), r, r.code, want)
	}
}

// newKickServer has the end users alice and bob, and the administrator boss.
func newKickServer(t testing.TB) (s *server, root *caller) {
	t.Helper()
	s = newServer(t)
	s.addApp(t, appA, keyA, "boss")
	s.changeApp(t, appA, clientAccess)
	s.changeApp(t, appB, clientAccess)
	root = &caller{t, s, query(appA, admin, signed(t, appA, keyA, admin, start.Add(time.Hour)))} // outlives all kicks
	root.importAll("alice", "bob", "boss")
	s.caller(t, appB, keyB).importAll("alice")
	root.ok("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"g"}]}`)
	return s, root
}

// restart is another server on the same store.
func (s *server) restart() *server {
	again := *s
	again.Server = api.New(api.Config{Store: s.store, Apps: s.apps, Now: s.clock.Now, Log: s.Log})
	return &again
}

// TestKick follows T 4.5, Q4 and Q5, for end users and administrators.
func TestKick(t *testing.T) {
	tests := []struct{ name, body, who string }{
		{"UserID", `{"UserID":"alice"}`, "alice"},
		{"Identifier", `{"Identifier":"alice"}`, "alice"},
		{"both", `{"UserID":"alice","Identifier":"bob"}`, "alice"},
		{"administrator", `{"UserID":"boss"}`, "boss"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, root := newKickServer(t)
			remembered := []time.Duration{-time.Hour, -time.Second, 0}
			for range 2 {
				for _, issued := range remembered {
					s.wantSig(t, appA, keyA, test.who, issued, 0)
				}
			}
			before := root.call("sns/friend_get", `{"From_Account":"alice","StartIndex":0}`).raw
			s.clock.set(start.Add(500 * time.Millisecond)) // still the same second
			root.ok(kickCommand, test.body)
			for range 2 {
				for _, issued := range append(remembered, -2*time.Hour, -2*time.Second) {
					s.wantSig(t, appA, keyA, test.who, issued, 70052)
				}
				s.wantSig(t, appA, keyA, test.who, time.Second, 0)
			}
			s.clock.set(start.Add(time.Second))
			for _, server := range []*server{s, s.restart()} {
				server.wantSig(t, appA, keyA, test.who, -time.Second, 70052)
				server.wantSig(t, appA, keyA, test.who, 0, 70052)
				server.wantSig(t, appA, keyA, test.who, time.Second, 0)
				server.wantSig(t, appA, keyA, "bob", 0, 0)
				server.wantSig(t, appB, keyB, "alice", 0, 0)
			}
			if after := root.call("sns/friend_get", `{"From_Account":"alice","StartIndex":0}`).raw; after != before {
				t.Errorf("a kick changed the friends from\n%s\nto\n%s", before, after)
			}
		})
	}
}

// TestKickAgain: a later kick reaches further, an earlier one less far.
func TestKickAgain(t *testing.T) {
	s, root := newKickServer(t)
	for _, at := range []time.Duration{0, 10 * time.Second, time.Minute} {
		s.clock.set(start.Add(at))
		s.wantSig(t, appA, keyA, "alice", at, 0)
		root.ok(kickCommand, `{"UserID":"alice"}`)
		s.wantSig(t, appA, keyA, "alice", at, 70052)
		s.wantSig(t, appA, keyA, "alice", at+time.Second, 0)
	}
	// What is worthless stays so, even if the clock of the server that makes
	// the next kick is behind.
	s.clock.set(start.Add(30 * time.Second))
	root.ok(kickCommand, `{"UserID":"alice"}`)
	s.wantSig(t, appA, keyA, "alice", 30*time.Second, 70052)
	s.wantSig(t, appA, keyA, "alice", 40*time.Second, 70052)
	s.wantSig(t, appA, keyA, "alice", time.Minute, 70052)
}

// TestKickAdministrator: an administrator may kick itself (T Q7), and is told
// so.
func TestKickAdministrator(t *testing.T) {
	s, _ := newKickServer(t)
	self := s.caller(t, appA, keyA)
	self.ok(kickCommand, `{"UserID":"administrator"}`)
	wantCode(t, self.call(kickCommand, `{"UserID":"alice"}`), 70052)
	s.wantSig(t, appA, keyA, "alice", 0, 0)
	wantCode(t, s.try(t, appA, admin, signed(t, appA, keyA, admin, start)), 70052)
	wantCode(t, s.try(t, appA, admin, signed(t, appA, keyA, admin, start.Add(time.Second))), 0)
	wantCode(t, s.restart().try(t, appA, admin, signed(t, appA, keyA, admin, start)), 70052)
	wantCode(t, s.try(t, appB, admin, newSig(t, appB, keyB, admin)), 0)
}

// TestKickOfNobody refuses what does not exist in the app.
func TestKickOfNobody(t *testing.T) {
	s, root := newKickServer(t)
	before := s.state(t, appA)
	b := s.caller(t, appB, keyB)
	for _, name := range []string{"UserID", "Identifier"} {
		for who, c := range map[string]*caller{"nobody": root, "Alice": root, "bob": b} {
			r := c.call(kickCommand, fmt.Sprintf(`{%q:%q}`, name, who))
			wantCode(t, r, 70107)
			if r.info != notFound {
				t.Errorf("%s\n  want %s", r, notFound)
			}
		}
	}
	wantSameState(t, "kicks of nobody", before, s.state(t, appA))
	// Nobody came to exist by it.
	if r := root.call("im_open_login_svc/account_check", `{"CheckItem":[{"UserID":"nobody"}]}`); r.code != 0 || s.state(t, appA)["nobody"].Exists {
		t.Errorf("%s", r)
	}
}

// TestKickDuringCalls: once a kick is answered no call gets through, however
// many are on their way.
func TestKickDuringCalls(t *testing.T) {
	s, root := newKickServer(t)
	var done atomic.Bool
	var wg sync.WaitGroup
	warm := make(chan struct{}, 4)
	for i := range 4 {
		wg.Go(func() {
			c := &caller{t, s, query(appA, "alice", signed(t, appA, keyA, "alice", start.Add(-time.Duration(i/2)*time.Second)))}
			for n := range 2000 {
				late := done.Load()
				r := c.call("sns/friend_get", `{"From_Account":"alice","StartIndex":0}`)
				if late && r.code != 70052 || !late && r.code != 70052 && r.code != 0 {
					t.Errorf("late: %v, %s", late, r)
					return
				}
				if n == 5 {
					warm <- struct{}{}
				}
				if late {
					return
				}
			}
		})
	}
	for range 4 {
		<-warm
	}
	root.ok(kickCommand, `{"UserID":"alice"}`)
	done.Store(true)
	wg.Wait()
	s.wantSig(t, appA, keyA, "alice", 0, 70052)
	s.wantSig(t, appA, keyA, "alice", -time.Second, 70052)
}
