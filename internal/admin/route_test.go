package admin_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/internal/admin"
	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/presence"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/internal/webhook"
)

const (
	token  = "the-token-of-the-administrators"
	secret = "the-secret-of-the-app"
)

// A desk is an administrators' interface with one app, 1400000000.
type desk struct {
	*testing.T
	server   *admin.Server
	store    store.Store
	apps     *apps.Directory
	presence *presence.Board
	relay    *webhook.Relay
	now      time.Time
	log      strings.Builder
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	bell := store.NewBell()
	d := &desk{T: t, store: bell.Wrap(storetest.NewModel()), presence: presence.NewBoard(), now: time.Unix(1700000000, 0)}
	var err error
	if d.apps, err = apps.Open(t.Context(), d.store); err != nil {
		t.Fatal(err)
	}
	d.apps.Patience = 10 * time.Millisecond
	if _, err := d.apps.Create(t.Context(), apps.Spec{Name: "shop", Secret: secret, Settings: chain.DefaultSettings()}); err != nil {
		t.Fatal(err)
	}
	d.relay = &webhook.Relay{Store: d.store, Apps: d.apps, Bell: bell, Sender: &webhook.Sender{}, Log: slog.New(slog.DiscardHandler)}
	d.server = admin.New(admin.Config{
		Store: d.store, Apps: d.apps, Presence: d.presence, Relay: d.relay, Token: token,
		Log: slog.New(slog.NewTextHandler(&d.log, nil)), Now: func() time.Time { return d.now },
	})
	return d
}

// ask sends a request with the token. want is the status and parts of the
// answer; those after "-" must not be there.
func (d *desk) ask(request, body string, status int, want ...string) {
	d.Helper()
	d.send("Bearer "+token, request, body, status, want...)
}

func (d *desk) send(authorization, request, body string, status int, want ...string) {
	d.Helper()
	method, path, _ := strings.Cut(request, " ")
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	got := w.Body.String()
	if w.Code != status {
		d.Errorf("%s %s = %d %s, want %d", request, body, w.Code, got, status)
	}
	if w.Header().Get("Content-Type") != "application/json" {
		d.Errorf("%s %s: Content-Type is %q", request, body, w.Header().Get("Content-Type"))
	}
	wanted := true
	for _, part := range want {
		if part == "-" {
			wanted = false
		} else if strings.Contains(got, part) != wanted {
			d.Errorf("%s %s = %s; contains %s: %v", request, body, got, part, !wanted)
		}
	}
}

func TestToken(t *testing.T) {
	d := newDesk(t)
	for _, authorization := range []string{"", token, "Bearer", "Bearer ", "Bearer wrong", "Basic " + token, "Bearer " + token + "x", "Bearer  " + token} {
		for _, request := range []string{
			"POST /v1/apps", "GET /v1/apps", "GET /v1/apps/1400000000", "PATCH /v1/apps/1400000000", "DELETE /v1/apps/1400000000?name=shop",
			"POST /v1/apps/1400000000/rotate-secret", "DELETE /v1/apps/1400000000/old-secret", "POST /v1/apps/1400000000/disable",
			"GET /v1/apps/1400000000/webhook", "PATCH /v1/apps/1400000000/webhook", "POST /v1/apps/1400000000/webhook/test", "GET /v1/apps/1400000000/webhook/log",
			"GET /v1/apps/1400000000/webhook/dead", "POST /v1/apps/1400000000/webhook/replay", "GET /feed", "GET /feed?after=0",
			"PUT /v1/apps/1400000000/presence/ann", "GET /v1/apps/1400000000/accounts/ann", "GET /v1/nowhere",
		} {
			d.send(authorization, request, "", 401, `"error"`, "-", "shop")
		}
	}
	d.send("bearer "+token, "GET /v1/apps", "", 200, "shop")
	d.send("", "GET /healthz", "", 200, "ok")
	d.send("", "GET /readyz", "", 200, "ok")

	d.server = admin.New(admin.Config{Store: d.store, Apps: d.apps})
	d.send("Bearer ", "GET /v1/apps", "", 401)
	d.send("", "GET /v1/apps", "", 401)
}

