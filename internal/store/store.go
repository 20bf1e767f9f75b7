// Package store says what the rules need of a database (the port), and runs
// them on one ([Do]). It knows no rule and no database.
package store

import (
	"context"
	"errors"
	"time"

	"kith/internal/chain"
)

// A Store keeps the rows of all apps, and the events that their changes cause.
type Store interface {
	Outbox

	// View gives fn a Reader that shows the rows of app as of one moment. View
	// may run fn more than once, so fn must have no other effect than its
	// outcome, and return errors of the Reader as they are or wrapped.
	View(ctx context.Context, app chain.AppID, fn func(Reader) error) error

	// Update holds users of app as hold says, gives fn a Reader, and writes
	// the draft that fn returns, its events with it: whole or not at all, and
	// synced to disk when Update returns nil. While a user is held, nobody else changes its rows.
	// An error of fn is returned as it is, and nothing is written. Update may
	// run fn more than once, so fn must have no other effect. Any other error
	// but those below leaves open whether the draft was written.
	Update(ctx context.Context, app chain.AppID, hold Hold, fn func(Reader) (*chain.Draft, error)) error

	// Users lists accounts of app that own any row, ascending, from the one
	// after after on, at most limit.
	Users(ctx context.Context, app chain.AppID, after chain.UserID, limit int) ([]chain.UserID, error)

	// Leaving lists accounts of app whose deletion is not finished, at most
	// limit.
	Leaving(ctx context.Context, app chain.AppID, limit int) ([]chain.UserID, error)

	// Apps lists all apps, ascending by ID.
	Apps(ctx context.Context) ([]App, error)

	// UpdateApp replaces one app by what change makes of it, atomically and
	// synced. change gets the app as it is, or false if there is none; its
	// error is returned as it is, and nothing is written.
	UpdateApp(ctx context.Context, id chain.AppID, change func(old App, found bool) (App, error)) error

	// DeleteApp removes an app with all its rows, synced. No command of the app
	// may be under way. Deleting an app that does not exist does nothing.
	DeleteApp(ctx context.Context, id chain.AppID) error

	// Lease makes holder the one who does the work of a name, until ttl has
	// passed or it asks again, and tells whether it is. A ttl of 0 gives the
	// work back. At no moment do two hold the same name.
	Lease(ctx context.Context, name, holder string, ttl time.Duration) (held bool, err error)

	// Shared tells whether other processes may use the same rows, so that what
	// was read is not known to be true for long.
	Shared() bool

	// Ping tells whether the store can be used.
	Ping(ctx context.Context) error

	// Close waits for what is under way and releases the store.
	Close() error
}

// A Reader reads rows.
type Reader interface {
	// Load reads the rows named by w, which names none twice and none that d
	// already has, and files them in d.
	Load(ctx context.Context, w *chain.Want, d *chain.Draft) error
}

// Hold names users to be held while a command runs: those in Writes alone,
// those in Reads together with other readers. Both are sorted, without
// duplicates, and have no user in common. All holds every user of the app alone,
// and others if a store knows no better way; it is for a command that was
// outrun while it took hold of them one by one, and costs all callers a moment.
type Hold struct {
	Writes, Reads []chain.UserID
	All           bool
}

// An App is a tenant: who may call for it, and its settings.
type App struct {
	chain.App
	Name    string
	Secrets []string // keys that verify UserSigs: at most two, the newest first
	Enabled bool
	Webhook Webhook
}

var (
	// ErrConflict says that concurrent changes kept a command from finishing;
	// nothing was written, and trying again may succeed.
	ErrConflict = errors.New("store: too many concurrent changes of the same users")

	// ErrClosed says that the store is shutting down; nothing was written.
	ErrClosed = errors.New("store: closed")

	// ErrAway says that the database cannot be reached at the moment; nothing
	// was written.
	ErrAway = errors.New("store: the database cannot be reached")

	// ErrUncertain says that the database was lost, or the time was up, while
	// a change was being written: it may have been written, and may not.
	ErrUncertain = errors.New("store: it is uncertain whether the change was written")
)
