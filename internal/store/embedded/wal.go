package embedded

import "github.com/cockroachdb/pebble/v2/vfs"

// walCategory is how the engine names the log when it makes one.
const walCategory vfs.DiskWriteCategory = "pebble-wal"

// A walFS is a file system on which a log has from the start the length that it
// is expected to reach, and zeros on disk some way ahead of what is written. A
// sync that need not write down as well that the log is longer, or that some of
// its blocks are used now, spares the disk a write of its own. The engine reads a
// log up to what is no record of it, be it zeros or, in a log that it used again,
// older records.
type walFS struct{ vfs.FS }

// Create implements [vfs.FS].
func (fs walFS) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	f, err := fs.FS.Create(name, category)
	if err != nil || category != walCategory {
		return f, err
	}
	return &walFile{File: f}, nil
}

// A walFile is a log that is written for the first time.
type walFile struct {
	vfs.File
	written int64 // by the engine
	zeroed  int64 // up to where zeros are, or the engine has written
	length  int64 // up to where there is room for certain
}

// How many zeros are written at a time: as many bytes as the log has, within
// these bounds. The most is some hundred changes' worth, and little enough not to
// make the sync with it a slow one.
const (
	leastAhead = 16 << 10
	mostAhead  = 256 << 10
)

// Preallocate implements [vfs.File]. Where it is not possible, the log grows as
// it is written.
func (f *walFile) Preallocate(offset, length int64) error {
	if err := lengthen(f.File, offset, length); err != nil {
		return err
	}
	f.length = offset + length
	return nil
}

// Write implements [vfs.File].
func (f *walFile) Write(p []byte) (n int, err error) {
	n, err = f.File.Write(p)
	f.written += int64(n)
	if err != nil || f.written <= f.zeroed {
		return n, err
	}
	ahead := min(max(leastAhead, f.written), mostAhead)
	f.zeroed = max(f.written, min(f.written+ahead, f.length))
	return n, writeZeros(f.File, f.written, f.zeroed)
}
