package main

import (
	"context"
	"errors"

	"kith/internal/apps"
	"kith/internal/chain"
)

// servedApp is what a start did about the app that its flags name.
type servedApp struct {
	id     chain.AppID // 0 if they name none of several
	made   bool
	secret string // the random one it was made with, to be shown once
}

// ensureApp makes or keeps the app that the flags name, and without any makes
// one where there is none.
func (c *serveCmd) ensureApp(ctx context.Context, directory *apps.Directory) (app servedApp, err error) {
	if app.id, err = c.whichApp(directory); err != nil || app.id == 0 {
		return app, err
	}
	secret, admins := c.AppSecret, c.AppAdmin
	if _, exists := directory.Get(app.id); !exists {
		if secret == "" {
			secret = apps.NewSecret()
			app.secret = secret
		}
		if len(admins) == 0 {
			admins = []chain.UserID{apps.DefaultAdmin}
		}
	}
	app.made, err = directory.Ensure(ctx, app.id, secret, admins)
	return app, err
}

// whichApp returns the app that the flags are about.
func (c *serveCmd) whichApp(directory *apps.Directory) (chain.AppID, error) {
	existing := directory.List()
	switch {
	case c.AppID != 0:
		return chain.AppID(c.AppID), nil
	case c.AppSecret != "", len(existing) == 0:
		return apps.FirstID, nil
	case len(existing) == 1:
		return existing[0].ID, nil
	case len(c.AppAdmin) > 0:
		return 0, errors.New("there is more than one app; say with --app-id to which --app-admin belongs")
	}
	return 0, nil
}
