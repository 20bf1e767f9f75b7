package usersig

import (
	"crypto/hmac"
	"time"
)

// Verify returns nil if the bearer of the UserSig is identifier in the
// application appID at now, and otherwise an [*Error] for the first of these
// that fails, in the order of section 3.3:
//   - [CodeWrongAppID]: it was made for appID;
//   - [CodeWrongIdentifier]: it was made for identifier, byte for byte;
//   - [CodeExpired]: now is not later than [Signature.ExpiresAt], by the second;
//     a time of issue in the future is no fault;
//   - [CodeNoSecret]: there is a secret that is not empty;
//   - [CodeWrongSecret]: one of the secrets signed it.
//
// More than one secret is for the days in which a secret key is exchanged. An
// empty secret is as good as none: anyone could sign with it.
//
// A nil does not say that identifier is an administrator, or that it was not
// kicked since [Signature.Issued]; see [CodeKicked].
func (s *Signature) Verify(appID uint32, identifier string, now time.Time, secrets ...string) error {
	if s.AppID != uint64(appID) {
		return refuse(CodeWrongAppID, "the UserSig was made for SDKAppID %d; the request names %d", s.AppID, appID)
	}
	if s.Identifier != identifier {
		return refuse(CodeWrongIdentifier, "the UserSig was made for the identifier %s; the request names %s", quote(s.Identifier), quote(identifier))
	}
	if now.Unix() > s.ExpiresAt() {
		return refuse(CodeExpired, "the UserSig expired at Unix time %d and it is %d now; make a new one", s.ExpiresAt(), now.Unix())
	}
	return s.verifyMAC(secrets)
}

func (s *Signature) verifyMAC(secrets []string) error {
	content := s.content()
	tried := false
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		tried = true
		if mac := sign(content, secret); hmac.Equal(mac[:], s.mac[:]) {
			return nil
		}
	}
	if !tried {
		return refuse(CodeNoSecret, "SDKAppID %d has no secret key here; configure one", s.AppID)
	}
	return refuse(CodeWrongSecret, "the UserSig was not signed with a secret key of SDKAppID %d, or was changed; sign with the key of that application", s.AppID)
}
