package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/internal/api"
)

const goodCheck = `{"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"}`

// A request without a network, to be answered whatever its method and headers.
func (c *caller) request(method, target, body string, header http.Header) reply {
	c.t.Helper()
	var rd io.Reader
	if body != "" {
		rd = strings.NewReader(body)
	}
	r := httptest.NewRequest(method, target, rd)
	for name, values := range header {
		r.Header[name] = values
	}
	return c.s.serve(c.t, r, body)
}

func newAliceAndBob(t testing.TB, change ...func(*api.Config)) *caller {
	t.Helper()
	c := newCaller(t, change...)
	c.importAll("alice", "bob")
	return c
}

// TestPaths follows T 1.4.
func TestPaths(t *testing.T) {
	c := newAliceAndBob(t)
	bad := "sdkappid=1400000000&identifier=administrator&usersig=bad"
	tests := []struct {
		path     string
		goodAuth int
		badAuth  int
	}{
		{"/v4/sns/friend_check", 0, 70003},
		{"/v4/sns/friend_cheque", 60009, 70003},
		{"/v4/sns/Friend_Check", 60009, 70003},
		{"/v4/SNS/friend_check", 60009, 70003},
		{"/v4/openim/sendmsg", 60009, 70003},
		{"/v4/ConfigSvc/friend_check", 60009, 70003},
		{"/v4/profile/friend_check", 60009, 70003},
		{"/", 60002, 60002},
		{"/v4", 60002, 60002},
		{"/v4/", 60002, 60002},
		{"/v4/sns", 60002, 60002},
		{"/v4/sns/", 60002, 60002},
		{"/sns/friend_check", 60002, 60002},
		{"/v4//friend_check", 60002, 60002},
		{"/v3/sns/friend_check", 60002, 60002},
		{"/v5/sns/friend_check", 60002, 60002},
		{"/V4/sns/friend_check", 60002, 60002},
		{"/favicon.ico", 60002, 60002},
		{"/v4/../etc/passwd", 60002, 60002},
	}
	for _, test := range tests {
		for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodPut} {
			wantCode(t, c.request(method, test.path+"?"+c.query, goodCheck, nil), test.goodAuth)
			wantCode(t, c.request(method, test.path+"?"+bad, goodCheck, nil), test.badAuth)
		}
	}
}

// TestRoot asks for what a browser and a reachability check ask for (T 1.4).
func TestRoot(t *testing.T) {
	c := newCaller(t)
	r := c.request(http.MethodGet, "/", "", nil)
	wantCode(t, r, 60002)
	if want := `{"ActionStatus":"FAIL","ErrorInfo":"HTTP parse Error","ErrorCode":60002}`; r.raw != want {
		t.Errorf("%s\n  want %s", r, want)
	}
	w := httptest.NewRecorder()
	c.s.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/", nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 {
		t.Errorf("HEAD / = %d %q, want 200 and no body", w.Code, w.Body)
	}
	wantCORS(t, "HEAD /", w.Header())
}

// TestOptions asks as a browser does before it calls (T 1.4).
func TestOptions(t *testing.T) {
	c := newCaller(t)
	for _, target := range []string{"/", "/v4/sns/friend_check", "/v4/sns/friend_check?sdkappid=1", "/nowhere", "/v4/sns/friend_check?x=%zz"} {
		r := httptest.NewRequest(http.MethodOptions, target, nil)
		r.Header.Set("Origin", "https://example.com")
		r.Header.Set("Access-Control-Request-Method", "POST")
		w := httptest.NewRecorder()
		c.s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("OPTIONS %s = %d, want 200", target, w.Code)
		}
		wantCORS(t, "OPTIONS "+target, w.Header())
	}
}

// TestMethods: the method does not matter, the body does (T 1.4, Q8).
func TestMethods(t *testing.T) {
	c := newAliceAndBob(t)
	target := "/v4/sns/friend_check?" + c.query
	for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodPatch} {
		wantCode(t, c.request(method, target, goodCheck, nil), 0)
		wantCode(t, c.request(method, target, "", nil), 60003)
		wantCode(t, c.request(method, "/v4/sns/friend_check?sdkappid=1400000000&identifier=administrator&usersig=x", "", nil), 70003)
		wantCode(t, c.request(method, "/v4/sns/friend_check", "", nil), 60012)
	}
}

// TestContentType: whatever the request says its body is, it is JSON (T 1.2).
func TestContentType(t *testing.T) {
	c := newAliceAndBob(t)
	for _, value := range []string{"", "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "nonsense;;;"} {
		h := http.Header{}
		if value != "" {
			h.Set("Content-Type", value)
		}
		r := c.request(http.MethodPost, "/v4/sns/friend_check?"+c.query, goodCheck, h)
		if r.code != 0 {
			t.Errorf("Content-Type %q: %s\n  code %d, want 0", value, r, r.code)
		}
	}
}

