package chain

import "slices"

// Name returns the name of a list of the user.
func (l *Lists) Name(id ListID) string {
	for i := range l.Items {
		if l.Items[i].ID == id {
			return l.Items[i].Name
		}
	}
	return ""
}

func (l *Lists) find(name string) *List {
	for i := range l.Items {
		if l.Items[i].Name == name {
			return &l.Items[i]
		}
	}
	return nil
}

func (l *Lists) byID(id ListID) *List {
	for i := range l.Items {
		if l.Items[i].ID == id {
			return &l.Items[i]
		}
	}
	return nil
}

// create adds an empty list.
func (l *Lists) create(name string) *List {
	l.Next++
	l.Items = append(l.Items, List{ID: l.Next, Name: name})
	return &l.Items[len(l.Items)-1]
}

// editLists returns the lists of owner to be changed in place.
func (d *Draft) editLists(owner UserID) *Lists {
	l, first := d.Lists.Edit(owner)
	if first {
		l.Owner = owner
		l.Items = slices.Clone(l.Items)
	}
	return l
}

// roomForLists tells whether owner may have all the lists named: those that do
// not exist are created (F Q23).
func (d *Draft) roomForLists(owner UserID, names []string) bool {
	if len(names) == 0 {
		return true
	}
	l, _ := d.Lists.Get(owner)
	missing := 0
	for i, name := range names {
		if l.find(name) == nil && !slices.Contains(names[:i], name) {
			missing++
		}
	}
	return missing == 0 || len(l.Items)+missing <= d.App.Settings.MaxLists
}

// enlist moves one friend of owner from the lists it was in to the lists
// named, which are created if need be, and returns them. Names may repeat.
func (d *Draft) enlist(owner UserID, from []ListID, names []string) []ListID {
	if len(from) == 0 && len(names) == 0 {
		return nil
	}
	l := d.editLists(owner)
	size := len(l.Items)
	var to []ListID
	for _, name := range names {
		list := l.find(name)
		if list == nil {
			list = l.create(name)
		}
		if !slices.Contains(to, list.ID) {
			to = append(to, list.ID)
		}
	}
	moved := false
	for _, id := range from {
		if !slices.Contains(to, id) {
			l.byID(id).Members--
			moved = true
		}
	}
	for _, id := range to {
		if !slices.Contains(from, id) {
			l.byID(id).Members++
			moved = true
		}
	}
	if moved || len(l.Items) != size {
		d.bump(owner, SeqLists)
	}
	return to
}
