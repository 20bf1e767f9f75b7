package layers_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// anything stands for every package of the module.
const anything = "*"

// mayImport is the plan of the house: the packages of the module, and which of
// the others each may import. Tests may import what they like.
var mayImport = map[string][]string{
	"wire":    {},
	"usersig": {},
	"client":  {"wire", "usersig"},

	"internal/chain":           {},
	"internal/store":           {"internal/chain"},
	"internal/store/embedded":  {"internal/chain", "internal/store"},
	"internal/store/postgres":  {"internal/chain", "internal/store"},
	"internal/store/storetest": {"internal/chain", "internal/store"},

	"internal/apps":     {"internal/chain", "internal/store"},
	"internal/metrics":  {"internal/chain", "internal/store"},
	"internal/admin":    {"internal/chain", "internal/store", "internal/apps", "internal/presence", "internal/metrics", "internal/openapi", "internal/webhook"},
	"internal/http1":    {},
	"internal/api":      {"wire", "usersig", "internal/http1", "internal/chain", "internal/store", "internal/apps", "internal/presence", "internal/tag"},
	"internal/transfer": {"internal/chain", "internal/store"},
	"internal/janitor":  {"internal/chain", "internal/store", "internal/apps"},
	"internal/presence": {"internal/chain"},
	"internal/tag":      {"wire", "internal/chain"},
	"internal/openapi":  {"wire"},
	"internal/webhook":  {"wire", "internal/chain", "internal/store", "internal/apps", "internal/tag"},
	"internal/load":     {"wire", "usersig"},

	"cmd/kith": {anything},

	// Of tests alone.
	"internal/store/postgres/pgtest": {},

	"internal/layers":   {},
	"internal/stories":  {},
	"internal/endtoend": {},
}

// onlyIn names the packages that use a library, where no other should come to
// depend on it.
var onlyIn = map[string][]string{
	"github.com/alecthomas/kong":               {"cmd/kith"},
	"github.com/BurntSushi/toml":               {"cmd/kith"},
	"github.com/cockroachdb/pebble/v2":         {"internal/store/embedded"},
	"github.com/prometheus/client_golang":      {"internal/metrics"},
	"github.com/go-json-experiment/json":       {"wire", "usersig", "client", "internal/api"},
	"github.com/jackc/pgx/v5":                  {"internal/store/postgres", "internal/store/postgres/pgtest"},
	"github.com/pressly/goose/v3":              {"internal/store/postgres"},
	"google.golang.org/protobuf":               {"internal/store/embedded"},
	"pgregory.net/rapid":                       {"internal/store/storetest"},
	"github.com/google/go-cmp":                 {"internal/store/storetest"},
	"github.com/rogpeppe/go-internal":          {},
	"golang.org/x/tools":                       {},
	"github.com/santhosh-tekuri/jsonschema/v6": {},
	"github.com/anishathalye/porcupine":        {},
	"github.com/maypok86/otter/v2":             {"internal/api", "internal/presence", "internal/store/embedded"},
	"github.com/HdrHistogram/hdrhistogram-go":  {"internal/load"},
}

// pure are the standard packages without input, output, clock or chance. Of
// time the rules use the types alone (TestRulesReadNoClock).
var pure = []string{
	"bytes", "cmp", "errors", "fmt", "iter", "maps", "math", "math/bits", "slices", "sort", "strconv", "strings",
	"time", "unicode", "unicode/utf8",
}

// drawers are names that say of a package only that something was put there.
var drawers = []string{
	"util", "utils", "common", "helper", "helpers", "types", "model", "models", "shared", "manager", "service", "impl",
	"base", "misc", "core", "lib",
}

// A listed is a package as "go list" describes it, without its tests.
type listed struct {
	ImportPath string
	Name       string
	Imports    []string
}

// load returns the packages of the module by their path inside it.
func load(t *testing.T) map[string]listed {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Name,Imports", "./...")
	list.Dir = root
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("%v: %v", list, err)
	}
	found := map[string]listed{}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		path, _ := inModule(p.ImportPath)
		found[path] = p
	}
	if len(found) == 0 {
		t.Fatal("no packages found")
	}
	return found
}

// inModule cuts the name of the module from an import path.
func inModule(importPath string) (path string, ok bool) {
	return strings.CutPrefix(importPath, "kith/")
}

func TestImports(t *testing.T) {
	for path, p := range load(t) {
		allowed, known := mayImport[path]
		if !known {
			t.Errorf("%s is not in mayImport: state there what it may import, and in docs/architecture.md what it is for", path)
			continue
		}
		for _, imported := range p.Imports {
			other, ours := inModule(imported)
			if ours && !slices.Contains(allowed, other) && !slices.Contains(allowed, anything) {
				t.Errorf("%s imports %s; it may import %q", path, other, allowed)
			}
		}
	}
}

func TestLibrariesStayWhereTheyAre(t *testing.T) {
	for path, p := range load(t) {
		for _, imported := range p.Imports {
			for library, users := range onlyIn {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(users, path) {
					t.Errorf("%s imports %s; only %q may", path, imported, users)
				}
			}
		}
	}
}

func TestRulesArePure(t *testing.T) {
	rules, ok := load(t)["internal/chain"]
	if !ok {
		t.Fatal("internal/chain is gone")
	}
	for _, imported := range rules.Imports {
		if !slices.Contains(pure, imported) {
			t.Errorf("internal/chain imports %s; the rules may import %q", imported, pure)
		}
	}
}

// TestRulesReadNoClock finds uses of what time has besides types: a rule is
// given the time.
func TestRulesReadNoClock(t *testing.T) {
	clocks := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}
	files, err := filepath.Glob(filepath.Join(root, "internal/chain/*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("files of internal/chain: %d found, error %v", len(files), err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		local := localName(file, "time")
		ast.Inspect(file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains(clocks, selector.Sel.Name) {
				return true
			}
			if from, ok := selector.X.(*ast.Ident); ok && local != "" && from.Name == local {
				t.Errorf("%s: time.%s; the rules are given the time", set.Position(selector.Pos()), selector.Sel.Name)
			}
			return true
		})
	}
}

// localName is what a file calls a package that it imports.
func localName(file *ast.File, importPath string) string {
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil && path == importPath {
			if spec.Name != nil {
				return spec.Name.Name
			}
			return filepath.Base(path)
		}
	}
	return ""
}

func TestPackageNames(t *testing.T) {
	for path, p := range load(t) {
		for _, name := range append(strings.Split(path, "/"), p.Name) {
			if slices.Contains(drawers, name) {
				t.Errorf("%s: %q says nothing of what is in it; name it after what it is about", path, name)
			}
		}
	}
}

// TestFilesCanBeReadInOneGo keeps files short enough to be about one thing.
func TestFilesCanBeReadInOneGo(t *testing.T) {
	const most = 600
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if lines := bytes.Count(text, []byte("\n")); lines > most {
			t.Errorf("%s has %d lines; at most %d can be taken in", path, lines, most)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
