package webhook

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// A Failure is why a back end could not be asked, or did not answer as it
// must.
type Failure struct {
	Timeout bool
	Problem string
}

// Error implements error.
func (f *Failure) Error() string { return "webhook: " + f.Problem }

// Is makes an answer that did not come in time a [context.DeadlineExceeded].
func (f *Failure) Is(target error) bool { return f.Timeout && target == context.DeadlineExceeded }

// Ask asks an app's back end before something happens, once, and returns what
// it said. body is that of the question, origin who wants it to happen. Every
// error is a [*Failure]: what follows from one is the app's choice (W 4.6).
func (s *Sender) Ask(ctx context.Context, app *store.App, origin chain.Origin, kind chain.EventKind, body any) (wire.WebhookReply, error) {
	began := time.Now()
	var reply wire.WebhookReply
	var err error
	if s.mayAsk(app.ID) {
		defer s.asked(app.ID)
		reply, err = s.ask(ctx, app, origin, kind, body)
	} else {
		err = &Failure{Problem: fmt.Sprintf("it owes answers to %d questions already", mostAsking)}
	}
	outcome := OutcomeAnswered
	if err != nil {
		outcome = OutcomeFailed
	}
	s.observe(kind, outcome, time.Since(began))
	return reply, err
}

// mostAsking is how many questions to one app may be without an answer: one whose
// back end is silent shall not use up what all apps share.
const mostAsking = 1024

// mayAsk takes the place of a question, if there is one; asked gives it back.
func (s *Sender) mayAsk(app chain.AppID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asking == nil {
		s.asking = map[chain.AppID]int{}
	}
	if s.asking[app] >= mostAsking {
		return false
	}
	s.asking[app]++
	return true
}

func (s *Sender) asked(app chain.AppID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asking[app]--; s.asking[app] == 0 {
		delete(s.asking, app)
	}
}

func (s *Sender) ask(ctx context.Context, app *store.App, origin chain.Origin, kind chain.EventKind, body any) (wire.WebhookReply, error) {
	text, err := wire.Append(nil, body)
	if err != nil {
		return wire.WebhookReply{}, &Failure{Problem: err.Error()}
	}
	r := s.send(ctx, app, wire.WebhookQuery{
		Command: commands[kind], ClientIP: origin.Address, OptPlatform: origin.Platform, RequestID: RequestID(store.NewEventID()),
	}, text)
	if r.Problem != "" {
		return wire.WebhookReply{}, &Failure{r.Timeout, r.Problem}
	}
	reply, err := wire.DecodeWebhookReply(r.Body)
	switch {
	case err != nil:
		return reply, &Failure{Problem: err.Error()}
	case reply.Failed():
		return reply, &Failure{Problem: fmt.Sprintf("the back end says it failed: ErrorCode %d, ActionStatus %q", reply.ErrorCode, reply.ActionStatus)}
	}
	return reply, nil
}

// Probe sends what stands for nothing, to see whether the back end answers as
// it must.
func (s *Sender) Probe(ctx context.Context, app *store.App) (Result, error) {
	if app.Webhook.URL == "" {
		return Result{}, ErrNoURL
	}
	q := wire.WebhookQuery{Command: wire.CallbackStateChange, ClientIP: "127.0.0.1", OptPlatform: wire.PlatformREST, RequestID: RequestID(store.NewEventID())}
	return s.send(ctx, app, q, []byte("{}")), nil
}

// ErrNoURL says that an app has no webhook.
var ErrNoURL = errors.New("the app has no webhook: set its URL first")
