package postgres

import "kith/internal/chain"

// An edgeGroup is every edge from one of owners to one of peers; one of the two
// is alone.
type edgeGroup struct{ owners, peers []string }

// fewEdges is up to where edges are looked for in one statement, though it
// finds those between their owners and peers that nobody asked for as well.
const fewEdges = 4

// searchGroups are groups in which all of edges are found, with some others
// perhaps.
func searchGroups(edges []chain.Edge) []*edgeGroup {
	if len(edges) > fewEdges {
		return groupEdges(edges)
	}
	g := &edgeGroup{}
	for _, e := range edges {
		g.owners, g.peers = append(g.owners, string(e.Owner)), append(g.peers, string(e.Peer))
	}
	return []*edgeGroup{g}
}

// groupEdges takes edges, of which none is named twice, apart into as few
// groups as is easily found. Commands name edges from one user to many and from
// many to one, so that there are two groups as a rule.
func groupEdges(edges []chain.Edge) (groups []*edgeGroup) {
	from, to := map[chain.UserID]int{}, map[chain.UserID]int{}
	for _, e := range edges {
		from[e.Owner]++
		to[e.Peer]++
	}
	of := func(groupOf map[chain.UserID]*edgeGroup, id chain.UserID) *edgeGroup {
		g := groupOf[id]
		if g == nil {
			g = &edgeGroup{}
			groupOf[id], groups = g, append(groups, g)
		}
		return g
	}
	byOwner, byPeer := map[chain.UserID]*edgeGroup{}, map[chain.UserID]*edgeGroup{}
	for _, e := range edges {
		if from[e.Owner] >= to[e.Peer] {
			g := of(byOwner, e.Owner)
			g.owners, g.peers = []string{string(e.Owner)}, append(g.peers, string(e.Peer))
		} else {
			g := of(byPeer, e.Peer)
			g.owners, g.peers = append(g.owners, string(e.Owner)), []string{string(e.Peer)}
		}
	}
	return groups
}

func reversed(edges []chain.Edge) []chain.Edge {
	all := make([]chain.Edge, len(edges))
	for i, e := range edges {
		all[i] = e.Reverse()
	}
	return all
}

// edgeValues are the columns owner and peer.
func edgeValues[R any](rows []*R, at func(*R) chain.Edge) []any {
	return []any{
		values(rows, func(r *R) string { return string(at(r).Owner) }),
		values(rows, func(r *R) string { return string(at(r).Peer) }),
	}
}

func edgesOf(rows []*chain.Edge) []any {
	return edgeValues(rows, func(e *chain.Edge) chain.Edge { return *e })
}

// removeEdges queues the removal of rows about peers; more narrows them down.
func (w *writer) removeEdges(sql string, edges []chain.Edge, more ...any) {
	for _, g := range groupEdges(edges) {
		w.batch.Queue(sql, append([]any{w.app, g.owners, g.peers}, more...)...)
	}
}
