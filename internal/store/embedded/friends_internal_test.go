package embedded

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kith/internal/chain"
)

func sameFriend(a, b chain.Friend) bool { return reflect.DeepEqual(a, b) }

// setOf is the set of some rows.
func setOf(t interface{ Fatal(...any) }, rows []chain.Friend) *friendSet {
	s := &friendSet{owner: "o"}
	for i := range rows {
		if err := s.append(rows[i].Slot, encodeFriend(nil, &rows[i])); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// TestFriendSet makes random changes to sets of every size that is treated in a
// way of its own, and compares the set with a list that is searched through.
// What readers took of a set must stay as it was.
func TestFriendSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var model []chain.Friend
		start := rapid.SampledFrom([]int{0, 1, 20, mostCopied - 1, mostCopied + 1}).Draw(t, "friends at the start")
		next := uint32(0)
		fresh := func() chain.Friend {
			f := chain.Friend{Edge: chain.Edge{Owner: "o", Peer: chain.UserID(fmt.Sprintf("p%d", next))}, Slot: next}
			next += uint32(rapid.IntRange(1, 3).Draw(t, "gap"))
			return f
		}
		for range start {
			model = append(model, fresh())
		}
		s := setOf(t, model)
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			taken := s.page(chain.Page{Limit: 1 << 20})
			before := slices.Clone(taken)
			cell := &friendCell{Dirty: true}
			i := rapid.IntRange(0, max(len(model)-1, 0)).Draw(t, "which")
			switch kind := rapid.IntRange(0, 2).Draw(t, "kind"); {
			case kind == 0 || len(model) == 0: // a new friend
				cell.Row, cell.Found = fresh(), true
				model = append(slices.Clip(model), cell.Row)
			case kind == 1: // one less
				cell.Was, cell.Had = model[i], true
				model = slices.Delete(slices.Clone(model), i, i+1)
			default: // another remark
				cell.Was, cell.Had, cell.Found = model[i], true, true
				cell.Row = model[i]
				cell.Row.Remark += "x"
				model = slices.Clone(model)
				model[i] = cell.Row
			}
			if cell.Key = cell.Row.Edge; !cell.Found {
				cell.Key = cell.Was.Edge
			}
			if !s.apply(cell) {
				s = setOf(t, model) // it would be read anew
			}
			if diff := differ(setOf(t, model), s); diff != "" {
				t.Fatalf("after %+v (-want +got):\n%s", cell, diff)
			}
			if !slices.EqualFunc(before, taken, sameFriend) {
				t.Fatalf("what a reader took has changed with %+v", cell)
			}
		}
		p := chain.Page{From: uint32(rapid.IntRange(0, int(next)).Draw(t, "from")), Skip: rapid.IntRange(0, 5).Draw(t, "skip"), Limit: rapid.IntRange(1, 9).Draw(t, "limit")}
		want := slices.DeleteFunc(slices.Clone(model), func(f chain.Friend) bool { return f.Slot < p.From })
		want = want[min(p.Skip, len(want)):]
		want = want[:min(p.Limit, len(want))]
		if diff := cmp.Diff(want, s.page(p), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("page %+v (-want +got):\n%s", p, diff)
		}
		for _, f := range model {
			if got, at := s.find(f.Peer); at < 0 || !sameFriend(got, f) {
				t.Fatalf("find(%s) = %+v, %d", f.Peer, got, at)
			}
		}
		if _, at := s.find("nobody"); at >= 0 {
			t.Fatal("found nobody")
		}
	})
}
