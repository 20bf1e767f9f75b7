package wire_test

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kith/wire"
)

// TestRoundTrip fills every request and reply type at random, writes it and
// reads it back: the same must come out, and be written the same.
func TestRoundTrip(t *testing.T) {
	for _, r := range requests {
		typ := reflect.TypeOf(r)
		t.Run(typ.Name(), rapid.MakeCheck(func(t *rapid.T) {
			family := r.Command().Family
			roundTrip(t, typ, func(body []byte, into any) error {
				return wire.Decode(family, body, into)
			})
		}))
	}
	for _, r := range replies {
		typ := reflect.TypeOf(r)
		t.Run(typ.Name(), rapid.MakeCheck(func(t *rapid.T) {
			roundTrip(t, typ, wire.DecodeReply)
		}))
	}
}

func roundTrip(t *rapid.T, typ reflect.Type, decode func([]byte, any) error) {
	sent := reflect.New(typ)
	fill(t, sent.Elem(), typ.Name())
	agree(sent.Interface())
	body, err := wire.Append(nil, sent.Interface())
	if err != nil {
		t.Fatalf("Append(%+v): %v", sent, err)
	}
	got := reflect.New(typ)
	if err := decode(body, got.Interface()); err != nil {
		t.Fatalf("decode %s: %v", body, err)
	}
	if diff := cmp.Diff(sent.Interface(), got.Interface(), cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("after %s (-sent +got):\n%s", body, diff)
	}
	again, err := wire.Append(nil, got.Interface())
	if err != nil || string(again) != string(body) {
		t.Fatalf("written again as %s, %v, first as %s", again, err, body)
	}
}

// fill sets everything below v to something that may be sent.
func fill(t *rapid.T, v reflect.Value, label string) {
	switch p := v.Addr().Interface().(type) {
	case *wire.Int:
		if rapid.Bool().Draw(t, label+" given") {
			*p = wire.IntOf(rapid.Int64().Draw(t, label))
		}
		return
	case *wire.Value:
		*p = values.Draw(t, label)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if name == "Identifier" {
				continue // Decode moves it to UserID.
			}
			fill(t, v.Field(i), name)
		}
	case reflect.Slice:
		n := rapid.IntRange(-1, 3).Draw(t, label+" length")
		if n < 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i), label)
		}
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.Just(""), rapid.String()).Draw(t, label))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, label))
	default:
		t.Fatalf("%s: do not know how to fill a %s", label, v.Type())
	}
}

var values = rapid.OneOf(
	rapid.Just(wire.Value{}),
	rapid.Map(rapid.String(), wire.StringValue),
	rapid.Map(rapid.Int64(), wire.IntValue),
	rapid.Map(rapid.Uint64(), wire.UintValue),
	rapid.Map(rapid.SliceOf(rapid.String()), wire.StringsValue),
)

// agree gives both names of one thing the same value.
func agree(v any) {
	online := func(all []wire.OnlineStatus) {
		for i := range all {
			all[i].State = all[i].Status
		}
	}
	switch v := v.(type) {
	case *wire.BlackListGetReply:
		v.CurrentSequence = v.CurruentSequence
	case *wire.QueryOnlineStatusReply:
		online(v.QueryResult)
	case *wire.QueryStateReply:
		online(v.QueryResult)
	}
}
