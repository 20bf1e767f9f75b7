package api

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/usersig"
	"kith/wire"
)

// DefaultMaxSignatures is how many verified UserSigs a server remembers unless
// set otherwise.
const DefaultMaxSignatures = 10_000

// maxRemembered is the longest UserSig worth remembering, in bytes; issuers
// make them of about 300.
const maxRemembered = 1 << 10

// signatures checks UserSigs and remembers those that verified, so that a
// client which uses its own again costs a look-up. What is remembered holds
// only as long as the UserSig itself, for the same app and caller, while the
// app still has the secret that verified it, and until the caller is kicked.
type signatures struct {
	verified *otter.Cache[string, verified]
	lastKick lastKick
	kicks    atomic.Int64 // how often anybody was kicked

	// trust is how long one that verified is remembered; 0 is as long as it is
	// valid. On a store that other servers use it is short, because they do not
	// tell of the kicks that they carry out.
	trust time.Duration
}

// sharedTrust leaves the look-up room to be done within a second of a kick.
const sharedTrust = 900 * time.Millisecond

// lastKick tells when a caller was kicked last, in Unix seconds; 0 is never.
type lastKick func(ctx context.Context, app *store.App, identifier string) (int64, error)

type verified struct {
	app        chain.AppID
	identifier string
	secret     string
	expires    int64 // Unix seconds, the last at which it is valid
	checked    time.Time
}

func newSignatures(max int, kick lastKick) *signatures {
	return &signatures{verified: otter.Must(&otter.Options[string, verified]{MaximumSize: max}), lastKick: kick}
}

func (s *signatures) size() int { return s.verified.EstimatedSize() }

// check verifies sig for a caller of app.
func (s *signatures) check(ctx context.Context, app *store.App, identifier, sig string, now time.Time) error {
	v, ok := s.verified.GetIfPresent(sig)
	if ok && v.fits(app, identifier, now) && (s.trust == 0 || time.Since(v.checked) < s.trust) {
		return nil
	}
	began := time.Now()
	v, issued, err := verify(app, identifier, sig, now)
	if err != nil {
		return err
	}
	kicks := s.kicks.Load()
	kicked, err := s.lastKick(ctx, app, identifier)
	switch {
	case err != nil:
		return err
	case kicked != 0 && issued <= kicked:
		// Two UserSigs of one second are the same, so that of the second of
		// the kick is worthless too (T 4.5).
		return &wire.Error{Code: wire.CodeSigKicked, Info: "the UserSig was issued before the account was kicked; make a new one"}
	case len(sig) <= maxRemembered:
		v.checked = began
		v.identifier = strings.Clone(identifier) // neither keeps the whole URL
		s.verified.Set(strings.Clone(sig), v)
	}
	if s.kicks.Load() != kicks {
		s.verified.Invalidate(sig) // the kick may have come after the look at it
	}
	return nil
}

// kick forgets what is remembered of an account that was kicked.
func (s *signatures) kick(app chain.AppID, identifier string) {
	s.kicks.Add(1)
	for sig, v := range s.verified.All() {
		if v.app == app && v.identifier == identifier {
			s.verified.Invalidate(sig)
		}
	}
}

func (v *verified) fits(app *store.App, identifier string, now time.Time) bool {
	return v.app == app.ID && v.identifier == identifier && now.Unix() <= v.expires && slices.Contains(app.Secrets, v.secret)
}

// verify checks a UserSig that is not remembered and tells when it was issued,
// in Unix seconds.
func verify(app *store.App, identifier, sig string, now time.Time) (v verified, issued int64, err error) {
	parsed, err := usersig.Parse(sig)
	if err != nil {
		return v, 0, refusedSignature(err)
	}
	// One secret at a time, to know which one fits; with none to try, Verify
	// says so.
	err = parsed.Verify(uint32(app.ID), identifier, now)
	for _, secret := range app.Secrets {
		if err = parsed.Verify(uint32(app.ID), identifier, now, secret); err == nil {
			return verified{app: app.ID, identifier: identifier, secret: secret, expires: parsed.ExpiresAt()}, parsed.Issued, nil
		}
	}
	return v, 0, refusedSignature(err)
}

// refusedSignature spells why a UserSig was refused (T 3.6).
func refusedSignature(err error) error {
	if e, ok := errors.AsType[*usersig.Error](err); ok {
		return &wire.Error{Code: e.Code, Info: e.Text}
	}
	return err
}
