package chain

import "slices"

// befriend makes a new friend row, in the lists named. Whoever has become a
// friend of the owner need not be asked any more, so a request that the owner
// made goes (F Q25).
func (d *Draft) befriend(f Friend, lists []string) {
	f.Lists = d.listIDs(f.Owner, lists)
	d.move(f.Owner, nil, f.Lists)
	f.Slot = d.edit(f.Owner).Friends.add()
	d.Friends.Put(f.Edge, f)
	d.bump(f.Owner, SeqStandard)
	if len(f.Custom) > 0 {
		d.bump(f.Owner, SeqCustom)
	}
	d.settle(f.Edge)
}

// unfriend removes a friend row, if there is one, and reports whether it did.
func (d *Draft) unfriend(e Edge) bool {
	f, ok := d.Friends.Get(e)
	if !ok {
		return false
	}
	d.move(e.Owner, f.Lists, nil)
	d.edit(e.Owner).Friends.remove(f.Slot)
	d.Friends.Delete(e)
	d.bump(e.Owner, SeqStandard)
	if len(f.Custom) > 0 {
		d.bump(e.Owner, SeqCustom)
	}
	return true
}

// rewrite replaces a friend row by a changed one. The sequences rise for what
// is different.
func (d *Draft) rewrite(f Friend) {
	old, _ := d.Friends.Get(f.Edge)
	d.move(f.Owner, old.Lists, f.Lists)
	standard := f.Remark != old.Remark || f.Source != old.Source || f.Wording != old.Wording ||
		f.AddTime != old.AddTime || f.RemarkTime != old.RemarkTime || !slices.Equal(f.Lists, old.Lists)
	custom := !slices.Equal(f.Custom, old.Custom)
	if standard {
		d.bump(f.Owner, SeqStandard)
	}
	if custom {
		d.bump(f.Owner, SeqCustom)
	}
	if standard || custom {
		d.Friends.Put(f.Edge, f)
	}
}

// setField returns fields with name set to v, or without name if v is the
// empty text. It leaves fields itself as it is.
func setField(fields []Field, name string, v Value) []Field {
	fields = slices.Clone(fields)
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	switch {
	case v == Value{} && i < 0:
		return fields
	case v == Value{}:
		return slices.Delete(fields, i, i+1)
	case i < 0:
		return append(fields, Field{name, v})
	}
	fields[i].Value = v
	return fields
}
