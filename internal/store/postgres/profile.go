package postgres

import (
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var profiles = newTable("profiles", []column{text("owner")}, append(profileColumns(), number("numbers"), document("custom"))...)

// profileFields are the standard fields in the order of their columns and of
// their numbers. Those that steer adding stand in users.
var profileFields = []struct {
	field  chain.ProfileField
	column string
}{
	{chain.Nick, "nick"}, {chain.Gender, "gender"}, {chain.BirthDay, "birthday"}, {chain.Location, "location"},
	{chain.SelfSignature, "self_signature"}, {chain.Language, "language"}, {chain.Image, "image"},
	{chain.MsgSettings, "msg_settings"}, {chain.Level, "level"}, {chain.Role, "role"},
}

func profileColumns() (columns []column) {
	for _, f := range profileFields {
		columns = append(columns, text(f.column))
	}
	return columns
}

func scanProfile(rows pgx.Rows) (id chain.UserID, p chain.Profile, err error) {
	standard := make([]*string, len(profileFields))
	var numbers int64
	var custom []byte
	into := []any{&id}
	for i := range standard {
		into = append(into, &standard[i])
	}
	if err = rows.Scan(append(into, &numbers, &custom)...); err != nil {
		return id, p, err
	}
	p.ID = id
	for i, f := range profileFields {
		if standard[i] != nil {
			p.Standard = append(p.Standard, chain.ProfileValue{
				Field: f.field, Value: chain.Value{Text: *standard[i], Integer: numbers&(1<<f.field) != 0},
			})
		}
	}
	p.Custom, err = readCustom(custom)
	return id, p, err
}

func profileValues(rows []*chain.Profile) ([]any, error) {
	all := []any{values(rows, func(p *chain.Profile) string { return string(p.ID) })}
	for _, f := range profileFields {
		all = append(all, values(rows, func(p *chain.Profile) *string { return standardValue(p, f.field) }))
	}
	numbers := make([]int64, len(rows))
	for i, p := range rows {
		for _, v := range p.Standard {
			if standardColumn(v.Field) == "" {
				return nil, fmt.Errorf("no column for profile field %d", v.Field)
			}
			if v.Value.Integer {
				numbers[i] |= 1 << v.Field
			}
		}
	}
	return append(all, numbers, values(rows, func(p *chain.Profile) *string { return writeCustom(p.Custom) })), nil
}

func standardValue(p *chain.Profile, field chain.ProfileField) *string {
	for i := range p.Standard {
		if p.Standard[i].Field == field {
			return &p.Standard[i].Value.Text
		}
	}
	return nil
}

func standardColumn(field chain.ProfileField) string {
	for _, f := range profileFields {
		if f.field == field {
			return f.column
		}
	}
	return ""
}

// A customField is a custom field as it stands in a document. An integer is
// kept as the text it was given as.
type customField struct {
	Name    string  `json:"name"`
	Text    *string `json:"text,omitempty"`
	Integer *string `json:"integer,omitempty"`
}

func readCustom(document []byte) (fields []chain.Field, err error) {
	if len(document) == 0 {
		return nil, nil
	}
	var all []customField
	if err := json.Unmarshal(document, &all); err != nil {
		return nil, fmt.Errorf("custom fields: %w", err)
	}
	for _, f := range all {
		field := chain.Field{Name: f.Name}
		switch {
		case f.Integer != nil:
			field.Value = chain.Value{Text: *f.Integer, Integer: true}
		case f.Text != nil:
			field.Value = chain.Value{Text: *f.Text}
		}
		fields = append(fields, field)
	}
	return fields, nil
}

func writeCustom(fields []chain.Field) *string {
	if len(fields) == 0 {
		return nil
	}
	all := make([]customField, len(fields))
	for i := range fields {
		all[i].Name = fields[i].Name
		if fields[i].Value.Integer {
			all[i].Integer = &fields[i].Value.Text
		} else {
			all[i].Text = &fields[i].Value.Text
		}
	}
	document, err := json.Marshal(all)
	if err != nil {
		panic(err) // strings alone: cannot be
	}
	s := string(document)
	return &s
}
