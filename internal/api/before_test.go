package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/http1"
	"kith/internal/store"
	"kith/wire"
)

// An asker answers questions as a test says.
type asker func(ctx context.Context, origin chain.Origin, kind chain.EventKind, body any) (wire.WebhookReply, error)

// Ask implements [api.Asker].
func (a asker) Ask(ctx context.Context, _ *store.App, origin chain.Origin, kind chain.EventKind, body any) (wire.WebhookReply, error) {
	return a(ctx, origin, kind, body)
}

func asksBefore(a *store.App) {
	a.Settings.ClientAccess = true
	a.Webhook = store.Webhook{URL: "http://127.0.0.1:1", Kinds: chain.Kinds(0).With(chain.BeforeFriendAdd).With(chain.BeforeFriendResponse)}
}

// TestNobodyIsHeldWhileAsked: what the same users do while the back end is
// asked goes through, and the rules see it afterwards (W 4.7). The server has
// room for one call at a time.
func TestNobodyIsHeldWhileAsked(t *testing.T) {
	var meanwhile func()
	s := newServer(t, func(c *api.Config) {
		c.MaxInFlight = 1
		c.Asker = asker(func(context.Context, chain.Origin, chain.EventKind, any) (wire.WebhookReply, error) {
			meanwhile()
			return wire.WebhookReply{}, nil
		})
	})
	s.changeApp(t, appA, asksBefore)
	root, alice := s.caller(t, appA, keyA), s.user(t, appA, keyA, "alice")
	root.importAll("alice", "bob", "carol", "dave")
	meanwhile = func() {
		root.ok("sns/black_list_add", `{"From_Account":"bob","To_Account":["alice"]}`)
		root.ok("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"carol","AddSource":"AddSource_Type_Web"}]}`)
	}
	r := alice.call("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"},{"To_Account":"dave"}]}`)
	wantItems(t, r, 30525, 30001, 0)

	root.ok("profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"}]}`)
	root.ok("sns/black_list_delete", `{"From_Account":"bob","To_Account":["alice"]}`)
	meanwhile = func() {}
	wantItems(t, alice.call("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}`), 30539)
	meanwhile = func() {
		root.ok("sns/pendency_delete", `{"From_Account":"alice","PendencyType":"Pendency_Type_SendOut","To_Account":["bob"]}`)
	}
	bob := s.user(t, appA, keyA, "bob")
	wantItems(t, bob.call("sns/friend_response", `{"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}`), 30614)
}

// TestAskedInTime: the question has no more time than the call.
func TestAskedInTime(t *testing.T) {
	var left time.Duration
	s := newServer(t, func(c *api.Config) {
		c.Asker = asker(func(ctx context.Context, origin chain.Origin, kind chain.EventKind, _ any) (wire.WebhookReply, error) {
			deadline, ok := ctx.Deadline()
			if left = time.Until(deadline); !ok || kind != chain.BeforeFriendAdd || origin.Caller != "alice" || origin.Admin || origin.Address != "192.0.2.1" || origin.Platform != "Unknown" {
				t.Errorf("asked about %d by %+v, with a deadline: %t", kind, origin, ok)
			}
			return wire.WebhookReply{}, nil
		})
	})
	s.changeApp(t, appA, asksBefore)
	s.caller(t, appA, keyA).importAll("alice", "bob")
	s.user(t, appA, keyA, "alice").ok("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}`)
	if left <= 0 || left > 3*time.Second {
		t.Errorf("%v were left", left)
	}
}

// TestOrigin is what events tell of the caller.
func TestOrigin(t *testing.T) {
	s := newServer(t, func(c *api.Config) { c.TrustedProxies = api.Proxies{netip.MustParsePrefix("192.0.2.0/24")} })
	s.changeApp(t, appA, clientAccess)
	root, alice := s.caller(t, appA, keyA), s.user(t, appA, keyA, "alice")
	root.importAll("alice", "bob")
	body := `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"n"}]}`
	root.ok("profile/portrait_set", body)
	r := httptest.NewRequest(http.MethodPost, "/v4/profile/portrait_set?"+alice.query, strings.NewReader(body))
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	wantCode(t, s.serve(t, r, body), 0)
	found, err := s.store.Events(t.Context(), appA, 0, 10)
	if err != nil || len(found) != 2 {
		t.Fatalf("%+v (%v)", found, err)
	}
	want := []chain.Origin{
		{Caller: admin, Admin: true, Address: "192.0.2.1", Platform: "RESTAPI"},
		{Caller: "alice", Address: "203.0.113.9", Platform: "Unknown"},
	}
	if diff := cmp.Diff(want, []chain.Origin{found[0].Origin, found[1].Origin}); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
	if found[0].Time != start.UnixMilli() {
		t.Errorf("it happened at %d", found[0].Time)
	}
}

// TestClientIP: what proxies say counts only if they are trusted, and only up
// to the first that is not.
func TestClientIP(t *testing.T) {
	trusted := api.Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8::/32")}
	tests := []struct {
		proxies   api.Proxies
		peer      string
		forwarded []string
		want      string
	}{
		{nil, "203.0.113.1:99", []string{"198.51.100.1"}, "203.0.113.1"},
		{trusted, "203.0.113.1:99", []string{"198.51.100.1"}, "203.0.113.1"},
		{trusted, "10.1.2.3:99", nil, "10.1.2.3"},
		{trusted, "10.1.2.3:99", []string{"198.51.100.1"}, "198.51.100.1"},
		{trusted, "10.1.2.3:99", []string{"198.51.100.1, 10.9.9.9"}, "198.51.100.1"},
		{trusted, "10.1.2.3:99", []string{"198.51.100.1", "203.0.113.7 , 10.9.9.9"}, "203.0.113.7"},
		{trusted, "10.1.2.3:99", []string{"10.9.9.9"}, "10.9.9.9"},
		{trusted, "10.1.2.3:99", []string{"forged, 10.9.9.9"}, "10.9.9.9"},
		{trusted, "[2001:db8::1]:99", []string{"2001:4860::5"}, "2001:4860::5"},
		{trusted, "10.1.2.3:99", []string{"198.51.100.1:4711"}, "198.51.100.1"},
		{trusted, "10.1.2.3:99", []string{"[2001:4860::5]:4711"}, "2001:4860::5"},
		{nil, "[::ffff:203.0.113.1]:99", nil, "203.0.113.1"},
		{nil, "[fe80::1%eth0]:99", nil, "fe80::1"},
		{nil, "@", nil, ""},
	}
	for _, test := range tests {
		peer, _ := netip.ParseAddrPort(test.peer)
		if got := test.proxies.ClientIP(http1.NewPeer(peer.Addr()), test.forwarded); got != test.want {
			t.Errorf("%s forwards for %q: %s, want %s", test.peer, test.forwarded, got, test.want)
		}
	}
}

// TestAlarm: the second after one with more than four fifths of the calls that
// are served, the app is told, and then not for a minute (W 3.9).
func TestAlarm(t *testing.T) {
	s, a, b := limited(t, 10, 0)
	alarms := func() (all []chain.Alarm) {
		t.Helper()
		found, err := s.store.Events(t.Context(), appA, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found {
			if e.Kind == chain.RateExceeded {
				all = append(all, e.Alarm)
			}
		}
		return all
	}
	second := func(calls int) {
		t.Helper()
		s.clock.set(s.clock.Now().Add(time.Second))
		for range calls {
			a.call(rateGet, rateBodies[rateGet])
			b.call(rateGet, rateBodies[rateGet])
		}
	}
	wantAlarms := func(want ...chain.Alarm) {
		t.Helper()
		if diff := cmp.Diff(want, alarms()); diff != "" {
			t.Fatalf("alarms (-want +got):\n%s", diff)
		}
	}
	second(8)
	second(9)
	wantAlarms()
	second(25)
	nine := chain.Alarm{Command: rateGet, Rate: 9, Limit: 10}
	wantAlarms(nine)
	second(1)
	wantAlarms(nine)
	for range 58 {
		second(1)
	}
	second(25)
	wantAlarms(nine)
	second(1)
	wantAlarms(nine, chain.Alarm{Command: rateGet, Rate: 25, Limit: 10})

	// What nobody wants to know is not kept, and unknown commands alarm nobody.
	s.changeApp(t, appA, func(a *store.App) { a.Settings.EventDays = 0 })
	s.clock.set(s.clock.Now().Add(time.Hour))
	for range 3 {
		second(25)
		for range 25 {
			a.call(rateNone, "{}")
		}
	}
	if n := len(alarms()); n != 2 {
		t.Errorf("%d alarms, want the 2 from before", n)
	}
	s.changeApp(t, appA, func(a *store.App) { a.Webhook.URL = "http://127.0.0.1:1" })
	s.clock.set(s.clock.Now().Add(time.Hour))
	second(25)
	second(1)
	if waiting, err := s.store.Extent(t.Context(), appA); err != nil || waiting.Pending != 1 {
		t.Errorf("with a webhook: %+v (%v)", waiting, err)
	}
}
