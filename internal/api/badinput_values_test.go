package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A family is how a service refuses what it cannot read.
type family struct {
	parameter int    // a parameter is wrong
	decode    string // ErrorInfo of a wrong JSON type, where it is fixed
	notJSON   int
}

var (
	sns     = family{30001, "SNS_DECODE_ERR", 60003}
	profile = family{40001, "Err_Profile_Comm_Decode_Fail", 40001}
	account = family{70402, "", 60003}
	openim  = family{90001, "", 90001}
)

func familyOf(command string) family {
	switch {
	case strings.HasPrefix(command, "sns/"):
		return sns
	case strings.HasPrefix(command, "profile/"):
		return profile
	case strings.HasPrefix(command, "openim/"):
		return openim
	}
	return account
}

// wrongType is the outcome of a wrong JSON type (F 1, T 7 row 15).
func (f family) wrongType() want { return want{code: f.parameter, info: f.decode} }

// notString is the outcome of an account that is no string (F Q29, T Q6).
var notString = want{code: 60015}

// everywhere has what no member may hold: what is not UTF-8, and what is not
// JSON at all.
func everywhere(f *form, name string) []try {
	refused := want{code: familyOf(f.command).notJSON, names: []string{"JSON"}}
	return []try{
		{"\"a\xffb\"", refused},
		{"\"a\xe6\xbc\"", refused},
		{`"\ud800"`, refused},
		{"\"a\nb\"", refused},
		{"\"a\x00b\"", refused},
		{fmt.Sprintf(`null,%q:null`, name), refused}, // named twice
		{strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), refused},
		{"01", refused},
		{"+1", refused},
		{"'x'", refused},
		{"tru", refused},
	}
}

