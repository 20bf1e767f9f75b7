package chain

import (
	"slices"
	"time"
)

// PortraitSet writes fields of Owner's profile, all or none (T 5.1).
type PortraitSet struct {
	Owner UserID
	Items []ProfileItem
}

// A ProfileItem is one field of a profile and its new value. Numbers, among
// them the numbers of enumerations, are given as integers.
type ProfileItem struct {
	Field  ProfileField
	Custom string // the keyword, if Field is CustomField
	Value  Value
}

// Check implements [Command].
func (c *PortraitSet) Check(s *Settings) error {
	if err := checkBatch(s, c.Owner, len(c.Items)); err != nil {
		return err
	}
	for _, it := range c.Items {
		if err := it.check(s); err != nil {
			return err
		}
	}
	return nil
}

func (it *ProfileItem) check(s *Settings) error {
	switch {
	case it.Field == CustomField && !s.profileField(it.Custom):
		return UnknownField
	case it.Field.number() && !it.Value.Integer:
		return WrongKind
	case it.Field.text() && it.Value.Integer:
		return WrongKind
	case !it.Value.Integer && !text(it.Value.Text, maxText):
		return TextTooLong
	}
	return nil
}

// text tells whether the field holds a text.
func (f ProfileField) text() bool {
	return f == Nick || f == Location || f == SelfSignature || f == Image
}

// number tells whether the field holds a number.
func (f ProfileField) number() bool { return f != CustomField && !f.text() }

// Reads implements [Command].
func (c *PortraitSet) Reads(_ *Draft, w *Want) {
	w.change(c.Owner)
	w.Profiles.Add(c.Owner)
}

// Decide implements [Command].
func (c *PortraitSet) Decide(d *Draft, _ time.Time) (struct{}, error) {
	if !d.exists(c.Owner) {
		return struct{}{}, NoSuchOwner
	}
	for _, it := range c.Items {
		d.setProfile(c.Owner, it)
	}
	if p, _ := d.Profiles.Get(c.Owner); len(p.Custom) > maxFields {
		return struct{}{}, TooManyFields
	}
	d.event(ProfileSet, c.Owner).Items = c.written()
	return struct{}{}, nil
}

// written is what the items leave behind: of several for one field the last.
func (c *PortraitSet) written() (items []ProfileItem) {
	for _, it := range c.Items {
		same := func(other ProfileItem) bool { return other.Field == it.Field && other.Custom == it.Custom }
		if i := slices.IndexFunc(items, same); i >= 0 {
			items[i] = it
		} else {
			items = append(items, it)
		}
	}
	return items
}

// setProfile writes one field. Of several writes of a field the last holds.
func (d *Draft) setProfile(id UserID, it ProfileItem) {
	switch it.Field {
	case AllowType:
		d.edit(id).Allow = Allow(it.Value.number())
	case AdminForbid:
		d.edit(id).Forbid = Forbid(it.Value.number())
	default:
		d.editProfile(id).set(it)
	}
}

// number is the value of an enumeration.
func (v Value) number() int {
	if len(v.Text) != 1 {
		return 0
	}
	return int(v.Text[0] - '0')
}

func digit(n uint8) Value { return Value{string('0' + rune(n)), true} }

func (d *Draft) editProfile(id UserID) *Profile {
	p, first := d.Profiles.Edit(id)
	if first {
		p.ID = id
		p.Standard = slices.Clone(p.Standard)
	}
	return p
}

// set writes one field. The empty text stays as such in a standard field, and
// clears a custom one (T 5.1, F Q17).
func (p *Profile) set(it ProfileItem) {
	if it.Field == CustomField {
		p.Custom = setField(p.Custom, it.Custom, it.Value)
		return
	}
	i, found := slices.BinarySearchFunc(p.Standard, it.Field, func(v ProfileValue, f ProfileField) int { return int(v.Field) - int(f) })
	if !found {
		p.Standard = slices.Insert(p.Standard, i, ProfileValue{Field: it.Field})
	}
	p.Standard[i].Value = it.Value
}

// PortraitGet reads profiles (T 5.2).
type PortraitGet struct {
	IDs    []UserID
	Custom []string // custom fields asked for, to be checked
}

// A Portrait is one user of the answer to [PortraitGet].
type Portrait struct {
	ID      UserID
	Fault   Fault // OK, BadPeer or NoSuchPeer
	User    User
	Profile Profile
}

// Check implements [Command].
func (c *PortraitGet) Check(s *Settings) error {
	for _, name := range c.Custom {
		if !s.profileField(name) {
			return UnknownField
		}
	}
	return s.batch(len(c.IDs))
}

// Reads implements [Command].
func (c *PortraitGet) Reads(_ *Draft, w *Want) {
	for _, id := range c.IDs {
		if id.Valid() {
			w.Users.Add(id)
			w.Profiles.Add(id)
		}
	}
}

// Decide implements [Command].
func (c *PortraitGet) Decide(d *Draft, _ time.Time) ([]Portrait, error) {
	portraits := make([]Portrait, len(c.IDs))
	for i, id := range c.IDs {
		p := &portraits[i]
		p.ID = id
		switch {
		case !id.Valid():
			p.Fault = BadPeer
		case !d.exists(id):
			p.Fault = NoSuchPeer
		default:
			p.User, _ = d.user(id)
			p.Profile, _ = d.Profiles.Get(id)
		}
	}
	return portraits, nil
}

// Value returns the value of a standard field, the fields that steer adding
// among them, and whether it is set.
func (p *Profile) Value(u *User, field ProfileField) (Value, bool) {
	switch {
	case field == AllowType:
		return digit(uint8(u.Allow)), u.Allow != AllowUnset
	case field == AdminForbid:
		return digit(uint8(u.Forbid)), u.Forbid != ForbidUnset
	}
	for _, v := range p.Standard {
		if v.Field == field {
			return v.Value, true
		}
	}
	return Value{}, false
}

// Field returns the value of a custom field, and whether it is set.
func (p *Profile) Field(name string) (Value, bool) { return field(p.Custom, name) }

// Field returns the value of a custom field, and whether it is set.
func (f *Friend) Field(name string) (Value, bool) { return field(f.Custom, name) }

func field(fields []Field, name string) (Value, bool) {
	for _, f := range fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return Value{}, false
}
