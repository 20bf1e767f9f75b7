//go:build !linux

package embedded

import "github.com/cockroachdb/pebble/v2/vfs"

// lengthen leaves the length to what is written.
func lengthen(f vfs.File, offset, length int64) error { return f.Preallocate(offset, length) }
