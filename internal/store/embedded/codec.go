package embedded

import (
	"google.golang.org/protobuf/encoding/protowire"

	"kith/internal/chain"
)

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
	b = putInt(b, 10, flag(u.Leaving))
	for kind, seq := range u.Seq {
		b = putInt(b, protowire.Number(16+kind), int64(seq))
	}
	return b
}

func decodeUser(b []byte, id chain.UserID) (u chain.User, err error) {
	u.ID = id
	f := row(b)
	for f.next() {
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
			f.check(readOrder(f.bytes, &u.Friends))
		case 7:
			f.check(readOrder(f.bytes, &u.Blocks))
		case 8:
			u.RequestsSeen = f.n
		case 9:
			u.KickedAt = f.n
		case 10:
			u.Leaving = f.flag()
		default:
			if kind := int(f.num) - 16; kind >= 0 && kind < len(u.Seq) {
				u.Seq[kind] = uint32(f.n)
			}
		}
	}
	return u, f.err
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
	f := message(b)
	for f.next() {
		switch f.num {
		case 1:
			o.First = uint32(f.n)
		case 2:
			o.Next = uint32(f.n)
		case 3:
			o.Count = uint32(f.n)
		case 4:
			f.check(eachVarint(f.bytes, func(next func() uint64) {
				o.Blocks = append(o.Blocks, chain.OrderBlock{Index: uint32(next()), Count: uint32(next())})
			}))
		}
	}
	return f.err
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

func decodeFriend(b []byte, owner chain.UserID, slot uint32) (r chain.Friend, err error) {
	r.Owner, r.Slot = owner, slot
	err = readFriend(b, &r, copyText)
	return r, err
}

// readFriend decodes a row, whose texts are made by text, into r.
func readFriend(b []byte, r *chain.Friend, text func([]byte) string) error {
	f := row(b)
	for f.next() {
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
			f.check(readLists(f.bytes, &r.Lists))
		case 8:
			f.check(readField(f.bytes, &r.Custom))
		}
	}
	return f.err
}

func readLists(b []byte, ids *[]chain.ListID) error {
	return eachVarint(b, func(next func() uint64) { *ids = append(*ids, chain.ListID(next())) })
}

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

func (f *fields) value(v *chain.Value) {
	switch f.num {
	case 2:
		*v = chain.Value{Text: f.text(), Integer: true}
	case 3:
		*v = chain.Value{Text: f.text()}
	}
}

func readField(b []byte, all *[]chain.Field) error {
	var field chain.Field
	f := message(b)
	for f.next() {
		if f.num == 1 {
			field.Name = f.text()
		}
		f.value(&field.Value)
	}
	*all = append(*all, field)
	return f.err
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
	f := row(b)
	for f.next() {
		switch f.num {
		case 1:
			f.check(readProfileValue(f.bytes, &p))
		case 2:
			f.check(readField(f.bytes, &p.Custom))
		}
	}
	return p, f.err
}

func readProfileValue(b []byte, p *chain.Profile) error {
	var v chain.ProfileValue
	f := message(b)
	for f.next() {
		if f.num == 1 {
			v.Field = chain.ProfileField(f.n)
		}
		f.value(&v.Value)
	}
	p.Standard = append(p.Standard, v)
	return f.err
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
	f := row(b)
	for f.next() {
		switch f.num {
		case 1:
			l.Next = chain.ListID(f.n)
		case 2:
			f.check(readList(f.bytes, &l))
		}
	}
	return l, f.err
}

func readList(b []byte, l *chain.Lists) error {
	var list chain.List
	f := message(b)
	for f.next() {
		switch f.num {
		case 1:
			list.ID = chain.ListID(f.n)
		case 2:
			list.Name = f.text()
		case 3:
			list.Members = int(f.n)
		}
	}
	l.Items = append(l.Items, list)
	return f.err
}

func encodeBlock(b []byte, r *chain.Block) []byte {
	return putInt(putText(newRow(b), 1, string(r.Peer)), 2, r.Time)
}

func decodeBlock(b []byte, owner chain.UserID, slot uint32) (r chain.Block, err error) {
	r.Owner, r.Slot = owner, slot
	f := row(b)
	for f.next() {
		switch f.num {
		case 1:
			r.Peer = chain.UserID(f.text())
		case 2:
			r.Time = f.n
		}
	}
	return r, f.err
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
	f := row(b)
	for f.next() {
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
	}
	return r, f.err
}
