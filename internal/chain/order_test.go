package chain

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestOrder compares an order with a plain list of slots.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o Order
		var slots []uint32
		for range rapid.IntRange(1, 600).Draw(t, "steps") {
			if len(slots) == 0 || rapid.IntRange(0, 99).Draw(t, "die") < 60 {
				slot := o.add()
				if n := len(slots); n > 0 && slot <= slots[n-1] {
					t.Fatalf("slot %d after %d", slot, slots[n-1])
				}
				slots = append(slots, slot)
				continue
			}
			i := rapid.IntRange(0, len(slots)-1).Draw(t, "which")
			o.remove(slots[i])
			slots = slices.Delete(slots, i, i+1)
		}
		if o.Len() != len(slots) {
			t.Fatalf("counts %d rows of %d", o.Len(), len(slots))
		}
		for i, slot := range slots {
			from, skip := o.seek(i)
			at, _ := slices.BinarySearch(slots, from)
			if at+skip != i {
				t.Fatalf("row %d at slot %d: seek says %d after slot %d, which is row %d", i, slot, skip, from, at+skip)
			}
			if skip >= BlockSlots {
				t.Fatalf("seek passes over %d rows", skip)
			}
		}
	})
}

func TestOrderStaysSmall(t *testing.T) {
	var o Order
	for range 3000 {
		o.add()
	}
	if o.Blocks != nil {
		t.Errorf("a list that only grew needs %d blocks", len(o.Blocks))
	}
	for slot := range uint32(2000) {
		o.remove(slot)
	}
	if o.Blocks != nil || o.First != 2000 {
		t.Errorf("a list that lost its oldest needs %d blocks from slot %d", len(o.Blocks), o.First)
	}
	o.remove(2500)
	if got := len(o.Blocks); got != 3000/BlockSlots-2000/BlockSlots+1 {
		t.Errorf("a list with a hole needs %d blocks", got)
	}
}
