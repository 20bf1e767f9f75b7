package postgres

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
	"kith/internal/store"
)

const eventColumns = `number, event_id, kind, owner, time, deliver, force, answer, caller, admin, address, platform, detail`

// insertEvents adds events in the order of the arrays: their ids are drawn in
// that order, while the users that they are about are held.
const insertEvents = `insert into events (app, event_id, kind, owner, time, deliver, force, answer, caller, admin, address, platform, detail, state)
	select $1, k.event_id::uuid, k.kind, k.owner, k.time, k.deliver, k.force, k.answer, k.caller, k.admin, k.address, k.platform, k.detail::jsonb, k.state
	from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::boolean[], $7::boolean[], $8::boolean[], $9::text[], $10::boolean[], $11::text[], $12::text[], $13::text[], $14::bigint[])
	as k(event_id, kind, owner, time, deliver, force, answer, caller, admin, address, platform, detail, state)`

// A detail is what only some kinds of events have.
type detail struct {
	Pairs []pair       `json:"pairs,omitempty"`
	Items []item       `json:"items,omitempty"`
	Alarm *chain.Alarm `json:"alarm,omitempty"`
}

type pair struct {
	Owner     chain.UserID `json:"owner"`
	Peer      chain.UserID `json:"peer"`
	Initiator chain.UserID `json:"initiator,omitempty"`
}

// An item is a profile field that was set: its number, or the name of a custom
// one. An integer is kept as the text it was given as.
type item struct {
	Field   chain.ProfileField `json:"field,omitempty"`
	Custom  string             `json:"custom,omitempty"`
	Text    *string            `json:"text,omitempty"`
	Integer *string            `json:"integer,omitempty"`
}

func writeDetail(e *chain.Event) (*string, error) {
	var d detail
	for _, p := range e.Pairs {
		d.Pairs = append(d.Pairs, pair{p.Owner, p.Peer, p.Initiator})
	}
	for i := range e.Items {
		it := item{Field: e.Items[i].Field, Custom: e.Items[i].Custom}
		if e.Items[i].Value.Integer {
			it.Integer = &e.Items[i].Value.Text
		} else {
			it.Text = &e.Items[i].Value.Text
		}
		d.Items = append(d.Items, it)
	}
	if e.Alarm != (chain.Alarm{}) {
		d.Alarm = &e.Alarm
	}
	document, err := json.Marshal(&d)
	if err != nil || string(document) == "{}" {
		return nil, err
	}
	s := string(document)
	return &s, nil
}

func readDetail(document []byte, e *chain.Event) error {
	if len(document) == 0 {
		return nil
	}
	var d detail
	if err := json.Unmarshal(document, &d); err != nil {
		return fmt.Errorf("detail of an event: %w", err)
	}
	for _, p := range d.Pairs {
		e.Pairs = append(e.Pairs, chain.Pair{Edge: chain.Edge{Owner: p.Owner, Peer: p.Peer}, Initiator: p.Initiator})
	}
	for _, it := range d.Items {
		set := chain.ProfileItem{Field: it.Field, Custom: it.Custom}
		switch {
		case it.Integer != nil:
			set.Value = chain.Value{Text: *it.Integer, Integer: true}
		case it.Text != nil:
			set.Value.Text = *it.Text
		}
		e.Items = append(e.Items, set)
	}
	if d.Alarm != nil {
		e.Alarm = *d.Alarm
	}
	return nil
}

// writeEvents queues events, which get their numbers later.
func (w *writer) writeEvents(events []chain.Event) error {
	if len(events) == 0 {
		return nil
	}
	rows := pointers(slices.Clone(events))
	details := make([]*string, len(rows))
	for i, e := range rows {
		var err error
		if details[i], err = writeDetail(e); err != nil {
			return err
		}
	}
	w.batch.Queue(insertEvents, w.app,
		values(rows, func(e *chain.Event) string { return hex.EncodeToString(e.ID[:]) }),
		values(rows, func(e *chain.Event) int64 { return int64(e.Kind) }),
		values(rows, func(e *chain.Event) string { return string(e.Owner) }),
		values(rows, func(e *chain.Event) int64 { return e.Time }),
		values(rows, func(e *chain.Event) bool { return e.Deliver }),
		values(rows, func(e *chain.Event) bool { return e.Force }),
		values(rows, func(e *chain.Event) bool { return e.Answer }),
		values(rows, func(e *chain.Event) string { return string(e.Origin.Caller) }),
		values(rows, func(e *chain.Event) bool { return e.Origin.Admin }),
		values(rows, func(e *chain.Event) string { return e.Origin.Address }),
		values(rows, func(e *chain.Event) string { return e.Origin.Platform }),
		details,
		values(rows, firstState))
	return nil
}

// firstState is that of an event that has just happened.
func firstState(e *chain.Event) int64 {
	if e.Deliver {
		return int64(store.Pending)
	}
	return 0
}

// scanEvent reads an event, and after it the columns that go to more.
func scanEvent(rows pgx.CollectableRow, more ...any) (e store.Event, err error) {
	var document []byte
	var id [16]byte
	err = rows.Scan(append([]any{&e.Number, &id, &e.Kind, &e.Owner, &e.Time, &e.Deliver, &e.Force, &e.Answer,
		&e.Origin.Caller, &e.Origin.Admin, &e.Origin.Address, &e.Origin.Platform, &document}, more...)...)
	if err != nil {
		return e, err
	}
	e.ID = id
	return e, readDetail(document, &e.Event)
}
