package api

import (
	"kith/internal/chain"
	"kith/wire"
)

func parseBlackListAdd(q *wire.BlackListAdd) (chain.Command[[]chain.ItemResult], error) {
	return &chain.BlackListAdd{Owner: chain.UserID(q.FromAccount), Peers: users(q.ToAccount)}, nil
}

func parseBlackListDelete(q *wire.BlackListDelete) (chain.Command[[]chain.ItemResult], error) {
	return &chain.BlackListDelete{Owner: chain.UserID(q.FromAccount), Peers: users(q.ToAccount)}, nil
}

func parseBlackListGet(q *wire.BlackListGet) (chain.Command[chain.BlockPage], error) {
	switch {
	case !q.StartIndex.Given:
		return nil, badParameter(q.Command(), "StartIndex must be given: 0, or StartIndex of the answer before")
	case !q.MaxLimited.Given:
		return nil, badParameter(q.Command(), "MaxLimited must be given: how many entries to answer")
	}
	return &chain.BlackListGet{Owner: chain.UserID(q.FromAccount), Start: q.StartIndex.N, Limit: q.MaxLimited.N}, nil
}

func answerBlackListGet(_ *wire.BlackListGet, p chain.BlockPage) wire.Reply {
	reply := wire.BlackListGetReply{
		BlackListItem: make([]wire.BlackListItem, len(p.Blocks)), StartIndex: p.Next,
		CurruentSequence: int64(p.Seq), CurrentSequence: int64(p.Seq), Head: wire.OK(),
	}
	for i, b := range p.Blocks {
		reply.BlackListItem[i] = wire.BlackListItem{ToAccount: wire.Account(b.Peer), AddBlackTimeStamp: b.Time}
	}
	return reply
}

func parseBlackListCheck(q *wire.BlackListCheck) (chain.Command[[]chain.Relation], error) {
	both, err := checkType(q.Command(), q.CheckType, wire.BlackCheckBoth, wire.BlackCheckSingle)
	if err != nil {
		return nil, err
	}
	return &chain.BlackListCheck{Owner: chain.UserID(q.FromAccount), Peers: users(q.ToAccount), Both: both}, nil
}

func answerBlackListCheck(q *wire.BlackListCheck, relations []chain.Relation) wire.Reply {
	items, failed := spellRelations(q.Command(), relations, blackRelations)
	return wire.BlackListCheckReply{BlackListCheckItem: items, FailAccount: failed, Head: wire.OK()}
}
