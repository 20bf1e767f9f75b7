// Package presence remembers who is online, as an app's own gateway reports
// it. Kith holds no connections of end users: without a report everybody is
// offline. Reports live in the memory of one server and end by themselves.
package presence

import (
	"time"

	"github.com/maypok86/otter/v2"

	"kith/internal/chain"
)

// MaxUsers is how many users' reports are kept; of more, those least asked for
// are forgotten.
const MaxUsers = 1_000_000

// A Status is how a user can be reached. The zero Status is offline.
type Status struct {
	Online    bool // on any platform
	Platforms []Platform
}

// A Platform is one kind of device of a user.
type Platform struct {
	Name   string // iPhone, Android, Web, PC, iPad or Mac
	Online bool   // otherwise it can be reached by push
}

type user struct {
	app chain.AppID
	id  chain.UserID
}

type report struct {
	status Status
	until  time.Time
}

// A Board holds the reports. It is safe for concurrent use.
type Board struct {
	reports *otter.Cache[user, report]
}

// NewBoard returns an empty board.
func NewBoard() *Board {
	return &Board{otter.Must(&otter.Options[user, report]{MaximumSize: MaxUsers})}
}

// Report says how a user can be reached until a time. A zero Status says at
// once that the user is offline.
func (b *Board) Report(app chain.AppID, id chain.UserID, s Status, until time.Time) {
	key := user{app, id}
	if !s.Online && len(s.Platforms) == 0 {
		b.reports.Invalidate(key)
		return
	}
	b.reports.Set(key, report{s, until})
}

// Status is how a user can be reached now. A nil Board has no reports.
func (b *Board) Status(app chain.AppID, id chain.UserID, now time.Time) Status {
	if b == nil {
		return Status{}
	}
	r, ok := b.reports.GetIfPresent(user{app, id})
	if !ok || !now.Before(r.until) {
		return Status{}
	}
	return r.status
}
