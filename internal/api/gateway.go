package api

import (
	"strconv"
	"strings"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/http1"
	"kith/internal/store"
	"kith/wire"
)

// A path is what a URL names: /v4/service/command.
type path struct{ service, command string }

var badURL = &wire.Error{Code: wire.CodeURL, Info: wire.TextURL}

func parsePath(p string) (path, error) {
	rest, ok := strings.CutPrefix(p, "/"+wire.Version+"/")
	if !ok {
		return path{}, badURL
	}
	service, command, ok := strings.Cut(rest, "/")
	if !ok || service == "" || command == "" || strings.Contains(command, "/") {
		return path{}, badURL
	}
	return path{service, command}, nil
}

// authenticate tells c who calls, and for which app: an enabled app that
// exists, and somebody with a valid UserSig (T 1.5, steps 1 to 6). Of a
// parameter given twice the first counts.
func (s *Server) authenticate(r *http1.Request, c *caller) error {
	query, err := parseQuery(r.Query)
	if err != nil {
		return err
	}
	app, err := s.app(query.sdkappid)
	if err != nil {
		return err
	}
	identifier := query.identifier
	if !chain.UserID(identifier).Valid() {
		return &wire.Error{Code: wire.CodeIdentifier, Info: "identifier must be given in the URL: 1 to 32 printable ASCII characters"}
	}
	if err := s.signatures.check(r.Context, app, identifier, query.usersig, s.Now()); err != nil {
		return err
	}
	*c = caller{app, identifier, isAdmin(app, identifier), s.TrustedProxies.ClientIP(r.Peer, r.Forwarded)}
	return nil
}

// app looks up the app that a request names.
func (s *Server) app(sdkappid string) (*store.App, error) {
	if sdkappid == "" {
		return nil, &wire.Error{Code: wire.CodeAppIDMissing, Info: wire.TextAppIDMissing}
	}
	id, err := strconv.ParseUint(sdkappid, 10, 32)
	if err != nil || id == 0 {
		return nil, &wire.Error{Code: wire.CodeAppIDMalformed, Info: "sdkappid must be a number from 1 to 4294967295"}
	}
	app, ok := s.Apps.Get(chain.AppID(id))
	return app, serves(app, ok)
}

// begin keeps an app from being deleted until the end of a call.
func (s *Server) begin(id chain.AppID) (*store.App, *apps.Use, error) {
	app, use, ok := s.Apps.Begin(id)
	if err := serves(app, ok); err != nil {
		if ok {
			use.End()
		}
		return nil, nil, err
	}
	return app, use, nil
}

// serves tells why calls of an app that was looked up are refused.
func serves(app *store.App, found bool) error {
	switch {
	case !found:
		return &wire.Error{Code: wire.CodeAppIDUnknown, Info: "no app has this sdkappid on this server"}
	case !app.Enabled:
		return &wire.Error{Code: wire.CodeAppDisabled, Info: "the app is disabled"}
	}
	return nil
}

func isAdmin(app *store.App, identifier string) bool {
	for _, admin := range app.Admins {
		if string(admin) == identifier {
			return true
		}
	}
	return false
}
