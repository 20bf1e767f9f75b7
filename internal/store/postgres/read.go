package postgres

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

// Load implements [store.Reader]. All statements go in one batch; the first
// one of a transaction begins it and holds the users.
func (x *tx) Load(ctx context.Context, w *chain.Want, d *chain.Draft) error {
	l := loader{app: int64(x.app), fresh: &x.fresh}
	x.queueBegin(&l.batch)
	l.queue(w, d)
	if err := x.send(ctx, &l.batch, "read"); err != nil {
		return err
	}
	for _, file := range l.files {
		file()
	}
	return nil
}

// A loader collects the statements of one round of reads, and what is to be
// done with their results.
type loader struct {
	app   int64
	batch pgx.Batch
	files []func()
	fresh *[]chain.UserID // whose rows in users are no accounts
}

func (l *loader) queue(w *chain.Want, d *chain.Draft) {
	l.users(w, d)
	findOwned(l, &d.Profiles, w.Profiles, profiles.find, scanProfile)
	l.lists(w, d)
	findEdges(l, &d.Friends, w.Friends, friends.find, scanFriend)
	findEdges(l, &d.Blocks, w.Blocks, blocks.find, scanBlock)
	findEdges(l, &d.Sent, w.Sent, sent.find, scanRequest)
	findEdges(l, &d.Received, w.Received, received.find, scanRequest)
	findPages(l, &d.Pages, w.Pages, friendPage, scanFriend)
	findPages(l, &d.BlockPages, w.BlockPages, blockPage, scanBlock)
	l.members(w, d)
	l.requests(w, d)
	l.holdings(w, d)
}

func ownerKeys(ids chain.Keys[chain.UserID]) []any { return []any{texts(ids)} }

// query queues a statement and hands each row of its result to take.
func (l *loader) query(sql string, args []any, take func(pgx.Rows) error) {
	l.batch.Queue(sql, append([]any{l.app}, args...)...).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			if err := take(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// file notes what the keys asked for have, once the batch was carried out.
func file[K comparable, V any](l *loader, t *chain.Table[K, V], keys chain.Keys[K], found func(K) (V, bool)) {
	l.files = append(l.files, func() {
		// Finding in memory cannot fail.
		_ = t.Fill(keys, func(k K) (V, bool, error) {
			v, ok := found(k)
			return v, ok, nil
		})
	})
}

// always is for rows that are lists: one that has nothing is empty.
func always[K comparable, V any](rows map[K]V) func(K) (V, bool) {
	return func(k K) (V, bool) { return rows[k], true }
}

func in[K comparable, V any](rows map[K]V) func(K) (V, bool) {
	return func(k K) (V, bool) {
		v, ok := rows[k]
		return v, ok
	}
}

// findOwned finds the one row that each owner may have.
func findOwned[V any](l *loader, t *chain.Table[chain.UserID, V], ids chain.Keys[chain.UserID], sql string, scan func(pgx.Rows) (chain.UserID, V, error)) {
	if len(ids) == 0 {
		return
	}
	found := make(map[chain.UserID]V, len(ids))
	l.query(sql, ownerKeys(ids), put(found, scan))
	file(l, t, ids, in(found))
}

// findEdges finds rows about peers.
func findEdges[V any](l *loader, t *chain.Table[chain.Edge, V], edges chain.Keys[chain.Edge], sql string, scan func(pgx.Rows) (chain.Edge, V, error)) {
	if len(edges) == 0 {
		return
	}
	found := make(map[chain.Edge]V, len(edges))
	for _, g := range searchGroups(edges) {
		l.query(sql, []any{g.owners, g.peers}, put(found, scan))
	}
	file(l, t, edges, in(found))
}

func put[K comparable, V any](found map[K]V, scan func(pgx.Rows) (K, V, error)) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		k, v, err := scan(rows)
		found[k] = v
		return err
	}
}

// users finds accounts. A row that was made to hold a user is none.
func (l *loader) users(w *chain.Want, d *chain.Draft) {
	if len(w.Users) == 0 {
		return
	}
	found := make(map[chain.UserID]chain.User, len(w.Users))
	l.query(users.find, ownerKeys(w.Users), func(rows pgx.Rows) error {
		id, u, err := scanUser(rows)
		if _, fresh := slices.BinarySearch(*l.fresh, id); !fresh {
			found[id] = u
		}
		return err
	})
	file(l, &d.Users, w.Users, in(found))
}

