package openapi_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"kith/internal/api"
	"kith/internal/openapi"
)

var update = flag.Bool("update", false, "write docs/openapi.json anew")

const checkedIn = "../../docs/openapi.json"

func newDocument(t testing.TB) []byte {
	t.Helper()
	text, err := openapi.Document()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestCheckedInDocumentIsUpToDate(t *testing.T) {
	text := newDocument(t)
	if again := newDocument(t); !bytes.Equal(text, again) {
		t.Errorf("the document differs from one time to the next:\n%s", cmp.Diff(string(text), string(again)))
	}
	if *update {
		if err := os.WriteFile(checkedIn, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(checkedIn)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(old), string(text)); diff != "" {
		t.Errorf("docs/openapi.json is out of date, write it with: go test ./internal/openapi -update\n%s", diff)
	}
}

// TestEveryCommandIsDescribed, and no other.
func TestEveryCommandIsDescribed(t *testing.T) {
	var described []string
	for _, c := range openapi.Commands {
		described = append(described, c.Name.Family.Service()+"/"+c.Name.Name)
		if c.Summary == "" {
			t.Errorf("%s has no summary", c.Name.Path())
		}
	}
	slices.Sort(described)
	served := slices.Sorted(slices.Values(api.Commands()))
	if diff := cmp.Diff(served, described); diff != "" {
		t.Errorf("served (-) and described (+) commands differ:\n%s", diff)
	}
}

// A judge says whether JSON is as the document says.
type judge struct {
	compiler *jsonschema.Compiler
}

const address = "https://kith.invalid/openapi.json"

func newJudge(t *testing.T) *judge {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(newDocument(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(address, document); err != nil {
		t.Fatal(err)
	}
	return &judge{c}
}

// check judges a body by the schema at a JSON pointer into the document.
func (j *judge) check(t *testing.T, pointer, body string) error {
	t.Helper()
	s, err := j.compiler.Compile(address + "#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return s.Validate(v)
}

func (j *judge) want(t *testing.T, pointer, body string) {
	t.Helper()
	if err := j.check(t, pointer, body); err != nil {
		t.Errorf("%s\nis not as %s says: %v", body, pointer, err)
	}
}

func typePointer(name string) string { return "/components/schemas/" + name }

func requestPointer(path string) string {
	return "/paths/" + strings.ReplaceAll("/"+path, "/", "~1") + "/post/requestBody/content/application~1json/schema"
}

func replyPointer(path string) string {
	return "/paths/" + strings.ReplaceAll("/"+path, "/", "~1") + "/post/responses/200/content/application~1json/schema"
}

// paths finds a command's path by its name.
func paths() map[string]string {
	all := map[string]string{}
	for _, c := range openapi.Commands {
		all[c.Name.Name] = c.Name.Path()
	}
	return all
}

// TestVectorsAreAsDescribed holds every sample of wire/testdata, whose format
// wire/vector_test.go tells, against the schema of its type and against that of
// its command. Where Kith writes more than a sample of the hosted service, under
// a heading "encodes", that is what is described.
func TestVectorsAreAsDescribed(t *testing.T) {
	files, err := filepath.Glob("../../wire/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	j, path := newJudge(t), paths()
	seen := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		command := strings.TrimSuffix(filepath.Base(file), ".txtar")
		typ := ""
		for i, f := range archive.Files {
			words := strings.Fields(f.Name)
			switch words[0] {
			case "broken": // no JSON at all
				continue
			case "request", "reply":
				typ = words[1]
			}
			if i+1 < len(archive.Files) && strings.HasPrefix(archive.Files[i+1].Name, "encodes ") {
				continue
			}
			seen++
			t.Run(command+"/"+f.Name, func(t *testing.T) {
				body := string(f.Data)
				switch {
				case words[0] == "request":
					j.want(t, typePointer(typ), body)
					j.want(t, requestPointer(path[command]), body)
				case path[command] == "": // of a whole family
					j.wantType(t, typ, body)
				case typ == "QueryStateReply":
					j.want(t, replyPointer(path["querystate"]), body)
					j.wantType(t, typ, body)
				default:
					j.want(t, replyPointer(path[command]), body)
					j.wantType(t, typ, body)
				}
			})
		}
	}
	if seen < 50 {
		t.Errorf("%d vectors, want more", seen)
	}
}

// wantType judges a reply by its type, and by that of a refusal if it is one.
func (j *judge) wantType(t *testing.T, typ, body string) {
	t.Helper()
	j.want(t, typePointer(typ), body)
	if strings.Contains(body, `"FAIL"`) {
		j.want(t, typePointer("Refusal"), body)
	}
}

// TestWhatIsNotAsDescribed: the document says enough to find a wrong body.
func TestWhatIsNotAsDescribed(t *testing.T) {
	j, path := newJudge(t), paths()
	for _, test := range []struct{ command, body string }{
		{"friend_add", `[]`},
		{"friend_add", `{"AddFriendItem":[{"To_Account":"b"}]}`},
		{"friend_add", `{"From_Account":"a","AddFriendItem":[{"Remark":"b"}]}`},
		{"friend_add", `{"From_Account":1,"AddFriendItem":[]}`},
		{"friend_add", `{"From_Account":"a","AddFriendItem":[],"AddType":"Add_Type_None"}`},
		{"friend_add", `{"From_Account":"a","AddFriendItem":[],"ForceAddFlags":"1"}`},
		{"friend_add", `{"From_Account":"a","AddFriendItem":[],"ForceAddFlags":1.5}`},
		{"friend_get", `{"From_Account":"a"}`},
		{"black_list_get", `{"From_Account":"a","StartIndex":0}`},
		{"portrait_set", `{"From_Account":"a","ProfileItem":[{"Tag":"t","Value":true}]}`},
		{"portrait_set", `{"From_Account":"a","ProfileItem":[{"Tag":"t","Value":[1]}]}`},
		{"pendency_delete", `{"From_Account":"a","PendencyType":"Pendency_Type_Both","To_Account":[]}`},
		{"account_import", `{"Nick":"a"}`},
	} {
		if j.check(t, requestPointer(path[test.command]), test.body) == nil {
			t.Errorf("%s is a request of %s, by the document", test.body, test.command)
		}
	}
	for _, test := range []struct{ command, body string }{
		{"friend_add", `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}`},
		{"friend_delete_all", `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`},
		{"kick", `{"ActionStatus":"FAIL","ErrorCode":"60003","ErrorInfo":""}`},
	} {
		if j.check(t, replyPointer(path[test.command]), test.body) == nil {
			t.Errorf("%s is a reply of %s, by the document", test.body, test.command)
		}
	}
	// The old name of an account will do.
	j.want(t, requestPointer(path["account_import"]), `{"Identifier":"a"}`)
}
