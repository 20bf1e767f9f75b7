// Package tag spells what the rules keep of a profile as the protocol does:
// which tag stands for which field, and which word for which number. It knows
// the spelling alone; what a value may be is for the rules to say.
package tag

import (
	"strconv"

	"kith/internal/chain"
	"kith/wire"
)

// A Field is how the protocol shows a standard profile field: a text, a
// number, or one of a few words, of which the nth stands for the number n.
type Field struct {
	Field chain.ProfileField
	Kind  Kind
	Words []string
}

// A Kind is what a field holds.
type Kind uint8

const (
	Text Kind = iota
	Number
	Word
)

// Profile has the standard fields by their tags (T 5.3 of the protocol's
// transport file).
var Profile = map[string]Field{
	wire.TagNick:            {chain.Nick, Text, nil},
	wire.TagLocation:        {chain.Location, Text, nil},
	wire.TagSelfSignature:   {chain.SelfSignature, Text, nil},
	wire.TagImage:           {chain.Image, Text, nil},
	wire.TagBirthDay:        {chain.BirthDay, Number, nil},
	wire.TagLanguage:        {chain.Language, Number, nil},
	wire.TagMsgSettings:     {chain.MsgSettings, Number, nil},
	wire.TagLevel:           {chain.Level, Number, nil},
	wire.TagRole:            {chain.Role, Number, nil},
	wire.TagGender:          {chain.Gender, Word, []string{wire.GenderUnknown, wire.GenderFemale, wire.GenderMale}},
	wire.TagAllowType:       {chain.AllowType, Word, []string{chain.AllowAny: wire.AllowAny, chain.AllowConfirm: wire.AllowNeedConfirm, chain.AllowNone: wire.AllowDenyAny}},
	wire.TagAdminForbidType: {chain.AdminForbid, Word, []string{chain.ForbidNone: wire.AdminForbidNone, chain.ForbidSendOut: wire.AdminForbidSendOut}},
}

// names has the tag of each standard field.
var names = func() (tags [chain.ProfileFields]string) {
	for tag, f := range Profile {
		tags[f.Field] = tag
	}
	return tags
}()

// Value spells a value of the field. It is false for a word that this program
// does not know, written by a newer one.
func (f Field) Value(v chain.Value) (wire.Value, bool) {
	if f.Kind != Word {
		return Value(v), true
	}
	n, err := strconv.Atoi(v.Text)
	if err != nil || n >= len(f.Words) {
		return wire.Value{}, false
	}
	return wire.StringValue(f.Words[n]), true
}

// Value spells a value as it was given.
func Value(v chain.Value) wire.Value {
	if !v.Integer {
		return wire.StringValue(v.Text)
	}
	if n, err := strconv.ParseInt(v.Text, 10, 64); err == nil {
		return wire.IntValue(n)
	}
	n, err := strconv.ParseUint(v.Text, 10, 64)
	if err != nil {
		return wire.StringValue(v.Text)
	}
	return wire.UintValue(n)
}

// Items spells fields of a profile as they were written.
func Items(items []chain.ProfileItem) []wire.TagValue {
	spelled := []wire.TagValue{}
	for _, it := range items {
		if it.Field == chain.CustomField {
			spelled = append(spelled, wire.TagValue{Tag: wire.TagProfileCustomPrefix + it.Custom, Value: Value(it.Value)})
			continue
		}
		name := names[it.Field]
		if v, known := Profile[name].Value(it.Value); known {
			spelled = append(spelled, wire.TagValue{Tag: name, Value: v})
		}
	}
	return spelled
}
