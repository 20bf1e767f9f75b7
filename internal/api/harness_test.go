package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"kith/internal/api"
	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/usersig"
)

// Sections cited as T, F and L are those of the protocol files
// "transport_accounts_profiles", "friends" and "lists_blocks_requests"; D is
// the list of decisions in their README.

// The two apps of every server. Their keys are those of the vectors (T 3.4).
const (
	appA  = chain.AppID(1400000000)
	appB  = chain.AppID(1600001234)
	keyA  = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	keyB  = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
	admin = "administrator"
)

// start is when the clock of every test stands still, unless the test moves it.
var start = time.Unix(1700000100, 0)

// A server is a whole one, on a store of its own.
type server struct {
	*api.Server
	store store.Store
	apps  *apps.Directory
	log   *logBuffer
	clock *clock
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// A logBuffer holds what a server logged.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string { return l.after(0) }

// size is how many bytes were logged.
func (l *logBuffer) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Len()
}

// after is what was logged after the first size bytes.
func (l *logBuffer) after(size int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.b.Bytes()[size:])
}

// newServer starts a server with both apps. change edits its configuration.
func newServer(t testing.TB, change ...func(*api.Config)) *server {
	t.Helper()
	st, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	directory, err := apps.Open(context.Background(), st)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{store: st, apps: directory, log: &logBuffer{}, clock: &clock{now: start}}
	s.addApp(t, appA, keyA)
	s.addApp(t, appB, keyB)
	c := api.Config{
		Store: st, Apps: directory, Now: s.clock.Now,
		Log: slog.New(slog.NewJSONHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, edit := range change {
		edit(&c)
	}
	s.Server = api.New(c)
	return s
}

func (s *server) addApp(t testing.TB, id chain.AppID, secret string, admins ...chain.UserID) {
	t.Helper()
	if _, err := s.apps.Ensure(context.Background(), id, secret, append(admins, admin)); err != nil {
		t.Fatal(err)
	}
}

// changeApp edits an app as another process would, and makes the server see it.
func (s *server) changeApp(t testing.TB, id chain.AppID, edit func(*store.App)) {
	t.Helper()
	ctx := context.Background()
	err := s.store.UpdateApp(ctx, id, func(a store.App, found bool) (store.App, error) {
		if !found {
			return a, fmt.Errorf("no app %d", id)
		}
		edit(&a)
		return a, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.apps.Ensure(ctx, id, "", nil); err != nil {
		t.Fatal(err)
	}
}

// newSig makes a UserSig that is valid for a day from start.
func newSig(t testing.TB, app chain.AppID, secret, identifier string) string {
	t.Helper()
	sig, err := usersig.New(uint32(app), secret, identifier, start, 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// A caller calls for one app, by default as its administrator.
type caller struct {
	t     testing.TB
	s     *server
	query string
}

func (s *server) caller(t testing.TB, app chain.AppID, secret string) *caller {
	t.Helper()
	return &caller{t, s, query(app, admin, newSig(t, app, secret, admin))}
}

// caller of app A, for the many tests that need but one app.
func newCaller(t testing.TB, change ...func(*api.Config)) *caller {
	t.Helper()
	return newServer(t, change...).caller(t, appA, keyA)
}

func query(app chain.AppID, identifier, sig string) string {
	return fmt.Sprintf("sdkappid=%d&identifier=%s&usersig=%s&random=99999999&contenttype=json", app, identifier, sig)
}

// call posts body to a command, such as "sns/friend_add".
func (c *caller) call(command, body string) reply {
	c.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/v4/"+command+"?"+c.query, strings.NewReader(body))
	return c.s.serve(c.t, r, body)
}

// ok is call for what must succeed as a whole and in every item.
func (c *caller) ok(command, body string) reply {
	c.t.Helper()
	r := c.call(command, body)
	if r.code != 0 || r.members["Fail_Account"] != nil {
		c.t.Fatalf("%s\nwant success", r)
	}
	return r
}

// serve answers one request without a network.
func (s *server) serve(t testing.TB, r *http.Request, body string) reply {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return readReply(t, r.Method+" "+r.URL.Path, body, w.Result().StatusCode, w.Result().Header, w.Body.Bytes())
}

// A reply is an answer, with what was asked.
type reply struct {
	asked, body string
	header      http.Header
	raw         string
	members     map[string]any

	code          int
	info, display string
}

// String shows the whole dialogue.
func (r reply) String() string {
	return fmt.Sprintf("%s\n  request %s\n  reply   %s", r.asked, clip(r.body), clip(r.raw))
}

func clip(s string) string {
	const most = 2000
	if len(s) > most {
		return fmt.Sprintf("%q... (%d bytes)", s[:most], len(s))
	}
	return strconv.Quote(s)
}

// readReply reads an answer and checks what holds of every answer (T 1.3, D
// 20).
func readReply(t testing.TB, asked, body string, status int, header http.Header, raw []byte) reply {
	t.Helper()
	r := reply{asked: asked, body: body, header: header, raw: string(raw)}
	if status != http.StatusOK {
		t.Errorf("%s\n  status %d, want 200", r, status)
	}
	if got := header.Get("Content-Type"); got != "application/json" {
		t.Errorf("%s\n  Content-Type %q, want application/json", r, got)
	}
	if got := header.Get("Content-Length"); got != strconv.Itoa(len(raw)) {
		t.Errorf("%s\n  Content-Length %q, want %d", r, got, len(raw))
	}
	wantCORS(t, r.String(), header)
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&r.members); err != nil {
		t.Fatalf("%s\n  is not a JSON object: %v", r, err)
	}
	wantNoNull(t, r, "reply", r.members)
	r.readEnvelope(t)
	return r
}

func wantCORS(t testing.TB, asked string, header http.Header) {
	t.Helper()
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin":  "*",
		"Access-Control-Allow-Headers": "X-Requested-With",
		"Access-Control-Allow-Methods": "POST",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s\n  %s %q, want %q", asked, name, got, want)
		}
	}
}

// wantNoNull walks a reply (T 1.3: clients fail on null).
func wantNoNull(t testing.TB, r reply, at string, v any) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		t.Errorf("%s\n  %s is null", r, at)
	case map[string]any:
		for name, m := range v {
			wantNoNull(t, r, at+"."+name, m)
		}
	case []any:
		for i, m := range v {
			wantNoNull(t, r, fmt.Sprintf("%s[%d]", at, i), m)
		}
	}
}

func (r *reply) readEnvelope(t testing.TB) {
	t.Helper()
	status, _ := r.members["ActionStatus"].(string)
	number, ok := r.members["ErrorCode"].(json.Number)
	code, err := strconv.Atoi(string(number))
	if !ok || err != nil {
		t.Fatalf("%s\n  ErrorCode is not an integer", r)
	}
	info, ok := r.members["ErrorInfo"].(string)
	if !ok {
		t.Errorf("%s\n  ErrorInfo is not a string", r)
	}
	display, given := r.members["ErrorDisplay"].(string)
	family := strings.Contains(r.asked, "/v4/sns/") || strings.Contains(r.asked, "/v4/profile/")
	if given != family && code != 60002 { // an unreadable URL is of no family
		t.Errorf("%s\n  has ErrorDisplay: %v, want %v", r, given, family)
	}
	r.code, r.info, r.display = code, info, display
	if want := map[bool]string{true: "OK", false: "FAIL"}[code == 0]; status != want {
		t.Errorf("%s\n  ActionStatus %q, want %q", r, status, want)
	}
	if code == 0 && info+display != "" {
		t.Errorf("%s\n  has a text with success", r)
	}
	if code != 0 && info == "" {
		t.Errorf("%s\n  has no text with failure", r)
	}
	wantReadable(t, *r, info+display)
	for _, it := range r.items() {
		wantReadable(t, *r, it.info)
	}
}

// wantReadable: a text is one short line, whatever was sent.
func wantReadable(t testing.TB, r reply, text string) {
	t.Helper()
	if len(text) > 400 || strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }) {
		t.Errorf("%s\n  has a text of %d bytes that is not one readable line: %s", r, len(text), clip(text))
	}
}

