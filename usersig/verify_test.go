package usersig_test

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"kith/usersig"
)

const (
	v3MAC = "q1+oC2ok5l9rJMznoeGtqQSm9QmGHAtPuu2DCidJZVI="
	v3    = `{"TLS.ver":"2.0","TLS.identifier":"alice-7","TLS.sdkappid":1400000000,"TLS.expire":604800,"TLS.time":1700000000,"TLS.userbuf":"aGVsbG8tdXNlcmJ1Zg==","TLS.sig":"` + v3MAC + `"}`
)

func TestVerifySecrets(t *testing.T) {
	s := parse(t, wrap(v1))
	tests := []struct {
		secrets []string
		code    int
	}{
		{[]string{keyA}, 0},
		{[]string{keyA, keyB}, 0},
		{[]string{keyB, keyA}, 0},
		{[]string{"", keyB, keyA}, 0},
		{nil, usersig.CodeNoSecret},
		{[]string{""}, usersig.CodeNoSecret},
		{[]string{"", ""}, usersig.CodeNoSecret},
		{[]string{keyB}, usersig.CodeWrongSecret},
		{[]string{keyB, ""}, usersig.CodeWrongSecret},
		{[]string{strings.ToUpper(keyA)}, usersig.CodeWrongSecret},
		{[]string{keyA + "\n"}, usersig.CodeWrongSecret},
	}
	for _, test := range tests {
		err := s.Verify(1400000000, "administrator", time.Unix(1700000100, 0), test.secrets...)
		if test.code == 0 {
			if err != nil {
				t.Errorf("Verify with secrets %q = %v, want nil", test.secrets, err)
			}
			continue
		}
		wantCode(t, fmt.Sprintf("Verify with secrets %q", test.secrets), err, test.code, v1MAC)
	}
}

// TestVerifyEmptySecret: whoever signs with the empty key is refused even where
// the configuration has one.
func TestVerifyEmptySecret(t *testing.T) {
	forged := strings.Replace(v1, v1MAC, mac("TLS.identifier:administrator\nTLS.sdkappid:1400000000\nTLS.time:1700000000\nTLS.expire:15552000\n", ""), 1)
	err := parse(t, wrap(forged)).Verify(1400000000, "administrator", time.Unix(1700000100, 0), "")
	wantCode(t, "signed with an empty key", err, usersig.CodeNoSecret)
}

// TestVerifyOrder takes the faults away one by one, in the order of section 3.3.
func TestVerifyOrder(t *testing.T) {
	s := parse(t, wrap(v1))
	good, late := time.Unix(1700000100, 0), time.Unix(1800000000, 0)
	wantCode(t, "everything wrong", s.Verify(1, "bob", late), usersig.CodeWrongAppID)
	wantCode(t, "wrong from the identifier on", s.Verify(1400000000, "bob", late), usersig.CodeWrongIdentifier)
	wantCode(t, "wrong from the expiry on", s.Verify(1400000000, "administrator", late), usersig.CodeExpired)
	wantCode(t, "wrong from the secrets on", s.Verify(1400000000, "administrator", good), usersig.CodeNoSecret)
	wantCode(t, "wrong secret", s.Verify(1400000000, "administrator", good, keyB), usersig.CodeWrongSecret)
	if err := s.Verify(1400000000, "administrator", good, keyA); err != nil {
		t.Errorf("all right: Verify = %v, want nil", err)
	}
}

func TestVerifyAppIDAsLargeAsJSON(t *testing.T) {
	for _, id := range []string{"5694967296", "18446744073709551615"} { // the first is 1400000000 + 2^32
		s := parse(t, wrap(strings.Replace(v1, "1400000000", id, 1)))
		err := s.Verify(1400000000, "administrator", time.Unix(1700000100, 0), keyA)
		wantCode(t, "SDKAppID "+id, err, usersig.CodeWrongAppID, v1MAC)
	}
}

func TestVerifyTimes(t *testing.T) {
	tests := []struct {
		issued, expire, now int64
		code                int
	}{
		{1700000000, 60, 1699999999, 0}, // before the issue
		{1700000000, 60, 0, 0},
		{1700000000, 60, 1700000060, 0},
		{1700000000, 60, 1700000061, usersig.CodeExpired},
		{1700000000, 0, 1700000000, 0},
		{1700000000, -1, 1700000000, usersig.CodeExpired},
		{1700000000, math.MinInt64, 1700000000, usersig.CodeExpired},
		{-1, 1, 0, 0},
		{-1, 60, 1700000000, usersig.CodeExpired},
		{math.MinInt64, 60, 1700000000, usersig.CodeExpired},
		{math.MinInt64, math.MinInt64, 1700000000, usersig.CodeExpired},
		{1700000000, math.MaxInt64, 1700000000, 0},
		{math.MaxInt64, math.MaxInt64, 1700000000, 0},
		{1700000000, 1 << 32, 1700000000 + 1<<32, 0},
	}
	for _, test := range tests {
		about := fmt.Sprintf("time %d, expire %d, now %d", test.issued, test.expire, test.now)
		content := fmt.Sprintf("TLS.identifier:a\nTLS.sdkappid:7\nTLS.time:%d\nTLS.expire:%d\n", test.issued, test.expire)
		s := parse(t, wrap(fmt.Sprintf(`{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":7,"TLS.time":%d,"TLS.expire":%d,"TLS.sig":"%s"}`,
			test.issued, test.expire, mac(content, keyA))))
		err := s.Verify(7, "a", time.Unix(test.now, 0), keyA)
		if test.code == 0 {
			if err != nil {
				t.Errorf("%s: Verify = %v, want nil", about, err)
			}
			continue
		}
		wantCode(t, about, err, test.code)
	}
}

