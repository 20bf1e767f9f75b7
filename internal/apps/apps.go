// Package apps keeps the apps of a store at hand: a call looks its app up in
// memory, never on disk.
package apps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

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

	// ErrBadApp says that an app cannot be as it is described.
	ErrBadApp = errors.New("bad app")
)

// A Directory holds every app of one store. It is safe for concurrent use.
type Directory struct {
	store store.Store
	mu    sync.Mutex // one change at a time
	byID  atomic.Pointer[map[chain.AppID]*store.App]
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
	byID := make(map[chain.AppID]*store.App, len(all))
	for i := range all {
		byID[all[i].ID] = &all[i]
	}
	d.byID.Store(&byID)
	return nil
}

// Get returns an app, which must not be changed, and whether it exists.
func (d *Directory) Get(id chain.AppID) (*store.App, bool) {
	a, ok := (*d.byID.Load())[id]
	return a, ok
}

// List returns all apps, ascending by ID. They must not be changed.
func (d *Directory) List() []*store.App {
	var all []*store.App
	for _, a := range *d.byID.Load() {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *store.App) int { return int(int64(a.ID) - int64(b.ID)) })
	return all
}

// Ensure creates an app with default settings, or keeps the one that exists
// and adds the administrators it lacks. secret verifies the app's UserSigs; an
// app that exists must know it already, else the error is [ErrOtherSecret]. An
// empty secret fits every app that exists and creates none ([ErrBadApp]).
func (d *Directory) Ensure(ctx context.Context, id chain.AppID, secret string, admins []chain.UserID) (created bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	err = d.store.UpdateApp(ctx, id, func(a store.App, found bool) (store.App, error) {
		switch {
		case found && secret != "" && !slices.Contains(a.Secrets, secret):
			return a, fmt.Errorf("app %d: %w; start without the secret to keep it", id, ErrOtherSecret)
		case !found && secret == "":
			return a, fmt.Errorf("%w: app %d needs a secret", ErrBadApp, id)
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
		return a, check(id, &a)
	})
	if err != nil {
		return false, err
	}
	return created, d.reload(ctx)
}

// check tells what is wrong with an app.
func check(id chain.AppID, a *store.App) error {
	if id == 0 {
		return fmt.Errorf("%w: an SDKAppID is a number from 1 to 4294967295", ErrBadApp)
	}
	if len(a.Admins) == 0 || len(a.Admins) > MaxAdmins {
		return fmt.Errorf("%w: app %d has %d administrators; 1 to %d are allowed", ErrBadApp, id, len(a.Admins), MaxAdmins)
	}
	for _, admin := range a.Admins {
		if !admin.Valid() {
			return fmt.Errorf("%w: app %d: administrator %q: a UserID has 1 to 32 printable ASCII characters", ErrBadApp, id, admin)
		}
	}
	return nil
}