// An item is one entry of a reply.
type item struct {
	account string
	code    int
	info    string
	members map[string]any
}

// items are the entries of a reply, whatever the command calls them.
func (r reply) items() []item {
	var list []any
	for _, name := range []string{"ResultItem", "InfoItem", "UserProfileItem", "BlackListCheckItem"} {
		if l, ok := r.members[name].([]any); ok && !strings.HasSuffix(r.asked, "/group_get") { // which has lists there
			list = l
		}
	}
	items := make([]item, len(list))
	for i, entry := range list {
		m, _ := entry.(map[string]any)
		it := item{members: m, code: -1}
		if n, ok := m["ResultCode"].(json.Number); ok {
			it.code, _ = strconv.Atoi(string(n))
		}
		it.info, _ = m["ResultInfo"].(string)
		for _, name := range []string{"To_Account", "UserID"} {
			if account, ok := m[name].(string); ok {
				it.account = account
			}
		}
		items[i] = it
	}
	return items
}

func (r reply) strings(member string) []string {
	list, _ := r.members[member].([]any)
	var all []string
	for _, v := range list {
		s, _ := v.(string)
		all = append(all, s)
	}
	return all
}

// wantCode checks the code of a whole reply.
func wantCode(t testing.TB, r reply, want int) {
	t.Helper()
	if r.code != want {
		t.Errorf("%s\n  code %d, want %d", r, r.code, want)
	}
}

// wantItems checks the codes of a reply's items.
func wantItems(t testing.TB, r reply, want ...int) {
	t.Helper()
	var got []int
	for _, it := range r.items() {
		got = append(got, it.code)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s\n  items %v, want %v", r, got, want)
	}
}

// importAll imports accounts.
func (c *caller) importAll(names ...string) {
	c.t.Helper()
	for len(names) > 0 {
		n := min(len(names), 100)
		list, _ := json.Marshal(names[:n])
		c.ok("im_open_login_svc/multiaccount_import", fmt.Sprintf(`{"Accounts":%s}`, list))
		names = names[n:]
	}
}

// prepare makes calls that must succeed, but for requests that are left to be
// answered.
func (c *caller) prepare(calls []call) {
	c.t.Helper()
	for _, before := range calls {
		r := c.call(before.command, before.body)
		ok := r.code == 0
		for _, it := range r.items() {
			ok = ok && (it.code == 0 || it.code == 30539)
		}
		if !ok {
			c.t.Fatalf("%s\nwant success", r)
		}
	}
}
