package wire_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/wire"
)

// refusalCodes are all that Decode may answer.
var refusalCodes = []int{
	wire.CodeJSON, wire.CodeAccountType, wire.CodeParameter,
	wire.CodeProfileParameter, wire.CodeAccountParameter, wire.CodeStatusBody,
	wire.CodeStatusAccountType,
}

// FuzzDecode reads one body as every request. It is refused with a documented
// code, or it can be written and read again with the same meaning.
func FuzzDecode(f *testing.F) {
	for _, file := range vectorFiles(f) {
		for _, v := range readVectors(f, file) {
			f.Add(v.body)
		}
	}
	for _, body := range []string{
		"", "null", "[]", "{}", "\ufeff{}", `{"From_Account":1}`, `{"To_Account":[null]}`,
		`{"StartIndex":1e3}`, `{"StartIndex":-1.50e1,"MaxLimited":1e999}`,
		`{"ProfileItem":[{"Tag":"t","Value":{"a":[1.5,true,null]}}]}`,
		`{"UpdateItem":[{"SnsItem":[{"Value":["a",1]},{"Value":18446744073709551616}]}]}`,
		`{"Accounts":["a"],"AccountList":[{"Identifier":"b"}]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, r := range requests {
			fuzzOne(t, r, body)
		}
	})
}

func fuzzOne(t *testing.T, r wire.Request, body []byte) {
	family := r.Command().Family
	first := reflect.New(reflect.TypeOf(r)).Interface()
	if err := wire.Decode(family, body, first); err != nil {
		e, ok := errors.AsType[*wire.Error](err)
		if !ok || !slices.Contains(refusalCodes, e.Code) || len(e.Error()) > 400 {
			t.Fatalf("Decode(%T, %q) = %v, want a short, documented refusal", r, body, err)
		}
		return
	}
	written, err := wire.Append(nil, first)
	if err != nil {
		t.Fatalf("Append(%+v): %v", first, err)
	}
	second := reflect.New(reflect.TypeOf(r)).Interface()
	if err := wire.Decode(family, written, second); err != nil {
		t.Fatalf("Decode(%T, %q) after %q: %v", r, written, body, err)
	}
	if diff := cmp.Diff(first, second, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%q is written as %q (-first +second):\n%s", body, written, diff)
	}
}
