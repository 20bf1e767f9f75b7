package api

import (
	"context"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// commands is the protocol: every path this server answers.
var commands = table(
	on(parseAccountImport, answerAccountImport),
	on(parseMultiAccountImport, answerMultiAccountImport),
	on(parseAccountCheck, answerAccountCheck),
	serve(wire.AccountDelete{}.Command(), deleteAccounts),
	onCall(parseKick, answerKick),

	onCall(parseQueryOnlineStatus, answerQueryOnlineStatus),
	onName(wire.QueryState, parseQueryOnlineStatus, answerQueryState),

	on(parsePortraitSet, answerPortraitSet),
	on(parsePortraitGet, answerPortraitGet),

	asked(parseFriendAdd, beforeFriendAdd),
	on(parseFriendImport, answerItems),
	on(parseFriendUpdate, answerItems),
	on(parseFriendDelete, answerItems),
	on(parseFriendDeleteAll, answerFriendDeleteAll),
	on(parseFriendCheck, answerFriendCheck),
	onCall(parseFriendGet, answerFriendGet),
	on(parseFriendGetList, answerFriendGetList),

	on(parseGroupAdd, answerGroupAdd),
	on(parseGroupDelete, answerGroupDelete),
	on(parseGroupGet, answerGroupGet),
	on(parseGroupUpdate, answerGroupUpdate),

	on(parseBlackListAdd, answerItems),
	on(parseBlackListDelete, answerItems),
	on(parseBlackListGet, answerBlackListGet),
	on(parseBlackListCheck, answerBlackListCheck),

	asked(parseFriendResponse, beforeFriendResponse),
	on(parsePendencyGet, answerPendencyGet),
	on(parsePendencyDelete, answerItems),
	on(parsePendencyReport, answerPendencyReport),
)

func table(all ...*command) map[path]*command {
	m := make(map[path]*command, len(all))
	for _, c := range all {
		m[path{c.wire.Family.Service(), c.wire.Name}] = c
	}
	return m
}

// Commands names every command that is served, as in "sns/friend_add".
func Commands() []string {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	return names
}

// A command is one path of the protocol.
type command struct {
	wire     wire.Command
	name     string // service/command
	forUsers bool   // end users may call it for themselves, if the app lets them
	serve    func(context.Context, *call, []byte) (wire.Reply, error)
}

// A call is one request for a command, with all that is known of it but its
// body.
type call struct {
	server *Server
	caller
	now      time.Time
	deadline deadline
	memory   *replyMemory // for its reply
}

// on makes a command: parse turns the request into a command of the rules,
// answer spells what that decided. Errors of parse are *wire.Error.
func on[Req wire.Request, A any](parse func(*Req) (chain.Command[A], error), answer func(*Req, A) wire.Reply) *command {
	return onCall(parse, func(_ *call, q *Req, a A) wire.Reply { return answer(q, a) })
}

// onCall is on for an answer that takes more than the rules know.
func onCall[Req wire.Request, A any](parse func(*Req) (chain.Command[A], error), answer func(*call, *Req, A) wire.Reply) *command {
	var zero Req
	return onName(zero.Command(), parse, answer)
}

// onName is onCall for a command that goes by another name than its request.
func onName[Req wire.Request, A any](name wire.Command, parse func(*Req) (chain.Command[A], error), answer func(*call, *Req, A) wire.Reply) *command {
	return serve(name, func(ctx context.Context, call *call, req *Req) (wire.Reply, error) {
		cmd, err := parse(req)
		if err != nil {
			return nil, err
		}
		a, err := store.DoFor(ctx, call.server.Store, &call.app.App, call.origin(), call.now, cmd)
		if err != nil {
			return nil, err
		}
		return answer(call, req, a), nil
	})
}

// serve makes a command of what carries out its decoded request. The error of
// that may be a fault.
func serve[Req wire.Request](name wire.Command, carryOut func(context.Context, *call, *Req) (wire.Reply, error)) *command {
	c := &command{wire: name, name: name.Family.Service() + "/" + name.Name}
	c.forUsers = name.Family == wire.SNS || name.Family == wire.Profile
	c.serve = func(ctx context.Context, call *call, body []byte) (wire.Reply, error) {
		req := new(Req)
		if err := wire.Decode(name.Family, body, req); err != nil {
			return nil, err
		}
		if err := call.mayMake(req); err != nil {
			return nil, err
		}
		reply, err := carryOut(ctx, call, req)
		if err != nil {
			return nil, c.spell(&call.app.Settings, err)
		}
		return reply, nil
	}
	return c
}
