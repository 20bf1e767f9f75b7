package postgres

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var (
	sent     = newRequestTable("requests_sent")
	received = newRequestTable("requests_received")

	sentOf     = requestsOf(&sent)
	receivedOf = requestsOf(&received)
)

func newRequestTable(name string) table {
	return newTable(name, edge, number("time"), text("source"), text("wording"), text("remark"), text("list"))
}

// requestsOf yields all requests of users, each user's by peer.
func requestsOf(t *table) string {
	return fmt.Sprintf("select %s from %s t where t.app = $1 and t.owner = any($2::text[]) order by t.owner, t.peer", t.columns(), t.name)
}

func scanRequest(rows pgx.Rows) (e chain.Edge, q chain.Request, err error) {
	err = rows.Scan(&q.Owner, &q.Peer, &q.Time, &q.Source, &q.Wording, &q.Remark, &q.List)
	return q.Edge, q, err
}

func requestValues(rows []*chain.Request) []any {
	return append(edgeValues(rows, func(q *chain.Request) chain.Edge { return q.Edge }),
		values(rows, func(q *chain.Request) int64 { return q.Time }),
		values(rows, func(q *chain.Request) string { return q.Source }),
		values(rows, func(q *chain.Request) string { return q.Wording }),
		values(rows, func(q *chain.Request) string { return q.Remark }),
		values(rows, func(q *chain.Request) string { return q.List }))
}

// writeRequests queues what became of requests, on one side of them.
func (w *writer) writeRequests(t *table, rows *chain.Table[chain.Edge, chain.Request]) {
	var set []*chain.Request
	var gone []chain.Edge
	for c := range rows.Dirty {
		if c.Found {
			c.Row.Edge = c.Key
			set = append(set, &c.Row)
		} else {
			gone = append(gone, c.Key)
		}
	}
	w.removeEdges(t.remove, gone)
	queue(w, t.upsert, set, requestValues)
}
