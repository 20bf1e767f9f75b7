package api

import (
	"kith/internal/chain"
	"kith/wire"
)

// actions are the answers to a request.
var actions = map[string]chain.Action{
	wire.ResponseAgree:       chain.Agree,
	wire.ResponseAgreeAndAdd: chain.AgreeAndAdd,
	wire.ResponseReject:      chain.Reject,
}

func parseFriendResponse(q *wire.FriendResponse) (*chain.FriendResponse, error) {
	c := &chain.FriendResponse{Owner: chain.UserID(q.FromAccount)}
	for _, it := range q.ResponseFriendItem {
		item := chain.FriendResponseItem{Peer: chain.UserID(it.ToAccount), Action: actions[it.ResponseAction], Remark: it.Remark, List: it.TagName}
		if item.Action == 0 {
			item.Malformed = chain.BadAction
		}
		c.Items = append(c.Items, item)
	}
	return c, nil
}

func parsePendencyGet(q *wire.PendencyGet) (chain.Command[chain.PendencyPage], error) {
	c := &chain.PendencyGet{Owner: chain.UserID(q.FromAccount), Start: q.StartTime.N, Limit: q.MaxLimited.Or(chain.PendencyPageSize)}
	switch q.PendencyType {
	case wire.PendencyComeIn:
		c.Received = true
	case wire.PendencySendOut:
		c.Sent = true
	case wire.PendencyBoth:
		c.Received, c.Sent = true, true
	default:
		return nil, badParameter(q.Command(), "PendencyType must be "+wire.PendencyComeIn+", "+wire.PendencySendOut+" or "+wire.PendencyBoth)
	}
	return c, nil
}

func answerPendencyGet(_ *wire.PendencyGet, p chain.PendencyPage) wire.Reply {
	reply := wire.PendencyGetReply{
		PendencyItem: make([]wire.PendencyItem, len(p.Items)), UnreadPendencyCount: p.Unread,
		StartTime: p.Next, CurrentSequence: int64(p.Seq), Head: wire.OK(),
	}
	for i := range p.Items {
		r := &p.Items[i]
		it := &reply.PendencyItem[i]
		*it = wire.PendencyItem{ToAccount: wire.Account(r.Peer), PendencyType: wire.PendencyComeIn, AddTime: r.Time, AddWording: r.Wording}
		if r.Sent {
			it.PendencyType = wire.PendencySendOut
		}
		if r.Source != "" {
			it.AddSource = wire.AddSourcePrefix + r.Source
		}
		nick, _ := r.Profile.Value(&chain.User{}, chain.Nick)
		image, _ := r.Profile.Value(&chain.User{}, chain.Image)
		it.Nick, it.ProfileImNick, it.Image = nick.Text, nick.Text, image.Text
	}
	return reply
}

func parsePendencyDelete(q *wire.PendencyDelete) (chain.Command[[]chain.ItemResult], error) {
	if q.PendencyType == "" {
		return nil, badParameter(q.Command(), "PendencyType must be given: "+wire.PendencyComeIn+" or "+wire.PendencySendOut)
	}
	sent, err := choose(q.Command(), "PendencyType", q.PendencyType, wire.PendencySendOut, wire.PendencyComeIn, false)
	if err != nil {
		return nil, err
	}
	return &chain.PendencyDelete{Owner: chain.UserID(q.FromAccount), Sent: sent, Peers: users(q.ToAccount)}, nil
}

func parsePendencyReport(q *wire.PendencyReport) (chain.Command[struct{}], error) {
	if !q.LatestPendencyTimeStamp.Given {
		return nil, badParameter(q.Command(), "LatestPendencyTimeStamp must be given: seconds since 1970")
	}
	return &chain.PendencyReport{Owner: chain.UserID(q.FromAccount), Seen: q.LatestPendencyTimeStamp.N}, nil
}

func answerPendencyReport(*wire.PendencyReport, struct{}) wire.Reply { return wire.OK() }
