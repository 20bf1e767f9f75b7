package api

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"kith/internal/chain"
	"kith/internal/tag"
	"kith/wire"
)

// profileValue is the value of a standard field, and whether it is set.
func profileValue(p *chain.Profile, u *chain.User, name string) (wire.Value, bool) {
	f := tag.Profile[name]
	v, set := p.Value(u, f.Field)
	if !set {
		return wire.Value{}, false
	}
	return f.Value(v)
}

// quote shows a name that a caller sent, shortened.
func quote(s string) string {
	const most = 64
	if len(s) > most {
		return fmt.Sprintf("%q...", strings.ToValidUTF8(s[:most], ""))
	}
	return fmt.Sprintf("%q", s)
}

// profileText begins the texts of the profile commands, after the pattern of
// the one that is documented.
var profileText = map[string]string{"portrait_set": "Err_Profile_PortraitSet", "portrait_get": "Err_Profile_PortraitGet"}

func badProfile(code int, name, hint string) error {
	return &wire.Error{Code: code, Info: profileText["portrait_set"] + ": " + quote(name) + " " + hint}
}

func parsePortraitSet(q *wire.PortraitSet) (chain.Command[struct{}], error) {
	c := &chain.PortraitSet{Owner: chain.UserID(q.FromAccount), Items: make([]chain.ProfileItem, len(q.ProfileItem))}
	for i, tv := range q.ProfileItem {
		it, err := parseProfileItem(tv)
		if err != nil {
			return nil, err
		}
		c.Items[i] = it
	}
	return c, nil
}

// parseProfileItem reads one field of a profile. Length and declaration are
// for the rules to check.
func parseProfileItem(tv wire.TagValue) (it chain.ProfileItem, err error) {
	name, isCustom := strings.CutPrefix(tv.Tag, wire.TagProfileCustomPrefix)
	pf, standard := tag.Profile[tv.Tag]
	switch {
	case !isCustom && !standard:
		return it, badProfile(wire.CodeProfileNoTag, tv.Tag, "is no tag of a profile")
	case tv.Value.Kind() == wire.ValueAbsent:
		return it, badProfile(wire.CodeProfileParameter, tv.Tag, "has no Value")
	case isCustom:
		v, ok := customValue(tv.Value)
		if !ok {
			return it, badProfile(wire.CodeProfileType, tv.Tag, "must be a string or an integer")
		}
		return chain.ProfileItem{Custom: name, Value: v}, nil
	}
	it.Field = pf.Field
	switch pf.Kind {
	case tag.Text:
		it.Value.Text, standard = tv.Value.Text()
		if !standard {
			return it, badProfile(wire.CodeProfileType, tv.Tag, "must be a string")
		}
	case tag.Number:
		it.Value, err = number(tv)
	case tag.Word:
		it.Value, err = word(tv, pf.Words)
	}
	return it, err
}

// number reads a uint32. SDKs that can send nothing but strings send it in
// decimal digits (T 5.3).
func number(tv wire.TagValue) (chain.Value, error) {
	digits, ok := tv.Value.Digits()
	if s, isText := tv.Value.Text(); isText {
		digits, ok = s, s != "" && strings.Trim(s, "0123456789") == ""
	}
	if f, isNumber := tv.Value.Float(); isNumber && f > math.MaxUint32 && f == math.Trunc(f) {
		digits, ok = "4294967296", true // however large: out of range
	}
	if !ok || strings.HasPrefix(digits, "-") {
		return chain.Value{}, badProfile(wire.CodeProfileType, tv.Tag, "must be an integer from 0 to 4294967295")
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		return chain.Value{}, badProfile(wire.CodeProfileRange, tv.Tag, "must be an integer from 0 to 4294967295")
	}
	return chain.Value{Text: strconv.FormatUint(n, 10), Integer: true}, nil
}

// word reads one of a few words as its number.
func word(tv wire.TagValue, words []string) (chain.Value, error) {
	s, ok := tv.Value.Text()
	if !ok {
		return chain.Value{}, badProfile(wire.CodeProfileType, tv.Tag, "must be a string")
	}
	for n, w := range words {
		if w == s && w != "" {
			return chain.Value{Text: strconv.Itoa(n), Integer: true}, nil
		}
	}
	return chain.Value{}, badProfile(wire.CodeProfileRange, tv.Tag, "must be one of "+strings.Trim(strings.Join(words, ", "), ", "))
}

func answerPortraitSet(*wire.PortraitSet, struct{}) wire.Reply { return wire.OK() }

