package chain

import (
	"cmp"
	"slices"
	"time"
)

// PendencyPageSize is how many requests a page has unless a call says
// otherwise (L 7.3).
const PendencyPageSize = 100

// PendencyGet reads requests, the newest first (L 7.3).
type PendencyGet struct {
	Owner          UserID
	Sent, Received bool  // which side's requests to tell
	Start          int64 // Unix seconds: requests of this time or older; 0 = all
	Limit          int64 // 1 to as many as a call may name; requests of one second are never parted
}

// A Pendency is one request, and what its other side shows of itself.
type Pendency struct {
	Request
	Sent    bool // made by the owner
	Profile Profile
}

// PendencyPage is the answer to [PendencyGet].
type PendencyPage struct {
	Items  []Pendency
	Seq    uint32
	Unread int   // requests to the owner made after the time it reported
	Next   int64 // where the next page starts; 0 = this was the last
}

// Check implements [Command].
func (c *PendencyGet) Check(s *Settings) error {
	switch {
	case !c.Owner.Valid():
		return BadOwner
	case !validTime(c.Start):
		return BadTime
	case c.Limit < 1 || c.Limit > int64(s.MaxItems):
		return BadLimit
	}
	return nil
}

// Reads implements [Command].
func (c *PendencyGet) Reads(d *Draft, w *Want) {
	w.Users.Add(c.Owner)
	w.Requests.Add(c.Owner)
	requests, _ := d.Requests.Peek(c.Owner)
	items, _ := c.page(&requests)
	for _, p := range items {
		w.Users.Add(p.Peer)
		w.Profiles.Add(p.Peer)
	}
}

// page picks the requests to tell, and where the next page starts.
func (c *PendencyGet) page(r *Requests) (items []Pendency, next int64) {
	add := func(requests []Request, sent bool) {
		for _, q := range requests {
			if c.Start == 0 || q.Time <= c.Start {
				items = append(items, Pendency{Request: q, Sent: sent})
			}
		}
	}
	if c.Received {
		add(r.Received, false)
	}
	if c.Sent {
		add(r.Sent, true)
	}
	slices.SortStableFunc(items, func(a, b Pendency) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Peer, b.Peer))
	})
	if len(items) <= int(c.Limit) {
		return items, 0
	}
	end := int(c.Limit)
	for end < len(items) && items[end].Time == items[end-1].Time {
		end++
	}
	if end < len(items) {
		next = items[end].Time
	}
	return items[:end], next
}

// Decide implements [Command].
func (c *PendencyGet) Decide(d *Draft, _ time.Time) (PendencyPage, error) {
	owner, ok := d.user(c.Owner)
	if !ok {
		return PendencyPage{}, NoSuchOwner
	}
	requests, _ := d.Requests.Get(c.Owner)
	a := PendencyPage{Seq: owner.Seq[SeqRequests]}
	a.Items, a.Next = c.page(&requests)
	for i := range a.Items {
		a.Items[i].Profile, _ = d.Profiles.Get(a.Items[i].Peer)
	}
	for _, q := range requests.Received {
		if q.Time > owner.RequestsSeen {
			a.Unread++
		}
	}
	return a, nil
}
