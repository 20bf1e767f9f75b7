package chain

import "slices"

// An Order counts the rows of one kind that a user owns and knows the slots
// they stand in. Rows take rising slots as they are inserted; a page that
// begins at the Nth row is found from the counts alone, at a cost that does
// not grow with N.
type Order struct {
	First, Next uint32 // slots below First and from Next on are free
	Count       uint32
	// Blocks counts the rows of each block of slots that has any, ascending.
	// It is nil while the slots from First to Next are all taken, which they
	// are until a row in the middle goes.
	Blocks []OrderBlock
}

// An OrderBlock counts the rows with slots of Index*BlockSlots and up.
type OrderBlock struct{ Index, Count uint32 }

// BlockSlots is how many slots one [OrderBlock] spans, and so how many index
// entries a page passes over at the most.
const BlockSlots = 128

// Len is the number of rows.
func (o *Order) Len() int { return int(o.Count) }

// add takes the next slot.
func (o *Order) add() (slot uint32) {
	slot = o.Next
	o.Next++
	o.Count++
	if o.Blocks != nil {
		o.count(slot, 1)
	}
	return slot
}

// remove frees a slot that is taken.
func (o *Order) remove(slot uint32) {
	o.Count--
	switch {
	case o.Count == 0:
		*o = Order{}
	case o.Blocks != nil:
		o.uncount(slot)
	case slot == o.First:
		o.First++
	case slot == o.Next-1:
		o.Next--
	default:
		o.spread()
		o.uncount(slot)
	}
}

// spread writes down the counts that were implied while no slot was free.
func (o *Order) spread() {
	for i := o.First / BlockSlots; i <= (o.Next-1)/BlockSlots; i++ {
		from, to := max(o.First, i*BlockSlots), min(o.Next, (i+1)*BlockSlots)
		o.Blocks = append(o.Blocks, OrderBlock{i, to - from})
	}
}

func (o *Order) count(slot, n uint32) {
	if last := len(o.Blocks) - 1; last >= 0 && o.Blocks[last].Index == slot/BlockSlots {
		o.Blocks[last].Count += n
		return
	}
	o.Blocks = append(o.Blocks, OrderBlock{slot / BlockSlots, n})
}

func (o *Order) uncount(slot uint32) {
	i := slices.IndexFunc(o.Blocks, func(b OrderBlock) bool { return b.Index == slot/BlockSlots })
	if o.Blocks[i].Count--; o.Blocks[i].Count == 0 {
		o.Blocks = slices.Delete(o.Blocks, i, i+1)
	}
}

// page asks for limit rows of owner from the one at offset start on; it is
// false if there are none. The first page needs no counts, so it can be asked
// for before they are known.
func (o *Order) page(owner UserID, start int64, limit int) (p Page, found bool) {
	p = Page{Owner: owner, Limit: limit}
	if start == 0 {
		return p, true
	}
	if start >= int64(o.Len()) {
		return p, false
	}
	p.From, p.Skip = o.seek(int(start))
	return p, true
}

// after returns where the page behind rows rows from offset start on begins; 0
// means that there is none.
func (o *Order) after(start int64, rows int) int {
	if end := int(start) + rows; rows > 0 && end < o.Len() {
		return end
	}
	return 0
}

// seek returns where the row at offset (from 0, below Len) is found: skip rows
// after the first one that stands at slot from or later.
func (o *Order) seek(offset int) (from uint32, skip int) {
	if o.Blocks == nil {
		return o.First + uint32(offset), 0
	}
	for _, b := range o.Blocks {
		if offset < int(b.Count) {
			return b.Index * BlockSlots, offset
		}
		offset -= int(b.Count)
	}
	return o.Next, 0
}
