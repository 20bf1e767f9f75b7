package wire_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith/wire"
)

// item reads a body with one tag that holds the given JSON.
func item(t *testing.T, json string) wire.TagValue {
	t.Helper()
	var r wire.PortraitSet
	body := `{"From_Account":"a","ProfileItem":[{"Tag":"t","Value":` + json + `}]}`
	if err := wire.Decode(wire.Profile, []byte(body), &r); err != nil {
		t.Fatalf("Value %s: %v", json, err)
	}
	return r.ProfileItem[0]
}

func TestValue(t *testing.T) {
	tests := []struct {
		json string
		kind wire.ValueKind
		out  string
	}{
		{`null`, wire.ValueAbsent, `{"Tag":"t"}`},
		{`""`, wire.ValueString, `{"Tag":"t","Value":""}`},
		{`"a<b>&\u2028\u0041\/"`, wire.ValueString, "{\"Tag\":\"t\",\"Value\":\"a<b>&\u2028A/\"}"},
		{`0`, wire.ValueInteger, `{"Tag":"t","Value":0}`},
		{`-0.0`, wire.ValueInteger, `{"Tag":"t","Value":0}`},
		{`20190419.0`, wire.ValueInteger, `{"Tag":"t","Value":20190419}`},
		{`1e3`, wire.ValueInteger, `{"Tag":"t","Value":1000}`},
		{`18446744073709551615`, wire.ValueInteger, `{"Tag":"t","Value":18446744073709551615}`},
		{`-9223372036854775808`, wire.ValueInteger, `{"Tag":"t","Value":-9223372036854775808}`},
		{`18446744073709551616`, wire.ValueOther, `{"Tag":"t","Value":18446744073709551616}`},
		{`-9223372036854775809`, wire.ValueOther, `{"Tag":"t","Value":-9223372036854775809}`},
		{`1.5`, wire.ValueOther, `{"Tag":"t","Value":1.5}`},
		{`1e400`, wire.ValueOther, `{"Tag":"t","Value":1e400}`},
		{`[]`, wire.ValueStrings, `{"Tag":"t","Value":[]}`},
		{`[ "a" , "b" ]`, wire.ValueStrings, `{"Tag":"t","Value":["a","b"]}`},
		{`["a",1]`, wire.ValueOther, `{"Tag":"t","Value":["a",1]}`},
		{`["a",null]`, wire.ValueOther, `{"Tag":"t","Value":["a",null]}`},
		{`[["a"]]`, wire.ValueOther, `{"Tag":"t","Value":[["a"]]}`},
		{`true`, wire.ValueOther, `{"Tag":"t","Value":true}`},
		{`{ "a" : 1.0 }`, wire.ValueOther, `{"Tag":"t","Value":{"a":1.0}}`},
	}
	for _, test := range tests {
		got := item(t, test.json)
		if got.Value.Kind() != test.kind {
			t.Errorf("%s is %s, want %s", test.json, got.Value.Kind(), test.kind)
		}
		if out := string(encode(t, got)); out != test.out {
			t.Errorf("%s is written as %s, want %s", test.json, out, test.out)
		}
	}
}

func TestValueConstructors(t *testing.T) {
	tests := []struct {
		value wire.Value
		json  string
	}{
		{wire.StringValue("a"), `"a"`},
		{wire.IntValue(math.MinInt64), `-9223372036854775808`},
		{wire.UintValue(math.MaxUint64), `18446744073709551615`},
		{wire.StringsValue(nil), `[]`},
		{wire.StringsValue([]string{"a", ""}), `["a",""]`},
	}
	for _, test := range tests {
		if diff := cmp.Diff(item(t, test.json).Value, test.value); diff != "" {
			t.Errorf("%s (-read +made):\n%s", test.json, diff)
		}
		if got := string(encode(t, test.value)); got != test.json {
			t.Errorf("written as %s, want %s", got, test.json)
		}
	}
	dst := []byte("kept")
	if got, err := wire.Append(dst, wire.Value{}); err == nil || string(got) != "kept" {
		t.Errorf("Append of an absent value = %q, %v, want an error and what was there", got, err)
	}
}

func TestValueAccessors(t *testing.T) {
	text, number, array := wire.StringValue("12"), wire.IntValue(-12), wire.StringsValue([]string{"a", "b"})
	if s, ok := text.Text(); s != "12" || !ok {
		t.Errorf("Text() = %q, %v", s, ok)
	}
	if _, ok := number.Text(); ok {
		t.Error("an integer has a Text")
	}
	if s, ok := number.Digits(); s != "-12" || !ok {
		t.Errorf("Digits() = %q, %v", s, ok)
	}
	if n, ok := number.Int64(); n != -12 || !ok {
		t.Errorf("Int64() = %d, %v", n, ok)
	}
	if _, ok := number.Uint64(); ok {
		t.Error("-12 is a Uint64")
	}
	if n, ok := wire.UintValue(math.MaxUint64).Uint64(); n != math.MaxUint64 || !ok {
		t.Errorf("Uint64() = %d, %v", n, ok)
	}
	if _, ok := wire.UintValue(math.MaxUint64).Int64(); ok {
		t.Error("2^64-1 is an Int64")
	}
	if _, ok := text.Int64(); ok {
		t.Error("a string is an Int64")
	}
	if _, ok := text.Uint64(); ok {
		t.Error("a string is a Uint64")
	}
	if s, ok := array.Strings(); !cmp.Equal(s, []string{"a", "b"}) || !ok {
		t.Errorf("Strings() = %q, %v", s, ok)
	}
	if s, ok := text.Strings(); !cmp.Equal(s, []string{"12"}) || !ok {
		t.Errorf("Strings() of a string = %q, %v", s, ok)
	}
	if _, ok := number.Strings(); ok {
		t.Error("an integer has Strings")
	}
	if array.Equal(text) || !array.Equal(wire.StringsValue([]string{"a", "b"})) {
		t.Error("Equal is wrong")
	}
}

// TestInts: values that share memory are those made one by one, and stay so.
func TestInts(t *testing.T) {
	var ints wire.Ints
	var values []wire.Value
	numbers := []int64{0, 1, -1, 1700000000, math.MaxInt64, math.MinInt64}
	for range 100 {
		for _, n := range numbers {
			values = append(values, ints.Value(n))
		}
	}
	for i, v := range values {
		if want := numbers[i%len(numbers)]; !reflect.DeepEqual(v, wire.IntValue(want)) {
			t.Fatalf("value %d is %+v, want %d", i, v, want)
		}
	}
}
