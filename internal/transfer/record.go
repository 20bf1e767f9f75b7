package transfer

import (
	"context"
	"slices"

	"kith/internal/chain"
	"kith/internal/store"
)

// A record is all rows of one user.
type record struct {
	id       chain.UserID
	exists   bool
	user     chain.User
	profiled bool
	profile  chain.Profile
	listed   bool
	lists    chain.Lists
	holdings chain.Holdings
}

// readAll reads users as of one moment.
func readAll(ctx context.Context, s store.Store, app chain.AppID, ids []chain.UserID) (all []record, err error) {
	err = s.View(ctx, app, func(r store.Reader) error {
		var w chain.Want
		w.Users.Add(ids...)
		w.Profiles.Add(ids...)
		w.Lists.Add(ids...)
		for _, id := range ids {
			w.Holdings.Add(chain.Reach{Owner: id})
		}
		d := &chain.Draft{}
		if err := r.Load(ctx, &w, d); err != nil {
			return err
		}
		all = make([]record, len(ids))
		for i, id := range ids {
			one := &all[i]
			one.id = id
			one.user, one.exists = d.Users.Get(id)
			one.profile, one.profiled = d.Profiles.Get(id)
			one.lists, one.listed = d.Lists.Get(id)
			one.holdings, _ = d.Holdings.Get(chain.Reach{Owner: id})
		}
		return nil
	})
	return all, err
}

// writeAll writes the rows that users own. Who holds them is written with the
// rows of the holders.
func writeAll(ctx context.Context, s store.Store, app chain.AppID, all []record) error {
	var hold store.Hold
	for i := range all {
		hold.Writes = append(hold.Writes, all[i].id)
	}
	slices.Sort(hold.Writes)
	return s.Update(ctx, app, hold, func(r store.Reader) (*chain.Draft, error) {
		var w chain.Want
		for i := range all {
			all[i].want(&w)
		}
		d := &chain.Draft{}
		if err := r.Load(ctx, &w, d); err != nil {
			return nil, err
		}
		for i := range all {
			all[i].put(d)
		}
		return d, nil
	})
}

func (r *record) want(w *chain.Want) {
	w.Users.Add(r.id)
	w.Profiles.Add(r.id)
	w.Lists.Add(r.id)
	for _, f := range r.holdings.Friends {
		w.Friends.Add(f.Edge)
	}
	for _, b := range r.holdings.Blocks {
		w.Blocks.Add(b.Edge)
	}
	for _, q := range r.holdings.Sent {
		w.Sent.Add(q.Edge)
	}
	for _, q := range r.holdings.Received {
		w.Received.Add(q.Edge)
	}
}

func (r *record) put(d *chain.Draft) {
	if r.exists {
		d.Users.Put(r.id, r.user)
	}
	if r.profiled {
		d.Profiles.Put(r.id, r.profile)
	}
	if r.listed {
		d.Lists.Put(r.id, r.lists)
	}
	for _, f := range r.holdings.Friends {
		d.Friends.Put(f.Edge, f)
	}
	for _, b := range r.holdings.Blocks {
		d.Blocks.Put(b.Edge, b)
	}
	for _, q := range r.holdings.Sent {
		d.Sent.Put(q.Edge, q)
	}
	for _, q := range r.holdings.Received {
		d.Received.Put(q.Edge, q)
	}
}

// sameOwn tells whether two records have the same rows of their own. An empty
// list and none are the same.
func (r *record) sameOwn(o *record) bool {
	return r.exists == o.exists && sameUser(r.user, o.user) &&
		r.profiled == o.profiled && slices.Equal(r.profile.Standard, o.profile.Standard) && slices.Equal(r.profile.Custom, o.profile.Custom) &&
		r.listed == o.listed && r.lists.Next == o.lists.Next && slices.Equal(r.lists.Items, o.lists.Items) &&
		slices.EqualFunc(r.holdings.Friends, o.holdings.Friends, sameFriend) &&
		slices.Equal(r.holdings.Blocks, o.holdings.Blocks) &&
		slices.Equal(r.holdings.Sent, o.holdings.Sent) && slices.Equal(r.holdings.Received, o.holdings.Received)
}

// sameHolders tells whether the same others hold both.
func (r *record) sameHolders(o *record) bool {
	return slices.Equal(r.holdings.FriendOf, o.holdings.FriendOf) && slices.Equal(r.holdings.BlockedBy, o.holdings.BlockedBy)
}

func sameUser(a, b chain.User) bool {
	if !slices.Equal(a.Friends.Blocks, b.Friends.Blocks) || !slices.Equal(a.Blocks.Blocks, b.Blocks.Blocks) {
		return false
	}
	a.Friends.Blocks, a.Blocks.Blocks, b.Friends.Blocks, b.Blocks.Blocks = nil, nil, nil, nil
	return sameOrder(a.Friends, b.Friends) && sameOrder(a.Blocks, b.Blocks) &&
		a.ID == b.ID && a.Created == b.Created && a.Allow == b.Allow && a.Forbid == b.Forbid && a.Sent == b.Sent && a.Received == b.Received &&
		a.Leaving == b.Leaving && a.RequestsSeen == b.RequestsSeen && a.KickedAt == b.KickedAt && a.Seq == b.Seq
}

func sameOrder(a, b chain.Order) bool {
	return a.First == b.First && a.Next == b.Next && a.Count == b.Count
}

func sameFriend(a, b chain.Friend) bool {
	return a.Edge == b.Edge && a.Slot == b.Slot && a.Remark == b.Remark && a.Source == b.Source && a.Wording == b.Wording &&
		a.AddTime == b.AddTime && a.RemarkTime == b.RemarkTime && slices.Equal(a.Lists, b.Lists) && slices.Equal(a.Custom, b.Custom)
}
