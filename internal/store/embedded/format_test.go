package embedded

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

func openMem(t *testing.T, fs vfs.FS) (*Store, error) {
	t.Helper()
	return Open("data", Options{FS: fs, CacheSize: 1})
}

func setFormat(t *testing.T, s *Store, format uint32) {
	t.Helper()
	if err := s.db.Set(formatKey, binary.BigEndian.AppendUint32(nil, format), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNewerFormatIsRefused(t *testing.T) {
	fs := vfs.NewMem()
	s, err := openMem(t, fs)
	if err != nil {
		t.Fatal(err)
	}
	setFormat(t, s, newestFormat()+1)
	_, err = openMem(t, fs)
	if !errors.Is(err, ErrNewerFormat) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
	// The refusal must not keep the directory.
	if _, err = openMem(t, fs); !errors.Is(err, ErrNewerFormat) {
		t.Errorf("the second time got %v", err)
	}
}

// TestUpgrade opens a store of an older format with two upgrades to make. The
// first attempt fails in the second step; the next one goes on from there.
func TestUpgrade(t *testing.T) {
	fs := vfs.NewMem()
	s, err := openMem(t, fs)
	if err != nil {
		t.Fatal(err)
	}
	oldest := newestFormat()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	saved := upgrades
	defer func() { upgrades = saved }()
	var calls []string
	var fails error = errors.New("disk")
	mark := func(name string, err *error) func(*pebble.DB, *pebble.Batch) error {
		return func(_ *pebble.DB, b *pebble.Batch) error {
			calls = append(calls, name)
			if err != nil && *err != nil {
				return *err
			}
			return b.Set([]byte("\x00\x00\x00\x00z"+name), nil, nil)
		}
	}
	upgrades = append(append(upgrades[:0:0], saved...), mark("one", nil), mark("two", &fails))
	if _, err := openMem(t, fs); !errors.Is(err, fails) {
		t.Fatalf("got %v, want the upgrade's error", err)
	}
	fails = nil
	if s, err = openMem(t, fs); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := strings.Join(calls, " "); got != "one two two" {
		t.Errorf("upgrades made: %s", got)
	}
	if format, err := readFormat(s.db); format != oldest+2 || err != nil {
		t.Errorf("format %d after two upgrades of %d (%v)", format, oldest, err)
	}
	for _, name := range []string{"one", "two"} {
		if found, err := get(s.db, []byte("\x00\x00\x00\x00z"+name), func([]byte) error { return nil }); !found || err != nil {
			t.Errorf("what upgrade %s wrote is not there (%v)", name, err)
		}
	}
}
