package wire

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// An Account is the name of a user as it stands in a body. Absent or null it
// is "". Any other JSON value than a string refuses the whole request with
// CodeAccountType, and so does null as an entry of an array.
type Account string

// UnmarshalJSONFrom reads a string or null.
func (a *Account) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	kind := dec.PeekKind()
	parent, _ := dec.StackIndex(dec.StackDepth())
	inArray := parent == jsontext.KindBeginArray
	switch {
	case kind == jsontext.KindString, kind == jsontext.KindInvalid:
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		*a = Account(token.String())
		return nil
	case kind == jsontext.KindNull && !inArray:
		*a = ""
		_, err := dec.ReadToken()
		return err
	}
	return &mismatch{want: "string", found: kind, account: true, inArray: inArray}
}

// An Int is an integer member of a request. Given tells a 0 that was sent
// from a member that is absent or null.
//
// Whole numbers in any JSON spelling are accepted, 1.0 and 1e3 too, within
// the range of int64. Other numbers and other JSON types, a string of digits
// included, are of the wrong type.
//
// The zero Int is not given, and is left out of a request.
type Int struct {
	N     int64 // 0 unless Given
	Given bool
}

// IntOf is n, given.
func IntOf(n int64) Int { return Int{N: n, Given: true} }

// Or is the number, or missing if it was not given.
func (i Int) Or(missing int64) int64 {
	if !i.Given {
		return missing
	}
	return i.N
}

// MarshalJSONTo writes the number.
func (i Int) MarshalJSONTo(enc *jsontext.Encoder) error {
	return enc.WriteToken(jsontext.Int(i.N))
}

// UnmarshalJSONFrom reads a whole number or null.
func (i *Int) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch kind := dec.PeekKind(); kind {
	case jsontext.KindNull:
		*i = Int{}
		_, err := dec.ReadToken()
		return err
	case jsontext.KindNumber, jsontext.KindInvalid:
		raw, err := dec.ReadValue()
		if err != nil {
			return err
		}
		n, err := parseInt64(raw)
		if err != nil {
			return &mismatch{want: wantInt64, found: kind}
		}
		*i = IntOf(n)
		return nil
	default:
		return &mismatch{want: "integer", found: kind}
	}
}

// wantInt64 is what a number must be to be an Int.
const wantInt64 = "whole number of at most 64 bits"

func parseInt64(raw []byte) (int64, error) {
	// The plain spelling first: strconv takes a superset of it, but no JSON
	// number means something else to strconv.
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return n, nil
	}
	text, ok := wholeNumber(raw)
	if !ok {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseInt(text, 10, 64)
}

// A ValueKind is the JSON type of a Value.
type ValueKind uint8

const (
	// ValueAbsent is a Value that is missing or null, and the zero Value.
	ValueAbsent ValueKind = iota
	// ValueString is a string.
	ValueString
	// ValueInteger is a whole number from -2^63 to 2^64-1.
	ValueInteger
	// ValueStrings is an array of strings, which may be empty.
	ValueStrings
	// ValueOther is any other JSON value. No tag accepts one.
	ValueOther
)

var valueKinds = [...]string{"absent", "string", "integer", "array of strings", "other"}

// String names the kind in messages.
func (k ValueKind) String() string {
	if int(k) < len(valueKinds) {
		return valueKinds[k]
	}
	return "invalid"
}

// A Value is what a tag holds. Which kind a tag wants is for the rules to
// say: a Value of any JSON type is read, so that a wrong one can refuse its
// item alone. It is written as it was read, except that an integer is
// written in plain digits.
//
// The zero Value is absent, and is left out of a request. A Value must not be
// changed through the slice it was made from.
type Value struct {
	kind    ValueKind
	text    string // the string, the digits, or the JSON of another value
	strings []string
}

// StringValue is a string, which must be UTF-8.
func StringValue(s string) Value { return Value{kind: ValueString, text: s} }

// IntValue is an integer.
func IntValue(n int64) Value {
	return Value{kind: ValueInteger, text: strconv.FormatInt(n, 10)}
}

// Ints makes integers whose digits share memory, for answers with many. The zero
// Ints is ready for use, and must not be copied after it.
type Ints struct{ digits strings.Builder }

