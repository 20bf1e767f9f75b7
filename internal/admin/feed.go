package admin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/webhook"
)

const (
	// maxFeeds is how many feeds are served at once.
	maxFeeds = 100
	// feedPage is how many events are read at a time.
	feedPage = 200
	// feedPoll is how often a feed looks for events that another server kept.
	feedPoll = time.Second
	// heartbeat is how often a feed without events shows that it lives.
	heartbeat = 15 * time.Second
	// feedPatience is how long a reader may keep a feed from being written.
	feedPatience = 30 * time.Second
)

// feed streams the events of an app as server-sent events: their numbers as
// IDs, the bodies of the webhooks as data. It begins after the event that
// Last-Event-ID or the parameter after names, with 0 at the first that is kept,
// and without either with the next that happens.
func (a *Server) feed(w http.ResponseWriter, r *http.Request) {
	app, use, last, err := a.feedFrom(&request{r, w})
	if err != nil {
		a.fail(w, r, err)
		return
	}
	if a.feeds.Add(1) > maxFeeds {
		a.feeds.Add(-1)
		a.fail(w, r, refuse(http.StatusServiceUnavailable, "%d feeds are served already: end one of them", maxFeeds))
		return
	}
	defer a.feeds.Add(-1)
	rung, stop := a.config.Relay.Bell.Listen(app)
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	f := &feed{server: a, app: app, use: use, last: last, out: w, control: http.NewResponseController(w)}
	if err := f.control.SetReadDeadline(time.Time{}); err != nil { // nothing more is to be read
		a.config.Log.Debug("a feed may end early", "err", err)
	}
	if err := f.run(r.Context(), rung); err != nil && r.Context().Err() == nil {
		a.config.Log.Warn("a feed ended", "app", app, "after", f.last, "err", err)
	}
}

// feedFrom finds out which app a feed is about, and after which event it
// begins. The use has ended: a feed does not keep its app from being deleted.
func (a *Server) feedFrom(r *request) (id chain.AppID, use *apps.Use, after store.EventNumber, err error) {
	if err := r.query("sdkappid", "after"); err != nil {
		return 0, nil, 0, err
	}
	if id, err = a.feedApp(r.URL.Query().Get("sdkappid")); err != nil {
		return 0, nil, 0, err
	}
	app, use, ok := a.config.Apps.Begin(id)
	if !ok {
		return 0, nil, 0, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	defer use.End()
	if app.Settings.EventDays == 0 {
		return 0, nil, 0, refuse(http.StatusConflict, "app %d keeps no events to read: set its event_days first", id)
	}
	x, err := a.config.Store.Extent(r.Context(), id)
	if err != nil {
		return 0, nil, 0, err
	}
	after, err = r.feedStart(&x)
	return id, use, after, err
}

// feedStart is the event after which a feed begins, of those that are kept.
func (r *request) feedStart(x *store.Extent) (after store.EventNumber, err error) {
	text, field := r.Header.Get("Last-Event-ID"), "Last-Event-ID"
	if text == "" {
		text, field = r.URL.Query().Get("after"), "after"
	}
	if text == "" {
		return x.Last, nil
	}
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, bad(field, "%s must be the number of an event, or 0 for the first that is kept", field)
	}
	after = store.EventNumber(n)
	switch {
	case after > x.Last:
		return 0, &problem{http.StatusGone, fmt.Sprintf("there is no event %d yet: the last is %d; was the app made anew? Begin again with after=0", after, x.Last), field}
	case after > 0 && after < x.Trimmed:
		return 0, &problem{http.StatusGone, fmt.Sprintf("not all events up to %d are kept any more; begin with after=0 for those that are", x.Trimmed), field}
	}
	return after, nil
}

// feedApp is the app that is named, or the only one there is.
func (a *Server) feedApp(name string) (chain.AppID, error) {
	all := a.config.Apps.List()
	if name == "" && len(all) == 1 {
		return all[0].ID, nil
	}
	id, err := strconv.ParseUint(name, 10, 32)
	if err != nil {
		return 0, bad("sdkappid", "say with sdkappid=N whose events you want")
	}
	return chain.AppID(id), nil
}

// A feed is one stream under way.
type feed struct {
	server  *Server
	app     chain.AppID
	use     *apps.Use         // of the app; another one is an app made anew
	last    store.EventNumber // the last that was written
	out     http.ResponseWriter
	control *http.ResponseController
	text    bytes.Buffer
}

// run writes events until ctx ends, the app is gone, or the reader does not
// read.
func (f *feed) run(ctx context.Context, rung <-chan struct{}) error {
	f.text.WriteString(": events of app " + strconv.FormatUint(uint64(f.app), 10) + "\n\n")
	poll, beat := time.NewTicker(feedPoll), time.NewTicker(heartbeat)
	defer poll.Stop()
	defer beat.Stop()
	for {
		if more, err := f.catchUp(ctx); err != nil || !more {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-rung:
		case <-poll.C:
		case <-beat.C:
			f.text.WriteString(":\n\n")
		}
	}
}

// catchUp writes all there is, and is false if the app is gone.
func (f *feed) catchUp(ctx context.Context) (bool, error) {
	for {
		found, err := f.read(ctx)
		if errors.Is(err, apps.ErrNoApp) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		for i := range found {
			if err := f.add(&found[i]); err != nil {
				return false, err
			}
		}
		if err := f.flush(); err != nil {
			return false, err
		}
		if len(found) < feedPage {
			return true, nil
		}
	}
}

// read reads what comes next; the error is [apps.ErrNoApp] if the app is gone.
func (f *feed) read(ctx context.Context) ([]store.Event, error) {
	if _, ok := f.server.config.Apps.Continue(f.app, f.use); !ok {
		return nil, apps.ErrNoApp
	}
	defer f.use.End()
	return f.server.config.Store.Events(ctx, f.app, f.last, feedPage)
}

func (f *feed) add(e *store.Event) error {
	body, err := webhook.Body(&e.Event, &store.Webhook{})
	if err != nil {
		return err
	}
	fmt.Fprintf(&f.text, "id: %d\nevent: %s\ndata: %s\n\n", e.Number, webhook.Command(e.Kind), body)
	f.last = e.Number
	return nil
}

// flush sends what was written. A reader that does not take it in time loses
// the feed, and can come back for the rest.
func (f *feed) flush() error {
	if f.text.Len() == 0 {
		return nil
	}
	if err := f.control.SetWriteDeadline(time.Now().Add(feedPatience)); err != nil {
		return err
	}
	if _, err := f.text.WriteTo(f.out); err != nil {
		return err
	}
	return f.control.Flush()
}
