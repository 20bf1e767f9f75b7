package apps

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// FirstID is the SDKAppID of the first app that is made without naming one.
const FirstID chain.AppID = 1400000000

// MaxSecrets is how many secrets of an app are valid at once.
const MaxSecrets = 2

// A Spec describes an app to be made. What is empty gets a default.
type Spec struct {
	ID       chain.AppID    // by default the one after the highest, from FirstID on
	Name     string         // app-ID by default
	Secret   string         // a random one by default
	Admins   []chain.UserID // DefaultAdmin by default
	Settings chain.Settings // not optional
}

// NewSecret makes a secret key as the hosted service does: 64 hexadecimal
// characters.
func NewSecret() string {
	key := make([]byte, 32)
	rand.Read(key) // never fails
	return hex.EncodeToString(key)
}

// Create makes an app, which calls can name as soon as it returns. What an app
// cannot be is a [*BadValue]; an ID that is taken is [ErrAppExists].
func (d *Directory) Create(ctx context.Context, s Spec) (chain.AppID, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s.ID == 0 {
		s.ID = d.nextID()
	}
	made := store.App{
		App:     chain.App{Admins: slices.Clone(s.Admins), Settings: s.Settings},
		Name:    s.Name,
		Secrets: []string{s.Secret},
		Enabled: true,
	}
	if made.Name == "" {
		made.Name = fmt.Sprintf("app-%d", s.ID)
	}
	if s.Secret == "" {
		made.Secrets = []string{NewSecret()}
	}
	if len(made.Admins) == 0 {
		made.Admins = []chain.UserID{DefaultAdmin}
	}
	if err := check(s.ID, &made); err != nil {
		return 0, err
	}
	err := d.store.UpdateApp(ctx, s.ID, func(_ store.App, found bool) (store.App, error) {
		if found {
			return store.App{}, fmt.Errorf("app %d: %w", s.ID, ErrAppExists)
		}
		return made, nil
	})
	if err != nil {
		return 0, err
	}
	return s.ID, d.reload(ctx)
}

// nextID is the ID of an app that is made without one; 0 if the highest is
// taken.
func (d *Directory) nextID() chain.AppID {
	next := FirstID
	for id := range *d.byID.Load() {
		if id >= next {
			next = id + 1
			if next == 0 {
				return 0
			}
		}
	}
	return next
}

// Update changes an app, for every call that begins after it returns. change
// edits the app, and may do so more than once; an error of it, and what an app
// cannot be ([*BadValue]), leaves the app as it was. The ID cannot change.
func (d *Directory) Update(ctx context.Context, id chain.AppID, change func(*store.App) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.update(ctx, id, func(a *store.App) error {
		if err := change(a); err != nil {
			return err
		}
		return check(id, a)
	})
}

// update changes an app, whatever becomes of it.
func (d *Directory) update(ctx context.Context, id chain.AppID, change func(*store.App) error) error {
	err := d.store.UpdateApp(ctx, id, func(a store.App, found bool) (store.App, error) {
		if !found {
			return a, fmt.Errorf("app %d: %w", id, ErrNoApp)
		}
		a.Admins = slices.Clone(a.Admins)
		a.Secrets = slices.Clone(a.Secrets)
		return a, change(&a)
	})
	if err != nil {
		return err
	}
	return d.reload(ctx)
}

// RotateSecret gives an app a new random secret. The one that was newest until
// then stays valid; an older one does not.
func (d *Directory) RotateSecret(ctx context.Context, id chain.AppID) error {
	secret := NewSecret()
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.update(ctx, id, func(a *store.App) error {
		a.Secrets = slices.Insert(a.Secrets, 0, secret)
		a.Secrets = a.Secrets[:min(len(a.Secrets), MaxSecrets)]
		return nil
	})
}

// DropOldSecret leaves an app its newest secret alone.
func (d *Directory) DropOldSecret(ctx context.Context, id chain.AppID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.update(ctx, id, func(a *store.App) error {
		a.Secrets = a.Secrets[:min(len(a.Secrets), 1)]
		return nil
	})
}

// SetEnabled says whether calls of an app are served.
func (d *Directory) SetEnabled(ctx context.Context, id chain.AppID, enabled bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.update(ctx, id, func(a *store.App) error {
		a.Enabled = enabled
		return nil
	})
}

// Delete removes an app with everything in it, if name is its name
// ([ErrOtherName]). It disables the app, waits until the calls under way have
// ended, and is [ErrBusy] if they do not; the app then stays, disabled.
func (d *Directory) Delete(ctx context.Context, id chain.AppID, name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.update(ctx, id, func(a *store.App) error {
		if a.Name != name {
			return fmt.Errorf("app %d: %w", id, ErrOtherName)
		}
		a.Enabled = false
		return nil
	})
	if err != nil {
		return err
	}
	use := (*d.byID.Load())[id].use
	d.forget(id)
	patience := d.Patience
	if patience == 0 {
		patience = DefaultPatience
	}
	if err := use.idle(ctx, patience); err != nil {
		return d.undoForget(ctx, fmt.Errorf("delete app %d: %w", id, err))
	}
	if d.store.Shared() {
		if err := sleep(ctx, othersPatience); err != nil {
			return d.undoForget(ctx, fmt.Errorf("delete app %d: %w", id, err))
		}
	}
	if err := d.store.DeleteApp(ctx, id); err != nil {
		return d.undoForget(ctx, fmt.Errorf("delete app %d: %w", id, err))
	}
	return nil
}

// othersPatience is how long to wait until other servers have learnt that an
// app is disabled, and until their calls have ended.
const othersPatience = 2*WatchPause + DefaultPatience

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// forget takes an app out of the directory, so that no call of it begins.
func (d *Directory) forget(id chain.AppID) {
	others := maps.Clone(*d.byID.Load())
	delete(others, id)
	d.byID.Store(&others)
}

// undoForget brings back what forget took away, after a failure.
func (d *Directory) undoForget(ctx context.Context, failure error) error {
	return errors.Join(failure, d.reload(context.WithoutCancel(ctx)))
}
