package usersig

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"unicode"
)

// A Signature is what a UserSig says, with nothing of it verified yet. It comes
// from [Parse]; believe it once [Signature.Verify] has returned nil.
type Signature struct {
	// Identifier is the UserID that the UserSig is for. It is not empty, is valid
	// UTF-8 and has no control characters; the length and the alphabet of UserIDs
	// (section 6.1) are not checked here.
	Identifier string
	// AppID is the SDKAppID that the UserSig is for. It may be larger than an
	// SDKAppID can be, and then belongs to no application.
	AppID uint64
	// Issued is TLS.time, the second of issue in Unix time. It may lie in the
	// future, and a careless issuer can make it negative. 0 if absent.
	Issued int64
	// Expire is TLS.expire, the validity in seconds counted from Issued. 0 if
	// absent; a negative one ends before the issue.
	Expire int64
	// UserBuf is TLS.userbuf as sent, normally base64. Chat gives it no meaning
	// (section 3.2); it has no control characters. Empty if absent.
	UserBuf string

	hasUserBuf bool // an empty TLS.userbuf is signed, an absent one is not
	mac        [sha256.Size]byte
}

// ExpiresAt returns the last second, in Unix time, at which the UserSig is
// valid: Issued plus Expire. A sum outside the 64-bit range becomes the nearest
// end of the range.
func (s *Signature) ExpiresAt() int64 {
	sum := s.Issued + s.Expire
	switch {
	case s.Expire > 0 && sum < s.Issued:
		return math.MaxInt64
	case s.Expire < 0 && sum > s.Issued:
		return math.MinInt64
	}
	return sum
}

// String describes the signature without its HMAC, so that a Signature that
// ends up in a log cannot be made into a UserSig again.
func (s *Signature) String() string {
	return fmt.Sprintf("UserSig of %s for SDKAppID %d, issued %d, valid until %d",
		quote(s.Identifier), s.AppID, s.Issued, s.ExpiresAt())
}

// content is the text under the HMAC (section 3.1, step 1). Two signatures
// share a content only if they are equal, because no identifier has a line feed
// (section 3.3, note a).
func (s *Signature) content() string {
	content := fmt.Sprintf("TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n",
		s.Identifier, s.AppID, s.Issued, s.Expire)
	if s.hasUserBuf {
		content += "TLS.userbuf:" + s.UserBuf + "\n"
	}
	return content
}

func sign(content, secret string) (mac [sha256.Size]byte) {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(content))
	h.Sum(mac[:0])
	return mac
}

func hasControl(text string) bool {
	return strings.ContainsFunc(text, unicode.IsControl)
}
