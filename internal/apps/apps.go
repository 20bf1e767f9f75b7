// Package apps keeps the apps of a store at hand: a call looks its app up in
// memory, never on disk.
package apps

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// MaxAdmins is how many administrators one app may have (T 6.2 of the
// protocol's transport file).
const MaxAdmins = 10

var (
	// ErrOtherSecret says that an app exists with another secret than the one
	// it should be created with.
	ErrOtherSecret = errors.New("the app exists with another secret")

	// ErrNoApp says that no app has an ID.
	ErrNoApp = errors.New("no such app")

	// ErrAppExists says that an app cannot be made because its ID is taken.
	ErrAppExists = errors.New("the app exists already")

	// ErrOtherName says that an app to be deleted has another name than the
	// one given.
	ErrOtherName = errors.New("the app has another name")

	// ErrBusy says that calls of an app were under way for too long for it to
	// be deleted. It is disabled; trying again may succeed.
	ErrBusy = errors.New("calls of the app are still under way; it is disabled, try again to delete it")
)

// DefaultAdmin is the administrator of an app that is made without any.
const DefaultAdmin chain.UserID = "administrator"

// A Directory holds every app of one store. It is safe for concurrent use.
type Directory struct {
	store store.Store
	mu    sync.Mutex // one change at a time
	byID  atomic.Pointer[map[chain.AppID]entry]

	// Patience is how long Delete waits for calls under way; 0 means
	// [DefaultPatience]. It must not change while the directory is in use.
	Patience time.Duration
}

// An entry is an app, and what is under way for it.
type entry struct {
	*store.App
	use *Use
}

// Open reads the apps of s.
func Open(ctx context.Context, s store.Store) (*Directory, error) {
	d := &Directory{store: s}
	if err := d.reload(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// reload reads all apps anew.
func (d *Directory) reload(ctx context.Context) error {
	all, err := d.store.Apps(ctx)
	if err != nil {
		return fmt.Errorf("read apps: %w", err)
	}
	var known map[chain.AppID]entry
	if before := d.byID.Load(); before != nil {
		known = *before
	}
	byID := make(map[chain.AppID]entry, len(all))
	for i := range all {
		id := all[i].ID
		all[i].Deliver = all[i].Webhook.Wants()
		e := entry{&all[i], known[id].use}
		if e.use == nil {
			e.use = &Use{}
		}
		byID[id] = e
	}
	d.byID.Store(&byID)
	return nil
}

// WatchPause is how long a directory waits between two looks at the apps of a
// store that other servers change as well.
const WatchPause = 500 * time.Millisecond

// Watch follows what other servers change, until ctx ends. On a store that is
// not shared there is nothing to follow.
func (d *Directory) Watch(ctx context.Context, log *slog.Logger) {
	if !d.store.Shared() {
		return
	}
	tick := time.NewTicker(WatchPause)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := d.Refresh(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			log.Warn("the settings of apps cannot be read; those read last stay in force", "err", err)
		}
		failing = err != nil
	}
}

// Refresh looks at the apps once.
func (d *Directory) Refresh(ctx context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reload(ctx)
}

// Get returns an app, which must not be changed, and whether it exists.
func (d *Directory) Get(id chain.AppID) (*store.App, bool) {
	e, ok := (*d.byID.Load())[id]
	return e.App, ok
}

// List returns all apps, ascending by ID. They must not be changed.
func (d *Directory) List() []*store.App {
	var all []*store.App
	for _, e := range *d.byID.Load() {
		all = append(all, e.App)
	}
	slices.SortFunc(all, func(a, b *store.App) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Ensure creates an app with default settings, or keeps the one that exists
// and adds the administrators it lacks. secret verifies the app's UserSigs; an
// app that exists must know it already, else the error is [ErrOtherSecret]. An
// empty secret fits every app that exists and creates none ([*BadValue]).
func (d *Directory) Ensure(ctx context.Context, id chain.AppID, secret string, admins []chain.UserID) (created bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	err = d.store.UpdateApp(ctx, id, func(a store.App, found bool) (store.App, error) {
		switch {
		case found && secret != "" && !slices.Contains(a.Secrets, secret):
			return a, fmt.Errorf("app %d: %w; start without the secret to keep it", id, ErrOtherSecret)
		case !found && secret == "":
			return a, &BadValue{"secret", fmt.Sprintf("app %d needs one", id)}
		case !found:
			created = true
			a = store.App{App: chain.App{Settings: chain.DefaultSettings()}, Name: fmt.Sprintf("app-%d", id), Secrets: []string{secret}, Enabled: true}
		}
		a.Admins = slices.Clone(a.Admins)
		for _, admin := range admins {
			if !slices.Contains(a.Admins, admin) {
				a.Admins = append(a.Admins, admin)
			}
		}
		return a, checkIdentity(id, &a)
	})
	if err != nil {
		return false, err
	}
	return created, d.reload(ctx)
}
