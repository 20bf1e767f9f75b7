package api

import (
	"context"
	"errors"
	"maps"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// An Asker asks an app's back end before something happens. body is that of the
// question. Every error says that the back end did not answer as it must; one
// that came too late is a [context.DeadlineExceeded].
type Asker interface {
	Ask(ctx context.Context, app *store.App, origin chain.Origin, kind chain.EventKind, body any) (wire.WebhookReply, error)
}

// A deniable command can leave out the peers that an app says no to.
type deniable interface {
	chain.Command[[]chain.ItemResult]
	Deny(denied func(chain.UserID) bool)
}

// A question is what an app is asked before a command of its end users.
type question[Req wire.Request] struct {
	kind chain.EventKind
	// body asks about the peers that passing tells.
	body func(c *call, q *Req, passing func(wire.Account) bool) any
}

// A verdict is what the app says of one peer, when it says no.
type verdict struct {
	code int
	info string
}

// asked makes a command that an app is asked about first, if it wants to be and
// an end user calls. The rules find out which items would pass; the app is
// asked about those, while nobody is held; and the rules decide anew, without
// the ones that it denied (W 4.7).
func asked[Req wire.Request, C deniable](parse func(*Req) (C, error), q question[Req]) *command {
	var zero Req
	return serve(zero.Command(), func(ctx context.Context, call *call, req *Req) (wire.Reply, error) {
		cmd, err := parse(req)
		if err != nil {
			return nil, err
		}
		denied, err := q.ask(ctx, call, req, func() (deniable, error) { return parse(req) })
		if err != nil {
			return nil, err
		}
		cmd.Deny(func(peer chain.UserID) bool { _, no := denied[peer]; return no })
		results, err := store.DoFor(ctx, call.server.Store, &call.app.App, call.origin(), call.now, cmd)
		if err != nil {
			return nil, err
		}
		return answerAsked((*req).Command(), results, denied), nil
	})
}

// answerAsked spells the outcome of each item, those that the app denied in its
// own words.
func answerAsked(c wire.Command, results []chain.ItemResult, denied map[chain.UserID]verdict) wire.Reply {
	items, failed := spellItems(c, results)
	for i, r := range results {
		if r.Fault == chain.DeniedByApp {
			v := denied[r.Peer]
			items[i].ResultCode, items[i].ResultInfo = v.code, v.info
		}
	}
	return wire.ItemsReply{ResultItem: items, FailAccount: failed, Head: wire.OK()}
}

// ask returns the peers that the app says no to.
func (q *question[Req]) ask(ctx context.Context, call *call, req *Req, again func() (deniable, error)) (map[chain.UserID]verdict, error) {
	if call.admin || call.server.Asker == nil || !call.app.Deliver.Has(q.kind) {
		return nil, nil
	}
	passing, err := tryItems(ctx, call, again)
	if err != nil || len(passing) == 0 {
		return nil, err
	}
	body := q.body(call, req, func(a wire.Account) bool { return passing[chain.UserID(a)] })
	var reply wire.WebhookReply
	call.server.gate.outside(func() {
		reply, err = call.server.Asker.Ask(ctx, call.app, call.origin(), q.kind, body)
	})
	if err != nil {
		return call.unanswered((*req).Command(), passing, err), nil
	}
	denied := map[chain.UserID]verdict{}
	for _, it := range reply.ResultItem {
		peer := chain.UserID(it.ToAccount)
		if _, known := denied[peer]; known || it.ResultCode == 0 || !passing[peer] {
			continue
		}
		if it.ResultCode < wire.CodeCallbackFirst || it.ResultCode > wire.CodeCallbackLast {
			call.server.Log.Warn("a back end denies with a code outside of 38000 to 39000; it is passed on", "app", call.app.ID, "code", it.ResultCode)
		}
		denied[peer] = verdict{it.ResultCode, it.ResultInfo}
	}
	return denied, nil
}

// tryItems tells for whom the command would do something, if it were carried
// out now: also for those who are only asked, for the request is what the app
// has a say in.
func tryItems(ctx context.Context, call *call, again func() (deniable, error)) (map[chain.UserID]bool, error) {
	cmd, err := again()
	if err != nil {
		return nil, err
	}
	results, err := store.Try(ctx, call.server.Store, &call.app.App, call.now, cmd)
	if err != nil {
		return nil, err
	}
	passing := map[chain.UserID]bool{}
	for _, r := range results {
		if r.Fault == chain.OK || r.Fault == chain.RequestPending {
			passing[r.Peer] = true
		}
	}
	return passing, nil
}

// unanswered is what follows when the app could not be asked: it lets
// everything through, or, if it wants that, nothing (W 4.6).
func (c *call) unanswered(command wire.Command, passing map[chain.UserID]bool, err error) map[chain.UserID]verdict {
	c.server.Log.Warn("a back end could not be asked", "app", c.app.ID, "denied", c.app.Webhook.DenyOnFailure, "err", err)
	if !c.app.Webhook.DenyOnFailure {
		return nil
	}
	v := verdict{wire.CodeInternal, wire.ItemInfo(command, wire.ReasonCallbackFail) + ": the app's back end could not be asked, try again"}
	if errors.Is(err, context.DeadlineExceeded) {
		v = verdict{wire.CodeTimeout, wire.ItemInfo(command, wire.ReasonCallbackTimeout) + ": the app's back end did not answer in time, try again"}
	}
	denied := map[chain.UserID]verdict{}
	for peer := range maps.Keys(passing) {
		denied[peer] = v
	}
	return denied
}

// distinct are the first items of each account.
func distinct[I any](items []I, account func(*I) wire.Account) (first []I) {
	seen := make(map[wire.Account]bool, len(items))
	for i := range items {
		if to := account(&items[i]); !seen[to] {
			seen[to] = true
			first = append(first, items[i])
		}
	}
	return first
}

var beforeFriendAdd = question[wire.FriendAdd]{chain.BeforeFriendAdd, func(c *call, q *wire.FriendAdd, passing func(wire.Account) bool) any {
	body := wire.PrevFriendAddCallback{
		CallbackCommand: wire.CallbackPrevFriendAdd, RequesterAccount: wire.Account(c.identifier), FromAccount: q.FromAccount,
		FriendItem: []wire.PrevFriendItem{}, AddType: q.AddType, ForceAddFlags: int(q.ForceAddFlags.N), EventTime: c.now.UnixMilli(),
	}
	if body.AddType == "" {
		body.AddType = wire.AddBoth
	}
	for _, it := range distinct(q.AddFriendItem, func(it *wire.FriendAddItem) wire.Account { return it.ToAccount }) {
		if passing(it.ToAccount) {
			body.FriendItem = append(body.FriendItem, wire.PrevFriendItem(it))
		}
	}
	return body
}}

var beforeFriendResponse = question[wire.FriendResponse]{chain.BeforeFriendResponse, func(c *call, q *wire.FriendResponse, passing func(wire.Account) bool) any {
	body := wire.PrevFriendResponseCallback{
		CallbackCommand: wire.CallbackPrevFriendResponse, RequesterAccount: wire.Account(c.identifier), FromAccount: q.FromAccount,
		ResponseFriendItem: []wire.PrevResponseItem{}, EventTime: c.now.UnixMilli(),
	}
	for _, it := range distinct(q.ResponseFriendItem, func(it *wire.FriendResponseItem) wire.Account { return it.ToAccount }) {
		if passing(it.ToAccount) {
			body.ResponseFriendItem = append(body.ResponseFriendItem, wire.PrevResponseItem(it))
		}
	}
	return body
}}
