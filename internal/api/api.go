// Package api speaks the protocol over HTTP: it finds out who calls and for
// which app, turns a request into a command of the rules, and spells the
// answer. It decides nothing about relationships.
//
// Every answer has HTTP status 200; what failed stands in the body. Sections
// cited as T are those of the protocol file "transport_accounts_profiles".
package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/http1"
	"kith/internal/presence"
	"kith/internal/store"
	"kith/wire"
)

// DefaultMaxBody is the largest request body unless set otherwise, in bytes.
const DefaultMaxBody = 8 << 20

// callTimeout is how long a command may take (T 1.8).
const callTimeout = 3 * time.Second

// Config says what a server works with. Store and Apps are required.
type Config struct {
	Store   store.Store
	Apps    *apps.Directory
	Log     *slog.Logger     // nil discards
	Metrics Observer         // nil observes nothing
	MaxBody int64            // bytes; 0 means DefaultMaxBody
	Now     func() time.Time // nil means time.Now

	Presence *presence.Board // who is online; nil: nobody

	// Asker asks apps before their end users do some things; nil asks nobody.
	Asker Asker

	// TrustedProxies may say whom they speak for (X-Forwarded-For).
	TrustedProxies Proxies

	// MaxSignatures bounds how many verified UserSigs are remembered; 0 means
	// DefaultMaxSignatures.
	MaxSignatures int

	// MaxInFlight bounds how many calls are carried out at once; 0 means
	// DefaultMaxInFlight. Sixteen times as many wait for [LongestWait];
	// others are refused at once.
	MaxInFlight int
}

// An Observer is told of every call that was answered.
type Observer interface {
	// Call gets the command ("sns/friend_add", or "unknown"), the code of the
	// answer, and how long it took.
	Call(command string, code int, took time.Duration)
}

// A Server answers every command of the protocol.
type Server struct {
	Config
	signatures *signatures
	rates      rates
	gate       *gate
}

