package embedded

import (
	"errors"
	"fmt"
	"unsafe"

	"google.golang.org/protobuf/encoding/protowire"
)

// Rows are written in the protocol-buffer wire format behind one byte of
// version: each field carries its number, fields that are zero are left out,
// and a reader passes over fields it does not know. A change that older
// readers must not pass over raises the version.
const rowVersion = 1

var errCorrupt = errors.New("embedded: corrupt row")

// newRow begins a row in buf's memory.
func newRow(buf []byte) []byte { return append(buf[:0], rowVersion) }

func putInt(b []byte, num protowire.Number, v int64) []byte {
	if v == 0 {
		return b
	}
	return protowire.AppendVarint(protowire.AppendTag(b, num, protowire.VarintType), uint64(v))
}

func putText(b []byte, num protowire.Number, s string) []byte {
	if s == "" {
		return b
	}
	return protowire.AppendString(protowire.AppendTag(b, num, protowire.BytesType), s)
}

// putNested appends what put appends to a message.
func putNested(b []byte, num protowire.Number, put func([]byte) []byte) []byte {
	b = append(protowire.AppendTag(b, num, protowire.BytesType), 0) // the length, if it is small
	at := len(b)
	b = put(b)
	size := uint64(len(b) - at)
	if extra := protowire.SizeVarint(size) - 1; extra > 0 {
		b = append(b, make([]byte, extra)...)
		copy(b[at+extra:], b[at:at+int(size)])
	}
	protowire.AppendVarint(b[:at-1], size)
	return b
}

func flag(set bool) int64 { return int64(protowire.EncodeBool(set)) }

// fields reads a row, or a message in one, field by field.
type fields struct {
	rest []byte
	err  error // ends the reading

	num   protowire.Number // of the field; 0 if it is of a type that no row uses
	n     int64
	bytes []byte // valid while the row is
}

// row begins to read a row.
func row(b []byte) fields {
	switch {
	case len(b) == 0:
		return fields{err: errCorrupt}
	case b[0] > rowVersion:
		return fields{err: fmt.Errorf("embedded: row of version %d; this kith knows up to %d: run a newer one", b[0], rowVersion)}
	}
	return fields{rest: b[1:]}
}

// message begins to read a message.
func message(b []byte) fields { return fields{rest: b} }

// next reads the next field; it is false at the end, and if there is an error.
func (f *fields) next() bool {
	if len(f.rest) == 0 || f.err != nil {
		return false
	}
	return f.nextShort() || f.nextLong()
}

// nextShort reads a field whose number and length, or value, take a byte each,
// as nearly all do. It is false, and reads nothing, if this is another.
func (f *fields) nextShort() bool {
	if len(f.rest) < 2 || f.rest[0] >= 0x80 || f.rest[1] >= 0x80 {
		return false
	}
	num, typ := protowire.Number(f.rest[0]>>3), protowire.Type(f.rest[0]&7)
	size := int(f.rest[1])
	switch {
	case num == 0:
		return false
	case typ == protowire.VarintType:
		f.num, f.n, f.bytes, f.rest = num, int64(size), nil, f.rest[2:]
		return true
	case typ == protowire.BytesType && size <= len(f.rest)-2:
		f.num, f.n, f.bytes, f.rest = num, 0, f.rest[2:2+size], f.rest[2+size:]
		return true
	}
	return false
}

func (f *fields) nextLong() bool {
	num, typ, n := protowire.ConsumeTag(f.rest)
	if n < 0 {
		return f.fail(errCorrupt)
	}
	f.rest = f.rest[n:]
	f.num, f.n, f.bytes = num, 0, nil
	switch typ {
	case protowire.VarintType:
		var v uint64
		v, n = protowire.ConsumeVarint(f.rest)
		f.n = int64(v)
	case protowire.BytesType:
		f.bytes, n = protowire.ConsumeBytes(f.rest)
	default:
		f.num = 0 // newer, passed over
		n = protowire.ConsumeFieldValue(num, typ, f.rest)
	}
	if n < 0 {
		return f.fail(errCorrupt)
	}
	f.rest = f.rest[n:]
	return true
}

// fail ends the reading.
func (f *fields) fail(err error) bool {
	f.err = err
	return false
}

// check ends the reading if there is an error.
func (f *fields) check(err error) {
	if err != nil {
		f.err = err
	}
}

func (f *fields) flag() bool { return protowire.DecodeBool(uint64(f.n)) }

func (f *fields) text() string { return string(f.bytes) }

func copyText(b []byte) string { return string(b) }

// shareText makes a text of bytes that never change, without copying them.
func shareText(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// eachVarint calls take, which takes as many numbers as it needs, until b is
// used up.
func eachVarint(b []byte, take func(next func() uint64)) error {
	broken := false
	next := func() uint64 {
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			broken, b = true, nil
			return 0
		}
		b = b[n:]
		return v
	}
	for len(b) > 0 {
		take(next)
	}
	if broken {
		return errCorrupt
	}
	return nil
}
