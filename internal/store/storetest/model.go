// Package storetest says what a store means: the simplest store that is right
// (the [Model]), the suite that every adapter must pass ([Run]), the
// consistency that must hold at any time ([Audit]), and a store that fails on
// demand ([Faulty]).
package storetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// A Model keeps rows in maps behind one lock. It is as plain as it can be:
// what it answers is what every store must answer.
type Model struct {
	mu      sync.Mutex
	tenants map[chain.AppID]*tenant
	apps    map[chain.AppID]store.App
	leases  map[string]lease
	closed  bool

	loads int // calls of Load, to count round trips
}

// A tenant is the rows of one app.
type tenant struct {
	users          map[chain.UserID]chain.User
	profiles       map[chain.UserID]chain.Profile
	lists          map[chain.UserID]chain.Lists
	friends        edges[chain.Friend]
	blocks         edges[chain.Block]
	sent, received edges[chain.Request]

	last       store.EventNumber
	trimmed    store.EventNumber
	events     []store.Event // ascending
	deliveries map[store.EventNumber]store.Delivery
}

var _ store.Store = (*Model)(nil)

// NewModel returns an empty store.
func NewModel() *Model {
	return &Model{tenants: map[chain.AppID]*tenant{}, apps: map[chain.AppID]store.App{}}
}

// Loads is how often rows were read: the round trips that a database on the
// network would have cost.
func (m *Model) Loads() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.loads
}

func (m *Model) tenant(id chain.AppID) *tenant {
	t := m.tenants[id]
	if t == nil {
		t = &tenant{
			users:    map[chain.UserID]chain.User{},
			profiles: map[chain.UserID]chain.Profile{},
			lists:    map[chain.UserID]chain.Lists{},
			friends:  newEdges[chain.Friend](),
			blocks:   newEdges[chain.Block](),
			sent:     newEdges[chain.Request](),
			received: newEdges[chain.Request](),

			deliveries: map[store.EventNumber]store.Delivery{},
		}
		m.tenants[id] = t
	}
	return t
}

func (m *Model) enter(ctx context.Context) (leave func(), err error) {
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return nil, store.ErrClosed
	}
	if err := ctx.Err(); err != nil {
		m.mu.Unlock()
		return nil, err
	}
	return m.mu.Unlock, nil
}

// View implements [store.Store].
func (m *Model) View(ctx context.Context, app chain.AppID, fn func(store.Reader) error) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return fn(&modelReader{m, m.tenant(app)})
}

// Update implements [store.Store].
func (m *Model) Update(ctx context.Context, app chain.AppID, _ store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	t := m.tenant(app)
	d, err := fn(&modelReader{m, t})
	if err != nil {
		return err
	}
	apply(t.users, &d.Users)
	apply(t.profiles, &d.Profiles)
	apply(t.lists, &d.Lists)
	t.friends.apply(&d.Friends)
	t.blocks.apply(&d.Blocks)
	t.sent.apply(&d.Sent)
	t.received.apply(&d.Received)
	t.tell(d.Events)
	return nil
}

func apply[K comparable, V any](rows map[K]V, t *chain.Table[K, V]) {
	for c := range t.Dirty {
		if c.Found {
			rows[c.Key] = c.Row
		} else {
			delete(rows, c.Key)
		}
	}
}

// Users implements [store.Store].
func (m *Model) Users(ctx context.Context, app chain.AppID, after chain.UserID, limit int) ([]chain.UserID, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	all := m.tenant(app).owners()
	i, _ := slices.BinarySearchFunc(all, after, func(id, after chain.UserID) int {
		if id <= after {
			return -1
		}
		return 1
	})
	return all[i:min(len(all), i+limit)], nil
}

