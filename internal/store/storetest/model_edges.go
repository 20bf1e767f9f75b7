package storetest

import (
	"slices"

	"kith/internal/chain"
)

// edges are the rows from one user to another, found from either end.
type edges[V any] struct {
	rows map[chain.Edge]V
	ends map[chain.UserID]map[chain.Edge]bool // those from and to a user
}

func newEdges[V any]() edges[V] {
	return edges[V]{map[chain.Edge]V{}, map[chain.UserID]map[chain.Edge]bool{}}
}

func (t edges[V]) apply(changed *chain.Table[chain.Edge, V]) {
	apply(t.rows, changed)
	for c := range changed.Dirty {
		for _, end := range []chain.UserID{c.Key.Owner, c.Key.Peer} {
			if t.ends[end] == nil {
				t.ends[end] = map[chain.Edge]bool{}
			}
			if c.Found {
				t.ends[end][c.Key] = true
			} else {
				delete(t.ends[end], c.Key)
			}
		}
	}
}

// of are the rows that id keeps, in order.
func (t edges[V]) of(id chain.UserID, order func(a, b V) int) (rows []V) {
	for e := range t.ends[id] {
		if e.Owner == id {
			rows = append(rows, t.rows[e])
		}
	}
	slices.SortFunc(rows, order)
	return rows
}

// holders are the owners of rows about id.
func (t edges[V]) holders(id chain.UserID) (owners []chain.UserID) {
	for e := range t.ends[id] {
		if e.Peer == id {
			owners = append(owners, e.Owner)
		}
	}
	slices.Sort(owners)
	return owners
}
