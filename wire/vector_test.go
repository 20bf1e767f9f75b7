package wire_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kith/wire"
)

// requests has the zero value of every request type.
var requests = []wire.Request{
	wire.AccountImport{}, wire.MultiAccountImport{}, wire.AccountDelete{},
	wire.AccountCheck{}, wire.Kick{}, wire.PortraitSet{}, wire.PortraitGet{},
	wire.QueryOnlineStatus{}, wire.FriendAdd{}, wire.FriendImport{},
	wire.FriendUpdate{}, wire.FriendDelete{}, wire.FriendDeleteAll{},
	wire.FriendCheck{}, wire.FriendGet{}, wire.FriendGetList{},
	wire.GroupAdd{}, wire.GroupDelete{}, wire.GroupGet{}, wire.GroupUpdate{},
	wire.BlackListAdd{}, wire.BlackListDelete{}, wire.BlackListGet{},
	wire.BlackListCheck{}, wire.FriendResponse{}, wire.PendencyGet{},
	wire.PendencyDelete{}, wire.PendencyReport{},
}

// replies has the zero value of every reply type.
var replies = []wire.Reply{
	wire.Head{}, wire.AccountHead{}, wire.BatchHead{}, wire.ItemsReply{},
	wire.MultiAccountImportReply{}, wire.AccountDeleteReply{},
	wire.AccountCheckReply{}, wire.QueryOnlineStatusReply{},
	wire.QueryStateReply{}, wire.PortraitGetReply{}, wire.FriendCheckReply{},
	wire.FriendGetReply{}, wire.FriendGetListReply{}, wire.GroupAddReply{},
	wire.GroupDeleteReply{}, wire.GroupGetReply{}, wire.GroupUpdateReply{},
	wire.BlackListGetReply{}, wire.BlackListCheckReply{},
	wire.PendencyGetReply{},
}

// named is a new zero value of the type with this name, as a pointer.
func named(t *testing.T, name string) any {
	t.Helper()
	for _, r := range requests {
		if typ := reflect.TypeOf(r); typ.Name() == name {
			return reflect.New(typ).Interface()
		}
	}
	for _, r := range replies {
		if typ := reflect.TypeOf(r); typ.Name() == name {
			return reflect.New(typ).Interface()
		}
	}
	t.Fatalf("no type is named %q", name)
	return nil
}

// A vector is one sample of testdata. Its heading is a kind, a type and words
// for the reader:
//
//	request FriendAdd 3.1 basic    a request; encodes to the same JSON
//	reply ItemsReply 3.2 success   a reply; encodes to the same bytes
//	encodes both spellings         the reply above encodes to this instead
//	instead ErrorInfo is empty     what Kith answers in place of the reply above
//	broken FriendAdd 60003 why     not JSON; refused with this code
type vector struct {
	kind, typ string
	heading   string
	body      []byte
	encodes   []byte
}

func readVectors(t testing.TB, file string) []vector {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []vector
	for _, f := range archive.Files {
		kind, rest, _ := strings.Cut(f.Name, " ")
		v := vector{kind: kind, heading: f.Name, body: f.Data}
		switch kind {
		case "request", "reply", "broken":
			v.typ, _, _ = strings.Cut(rest, " ")
		case "encodes":
			all[len(all)-1].encodes = f.Data
			continue
		case "instead":
			v.kind, v.typ = "reply", all[len(all)-1].typ
		default:
			t.Fatalf("%s: unknown kind of vector in %q", file, f.Name)
		}
		all = append(all, v)
	}
	return all
}

func vectorFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors in testdata: %v", err)
	}
	return files
}

func TestVectors(t *testing.T) {
	for _, file := range vectorFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			for _, v := range readVectors(t, file) {
				t.Run(v.heading, func(t *testing.T) {
					switch v.kind {
					case "request":
						checkRequest(t, v)
					case "reply":
						checkReply(t, v)
					case "broken":
						checkBroken(t, v)
					}
				})
			}
		})
	}
}

func checkRequest(t *testing.T, v vector) {
	into := named(t, v.typ)
	family := into.(wire.Request).Command().Family
	if err := wire.Decode(family, v.body, into); err != nil {
		t.Fatalf("Decode of %s: %v", v.body, err)
	}
	if got, want := sorted(t, encode(t, into)), sorted(t, v.body); got != want {
		t.Errorf("encodes to other JSON (-want +got):\n%s", cmp.Diff(want, got))
	}
}

func checkReply(t *testing.T, v vector) {
	into := named(t, v.typ)
	if err := wire.DecodeReply(v.body, into); err != nil {
		t.Fatalf("DecodeReply of %s: %v", v.body, err)
	}
	want := v.body
	if v.encodes != nil {
		want = v.encodes
	}
	if got, want := string(encode(t, into)), compact(t, want); got != want {
		t.Errorf("encodes to\n%s, want\n%s", got, want)
	}
	refused := strings.Contains(string(v.body), `"FAIL"`)
	if err := into.(wire.Reply).Err(); (err != nil) != refused {
		t.Errorf("Err() = %v, want an error: %v", err, refused)
	}
}

func checkBroken(t *testing.T, v vector) {
	into := named(t, v.typ)
	code, err := strconv.Atoi(strings.Fields(v.heading)[2])
	if err != nil {
		t.Fatalf("no code in %q", v.heading)
	}
	family := into.(wire.Request).Command().Family
	err = wire.Decode(family, v.body, into)
	refusal, ok := errors.AsType[*wire.Error](err)
	if !ok || refusal.Code != code {
		t.Fatalf("Decode of %s = %v, want code %d", v.body, err, code)
	}
	if text := refusal.Info + refusal.Display; !strings.Contains(text, "not JSON") {
		t.Errorf("the refusal %q does not say that the body is not JSON", text)
	}
}

// TestEveryTypeHasAVector keeps a new call from coming without its samples.
func TestEveryTypeHasAVector(t *testing.T) {
	seen := map[string]bool{"BatchHead": true} // only ever a part of a reply
	for _, file := range vectorFiles(t) {
		for _, v := range readVectors(t, file) {
			if v.kind != "broken" {
				seen[v.typ] = true
			}
		}
	}
	for _, r := range requests {
		name := reflect.TypeOf(r).Name()
		if !seen[name] {
			t.Errorf("no sample of %s in testdata", name)
		}
		file := "testdata/" + r.Command().Name + ".txtar"
		if !strings.Contains(strings.Join(vectorFiles(t), "\n"), file) {
			t.Errorf("no file %s", file)
		}
	}
	for _, r := range replies {
		if name := reflect.TypeOf(r).Name(); !seen[name] {
			t.Errorf("no sample of %s in testdata", name)
		}
	}
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	out, err := wire.Append(nil, v)
	if err != nil {
		t.Fatalf("Append: %v", err)
	}
	return out
}

func compact(t testing.TB, body []byte) string {
	t.Helper()
	v := jsontext.Value(body).Clone()
	if err := v.Compact(); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	return string(v)
}

// sorted spells JSON so that two texts of the same meaning are the same.
func sorted(t testing.TB, body []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	out, err := json.Marshal(v, json.Deterministic(true), jsontext.Multiline(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
