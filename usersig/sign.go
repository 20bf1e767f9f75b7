package usersig

import (
	"encoding/base64"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
)

// New makes a version 2.0 UserSig (section 3.1), which says that until issued
// plus validity its bearer is identifier in the application appID.
//
//   - appID is the SDKAppID, not 0.
//   - secret is the secret key of the application, as text, not empty.
//   - identifier is the UserID: not empty, UTF-8, without control characters.
//   - issued is the moment of issue, not before 1970. It may lie in the future;
//     the UserSig is valid at once all the same. A kick makes UserSigs issued
//     at or before it useless.
//   - validity is at least a second. Fractions of seconds are dropped, of both.
//     The vendor's examples use 180 days, and recommend a day or more.
//
// The error says which of these is not so, or that the result would be longer
// than [MaxLen]; it never holds the secret.
//
// Only what may hold the secret key can make UserSigs: a server, never an app.
func New(appID uint32, secret, identifier string, issued time.Time, validity time.Duration) (string, error) {
	return NewWithUserBuf(appID, secret, identifier, nil, issued, validity)
}

// NewWithUserBuf is [New] with a TLS.userbuf, which the vendor's audio and video
// rooms read as a list of privileges (section 3.2) and Chat ignores. An empty
// userbuf is left out, so that the result is that of New.
func NewWithUserBuf(appID uint32, secret, identifier string, userbuf []byte, issued time.Time, validity time.Duration) (string, error) {
	switch {
	case appID == 0:
		return "", errors.New("make a UserSig: the SDKAppID is 0")
	case secret == "":
		return "", errors.New("make a UserSig: the secret key is empty")
	case identifier == "":
		return "", errors.New("make a UserSig: the identifier is empty")
	case !utf8.ValidString(identifier):
		return "", fmt.Errorf("make a UserSig: the identifier %s is not UTF-8", quote(identifier))
	case hasControl(identifier):
		return "", fmt.Errorf("make a UserSig: the identifier %s has a control character", quote(identifier))
	case issued.Unix() < 0:
		return "", fmt.Errorf("make a UserSig: the time of issue, %d, is before 1970", issued.Unix())
	case validity < time.Second:
		return "", fmt.Errorf("make a UserSig: a validity of %v is less than a second", validity)
	}

	s := Signature{
		Identifier: identifier,
		AppID:      uint64(appID),
		Issued:     issued.Unix(),
		Expire:     int64(validity / time.Second),
		UserBuf:    base64.StdEncoding.EncodeToString(userbuf),
		hasUserBuf: len(userbuf) > 0,
	}
	s.mac = sign(s.content(), secret)
	return s.encode()
}

func (s *Signature) encode() (string, error) {
	document, err := json.Marshal(struct {
		Version    string `json:"TLS.ver"`
		Identifier string `json:"TLS.identifier"`
		AppID      uint64 `json:"TLS.sdkappid"`
		Expire     int64  `json:"TLS.expire"`
		Issued     int64  `json:"TLS.time"`
		UserBuf    string `json:"TLS.userbuf,omitempty"`
		MAC        []byte `json:"TLS.sig"`
	}{version, s.Identifier, s.AppID, s.Expire, s.Issued, s.UserBuf, s.mac[:]})
	if err != nil {
		return "", fmt.Errorf("make a UserSig: %w", err)
	}
	sig, err := pack(document)
	if err != nil {
		return "", fmt.Errorf("make a UserSig: %w", err)
	}
	if len(document) > maxDocument || len(sig) > MaxLen {
		return "", fmt.Errorf("make a UserSig: it would be longer than %d bytes; shorten the identifier or the userbuf", MaxLen)
	}
	return sig, nil
}
