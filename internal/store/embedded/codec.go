package embedded

import (
	"errors"
	"fmt"
	"unsafe"

	"google.golang.org/protobuf/encoding/protowire"

	"kith/internal/chain"
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

// putNested appends what put makes of an empty message.
func putNested(b []byte, num protowire.Number, put func([]byte) []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, num, protowire.BytesType), put(nil))
}

// A rowField is one field of a row as it is read.
type rowField struct {
	num   protowire.Number
	n     int64
	bytes []byte // valid while the row is
}

func (f *rowField) text() string { return string(f.bytes) }

// row reads a row: set is called for each field.
func row(b []byte, set func(*rowField) error) error {
	if len(b) == 0 {
		return errCorrupt
	}
	if b[0] > rowVersion {
		return fmt.Errorf("embedded: row of version %d; this kith knows up to %d: run a newer one", b[0], rowVersion)
	}
	return message(b[1:], set)
}

// message reads the fields of a row or of a nested message.
func message(b []byte, set func(*rowField) error) error {
	var f rowField
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errCorrupt
		}
		b = b[n:]
		f = rowField{num: num}
		switch typ {
		case protowire.VarintType:
			var v uint64
			v, n = protowire.ConsumeVarint(b)
			f.n = int64(v)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(b)
		default:
			f.num = 0 // of a type no row uses: newer, passed over
			n = protowire.ConsumeFieldValue(num, typ, b)
		}
		if n < 0 {
			return errCorrupt
		}
		b = b[n:]
		if err := set(&f); err != nil {
			return err
		}
	}
	return nil
}

// Field numbers are for ever: a field that is dropped leaves its number unused.

func encodeUser(b []byte, u *chain.User) []byte {
	b = newRow(b)
	b = putInt(b, 1, u.Created)
	b = putInt(b, 2, int64(u.Allow))
	b = putInt(b, 3, int64(u.Forbid))
	b = putInt(b, 4, int64(u.Sent))
	b = putInt(b, 5, int64(u.Received))
	b = putOrder(b, 6, &u.Friends)
	b = putOrder(b, 7, &u.Blocks)
	b = putInt(b, 8, u.RequestsSeen)
	b = putInt(b, 9, u.KickedAt)
	b = putInt(b, 10, int64(protowire.EncodeBool(u.Leaving)))
	for kind, seq := range u.Seq {
		b = putInt(b, protowire.Number(16+kind), int64(seq))
	}
	return b
}

func decodeUser(b []byte, id chain.UserID) (u chain.User, err error) {
	u.ID = id
	err = row(b, func(f *rowField) error {
		switch f.num {
		case 1:
			u.Created = f.n
		case 2:
			u.Allow = chain.Allow(f.n)
		case 3:
			u.Forbid = chain.Forbid(f.n)
		case 4:
			u.Sent = int(f.n)
		case 5:
			u.Received = int(f.n)
		case 6:
			return readOrder(f.bytes, &u.Friends)
		case 7:
			return readOrder(f.bytes, &u.Blocks)
		case 8:
			u.RequestsSeen = f.n
		case 9:
			u.KickedAt = f.n
		case 10:
			u.Leaving = protowire.DecodeBool(uint64(f.n))
		default:
			if kind := int(f.num) - 16; kind >= 0 && kind < len(u.Seq) {
				u.Seq[kind] = uint32(f.n)
			}
		}
		return nil
	})
	return u, err
}

func putOrder(b []byte, num protowire.Number, o *chain.Order) []byte {
	if o.Count == 0 {
		return b
	}
	return putNested(b, num, func(b []byte) []byte {
		b = putInt(b, 1, int64(o.First))
		b = putInt(b, 2, int64(o.Next))
		b = putInt(b, 3, int64(o.Count))
		if o.Blocks == nil {
			return b
		}
		var packed []byte
		for _, block := range o.Blocks {
			packed = protowire.AppendVarint(packed, uint64(block.Index))
			packed = protowire.AppendVarint(packed, uint64(block.Count))
		}
		return protowire.AppendBytes(protowire.AppendTag(b, 4, protowire.BytesType), packed)
	})
}

func readOrder(b []byte, o *chain.Order) error {
	return message(b, func(f *rowField) error {
		switch f.num {
		case 1:
			o.First = uint32(f.n)
		case 2:
			o.Next = uint32(f.n)
		case 3:
			o.Count = uint32(f.n)
		case 4:
			return readVarints(f.bytes, func(next func() uint64) {
				o.Blocks = append(o.Blocks, chain.OrderBlock{Index: uint32(next()), Count: uint32(next())})
			})
		}
		return nil
	})
}

