package embedded

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"golang.org/x/sys/unix"
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
	if least := o.memTableSize(); info.Size() < least {
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

// TestZerosAheadOfLog: behind what was written the log has blocks that are in use
// already, so that the next syncs need not tell the file system of new ones. They
// are zeros, and end where its room ends.
func TestZerosAheadOfLog(t *testing.T) {
	const room = 3 * mostAhead
	name := filepath.Join(t.TempDir(), "log")
	f, err := walFS{vfs.Default}.Create(name, walCategory)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Preallocate(0, room); err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, step := range []struct{ size, used int }{
		{1000, 1000 + leastAhead},
		{leastAhead, 1000 + leastAhead}, // which it fits
		{1000, 2 * (2000 + leastAhead)}, // as many again
		{mostAhead, 2000 + leastAhead + 2*mostAhead},
		{mostAhead, 2000 + leastAhead + 2*mostAhead},
		{1000, room},
		{mostAhead, 3000 + leastAhead + 3*mostAhead}, // more than there was room for
	} {
		if _, err := f.Write(bytes.Repeat([]byte{'x'}, step.size)); err != nil {
			t.Fatal(err)
		}
		if err := f.SyncData(); err != nil {
			t.Fatal(err)
		}
		written += step.size
		const block = 4096
		if used := usedFromStart(t, name); used < int64(step.used) || used >= int64(step.used+block) {
			t.Errorf("after %d bytes %d are in use, want %d", written, used, step.used)
		}
	}
	have, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have[:written], bytes.Repeat([]byte{'x'}, written)) || len(bytes.Trim(have[written:], "\x00")) > 0 {
		t.Errorf("the log is not %d bytes that were written and zeros", written)
	}
}

// usedFromStart is how many bytes at the start of a file stand in blocks that
// were written.
func usedFromStart(t *testing.T, name string) int64 {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	hole, err := unix.Seek(int(f.Fd()), 0, unix.SEEK_HOLE)
	if err != nil {
		t.Fatal(err)
	}
	return hole
}

func newestLog(t *testing.T, dir string) string {
	t.Helper()
	logs, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil || len(logs) == 0 {
		t.Fatalf("no log in %s (%v)", dir, err)
	}
	return logs[len(logs)-1]
}
