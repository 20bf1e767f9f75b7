package chain

import (
	"cmp"
	"time"
)

// AccountImport creates accounts, or renews the nick and image of those that
// exist (T 4.1, 4.2).
type AccountImport struct {
	Accounts []Account
}

// An Account to be imported; empty texts are not given.
type Account struct {
	ID          UserID
	Nick, Image string

	malformed Fault
}

// Check implements [Command]. A command of which no account is well formed is
// refused.
func (c *AccountImport) Check(*Settings) error {
	if err := checkAccounts(len(c.Accounts), MaxAccounts); err != nil {
		return err
	}
	good, long := 0, 0
	for i := range c.Accounts {
		a := &c.Accounts[i]
		switch {
		case !a.ID.importable():
			a.malformed = BadPeer
		case !text(a.Nick, maxText) || !text(a.Image, maxText):
			a.malformed = TextTooLong
			long++
		default:
			good++
		}
	}
	switch {
	case good > 0:
		return nil
	case long == len(c.Accounts):
		return TextTooLong
	}
	return AllItemsBad
}

// Reads implements [Command].
func (c *AccountImport) Reads(_ *Draft, w *Want) {
	for _, a := range c.Accounts {
		if a.malformed == OK {
			w.change(a.ID)
			if a.Nick != "" || a.Image != "" {
				w.Profiles.Add(a.ID)
			}
		}
	}
}

// Decide implements [Command].
func (c *AccountImport) Decide(d *Draft, now time.Time) ([]ItemResult, error) {
	results := make([]ItemResult, len(c.Accounts))
	for i, a := range c.Accounts {
		results[i] = ItemResult{a.ID, a.malformed}
		if a.malformed == OK {
			a.put(d, now)
		}
	}
	return results, nil
}

func (a *Account) put(d *Draft, now time.Time) {
	if !d.Users.Has(a.ID) {
		d.edit(a.ID).Created = now.Unix()
	}
	if a.Nick != "" {
		d.setProfile(a.ID, ProfileItem{Field: Nick, Value: Value{Text: a.Nick}})
	}
	if a.Image != "" {
		d.setProfile(a.ID, ProfileItem{Field: Image, Value: Value{Text: a.Image}})
	}
}

// AccountCheck asks which accounts exist (T 4.4, 4.6).
type AccountCheck struct {
	IDs  []UserID
	Most int // how many may be named; 0 means MaxAccounts
}

// Check implements [Command].
func (c *AccountCheck) Check(*Settings) error {
	return checkAccounts(len(c.IDs), cmp.Or(c.Most, MaxAccounts))
}

func checkAccounts(n, most int) error {
	switch {
	case n == 0:
		return NoItems
	case n > most:
		return TooManyItems
	}
	return nil
}

// Reads implements [Command].
func (c *AccountCheck) Reads(_ *Draft, w *Want) {
	for _, id := range c.IDs {
		if id.Valid() {
			w.Users.Add(id)
		}
	}
}

// Decide implements [Command]. The answer tells for each name whether the
// account exists; a malformed name has none.
func (c *AccountCheck) Decide(d *Draft, _ time.Time) ([]bool, error) {
	exist := make([]bool, len(c.IDs))
	for i, id := range c.IDs {
		exist[i] = id.Valid() && d.exists(id)
	}
	return exist, nil
}

// AccountDelete removes accounts with all they hold, and removes them from
// everyone else's friends, friend lists, blocklists and requests (T 4.3, D
// 21). No event tells of it.
type AccountDelete struct {
	IDs []UserID
}

// Check implements [Command].
func (c *AccountDelete) Check(*Settings) error { return checkAccounts(len(c.IDs), MaxAccounts) }

// Reads implements [Command].
func (c *AccountDelete) Reads(d *Draft, w *Want) {
	for _, id := range c.IDs {
		if !id.Valid() {
			continue
		}
		w.change(id)
		w.Profiles.Add(id)
		w.Lists.Add(id)
		w.Holdings.Add(id)
		if h, known := d.Holdings.Peek(id); known {
			d.know(h)
			h.wantOthers(w, id)
		}
	}
}

// know makes the rows a user owns touchable.
func (d *Draft) know(h Holdings) {
	for _, f := range h.Friends {
		d.Friends.Know(f.Edge, f)
	}
	for _, b := range h.Blocks {
		d.Blocks.Know(b.Edge, b)
	}
	for _, r := range h.Sent {
		d.Sent.Know(r.Edge, r)
	}
	for _, r := range h.Received {
		d.Received.Know(r.Edge, r)
	}
}

// wantOthers wants the rows in which other users hold id.
func (h Holdings) wantOthers(w *Want, id UserID) {
	for _, other := range h.FriendOf {
		w.change(other)
		w.Lists.Add(other)
		w.Friends.Add(Edge{other, id})
	}
	for _, other := range h.BlockedBy {
		w.change(other)
		w.Blocks.Add(Edge{other, id})
	}
	for _, r := range h.Sent {
		w.change(r.Peer)
		w.Received.Add(r.Reverse())
	}
	for _, r := range h.Received {
		w.change(r.Peer)
		w.Sent.Add(r.Reverse())
	}
}

// Decide implements [Command].
func (c *AccountDelete) Decide(d *Draft, _ time.Time) ([]ItemResult, error) {
	results := make([]ItemResult, len(c.IDs))
	for i, id := range c.IDs {
		results[i] = ItemResult{id, d.deleteAccount(id)}
	}
	return results, nil
}

func (d *Draft) deleteAccount(id UserID) Fault {
	switch {
	case !id.Valid():
		return BadPeer
	case d.isAdmin(id):
		return ProtectedUser
	case !d.exists(id):
		return NoSuchPeer
	}
	h, _ := d.Holdings.Get(id)
	for _, other := range h.FriendOf {
		d.unfriend(Edge{other, id})
	}
	for _, other := range h.BlockedBy {
		d.unblock(Edge{other, id})
	}
	for _, r := range h.Sent {
		d.settle(r.Edge)
	}
	for _, r := range h.Received {
		d.settle(r.Reverse())
	}
	for _, f := range h.Friends {
		d.Friends.Delete(f.Edge)
	}
	for _, b := range h.Blocks {
		d.Blocks.Delete(b.Edge)
	}
	d.Lists.Delete(id)
	d.Profiles.Delete(id)
	d.Users.Delete(id)
	return OK
}