func parsePortraitGet(q *wire.PortraitGet) (chain.Command[[]chain.Portrait], error) {
	if len(q.TagList) == 0 && len(q.ToAccount) > 0 {
		return nil, &wire.Error{Code: wire.CodeProfileParameter, Info: profileText["portrait_get"] + ": TagList must have an entry"}
	}
	if len(q.TagList) > maxTags {
		return nil, &wire.Error{Code: wire.CodeProfileParameter, Info: profileText["portrait_get"] + ": TagList must have at most " + strconv.Itoa(maxTags) + " entries"}
	}
	tags, stranger, ok := readTags(q.TagList)
	if i := slices.IndexFunc(q.TagList, aboutFriends); ok && i >= 0 {
		stranger, ok = q.TagList[i], false
	}
	if !ok {
		return nil, &wire.Error{Code: wire.CodeProfileNoTag, Info: profileText["portrait_get"] + ": TagList names what is no tag of a profile: " + quote(stranger)}
	}
	return &chain.PortraitGet{IDs: users(q.ToAccount), Custom: tags.profileCustom}, nil
}

func answerPortraitGet(q *wire.PortraitGet, portraits []chain.Portrait) wire.Reply {
	reply := wire.PortraitGetReply{UserProfileItem: make([]wire.UserProfile, len(portraits)), Head: wire.OK()}
	for i := range portraits {
		p := &portraits[i]
		it := &reply.UserProfileItem[i]
		it.ToAccount = wire.Account(p.ID)
		if p.Fault != chain.OK {
			it.ResultCode, it.ResultInfo = wire.CodeProfileNoAccount, profileText["portrait_get"]+"_Invalid_Account"
			reply.FailAccount = append(reply.FailAccount, it.ToAccount)
			continue
		}
		it.ProfileItem = portrait(p, q.TagList)
	}
	if len(reply.FailAccount) == len(portraits) {
		// None exists: the call fails and still says so of each (T Q3).
		reply.Head = (&wire.Error{Code: wire.CodeProfileNoAccount, Info: profileText["portrait_get"] + "_Invalid_Account"}).Head()
	}
	return reply
}

// portrait lists the fields asked for that are set, in the order of tags.
func portrait(p *chain.Portrait, tags []string) []wire.TagValue {
	values := []wire.TagValue{}
	for i, wanted := range tags {
		if slices.Contains(tags[:i], wanted) {
			continue
		}
		v, set := profileValue(&p.Profile, &p.User, wanted)
		if name, isCustom := strings.CutPrefix(wanted, wire.TagProfileCustomPrefix); isCustom {
			var given chain.Value
			given, set = p.Profile.Field(name)
			v = tag.Value(given)
		}
		if set {
			values = append(values, wire.TagValue{Tag: wanted, Value: v})
		}
	}
	return values
}

// tagMember is the member that names tags in a command of profile.
func (c *command) tagMember() string {
	if c.wire == (wire.PortraitGet{}).Command() {
		return "TagList"
	}
	return "ProfileItem"
}

// refuseProfile spells a fault that refuses a whole command of profile.
func (c *command) refuseProfile(s *chain.Settings, fault chain.Fault) error {
	e := map[chain.Fault]wire.Error{
		chain.BadOwner:      {Code: wire.CodeProfileParameter, Info: "From_Account must be 1 to 32 printable ASCII characters"},
		chain.NoSuchOwner:   {Code: wire.CodeProfileNoAccount, Info: "From_Account is not imported"},
		chain.NoItems:       {Code: wire.CodeProfileParameter, Info: c.batch(s.MaxItems)},
		chain.TooManyItems:  {Code: wire.CodeProfileParameter, Info: c.batch(s.MaxItems)},
		chain.UnknownField:  {Code: wire.CodeProfileNoTag, Info: "in " + c.tagMember() + " a custom tag must be Tag_Profile_Custom_ and 1 to 8 letters, declared if the app declares its tags"},
		chain.TooManyFields: {Code: wire.CodeProfileNoTag, Info: "ProfileItem would give the profile more than 20 custom tags"},
		chain.TextTooLong:   {Code: wire.CodeProfileTooLong, Info: "a Value must have at most 500 bytes and no NUL"},
		chain.WrongKind:     {Code: wire.CodeProfileType, Info: "a Value is of another type than its tag"},
	}[fault]
	if e.Code == 0 {
		return fault
	}
	if c.tagMember() == "TagList" && fault == chain.NoItems {
		e.Code = wire.CodeProfileNoTarget
	}
	e.Info = profileText[c.wire.Name] + ": " + e.Info
	return &e
}
