package api_test

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/usersig"
)

// A sigVector is a UserSig of T 3.4, made by another program.
type sigVector struct {
	Name, Secret, Identifier string
	AppID                    chain.AppID
	Issued, Expire           int64
	Sigs                     map[string]string // by the way it was packed
}

func sigVectors(t testing.TB) map[string]sigVector {
	t.Helper()
	data, err := os.ReadFile("../../usersig/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []sigVector
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	all := map[string]sigVector{}
	for _, v := range list {
		all[v.Name] = v
	}
	return all
}

// try posts a small, good call with any credentials.
func (s *server) try(t testing.TB, app chain.AppID, identifier, sig string) reply {
	t.Helper()
	q := url.Values{"sdkappid": {fmt.Sprint(app)}, "identifier": {identifier}, "usersig": {sig}}.Encode()
	return s.tryQuery(t, q)
}

func (s *server) tryQuery(t testing.TB, q string) reply {
	t.Helper()
	body := `{"CheckItem":[{"UserID":"administrator"}]}`
	r := httptest.NewRequest(http.MethodPost, "/v4/im_open_login_svc/account_check?"+q, strings.NewReader(body))
	return s.serve(t, r, body)
}

// TestVectors calls with every vector of T 3.4: in the last second it is valid,
// a second later, for another app, for another user and with another key.
func TestVectors(t *testing.T) {
	// Whether the identifier may call once its UserSig is verified. That of V4
	// is no UserID (T 6.1) and is refused before.
	mayCall := map[string]bool{"V1": true, "V2": true, "V3": true, "V5": true, "V6": true, "V7": true}
	other := map[chain.AppID]chain.AppID{appA: appB, appB: appA}
	for name, v := range sigVectors(t) {
		for packing, sig := range v.Sigs {
			t.Run(name+" "+packing, func(t *testing.T) {
				s := newServer(t)
				if _, known := s.apps.Get(v.AppID); !known {
					s.addApp(t, v.AppID, v.Secret)
				}
				s.changeApp(t, v.AppID, func(a *store.App) { a.Secrets = []string{v.Secret} })
				last := time.Unix(v.Issued+v.Expire, 999_999_999)
				s.clock.set(last)
				if !mayCall[name] {
					wantCode(t, s.try(t, v.AppID, v.Identifier, sig), 60004)
					return
				}
				if v.Identifier != admin {
					wantCode(t, s.try(t, v.AppID, v.Identifier, sig), 60010)
					s.addApp(t, v.AppID, v.Secret, chain.UserID(v.Identifier))
				}
				wantCode(t, s.try(t, v.AppID, v.Identifier, sig), 0)
				wantCode(t, s.try(t, v.AppID, v.Identifier, sig), 0) // now it is remembered
				wantCode(t, s.try(t, other[v.AppID], v.Identifier, sig), 70014)
				wantCode(t, s.try(t, v.AppID, v.Identifier+"x", sig), 70013)
				s.clock.set(last.Add(time.Nanosecond))
				wantCode(t, s.try(t, v.AppID, v.Identifier, sig), 70001)
				s.clock.set(last)
				s.changeApp(t, v.AppID, func(a *store.App) { a.Secrets = []string{"another key"} })
				wantCode(t, s.try(t, v.AppID, v.Identifier, sig), 70009)
			})
		}
	}
}

// TestVectorsNegative is the table of negative cases (T 3.4), clock as it says.
func TestVectorsNegative(t *testing.T) {
	s := newServer(t)
	vectors := sigVectors(t)
	wantCode(t, s.try(t, appA, admin, ""), 70002)
	for packing, sig := range vectors["V1"].Sigs {
		t.Run(packing, func(t *testing.T) {
			for _, cut := range []int{1, 2, 3, 4, 10} {
				r := s.try(t, appA, admin, sig[:len(sig)-cut])
				if cut == 1 && strings.HasSuffix(sig, "_") && r.code == 0 {
					continue // nothing but padding was lost
				}
				wantCode(t, r, 70003)
			}
			wantCode(t, s.try(t, appB, admin, sig), 70014)
			wantCode(t, s.try(t, appA, "Administrator", sig), 70013)
			wantCode(t, s.try(t, appA, admin, sig), 0)
		})
	}
	for _, sig := range vectors["V5"].Sigs {
		wantCode(t, s.try(t, appA, admin, sig), 70001)
	}
	s.changeApp(t, appA, func(a *store.App) { a.Secrets = []string{keyB} })
	for _, sig := range vectors["V1"].Sigs {
		wantCode(t, s.try(t, appA, admin, sig), 70009)
	}
}

// wrap makes a UserSig of any JSON (T 3.1, steps 4 and 5).
func wrap(document string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(document))
	w.Close()
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(b.Bytes()))
}

