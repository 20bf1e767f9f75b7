package postgres

import (
	"fmt"
	"strings"
)

// A table is what the statements need to know of one kind of rows. They are
// made from it once. Each takes the app as $1 and then arrays, one for each
// column: a call about 1,000 rows sends the same statement as one about one.
//
// Rows are found and removed by any of some values for each column of the key,
// not by joining with arrays: such a join may be planned as a walk over all
// rows of the app, once for each key.
type table struct {
	name string
	key  []column // after app; the first is the owner
	rest []column

	upsert string // $2...: key and rest, row by row
	remove string // $2...: key
	find   string // $2...: key; yields key and rest
}

// A column is one column as it goes in an array to the database.
type column struct {
	name    string
	element string // the type of the array's elements
	as      string // what an element is cast to, if it needs to be
}

func text(name string) column   { return column{name: name, element: "text"} }
func number(name string) column { return column{name: name, element: "bigint"} }
func truth(name string) column  { return column{name: name, element: "boolean"} }

// numbers is a column of arrays, each of which goes as a text: an array of
// arrays would be taken apart to its elements.
func numbers(name string) column { return column{name: name, element: "text", as: "bigint[]"} }

func document(name string) column { return column{name: name, element: "text", as: "jsonb"} }

// edge is the key of rows about a peer.
var edge = []column{text("owner"), text("peer")}

// allTables are the tables of users' rows, all distributed by owner. Users come
// first, because the others are put where their owner's row is.
var allTables = []*table{&users, &profiles, &friends, &friendOf, &lists, &listNumbers, &listMembers, &blocks, &blockedBy, &sent, &received}

func newTable(name string, key []column, rest ...column) table {
	t := table{name: name, key: key, rest: rest}
	all := append(append([]column(nil), key...), rest...)

	conflict := "nothing"
	if len(rest) > 0 {
		conflict = "update set " + each(rest, func(c column) string { return c.name + " = excluded." + c.name })
	}
	t.upsert = fmt.Sprintf("insert into %s (app, %s) select $1, %s from %s on conflict (app, %s) do %s",
		name, each(all, column.plain), each(all, column.cast), arrays(all), each(key, column.plain), conflict)
	t.remove = fmt.Sprintf("delete from %s t where t.app = $1%s", name, anyOf(key))
	t.find = fmt.Sprintf("select %s from %s t where t.app = $1%s", each(all, column.ofRow), name, anyOf(key))
	return t
}

// columns names the columns of a row t, key and rest.
func (t *table) columns() string {
	return each(append(append([]column(nil), t.key...), t.rest...), column.ofRow)
}

func (c column) plain() string { return c.name }
func (c column) ofRow() string { return "t." + c.name }

func (c column) cast() string {
	if c.as == "" {
		return "k." + c.name
	}
	return "k." + c.name + "::" + c.as
}

func each(columns []column, write func(column) string) string {
	words := make([]string, len(columns))
	for i, c := range columns {
		words[i] = write(c)
	}
	return strings.Join(words, ", ")
}

// arrays makes rows k of the arrays that are given from $2 on.
func arrays(columns []column) string {
	params := make([]string, len(columns))
	for i, c := range columns {
		params[i] = fmt.Sprintf("$%d::%s[]", i+2, c.element)
	}
	return fmt.Sprintf("unnest(%s) as k(%s)", strings.Join(params, ", "), each(columns, column.plain))
}

// anyOf finds rows t that have in each column of the key one of the values
// given from $2 on.
func anyOf(key []column) string {
	var words strings.Builder
	for i, c := range key {
		fmt.Fprintf(&words, " and t.%s = any($%d::%s[])", c.name, i+2, c.element)
	}
	return words.String()
}

// values takes one column out of rows.
func values[R, V any](rows []*R, value func(*R) V) []V {
	all := make([]V, len(rows))
	for i, r := range rows {
		all[i] = value(r)
	}
	return all
}

func pointers[R any](rows []R) []*R {
	all := make([]*R, len(rows))
	for i := range rows {
		all[i] = &rows[i]
	}
	return all
}

// texts converts IDs to what the driver knows.
func texts[S ~string](ids []S) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}
