package storetest

import (
	"context"
	"fmt"
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
)

// A Record is all rows of one user.
type Record struct {
	Exists   bool // the account's own row is there
	User     chain.User
	Profile  chain.Profile
	Lists    chain.Lists
	Holdings chain.Holdings
	Members  map[chain.ListID][]chain.UserID
}

// Rows are all rows of an app, by user.
type Rows = map[chain.UserID]Record

// Dump reads every row of an app, some users at a time, each as of one moment.
func Dump(ctx context.Context, s store.Store, app chain.AppID) (Rows, error) {
	all := Rows{}
	var last chain.UserID
	for {
		ids, err := s.Users(ctx, app, last, 100)
		if err != nil || len(ids) == 0 {
			return all, err
		}
		if err := readRecords(ctx, s, app, ids, all); err != nil {
			return nil, err
		}
		last = ids[len(ids)-1]
	}
}

// ReadRecord reads all rows of one user, as of one moment.
func ReadRecord(ctx context.Context, s store.Store, app chain.AppID, id chain.UserID) (Record, error) {
	one := Rows{}
	err := readRecords(ctx, s, app, []chain.UserID{id}, one)
	return one[id], err
}

func readRecords(ctx context.Context, s store.Store, app chain.AppID, ids []chain.UserID, into Rows) error {
	return s.View(ctx, app, func(rd store.Reader) error {
		w := chain.Want{Users: ids, Profiles: ids, Lists: ids}
		for _, id := range ids {
			w.Holdings.Add(chain.Reach{Owner: id})
		}
		d := &chain.Draft{}
		if err := rd.Load(ctx, &w, d); err != nil {
			return err
		}
		for _, id := range ids {
			var r Record
			r.User, r.Exists = d.Users.Get(id)
			r.Profile, _ = d.Profiles.Get(id)
			r.Lists, _ = d.Lists.Get(id)
			r.Holdings, _ = d.Holdings.Get(chain.Reach{Owner: id})
			if err := r.readMembers(ctx, rd, id); err != nil {
				return err
			}
			into[id] = r
		}
		return nil
	})
}

func (r *Record) readMembers(ctx context.Context, rd store.Reader, id chain.UserID) error {
	if len(r.Lists.Items) == 0 {
		return nil
	}
	r.Members = map[chain.ListID][]chain.UserID{}
	d := &chain.Draft{}
	var w chain.Want
	for _, l := range r.Lists.Items {
		w.Members.Add(chain.ListKey{Owner: id, List: l.ID})
	}
	if err := rd.Load(ctx, &w, d); err != nil {
		return err
	}
	for _, l := range r.Lists.Items {
		members, _ := d.Members.Get(chain.ListKey{Owner: id, List: l.ID})
		for _, f := range members {
			r.Members[l.ID] = append(r.Members[l.ID], f.Peer)
		}
	}
	return nil
}

// Audit reads every row of an app and returns what does not fit together, as
// [Check] does.
func Audit(ctx context.Context, s store.Store, app *chain.App) ([]string, error) {
	all, err := Dump(ctx, s, app.ID)
	if err != nil {
		return nil, err
	}
	return Check(app, all), nil
}

// Check returns what does not fit together in all the rows of an app, a line
// each: counters that are not the number of rows, one half of a request, an
// index that disagrees with the rows it finds, requests between friends or
// blocked pairs, rows without an account. (Friends may block each other: an
// import asks no blocklist.)
func Check(app *chain.App, all Rows) []string {
	a := audit{app: app, all: all}
	for id, r := range all {
		a.id, a.r = id, &r
		a.account()
		a.friends()
		a.lists()
		a.blocks()
		a.requests()
	}
	slices.Sort(a.found)
	return a.found
}

type audit struct {
	app   *chain.App
	all   Rows
	found []string

	id chain.UserID // the user under audit
	r  *Record
}

func (a *audit) wrong(format string, args ...any) {
	a.found = append(a.found, fmt.Sprintf("%s: ", a.id)+fmt.Sprintf(format, args...))
}

func (a *audit) count(what string, counted, rows, limit int) {
	if counted != rows {
		a.wrong("counts %d %s, has %d", counted, what, rows)
	}
	if rows > limit {
		a.wrong("has %d %s, %d are allowed", rows, what, limit)
	}
}

