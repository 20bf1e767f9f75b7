package api

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"kith/internal/chain"
	"kith/internal/tag"
	"kith/wire"
)

func parseFriendCheck(q *wire.FriendCheck) (chain.Command[[]chain.Relation], error) {
	both, err := checkType(q.Command(), q.CheckType, wire.CheckBoth, wire.CheckSingle)
	if err != nil {
		return nil, err
	}
	return &chain.FriendCheck{Owner: chain.UserID(q.FromAccount), Peers: users(q.ToAccount), Both: both}, nil
}

// checkType reads a CheckType, which must be given.
func checkType(c wire.Command, given, both, single string) (bool, error) {
	if given == "" {
		return false, badParameter(c, "CheckType must be given: "+both+" or "+single)
	}
	return choose(c, "CheckType", given, both, single, false)
}

func answerFriendCheck(q *wire.FriendCheck, relations []chain.Relation) wire.Reply {
	items, failed := spellRelations(q.Command(), relations, friendRelations)
	return wire.FriendCheckReply{InfoItem: items, FailAccount: failed, Head: wire.OK()}
}

// relationWords are what a check answers: for neither direction, forward,
// back, and both.
type relationWords [4]string

var (
	friendRelations = relationWords{wire.CheckNone, wire.CheckAWithB, wire.CheckBWithA, wire.CheckBothWay}
	blackRelations  = relationWords{wire.BlackCheckNone, wire.BlackCheckAWithB, wire.BlackCheckBWithA, wire.BlackCheckBothWay}
)

// spellRelations spells how the owner and each peer stand, and lists the peers
// that were refused.
func spellRelations(c wire.Command, relations []chain.Relation, words relationWords) (items []wire.CheckItem, failed []wire.Account) {
	items = make([]wire.CheckItem, len(relations))
	for i, r := range relations {
		word := 0
		if r.Forward {
			word |= 1
		}
		if r.Back {
			word |= 2
		}
		it := &items[i]
		it.ToAccount, it.Relation = wire.Account(r.Peer), words[word]
		it.ResultCode, it.ResultInfo = spellItem(c, r.Fault)
		if r.Fault != chain.OK {
			failed = append(failed, it.ToAccount)
		}
	}
	return items, failed
}

func parseFriendGet(q *wire.FriendGet) (chain.Command[chain.FriendPage], error) {
	if !q.StartIndex.Given {
		return nil, badParameter(q.Command(), "StartIndex must be given: 0, or NextStartIndex of the page before")
	}
	return &chain.FriendGet{
		Owner: chain.UserID(q.FromAccount), Start: q.StartIndex.N,
		Standard: q.StandardSequence.N, Custom: q.CustomSequence.N,
	}, nil
}

func answerFriendGet(c *call, _ *wire.FriendGet, p chain.FriendPage) wire.Reply {
	reply := wire.FriendGetReply{
		StandardSequence: int64(p.Seq[chain.SeqStandard]),
		CustomSequence:   int64(p.Seq[chain.SeqCustom]),
		FriendNum:        p.Total,
		NextStartIndex:   p.Next,
		Head:             wire.OK(),
	}
	if p.Next == 0 {
		reply.CompleteFlag = 1
	}
	var all []wire.TagValue // of all of them
	reply.UserDataItem, all = c.memory.room(len(p.Friends))
	var ints wire.Ints
	for i := range p.Friends {
		f := &p.Friends[i]
		values := all[len(all):]
		if p.Standard {
			values = appendStandard(values, f, &p.Lists, &ints)
			all = all[:len(all)+len(values)]
		}
		values = slices.Clip(values) // the memory behind is the next friend's
		if p.Custom {
			values = appendCustom(values, wire.TagSNSCustomPrefix, f.Custom)
		}
		// A bare item would blank what the caller has of this friend.
		if len(values) > 0 {
			reply.UserDataItem = append(reply.UserDataItem, wire.UserData{ToAccount: wire.Account(f.Peer), ValueItem: values})
		}
	}
	return reply
}

// friendTags are the standard fields of a friend that friend_get tells, in the
// order of its sample.
var friendTags = []string{wire.TagAddSource, wire.TagRemark, wire.TagGroup, wire.TagAddTime}

func appendStandard(values []wire.TagValue, f *chain.Friend, lists *chain.Lists, ints *wire.Ints) []wire.TagValue {
	for _, tag := range friendTags {
		if v, set := friendValue(f, lists, ints, tag); set {
			values = append(values, wire.TagValue{Tag: tag, Value: v})
		}
	}
	return values
}

func appendCustom(values []wire.TagValue, prefix string, fields []chain.Field) []wire.TagValue {
	for _, f := range fields {
		values = append(values, wire.TagValue{Tag: prefix + f.Name, Value: tag.Value(f.Value)})
	}
	return values
}

// sources are the full spellings of where friendships come from. There are as
// many as the app has places to make friends in, and every friend has one.
var sources spellings

// spellings remember texts with their prefix.
type spellings struct {
	known sync.Map // keyword -> text
	count atomic.Int64
}

// mostSpellings bounds what is remembered: a caller may send any keyword.
const mostSpellings = 1000

func (s *spellings) spell(keyword string) string {
	if text, ok := s.known.Load(keyword); ok {
		return text.(string)
	}
	text := wire.AddSourcePrefix + keyword
	if s.count.Add(1) <= mostSpellings {
		s.known.Store(strings.Clone(keyword), text)
	}
	return text
}

