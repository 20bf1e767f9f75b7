package embedded

import (
	"encoding/binary"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// TestOpeningCompactsNothing opens a store that a process left with a log to be
// flushed and with more layers of tables than it likes. Nothing is compacted before
// it is open, and then it is.
func TestOpeningCompactsNothing(t *testing.T) {
	fs := vfs.NewMem()
	leaveLayers(t, fs)
	cache := pebble.NewCache(smallestCache)
	defer cache.Unref()
	var flushed, early atomic.Bool
	var compactions atomic.Int64
	o := optionsOn(fs, cache)
	o.EventListener = &pebble.EventListener{
		FlushEnd: func(pebble.FlushInfo) { flushed.Store(true) },
		CompactionBegin: func(pebble.CompactionInfo) {
			c, ours := o.Experimental.CompactionScheduler.(*compactor)
			if !ours || !c.open.Load() {
				early.Store(true)
			}
			compactions.Add(1)
		},
	}
	db, err := openEngine("data", o)
	if err != nil {
		t.Fatal(err)
	}
	if !flushed.Load() {
		t.Error("the log was not flushed when the store was opened: the test shows nothing")
	}
	for end := time.Now().Add(20 * time.Second); compactions.Load() == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if compactions.Load() == 0 {
		t.Error("the store is open and compacts nothing")
	}
	if early.Load() {
		t.Error("a compaction began before the store was open")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func optionsOn(fs vfs.FS, cache *pebble.Cache) *pebble.Options {
	return (&Options{FS: fs, CacheSize: smallestCache}).engine(cache)
}

// leaveLayers writes the same keys into more layers than are left alone, and into
// the log.
func leaveLayers(t *testing.T, fs vfs.FS) {
	t.Helper()
	cache := pebble.NewCache(smallestCache)
	defer cache.Unref()
	o := optionsOn(fs, cache)
	o.DisableAutomaticCompactions = true
	db, err := openEngine("data", o)
	if err != nil {
		t.Fatal(err)
	}
	write := func(bytes int) {
		batch, row := db.NewBatch(), make([]byte, 100)
		for i := range bytes / len(row) {
			if err := batch.Set(binary.BigEndian.AppendUint32(nil, uint32(i)), row, nil); err != nil {
				t.Fatal(err)
			}
		}
		if err := batch.Commit(pebble.Sync); err != nil {
			t.Fatal(err)
		}
	}
	for range layersToMerge {
		write(1 << 10)
		if err := db.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	for range 8 { // most of a table in memory each
		write(int(o.MemTableSize) / 4 * 3)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
