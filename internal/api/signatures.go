package api

import (
	"errors"
	"slices"
	"time"

	"github.com/maypok86/otter/v2"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/usersig"
)

// DefaultMaxSignatures is how many verified UserSigs a server remembers unless
// set otherwise.
const DefaultMaxSignatures = 10_000

// maxRemembered is the longest UserSig worth remembering, in bytes; issuers
// make them of about 300.
const maxRemembered = 1 << 10

// signatures checks UserSigs and remembers those that verified, so that a
// client which uses its own again costs a look-up. What is remembered holds
// only as long as the UserSig itself, for the same app and caller, and while
// the app still has the secret that verified it.
type signatures struct {
	verified *otter.Cache[string, verified]
}

type verified struct {
	app        chain.AppID
	identifier string
	secret     string
	expires    int64 // Unix seconds, the last at which it is valid
}

func newSignatures(max int) *signatures {
	return &signatures{otter.Must(&otter.Options[string, verified]{MaximumSize: max})}
}

func (s *signatures) size() int { return s.verified.EstimatedSize() }

// check verifies sig for a caller of app. The error is a *wire.Error.
func (s *signatures) check(app *store.App, identifier, sig string, now time.Time) error {
	v, ok := s.verified.GetIfPresent(sig)
	if ok && v.fits(app, identifier, now) {
		return nil
	}
	v, err := verify(app, identifier, sig, now)
	if err != nil {
		if e, refused := errors.AsType[*usersig.Error](err); refused {
			return refusedSignature(e)
		}
		return err
	}
	if len(sig) <= maxRemembered {
		s.verified.Set(sig, v)
	}
	return nil
}

func (v *verified) fits(app *store.App, identifier string, now time.Time) bool {
	return v.app == app.ID && v.identifier == identifier && now.Unix() <= v.expires && slices.Contains(app.Secrets, v.secret)
}

func verify(app *store.App, identifier, sig string, now time.Time) (verified, error) {
	parsed, err := usersig.Parse(sig)
	if err != nil {
		return verified{}, err
	}
	// One secret at a time, to know which one fits; with none to try, Verify
	// says so.
	err = parsed.Verify(uint32(app.ID), identifier, now)
	for _, secret := range app.Secrets {
		if err = parsed.Verify(uint32(app.ID), identifier, now, secret); err == nil {
			return verified{app.ID, identifier, secret, parsed.ExpiresAt()}, nil
		}
	}
	return verified{}, err
}
