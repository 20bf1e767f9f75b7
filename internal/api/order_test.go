package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/usersig"
)

// The apps of the order test that are not fit to be called.
const (
	disabledApp = chain.AppID(1400000001)
	keylessApp  = chain.AppID(1400000002)
)

// A plan is a request before it is spelled out. Every fault spoils one part.
type plan struct {
	path       string
	app        string // as written in the URL
	identifier string
	sig        func(t *testing.T, identifier string) string
	tail       string // of the query
	body       string
}

func goodPlan() plan {
	return plan{
		path: "/v4/sns/friend_check", app: "1400000000", identifier: admin,
		sig:  func(t *testing.T, identifier string) string { return newSig(t, appA, keyA, identifier) },
		tail: "random=1&contenttype=json",
		body: `{"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"}`,
	}
}

// A fault is one way to be refused. Its part is what it spoils; two faults of
// one part cannot meet.
type fault struct {
	step  int // of T 1.5
	name  string
	part  string
	code  int
	spoil func(*plan)
}

func sigOf(s string) func(*plan) {
	return func(p *plan) { p.sig = func(*testing.T, string) string { return s } }
}

func sigMade(app chain.AppID, secret string, issued time.Time, validity time.Duration) func(*plan) {
	return func(p *plan) {
		p.sig = func(t *testing.T, identifier string) string {
			sig, err := usersig.New(uint32(app), secret, identifier, issued, validity)
			if err != nil {
				t.Fatal(err)
			}
			return sig
		}
	}
}

// faults are in the order of T 1.5, those of a step in that of T 3.3.
var faults = []fault{
	{1, "no such version", "path", 60002, func(p *plan) { p.path = "/v3/sns/friend_check" }},
	{1, "too few segments", "path", 60002, func(p *plan) { p.path = "/v4/sns" }},
	{1, "malformed query", "tail", 60002, func(p *plan) { p.tail = "x=%zz" }},
	{2, "no sdkappid", "app", 60012, func(p *plan) { p.app = "" }},
	{3, "sdkappid is no number", "app", 60006, func(p *plan) { p.app = "x" }},
	{3, "unknown sdkappid", "app", 70020, func(p *plan) { p.app = "1499999999" }},
	{3, "disabled app", "app", 60016, func(p *plan) { p.app = "1400000001" }},
	{5, "no identifier", "identifier", 60004, func(p *plan) { p.identifier = "" }},
	{5, "identifier too long", "identifier", 60004, func(p *plan) { p.identifier = strings.Repeat("a", 33) }},
	{6, "no usersig", "sig", 70002, sigOf("")},
	{6, "unreadable usersig", "sig", 70003, sigOf("eJyrVgrxCdYrSy1SslI")},
	{6, "usersig of another app", "sig", 70014, sigMade(appB, keyA, start, time.Hour)},
	{6, "usersig of another user", "sig", 70013, func(p *plan) {
		p.sig = func(t *testing.T, _ string) string { return newSig(t, appA, keyA, "somebody") }
	}},
	{6, "expired usersig", "sig", 70001, sigMade(appA, keyA, start.Add(-time.Hour), time.Minute)},
	{6, "usersig of another key", "sig", 70009, sigMade(appA, keyB, start, time.Hour)},
	{7, "no admin", "identifier", 60010, func(p *plan) { p.identifier = "bob" }},
	{9, "unknown command", "path", 60009, func(p *plan) { p.path = "/v4/sns/friend_cheque" }},
	{9, "unknown service", "path", 60009, func(p *plan) { p.path = "/v4/snz/friend_check" }},
	{10, "no body", "body", 60003, func(p *plan) { p.body = "" }},
	{10, "broken JSON", "body", 60003, func(p *plan) { p.body = `{"From_Account":` }},
	{11, "bad command", "body", 30001, func(p *plan) { p.body = `{"From_Account":"alice"}` }},
	{11, "wrong type", "body", 60015, func(p *plan) { p.body = `{"From_Account":1}` }},
}

func newOrderServer(t *testing.T) *server {
	s := newServer(t)
	s.addApp(t, disabledApp, keyA)
	s.changeApp(t, disabledApp, func(a *store.App) { a.Enabled = false })
	s.addApp(t, keylessApp, keyA)
	s.changeApp(t, keylessApp, func(a *store.App) { a.Secrets = nil })
	s.caller(t, appA, keyA).importAll("alice", "bob")
	return s
}

func (s *server) follow(t *testing.T, p plan) reply {
	t.Helper()
	sig := ""
	if p.identifier != "" {
		sig = p.sig(t, p.identifier)
	}
	target := p.path + "?sdkappid=" + p.app + "&identifier=" + p.identifier + "&usersig=" + sig + "&" + p.tail
	return s.serve(t, httptest.NewRequest(http.MethodPost, target, strings.NewReader(p.body)), p.body)
}

// TestOrder makes every request with one fault, and every request with two of
// which the earlier step must answer (T 1.5).
func TestOrder(t *testing.T) {
	s := newOrderServer(t)
	wantCode(t, s.follow(t, goodPlan()), 0)
	for i, first := range faults {
		t.Run(first.name, func(t *testing.T) {
			alone := goodPlan()
			first.spoil(&alone)
			wantCode(t, s.follow(t, alone), first.code)
			for _, second := range faults[i+1:] {
				if first.part == second.part {
					continue
				}
				both := goodPlan()
				second.spoil(&both)
				first.spoil(&both)
				r := s.follow(t, both)
				if r.code != first.code {
					t.Errorf("%s\n  %q (step %d) with %q (step %d): code %d, want %d", r, first.name, first.step, second.name, second.step, r.code, first.code)
				}
			}
		})
	}
}

// TestOrderWithinUserSig has UserSigs with two faults each (T 3.3).
func TestOrderWithinUserSig(t *testing.T) {
	s := newOrderServer(t)
	old := start.Add(-48 * time.Hour)
	tests := []struct {
		name            string
		app, made       chain.AppID // in the URL, in the UserSig
		secret, madeFor string
		issued          time.Time
		identifier      string // in the URL
		want            int
	}{
		{"app before identifier", appA, appB, keyA, "other", start, admin, 70014},
		{"app before expiry", appA, appB, keyA, admin, old, admin, 70014},
		{"app before key", appA, appB, keyB, admin, start, admin, 70014},
		{"identifier before expiry", appA, appA, keyA, "other", old, admin, 70013},
		{"identifier before key", appA, appA, keyB, "other", start, admin, 70013},
		{"expiry before key", appA, appA, keyB, admin, old, admin, 70001},
		{"app without key", keylessApp, keylessApp, keyA, admin, start, admin, 70016},
		{"admin comes after key", appA, appA, keyB, "bob", start, "bob", 70009},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sig, err := usersig.New(uint32(test.made), test.secret, test.madeFor, test.issued, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodPost, "/v4/sns/friend_check?"+query(test.app, test.identifier, sig), nil)
			wantCode(t, s.serve(t, r, ""), test.want)
		})
	}
}
