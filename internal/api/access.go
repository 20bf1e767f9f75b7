package api

import (
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// A caller is who makes a request, after its UserSig was verified.
type caller struct {
	app        *store.App
	identifier string
	admin      bool   // of the app
	address    string // IP address
}

// origin is what events tell of the caller (W 1.1, 4.10).
func (c *caller) origin() chain.Origin {
	o := chain.Origin{Caller: chain.UserID(c.identifier), Admin: c.admin, Address: c.address, Platform: wire.PlatformUnknown}
	if c.admin {
		o.Platform = wire.PlatformREST
	}
	return o
}

var notAdmin = &wire.Error{Code: wire.CodeNotAdmin, Info: "identifier is not an administrator of the app: call with an administrator's UserSig"}

// mayTry refuses callers who may not make a command at all. End users may, if
// the app lets them, call what concerns themselves (D 10).
func (c *caller) mayTry(cmd *command) error {
	if c.admin || c.app.Settings.ClientAccess && cmd != nil && cmd.forUsers {
		return nil
	}
	return notAdmin
}

// mayMake refuses a request that an end user makes for somebody else, or that
// does what only an administrator may.
func (c *caller) mayMake(req any) error {
	if c.admin {
		return nil
	}
	if p, ok := req.(wire.Personal); ok && string(p.From()) != c.identifier {
		return notAdmin
	}
	switch q := req.(type) {
	case *wire.FriendAdd:
		if q.ForceAddFlags.N == 1 {
			return notAdmin
		}
	case *wire.PortraitSet:
		if slices.ContainsFunc(q.ProfileItem, func(tv wire.TagValue) bool { return tv.Tag == wire.TagAdminForbidType }) {
			return notAdmin
		}
	}
	return nil
}
