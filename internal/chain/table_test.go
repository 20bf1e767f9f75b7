package chain

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func fill(t *Table[int, string], rows map[int]string, keys ...int) {
	err := t.Fill(keys, func(k int) (string, bool, error) {
		v, ok := rows[k]
		return v, ok, nil
	})
	if err != nil {
		panic(err)
	}
}

// TestTable compares a table with a map, below and above the size at which it
// builds an index.
func TestTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stored := map[int]string{}
		n := rapid.IntRange(1, 3*smallTable).Draw(t, "rows")
		var keys []int
		for k := range n {
			keys = append(keys, k)
			if rapid.Bool().Draw(t, "stored") {
				stored[k] = fmt.Sprint("row", k)
			}
		}
		var table Table[int, string]
		fill(&table, stored, keys...)
		now := map[int]string{}
		for k, v := range stored {
			now[k] = v
		}
		for range rapid.IntRange(0, 30).Draw(t, "changes") {
			k := rapid.IntRange(0, n-1).Draw(t, "key")
			switch rapid.IntRange(0, 2).Draw(t, "change") {
			case 0:
				table.Put(k, "new")
				now[k] = "new"
			case 1:
				row, _ := table.Edit(k)
				*row += "!"
				now[k] += "!"
			case 2:
				table.Delete(k)
				delete(now, k)
			}
		}
		for c := range table.Dirty {
			if c.Found {
				stored[c.Key] = c.Row
			} else {
				delete(stored, c.Key)
			}
		}
		for k := range n {
			got, ok := table.Get(k)
			want, exists := now[k]
			if got != want || ok != exists || table.Has(k) != exists {
				t.Fatalf("row %d is %q %v, want %q %v", k, got, ok, want, exists)
			}
			if written, kept := stored[k]; written != want || kept != exists {
				t.Fatalf("row %d is written as %q %v, want %q %v", k, written, kept, want, exists)
			}
		}
	})
}

func TestTableKnowsWhatWasNotAsked(t *testing.T) {
	var table Table[int, string]
	fill(&table, map[int]string{1: "one"}, 1, 2)
	if _, known := table.Peek(3); known {
		t.Error("a row that nobody asked for is known")
	}
	defer func() {
		if p, ok := recover().(Undeclared); !ok || p.Key != 3 {
			t.Errorf("got panic %v, want Undeclared{3}", p)
		}
	}()
	table.Get(3)
}

func TestTableWas(t *testing.T) {
	var table Table[int, string]
	fill(&table, map[int]string{1: "one"}, 1, 2)
	table.Put(1, "uno")
	table.Put(1, "eins")
	table.Put(2, "two")
	table.Delete(2)
	var dirty []Cell[int, string]
	for c := range table.Dirty {
		dirty = append(dirty, *c)
	}
	// Row 2 came and went: there is nothing to write.
	if len(dirty) != 1 || dirty[0].Was != "one" || dirty[0].Row != "eins" || !dirty[0].Had {
		t.Errorf("dirty cells: %+v", dirty)
	}
	failed := errors.New("disk")
	if err := table.Fill(Keys[int]{5}, func(int) (string, bool, error) { return "", false, failed }); err != failed {
		t.Errorf("got %v, want the reader's error", err)
	}
}

func TestMissing(t *testing.T) {
	for _, n := range []int{3, 3 * smallTable} {
		var table Table[int, string]
		fill(&table, nil, 0, 1)
		var want Keys[int]
		for k := range n {
			want.Add(k, k)
		}
		if got := table.Missing(want); len(got) != n-2 || got[0] != 2 {
			t.Errorf("of %d keys twice, two of them known, %d are missing: %v", n, len(got), got)
		}
	}
}

// TestRounds asks for rows in several rounds, some of them again.
func TestRounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table Table[int, string]
		asked := map[int]bool{}
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			want := Keys[int](rapid.SliceOfN(rapid.IntRange(0, 5*smallTable), 0, 3*smallTable).Draw(t, "want"))
			missing := table.Missing(want)
			for _, k := range missing {
				if _, known := table.Peek(k); known || asked[k] {
					t.Fatalf("row %d is missing, and known: %v, or asked for before: %v", k, known, asked[k])
				}
				asked[k] = true
			}
			err := table.Fill(missing, func(k int) (string, bool, error) { return fmt.Sprint("row", k), true, nil })
			if err != nil {
				t.Fatal(err)
			}
			for k := range 5*smallTable + 1 {
				if row, known := table.Peek(k); known != asked[k] || known && row != fmt.Sprint("row", k) {
					t.Fatalf("row %d is %q, known: %v", k, row, known)
				}
			}
		}
	})
}
