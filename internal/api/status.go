package api

import (
	"fmt"

	"kith/internal/chain"
	"kith/internal/presence"
	"kith/wire"
)

func parseQueryOnlineStatus(q *wire.QueryOnlineStatus) (chain.Command[[]bool], error) {
	return &chain.AccountCheck{IDs: users(q.ToAccount), Most: chain.MaxStatus}, nil
}

func answerQueryOnlineStatus(c *call, q *wire.QueryOnlineStatus, exist []bool) wire.Reply {
	reply := wire.QueryOnlineStatusReply{AccountHead: wire.OKAccount()}
	for i, id := range q.ToAccount {
		if !exist[i] {
			reply.ErrorList = append(reply.ErrorList, wire.OnlineError{ToAccount: id, ErrorCode: wire.CodeAccountNotFound})
			continue
		}
		s := c.server.Presence.Status(c.app.ID, chain.UserID(id), c.now)
		reply.QueryResult = append(reply.QueryResult, onlineStatus(id, s, q.IsNeedDetail.N == 1))
	}
	if len(reply.QueryResult) == 0 {
		reply.AccountHead = (&wire.Error{Code: wire.CodeAccountNotFound, Info: wire.TextAccountNotFound}).AccountHead()
	}
	return reply
}

// answerQueryState is answerQueryOnlineStatus under its old name.
func answerQueryState(c *call, q *wire.QueryOnlineStatus, exist []bool) wire.Reply {
	return wire.QueryStateReply(answerQueryOnlineStatus(c, q, exist).(wire.QueryOnlineStatusReply))
}

func onlineStatus(id wire.Account, s presence.Status, detail bool) wire.OnlineStatus {
	word := wire.StatusOffline
	if s.Online {
		word = wire.StatusOnline
	} else if len(s.Platforms) > 0 {
		word = wire.StatusPushOnline
	}
	status := wire.OnlineStatus{ToAccount: id, Status: word, State: word}
	if !detail {
		return status
	}
	for _, p := range s.Platforms {
		word := wire.StatusPushOnline
		if p.Online {
			word = wire.StatusOnline
		}
		status.Detail = append(status.Detail, wire.OnlineDetail{Platform: p.Name, Status: word})
	}
	return status
}

// refuseStatus spells a fault that refuses a whole query of online status.
func refuseStatus(fault chain.Fault) error {
	switch fault {
	case chain.NoItems:
		return &wire.Error{Code: wire.CodeStatusBody, Info: wire.TextStatusBody + ": To_Account must have an entry"}
	case chain.TooManyItems:
		return &wire.Error{Code: wire.CodeStatusTooMany, Info: fmt.Sprintf("To_Account must have at most %d entries", chain.MaxStatus)}
	}
	return fault
}
