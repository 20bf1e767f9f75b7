package postgres

import (
	"slices"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var (
	friends = newTable("friends", edge,
		number("slot"), number("add_time"), number("remark_time"), text("remark"), text("source"), text("wording"), numbers("lists"), document("custom"))
	friendOf    = newTable("friend_of", []column{text("owner"), text("holder")})
	listMembers = newTable("list_members", []column{text("owner"), number("list"), text("peer")})

	friendPage = "select " + friends.columns() + " from friends t where t.app = $1 and t.owner = $2 and t.slot >= $3 order by t.slot offset $4 limit $5"

	findMembers = "select m.list, " + friends.columns() + ` from list_members m
		join friends t on t.app = m.app and t.owner = m.owner and t.peer = m.peer
		join unnest($2::text[], $3::bigint[]) as k(owner, list) on m.owner = k.owner and m.list = k.list
		where m.app = $1 order by t.owner, t.slot`
)

func scanFriend(rows pgx.Rows) (e chain.Edge, f chain.Friend, err error) {
	f, err = scanFriendAfter(rows)
	return f.Edge, f, err
}

// scanFriendAfter reads a friend from the columns that follow those that go to
// before.
func scanFriendAfter(rows pgx.Rows, before ...any) (f chain.Friend, err error) {
	var lists []int64
	var custom []byte
	err = rows.Scan(append(before, &f.Owner, &f.Peer, &f.Slot, &f.AddTime, &f.RemarkTime, &f.Remark, &f.Source, &f.Wording, &lists, &custom)...)
	if err != nil {
		return f, err
	}
	for _, id := range lists {
		f.Lists = append(f.Lists, chain.ListID(id))
	}
	f.Custom, err = readCustom(custom)
	return f, err
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

// edgeValues are the columns owner and peer.
func edgeValues[R any](rows []*R, at func(*R) chain.Edge) []any {
	return []any{
		values(rows, func(r *R) string { return string(at(r).Owner) }),
		values(rows, func(r *R) string { return string(at(r).Peer) }),
	}
}

func itself(e *chain.Edge) chain.Edge { return *e }

// A membership says that a friend is in a list.
type membership struct {
	chain.Edge
	list chain.ListID
}

func memberValues(rows []*membership) []any {
	return []any{
		values(rows, func(m *membership) string { return string(m.Owner) }),
		values(rows, func(m *membership) int64 { return int64(m.list) }),
		values(rows, func(m *membership) string { return string(m.Peer) }),
	}
}

// writeFriends queues what became of friends, with the smaller rows by which
// they are found from their lists and from the peer's side.
func (w *writer) writeFriends(t *chain.Table[chain.Edge, chain.Friend]) {
	var set []*chain.Friend
	var gone, held, unheld []*chain.Edge
	var joined, left []*membership
	for c := range t.Dirty {
		other := c.Key.Reverse()
		switch {
		case !c.Found:
			gone, unheld = append(gone, &c.Key), append(unheld, &other)
		case !c.Had:
			held = append(held, &other)
			fallthrough
		default:
			c.Row.Edge = c.Key
			set = append(set, &c.Row)
		}
		for _, list := range c.Row.Lists {
			if !slices.Contains(c.Was.Lists, list) {
				joined = append(joined, &membership{c.Key, list})
			}
		}
		for _, list := range c.Was.Lists {
			if !slices.Contains(c.Row.Lists, list) {
				left = append(left, &membership{c.Key, list})
			}
		}
	}
	queue(w, listMembers.remove, left, memberValues)
	queue(w, friends.remove, gone, edgesOf)
	queue(w, friendOf.remove, unheld, edgesOf)
	queue(w, friends.upsert, set, friendValues)
	queue(w, friendOf.upsert, held, edgesOf)
	queue(w, listMembers.upsert, joined, memberValues)
}

func edgesOf(rows []*chain.Edge) []any { return edgeValues(rows, itself) }
