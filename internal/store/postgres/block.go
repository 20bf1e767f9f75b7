package postgres

import (
	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var (
	blocks    = newTable("blocks", edge, number("slot"), number("time"))
	blockedBy = newTable("blocked_by", []column{text("owner"), text("holder")})

	blockPage = "select " + blocks.columns() + " from blocks t where t.app = $1 and t.owner = $2 and t.slot >= $3 order by t.slot offset $4 limit $5"
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
	var gone, held, unheld []*chain.Edge
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
	}
	queue(w, blocks.remove, gone, edgesOf)
	queue(w, blockedBy.remove, unheld, edgesOf)
	queue(w, blocks.upsert, set, blockValues)
	queue(w, blockedBy.upsert, held, edgesOf)
}