func TestApps(t *testing.T) {
	d := newDesk(t)
	d.ask("GET /v1/apps", "", 200, `{"apps":[{"sdkappid":1400000000,"name":"shop","enabled":true,"admins":["administrator"],"secret_count":1,"settings":{`, "-", secret, `"secrets"`)
	d.ask("GET /v1/apps?secrets=1", "", 200, secret)
	d.ask("GET /v1/apps/1400000000?secrets=0", "", 200, `"max_friends":3000`, `"default_allow_type":"AllowType_Type_AllowAny"`, `"friend_fields":null`, "-", secret)
	d.ask("GET /v1/apps/1400000000?secrets=1", "", 200, `"secrets":["`+secret+`"]`)

	d.ask("POST /v1/apps", `{}`, 201, `"sdkappid":1400000001`, `"name":"app-1400000001"`, "-", `"secrets"`)
	d.ask("POST /v1/apps?secrets=1", `{"sdkappid":7,"name":"seven","secret":"s","admins":["root"],"settings":{"max_friends":9}}`, 201,
		`{"sdkappid":7,"name":"seven","enabled":true,"admins":["root"],"secret_count":1,"secrets":["s"],"settings":{"max_friends":9,"max_lists":32`)
	d.ask("POST /v1/apps", `{"sdkappid":7}`, 409, `"field":"sdkappid"`)

	d.ask("PATCH /v1/apps/7", `{"name":"sept","admins":["a","b"],"enabled":false,"settings":{"default_allow_type":"AllowType_Type_DenyAny","strict_lists":true,"friend_fields":["Note"],"rate_limit":5}}`, 200,
		`"name":"sept"`, `"admins":["a","b"]`, `"enabled":false`, `"default_allow_type":"AllowType_Type_DenyAny"`, `"strict_lists":true`, `"friend_fields":["Note"]`, `"rate_limit":5`, `"max_friends":9`)
	if a, _ := d.apps.Get(7); a.Settings.DefaultAllow != chain.AllowNone || a.Name != "sept" || a.Enabled {
		t.Errorf("in force is %+v", a)
	}
	d.ask("PATCH /v1/apps/7", `{"settings":{"friend_fields":null}}`, 200, `"name":"sept"`, `"friend_fields":null`)
	d.ask("POST /v1/apps/7/enable", "", 200, `"enabled":true`)
	d.ask("POST /v1/apps/7/disable", "", 200, `"enabled":false`)

	d.ask("POST /v1/apps/1400000000/rotate-secret", "", 200, `"secret_count":2`, "-", secret)
	d.ask("GET /v1/apps/1400000000?secrets=1", "", 200, `","`+secret+`"]`)
	d.ask("DELETE /v1/apps/1400000000/old-secret?secrets=1", "", 200, `"secret_count":1`, `"secrets":["`, "-", secret)

	d.ask("DELETE /v1/apps/7?name=seven", "", 409, `"field":"name"`)
	d.ask("DELETE /v1/apps/7", "", 400, `"field":"name"`)
	_, use, _ := d.apps.Begin(7)
	d.ask("DELETE /v1/apps/7?name=sept", "", 409, "under way")
	use.End()
	d.ask("DELETE /v1/apps/7?name=sept", "", 200, `"deleted":true`)
	d.ask("DELETE /v1/apps/7?name=sept", "", 404)
	if log := d.log.String(); strings.Contains(log, secret) || strings.Contains(log, token) || !strings.Contains(log, "deleted an app") {
		t.Errorf("the log says\n%s", log)
	}
}

