package admin

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/webhook"
)

// A deliveryView is an event and how it fared on its way.
type deliveryView struct {
	Number   store.EventNumber `json:"event"`
	Command  string            `json:"command"`
	Request  string            `json:"request_id"`
	Owner    chain.UserID      `json:"user"`
	Happened string            `json:"happened"`
	State    string            `json:"state"`
	Attempts int               `json:"attempts"`
	Last     string            `json:"last_attempt,omitempty"`
	Next     string            `json:"next_attempt,omitempty"`
	Status   int               `json:"status"`
	TookMS   float64           `json:"took_ms"`
	Problem  string            `json:"problem"`
}

// states are the words for what became of an event.
var states = map[string]store.DeliveryState{"pending": store.Pending, "delivered": store.Delivered, "dead": store.Dead}

func stateWord(s store.DeliveryState) string {
	for word, state := range states {
		if state == s {
			return word
		}
	}
	return ""
}

func viewDelivery(d *store.Delivery) deliveryView {
	v := deliveryView{
		Number: d.Number, Command: webhook.Command(d.Kind), Request: webhook.RequestID(d.ID), Owner: d.Owner, Happened: moment(d.Time),
		State: stateWord(d.State), Attempts: d.Attempts, Last: moment(d.Last), Status: d.Status, TookMS: milliseconds(d.Took), Problem: d.Problem,
	}
	if d.State == store.Pending {
		v.Next = moment(d.Next)
	}
	return v
}

// Bounds of a page of deliveries.
const (
	defaultPage = 50
	maxPage     = 1000
)

// logWebhook shows the latest deliveries, the newest first.
func (a *Server) logWebhook(r *request) (int, any, error) {
	if err := r.query("state", "limit", "before"); err != nil {
		return 0, nil, err
	}
	word := r.URL.Query().Get("state")
	state, known := states[word]
	switch {
	case known:
		return a.listDeliveries(r, state)
	case word == "":
		return a.listDeliveries(r, store.Pending, store.Delivered, store.Dead)
	}
	return 0, nil, bad("state", "the parameter state must be pending, delivered or dead")
}

// deadLetters shows what was given up, the newest first.
func (a *Server) deadLetters(r *request) (int, any, error) {
	if err := r.query("limit", "before"); err != nil {
		return 0, nil, err
	}
	return a.listDeliveries(r, store.Dead)
}

func (a *Server) listDeliveries(r *request, in ...store.DeliveryState) (int, any, error) {
	id, err := r.appID()
	if err != nil {
		return 0, nil, err
	}
	if _, ok := a.config.Apps.Get(id); !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	limit, err := r.number("limit", defaultPage, maxPage)
	if err != nil {
		return 0, nil, err
	}
	before, err := r.number("before", 0, 1<<62)
	if err != nil {
		return 0, nil, err
	}
	var found []store.Delivery
	for _, state := range in {
		some, err := a.config.Store.Deliveries(r.Context(), id, store.DeliveryQuery{State: state, Bound: store.EventNumber(before), Descending: true, Limit: limit})
		if err != nil {
			return 0, nil, err
		}
		found = append(found, some...)
	}
	slices.SortFunc(found, func(a, b store.Delivery) int { return cmp.Compare(b.Number, a.Number) })
	views := []deliveryView{}
	for i := range found[:min(limit, len(found))] {
		views = append(views, viewDelivery(&found[i]))
	}
	return http.StatusOK, map[string]any{"sdkappid": id, "deliveries": views}, nil
}

// number reads a parameter of the URL that counts something, from 1 on.
func (r *request) number(name string, missing, most int) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, bad(name, "the parameter %s must be a number from 1 to %d", name, most)
	}
	return n, nil
}

// replayStep is how many events one step of a replay looks at.
const replayStep = 1000

// replayWebhook sends again what was sent or given up, from an event on, from a
// time on, or all that was given up.
func (a *Server) replayWebhook(r *request) (int, any, error) {
	id, err := r.appID()
	if err != nil {
		return 0, nil, err
	}
	if err := r.query(); err != nil {
		return 0, nil, err
	}
	var from store.EventNumber
	var since time.Time
	var dead bool
	set, err := r.read(map[string]any{"from": &from, "since": &since, "dead": &dead})
	switch {
	case err != nil:
		return 0, nil, err
	case len(set) != 1, set["dead"] && !dead, set["from"] && from == 0:
		return 0, nil, bad("from", `give one of "from" (the number of an event, from 1 on), "since" (a time such as 2026-01-31T12:00:00Z) and "dead": true`)
	}
	app, use, ok := a.config.Apps.Begin(id)
	if !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	defer use.End()
	if app.Webhook.URL == "" {
		return 0, nil, refuse(http.StatusConflict, "%v", webhook.ErrNoURL)
	}
	again := replay{a.config.Store, id, app.Deliver, a.config.Now().UnixMilli()}
	made, err := again.run(r.Context(), from, since, dead)
	a.config.Relay.Restart(id)
	a.config.Log.Info("an administrator replays a webhook", "app", id, "events", made)
	return http.StatusOK, map[string]any{"sdkappid": id, "replayed": made}, err
}

// A replay makes deliveries of one app pending again, step by step.
type replay struct {
	store store.Store
	app   chain.AppID
	kinds chain.Kinds
	now   int64 // Unix milliseconds
}

func (p *replay) run(ctx context.Context, from store.EventNumber, since time.Time, dead bool) (int, error) {
	if dead {
		return p.dead(ctx)
	}
	after := from - 1
	if from == 0 {
		var err error
		if after, err = p.before(ctx, since.UnixMilli()); err != nil {
			return 0, err
		}
	}
	total := 0
	for {
		made, next, err := p.store.Replay(ctx, p.app, after, p.kinds, p.now, replayStep)
		total += made
		if err != nil || next == 0 {
			return total, err
		}
		after = next
	}
}

// before is the number in front of the first event that happened at a time or
// later.
func (p *replay) before(ctx context.Context, at int64) (store.EventNumber, error) {
	x, err := p.store.Extent(ctx, p.app)
	if err != nil || x.Last == 0 {
		return 0, err
	}
	var failed error
	span := int(x.Last - x.First + 1)
	skip := sort.Search(span, func(i int) bool {
		found, err := p.store.Events(ctx, p.app, x.First+store.EventNumber(i)-1, 1)
		if err != nil {
			failed = err
		}
		return len(found) == 0 || found[0].Time >= at
	})
	return x.First + store.EventNumber(skip) - 1, failed
}

// dead takes each that was given up once, for it may be given up again soon.
func (p *replay) dead(ctx context.Context) (total int, err error) {
	var last store.EventNumber
	for {
		found, err := p.store.Deliveries(ctx, p.app, store.DeliveryQuery{State: store.Dead, Bound: last, Limit: replayStep})
		if err != nil || len(found) == 0 {
			return total, err
		}
		last = found[len(found)-1].Number
		found = slices.DeleteFunc(found, func(d store.Delivery) bool { return !p.kinds.Has(d.Kind) })
		for i := range found {
			found[i] = store.Delivery{Event: found[i].Event, State: store.Pending, Since: p.now}
		}
		if err := p.store.Settle(ctx, p.app, found); err != nil {
			return total, err
		}
		total += len(found)
	}
}
