package usersig

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const version = "2.0"

// Parse takes a UserSig apart and verifies nothing of what it says. It accepts
// what every known issuer makes (section 3.1): any order of members, white
// space and escapes in the JSON, any compression level, base64 with or without
// padding, TLS.time and TLS.expire left out when 0. Other members are ignored.
//
// A sig that came in a URL must have been unescaped: its '*' may travel as %2A.
//
// The error is an [*Error] with one of
//   - [CodeEmpty]: sig is empty;
//   - [CodeUnreadable]: longer than [MaxLen], or not base64 of exactly one zlib
//     stream of at most 8 KiB that holds one JSON object; TLS.ver,
//     TLS.identifier, TLS.sdkappid or TLS.sig missing; a member named twice; a
//     version 1 UserSig (section 3.7);
//   - [CodeMalformed]: a version other than "2.0"; a string for a number or the
//     reverse; a number with a fraction or an exponent, or beyond 64 bits; an
//     identifier that is empty; a control character; a TLS.sig that is not
//     base64 of 32 bytes.
//
// A negative TLS.time or TLS.expire is no error here. It counts as any other
// number does, so that Verify finds such a UserSig expired.
func Parse(sig string) (*Signature, error) {
	if sig == "" {
		return nil, refuse(CodeEmpty, "there is no UserSig; send one")
	}
	if len(sig) > MaxLen {
		return nil, refuse(CodeUnreadable, "the UserSig is longer than %d bytes", MaxLen)
	}
	document, err := unpack(sig)
	if err != nil {
		return nil, err
	}
	var m members
	// Unmarshal matches names by case and refuses a name given twice, wrong UTF-8
	// and text after the object.
	if err := json.Unmarshal(document, &m); err != nil {
		return nil, refuse(CodeUnreadable, "the UserSig does not hold one JSON object in UTF-8 that names each member once; check how it is made")
	}
	if err := m.checkVersion(); err != nil {
		return nil, err
	}
	return m.signature()
}

// members are those of the JSON object, still raw so that one that is absent
// differs from one of the wrong type.
type members struct {
	Version    jsontext.Value `json:"TLS.ver"`
	Identifier jsontext.Value `json:"TLS.identifier"`
	AppID      jsontext.Value `json:"TLS.sdkappid"`
	Issued     jsontext.Value `json:"TLS.time"`
	Expire     jsontext.Value `json:"TLS.expire"`
	UserBuf    jsontext.Value `json:"TLS.userbuf"`
	MAC        jsontext.Value `json:"TLS.sig"`

	// Version 1 has these in place of TLS.ver.
	V1Version jsontext.Value `json:"TLS.version"`
	V1AppID   jsontext.Value `json:"TLS.appid_at_3rd"`
}

func (m *members) checkVersion() error {
	if m.Version == nil && (m.V1Version != nil || m.V1AppID != nil) {
		return refuse(CodeUnreadable, "this is a version 1 UserSig (ECDSA), which is not supported; make version %s UserSigs with the secret key (HMAC-SHA256)", version)
	}
	got, err := textOf("TLS.ver", m.Version)
	if err != nil {
		return err
	}
	if got != version {
		return refuse(CodeMalformed, "the TLS.ver of the UserSig is %s; only %q is known", quote(got), version)
	}
	return nil
}

func (m *members) signature() (*Signature, error) {
	var (
		s   Signature
		err error
	)
	if s.Identifier, err = textOf("TLS.identifier", m.Identifier); err != nil {
		return nil, err
	}
	if s.Identifier == "" {
		return nil, refuse(CodeMalformed, "the TLS.identifier of the UserSig is empty")
	}
	if s.AppID, err = appIDOf(m.AppID); err != nil {
		return nil, err
	}
	if s.Issued, err = secondsOf("TLS.time", m.Issued); err != nil {
		return nil, err
	}
	if s.Expire, err = secondsOf("TLS.expire", m.Expire); err != nil {
		return nil, err
	}
	if m.UserBuf != nil {
		s.hasUserBuf = true
		if s.UserBuf, err = textOf("TLS.userbuf", m.UserBuf); err != nil {
			return nil, err
		}
	}
	if s.mac, err = macOf(m.MAC); err != nil {
		return nil, err
	}
	return &s, nil
}

// textOf reads a string that has to be there. Control characters are refused
// for every string, because a line feed would forge the lines under the HMAC
// (section 3.3, note a).
func textOf(name string, value jsontext.Value) (string, error) {
	if value == nil {
		return "", missing(name)
	}
	unquoted, err := jsontext.AppendUnquote(nil, value)
	if err != nil {
		return "", refuse(CodeMalformed, "the %s of the UserSig is not a string", name)
	}
	text := string(unquoted)
	if hasControl(text) {
		return "", refuse(CodeMalformed, "the %s of the UserSig has a control character; remove it", name)
	}
	return text, nil
}

// appIDOf reads TLS.sdkappid, which no issuer leaves out: no application is 0.
func appIDOf(value jsontext.Value) (uint64, error) {
	if value == nil {
		return 0, missing("TLS.sdkappid")
	}
	id, err := strconv.ParseUint(string(value), 10, 64)
	if err != nil {
		return 0, refuse(CodeMalformed, "the TLS.sdkappid of the UserSig is not a whole number of 64 bits, written as a JSON number")
	}
	return id, nil
}

// secondsOf reads a number of seconds. Issuers that leave out what is 0 leave
// out these.
func secondsOf(name string, value jsontext.Value) (int64, error) {
	if value == nil {
		return 0, nil
	}
	seconds, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil {
		return 0, refuse(CodeMalformed, "the %s of the UserSig is not a whole number of seconds, written as a JSON number", name)
	}
	return seconds, nil
}

func macOf(value jsontext.Value) (mac [sha256.Size]byte, err error) {
	text, err := textOf("TLS.sig", value)
	if err != nil {
		return mac, err
	}
	decoded, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(decoded) != len(mac) {
		return mac, refuse(CodeMalformed, "the TLS.sig of the UserSig is not %d bytes of HMAC-SHA256 in base64", len(mac))
	}
	copy(mac[:], decoded)
	return mac, nil
}

func missing(name string) error {
	return refuse(CodeUnreadable, "the UserSig has no %s; check how it is made", name)
}
