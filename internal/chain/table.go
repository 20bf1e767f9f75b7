package chain

import "slices"

// A Table holds the rows of one kind that a command may see. It knows an
// absent row from a row that nobody asked for: touching the latter is a
// programming error and panics with [Undeclared].
type Table[K comparable, V any] struct {
	cells []Cell[K, V]
	index map[K]int // past smallTable cells; where a key's cell is, or will be once it is filled
}

// A Cell is one row of a draft: what it is now and what the store held.
type Cell[K comparable, V any] struct {
	Key        K
	Row        V
	Found      bool // the row exists now
	Was        V    // the stored row; set once the cell is dirty
	Had, Dirty bool // the row existed in the store; the command changed it
}

// smallTable is up to where a linear search beats a map.
const smallTable = 16

// Undeclared is the panic value of a command that touches a row its Reads did
// not name.
type Undeclared struct{ Key any }

func (t *Table[K, V]) at(k K) *Cell[K, V] {
	if t.index != nil {
		if i, ok := t.index[k]; ok && i < len(t.cells) && t.cells[i].Key == k {
			return &t.cells[i]
		}
		return nil
	}
	for i := range t.cells {
		if t.cells[i].Key == k {
			return &t.cells[i]
		}
	}
	return nil
}

func (t *Table[K, V]) must(k K) *Cell[K, V] {
	c := t.at(k)
	if c == nil {
		panic(Undeclared{k})
	}
	return c
}

// Get returns the row of k and whether it exists.
func (t *Table[K, V]) Get(k K) (V, bool) {
	c := t.must(k)
	return c.Row, c.Found
}

// Has tells whether the row of k exists.
func (t *Table[K, V]) Has(k K) bool { return t.must(k).Found }

// Peek is Get for use in Reads, where not knowing yet is no fault.
func (t *Table[K, V]) Peek(k K) (row V, known bool) {
	if c := t.at(k); c != nil {
		return c.Row, true
	}
	return row, false
}

// stands tells whether the row of k is known to exist, for use in Reads.
func (t *Table[K, V]) stands(k K) bool {
	c := t.at(k)
	return c != nil && c.Found
}

func (c *Cell[K, V]) before() V {
	if c.Dirty {
		return c.Was
	}
	return c.Row
}

func (c *Cell[K, V]) soil() (first bool) {
	if c.Dirty {
		return false
	}
	c.Was, c.Dirty = c.Row, true
	return true
}

// Put makes v the row of k.
func (t *Table[K, V]) Put(k K, v V) {
	c := t.must(k)
	c.soil()
	c.Row, c.Found = v, true
}

// Edit returns the row of k to be changed in place, creating it if there is
// none. The first call for a row says so: what the row points to is then still
// shared with the store and must be copied before it is changed.
func (t *Table[K, V]) Edit(k K) (row *V, first bool) {
	c := t.must(k)
	first = c.soil()
	c.Found = true
	return &c.Row, first
}

// Delete removes the row of k, if there is one.
func (t *Table[K, V]) Delete(k K) {
	if c := t.must(k); c.Found {
		c.soil()
		var none V
		c.Row, c.Found = none, false
	}
}

// was returns the row that the store held for k.
func (t *Table[K, V]) was(k K) V { return t.must(k).before() }

// Dirty yields the cells whose row must be written or removed, in the order
// they were read. A row that came and went within the command is not yielded.
func (t *Table[K, V]) Dirty(yield func(*Cell[K, V]) bool) {
	for i := range t.cells {
		if c := &t.cells[i]; c.Dirty && (c.Found || c.Had) && !yield(c) {
			return
		}
	}
}

// Know records a row that the store is known to hold, found by other means
// than its key.
func (t *Table[K, V]) Know(k K, v V) {
	if t.at(k) != nil {
		return
	}
	t.cells = append(t.cells, Cell[K, V]{Key: k, Row: v, Found: true, Had: true})
	if t.index != nil {
		t.index[k] = len(t.cells) - 1
	}
	t.outgrow()
}

// Fill records what find says the store holds for each of the keys asked, which
// are those that Missing returned last, or the first of all.
func (t *Table[K, V]) Fill(asked Keys[K], find func(K) (V, bool, error)) error {
	t.cells = slices.Grow(t.cells, len(asked))
	for _, k := range asked {
		v, ok, err := find(k)
		if err != nil {
			return err
		}
		t.cells = append(t.cells, Cell[K, V]{Key: k, Row: v, Found: ok, Had: ok})
	}
	t.outgrow()
	return nil
}

// outgrow makes the index of a table that has become too large for a search.
func (t *Table[K, V]) outgrow() {
	if t.index == nil && len(t.cells) > smallTable {
		t.makeIndex(2 * len(t.cells))
	}
}

func (t *Table[K, V]) makeIndex(size int) {
	t.index = make(map[K]int, size)
	for i := range t.cells {
		t.index[t.cells[i].Key] = i
	}
}

// reset forgets all rows and keeps the memory.
func (t *Table[K, V]) reset() {
	clear(t.cells)
	t.cells, t.index = t.cells[:0], nil
}

// Missing returns the keys of want that were not asked for yet, each once; they
// are to be filled next. It reuses want's memory.
func (t *Table[K, V]) Missing(want Keys[K]) Keys[K] {
	missing := want[:0]
	if t.index == nil && len(want) <= smallTable {
		for _, k := range want {
			if t.at(k) == nil && !slices.Contains(missing, k) {
				missing = append(missing, k)
			}
		}
		return missing
	}
	if t.index == nil {
		t.makeIndex(len(t.cells) + len(want))
	}
	for _, k := range want {
		if _, known := t.index[k]; !known {
			t.index[k] = len(t.cells) + len(missing)
			missing = append(missing, k)
		}
	}
	return missing
}
