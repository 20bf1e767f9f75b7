package wire

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// quickRequests are all that have a quick reader.
var quickRequests = []Request{FriendAdd{}, FriendImport{}, FriendCheck{}, FriendGet{}, PortraitGet{}}

// plainBodies are bodies that a quick reader reads, and some on the edge of
// what it may.
var plainBodies = []string{
	`{"From_Account":"id","AddFriendItem":[{"To_Account":"id1","Remark":"r","GroupName":"g","AddSource":"s","AddWording":"w"},{"To_Account":"x"}],"AddType":"t","ForceAddFlags":1}`,
	`{"From_Account":"id","AddFriendItem":[{"To_Account":"id1","RemarkTime":12,"AddTime":999999999999999999}]}`,
	" {\n\t\"From_Account\" : \"a\" ,\r \"To_Account\":[ \"b\" , \"c\"],\"CheckType\":\"CheckResult_Type_Singal\" } ",
	`{"From_Account":"a","StartIndex":0,"StandardSequence":10,"CustomSequence":7}`,
	`{"To_Account":["a"],"TagList":["Tag_Profile_IM_Nick","x"]}`, `{}`,
	`{"From_Account":"a","StartIndex":01}`, `{"From_Account":"a","StartIndex":1e3}`, `{"From_Account":"a","StartIndex":-0}`,
	`{"From_Account":"a","StartIndex":9999999999999999999}`, `{"From_Account":"a","From_Account":"b"}`, `{"from_account":"a"}`,
	`{"From_Account":"a",}`, `{"From_Account":"a"}}`, `{"From_Account":"\u0061"}`, `{"From_Account":"é"}`, `{"To_Account":[]}`,
	`{"To_Account":["a",]}`, `{"To_Account":[null]}`, `{"From_Account":null}`, `{"StartIndex":1`, `{"From_Account":"a`, `{"To_Account":["a"`, "\xef\xbb\xbf{}",
}

// sameAsPlain reads a body in both ways, and wants a quick reader to read what
// the codec for everything does, or to give up.
func sameAsPlain(t *testing.T, r Request, body []byte) (read bool) {
	t.Helper()
	quick, plain := reflect.New(reflect.TypeOf(r)), reflect.New(reflect.TypeOf(r))
	if !readQuick(body, quick.Interface()) {
		return false
	}
	if err := decode(r.Command().Family, body, plain.Interface()); err != nil {
		t.Fatalf("%T: %q was read, though it should be refused: %v", r, body, err)
	}
	if diff := cmp.Diff(plain.Interface(), quick.Interface(), cmp.AllowUnexported(Value{})); diff != "" {
		t.Fatalf("%T: %q is read as something else (-plain +quick):\n%s", r, body, diff)
	}
	return true
}

func TestQuickReaders(t *testing.T) {
	var read []string
	for _, body := range plainBodies {
		for _, r := range quickRequests {
			if sameAsPlain(t, r, []byte(body)) {
				read = append(read, body)
			}
		}
	}
	for i, body := range plainBodies {
		if plain := i <= 5; plain != slices.Contains(read, body) {
			t.Errorf("read quickly: %v, want %v: %q", !plain, plain, body)
		}
	}
}

// TestQuickReadersLeaveNothing gives up in the middle, and wants the codec for
// everything to begin with an empty request.
func TestQuickReadersLeaveNothing(t *testing.T) {
	var r FriendCheck
	if err := Decode(SNS, []byte(`{"To_Account":["a","b"],"From_Account":"\u0061","CheckType":"x"}`), &r); err != nil {
		t.Fatal(err)
	}
	if want := (FriendCheck{FromAccount: "a", ToAccount: []Account{"a", "b"}, CheckType: "x"}); !reflect.DeepEqual(r, want) {
		t.Errorf("read %+v, want %+v", r, want)
	}
}

// FuzzQuick holds the quick readers to what the codec for everything reads.
func FuzzQuick(f *testing.F) {
	for _, body := range plainBodies {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, r := range quickRequests {
			sameAsPlain(t, r, body)
		}
	})
}

// TestQuickWriters writes random replies in both ways.
func TestQuickWriters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~]{0,12}`), rapid.SampledFrom([]string{"", "\"\\\x00", "\xff<&>", " ", "日本"}))
		account := rapid.Custom(func(t *rapid.T) Account { return Account(text.Draw(t, "account")) })
		value := rapid.Custom(func(t *rapid.T) Value {
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0:
				return StringValue(text.Draw(t, "text"))
			case 1:
				return IntValue(rapid.Int64().Draw(t, "n"))
			case 2:
				return StringsValue(rapid.SliceOfN(text, 0, 3).Draw(t, "texts"))
			case 3:
				return Value{kind: ValueOther, text: `{"a":[1.5,null]}`}
			}
			return Value{}
		})
		tags := rapid.OneOf(rapid.Just([]TagValue(nil)), rapid.SliceOfN(rapid.Custom(func(t *rapid.T) TagValue {
			return TagValue{Tag: text.Draw(t, "tag"), Value: value.Draw(t, "value")}
		}), 0, 3))
		code := rapid.IntRange(-1, 99999)
		head := Head{text.Draw(t, "status"), code.Draw(t, "code"), text.Draw(t, "info"), text.Draw(t, "display")}
		failed := rapid.SliceOfN(account, 0, 3).Draw(t, "failed")
		number := rapid.Int64().Draw(t, "number")
		for _, reply := range []any{
			head,
			ItemsReply{rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ResultItem {
				return ResultItem{account.Draw(t, "to"), code.Draw(t, "code"), text.Draw(t, "info")}
			}), 0, 3).Draw(t, "items"), failed, head},
			FriendCheckReply{rapid.SliceOfN(rapid.Custom(func(t *rapid.T) CheckItem {
				return CheckItem{account.Draw(t, "to"), text.Draw(t, "relation"), code.Draw(t, "code"), text.Draw(t, "info")}
			}), 0, 3).Draw(t, "items"), failed, head},
			FriendGetReply{rapid.SliceOfN(rapid.Custom(func(t *rapid.T) UserData {
				return UserData{account.Draw(t, "to"), tags.Draw(t, "values")}
			}), 0, 3).Draw(t, "items"), number, -number, int(number), 1, 0, head},
			PortraitGetReply{rapid.SliceOfN(rapid.Custom(func(t *rapid.T) UserProfile {
				return UserProfile{account.Draw(t, "to"), tags.Draw(t, "values"), code.Draw(t, "code"), text.Draw(t, "info")}
			}), 0, 3).Draw(t, "items"), failed, head},
		} {
			plain, err := appendAny([]byte("before"), reply)
			if err != nil {
				t.Fatal(err)
			}
			quick, err := Append([]byte("before"), reply)
			if err != nil || !bytes.Equal(plain, quick) {
				t.Fatalf("%#v is written as\n%s, not as\n%s (%v)", reply, quick, plain, err)
			}
		}
	})
}
