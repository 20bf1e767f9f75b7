package embedded_test

import (
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// An audited store is looked through when it is closed: what its cache holds
// must be what its engine has, and edges must lead to where their rows stand.
type audited struct {
	*embedded.Store
	t storetest.TB
}

func (s *audited) Close() error {
	s.t.Helper()
	if found, _ := s.AuditCache(); len(found) > 0 {
		s.t.Fatalf("the cache is not what is stored: %q", found)
	}
	if diff, err := s.AuditEdges(); err != nil || diff != "" {
		s.t.Fatalf("edges lead elsewhere (-stands +leads): %v\n%s", err, diff)
	}
	return s.Store.Close()
}

// TestConformance runs the suite on a file system in memory, for speed; what
// a real one does is for the tests of faults.
func TestConformance(t *testing.T) {
	files := map[store.Store]vfs.FS{}
	open := func(t storetest.TB, fs vfs.FS) store.Store {
		t.Helper()
		opened, err := embedded.Open("data", embedded.Options{FS: fs, CacheSize: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		s := &audited{opened, t}
		files[s] = fs
		return s
	}
	storetest.Run(t, storetest.Rig{
		New: func(t storetest.TB) store.Store { return open(t, vfs.NewMem()) },
		Reopen: func(t storetest.TB, s store.Store) store.Store {
			t.Helper()
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, files[s])
		},
	})
}