func TestVerifyEveryBitOfTheMAC(t *testing.T) {
	good, err := base64.StdEncoding.DecodeString(v1MAC)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range 8 * len(good) {
		changed := append([]byte(nil), good...)
		changed[bit/8] ^= 1 << (bit % 8)
		text := base64.StdEncoding.EncodeToString(changed)
		s := parse(t, wrap(strings.Replace(v1, v1MAC, text, 1)))
		err := s.Verify(1400000000, "administrator", time.Unix(1700000100, 0), keyA, keyB)
		wantCode(t, fmt.Sprintf("bit %d of the HMAC flipped", bit), err, usersig.CodeWrongSecret, text, v1MAC)
	}
}

// TestVerifyAltered changes what the HMAC covers and asks for what the altered
// UserSig claims.
func TestVerifyAltered(t *testing.T) {
	const userbuf = `"TLS.userbuf":"aGVsbG8tdXNlcmJ1Zg==",`
	tests := []struct {
		about, old, new string
		identifier      string
		appID           uint32
	}{
		{"identifier", `alice-7`, `alice-8`, "alice-8", 1400000000},
		{"SDKAppID", `1400000000`, `1400000001`, "alice-7", 1400000001},
		{"time", `1700000000`, `1700000001`, "alice-7", 1400000000},
		{"expire", `604800`, `604801`, "alice-7", 1400000000},
		{"userbuf", `aGVsbG8t`, `bGVsbG8t`, "alice-7", 1400000000},
		{"userbuf, spelled otherwise", `Zg==`, `Zh==`, "alice-7", 1400000000},
		{"userbuf emptied", userbuf, `"TLS.userbuf":"",`, "alice-7", 1400000000},
		{"userbuf taken away", userbuf, ``, "alice-7", 1400000000},
	}
	for _, test := range tests {
		s := parse(t, wrap(strings.Replace(v3, test.old, test.new, 1)))
		err := s.Verify(test.appID, test.identifier, time.Unix(1700000100, 0), keyA)
		wantCode(t, test.about+" altered", err, usersig.CodeWrongSecret, v3MAC)
	}

	added := parse(t, wrap(strings.Replace(v1, `}`, `,`+strings.TrimSuffix(userbuf, ",")+`}`, 1)))
	err := added.Verify(1400000000, "administrator", time.Unix(1700000100, 0), keyA)
	wantCode(t, "userbuf added", err, usersig.CodeWrongSecret, v1MAC)
}

// TestVerifyEmptyUserBuf: an issuer that sends an empty TLS.userbuf has signed
// its line.
func TestVerifyEmptyUserBuf(t *testing.T) {
	content := "TLS.identifier:a\nTLS.sdkappid:7\nTLS.time:1700000000\nTLS.expire:60\nTLS.userbuf:\n"
	s := parse(t, wrap(`{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":7,"TLS.time":1700000000,"TLS.expire":60,"TLS.userbuf":"","TLS.sig":"`+mac(content, keyA)+`"}`))
	if err := s.Verify(7, "a", time.Unix(1700000000, 0), keyA); err != nil {
		t.Errorf("empty userbuf: Verify = %v, want nil", err)
	}
}

// TestVerifyForeignText sends identifiers that would spoil a log line.
func TestVerifyForeignText(t *testing.T) {
	s := parse(t, wrap(strings.Replace(v1, "administrator", strings.Repeat("长", 2000), 1)))
	for _, identifier := range []string{"", "a\nb", "\x1b[31m", "\u202egro", "\xff\xfe", strings.Repeat("\x00", 5000), strings.Repeat("😀", 5000)} {
		err := s.Verify(1400000000, identifier, time.Unix(1700000100, 0), keyA)
		wantCode(t, fmt.Sprintf("%.20q", identifier), err, usersig.CodeWrongIdentifier)
	}
}

// TestVerifyQuotesWholeCharacters cuts a long identifier between two characters.
func TestVerifyQuotesWholeCharacters(t *testing.T) {
	s := parse(t, wrap(v1))
	for shift := range 4 {
		identifier := strings.Repeat("a", shift) + strings.Repeat("😀", 100)
		err := s.Verify(1400000000, identifier, time.Unix(1700000100, 0), keyA)
		wantCode(t, "a long identifier", err, usersig.CodeWrongIdentifier)
		if text := err.Error(); strings.Contains(text, `\x`) || !strings.Contains(text, `😀"...`) {
			t.Errorf("error is %v, want whole characters and an ellipsis", err)
		}
	}
}

func TestErrorTexts(t *testing.T) {
	s := parse(t, wrap(v1))
	now := time.Unix(1700000100, 0)
	for want, err := range map[string]error{
		"the UserSig was made for SDKAppID 1400000000; the request names 1400000001 (code 70014)":                                                 s.Verify(1400000001, "administrator", now, keyA),
		`the UserSig was made for the identifier "administrator"; the request names "bob" (code 70013)`:                                           s.Verify(1400000000, "bob", now, keyA),
		"the UserSig expired at Unix time 1715552000 and it is 1715552001 now; make a new one (code 70001)":                                       s.Verify(1400000000, "administrator", time.Unix(1715552001, 0), keyA),
		"the UserSig was not signed with a secret key of SDKAppID 1400000000, or was changed; sign with the key of that application (code 70009)": s.Verify(1400000000, "administrator", now, keyB),
		"SDKAppID 1400000000 has no secret key here; configure one (code 70016)":                                                                  s.Verify(1400000000, "administrator", now),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("error is %v\nwant     %s", err, want)
		}
	}
}
