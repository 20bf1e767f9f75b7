package wire

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Replies to the calls that are made most are written here, without reflection:
// byte for byte as the codec for everything writes them, to which a test holds
// it.

// appendQuick writes a reply. It is false, and what it wrote does not count, if
// it is another reply, or holds what only the codec for everything can write.
// (Methods would not do: the one of Head would be that of every reply.)
func appendQuick(b []byte, reply any) ([]byte, bool) {
	switch r := reply.(type) {
	case Head:
		return r.append(append(b, '{')), true
	case ItemsReply:
		return quickItems(b, &r)
	case FriendCheckReply:
		return quickCheck(b, &r)
	case FriendGetReply:
		return quickFriends(b, &r)
	case PortraitGetReply:
		return quickPortraits(b, &r)
	}
	return b, false
}

func appendString[S ~string](b []byte, s S) []byte {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			// The error says that it replaced what is not UTF-8, as it should.
			b, _ = jsontext.AppendQuote(b, string(s))
			return b
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// appendMember appends a name, which holds its quotes and colon, and a string.
func appendMember[S ~string](b []byte, name string, s S) []byte {
	return appendString(append(b, name...), s)
}

func appendNumber(b []byte, name string, n int64) []byte {
	return strconv.AppendInt(append(b, name...), n, 10)
}

// appendList appends the entries of an array.
func appendList[T any](b []byte, all []T, one func([]byte, *T) ([]byte, bool)) ([]byte, bool) {
	b = append(b, '[')
	for i := range all {
		if i > 0 {
			b = append(b, ',')
		}
		var ok bool
		if b, ok = one(b, &all[i]); !ok {
			return b, false
		}
	}
	return append(b, ']'), true
}

// appendAccounts appends a member that lists accounts and is absent when it is
// empty.
func appendAccounts(b []byte, name string, all []Account) []byte {
	if len(all) == 0 {
		return b
	}
	b, _ = appendList(append(b, name...), all, func(b []byte, a *Account) ([]byte, bool) { return appendString(b, *a), true })
	return append(b, ',')
}

func (h *Head) append(b []byte) []byte {
	b = appendMember(b, `"ActionStatus":`, h.ActionStatus)
	b = appendNumber(b, `,"ErrorCode":`, int64(h.ErrorCode))
	b = appendMember(b, `,"ErrorInfo":`, h.ErrorInfo)
	b = appendMember(b, `,"ErrorDisplay":`, h.ErrorDisplay)
	return append(b, '}')
}

func quickItems(b []byte, r *ItemsReply) ([]byte, bool) {
	b, _ = appendList(append(b, `{"ResultItem":`...), r.ResultItem, func(b []byte, it *ResultItem) ([]byte, bool) {
		b = appendMember(b, `{"To_Account":`, it.ToAccount)
		b = appendNumber(b, `,"ResultCode":`, int64(it.ResultCode))
		return append(appendMember(b, `,"ResultInfo":`, it.ResultInfo), '}'), true
	})
	b = appendAccounts(append(b, ','), `"Fail_Account":`, r.FailAccount)
	return r.append(b), true
}

func quickCheck(b []byte, r *FriendCheckReply) ([]byte, bool) {
	b, _ = appendList(append(b, `{"InfoItem":`...), r.InfoItem, func(b []byte, it *CheckItem) ([]byte, bool) {
		b = appendMember(b, `{"To_Account":`, it.ToAccount)
		b = appendMember(b, `,"Relation":`, it.Relation)
		b = appendNumber(b, `,"ResultCode":`, int64(it.ResultCode))
		return append(appendMember(b, `,"ResultInfo":`, it.ResultInfo), '}'), true
	})
	b = appendAccounts(append(b, ','), `"Fail_Account":`, r.FailAccount)
	return r.append(b), true
}

func quickFriends(b []byte, r *FriendGetReply) ([]byte, bool) {
	b = append(b, '{')
	if len(r.UserDataItem) > 0 {
		var ok bool
		b, ok = appendList(append(b, `"UserDataItem":`...), r.UserDataItem, func(b []byte, it *UserData) ([]byte, bool) {
			b = appendMember(b, `{"To_Account":`, it.ToAccount)
			b, ok := appendList(append(b, `,"ValueItem":`...), it.ValueItem, appendTagValue)
			return append(b, '}'), ok
		})
		if !ok {
			return b, false
		}
		b = append(b, ',')
	}
	b = appendNumber(b, `"StandardSequence":`, r.StandardSequence)
	b = appendNumber(b, `,"CustomSequence":`, r.CustomSequence)
	b = appendNumber(b, `,"FriendNum":`, int64(r.FriendNum))
	b = appendNumber(b, `,"CompleteFlag":`, int64(r.CompleteFlag))
	b = appendNumber(b, `,"NextStartIndex":`, int64(r.NextStartIndex))
	return r.append(append(b, ',')), true
}

func quickPortraits(b []byte, r *PortraitGetReply) ([]byte, bool) {
	b, ok := appendList(append(b, `{"UserProfileItem":`...), r.UserProfileItem, func(b []byte, it *UserProfile) ([]byte, bool) {
		b = appendMember(b, `{"To_Account":`, it.ToAccount)
		if it.ProfileItem != nil {
			var ok bool
			if b, ok = appendList(append(b, `,"ProfileItem":`...), it.ProfileItem, appendTagValue); !ok {
				return b, false
			}
		}
		b = appendNumber(b, `,"ResultCode":`, int64(it.ResultCode))
		return append(appendMember(b, `,"ResultInfo":`, it.ResultInfo), '}'), true
	})
	b = appendAccounts(append(b, ','), `"Fail_Account":`, r.FailAccount)
	return r.append(b), ok
}

// appendTagValue appends a tag and its value; an absent value is left out.
func appendTagValue(b []byte, tv *TagValue) ([]byte, bool) {
	b = appendMember(b, `{"Tag":`, tv.Tag)
	switch tv.Value.kind {
	case ValueAbsent:
	case ValueString:
		b = appendMember(b, `,"Value":`, tv.Value.text)
	case ValueInteger:
		b = append(append(b, `,"Value":`...), tv.Value.text...)
	case ValueStrings:
		b, _ = appendList(append(b, `,"Value":`...), tv.Value.strings, func(b []byte, s *string) ([]byte, bool) { return appendString(b, *s), true })
	default:
		return b, false
	}
	return append(b, '}'), true
}
