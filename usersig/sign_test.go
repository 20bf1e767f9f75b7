package usersig_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"kith/usersig"
)

func TestNewRefuses(t *testing.T) {
	issued := time.Unix(1700000000, 0)
	tests := []struct {
		about      string
		appID      uint32
		secret     string
		identifier string
		issued     time.Time
		validity   time.Duration
		want       string
	}{
		{"SDKAppID 0", 0, keyA, "a", issued, time.Hour, "SDKAppID"},
		{"no secret", 1, "", "a", issued, time.Hour, "secret key"},
		{"no identifier", 1, keyA, "", issued, time.Hour, "identifier"},
		{"a line feed", 1, keyA, "a\nTLS.sdkappid:2", issued, time.Hour, "control character"},
		{"wrong UTF-8", 1, keyA, "a\xff", issued, time.Hour, "UTF-8"},
		{"an identifier too long", 1, keyA, strings.Repeat("a", 8<<10), issued, time.Hour, "8192 bytes"},
		{"an identifier that zlib cannot shorten", 1, keyA, noise(8000), issued, time.Hour, "8192 bytes"},
		{"the zero time", 1, keyA, "a", time.Time{}, time.Hour, "1970"},
		{"a second before 1970", 1, keyA, "a", time.Unix(-1, 0), time.Hour, "1970"},
		{"no validity", 1, keyA, "a", issued, 0, "validity"},
		{"seconds taken for a Duration", 1, keyA, "a", issued, 86400, "validity"},
		{"a negative validity", 1, keyA, "a", issued, -time.Hour, "validity"},
	}
	for _, test := range tests {
		sig, err := usersig.New(test.appID, test.secret, test.identifier, test.issued, test.validity)
		if sig != "" || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: New = %.40q, %v; want an error with %q", test.about, sig, err, test.want)
			continue
		}
		wantShowable(t, test.about, err.Error())
	}

	if sig, err := usersig.NewWithUserBuf(1, keyA, "a", make([]byte, 8<<10), issued, time.Hour); err == nil {
		t.Errorf("a userbuf too long: NewWithUserBuf = %q, want an error", sig)
	}
}

// noise is printable ASCII, none of it escaped in JSON, in which little repeats.
func noise(length int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, length)
	for i := range text {
		text[i] = byte('#' + random.IntN('~'-'#'+1))
	}
	return strings.ReplaceAll(string(text), `\`, `!`)
}

func TestNewDropsFractions(t *testing.T) {
	sig, err := usersig.New(1, keyA, "a", time.Unix(1700000000, 999_999_999), 1999*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if s := parse(t, sig); s.Issued != 1700000000 || s.Expire != 1 {
		t.Errorf("Parse = %v, want issued 1700000000 and expire 1", s)
	}
}

func TestNewWithEmptyUserBuf(t *testing.T) {
	issued := time.Unix(1700000000, 0)
	want, err := usersig.New(1, keyA, "a", issued, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, userbuf := range [][]byte{nil, {}} {
		got, err := usersig.NewWithUserBuf(1, keyA, "a", userbuf, issued, time.Hour)
		if err != nil || got != want {
			t.Errorf("userbuf %#v: %q, %v; want %q", userbuf, got, err, want)
		}
	}
}

// printable draws what a person could call a user, in any script.
var printable = rapid.StringOfN(rapid.RuneFrom(nil, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Zs), 1, 32, -1)

// TestRoundTrip makes UserSigs of anything and asks for all that can be wrong
// with each.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		appID := rapid.Uint32Min(1).Draw(t, "appID")
		secret := rapid.StringMatching(`[0-9a-f]{1,80}`).Draw(t, "secret")
		identifier := printable.Draw(t, "identifier")
		userbuf := rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "userbuf")
		issued := rapid.Int64Range(0, 1<<33).Draw(t, "issued")
		expire := rapid.Int64Range(1, 100*365*86400).Draw(t, "expire")

		sig, err := usersig.NewWithUserBuf(appID, secret, identifier, userbuf, time.Unix(issued, 0), time.Duration(expire)*time.Second)
		if err != nil {
			t.Fatalf("NewWithUserBuf: %v", err)
		}
		if rest := strings.Trim(sig, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-_"); rest != "" {
			t.Errorf("UserSig %q has %q, outside its alphabet", sig, rest)
		}
		s, err := usersig.Parse(sig)
		if err != nil {
			t.Fatalf("Parse(%q): %v", sig, err)
		}
		if s.Identifier != identifier || s.AppID != uint64(appID) || s.Issued != issued || s.Expire != expire {
			t.Errorf("Parse = %v, want identifier %q, SDKAppID %d, time %d, expire %d", s, identifier, appID, issued, expire)
		}

		now := time.Unix(rapid.Int64Range(issued-1000, issued+expire).Draw(t, "now"), 0)
		late := time.Unix(issued+expire+rapid.Int64Range(1, 1<<33).Draw(t, "late"), 0)
		otherID := printable.Filter(func(id string) bool { return id != identifier }).Draw(t, "other identifier")
		otherSecret := secret + "0"
		if err := s.Verify(appID, identifier, now, secret); err != nil {
			t.Errorf("Verify = %v, want nil", err)
		}
		if err := s.Verify(appID, identifier, now, otherSecret, secret); err != nil {
			t.Errorf("Verify with two secrets = %v, want nil", err)
		}
		for code, err := range map[int]error{
			usersig.CodeWrongAppID:      s.Verify(appID+1, identifier, now, secret),
			usersig.CodeWrongIdentifier: s.Verify(appID, otherID, now, secret),
			usersig.CodeExpired:         s.Verify(appID, identifier, late, secret),
			usersig.CodeNoSecret:        s.Verify(appID, identifier, now),
			usersig.CodeWrongSecret:     s.Verify(appID, identifier, now, otherSecret),
		} {
			wantCode(t, fmt.Sprintf("code %d", code), err, code, sig, secret)
		}
	})
}
