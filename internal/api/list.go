package api

import (
	"slices"

	"kith/internal/chain"
	"kith/wire"
)

func parseGroupAdd(q *wire.GroupAdd) (chain.Command[chain.ListChange], error) {
	return &chain.ListAdd{Owner: chain.UserID(q.FromAccount), Names: q.GroupName, Peers: users(q.ToAccount)}, nil
}

func answerGroupAdd(q *wire.GroupAdd, a chain.ListChange) wire.Reply {
	items, failed := spellItems(q.Command(), a.Items)
	return wire.GroupAddReply{ResultItem: items, FailAccount: failed, CurrentSequence: int64(a.Seq), Head: wire.OK()}
}

func parseGroupDelete(q *wire.GroupDelete) (chain.Command[uint32], error) {
	return &chain.ListDelete{Owner: chain.UserID(q.FromAccount), Names: q.GroupName}, nil
}

func answerGroupDelete(_ *wire.GroupDelete, seq uint32) wire.Reply {
	return wire.GroupDeleteReply{CurrentSequence: int64(seq), Head: wire.OK()}
}

func parseGroupGet(q *wire.GroupGet) (chain.Command[chain.ListDetails], error) {
	members, err := choose(q.Command(), "NeedFriend", q.NeedFriend, wire.NeedFriendYes, wire.NeedFriendNo, false)
	if err != nil {
		return nil, err
	}
	return &chain.ListGet{Owner: chain.UserID(q.FromAccount), Names: q.GroupName, Members: members}, nil
}

func answerGroupGet(q *wire.GroupGet, a chain.ListDetails) wire.Reply {
	reply := wire.GroupGetReply{ResultItem: make([]wire.GroupItem, len(a.Lists)), CurrentSequence: int64(a.Seq), Head: wire.OK()}
	for i, l := range a.Lists {
		it := &reply.ResultItem[i]
		it.GroupName, it.FriendNumber = l.Name, l.Count
		if q.NeedFriend == wire.NeedFriendYes {
			it.ToAccount = accounts(l.Members)
		}
	}
	return reply
}

// accounts is the reverse of users; it is never nil.
func accounts(ids []chain.UserID) []wire.Account {
	all := make([]wire.Account, len(ids))
	for i, id := range ids {
		all[i] = wire.Account(id)
	}
	return all
}

func parseGroupUpdate(q *wire.GroupUpdate) (chain.Command[chain.ListChange], error) {
	c := &chain.ListUpdate{Owner: chain.UserID(q.FromAccount), Old: q.GroupOldName, New: q.GroupNewName}
	for _, it := range q.UpdateGroupItem {
		item := chain.ListUpdateItem{Peer: chain.UserID(it.ToAccount), Join: it.UpdateType == wire.UpdateAdd}
		if !slices.Contains([]string{wire.UpdateAdd, wire.UpdateDelete}, it.UpdateType) {
			item.Malformed = chain.BadAction
		}
		c.Items = append(c.Items, item)
	}
	return c, nil
}

func answerGroupUpdate(q *wire.GroupUpdate, a chain.ListChange) wire.Reply {
	items, failed := spellItems(q.Command(), a.Items)
	return wire.GroupUpdateReply{ResultItem: items, FailAccount: failed, CurrentSequence: int64(a.Seq), Head: wire.OK()}
}
