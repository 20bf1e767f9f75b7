package usersig_test

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"

	"kith/usersig"
)

// This file is a second issuer of UserSigs. It shares no code with the package,
// so that a mistake there cannot hide itself.

const (
	keyA = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	keyB = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"
)

var (
	toStandard   = strings.NewReplacer("*", "+", "-", "/", "_", "=")
	fromStandard = strings.NewReplacer("+", "*", "/", "-", "=", "_")
)

// wrapStream makes base64 of a zlib stream.
func wrapStream(stream []byte) string {
	return fromStandard.Replace(base64.StdEncoding.EncodeToString(stream))
}

// wrapLevel makes a UserSig of its JSON at a compression level.
func wrapLevel(document string, level int) string {
	return wrapStream(deflate(document, level))
}

func wrap(document string) string {
	return wrapLevel(document, zlib.DefaultCompression)
}

func deflate(document string, level int) []byte {
	var stream bytes.Buffer
	w, err := zlib.NewWriterLevel(&stream, level)
	if err != nil {
		panic(err)
	}
	if _, err := io.WriteString(w, document); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return stream.Bytes()
}

// unwrap returns the JSON of a UserSig.
func unwrap(t *testing.T, sig string) string {
	t.Helper()
	stream, err := base64.StdEncoding.DecodeString(toStandard.Replace(sig))
	if err != nil {
		t.Fatalf("unwrap %q: %v", sig, err)
	}
	r, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		t.Fatalf("unwrap %q: %v", sig, err)
	}
	document, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("unwrap %q: %v", sig, err)
	}
	return string(document)
}

// mac is the TLS.sig for the text under the HMAC.
func mac(content, secret string) string {
	h := hmac.New(sha256.New, []byte(secret))
	io.WriteString(h, content)
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func parse(t *testing.T, sig string) *usersig.Signature {
	t.Helper()
	s, err := usersig.Parse(sig)
	if err != nil {
		t.Fatalf("Parse(%q) = %v, want no error", sig, err)
	}
	return s
}

// A reporter is a *testing.T, a *testing.F or a *rapid.T.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// wantCode fails the test unless err is an *Error with the code and a text that
// may be shown: one short line with none of the secrets in it.
func wantCode(t reporter, asked string, err error, code int, secrets ...string) {
	t.Helper()
	var refusal *usersig.Error
	if !errors.As(err, &refusal) {
		t.Errorf("%s: error is %v, want code %d", asked, err, code)
		return
	}
	if refusal.Code != code {
		t.Errorf("%s: error is %v, want code %d", asked, err, code)
	}
	wantShowable(t, asked, refusal.Text, secrets...)
}

func wantShowable(t reporter, asked, text string, secrets ...string) {
	t.Helper()
	if text == "" || len(text) > 600 {
		t.Errorf("%s: text of %d bytes, want 1 to 600: %q", asked, len(text), text)
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		t.Errorf("%s: text has a control character: %q", asked, text)
	}
	for _, secret := range append(secrets, keyA, keyB) {
		if len(secret) >= 16 && strings.Contains(text, secret) {
			t.Errorf("%s: text gives away %q: %q", asked, secret, text)
		}
	}
}
