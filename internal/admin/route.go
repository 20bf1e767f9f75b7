package admin

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kith/internal/apps"
	"kith/internal/chain"
)

// maxBody is the largest body of a request, in bytes.
const maxBody = 1 << 20

// A problem is why a request was refused.
type problem struct {
	status int
	Text   string `json:"error"`
	Field  string `json:"field,omitempty"` // which part of the request it is about
}

// Error implements error.
func (p *problem) Error() string { return p.Text }

// refuse makes a problem of the request as a whole.
func refuse(status int, format string, args ...any) *problem {
	return &problem{status: status, Text: fmt.Sprintf(format, args...)}
}

// bad makes a problem of one part of the request.
func bad(field, format string, args ...any) *problem {
	return &problem{http.StatusBadRequest, fmt.Sprintf(format, args...), field}
}

// A request is one that knew the token.
type request struct {
	*http.Request
	w http.ResponseWriter
}

// routes is the administrators' interface.
func (a *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	on := func(pattern string, serve func(*request) (status int, body any, err error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			status, body, err := serve(&request{r, w})
			if err != nil {
				a.fail(w, r, err)
				return
			}
			answer(w, status, body)
		})
	}
	on("POST /v1/apps", a.createApp)
	on("GET /v1/apps", a.listApps)
	on("GET /v1/apps/{id}", a.showApp)
	on("PATCH /v1/apps/{id}", a.changeApp)
	on("DELETE /v1/apps/{id}", a.deleteApp)
	on("POST /v1/apps/{id}/rotate-secret", a.rotateSecret)
	on("DELETE /v1/apps/{id}/old-secret", a.dropOldSecret)
	on("POST /v1/apps/{id}/enable", a.enableApp)
	on("POST /v1/apps/{id}/disable", a.disableApp)
	on("GET /v1/apps/{id}/webhook", a.showWebhook)
	on("PATCH /v1/apps/{id}/webhook", a.setWebhook)
	on("POST /v1/apps/{id}/webhook/test", a.testWebhook)
	on("GET /v1/apps/{id}/webhook/log", a.logWebhook)
	on("GET /v1/apps/{id}/webhook/dead", a.deadLetters)
	on("POST /v1/apps/{id}/webhook/replay", a.replayWebhook)
	on("PUT /v1/apps/{id}/presence/{user}", a.reportPresence)
	on("GET /v1/apps/{id}/accounts/{user}", a.showAccount)
	return mux
}

// guard lets those who know the token through to mux, and answers what mux has
// no route for.
func (a *Server) guard(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.knows(r) {
			w.Header().Set("WWW-Authenticate", `Bearer realm="kith"`)
			a.fail(w, r, refuse(http.StatusUnauthorized, "send the administrators' token: Authorization: Bearer TOKEN"))
			return
		}
		if _, pattern := mux.Handler(r); pattern == "" {
			none := &headerOnly{header: w.Header()}
			mux.ServeHTTP(none, r)
			a.fail(w, r, refuse(none.status, "%s: %s %s", strings.ToLower(http.StatusText(none.status)), r.Method, r.URL.Path))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		mux.ServeHTTP(w, r)
	})
}

// knows tells whether a caller sent the token. It takes as long for every
// wrong one.
func (a *Server) knows(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	sum := sha256.Sum256([]byte(token))
	same := subtle.ConstantTimeCompare(sum[:], a.token[:]) == 1
	return same && a.config.Token != "" && strings.EqualFold(scheme, "Bearer")
}

// headerOnly takes the status of an answer and drops its body.
type headerOnly struct {
	header http.Header
	status int
}

// Header implements [http.ResponseWriter].
func (h *headerOnly) Header() http.Header { return h.header }

// Write implements [http.ResponseWriter].
func (h *headerOnly) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements [http.ResponseWriter].
func (h *headerOnly) WriteHeader(status int) { h.status = status }

// fail answers what an error means to the caller. An error of the server
// itself is logged and not told.
func (a *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p, ok := errors.AsType[*problem](err)
	if !ok {
		p = problemOf(err)
	}
	if p.status == http.StatusInternalServerError {
		a.config.Log.Error("administration", "method", r.Method, "route", r.Pattern, "err", err)
	}
	answer(w, p.status, p)
}

// problemOf spells an error of the apps.
func problemOf(err error) *problem {
	if value, ok := errors.AsType[*apps.BadValue](err); ok {
		return bad(value.Key, "%s", value.Error())
	}
	switch {
	case errors.Is(err, apps.ErrNoApp):
		return refuse(http.StatusNotFound, "%v", err)
	case errors.Is(err, apps.ErrAppExists):
		return &problem{http.StatusConflict, err.Error(), "sdkappid"}
	case errors.Is(err, apps.ErrOtherName):
		return &problem{http.StatusConflict, err.Error(), "name"}
	case errors.Is(err, apps.ErrBusy):
		return refuse(http.StatusConflict, "%v", err)
	}
	return refuse(http.StatusInternalServerError, "internal error; the server's log says more")
}

// appID is the app that the path names.
func (r *request) appID() (chain.AppID, error) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 32)
	if err != nil || id == 0 {
		return 0, bad("sdkappid", "the SDKAppID in the path must be a number from 1 to 4294967295")
	}
	return chain.AppID(id), nil
}

// userID is the user that the path names.
func (r *request) userID() (chain.UserID, error) {
	id := chain.UserID(r.PathValue("user"))
	if !id.Valid() {
		return "", bad("user", "the UserID in the path must have 1 to 32 printable ASCII characters, without a space at an end")
	}
	return id, nil
}

// read decodes the body, an object, into the variables of known, and returns
// the names of those that it sets.
func (r *request) read(known map[string]any) (set map[string]bool, err error) {
	body, err := r.body()
	if err != nil {
		return nil, err
	}
	return decode("", body, known)
}

// body reads the body, up to the limit.
func (r *request) body() ([]byte, error) {
	body, err := io.ReadAll(r.Body)
	if over, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, refuse(http.StatusRequestEntityTooLarge, "the body is larger than %d bytes", over.Limit)
	}
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "the body did not arrive whole")
	}
	return body, nil
}

// query refuses parameters of the URL that are not known.
func (r *request) query(known ...string) error {
	for name := range r.URL.Query() {
		if !slices.Contains(known, name) {
			return bad(name, "unknown parameter %q", name)
		}
	}
	return nil
}
