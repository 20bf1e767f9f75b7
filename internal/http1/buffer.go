package http1

import "sync"

// A Buffer is memory for the body of a request or for an answer, which is used
// again.
type Buffer struct{ Bytes []byte }

var buffers = sync.Pool{New: func() any { return new(Buffer) }}

// LargestKept is the size, in bytes, up to which a buffer is used again; a few
// calls of many items must not fix a lot of memory.
const LargestKept = 256 << 10

// NewBuffer returns a buffer of any content and size.
func NewBuffer() *Buffer { return buffers.Get().(*Buffer) }

// Free gives a buffer back. Nothing may refer to its bytes any more.
func (b *Buffer) Free() {
	if cap(b.Bytes) <= LargestKept {
		buffers.Put(b)
	}
}
