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

// listIDs returns the lists named, of which those that do not exist are
// created. Names may repeat.
func (d *Draft) listIDs(owner UserID, names []string) (ids []ListID) {
	for _, name := range names {
		l, _ := d.Lists.Get(owner)
		list := l.find(name)
		if list == nil {
			list = d.editLists(owner).create(name)
			d.bump(owner, SeqLists)
		}
		if !slices.Contains(ids, list.ID) {
			ids = append(ids, list.ID)
		}
	}
	return ids
}

// move counts one friend of owner as a member of the lists to instead of the
// lists from.
func (d *Draft) move(owner UserID, from, to []ListID) {
	for _, id := range from {
		if !slices.Contains(to, id) {
			d.countMember(owner, id, -1)
		}
	}
	for _, id := range to {
		if !slices.Contains(from, id) {
			d.countMember(owner, id, 1)
		}
	}
}

func (d *Draft) countMember(owner UserID, id ListID, n int) {
	d.editLists(owner).byID(id).Members += n
	d.bump(owner, SeqLists)
}
