package postgres

import (
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var (
	friends = newTable("friends", edge,
		number("slot"), number("add_time"), number("remark_time"), text("remark"), text("source"), text("wording"), numbers("lists"), document("custom"))
	friendOf    = newTable("friend_of", []column{text("owner"), text("holder")})
	listMembers = newTable("list_members", []column{text("owner"), text("peer"), number("list")})

	friendPage = "select " + friends.columns() + " from friends t where t.app = $1 and t.owner = $2 and t.slot >= $3 and " + bySlot + " offset $4 limit $5"

	membersOf = "select " + friends.columns() + ` from list_members m join friends t on t.app = m.app and t.owner = m.owner and t.peer = m.peer
		where m.app = $1 and m.owner = $2 and m.list = $3 order by t.slot`

	// bySlot goes along the index by slots, whose condition it repeats.
	bySlot = "t.slot >= 0 order by t.slot"

	// A friend that goes leaves all lists at once.
	leaveLists = "delete from list_members t where t.app = $1" + anyOf(edge)
)

func scanFriend(rows pgx.Rows) (e chain.Edge, f chain.Friend, err error) {
	var lists []int64
	var custom []byte
	err = rows.Scan(&f.Owner, &f.Peer, &f.Slot, &f.AddTime, &f.RemarkTime, &f.Remark, &f.Source, &f.Wording, &lists, &custom)
	if err != nil {
		return e, f, err
	}
	for _, id := range lists {
		f.Lists = append(f.Lists, chain.ListID(id))
	}
	f.Custom, err = readCustom(custom)
	return f.Edge, f, err
}

func friendValues(rows []*chain.Friend) []any {
	return append(edgeValues(rows, func(f *chain.Friend) chain.Edge { return f.Edge }),
		values(rows, func(f *chain.Friend) int64 { return int64(f.Slot) }),
		values(rows, func(f *chain.Friend) int64 { return f.AddTime }),
		values(rows, func(f *chain.Friend) int64 { return f.RemarkTime }),
		values(rows, func(f *chain.Friend) string { return f.Remark }),
		values(rows, func(f *chain.Friend) string { return f.Source }),
		values(rows, func(f *chain.Friend) string { return f.Wording }),
		values(rows, func(f *chain.Friend) *string { return numberArray(f.Lists) }),
		values(rows, func(f *chain.Friend) *string { return writeCustom(f.Custom) }),
	)
}

// A membership says that a friend is in a list.
type membership struct {
	chain.Edge
	list chain.ListID
}

func memberValues(rows []*membership) []any {
	return []any{
		values(rows, func(m *membership) string { return string(m.Owner) }),
		values(rows, func(m *membership) string { return string(m.Peer) }),
		values(rows, func(m *membership) int64 { return int64(m.list) }),
	}
}

// writeFriends queues what became of friends, with the smaller rows by which
// they are found from their lists and from the peer's side.
func (w *writer) writeFriends(t *chain.Table[chain.Edge, chain.Friend]) {
	var set []*chain.Friend
	var gone, held []chain.Edge
	var joined []*membership
	left := map[chain.ListID][]chain.Edge{}
	for c := range t.Dirty {
		if !c.Found {
			gone = append(gone, c.Key)
			continue
		}
		if !c.Had {
			held = append(held, c.Key.Reverse())
		}
		c.Row.Edge = c.Key
		set = append(set, &c.Row)
		for _, list := range c.Row.Lists {
			if !slices.Contains(c.Was.Lists, list) {
				joined = append(joined, &membership{c.Key, list})
			}
		}
		for _, list := range c.Was.Lists {
			if !slices.Contains(c.Row.Lists, list) {
				left[list] = append(left[list], c.Key)
			}
		}
	}
	w.removeEdges(leaveLists, gone)
	for _, list := range slices.Sorted(maps.Keys(left)) {
		w.removeEdges(listMembers.remove, left[list], []int64{int64(list)})
	}
	w.removeEdges(friends.remove, gone)
	w.removeEdges(friendOf.remove, reversed(gone))
	queue(w, friends.upsert, set, friendValues)
	queue(w, friendOf.upsert, pointers(held), edgesOf)
	queue(w, listMembers.upsert, joined, memberValues)
}
