package postgres

import (
	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var (
	lists       = newTable("lists", []column{text("owner"), number("id")}, text("name"), number("members"))
	listNumbers = newTable("list_numbers", []column{text("owner")}, number("last"))

	// The lists of an owner were made in the order of their numbers.
	findLists = "select t.owner, t.id, t.name, t.members from lists t where t.app = $1 and t.owner = any($2::text[]) order by t.owner, t.id"
)

// A listRow is one list of one user.
type listRow struct {
	owner chain.UserID
	chain.List
}

func scanList(rows pgx.Rows) (r listRow, err error) {
	err = rows.Scan(&r.owner, &r.ID, &r.Name, &r.Members)
	return r, err
}

func listValues(rows []*listRow) []any {
	return []any{
		values(rows, func(r *listRow) string { return string(r.owner) }),
		values(rows, func(r *listRow) int64 { return int64(r.ID) }),
		values(rows, func(r *listRow) string { return r.Name }),
		values(rows, func(r *listRow) int64 { return int64(r.Members) }),
	}
}

func listNumberValues(rows []*chain.Lists) []any {
	return []any{
		values(rows, func(l *chain.Lists) string { return string(l.Owner) }),
		values(rows, func(l *chain.Lists) int64 { return int64(l.Next) }),
	}
}

// writeLists queues what became of friend lists: only those that changed.
func (w *writer) writeLists(t *chain.Table[chain.UserID, chain.Lists]) {
	var numbers []*chain.Lists
	var unnumbered []*chain.UserID
	var set []*listRow
	for c := range t.Dirty {
		if !c.Found {
			unnumbered = append(unnumbered, &c.Key)
		} else if c.Row.Owner = c.Key; !c.Had || c.Row.Next != c.Was.Next {
			numbers = append(numbers, &c.Row)
		}
		before, after := byID(c.Was.Items), byID(c.Row.Items)
		for _, l := range c.Row.Items {
			if was, had := before[l.ID]; !had || was != l {
				set = append(set, &listRow{c.Key, l})
			}
		}
		var gone []int64
		for _, l := range c.Was.Items {
			if _, stays := after[l.ID]; !stays {
				gone = append(gone, int64(l.ID))
			}
		}
		if len(gone) > 0 {
			w.batch.Queue(lists.remove, w.app, []string{string(c.Key)}, gone)
		}
	}
	queue(w, listNumbers.remove, unnumbered, ownersOf)
	queue(w, listNumbers.upsert, numbers, listNumberValues)
	queue(w, lists.upsert, set, listValues)
}

func byID(items []chain.List) map[chain.ListID]chain.List {
	m := make(map[chain.ListID]chain.List, len(items))
	for _, l := range items {
		m[l.ID] = l
	}
	return m
}

func ownersOf(rows []*chain.UserID) []any {
	return []any{values(rows, func(id *chain.UserID) string { return string(*id) })}
}
