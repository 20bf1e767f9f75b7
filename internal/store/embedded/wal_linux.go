package embedded

import (
	"github.com/cockroachdb/pebble/v2/vfs"
	"golang.org/x/sys/unix"
)

// lengthen makes f reach to offset + length at least, with zeros at its end. It
// never shortens f.
func lengthen(f vfs.File, offset, length int64) error {
	if f.Fd() == vfs.InvalidFd {
		return f.Preallocate(offset, length) // not a file of the machine
	}
	return unix.Fallocate(int(f.Fd()), 0, offset, length)
}

var zeros [mostAhead]byte

// writeZeros writes to f from one offset up to another, at most [mostAhead]
// bytes further.
func writeZeros(f vfs.File, from, to int64) error {
	if f.Fd() == vfs.InvalidFd {
		return nil // not a file of the machine
	}
	for from < to {
		n, err := unix.Pwrite(int(f.Fd()), zeros[:to-from], from)
		if err != nil {
			return err
		}
		from += int64(n)
	}
	return nil
}
