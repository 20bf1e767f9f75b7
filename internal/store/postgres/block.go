package postgres

import (
	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var (
	blocks    = newTable("blocks", edge, number("slot"), number("time"))
	blockedBy = newTable("blocked_by", []column{text("owner"), text("holder")})

	blockPage = "select " + blocks.columns() + " from blocks t where t.app = $1 and t.owner = $2 and t.slot >= $3 and " + bySlot + " offset $4 limit $5"
)

func scanBlock(rows pgx.Rows) (e chain.Edge, b chain.Block, err error) {
	err = rows.Scan(&b.Owner, &b.Peer, &b.Slot, &b.Time)
	return b.Edge, b, err
}

func blockValues(rows []*chain.Block) []any {
	return append(edgeValues(rows, func(b *chain.Block) chain.Edge { return b.Edge }),
		values(rows, func(b *chain.Block) int64 { return int64(b.Slot) }),
		values(rows, func(b *chain.Block) int64 { return b.Time }))
}

// writeBlocks queues what became of blocklist entries.
func (w *writer) writeBlocks(t *chain.Table[chain.Edge, chain.Block]) {
	var set []*chain.Block
	var gone, held []chain.Edge
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
	}
	w.removeEdges(blocks.remove, gone)
	w.removeEdges(blockedBy.remove, reversed(gone))
	queue(w, blocks.upsert, set, blockValues)
	queue(w, blockedBy.upsert, pointers(held), edgesOf)
}