func (a *audit) account() {
	h := &a.r.Holdings
	if !a.r.Exists && !slices.Contains(a.app.Admins, a.id) {
		a.wrong("has rows but no account: %+v", *a.r)
	}
	a.count("friends", a.r.User.Friends.Len(), len(h.Friends), a.app.Settings.MaxFriends)
	a.count("blocks", a.r.User.Blocks.Len(), len(h.Blocks), a.app.Settings.MaxBlocks)
	a.count("requests sent", a.r.User.Sent, len(h.Sent), 1<<31)
	a.count("requests received", a.r.User.Received, len(h.Received), a.app.Settings.MaxReceived)
	a.count("lists", len(a.r.Lists.Items), len(a.r.Lists.Items), a.app.Settings.MaxLists)
	a.slots("friends", &a.r.User.Friends, len(h.Friends), func(i int) uint32 { return h.Friends[i].Slot })
	a.slots("blocks", &a.r.User.Blocks, len(h.Blocks), func(i int) uint32 { return h.Blocks[i].Slot })
}

// slots checks an order against the slots its rows stand in.
func (a *audit) slots(what string, o *chain.Order, n int, slot func(int) uint32) {
	var want []chain.OrderBlock
	for i := range n {
		s := slot(i)
		if i > 0 && s <= slot(i-1) {
			a.wrong("%s: slot %d after %d", what, s, slot(i-1))
		}
		if o.Blocks == nil && s != o.First+uint32(i) {
			a.wrong("%s: slot %d at place %d of a dense order from %d", what, s, i, o.First)
		}
		if last := len(want) - 1; last >= 0 && want[last].Index == s/chain.BlockSlots {
			want[last].Count++
		} else {
			want = append(want, chain.OrderBlock{Index: s / chain.BlockSlots, Count: 1})
		}
	}
	if o.Blocks != nil && !slices.Equal(o.Blocks, want) {
		a.wrong("%s: order %v, slots give %v", what, o.Blocks, want)
	}
}

func (a *audit) friends() {
	for _, f := range a.r.Holdings.Friends {
		peer := a.all[f.Peer]
		if f.Owner != a.id {
			a.wrong("keeps the friend row of %s", f.Owner)
		}
		if !slices.Contains(peer.Holdings.FriendOf, a.id) {
			a.wrong("is not found as one who has %s as a friend", f.Peer)
		}
		if slices.ContainsFunc(a.r.Holdings.Sent, func(r chain.Request) bool { return r.Peer == f.Peer }) {
			a.wrong("still asks its friend %s", f.Peer)
		}
	}
	for _, holder := range a.r.Holdings.FriendOf {
		if !slices.ContainsFunc(a.all[holder].Holdings.Friends, func(f chain.Friend) bool { return f.Peer == a.id }) {
			a.wrong("is said to be a friend of %s, who has no such row", holder)
		}
	}
}

func blocks(r *Record, peer chain.UserID) bool {
	return slices.ContainsFunc(r.Holdings.Blocks, func(b chain.Block) bool { return b.Peer == peer })
}

func (a *audit) lists() {
	for _, l := range a.r.Lists.Items {
		var members []chain.UserID
		for _, f := range a.r.Holdings.Friends {
			if slices.Contains(f.Lists, l.ID) {
				members = append(members, f.Peer)
			}
		}
		if l.Members != len(members) || !slices.Equal(members, a.r.Members[l.ID]) {
			a.wrong("list %s counts %d members, finds %v, has %v", l.Name, l.Members, a.r.Members[l.ID], members)
		}
	}
	for _, f := range a.r.Holdings.Friends {
		for _, id := range f.Lists {
			if a.r.Lists.Name(id) == "" {
				a.wrong("friend %s is in list %d, which is none", f.Peer, id)
			}
		}
	}
}

func (a *audit) blocks() {
	for _, b := range a.r.Holdings.Blocks {
		if !slices.Contains(a.all[b.Peer].Holdings.BlockedBy, a.id) {
			a.wrong("is not found as one who blocks %s", b.Peer)
		}
	}
	for _, holder := range a.r.Holdings.BlockedBy {
		if r := a.all[holder]; !blocks(&r, a.id) {
			a.wrong("is said to be blocked by %s, who has no such row", holder)
		}
	}
}

func (a *audit) requests() {
	for _, r := range a.r.Holdings.Sent {
		peer := a.all[r.Peer]
		i := slices.IndexFunc(peer.Holdings.Received, func(q chain.Request) bool { return q.Peer == a.id })
		if i < 0 {
			a.wrong("asks %s, who knows nothing of it", r.Peer)
			continue
		}
		if q := peer.Holdings.Received[i]; q.Time != r.Time || q.Wording != r.Wording || q.Source != r.Source {
			a.wrong("asks %s with %+v, who knows %+v", r.Peer, r, q)
		}
		if blocks(a.r, r.Peer) || blocks(&peer, a.id) {
			a.wrong("asks %s in spite of a block", r.Peer)
		}
	}
	for _, r := range a.r.Holdings.Received {
		if !slices.ContainsFunc(a.all[r.Peer].Holdings.Sent, func(q chain.Request) bool { return q.Peer == a.id }) {
			a.wrong("is asked by %s, who knows nothing of it", r.Peer)
		}
	}
}
