// Package webhook tells apps' back ends what happened, from the outbox, and
// asks them before some things do.
//
// It decides nothing about relationships, and nobody waits for what it tells:
// events are sent after their change was answered, in order for each user,
// users side by side, until the back end took them or they are given up. It
// knows the protocol's webhooks file, cited as W.
package webhook

import (
	"encoding/hex"
	"strings"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/tag"
	"kith/wire"
)

// commands are the protocol's names for what an app can be told and asked.
var commands = map[chain.EventKind]string{
	chain.FriendAdded:          wire.CallbackFriendAdd,
	chain.FriendDeleted:        wire.CallbackFriendDelete,
	chain.Blocked:              wire.CallbackBlackListAdd,
	chain.Unblocked:            wire.CallbackBlackListDelete,
	chain.ProfileSet:           wire.CallbackPortraitSet,
	chain.RateExceeded:         wire.CallbackOverLimit,
	chain.BeforeFriendAdd:      wire.CallbackPrevFriendAdd,
	chain.BeforeFriendResponse: wire.CallbackPrevFriendResponse,
}

// Command is the protocol's name for a kind.
func Command(kind chain.EventKind) string { return commands[kind] }

// Kind is the kind that a command of the protocol is about.
func Kind(command string) (chain.EventKind, bool) {
	for kind, name := range commands {
		if name == command {
			return kind, true
		}
	}
	return 0, false
}

// RequestID spells an event's identity, which stays the same at every attempt.
func RequestID(id chain.EventID) string {
	h := hex.EncodeToString(id[:])
	return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
}

// Body is what is sent of an event: the same bytes every time. w says how the
// app wants it; the zero Webhook is the protocol as documented.
func Body(e *chain.Event, w *store.Webhook) ([]byte, error) {
	return wire.Append(nil, callback(e, w))
}

func callback(e *chain.Event, w *store.Webhook) any {
	name := commands[e.Kind]
	switch e.Kind {
	case chain.FriendAdded:
		return friendAdd(e, w.SinglePair)
	case chain.ProfileSet:
		return wire.PortraitSetCallback{
			CallbackCommand: name, OperatorAccount: wire.Account(e.Origin.Caller), FromAccount: wire.Account(e.Owner),
			EventTime: e.Time, ProfileItem: tag.Items(e.Items),
		}
	case chain.RateExceeded:
		service, command, _ := strings.Cut(e.Alarm.Command, "/")
		return wire.OverLimitCallback{CallbackCommand: name, ServiceName: service, Command: command, Request: e.Alarm.Rate, Limit: e.Alarm.Limit}
	}
	body := wire.PairCallback{CallbackCommand: name, PairList: make([]wire.Pair, len(e.Pairs))}
	for i, p := range e.Pairs {
		body.PairList[i] = wire.Pair{FromAccount: wire.Account(p.Owner), ToAccount: wire.Account(p.Peer)}
	}
	return body
}

func friendAdd(e *chain.Event, single bool) wire.FriendAddCallback {
	body := wire.FriendAddCallback{CallbackCommand: commands[e.Kind], PairList: []wire.FriendPair{}, ClientCmd: wire.ClientFriendAdd}
	if e.Answer {
		body.ClientCmd = wire.ClientFriendResponse
	}
	if e.Origin.Admin {
		body.AdminAccount = wire.Account(e.Origin.Caller)
	}
	if e.Force {
		body.ForceFlag = 1
	}
	for i, p := range e.Pairs {
		// Both directions of one friendship stand together.
		if single && i > 0 && e.Pairs[i-1].Edge == p.Reverse() {
			continue
		}
		body.PairList = append(body.PairList, wire.FriendPair{
			FromAccount: wire.Account(p.Owner), ToAccount: wire.Account(p.Peer), InitiatorAccount: wire.Account(p.Initiator),
		})
	}
	return body
}

// query is what stands in the URL of an event's webhook.
func query(e *chain.Event) wire.WebhookQuery {
	q := wire.WebhookQuery{Command: commands[e.Kind], OptPlatform: e.Origin.Platform, ClientIP: e.Origin.Address, RequestID: RequestID(e.ID)}
	if e.Kind == chain.RateExceeded {
		q.ClientIP, q.OptPlatform = "", wire.PlatformREST // W 3.9
	}
	return q
}
