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

// Decide implements [Command]. An account that is still being deleted cannot
// be made anew.
func (c *AccountImport) Decide(d *Draft, now time.Time) ([]ItemResult, error) {
	results := make([]ItemResult, len(c.Accounts))
	for i, a := range c.Accounts {
		results[i] = ItemResult{a.ID, a.put(d, now)}
	}
	if len(results) == 1 && results[0].Fault == StillLeaving {
		return nil, StillLeaving
	}
	return results, nil
}

func (a *Account) put(d *Draft, now time.Time) Fault {
	if a.malformed != OK {
		return a.malformed
	}
	switch u, found := d.Users.Get(a.ID); {
	case u.Leaving:
		return StillLeaving
	case !found:
		d.edit(a.ID).Created = now.Unix()
	}
	if a.Nick != "" {
		d.setProfile(a.ID, ProfileItem{Field: Nick, Value: Value{Text: a.Nick}})
	}
	if a.Image != "" {
		d.setProfile(a.ID, ProfileItem{Field: Image, Value: Value{Text: a.Image}})
	}
	return OK
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
