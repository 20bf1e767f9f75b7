package embedded

import (
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

func encodeEvent(b []byte, e *chain.Event) []byte {
	b = newRow(b)
	b = putText(b, 1, string(e.ID[:]))
	b = putInt(b, 2, int64(e.Kind))
	b = putText(b, 3, string(e.Owner))
	b = putInt(b, 4, e.Time)
	b = putInt(b, 5, flag(e.Deliver))
	b = putInt(b, 6, flag(e.Force))
	b = putInt(b, 7, flag(e.Answer))
	b = putText(b, 8, string(e.Origin.Caller))
	b = putInt(b, 9, flag(e.Origin.Admin))
	b = putText(b, 10, e.Origin.Address)
	b = putText(b, 11, e.Origin.Platform)
	for i := range e.Pairs {
		p := &e.Pairs[i]
		b = putNested(b, 12, func(b []byte) []byte {
			return putText(putText(putText(b, 1, string(p.Owner)), 2, string(p.Peer)), 3, string(p.Initiator))
		})
	}
	for i := range e.Items {
		it := &e.Items[i]
		b = putNested(b, 13, func(b []byte) []byte {
			return putText(putValue(putInt(b, 1, int64(it.Field)), it.Value), 4, it.Custom)
		})
	}
	if e.Alarm != (chain.Alarm{}) {
		b = putNested(b, 14, func(b []byte) []byte {
			return putInt(putInt(putText(b, 1, e.Alarm.Command), 2, int64(e.Alarm.Rate)), 3, int64(e.Alarm.Limit))
		})
	}
	return b
}

func decodeEvent(b []byte) (e chain.Event, err error) {
	f := row(b)
	for f.next() {
		switch f.num {
		case 1:
			copy(e.ID[:], f.bytes)
		case 2:
			e.Kind = chain.EventKind(f.n)
		case 3:
			e.Owner = chain.UserID(f.text())
		case 4:
			e.Time = f.n
		case 5:
			e.Deliver = f.flag()
		case 6:
			e.Force = f.flag()
		case 7:
			e.Answer = f.flag()
		case 8:
			e.Origin.Caller = chain.UserID(f.text())
		case 9:
			e.Origin.Admin = f.flag()
		case 10:
			e.Origin.Address = f.text()
		case 11:
			e.Origin.Platform = f.text()
		case 12:
			f.check(readPair(f.bytes, &e))
		case 13:
			f.check(readItem(f.bytes, &e))
		case 14:
			f.check(readAlarm(f.bytes, &e))
		}
	}
	return e, f.err
}

func readPair(b []byte, e *chain.Event) error {
	var p chain.Pair
	f := message(b)
	for f.next() {
		switch f.num {
		case 1:
			p.Owner = chain.UserID(f.text())
		case 2:
			p.Peer = chain.UserID(f.text())
		case 3:
			p.Initiator = chain.UserID(f.text())
		}
	}
	e.Pairs = append(e.Pairs, p)
	return f.err
}

func readItem(b []byte, e *chain.Event) error {
	var it chain.ProfileItem
	f := message(b)
	for f.next() {
		switch f.num {
		case 1:
			it.Field = chain.ProfileField(f.n)
		case 4:
			it.Custom = f.text()
		}
		f.value(&it.Value)
	}
	e.Items = append(e.Items, it)
	return f.err
}

func readAlarm(b []byte, e *chain.Event) error {
	f := message(b)
	for f.next() {
		switch f.num {
		case 1:
			e.Alarm.Command = f.text()
		case 2:
			e.Alarm.Rate = int(f.n)
		case 3:
			e.Alarm.Limit = int(f.n)
		}
	}
	return f.err
}

// encodeDelivery writes what is known of a delivery but for its event and its
// state, which the key tells.
func encodeDelivery(b []byte, d *store.Delivery) []byte {
	b = newRow(b)
	b = putInt(b, 1, d.Since)
	b = putInt(b, 2, int64(d.Attempts))
	b = putInt(b, 3, d.Next)
	b = putInt(b, 4, d.Last)
	b = putInt(b, 5, d.Took.Microseconds())
	b = putInt(b, 6, int64(d.Status))
	return putText(b, 7, d.Problem)
}

func decodeDelivery(b []byte, d *store.Delivery) error {
	f := row(b)
	for f.next() {
		switch f.num {
		case 1:
			d.Since = f.n
		case 2:
			d.Attempts = int(f.n)
		case 3:
			d.Next = f.n
		case 4:
			d.Last = f.n
		case 5:
			d.Took = time.Duration(f.n) * time.Microsecond
		case 6:
			d.Status = int(f.n)
		case 7:
			d.Problem = f.text()
		}
	}
	return f.err
}