// TestFailureCodes is the table of T 3.6.
func TestFailureCodes(t *testing.T) {
	s := newOrderServer(t)
	good := newSig(t, appA, keyA, admin)
	const mac = `"TLS.sig":"P/y0F7WkMgISdYK8nla7MbW9NaIDChSnozZt/7ny/Pc="`
	const rest = `"TLS.identifier":"administrator","TLS.sdkappid":1400000000,"TLS.expire":15552000,"TLS.time":1700000000,` + mac
	tests := []struct {
		name       string
		app        chain.AppID
		identifier string
		sig        string
		want       int
	}{
		{"good", appA, admin, good, 0},
		{"empty", appA, admin, "", 70002},
		{"not base64", appA, admin, "!!!!", 70003},
		{"not zlib", appA, admin, "YWJjZGVmZ2g_", 70003},
		{"not JSON", appA, admin, wrap("hello"), 70003},
		{"no members", appA, admin, wrap("{}"), 70003},
		{"no TLS.sig", appA, admin, wrap(`{"TLS.ver":"2.0","TLS.identifier":"administrator","TLS.sdkappid":1400000000}`), 70003},
		{"version 1", appA, admin, wrap(`{"TLS.account_type":"0","TLS.identifier":"administrator","TLS.appid_at_3rd":"0","TLS.sdk_appid":"1400000000","TLS.time":"1","TLS.expire_after":"1","TLS.version":"201610110000","TLS.sig":"x"}`), 70003},
		{"inflates beyond measure", appA, admin, wrap(`{"TLS.ver":"2.0","X":"` + strings.Repeat("a", 1<<20) + `"}`), 70003},
		{"far too long", appA, admin, strings.Repeat("a", 100_000), 70003},
		{"unknown version", appA, admin, wrap(`{"TLS.ver":"3.0",` + rest + `}`), 70005},
		{"TLS.sig is not 32 bytes", appA, admin, wrap(strings.Replace(`{"TLS.ver":"2.0",`+rest+`}`, mac, `"TLS.sig":"AAAA"`, 1)), 70005},
		{"packed by us", appA, admin, wrap(`{"TLS.ver":"2.0",` + rest + `}`), 0},
		{"padding cut", appA, admin, strings.TrimRight(good, "_"), 0},
		{"another app in it", appA, admin, newSig(t, appB, keyA, admin), 70014},
		{"another user in it", appA, admin, newSig(t, appA, keyA, "bob"), 70013},
		{"expired", appA, admin, sigAt(t, start.Add(-time.Hour), 59*time.Minute), 70001},
		{"expires this second", appA, admin, sigAt(t, start.Add(-time.Hour), time.Hour), 0},
		{"from the future", appA, admin, sigAt(t, start.Add(1000*time.Hour), time.Hour), 0},
		{"lives for 50 years", appA, admin, sigAt(t, start, 50*365*24*time.Hour), 0},
		{"another key", appA, admin, newSig(t, appA, keyB, admin), 70009},
		{"app without a key", keylessApp, admin, newSig(t, keylessApp, keyA, admin), 70016},
		{"unknown app", 1499999999, admin, newSig(t, 1499999999, keyA, admin), 70020},
		{"disabled app", disabledApp, admin, newSig(t, disabledApp, keyA, admin), 60016},
		{"no admin", appA, "alice", newSig(t, appA, keyA, "alice"), 60010},
		{"admin by another case", appA, "Administrator", newSig(t, appA, keyA, "Administrator"), 60010},
		{"no account at all", appA, "nobody", newSig(t, appA, keyA, "nobody"), 60010},
	}
	for _, test := range tests {
		r := s.try(t, test.app, test.identifier, test.sig)
		if r.code != test.want {
			t.Errorf("%s: %s\n  code %d, want %d", test.name, r, r.code, test.want)
		}
	}
}

