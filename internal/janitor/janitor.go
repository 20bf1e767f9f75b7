// Package janitor finishes what calls began and had no time to end: deletions
// of accounts that many others hold. It decides nothing; the rules say what a
// deletion is.
package janitor

import (
	"context"
	"log/slog"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
)

// Pause is how long the janitor waits between two looks for work.
const Pause = time.Second

// atOnce is how many accounts of an app one look finds.
const atOnce = 100

// Run looks for work until ctx ends.
func Run(ctx context.Context, s store.Store, directory *apps.Directory, log *slog.Logger) {
	pause := time.NewTicker(Pause)
	defer pause.Stop()
	for {
		Sweep(ctx, s, directory, log)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}

// Sweep finishes every deletion that it finds. What fails is logged and left
// for the next time.
func Sweep(ctx context.Context, s store.Store, directory *apps.Directory, log *slog.Logger) {
	for _, app := range directory.List() {
		if err := sweepApp(ctx, s, directory, app.ID); err != nil && ctx.Err() == nil {
			log.Error("finish deletions of accounts", "app", app.ID, "err", err)
		}
	}
}

func sweepApp(ctx context.Context, s store.Store, directory *apps.Directory, id chain.AppID) error {
	app, use, ok := directory.Begin(id)
	if !ok {
		return nil // deleted meanwhile
	}
	defer use.End()
	ids, err := s.Leaving(ctx, id, atOnce)
	if err != nil || len(ids) == 0 {
		return err
	}
	_, err = store.DeleteAccounts(ctx, s, &app.App, time.Now(), ids)
	return err
}