func quoted(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// each has the same outcome for all values.
func each(w want, values ...string) []try {
	var all []try
	for _, v := range values {
		all = append(all, try{v, w})
	}
	return all
}

func letters(n int) string { return quoted(strings.Repeat("a", n)) }

// wide is a text of n bytes, most of them of characters of three.
func wide(n int) string {
	return quoted(strings.Repeat("漢", n/3) + strings.Repeat("a", n%3))
}

// Values of one JSON type each. An empty string, array or object is not among
// them, because an empty value often means something.
var (
	strs    = []string{`"x"`, `"7"`}
	numbers = []string{"7", "-7", "0", "1.5", "1e3", "18446744073709551616"}
	bools   = []string{"true", "false"}
	arrays  = []string{"[]", `["x"]`, "[7]", "[null]", "[[]]"}
	objects = []string{"{}", `{"x":1}`, `{"To_Account":"bob","Tag":"x","UserID":"bob"}`}
)

func but(types ...[]string) []string { return slices.Concat(types...) }

// text is a string of at most limit bytes, "" if not given.
func text(f family, limit int, tooLong want) []try {
	return slices.Concat(
		each(fine, absent, "null", `""`, `"x"`, letters(limit), wide(limit), `"a\nb\t\r\u007f\u0001"`, `"\u0041"`, `"null"`),
		each(tooLong, letters(limit+1), wide(limit+1), wide(limit+3), letters(100_000), `"a\u0000b"`, `"\u0000"`),
		each(f.wrongType(), but(numbers, bools, arrays, objects)...),
	)
}

// word is one of a few, of which none is "" or absent unless missing says so.
func word(f family, missing want, words ...string) []try {
	tries := each(missing, absent, "null", `""`)
	for _, w := range words {
		tries = append(tries, try{quoted(w), fine})
		tries = append(tries, each(whole(f.parameter),
			quoted(strings.ToLower(w)), quoted(strings.ToUpper(w)), quoted(w+" "), quoted(" "+w), quoted(w+"\x00"), quoted(w+w))...)
	}
	return slices.Concat(tries,
		each(whole(f.parameter), `"x"`, `"0"`, letters(100_000), wide(99), `"\n"`, `"\u0000"`, `"\u007f"`),
		each(f.wrongType(), but(numbers, bools, arrays, objects)...),
	)
}

// Whole numbers of growing size, and how else a 1 and a 1000 may be written.
const (
	max31 = "2147483647"
	two31 = "2147483648"
	max32 = "4294967295"
	two32 = "4294967296"
	two53 = "9007199254740992"
	max63 = "9223372036854775807"
	two63 = "9223372036854775808"
	max64 = "18446744073709551615"
	two64 = "18446744073709551616"
	min63 = "-9223372036854775808"
	low63 = "-9223372036854775809"
)

// notWhole is what is never an integer member (L Q32).
var notWhole = but(strs, []string{`""`, "1.5", "-0.5", "1e-1", "0.1e0"}, bools, arrays, objects)

// beyond is what no integer of 64 bits holds.
var beyond = []string{two63, max64, two64, low63, "1e30", "1e400", "1e99999999999999999999", "-1e30"}

// seconds is a time, within signed 32 bits (D 18).
func seconds(f family) []try {
	return slices.Concat(
		each(fine, absent, "null", "0", "-0", "1", "1.0", "1e3", "10e-1", max31),
		each(single(f.parameter), "-1", min63, two31, max32, two32, two53, max63),
		each(f.wrongType(), notWhole...),
		each(f.wrongType(), beyond...),
	)
}

// owner is the account whose data it is. Unknown ones are of the code missing.
func owner(f family, missing want) []try {
	return slices.Concat(
		each(fine, `"alice"`, `"\u0061lice"`), each(anything, `"administrator"`),
		each(whole(f.parameter), absent, "null", `""`, letters(33), wide(33), wide(32), letters(100_000),
			`"alice\u0000"`, `"ali\nce"`, `"alice\u007f"`, `"al\tice"`, `" alice"`, `"alice "`, `"\u0061lic\u00e9"`),
		each(missing, `"nobody"`, `"Alice"`, `"ALICE"`, letters(32), `"7"`, `"null"`, `"a b"`, `"alice' OR 1=1"`),
		each(notString, but(numbers, bools, arrays, objects)...),
	)
}

// malformed are strings that are no UserID (T 6.1).
var malformed = []string{`""`, letters(33), wide(33), wide(32), wide(9), letters(100_000),
	`"bob\u0000"`, `"b\nob"`, `"bob\u007f"`, `"b\tob"`, `" bob"`, `"bob "`, `"b\u00f6b"`}

// strangers are well-formed names that nobody has.
var strangers = []string{`"nobody"`, `"Bob"`, letters(32), `"7"`, `"null"`, `"a b"`, `"@TLS#NOT_FOUND"`}

// peer is the account of one entry.
func peer(bad, unknown want) []try {
	return slices.Concat(
		each(bad, absent, "null"), each(bad, malformed...),
		each(unknown, strangers...),
		each(notString, but(numbers, bools, arrays, objects)...),
	)
}

// peers is an array of accounts, of which the test puts one between bob and
// dave. empty is the outcome of none, tooMany that of more than most.
func peers(f family, most int, empty, tooMany, bad, unknown want) []try {
	tries := slices.Concat(
		each(empty, absent, "null", "[]"),
		each(f.wrongType(), but(strs, []string{`""`}, bools, objects)...),
		each(notString, numbers...),
		each(anything, names(most)),
		each(tooMany, names(most+1), names(10*most)),
		each(fine, `["bob"]`),
	)
	between := func(v string) string { return `["bob",` + v + `,"dave"]` }
	for _, v := range malformed {
		tries = append(tries, try{between(v), bad})
	}
	for _, v := range strangers {
		tries = append(tries, try{between(v), unknown})
	}
	for _, v := range but(numbers, bools, arrays, objects, []string{"null"}) {
		tries = append(tries, try{between(v), notString})
	}
	return tries
}

// names is an array of n accounts that do not exist.
func names(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("nobody%d", i)
	}
	out, _ := json.Marshal(all)
	return string(out)
}

// repeated is an array of n equal or numbered entries. A %d in entry is its
// number.
func repeated(n int, entry string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(entry, "%d", fmt.Sprint(i))
	}
	return "[" + strings.Join(all, ",") + "]"
}

// entries is an array of objects.
func entries(f family, most int, entry string, empty, tooMany want) []try {
	return slices.Concat(
		each(empty, absent, "null", "[]"),
		each(f.wrongType(), but(strs, []string{`""`}, numbers, bools, objects)...),
		each(f.wrongType(), `["x"]`, "[7]", "[true]", "[[]]", `[{},7]`),
		each(anything, repeated(most, entry)),
		each(tooMany, repeated(most+1, entry), repeated(10*most, entry)),
	)
}