// TestQuery sends the same parameters in every way that a client does (T 1.1).
func TestQuery(t *testing.T) {
	c := newAliceAndBob(t)
	sig := newSig(t, appA, keyA, admin)
	app, id, us := "sdkappid=1400000000", "identifier=administrator", "usersig="+sig
	join := func(parts ...string) string { return strings.Join(parts, "&") }
	tests := []struct {
		name, query string
		want        int
	}{
		{"documented", join(app, id, us, "random=99999999", "contenttype=json"), 0},
		{"usersig first", join(us, id, app, "contenttype=json", "random=1"), 0},
		{"reversed", join("contenttype=json", "random=1", us, id, app), 0},
		{"no random", join(app, id, us, "contenttype=json"), 0},
		{"no contenttype", join(app, id, us, "random=1"), 0},
		{"neither", join(app, id, us), 0},
		{"empty random", join(app, id, us, "random="), 0},
		{"random of milliseconds", join(app, id, us, "random=1763784000000"), 0},
		{"huge random", join(app, id, us, "random=99999999999999999999999999999"), 0},
		{"negative random", join(app, id, us, "random=-2147483648"), 0},
		{"random is no number", join(app, id, us, "random=abc"), 0},
		{"repeated random", join(app, id, us, "random=1", "random=2"), 0},
		{"contenttype xml", join(app, id, us, "contenttype=xml"), 0},
		{"unknown parameters", join("apn=1", app, "x", id, "=y", us, "a=b=c"), 0},
		{"empty parameters", "&&" + join(app, id, us) + "&&", 0},
		{"first sdkappid counts", join(app, "sdkappid=1", id, us), 0},
		{"first sdkappid counts, unknown", join("sdkappid=1", app, id, us), 70020},
		{"first identifier counts", join(app, id, "identifier=bob", us), 0},
		{"first usersig counts", join(app, id, us, "usersig=bad"), 0},
		{"first usersig counts, bad", join(app, id, "usersig=bad", us), 70003},
		{"sdkappid by another case", join("sdkAppid=1400000000", id, us), 60012},
		{"identifier by another case", join(app, "Identifier=administrator", us), 60004},
		{"usersig by another case", join(app, id, "UserSig="+sig), 70002},
		{"accesstoken", join(app, id, "accesstoken="+sig), 70002},
		{"broken escape", join(app, id, us, "random=%"), 60002},
		{"broken escape in a name", join(app, id, us, "%zz=1"), 60002},
		{"semicolons", strings.Join([]string{app, id, us}, ";"), 60002},
		{"nothing", "", 60012},
	}
	for _, test := range tests {
		r := c.request(http.MethodPost, "/v4/sns/friend_check?"+test.query, goodCheck, nil)
		if r.code != test.want {
			t.Errorf("%s: %s\n  code %d, want %d", test.name, r, r.code, test.want)
		}
	}
}

// TestAppID follows the first row of the table of parameters (T 1.1).
func TestAppID(t *testing.T) {
	c := newAliceAndBob(t)
	for value, want := range map[string]int{
		"": 60012, "0": 60006, "00": 60006, "-1": 60006, "x": 60006, "1400000000x": 60006, "1400000000.0": 60006,
		"0x5359": 60006, "%20": 60006, "1400000000%20": 60006, "%2B1400000000": 60006, "1_400_000_000": 60006,
		"4294967296": 60006, "99999999999999999999999": 60006, "%D9%A1": 60006, "%00": 60006, "%FF": 60006,
		"1": 70020, "4294967295": 70020, "1400000000": 0,
	} {
		q := strings.Replace(c.query, "sdkappid=1400000000", "sdkappid="+value, 1)
		r := c.request(http.MethodPost, "/v4/sns/friend_check?"+q, goodCheck, nil)
		if r.code != want {
			t.Errorf("sdkappid=%s: %s\n  code %d, want %d", value, r, r.code, want)
		}
	}
}

// TestIdentifier: what cannot be a UserID (T 6.1) is refused before the UserSig
// is looked at (T 1.5, step 5).
func TestIdentifier(t *testing.T) {
	c := newAliceAndBob(t)
	for value, want := range map[string]int{
		"": 60004, strings.Repeat("a", 33): 60004, "admin%00": 60004, "admin%0A": 60004, "%0Aadmin": 60004, "admin%7F": 60004,
		"%FF": 60004, "admin%C3": 60004, "%E5%BC%A0%E4%B8%89": 60004,
		strings.Repeat("a", 32): 70002, "a%20b": 70002, "a%3Cb": 70002, "Administrator": 70002, admin: 70002,
	} {
		r := c.request(http.MethodPost, "/v4/sns/friend_check?sdkappid=1400000000&identifier="+value, goodCheck, nil)
		if r.code != want {
			t.Errorf("identifier=%s: %s\n  code %d, want %d", value, r, r.code, want)
		}
	}
}

