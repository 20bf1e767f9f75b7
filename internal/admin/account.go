package admin

import (
	"net/http"
	"slices"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/presence"
	"kith/internal/store"
)

// maxPresence is the longest that a report of presence may hold.
const maxPresence = 24 * time.Hour

// platforms are the names that the protocol has for them (T 4.6).
var platforms = []string{"iPhone", "Android", "Web", "PC", "iPad", "Mac"}

// An accountView is what is counted of an account.
type accountView struct {
	ID      chain.UserID `json:"user"`
	Exists  bool         `json:"exists"`  // to the calls of the app
	Admin   bool         `json:"admin"`   // exists without being imported
	Leaving bool         `json:"leaving"` // its deletion is not finished

	Created int64 `json:"created"` // Unix seconds; 0 = never imported
	Kicked  int64 `json:"kicked"`  // Unix seconds of the last kick; 0 = never
	Allow   allow `json:"allow_type"`

	Friends  int `json:"friends"`
	Lists    int `json:"lists"`
	Blocks   int `json:"blocks"`
	Sent     int `json:"requests_sent"`
	Received int `json:"requests_received"`

	Sequences sequences `json:"sequences"`
}

// sequences count the calls that changed something.
type sequences struct {
	Standard uint32 `json:"standard"`
	Custom   uint32 `json:"custom"`
	Lists    uint32 `json:"lists"`
	Blocks   uint32 `json:"blocks"`
	Requests uint32 `json:"requests"`
}

// accountQuery asks for the counters of one account.
type accountQuery struct{ id chain.UserID }

// Check implements [chain.Command].
func (q *accountQuery) Check(*chain.Settings) error { return nil }

// Reads implements [chain.Command].
func (q *accountQuery) Reads(_ *chain.Draft, w *chain.Want) {
	w.Users.Add(q.id)
	w.Lists.Add(q.id)
}

// Decide implements [chain.Command].
func (q *accountQuery) Decide(d *chain.Draft, _ time.Time) (accountView, error) {
	u, found := d.Users.Get(q.id)
	lists, _ := d.Lists.Get(q.id)
	admin := slices.Contains(d.App.Admins, q.id)
	return accountView{
		ID:        q.id,
		Exists:    admin || found && !u.Leaving,
		Admin:     admin,
		Leaving:   u.Leaving,
		Created:   u.Created,
		Kicked:    u.KickedAt,
		Allow:     allow(u.Allow),
		Friends:   u.Friends.Len(),
		Lists:     len(lists.Items),
		Blocks:    u.Blocks.Len(),
		Sent:      u.Sent,
		Received:  u.Received,
		Sequences: sequences{u.Seq[chain.SeqStandard], u.Seq[chain.SeqCustom], u.Seq[chain.SeqLists], u.Seq[chain.SeqBlocks], u.Seq[chain.SeqRequests]},
	}, nil
}

// named returns the app and the user that the path names.
func (a *Server) named(r *request) (id chain.AppID, user chain.UserID, err error) {
	if id, err = r.appID(); err != nil {
		return 0, "", err
	}
	if user, err = r.userID(); err != nil {
		return 0, "", err
	}
	return id, user, r.query()
}

func (a *Server) showAccount(r *request) (int, any, error) {
	id, user, err := a.named(r)
	if err != nil {
		return 0, nil, err
	}
	app, use, ok := a.config.Apps.Begin(id)
	if !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	defer use.End()
	account, err := store.Do(r.Context(), a.config.Store, &app.App, a.config.Now(), &accountQuery{user})
	return http.StatusOK, account, err
}

// A presenceView is a report of how a user can be reached.
type presenceView struct {
	Online    bool           `json:"online"`
	Platforms []platformView `json:"platforms"`
	Seconds   int            `json:"seconds"` // how long it holds
}

// A platformView is one kind of device.
type platformView struct {
	Name   string `json:"name"`
	Online bool   `json:"online"` // otherwise it can be reached by push
}

func (a *Server) reportPresence(r *request) (int, any, error) {
	id, user, err := a.named(r)
	if err != nil {
		return 0, nil, err
	}
	if _, ok := a.config.Apps.Get(id); !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	report := presenceView{Platforms: []platformView{}}
	set, err := r.read(map[string]any{"online": &report.Online, "platforms": &report.Platforms, "seconds": &report.Seconds})
	if err != nil {
		return 0, nil, err
	}
	status, err := report.status(set)
	if err != nil {
		return 0, nil, err
	}
	until := a.config.Now().Add(time.Duration(report.Seconds) * time.Second)
	a.config.Presence.Report(id, user, status, until)
	return http.StatusOK, report, nil
}

// status checks a report of which some members are set.
func (v *presenceView) status(set map[string]bool) (presence.Status, error) {
	if !set["online"] {
		return presence.Status{}, bad("online", "online is missing")
	}
	s := presence.Status{Online: v.Online}
	var seen []string
	for _, p := range v.Platforms {
		if !slices.Contains(platforms, p.Name) || slices.Contains(seen, p.Name) {
			return s, bad("platforms", "platforms: %q must be one of %v, once", p.Name, platforms)
		}
		if p.Online && !v.Online {
			return s, bad("platforms", "platforms: %s cannot be online while online is false", p.Name)
		}
		seen = append(seen, p.Name)
		s.Platforms = append(s.Platforms, presence.Platform{Name: p.Name, Online: p.Online})
	}
	if most := int(maxPresence / time.Second); v.Seconds < 1 || v.Seconds > most {
		return s, bad("seconds", "seconds: must be a number from 1 to %d", most)
	}
	return s, nil
}
