package embedded

import "github.com/cockroachdb/pebble/v2/vfs"

// walCategory is how the engine names the log when it makes one.
const walCategory vfs.DiskWriteCategory = "pebble-wal"

// A walFS is a file system on which a log has from the start the length that it
// is expected to reach. A sync that need not write a new length down as well
// spares the disk a write of its own. The engine reads a log up to what is no
// record of it, be it zeros or, in a log that it used again, older records.
type walFS struct{ vfs.FS }

// Create implements [vfs.FS].
func (fs walFS) Create(name string, category vfs.DiskWriteCategory) (vfs.File, error) {
	f, err := fs.FS.Create(name, category)
	if err != nil || category != walCategory {
		return f, err
	}
	return walFile{f}, nil
}

type walFile struct{ vfs.File }

// Preallocate implements [vfs.File]. Where it is not possible, the log grows as
// it is written.
func (f walFile) Preallocate(offset, length int64) error {
	return lengthen(f.File, offset, length)
}