// readVarints calls take, which takes as many numbers as it needs, until b is
// used up.
func readVarints(b []byte, take func(next func() uint64)) error {
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

func encodeFriend(b []byte, f *chain.Friend) []byte {
	b = newRow(b)
	b = putText(b, 1, string(f.Peer))
	b = putInt(b, 2, f.AddTime)
	b = putText(b, 3, f.Source)
	b = putText(b, 4, f.Remark)
	b = putText(b, 5, f.Wording)
	b = putInt(b, 6, f.RemarkTime)
	if len(f.Lists) > 0 {
		var packed []byte
		for _, id := range f.Lists {
			packed = protowire.AppendVarint(packed, uint64(id))
		}
		b = protowire.AppendBytes(protowire.AppendTag(b, 7, protowire.BytesType), packed)
	}
	return putFields(b, 8, f.Custom)
}

func decodeFriend(b []byte, owner chain.UserID, slot uint32) (chain.Friend, error) {
	return readFriend(b, owner, slot, copyText)
}

// readFriend decodes a row whose texts are made by text.
func readFriend(b []byte, owner chain.UserID, slot uint32, text func([]byte) string) (r chain.Friend, err error) {
	r.Owner, r.Slot = owner, slot
	err = row(b, func(f *rowField) error {
		switch f.num {
		case 1:
			r.Peer = chain.UserID(text(f.bytes))
		case 2:
			r.AddTime = f.n
		case 3:
			r.Source = text(f.bytes)
		case 4:
			r.Remark = text(f.bytes)
		case 5:
			r.Wording = text(f.bytes)
		case 6:
			r.RemarkTime = f.n
		case 7:
			return readVarints(f.bytes, func(next func() uint64) { r.Lists = append(r.Lists, chain.ListID(next())) })
		case 8:
			return readField(f.bytes, &r.Custom)
		}
		return nil
	})
	return r, err
}

func copyText(b []byte) string { return string(b) }

// shareText makes a text of bytes that never change, without copying them.
func shareText(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func putFields(b []byte, num protowire.Number, fields []chain.Field) []byte {
	for _, f := range fields {
		b = putNested(b, num, func(b []byte) []byte { return putValue(putText(b, 1, f.Name), f.Value) })
	}
	return b
}

// putValue writes a value as field 2 if it is an integer and as field 3 if it
// is a text.
func putValue(b []byte, v chain.Value) []byte {
	num := protowire.Number(3)
	if v.Integer {
		num = 2
	}
	return protowire.AppendString(protowire.AppendTag(b, num, protowire.BytesType), v.Text)
}

func (f *rowField) value(v *chain.Value) {
	switch f.num {
	case 2:
		*v = chain.Value{Text: f.text(), Integer: true}
	case 3:
		*v = chain.Value{Text: f.text()}
	}
}

func readField(b []byte, fields *[]chain.Field) error {
	var field chain.Field
	err := message(b, func(f *rowField) error {
		if f.num == 1 {
			field.Name = f.text()
		}
		f.value(&field.Value)
		return nil
	})
	*fields = append(*fields, field)
	return err
}

func encodeProfile(b []byte, p *chain.Profile) []byte {
	b = newRow(b)
	for _, v := range p.Standard {
		b = putNested(b, 1, func(b []byte) []byte { return putValue(putInt(b, 1, int64(v.Field)), v.Value) })
	}
	return putFields(b, 2, p.Custom)
}

func decodeProfile(b []byte, id chain.UserID) (p chain.Profile, err error) {
	p.ID = id
	err = row(b, func(f *rowField) error {
		switch f.num {
		case 1:
			var v chain.ProfileValue
			err := message(f.bytes, func(f *rowField) error {
				if f.num == 1 {
					v.Field = chain.ProfileField(f.n)
				}
				f.value(&v.Value)
				return nil
			})
			p.Standard = append(p.Standard, v)
			return err
		case 2:
			return readField(f.bytes, &p.Custom)
		}
		return nil
	})
	return p, err
}

func encodeLists(b []byte, l *chain.Lists) []byte {
	b = newRow(b)
	b = putInt(b, 1, int64(l.Next))
	for _, list := range l.Items {
		b = putNested(b, 2, func(b []byte) []byte {
			return putInt(putText(putInt(b, 1, int64(list.ID)), 2, list.Name), 3, int64(list.Members))
		})
	}
	return b
}

func decodeLists(b []byte, owner chain.UserID) (l chain.Lists, err error) {
	l.Owner = owner
	err = row(b, func(f *rowField) error {
		switch f.num {
		case 1:
			l.Next = chain.ListID(f.n)
		case 2:
			var list chain.List
			err := message(f.bytes, func(f *rowField) error {
				switch f.num {
				case 1:
					list.ID = chain.ListID(f.n)
				case 2:
					list.Name = f.text()
				case 3:
					list.Members = int(f.n)
				}
				return nil
			})
			l.Items = append(l.Items, list)
			return err
		}
		return nil
	})
	return l, err
}

func encodeBlock(b []byte, r *chain.Block) []byte {
	return putInt(putText(newRow(b), 1, string(r.Peer)), 2, r.Time)
}

func decodeBlock(b []byte, owner chain.UserID, slot uint32) (r chain.Block, err error) {
	r.Owner, r.Slot = owner, slot
	err = row(b, func(f *rowField) error {
		switch f.num {
		case 1:
			r.Peer = chain.UserID(f.text())
		case 2:
			r.Time = f.n
		}
		return nil
	})
	return r, err
}

func encodeRequest(b []byte, r *chain.Request) []byte {
	b = newRow(b)
	b = putInt(b, 1, r.Time)
	b = putText(b, 2, r.Source)
	b = putText(b, 3, r.Wording)
	b = putText(b, 4, r.Remark)
	return putText(b, 5, r.List)
}

func decodeRequest(b []byte, e chain.Edge) (r chain.Request, err error) {
	r.Edge = e
	err = row(b, func(f *rowField) error {
		switch f.num {
		case 1:
			r.Time = f.n
		case 2:
			r.Source = f.text()
		case 3:
			r.Wording = f.text()
		case 4:
			r.Remark = f.text()
		case 5:
			r.List = f.text()
		}
		return nil
	})
	return r, err
}