func TestBadRequests(t *testing.T) {
	d := newDesk(t)
	before, _ := d.apps.Get(1400000000)
	const one = "PATCH /v1/apps/1400000000"
	for _, test := range []struct {
		request, body string
		status        int
		field         string
	}{
		{one, ``, 400, ""},
		{one, `[]`, 400, ""},
		{one, `null`, 400, ""},
		{one, `{"name":"x"`, 400, ""},
		{one, `{"name":"x"} {}`, 400, ""},
		{one, `{"nmae":"x"}`, 400, "nmae"},
		{one, `{"Name":"x"}`, 400, "Name"},
		{one, `{"sdkappid":1}`, 400, "sdkappid"},
		{one, `{"secret":"x"}`, 400, "secret"},
		{one, `{"name":null}`, 400, "name"},
		{one, `{"name":7}`, 400, "name"},
		{one, `{"name":""}`, 400, "name"},
		{one, `{"enabled":"yes"}`, 400, "enabled"},
		{one, `{"admins":"root"}`, 400, "admins"},
		{one, `{"admins":[]}`, 400, "admins"},
		{one, `{"admins":[7]}`, 400, "admins"},
		{one, `{"settings":7}`, 400, "settings"},
		{one, `{"settings":null}`, 400, "settings"},
		{one, `{"name":"x","settings":{"max_fiends":7}}`, 400, "settings.max_fiends"},
		{one, `{"name":"x","settings":{"max_friends":"7"}}`, 400, "settings.max_friends"},
		{one, `{"settings":{"max_friends":7.5}}`, 400, "settings.max_friends"},
		{one, `{"settings":{"max_friends":1e99}}`, 400, "settings.max_friends"},
		{one, `{"settings":{"max_friends":null}}`, 400, "settings.max_friends"},
		{one, `{"settings":{"max_friends":0}}`, 400, "settings.max_friends"},
		{one, `{"settings":{"friend_page":10001}}`, 400, "settings.friend_page"},
		{one, `{"settings":{"default_allow_type":1}}`, 400, "settings.default_allow_type"},
		{one, `{"settings":{"default_allow_type":"AllowAny"}}`, 400, "settings.default_allow_type"},
		{one, `{"settings":{"default_allow_type":""}}`, 400, "settings.default_allow_type"},
		{one, `{"settings":{"strict_lists":1}}`, 400, "settings.strict_lists"},
		{one, `{"settings":{"friend_fields":"Note"}}`, 400, "settings.friend_fields"},
		{one, `{"settings":{"friend_fields":["Note",null]}}`, 400, "settings.friend_fields"},
		{one, `{"settings":{"profile_fields":["N0te"]}}`, 400, "settings.profile_fields"},
		{one + "?secret=1", `{}`, 400, "secret"},
		{one + "?secrets=yes", `{}`, 400, "secrets"},
		{one, `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, 413, ""},
		{"PATCH /v1/apps/8", `{}`, 404, ""},
		{"POST /v1/apps", `{"sdkappid":0}`, 400, "sdkappid"},
		{"POST /v1/apps", `{"sdkappid":4294967296}`, 400, "sdkappid"},
		{"POST /v1/apps", `{"sdkappid":"7"}`, 400, "sdkappid"},
		{"POST /v1/apps", `{"secret":"two words"}`, 400, "secret"},
		{"POST /v1/apps", `{"enabled":true}`, 400, "enabled"},
		{"POST /v1/apps", `{"settings":{"max_lists":0}}`, 400, "settings.max_lists"},
		{"POST /v1/apps", `{"settings":{"lists":0}}`, 400, "settings.lists"},
		{"POST /v1/apps?all=1", `{}`, 400, "all"},
		{"GET /v1/apps?all=1", ``, 400, "all"},
		{"GET /v1/apps/0", ``, 400, "sdkappid"},
		{"GET /v1/apps/x", ``, 400, "sdkappid"},
		{"GET /v1/apps/8", ``, 404, ""},
		{"GET /v1/apps/8?x=1", ``, 400, "x"},
		{"DELETE /v1/apps/x?name=x", ``, 400, "sdkappid"},
		{"DELETE /v1/apps/8?names=x", ``, 400, "names"},
		{"POST /v1/apps/8/rotate-secret", ``, 404, ""},
		{"POST /v1/apps/x/rotate-secret", ``, 400, "sdkappid"},
		{"POST /v1/apps/8/enable?x=1", ``, 400, "x"},
		{"PUT /v1/apps/1400000000", `{}`, 405, ""},
		{"GET /v1/nowhere", ``, 404, ""},
		{"GET /v1/apps/1400000000/accounts/" + strings.Repeat("x", 33), ``, 400, "user"},
		{"GET /v1/apps/8/accounts/ann", ``, 404, ""},
		{"GET /v1/apps/x/accounts/ann", ``, 400, "sdkappid"},
		{"GET /v1/apps/1400000000/accounts/ann?x=1", ``, 400, "x"},
		{"PUT /v1/apps/8/presence/ann", `{}`, 404, ""},
		{"PUT /v1/apps/x/presence/ann", `{}`, 400, "sdkappid"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"seconds":5}`, 400, "online"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":true}`, 400, "seconds"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":true,"seconds":86401}`, 400, "seconds"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":1,"seconds":5}`, 400, "online"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":true,"seconds":5,"platforms":[{"name":"Watch"}]}`, 400, "platforms"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":true,"seconds":5,"platforms":[{"name":"Web"},{"name":"Web"}]}`, 400, "platforms"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":true,"seconds":5,"platforms":[{"name":"Web","on":true}]}`, 400, "platforms"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":false,"seconds":5,"platforms":[{"name":"Web","online":true}]}`, 400, "platforms"},
		{"PUT /v1/apps/1400000000/presence/ann", `{"online":true,"seconds":5,"until":5}`, 400, "until"},
	} {
		var want []string
		if test.field != "" {
			want = []string{fmt.Sprintf(`"field":%q`, test.field)}
		}
		d.ask(test.request, test.body, test.status, append(want, `{"error":"`)...)
	}
	after, _ := d.apps.Get(1400000000)
	if len(d.apps.List()) != 1 || after.Name != before.Name || after.Settings.MaxFriends != before.Settings.MaxFriends || !after.Enabled {
		t.Errorf("bad requests left %+v", after)
	}
}