// New returns a server.
func New(c Config) *Server {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.MaxBody == 0 {
		c.MaxBody = DefaultMaxBody
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.MaxSignatures == 0 {
		c.MaxSignatures = DefaultMaxSignatures
	}
	if c.MaxInFlight == 0 {
		c.MaxInFlight = DefaultMaxInFlight
	}
	s := &Server{Config: c, gate: newGate(c.MaxInFlight)}
	s.signatures = newSignatures(c.MaxSignatures, func(ctx context.Context, app *store.App, identifier string) (int64, error) {
		return store.Do(ctx, c.Store, &app.App, c.Now(), &chain.LastKick{ID: chain.UserID(identifier)})
	})
	if c.Store.Shared() {
		s.signatures.trust = sharedTrust
	}
	return s
}

// InFlight is how many calls are being carried out at present.
func (s *Server) InFlight() int { return len(s.gate.inside) }

// RememberedSignatures is how many verified UserSigs need no check at present.
func (s *Server) RememberedSignatures() int { return s.signatures.size() }

// Header is the header of every answer (T 1.3). It must not be changed.
var Header = http.Header{
	"Access-Control-Allow-Origin":  {"*"},
	"Access-Control-Allow-Headers": {"X-Requested-With"},
	"Access-Control-Allow-Methods": {"POST"},
	"Content-Type":                 {"application/json"},
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	maps.Copy(h, Header)
	switch {
	case r.Method == http.MethodOptions:
		delete(h, "Content-Type")
		h.Set("Content-Length", "0")
		return
	case r.Method == http.MethodHead && r.URL.Path == "/":
		delete(h, "Content-Type")
		return // the documented reachability check (T 1.4)
	}
	http1.Serve(s, w, r)
}

// Answer implements [http1.Handler].
func (s *Server) Answer(r *http1.Request, dst []byte) []byte {
	start := time.Now()
	memory := replyMemories.Get().(*replyMemory)
	name, reply := s.answer(r, memory)
	dst, code := s.spell(dst, reply)
	memory.free()
	if s.Metrics != nil {
		s.Metrics.Call(name, code, time.Since(start))
	}
	return dst
}

// unknown names calls of no command.
const unknown = "unknown"

// answer carries out a request and returns the command's name and the reply,
// which needs the memory.
func (s *Server) answer(r *http1.Request, memory *replyMemory) (name string, reply wire.Reply) {
	name = unknown
	family := wire.Gateway
	defer func() {
		if p := recover(); p != nil {
			reply = s.fail(name, family, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	path, err := parsePath(r.Path)
	if err != nil {
		return name, s.fail(name, family, err)
	}
	family = wire.FamilyOf(path.service)
	cmd := commands[path]
	if cmd != nil {
		name = cmd.name
	}
	reply, err = s.call(r, name, cmd, memory)
	if err != nil {
		return name, s.fail(name, family, err)
	}
	return name, reply
}

// call carries out a request whose path is well formed, in the order of T 1.5.
func (s *Server) call(r *http1.Request, name string, cmd *command, memory *replyMemory) (wire.Reply, error) {
	c := &call{server: s, memory: memory}
	if err := s.authenticate(r, &c.caller); err != nil {
		return nil, err
	}
	if err := c.mayTry(cmd); err != nil {
		return nil, err
	}
	if cmd != nil {
		s.watchRate(r.Context, c.app, name)
	}
	if err := s.rates.take(c.app, name, s.Now()); err != nil {
		return nil, err
	}
	if cmd == nil {
		return nil, &wire.Error{Code: wire.CodeResource, Info: "no such service or command: check the path of the URL, which is case-sensitive"}
	}
	buf := http1.NewBuffer()
	defer buf.Free() // what a body says is copied when it is read
	body, err := s.body(r, buf)
	if err != nil {
		return nil, err
	}
	// Only now is there anything to be carried out; a caller that is slow to
	// send takes nobody's place.
	if !s.gate.enter(r.Context) {
		return nil, busy
	}
	defer s.gate.leave()
	// The body may have been long in coming, and the app another one since.
	app, use, err := s.begin(c.app.ID)
	if err != nil {
		return nil, err
	}
	defer use.End()
	c.app, c.now = app, s.Now()
	c.deadline.Context, c.deadline.end = r.Context, time.Now().Add(callTimeout)
	defer c.deadline.release()
	return cmd.serve(&c.deadline, c, body)
}

// body reads the request's body into buf, up to the limit.
func (s *Server) body(r *http1.Request, buf *http1.Buffer) (body []byte, err error) {
	if r.Length > s.MaxBody {
		r.Close = true // nobody reads the rest
		return nil, s.tooLarge()
	}
	if r.Length >= 0 && r.Length <= http1.LargestKept {
		buf.Bytes = slices.Grow(buf.Bytes[:0], int(r.Length))[:r.Length]
		body = buf.Bytes
		_, err = io.ReadFull(r.Body, body)
	} else { // a length is only claimed until the body is there
		body, err = io.ReadAll(io.LimitReader(r.Body, s.MaxBody+1))
	}
	switch {
	case err != nil:
		return nil, &wire.Error{Code: wire.CodeRequestTimeout, Info: wire.TextRequestTimeout}
	case int64(len(body)) > s.MaxBody:
		r.Close = true
		return nil, s.tooLarge()
	}
	return body, nil
}

func (s *Server) tooLarge() error {
	return &wire.Error{Code: wire.CodeBodyTooLarge, Info: fmt.Sprintf("the body is larger than %d bytes: send fewer items in one call", s.MaxBody)}
}

// spell appends a reply to dst and tells its code.
func (s *Server) spell(dst []byte, reply wire.Reply) (body []byte, code int) {
	if e, refused := errors.AsType[*wire.Error](reply.Err()); refused {
		code = e.Code
	}
	body, err := wire.Append(dst, reply)
	if err != nil {
		s.Log.Error("write a reply", "err", err)
		code = wire.CodeInternal
		body, _ = wire.Append(dst, wire.Failure(wire.Gateway, code, textInternal, ""))
	}
	return body, code
}
