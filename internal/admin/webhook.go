package admin

import (
	"encoding/json"
	"maps"
	"math"
	"net/http"
	"slices"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/webhook"
)

// A webhookView is an app's webhook as administrators see it.
type webhookView struct {
	ID       chain.AppID `json:"sdkappid"`
	URL      string      `json:"url"` // "" is none
	TokenSet bool        `json:"token_set"`
	Token    string      `json:"token,omitempty"` // only if asked for
	Commands []string    `json:"commands"`

	BeforeFailure string `json:"before_failure"` // allow or deny
	Retry         bool   `json:"retry"`
	RetryFor      int64  `json:"retry_for"` // seconds
	Accept        string `json:"accept"`    // 200 or 2xx
	SinglePair    bool   `json:"single_pair"`

	RootCerts    string `json:"root_certs"`
	ClientCert   string `json:"client_cert"`
	ClientKeySet bool   `json:"client_key_set"`

	Events extentView `json:"events"`
}

// An extentView is what is kept of an app's events.
type extentView struct {
	First   store.EventNumber `json:"first"`
	Last    store.EventNumber `json:"last"`
	Trimmed store.EventNumber `json:"trimmed"` // after it none is missing
	Pending int               `json:"pending"`
	Oldest  string            `json:"oldest_pending,omitempty"`
	Dead    int               `json:"dead"`
}

// The words for settings that have two values.
const (
	wordAllow, wordDeny = "allow", "deny"
	word200, word2xx    = "200", "2xx"
)

func pick[V any](second bool, a, b V) V {
	if second {
		return b
	}
	return a
}

// afterKinds are what an app is told when it names nothing else.
var afterKinds = []chain.EventKind{chain.FriendAdded, chain.FriendDeleted, chain.Blocked, chain.Unblocked, chain.ProfileSet}

// beforeKinds are what an app can be asked.
var beforeKinds = []chain.EventKind{chain.BeforeFriendAdd, chain.BeforeFriendResponse}

func kindsOf(list []chain.EventKind) (kinds chain.Kinds) {
	for _, k := range list {
		kinds = kinds.With(k)
	}
	return kinds
}

func commandNames(kinds chain.Kinds) []string {
	names := []string{}
	for _, k := range slices.Concat(afterKinds, beforeKinds) {
		if kinds.Has(k) {
			names = append(names, webhook.Command(k))
		}
	}
	return names
}

// answerWebhook shows an app's webhook as it is now.
func (a *Server) answerWebhook(r *request, id chain.AppID, secrets bool) (int, any, error) {
	app, ok := a.config.Apps.Get(id)
	if !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	x, err := a.config.Store.Extent(r.Context(), id)
	if err != nil {
		return 0, nil, err
	}
	w := &app.Webhook
	v := webhookView{
		ID: id, URL: w.URL, TokenSet: w.Token != "", Commands: commandNames(w.Kinds),
		BeforeFailure: pick(w.DenyOnFailure, wordAllow, wordDeny), Retry: !w.NoRetry, Accept: pick(w.AnySuccess, word200, word2xx), SinglePair: w.SinglePair,
		RetryFor:  int64(pick(w.RetryFor == 0, w.RetryFor, store.DefaultRetryFor) / time.Second),
		RootCerts: w.RootCerts, ClientCert: w.ClientCert, ClientKeySet: w.ClientKey != "",
		Events: extentView{First: x.First, Last: x.Last, Trimmed: x.Trimmed, Pending: x.Pending, Dead: x.Dead},
	}
	if x.Pending > 0 {
		v.Events.Oldest = moment(x.Oldest)
	}
	if secrets {
		v.Token = w.Token
	}
	return http.StatusOK, v, nil
}

// moment writes Unix milliseconds for people and programs; "" is never.
func moment(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format("2006-01-02T15:04:05.000Z")
}

func (a *Server) showWebhook(r *request) (int, any, error) {
	id, secrets, err := r.appAndSecrets()
	if err != nil {
		return 0, nil, err
	}
	return a.answerWebhook(r, id, secrets)
}

// appAndSecrets are the app that the path names, and whether its secrets are
// asked for.
func (r *request) appAndSecrets() (id chain.AppID, secrets bool, err error) {
	if id, err = r.appID(); err != nil {
		return 0, false, err
	}
	secrets, err = r.wantsSecrets()
	return id, secrets, err
}

