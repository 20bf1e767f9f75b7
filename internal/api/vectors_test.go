package api_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A vector is one sample of wire/testdata: its heading, such as "request
// FriendAdd 3.1 basic", and its JSON.
type vector struct{ heading, body string }

// vectors reads all samples, by the command their file is named for.
func vectors(t testing.TB) map[string][]vector {
	t.Helper()
	files, err := filepath.Glob("../../wire/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	all := map[string][]vector{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range archive.Files {
			all[name] = append(all[name], vector{f.Name, string(f.Data)})
		}
	}
	return all
}