// friendValue is the value of a standard field of a friend, and whether it is
// set.
func friendValue(f *chain.Friend, lists *chain.Lists, ints *wire.Ints, tag string) (wire.Value, bool) {
	switch tag {
	case wire.TagAddSource:
		return wire.StringValue(sources.spell(f.Source)), f.Source != ""
	case wire.TagRemark:
		return wire.StringValue(f.Remark), f.Remark != ""
	case wire.TagGroup:
		if len(f.Lists) == 0 {
			return wire.Value{}, false
		}
		names := make([]string, len(f.Lists))
		for i, id := range f.Lists {
			names[i] = lists.Name(id)
		}
		return wire.StringsValue(names), true
	case wire.TagAddTime:
		return ints.Value(f.AddTime), true
	case wire.TagAddWording:
		return wire.StringValue(f.Wording), f.Wording != ""
	case wire.TagRemarkTime:
		return ints.Value(f.RemarkTime), f.RemarkTime != 0
	}
	return wire.Value{}, false
}

// maxTags is how many tags one call may ask for: more than there can be.
const maxTags = 100

// tagList is what friend_get_list and portrait_get ask for, by class. Within a
// class the order is the caller's.
type tagList struct {
	friend, profile             []string // standard tags
	friendCustom, profileCustom []string // keywords
}

// readTags sorts tags by class; a repeated tag counts once. It returns the
// first tag that is of no class.
func readTags(tags []string) (l tagList, stranger string, ok bool) {
	seen := make(map[string]bool, len(tags))
	for _, name := range tags {
		if seen[name] {
			continue
		}
		seen[name] = true
		_, standard := tag.Profile[name]
		friendKeyword, friendCustom := strings.CutPrefix(name, wire.TagSNSCustomPrefix)
		profileKeyword, profileCustom := strings.CutPrefix(name, wire.TagProfileCustomPrefix)
		switch {
		case standard:
			l.profile = append(l.profile, name)
		case friendCustom:
			l.friendCustom = append(l.friendCustom, friendKeyword)
		case profileCustom:
			l.profileCustom = append(l.profileCustom, profileKeyword)
		case isFriendTag(name):
			l.friend = append(l.friend, name)
		default:
			return l, name, false
		}
	}
	return l, "", true
}

// aboutFriends tells whether a tag is a friend's, standard or custom.
func aboutFriends(tag string) bool {
	return isFriendTag(tag) || strings.HasPrefix(tag, wire.TagSNSCustomPrefix)
}

func isFriendTag(tag string) bool {
	switch tag {
	case wire.TagRemark, wire.TagGroup, wire.TagAddSource, wire.TagAddWording, wire.TagAddTime, wire.TagRemarkTime:
		return true
	}
	return false
}

func parseFriendGetList(q *wire.FriendGetList) (chain.Command[chain.FriendDetails], error) {
	if len(q.TagList) == 0 {
		return nil, badParameter(q.Command(), "TagList must have an entry")
	}
	if len(q.TagList) > maxTags {
		return nil, badParameter(q.Command(), fmt.Sprintf("TagList must have at most %d entries", maxTags))
	}
	tags, stranger, ok := readTags(q.TagList)
	if !ok {
		return nil, badParameter(q.Command(), "TagList names a tag that does not exist: "+quote(stranger))
	}
	return &chain.FriendGetList{
		Owner: chain.UserID(q.FromAccount), Peers: users(q.ToAccount),
		Profiles: len(tags.profile)+len(tags.profileCustom) > 0,
		Fields:   tags.friendCustom, Shown: tags.profileCustom,
	}, nil
}

func answerFriendGetList(q *wire.FriendGetList, a chain.FriendDetails) wire.Reply {
	tags, _, _ := readTags(q.TagList)
	reply := wire.FriendGetListReply{InfoItem: make([]wire.FriendInfo, len(a.Items)), Head: wire.OK()}
	for i := range a.Items {
		d := &a.Items[i]
		it := &reply.InfoItem[i]
		it.ToAccount = wire.Account(d.Peer)
		it.ResultCode, it.ResultInfo = spellItem(q.Command(), d.Fault)
		if d.Fault != chain.OK {
			reply.FailAccount = append(reply.FailAccount, it.ToAccount)
			continue
		}
		it.SnsProfileItem = details(d, &a.Lists, &tags)
	}
	return reply
}

// details lists the fields asked for that are set, class by class as in the
// sample of friend_get_list.
func details(d *chain.FriendDetail, lists *chain.Lists, tags *tagList) []wire.TagValue {
	values := []wire.TagValue{}
	var ints wire.Ints
	for _, tag := range tags.friend {
		if v, set := friendValue(&d.Friend, lists, &ints, tag); set {
			values = append(values, wire.TagValue{Tag: tag, Value: v})
		}
	}
	for _, name := range tags.profile {
		if v, set := profileValue(&d.Profile, &d.User, name); set {
			values = append(values, wire.TagValue{Tag: name, Value: v})
		}
	}
	for _, name := range tags.friendCustom {
		if v, set := d.Friend.Field(name); set {
			values = append(values, wire.TagValue{Tag: wire.TagSNSCustomPrefix + name, Value: tag.Value(v)})
		}
	}
	for _, name := range tags.profileCustom {
		if v, set := d.Profile.Field(name); set {
			values = append(values, wire.TagValue{Tag: wire.TagProfileCustomPrefix + name, Value: tag.Value(v)})
		}
	}
	return values
}