// setWebhook sets what the body names and leaves the rest.
func (a *Server) setWebhook(r *request) (int, any, error) {
	id, secrets, err := r.appAndSecrets()
	if err != nil {
		return 0, nil, err
	}
	var text json.RawMessage
	if text, err = r.body(); err != nil {
		return 0, nil, err
	}
	err = a.config.Apps.Update(r.Context(), id, func(app *store.App) error { return changeWebhook(&app.Webhook, text) })
	if err != nil {
		return 0, nil, err
	}
	a.config.Log.Info("an administrator changed a webhook", "app", id)
	return a.answerWebhook(r, id, secrets)
}

// changeWebhook applies an object with some of the settings.
func changeWebhook(w *store.Webhook, text json.RawMessage) error {
	var commands []string
	before, accept := pick(w.DenyOnFailure, wordAllow, wordDeny), pick(w.AnySuccess, word200, word2xx)
	retry, retryFor := !w.NoRetry, int64(w.RetryFor/time.Second)
	set, err := decode("", text, map[string]any{
		"url": &w.URL, "token": &w.Token, "commands": &commands, "before_failure": &before,
		"retry": &retry, "retry_for": &retryFor, "accept": &accept, "single_pair": &w.SinglePair,
		"root_certs": &w.RootCerts, "client_cert": &w.ClientCert, "client_key": &w.ClientKey,
	})
	if err != nil {
		return err
	}
	if w.DenyOnFailure, err = choice("before_failure", before, wordAllow, wordDeny); err != nil {
		return err
	}
	if w.AnySuccess, err = choice("accept", accept, word200, word2xx); err != nil {
		return err
	}
	w.NoRetry, w.RetryFor = !retry, seconds(retryFor)
	switch {
	case set["commands"]:
		w.Chosen = true
		w.Kinds, err = readCommands(commands)
	case w.URL != "" && !w.Chosen:
		w.Kinds = kindsOf(afterKinds)
	}
	return err
}

// seconds is a number of them; too many are as many as there can be.
func seconds(n int64) time.Duration {
	return time.Duration(min(max(n, -1), int64(math.MaxInt64/time.Second))) * time.Second
}

// choice is whether the second of two words was chosen.
func choice(member, word, first, second string) (bool, error) {
	if word != first && word != second {
		return false, bad(member, "%s: must be %s or %s", member, first, second)
	}
	return word == second, nil
}

// commandSets are words for many commands.
var commandSets = map[string][]chain.EventKind{
	"after": afterKinds, "before": beforeKinds, "all": slices.Concat(afterKinds, beforeKinds), "none": nil,
}

// readCommands reads the names of commands, and of sets of them.
func readCommands(names []string) (kinds chain.Kinds, err error) {
	for _, name := range names {
		if list, ok := commandSets[name]; ok {
			kinds |= kindsOf(list)
			continue
		}
		kind, ok := webhook.Kind(name)
		if !ok || kind == chain.RateExceeded {
			return 0, bad("commands", "commands: %q is none of %v, nor one of %v", name, commandNames(kindsOf(commandSets["all"])), slices.Sorted(maps.Keys(commandSets)))
		}
		kinds = kinds.With(kind)
	}
	return kinds, nil
}

// A probeView is what came back from a probe.
type probeView struct {
	ID      chain.AppID `json:"sdkappid"`
	OK      bool        `json:"ok"`
	Status  int         `json:"status"`  // HTTP status; 0 = none came
	TookMS  float64     `json:"took_ms"` // milliseconds
	Problem string      `json:"problem"` // "" if it was as it must be
	Answer  string      `json:"answer"`  // what came back, shortened
}

// maxShown is how much of an answer is shown, in bytes.
const maxShown = 500

func (a *Server) testWebhook(r *request) (int, any, error) {
	id, err := r.appID()
	if err != nil {
		return 0, nil, err
	}
	app, ok := a.config.Apps.Get(id)
	if !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	result, err := a.config.Relay.Sender.Probe(r.Context(), app)
	if err != nil {
		return 0, nil, refuse(http.StatusConflict, "%v", err)
	}
	return http.StatusOK, probeView{
		ID: id, OK: result.Problem == "", Status: result.Status, TookMS: milliseconds(result.Took), Problem: result.Problem,
		Answer: string(result.Body[:min(len(result.Body), maxShown)]),
	}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