func sigAt(t testing.TB, issued time.Time, validity time.Duration) string {
	t.Helper()
	sig, err := usersig.New(uint32(appA), keyA, admin, issued, validity)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// TestEscapedUserSig: the characters of a UserSig may be percent-encoded, all
// or some (T 3.1).
func TestEscapedUserSig(t *testing.T) {
	s := newServer(t)
	for _, sig := range sigVectors(t)["V1"].Sigs {
		all := ""
		for _, b := range []byte(sig) {
			all += fmt.Sprintf("%%%02X", b)
		}
		for name, spelled := range map[string]string{
			"raw":             sig,
			"star":            strings.ReplaceAll(sig, "*", "%2A"),
			"star, lower hex": strings.ReplaceAll(sig, "*", "%2a"),
			"the usual":       url.QueryEscape(sig),
			"dash and line":   strings.NewReplacer("-", "%2D", "_", "%5F").Replace(sig),
			"every byte":      all,
		} {
			r := s.tryQuery(t, "sdkappid=1400000000&identifier=administrator&usersig="+spelled)
			if r.code != 0 {
				t.Errorf("%s: %s\n  code %d, want 0", name, r, r.code)
			}
		}
		r := s.tryQuery(t, "sdkappid=1400000000&identifier=%61dministrato%72&usersig="+sig)
		wantCode(t, r, 0)
	}
}

// TestTwoSecrets: while a key is exchanged both verify, and one that is taken
// away stops at once, for remembered UserSigs too.
func TestTwoSecrets(t *testing.T) {
	s := newServer(t)
	old, young := newSig(t, appA, keyA, admin), newSig(t, appA, keyB, admin)
	steps := []struct {
		name       string
		secrets    []string
		old, young int
		disabled   bool
	}{
		{name: "old alone", secrets: []string{keyA}, old: 0, young: 70009},
		{name: "both", secrets: []string{keyB, keyA}, old: 0, young: 0},
		{name: "young alone", secrets: []string{keyB}, old: 70009, young: 0},
		{name: "none", secrets: nil, old: 70016, young: 70016},
		{name: "an empty one", secrets: []string{""}, old: 70016, young: 70016},
		{name: "old again", secrets: []string{keyA}, old: 0, young: 70009},
		{name: "disabled", secrets: []string{keyA, keyB}, disabled: true, old: 60016, young: 60016},
		{name: "enabled", secrets: []string{keyA, keyB}, old: 0, young: 0},
	}
	for _, step := range steps {
		s.changeApp(t, appA, func(a *store.App) { a.Secrets, a.Enabled = step.secrets, !step.disabled })
		for range 2 {
			for sig, want := range map[string]int{old: step.old, young: step.young} {
				r := s.try(t, appA, admin, sig)
				if r.code != want {
					t.Errorf("%s: %s\n  code %d, want %d", step.name, r, r.code, want)
				}
			}
		}
	}
}

// TestRemembered: what is remembered holds for one app, one user and until it
// expires, and being remembered makes nobody an admin.
func TestRemembered(t *testing.T) {
	s := newServer(t)
	s.changeApp(t, appB, func(a *store.App) { a.Secrets = []string{keyA} })
	sig := newSig(t, appA, keyA, admin)
	wantCode(t, s.try(t, appA, admin, sig), 0)
	wantCode(t, s.try(t, appB, admin, sig), 70014)
	wantCode(t, s.try(t, appA, "bob", sig), 70013)
	wantCode(t, s.try(t, appA, admin, sig), 0)

	s.clock.set(start.Add(24 * time.Hour))
	wantCode(t, s.try(t, appA, admin, sig), 0)
	s.clock.set(start.Add(24*time.Hour + time.Second))
	wantCode(t, s.try(t, appA, admin, sig), 70001)
	s.clock.set(start)

	bob := newSig(t, appA, keyA, "bob")
	wantCode(t, s.try(t, appA, "bob", bob), 60010)
	wantCode(t, s.try(t, appA, "bob", bob), 60010)
	s.addApp(t, appA, keyA, "bob")
	wantCode(t, s.try(t, appA, "bob", bob), 0)
	s.changeApp(t, appA, func(a *store.App) { a.Admins = []chain.UserID{admin} })
	wantCode(t, s.try(t, appA, "bob", bob), 60010)
}

// TestRememberedIsBounded uses many more UserSigs than may be remembered.
func TestRememberedIsBounded(t *testing.T) {
	const most = 16
	s := newServer(t, func(c *api.Config) { c.MaxSignatures = most })
	first := newSig(t, appA, keyA, admin)
	for i := range 40 * most {
		wantCode(t, s.try(t, appA, admin, sigAt(t, start.Add(time.Duration(i)*time.Second), time.Hour)), 0)
		wantCode(t, s.try(t, appA, admin, first), 0)
	}
	// What is over the bound goes a little later.
	deadline := time.Now().Add(5 * time.Second)
	for s.RememberedSignatures() > most && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if n := s.RememberedSignatures(); n > most || n == 0 {
		t.Errorf("%d UserSigs are remembered, want 1 to %d", n, most)
	}
}

// TestRefusedIsNotRemembered: a UserSig that does not verify takes no room.
func TestRefusedIsNotRemembered(t *testing.T) {
	s := newServer(t)
	for i := range 50 {
		wantCode(t, s.try(t, appA, admin, newSig(t, appA, fmt.Sprint("key", i), admin)), 70009)
	}
	if n := s.RememberedSignatures(); n != 0 {
		t.Errorf("%d UserSigs are remembered, want 0", n)
	}
}
