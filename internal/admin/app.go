package admin

import (
	"encoding/json"
	"net/http"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
)

// An appView is an app as administrators see it.
type appView struct {
	ID          chain.AppID    `json:"sdkappid"`
	Name        string         `json:"name"`
	Enabled     bool           `json:"enabled"`
	Admins      []chain.UserID `json:"admins"`
	SecretCount int            `json:"secret_count"`
	Secrets     []string       `json:"secrets,omitempty"` // the newest first; only if asked for
	Settings    settings       `json:"settings"`
}

func view(app *store.App, secrets bool) appView {
	v := appView{app.ID, app.Name, app.Enabled, app.Admins, len(app.Secrets), nil, showSettings(&app.Settings)}
	if secrets {
		v.Secrets = app.Secrets
	}
	return v
}

// wantsSecrets reads the parameter that asks for secrets; others are unknown.
func (r *request) wantsSecrets(known ...string) (bool, error) {
	if err := r.query(append(known, "secrets")...); err != nil {
		return false, err
	}
	switch r.URL.Query().Get("secrets") {
	case "", "0":
		return false, nil
	case "1":
		return true, nil
	}
	return false, bad("secrets", "the parameter secrets must be 1 or 0")
}

// answerApp shows an app as it is now.
func (a *Server) answerApp(status int, id chain.AppID, secrets bool) (int, any, error) {
	app, ok := a.config.Apps.Get(id)
	if !ok {
		return 0, nil, refuse(http.StatusNotFound, "app %d: %v", id, apps.ErrNoApp)
	}
	return status, view(app, secrets), nil
}

func (a *Server) listApps(r *request) (int, any, error) {
	secrets, err := r.wantsSecrets()
	if err != nil {
		return 0, nil, err
	}
	views := []appView{}
	for _, app := range a.config.Apps.List() {
		views = append(views, view(app, secrets))
	}
	return http.StatusOK, map[string]any{"apps": views}, nil
}

func (a *Server) createApp(r *request) (int, any, error) {
	secrets, err := r.wantsSecrets()
	if err != nil {
		return 0, nil, err
	}
	spec := apps.Spec{Settings: chain.DefaultSettings()}
	var changes json.RawMessage
	set, err := r.read(map[string]any{
		"sdkappid": &spec.ID,
		"name":     &spec.Name,
		"secret":   &spec.Secret,
		"admins":   &spec.Admins,
		"settings": &changes,
	})
	if err != nil {
		return 0, nil, err
	}
	if set["sdkappid"] && spec.ID == 0 {
		return 0, nil, bad("sdkappid", "sdkappid: must be a number from 1 to 4294967295; leave it out for the next free one")
	}
	if set["settings"] {
		if err := changeSettings(&spec.Settings, changes); err != nil {
			return 0, nil, err
		}
	}
	id, err := a.config.Apps.Create(r.Context(), spec)
	if err != nil {
		return 0, nil, err
	}
	a.config.Log.Info("an administrator made an app", "app", id)
	return a.answerApp(http.StatusCreated, id, secrets)
}

func (a *Server) showApp(r *request) (int, any, error) {
	id, err := r.appID()
	if err != nil {
		return 0, nil, err
	}
	secrets, err := r.wantsSecrets()
	if err != nil {
		return 0, nil, err
	}
	return a.answerApp(http.StatusOK, id, secrets)
}

// changeApp sets what the body names and leaves the rest.
func (a *Server) changeApp(r *request) (int, any, error) {
	var name string
	var admins []chain.UserID
	var enabled bool
	var changes json.RawMessage
	return a.change(r, func(id chain.AppID) error {
		set, err := r.read(map[string]any{"name": &name, "admins": &admins, "enabled": &enabled, "settings": &changes})
		if err != nil {
			return err
		}
		return a.config.Apps.Update(r.Context(), id, func(app *store.App) error {
			if set["name"] {
				app.Name = name
			}
			if set["admins"] {
				app.Admins = admins
			}
			if set["enabled"] {
				app.Enabled = enabled
			}
			if set["settings"] {
				return changeSettings(&app.Settings, changes)
			}
			return nil
		})
	})
}

func (a *Server) enableApp(r *request) (int, any, error) {
	return a.change(r, func(id chain.AppID) error { return a.config.Apps.SetEnabled(r.Context(), id, true) })
}

func (a *Server) disableApp(r *request) (int, any, error) {
	return a.change(r, func(id chain.AppID) error { return a.config.Apps.SetEnabled(r.Context(), id, false) })
}

func (a *Server) rotateSecret(r *request) (int, any, error) {
	return a.change(r, func(id chain.AppID) error { return a.config.Apps.RotateSecret(r.Context(), id) })
}

func (a *Server) dropOldSecret(r *request) (int, any, error) {
	return a.change(r, func(id chain.AppID) error { return a.config.Apps.DropOldSecret(r.Context(), id) })
}

// change carries out a change of the app that the path names, and shows what
// became of it.
func (a *Server) change(r *request, carryOut func(chain.AppID) error) (int, any, error) {
	id, err := r.appID()
	if err != nil {
		return 0, nil, err
	}
	secrets, err := r.wantsSecrets()
	if err != nil {
		return 0, nil, err
	}
	if err := carryOut(id); err != nil {
		return 0, nil, err
	}
	a.config.Log.Info("an administrator changed an app", "app", id, "route", r.Pattern)
	return a.answerApp(http.StatusOK, id, secrets)
}

// deleteApp deletes an app, if the URL repeats its name.
func (a *Server) deleteApp(r *request) (int, any, error) {
	id, err := r.appID()
	if err != nil {
		return 0, nil, err
	}
	if err := r.query("name"); err != nil {
		return 0, nil, err
	}
	name := r.URL.Query().Get("name")
	if name == "" {
		return 0, nil, bad("name", "repeat the name of the app to delete it: ?name=")
	}
	if err := a.config.Apps.Delete(r.Context(), id, name); err != nil {
		return 0, nil, err
	}
	a.config.Log.Info("an administrator deleted an app", "app", id)
	return http.StatusOK, map[string]any{"sdkappid": id, "deleted": true}, nil
}
