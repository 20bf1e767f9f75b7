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
	reply, err := s.ask(ctx, app, origin, kind, body)
	outcome := OutcomeAnswered
	if err != nil {
		outcome = OutcomeFailed
	}
	s.observe(kind, outcome, time.Since(began))
	return reply, err
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