// Value is an integer.
func (i *Ints) Value(n int64) Value {
	var one [20]byte
	at := i.digits.Len()
	i.digits.Write(strconv.AppendInt(one[:0], n, 10))
	return Value{kind: ValueInteger, text: i.digits.String()[at:]}
}

// UintValue is an integer.
func UintValue(n uint64) Value {
	return Value{kind: ValueInteger, text: strconv.FormatUint(n, 10)}
}

// StringsValue is an array of strings, which must be UTF-8. nil is the empty
// array.
func StringsValue(s []string) Value { return Value{kind: ValueStrings, strings: s} }

// Kind is the JSON type.
func (v Value) Kind() ValueKind { return v.kind }

// Text is the string, and false if the value is not one.
func (v Value) Text() (string, bool) {
	if v.kind != ValueString {
		return "", false
	}
	return v.text, true
}

// Digits is the integer in plain decimal digits, with a minus sign if it is
// negative, and false if the value is not an integer.
func (v Value) Digits() (string, bool) {
	if v.kind != ValueInteger {
		return "", false
	}
	return v.text, true
}

// Int64 is the integer, and false if the value is not one or out of range.
func (v Value) Int64() (int64, bool) {
	digits, ok := v.Digits()
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

// Uint64 is the integer, and false if the value is not one or out of range.
func (v Value) Uint64() (uint64, bool) {
	digits, ok := v.Digits()
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	return n, err == nil
}

// Float is a JSON number of any size, rounded; beyond what a float64 can hold
// it is infinite. It tells a number that is no ValueInteger from other values.
func (v Value) Float() (float64, bool) {
	if v.kind != ValueInteger && (v.kind != ValueOther || jsontext.Value(v.text).Kind() != jsontext.KindNumber) {
		return 0, false
	}
	f, err := strconv.ParseFloat(v.text, 64)
	return f, err == nil || errors.Is(err, strconv.ErrRange)
}

// Strings is the array of strings, or the one string as an array of itself,
// as the oldest documents and one published client write a friend's lists.
// It is false for every other kind. The slice must not be changed.
func (v Value) Strings() ([]string, bool) {
	switch v.kind {
	case ValueStrings:
		return v.strings, true
	case ValueString:
		return []string{v.text}, true
	}
	return nil, false
}

// Equal says whether both have the same kind and content.
func (v Value) Equal(w Value) bool {
	return v.kind == w.kind && v.text == w.text && slices.Equal(v.strings, w.strings)
}

// MarshalJSONTo writes the value. An absent one has no JSON and is an error;
// TagValue leaves it out.
func (v Value) MarshalJSONTo(enc *jsontext.Encoder) error {
	switch v.kind {
	case ValueString:
		return enc.WriteToken(jsontext.String(v.text))
	case ValueInteger, ValueOther:
		return enc.WriteValue(jsontext.Value(v.text))
	case ValueStrings:
		return v.marshalStrings(enc)
	}
	return errors.New("an absent Value has no JSON")
}

func (v Value) marshalStrings(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for _, s := range v.strings {
		if err := enc.WriteToken(jsontext.String(s)); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndArray)
}

// UnmarshalJSONFrom reads any JSON value.
func (v *Value) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	switch dec.PeekKind() {
	case jsontext.KindNull:
		*v = Value{}
		_, err := dec.ReadToken()
		return err
	case jsontext.KindString:
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		*v = StringValue(token.String())
		return nil
	}
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	switch raw.Kind() {
	case jsontext.KindNumber:
		if digits, ok := wholeNumber(raw); ok && fits64(digits) {
			*v = Value{kind: ValueInteger, text: digits}
			return nil
		}
	case jsontext.KindBeginArray:
		if all, ok := stringArray(raw); ok {
			*v = StringsValue(all)
			return nil
		}
	}
	return v.keep(raw)
}

// keep makes v another value, with its JSON in the shortest spelling.
func (v *Value) keep(raw jsontext.Value) error {
	raw = raw.Clone()
	if err := raw.Compact(); err != nil {
		return err
	}
	*v = Value{kind: ValueOther, text: string(raw)}
	return nil
}