// TestEnvelope has an answer of every family, of every kind. What holds of all
// of them is checked as each is read.
func TestEnvelope(t *testing.T) {
	c := newAliceAndBob(t)
	const empty = "{}"
	tests := []struct {
		command, body string
		want          int
	}{
		{"im_open_login_svc/account_import", `{"UserID":"x"}`, 0},
		{"im_open_login_svc/account_import", empty, 70402},
		{"im_open_login_svc/multiaccount_import", empty, 70402},
		{"im_open_login_svc/account_check", empty, 70402},
		{"im_open_login_svc/account_delete", empty, 70402},
		{"profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"b"}]}`, 0},
		{"profile/portrait_set", empty, 40001},
		{"profile/portrait_get", empty, 40002},
		{"sns/friend_add", empty, 30001},
		{"sns/friend_import", empty, 30001},
		{"sns/friend_update", empty, 30001},
		{"sns/friend_delete", empty, 30001},
		{"sns/friend_delete_all", empty, 30001},
		{"sns/friend_check", empty, 30001},
		{"sns/friend_get", empty, 30001},
		{"sns/friend_get_list", empty, 30001},
		{"sns/black_list_add", empty, 30001},
		{"sns/friend_get", `{"From_Account":"alice","StartIndex":0}`, 0},
		{"sns/friend_get", `{"From_Account":"nobody","StartIndex":0}`, 30003},
	}
	for _, test := range tests {
		wantCode(t, c.call(test.command, test.body), test.want)
	}
}

// TestBodies has what is not the JSON of a request, in every family (T 1.2, T
// 7 row 15, F 1).
func TestBodies(t *testing.T) {
	c := newAliceAndBob(t)
	const (
		account = "im_open_login_svc/account_check"
		profile = "profile/portrait_get"
		sns     = "sns/friend_check"
	)
	deep := func(n int) string { return `{"X":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}` }
	tests := []struct {
		name, body            string
		account, profile, sns int
	}{
		{"empty", "", 60003, 60003, 60003},
		{"only white space", " \r\n\t", 60003, 60003, 60003},
		{"only a BOM", "\ufeff", 60003, 60003, 60003},
		{"cut short", `{"From_Account":"alice","To_Acc`, 60003, 40001, 60003},
		{"a comment", "{} // nothing", 60003, 40001, 60003},
		{"a comma too many", `{"To_Account":["a"],}`, 60003, 40001, 60003},
		{"two objects", "{}{}", 60003, 40001, 60003},
		{"single quotes", `{'From_Account':'alice'}`, 60003, 40001, 60003},
		{"a form", "From_Account=alice", 60003, 40001, 60003},
		{"not UTF-8", "{\"X\":\"\xff\"}", 60003, 40001, 60003},
		{"not UTF-8 in a name", "{\"X\xff\":1}", 60003, 40001, 60003},
		{"UTF-16", "\xff\xfe{\x00}\x00", 60003, 40001, 60003},
		{"a raw line feed in a string", "{\"X\":\"a\nb\"}", 60003, 40001, 60003},
		{"a raw NUL", "{\"X\":\"a\x00b\"}", 60003, 40001, 60003},
		{"half a surrogate pair", `{"X":"\ud800"}`, 60003, 40001, 60003},
		{"a bare NaN", `{"X":NaN}`, 60003, 40001, 60003},
		{"nested too deep", deep(100_000), 60003, 40001, 60003},
		{"a member twice", `{"To_Account":["a"],"To_Account":["b"],"CheckItem":[],"CheckItem":[]}`, 60003, 40001, 60003},
		{"an array", "[]", 70402, 40001, 30001},
		{"a string", `"x"`, 70402, 40001, 30001},
		{"a number", "1", 70402, 40001, 30001},
		{"null", "null", 70402, 40001, 30001},
	}
	for _, test := range tests {
		for command, want := range map[string]int{account: test.account, profile: test.profile, sns: test.sns} {
			r := c.call(command, test.body)
			if r.code != want {
				t.Errorf("%s: %s\n  code %d, want %d", test.name, r, r.code, want)
			}
		}
	}
}

// TestTolerated has bodies that are a little off and must be read (T 1.2, D
// 22).
func TestTolerated(t *testing.T) {
	c := newAliceAndBob(t)
	for name, body := range map[string]string{
		"BOM":                    "\ufeff" + goodCheck,
		"trailing white space":   goodCheck + " \r\n\t\n",
		"leading white space":    "\n\t " + goodCheck,
		"unknown members":        strings.Replace(goodCheck, "{", `{"Unknown":[{"a":null}],"from_account":5,"FROM_ACCOUNT":[],`, 1),
		"unknown nested":         strings.Replace(goodCheck, "{", `{"X":`+strings.Repeat("[", 100)+strings.Repeat("]", 100)+`,`, 1),
		"escapes":                strings.Replace(goodCheck, "alice", `\u0061l\u0069ce`, 1),
		"escaped slash in names": strings.Replace(goodCheck, `"From_Account"`, `"From\u005fAccount"`, 1),
		"null for optional":      strings.Replace(goodCheck, "{", `{"Optional":null,`, 1),
	} {
		r := c.call("sns/friend_check", body)
		if r.code != 0 {
			t.Errorf("%s: %s\n  code %d, want 0", name, r, r.code)
		}
	}
}

// TestMemberNames: names of members are case-sensitive (D 22).
func TestMemberNames(t *testing.T) {
	c := newAliceAndBob(t)
	for _, name := range []string{"From_Account", "To_Account", "CheckType"} {
		for _, other := range []string{strings.ToLower(name), strings.ToUpper(name), strings.ReplaceAll(name, "_", ""), name + " "} {
			if other == name {
				continue
			}
			r := c.call("sns/friend_check", strings.Replace(goodCheck, `"`+name+`"`, `"`+other+`"`, 1))
			wantCode(t, r, 30001)
			if !strings.Contains(r.info+r.display, name) {
				t.Errorf("%s\n  does not name %s", r, name)
			}
		}
	}
}

// TestWrongTypes spells the code and text of a wrong JSON type in each family
// (F 1, F Q29, T Q6).
func TestWrongTypes(t *testing.T) {
	c := newAliceAndBob(t)
	tests := []struct {
		command, body string
		code          int
		info, names   string
	}{
		{"sns/friend_check", `{"From_Account":1}`, 60015, "", "From_Account"},
		{"sns/friend_check", `{"To_Account":[1]}`, 60015, "", "To_Account"},
		{"sns/friend_check", `{"To_Account":1}`, 60015, "", "To_Account"},
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":1}]}`, 60015, "", "To_Account"},
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":{"To_Account":"bob"}}`, 30001, "SNS_DECODE_ERR", "AddFriendItem"},
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":1}]}`, 30001, "SNS_DECODE_ERR", "Remark"},
		{"sns/friend_get", `{"From_Account":"alice","StartIndex":"0"}`, 30001, "SNS_DECODE_ERR", "StartIndex"},
		{"profile/portrait_set", `{"From_Account":1}`, 60015, "", "From_Account"},
		{"profile/portrait_get", `{"To_Account":["alice"],"TagList":"Tag_Profile_IM_Nick"}`, 40001, "Err_Profile_Comm_Decode_Fail", "TagList"},
		{"im_open_login_svc/account_import", `{"UserID":1}`, 60015, "", "UserID"},
		{"im_open_login_svc/account_import", `{"UserID":"x","Nick":1}`, 70402, "", "Nick"},
		{"im_open_login_svc/multiaccount_import", `{"Accounts":["x",1]}`, 70402, "", "Accounts"},
		{"im_open_login_svc/multiaccount_import", `{"AccountList":"x"}`, 70402, "", "AccountList"},
	}
	for _, test := range tests {
		r := c.call(test.command, test.body)
		wantCode(t, r, test.code)
		if test.info != "" && r.info != test.info {
			t.Errorf("%s\n  ErrorInfo %q, want %q", r, r.info, test.info)
		}
		if !strings.Contains(r.info+r.display, test.names) {
			t.Errorf("%s\n  does not name %s", r, test.names)
		}
	}
}

// An observer notes the calls that a server tells of.
type observer struct{ calls []string }

func (o *observer) Call(command string, code int, took time.Duration) {
	if took < 0 {
		command = "took negative time"
	}
	o.calls = append(o.calls, fmt.Sprintf("%s %d", command, code))
}

// TestObserver: calls are counted by names of a fixed table only.
func TestObserver(t *testing.T) {
	o := &observer{}
	c := newCaller(t, func(c *api.Config) { c.Metrics = o })
	c.call("sns/friend_get", `{"From_Account":"administrator","StartIndex":0}`)
	c.call("sns/friend_get", `{"From_Account":"nobody","StartIndex":0}`)
	c.call("sns/friend_gat", "{}")
	c.call("sns/"+strings.Repeat("x", 100), "{}")
	c.request(http.MethodPost, "/v4/sns/friend_get", "{}", nil)
	c.request(http.MethodGet, "/", "", nil)
	want := []string{"sns/friend_get 0", "sns/friend_get 30003", "unknown 60009", "unknown 60009", "sns/friend_get 60012", "unknown 60002"}
	if fmt.Sprint(o.calls) != fmt.Sprint(want) {
		t.Errorf("observed %q, want %q", o.calls, want)
	}
}
