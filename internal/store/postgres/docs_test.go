package postgres_test

import (
	"os"
	"regexp"
	"testing"
)

var sqlBlock = regexp.MustCompile("(?s)```sql\n(.*?)```")

// TestDocumentedQueries runs the example queries of the documentation.
func TestDocumentedQueries(t *testing.T) {
	text, err := os.ReadFile("../../../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	migrated(t, dsn)
	blocks := sqlBlock.FindAllSubmatch(text, -1)
	if len(blocks) < 10 {
		t.Errorf("only %d examples are found", len(blocks))
	}
	for _, b := range blocks {
		exec(t, dsn, string(b[1]))
	}
}
