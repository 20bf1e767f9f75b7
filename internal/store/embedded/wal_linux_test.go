package embedded

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cockroachdb/pebble/v2"
)

// TestLogHasItsLength: while a store is open its log is as long as a table of
// changes in memory, and a copy of the directory, as a kill would leave it, has
// all that was synced and nothing made of the zeros behind it.
func TestLogHasItsLength(t *testing.T) {
	dir, killed := t.TempDir(), filepath.Join(t.TempDir(), "killed")
	o := Options{CacheSize: smallestCache}
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, key := range []string{"a", "b", "c"} {
		if err := s.db.Set([]byte(key), []byte(key), pebble.Sync); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(newestLog(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if least := int64(o.memTableSize()); info.Size() < least {
		t.Errorf("the log has %d bytes, want at least %d", info.Size(), least)
	}
	if err := os.CopyFS(killed, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	after, err := Open(killed, o)
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	for _, key := range []string{"a", "b", "c"} {
		found, err := get(after.db, []byte(key), func(got []byte) error {
			if string(got) != key {
				t.Errorf("after the kill %s is %q", key, got)
			}
			return nil
		})
		if err != nil || !found {
			t.Errorf("after the kill %s is not there (%v)", key, err)
		}
	}
}

func newestLog(t *testing.T, dir string) string {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no log in %s (%v)", dir, err)
	}
	return logs[len(logs)-1]
}