func (t *tenant) owners() []chain.UserID {
	seen := map[chain.UserID]bool{}
	for id := range t.users {
		seen[id] = true
	}
	for id := range t.profiles {
		seen[id] = true
	}
	for id := range t.lists {
		seen[id] = true
	}
	for e := range t.friends.rows {
		seen[e.Owner], seen[e.Peer] = true, true
	}
	for e := range t.blocks.rows {
		seen[e.Owner], seen[e.Peer] = true, true
	}
	for e := range t.sent.rows {
		seen[e.Owner] = true
	}
	for e := range t.received.rows {
		seen[e.Owner] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// Leaving implements [store.Store].
func (m *Model) Leaving(ctx context.Context, app chain.AppID, limit int) (ids []chain.UserID, err error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	for id, u := range m.tenant(app).users {
		if u.Leaving && len(ids) < limit {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// Apps implements [store.Store].
func (m *Model) Apps(ctx context.Context) ([]store.App, error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return slices.SortedFunc(maps.Values(m.apps), func(a, b store.App) int { return cmp.Compare(a.ID, b.ID) }), nil
}

// UpdateApp implements [store.Store].
func (m *Model) UpdateApp(ctx context.Context, id chain.AppID, change func(store.App, bool) (store.App, error)) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	old, found := m.apps[id]
	a, err := change(old, found)
	if err != nil {
		return err
	}
	a.ID = id
	m.apps[id] = a
	return nil
}

// DeleteApp implements [store.Store].
func (m *Model) DeleteApp(ctx context.Context, id chain.AppID) error {
	leave, err := m.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	delete(m.apps, id)
	delete(m.tenants, id)
	return nil
}

// A lease says who does some work, and until when.
type lease struct {
	holder string
	until  time.Time
}

// Lease implements [store.Store].
func (m *Model) Lease(ctx context.Context, name, holder string, ttl time.Duration) (held bool, err error) {
	leave, err := m.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	now := time.Now()
	if l := m.leases[name]; l.holder != holder && now.Before(l.until) {
		return false, nil
	}
	if m.leases == nil {
		m.leases = map[string]lease{}
	}
	m.leases[name] = lease{holder, now.Add(ttl)}
	return ttl > 0, nil
}

// Shared implements [store.Store].
func (m *Model) Shared() bool { return false }

// Ping implements [store.Store].
func (m *Model) Ping(ctx context.Context) error {
	leave, err := m.enter(ctx)
	if err == nil {
		leave()
	}
	return err
}

// Close implements [store.Store]. A model that is opened again with Reopen
// still has its rows.
func (m *Model) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return nil
}

// Reopen undoes Close.
func (m *Model) Reopen() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = false
}

type modelReader struct {
	m *Model
	*tenant
}

// Load implements [store.Reader].
func (r *modelReader) Load(ctx context.Context, w *chain.Want, d *chain.Draft) error {
	r.m.loads++
	if err := ctx.Err(); err != nil {
		return err
	}
	_ = d.Users.Fill(w.Users, in(r.users)) // finding in a map cannot fail
	_ = d.Profiles.Fill(w.Profiles, in(r.profiles))
	_ = d.Lists.Fill(w.Lists, in(r.lists))
	_ = d.Friends.Fill(w.Friends, in(r.friends.rows))
	_ = d.Blocks.Fill(w.Blocks, in(r.blocks.rows))
	_ = d.Sent.Fill(w.Sent, in(r.sent.rows))
	_ = d.Received.Fill(w.Received, in(r.received.rows))
	_ = d.Pages.Fill(w.Pages, r.page)
	_ = d.Members.Fill(w.Members, r.members)
	_ = d.BlockPages.Fill(w.BlockPages, r.blockPage)
	_ = d.Requests.Fill(w.Requests, r.requests)
	return d.Holdings.Fill(w.Holdings, r.holdings)
}

func in[K comparable, V any](rows map[K]V) func(K) (V, bool, error) {
	return func(k K) (V, bool, error) {
		v, ok := rows[k]
		return v, ok, nil
	}
}

func (t *tenant) friendsOf(id chain.UserID) []chain.Friend {
	return t.friends.of(id, func(a, b chain.Friend) int { return cmp.Compare(a.Slot, b.Slot) })
}

func (t *tenant) blocksOf(id chain.UserID) []chain.Block {
	return t.blocks.of(id, func(a, b chain.Block) int { return cmp.Compare(a.Slot, b.Slot) })
}

func (t *tenant) page(p chain.Page) ([]chain.Friend, bool, error) {
	return cut(t.friendsOf(p.Owner), p, func(f chain.Friend) uint32 { return f.Slot }), true, nil
}

func (t *tenant) blockPage(p chain.Page) ([]chain.Block, bool, error) {
	return cut(t.blocksOf(p.Owner), p, func(b chain.Block) uint32 { return b.Slot }), true, nil
}

func cut[V any](rows []V, p chain.Page, slot func(V) uint32) []V {
	rows = slices.DeleteFunc(rows, func(v V) bool { return slot(v) < p.From })
	rows = rows[min(p.Skip, len(rows)):]
	return rows[:min(p.Limit, len(rows))]
}

func (t *tenant) members(k chain.ListKey) ([]chain.Friend, bool, error) {
	return slices.DeleteFunc(t.friendsOf(k.Owner), func(f chain.Friend) bool { return !slices.Contains(f.Lists, k.List) }), true, nil
}

func (t *tenant) requests(id chain.UserID) (chain.Requests, bool, error) {
	return chain.Requests{Sent: requestsOf(t.sent, id), Received: requestsOf(t.received, id)}, true, nil
}

func (t *tenant) holdings(r chain.Reach) (h chain.Holdings, found bool, err error) {
	h.Friends, h.Blocks = upTo(r, t.friendsOf(r.Owner)), upTo(r, t.blocksOf(r.Owner))
	h.Sent, h.Received = upTo(r, requestsOf(t.sent, r.Owner)), upTo(r, requestsOf(t.received, r.Owner))
	h.FriendOf, h.BlockedBy = upTo(r, t.friends.holders(r.Owner)), upTo(r, t.blocks.holders(r.Owner))
	return h, true, nil
}

func upTo[V any](r chain.Reach, rows []V) []V {
	if r.Most == 0 {
		return rows
	}
	return rows[:min(r.Most, len(rows))]
}

func requestsOf(t edges[chain.Request], id chain.UserID) []chain.Request {
	return t.of(id, func(a, b chain.Request) int { return cmp.Compare(a.Peer, b.Peer) })
}
