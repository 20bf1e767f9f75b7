package usersig_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"kith/usersig"
)

// FuzzParse feeds texts as they come from the network.
func FuzzParse(f *testing.F) {
	for _, v := range loadVectors(f) {
		for _, sig := range v.Sigs {
			f.Add(sig)
			f.Add(sig[:len(sig)-3])
		}
	}
	for _, sig := range []string{"", "_", "e", "eJw_", "\n\n\n\n", wrap(""), wrap("{}"), wrap(strings.Repeat(" ", 1<<20))} {
		f.Add(sig)
	}
	f.Fuzz(func(t *testing.T, sig string) {
		checkParse(t, sig)
	})
}

// FuzzParseDocument feeds JSON, which random bytes would hardly ever reach
// through base64, zlib and its checksum.
func FuzzParseDocument(f *testing.F) {
	for _, document := range []string{
		v1, v3, "", "null", "{}", v1 + "\n",
		`{"TLS.version":"201610110000"}`,
		`{"TLS.ver":"2.0","TLS.identifier":"\u0000"}`,
		`{"TLS.ver":"2.0","TLS.identifier":"a","TLS.sdkappid":-0,"TLS.sig":""}`,
		strings.Replace(v1, "15552000", "9223372036854775807", 1),
		strings.Replace(v1, "1700000000", "-9223372036854775808", 1),
	} {
		f.Add(document)
	}
	f.Fuzz(func(t *testing.T, document string) {
		checkParse(t, wrap(document))
	})
}

// checkParse fails the test unless Parse(sig) keeps its promises.
func checkParse(t *testing.T, sig string) {
	s, err := usersig.Parse(sig)
	if err != nil {
		var refusal *usersig.Error
		if !errors.As(err, &refusal) {
			t.Fatalf("Parse error is a %T, want *Error", err)
		}
		codes := []int{usersig.CodeEmpty, usersig.CodeUnreadable, usersig.CodeMalformed}
		if !slices.Contains(codes, refusal.Code) {
			t.Errorf("Parse = %v, want one of codes %d", err, codes)
		}
		if (refusal.Code == usersig.CodeEmpty) != (sig == "") {
			t.Errorf("Parse of %d bytes = %v", len(sig), err)
		}
		wantShowable(t, "Parse", refusal.Text)
		if s != nil {
			t.Errorf("Parse = %v beside an error, want nil", s)
		}
		return
	}

	if len(sig) > usersig.MaxLen {
		t.Errorf("Parse accepted %d bytes, want at most %d", len(sig), usersig.MaxLen)
	}
	if s.Identifier == "" {
		t.Error("Parse accepted an empty identifier")
	}
	for _, text := range []string{s.Identifier, s.UserBuf} {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) || len(text) > 8<<10 {
			t.Errorf("Parse accepted %q", text)
		}
	}
	if got, want := s.ExpiresAt(), exactSum(s.Issued, s.Expire); got != want {
		t.Errorf("ExpiresAt of %d + %d = %d, want %d", s.Issued, s.Expire, got, want)
	}
	err = s.Verify(uint32(s.AppID), s.Identifier, time.Unix(1700000100, 0), "a secret that no seed was signed with")
	if err == nil {
		t.Errorf("Verify of %v = nil with a secret that did not sign it", s)
	}
}