func TestPresence(t *testing.T) {
	d := newDesk(t)
	d.ask("PUT /v1/apps/1400000000/presence/ann", `{"online":true,"platforms":[{"name":"Web","online":true},{"name":"Mac","online":false}],"seconds":300}`, 200, `"seconds":300`)
	s := d.presence.Status(1400000000, "ann", d.now.Add(299*time.Second))
	if !s.Online || len(s.Platforms) != 2 || !s.Platforms[0].Online || s.Platforms[1].Online {
		t.Errorf("the report made %+v", s)
	}
	if d.presence.Status(1400000000, "ann", d.now.Add(300*time.Second)).Online {
		t.Error("the report does not end")
	}
	d.ask("PUT /v1/apps/1400000000/presence/ann", `{"online":false,"seconds":300}`, 200, `"platforms":[]`)
	if d.presence.Status(1400000000, "ann", d.now).Online {
		t.Error("online after a report of being offline")
	}
}

func TestAccount(t *testing.T) {
	d := newDesk(t)
	app, _ := d.apps.Get(1400000000)
	do(d, app, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}, {ID: "bob"}, {ID: "a b"}}})
	do(d, app, &chain.FriendAdd{Owner: "ann", Items: []chain.FriendAddItem{{Peer: "bob"}}})
	do(d, app, &chain.AccountDelete{IDs: []chain.UserID{"bob"}, Step: 1})
	d.ask("GET /v1/apps/1400000000/accounts/ann", "", 200, `"user":"ann","exists":true,"admin":false,"leaving":false,"created":1700000000,"kicked":0,"allow_type":""`,
		`"friends":`, `"lists":0`, `"blocks":0`, `"requests_sent":0`, `"requests_received":0`, `"sequences":{"standard":`)
	d.ask("GET /v1/apps/1400000000/accounts/a%20b", "", 200, `"user":"a b","exists":true`)
	d.ask("GET /v1/apps/1400000000/accounts/bob", "", 200, `"exists":false`)
	d.ask("GET /v1/apps/1400000000/accounts/nobody", "", 200, `"exists":false`, `"leaving":false`)
	d.ask("GET /v1/apps/1400000000/accounts/administrator", "", 200, `"exists":true,"admin":true`, `"created":0`)
}

func do[A any](d *desk, app *store.App, cmd chain.Command[A]) {
	d.Helper()
	if _, err := store.Do(d.Context(), d.store, &app.App, d.now, cmd); err != nil {
		d.Fatalf("%T: %v", cmd, err)
	}
}

// TestBrokenStore: what is wrong with the server itself is logged, and not told.
func TestBrokenStore(t *testing.T) {
	d := newDesk(t)
	d.server = admin.New(admin.Config{
		Store: brokenStore{d.store}, Apps: d.apps, Presence: d.presence, Token: token, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	})
	d.ask("GET /v1/apps/1400000000/accounts/ann", "", http.StatusInternalServerError, "internal error", "-", "disk")
	if !strings.Contains(d.log.String(), "disk on fire") {
		t.Errorf("the log says\n%s", d.log.String())
	}
}

type brokenStore struct{ store.Store }

func (brokenStore) View(context.Context, chain.AppID, func(store.Reader) error) error {
	return errors.New("disk on fire")
}