func findPages[V any](l *loader, t *chain.Table[chain.Page, []V], pages chain.Keys[chain.Page], sql string, scan func(pgx.Rows) (chain.Edge, V, error)) {
	found := make(map[chain.Page]*[]V, len(pages))
	for _, p := range pages {
		found[p] = new([]V)
		l.query(sql, []any{string(p.Owner), int64(p.From), int64(p.Skip), int64(p.Limit)}, collect(found[p], scan))
	}
	file(l, t, pages, func(p chain.Page) ([]V, bool) { return *found[p], true })
}

func (l *loader) lists(w *chain.Want, d *chain.Draft) {
	if len(w.Lists) == 0 {
		return
	}
	found := make(map[chain.UserID]chain.Lists, len(w.Lists))
	l.query(listNumbers.find, ownerKeys(w.Lists), func(rows pgx.Rows) error {
		var all chain.Lists
		err := rows.Scan(&all.Owner, &all.Next)
		found[all.Owner] = all
		return err
	})
	l.query(findLists, ownerKeys(w.Lists), func(rows pgx.Rows) error {
		r, err := scanList(rows)
		all := found[r.owner]
		all.Items = append(all.Items, r.List)
		found[r.owner] = all
		return err
	})
	file(l, &d.Lists, w.Lists, in(found))
}

func (l *loader) members(w *chain.Want, d *chain.Draft) {
	found := make(map[chain.ListKey]*[]chain.Friend, len(w.Members))
	for _, k := range w.Members {
		found[k] = new([]chain.Friend)
		l.query(membersOf, []any{string(k.Owner), int64(k.List)}, collect(found[k], scanFriend))
	}
	file(l, &d.Members, w.Members, func(k chain.ListKey) ([]chain.Friend, bool) { return *found[k], true })
}

func (l *loader) requests(w *chain.Want, d *chain.Draft) {
	if len(w.Requests) == 0 {
		return
	}
	found := map[chain.UserID]chain.Requests{}
	collect := func(side func(*chain.Requests) *[]chain.Request) func(pgx.Rows) error {
		return func(rows pgx.Rows) error {
			e, q, err := scanRequest(rows)
			all := found[e.Owner]
			*side(&all) = append(*side(&all), q)
			found[e.Owner] = all
			return err
		}
	}
	l.query(sentOf, ownerKeys(w.Requests), collect(func(q *chain.Requests) *[]chain.Request { return &q.Sent }))
	l.query(receivedOf, ownerKeys(w.Requests), collect(func(q *chain.Requests) *[]chain.Request { return &q.Received }))
	file(l, &d.Requests, w.Requests, always(found))
}

// upTo limits a statement about one owner to $3 rows; 0 is any number.
const upTo = " limit nullif($3::bigint, 0)"

var (
	heldFriends  = "select " + friends.columns() + " from friends t where t.app = $1 and t.owner = $2 and " + bySlot + upTo
	heldBlocks   = "select " + blocks.columns() + " from blocks t where t.app = $1 and t.owner = $2 and " + bySlot + upTo
	heldSent     = "select " + sent.columns() + " from requests_sent t where t.app = $1 and t.owner = $2 order by t.peer" + upTo
	heldReceived = "select " + received.columns() + " from requests_received t where t.app = $1 and t.owner = $2 order by t.peer" + upTo
)

const (
	friendHolders = "select t.holder from friend_of t where t.app = $1 and t.owner = $2 order by t.holder" + upTo
	blockHolders  = "select t.holder from blocked_by t where t.app = $1 and t.owner = $2 order by t.holder" + upTo
)

func (l *loader) holdings(w *chain.Want, d *chain.Draft) {
	found := make(map[chain.Reach]*chain.Holdings, len(w.Holdings))
	for _, reach := range w.Holdings {
		h := &chain.Holdings{}
		found[reach] = h
		args := []any{string(reach.Owner), int64(reach.Most)}
		l.query(heldFriends, args, collect(&h.Friends, scanFriend))
		l.query(heldBlocks, args, collect(&h.Blocks, scanBlock))
		l.query(heldSent, args, collect(&h.Sent, scanRequest))
		l.query(heldReceived, args, collect(&h.Received, scanRequest))
		l.query(friendHolders, args, collect(&h.FriendOf, scanID))
		l.query(blockHolders, args, collect(&h.BlockedBy, scanID))
	}
	file(l, &d.Holdings, w.Holdings, func(r chain.Reach) (chain.Holdings, bool) { return *found[r], true })
}

func collect[K, V any](all *[]V, scan func(pgx.Rows) (K, V, error)) func(pgx.Rows) error {
	return func(rows pgx.Rows) error {
		_, v, err := scan(rows)
		*all = append(*all, v)
		return err
	}
}

func scanID(rows pgx.Rows) (_ struct{}, id chain.UserID, err error) {
	err = rows.Scan(&id)
	return struct{}{}, id, err
}
