package embedded_test

import (
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// TestConformance runs the suite on a file system in memory, for speed; what
// a real one does is for the tests of faults.
func TestConformance(t *testing.T) {
	files := map[store.Store]vfs.FS{}
	open := func(t storetest.TB, fs vfs.FS) store.Store {
		t.Helper()
		s, err := embedded.Open("data", embedded.Options{FS: fs, CacheSize: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
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
