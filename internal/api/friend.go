package api

import (
	"fmt"
	"strings"

	"kith/internal/chain"
	"kith/wire"
)

func users(accounts []wire.Account) []chain.UserID {
	ids := make([]chain.UserID, len(accounts))
	for i, a := range accounts {
		ids[i] = chain.UserID(a)
	}
	return ids
}

// badParameter refuses a request of sns for one of its members.
func badParameter(c wire.Command, hint string) error {
	return &wire.Error{Code: wire.CodeParameter, Info: wire.ItemInfo(c, wire.ReasonInvalidParameter) + ": " + hint}
}

// choose finds which of two words a member holds; "" stands for the default.
func choose(c wire.Command, member, word, yes, no string, missing bool) (bool, error) {
	switch word {
	case yes:
		return true, nil
	case no:
		return false, nil
	case "":
		return missing, nil
	}
	return false, badParameter(c, fmt.Sprintf("%s must be %s or %s", member, yes, no))
}

func answerItems[Req wire.Request](req *Req, results []chain.ItemResult) wire.Reply {
	items, failed := spellItems((*req).Command(), results)
	return wire.ItemsReply{ResultItem: items, FailAccount: failed, Head: wire.OK()}
}

// spellItems spells the outcome of each item, and lists those refused.
func spellItems(c wire.Command, results []chain.ItemResult) (items []wire.ResultItem, failed []wire.Account) {
	items = make([]wire.ResultItem, len(results))
	for i, r := range results {
		it := &items[i]
		it.ToAccount = wire.Account(r.Peer)
		it.ResultCode, it.ResultInfo = spellItem(c, r.Fault)
		if r.Fault != chain.OK {
			failed = append(failed, it.ToAccount)
		}
	}
	return items, failed
}

// source takes the prefix off an AddSource. One without it, or with nothing
// behind it, is malformed.
func source(s string) (keyword string, fault chain.Fault) {
	keyword, ok := strings.CutPrefix(s, wire.AddSourcePrefix)
	if s != "" && (!ok || keyword == "") {
		return "", chain.BadSource
	}
	return keyword, chain.OK
}

func parseFriendAdd(q *wire.FriendAdd) (*chain.FriendAdd, error) {
	both, err := choose(q.Command(), "AddType", q.AddType, wire.AddBoth, wire.AddSingle, true)
	if err != nil {
		return nil, err
	}
	force := q.ForceAddFlags.Or(0)
	if force != 0 && force != 1 {
		return nil, badParameter(q.Command(), "ForceAddFlags must be 0 or 1")
	}
	c := &chain.FriendAdd{Owner: chain.UserID(q.FromAccount), Both: both, Force: force == 1, Items: make([]chain.FriendAddItem, len(q.AddFriendItem))}
	for i := range q.AddFriendItem {
		it := &q.AddFriendItem[i]
		keyword, fault := source(it.AddSource)
		c.Items[i] = chain.FriendAddItem{
			Peer: chain.UserID(it.ToAccount), Remark: it.Remark, List: it.GroupName,
			Source: keyword, Wording: it.AddWording, Malformed: fault,
		}
	}
	return c, nil
}

func parseFriendImport(q *wire.FriendImport) (chain.Command[[]chain.ItemResult], error) {
	c := &chain.FriendImport{Owner: chain.UserID(q.FromAccount), Items: make([]chain.FriendImportItem, len(q.AddFriendItem))}
	for i := range q.AddFriendItem {
		it := &q.AddFriendItem[i]
		keyword, fault := source(it.AddSource)
		c.Items[i] = chain.FriendImportItem{
			Peer: chain.UserID(it.ToAccount), Remark: it.Remark, RemarkTime: it.RemarkTime.N, AddTime: it.AddTime.N,
			Lists: it.GroupName, Source: keyword, Wording: it.AddWording, Malformed: fault,
		}
		for _, tv := range it.CustomItem {
			field, fault := customField(tv)
			c.Items[i].Custom = append(c.Items[i].Custom, field)
			c.Items[i].Malformed = max(c.Items[i].Malformed, fault)
		}
	}
	return c, nil
}

// customField reads a custom field of a friend.
func customField(tv wire.TagValue) (chain.Field, chain.Fault) {
	name, ok := strings.CutPrefix(tv.Tag, wire.TagSNSCustomPrefix)
	if !ok {
		return chain.Field{}, chain.BadCustomField
	}
	v, ok := customValue(tv.Value)
	if !ok {
		return chain.Field{}, chain.BadCustomValue
	}
	return chain.Field{Name: name, Value: v}, chain.OK
}

// customValue reads the value of a custom field: a string or an integer.
func customValue(v wire.Value) (chain.Value, bool) {
	if s, ok := v.Text(); ok {
		return chain.Value{Text: s}, true
	}
	digits, ok := v.Digits()
	return chain.Value{Text: digits, Integer: true}, ok
}

func parseFriendUpdate(q *wire.FriendUpdate) (chain.Command[[]chain.ItemResult], error) {
	c := &chain.FriendUpdate{Owner: chain.UserID(q.FromAccount), Items: make([]chain.FriendUpdateItem, len(q.UpdateItem))}
	for i := range q.UpdateItem {
		it := &c.Items[i]
		it.Peer = chain.UserID(q.UpdateItem[i].ToAccount)
		for _, tv := range q.UpdateItem[i].SnsItem {
			it.Malformed = max(it.Malformed, readUpdate(it, tv))
		}
	}
	return c, nil
}

// readUpdate notes one field to be changed. Of a tag given twice the last
// counts.
func readUpdate(it *chain.FriendUpdateItem, tv wire.TagValue) chain.Fault {
	switch {
	case tv.Tag == wire.TagRemark:
		remark, ok := tv.Value.Text()
		if !ok {
			return chain.BadRemark
		}
		it.Remark = &remark
	case tv.Tag == wire.TagGroup:
		lists, ok := tv.Value.Strings()
		if !ok {
			return chain.BadListName
		}
		it.Lists, it.SetLists = lists, true
	case strings.HasPrefix(tv.Tag, wire.TagSNSCustomPrefix):
		field, fault := customField(tv)
		if fault != chain.OK {
			return fault
		}
		it.Custom = append(it.Custom, field)
	default:
		return chain.NotUpdatable
	}
	return chain.OK
}

func parseFriendDelete(q *wire.FriendDelete) (chain.Command[[]chain.ItemResult], error) {
	both, err := choose(q.Command(), "DeleteType", q.DeleteType, wire.DeleteBoth, wire.DeleteSingle, false)
	if err != nil {
		return nil, err
	}
	return &chain.FriendDelete{Owner: chain.UserID(q.FromAccount), Peers: users(q.ToAccount), Both: both}, nil
}

func parseFriendDeleteAll(q *wire.FriendDeleteAll) (chain.Command[int], error) {
	both, err := choose(q.Command(), "DeleteType", q.DeleteType, wire.DeleteBoth, wire.DeleteSingle, false)
	if err != nil {
		return nil, err
	}
	return &chain.FriendDeleteAll{Owner: chain.UserID(q.FromAccount), Both: both}, nil
}

func answerFriendDeleteAll(*wire.FriendDeleteAll, int) wire.Reply { return wire.OK() }
