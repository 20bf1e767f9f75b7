// Package janitor finishes what calls began and had no time to end, deletions
// of accounts that many others hold, and removes events that are kept no longer.
// It decides nothing: the rules say what a deletion is, and each app for how
// long its events are kept.
package janitor

import (
	"context"
	"crypto/rand"
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

// TrimPause is how long the janitor waits between two looks for events that are
// kept no longer; trimStep is how many one step looks at.
const (
	TrimPause = time.Minute
	trimStep  = 1000
)

// Of several servers one alone looks for work. When it falls silent, another
// one takes over after leaseTime.
const (
	leaseName = "janitor"
	leaseTime = 5 * Pause
)

// Run looks for work until ctx ends.
func Run(ctx context.Context, s store.Store, directory *apps.Directory, log *slog.Logger) {
	holder := rand.Text()
	defer giveBack(context.WithoutCancel(ctx), s, holder, log)
	mine := func() bool {
		held, err := s.Lease(ctx, leaseName, holder, leaseTime)
		if err != nil && ctx.Err() == nil {
			log.Error("find out who cleans up", "err", err)
		}
		return held && err == nil
	}
	pause, trim := time.NewTicker(Pause), time.NewTicker(TrimPause)
	defer pause.Stop()
	defer trim.Stop()
	for {
		if mine() {
			Sweep(ctx, s, directory, log)
		}
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		case <-trim.C:
			if mine() {
				Trim(ctx, s, directory, time.Now(), log)
			}
		}
	}
}

// giveBack lets another server take over at once.
func giveBack(ctx context.Context, s store.Store, holder string, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(ctx, Pause)
	defer cancel()
	if _, err := s.Lease(ctx, leaseName, holder, 0); err != nil {
		log.Warn("let another server clean up", "err", err)
	}
}

// Trim removes every event that its app keeps no longer, in bounded steps.
func Trim(ctx context.Context, s store.Store, directory *apps.Directory, now time.Time, log *slog.Logger) {
	for _, app := range directory.List() {
		if err := trimApp(ctx, s, directory, app.ID, now); err != nil && ctx.Err() == nil {
			log.Error("trim events", "app", app.ID, "err", err)
		}
	}
}

func trimApp(ctx context.Context, s store.Store, directory *apps.Directory, id chain.AppID, now time.Time) error {
	var last store.EventNumber
	for {
		app, use, ok := directory.Begin(id)
		if !ok {
			return nil // deleted meanwhile
		}
		before := now.AddDate(0, 0, -app.Settings.EventDays).UnixMilli()
		next, err := s.Trim(ctx, id, last, before, trimStep)
		use.End()
		if err != nil || next == 0 {
			return err
		}
		last = next
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
