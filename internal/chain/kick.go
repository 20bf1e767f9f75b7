package chain

import "time"

// Kick makes every UserSig of an account worthless that was issued up to now
// (T 4.5).
type Kick struct {
	ID UserID
}

// Check implements [Command].
func (c *Kick) Check(*Settings) error {
	if !c.ID.Valid() {
		return BadPeer
	}
	return nil
}

// Reads implements [Command].
func (c *Kick) Reads(_ *Draft, w *Want) { w.change(c.ID) }

// Decide implements [Command].
func (c *Kick) Decide(d *Draft, now time.Time) (struct{}, error) {
	if !d.exists(c.ID) {
		return struct{}{}, NoSuchPeer
	}
	u := d.edit(c.ID)
	u.KickedAt = max(u.KickedAt, now.Unix()) // clocks of servers may differ
	return struct{}{}, nil
}

// LastKick asks when an account was kicked last. An account that does not
// exist never was.
type LastKick struct {
	ID UserID
}

// Check implements [Command].
func (c *LastKick) Check(*Settings) error { return nil }

// Reads implements [Command].
func (c *LastKick) Reads(_ *Draft, w *Want) { w.Users.Add(c.ID) }

// Decide implements [Command]. It answers Unix seconds, 0 for never.
func (c *LastKick) Decide(d *Draft, _ time.Time) (int64, error) {
	u, _ := d.Users.Get(c.ID)
	return u.KickedAt, nil
}
