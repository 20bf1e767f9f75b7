// Package transfer copies everything from one store to another: apps, the rows
// of all users, and events with their deliveries. It uses the port alone, so it
// works between any two stores, and it decides nothing: what it reads it writes.
//
// Nobody may change either store meanwhile. A transfer that was cut off goes on
// where it was when it is begun again: what is there already, and is the same,
// is not written twice. A store that has something of the same apps that the
// original has not is no copy of it, and is left as it is.
package transfer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"kith/internal/chain"
	"kith/internal/store"
)

const (
	// chunk is how many users are read and written at once; workers is how
	// many chunks are under way.
	chunk   = 25
	workers = 8

	eventChunk = 500
)

// A Transfer is a copy from one store to another. Only its fields From and To
// are set by whoever makes it.
type Transfer struct {
	From, To store.Store

	users, written, friends, events, checked atomic.Int64
}

// Progress is how far a transfer has come.
type Progress struct {
	Users   int64 // that were looked at
	Written int64 // users that were not there yet, or were others
	Friends int64 // one-way friendships of the users written
	Events  int64
	Checked int64 // users that were found to be the same in both
}

// Progress tells how far it is. It may be called while Run is under way.
func (t *Transfer) Progress() Progress {
	return Progress{t.users.Load(), t.written.Load(), t.friends.Load(), t.events.Load(), t.checked.Load()}
}

// Run copies all apps, and then compares every user and event of both stores.
// An error says where they differ, or what failed; Run can be called again.
func (t *Transfer) Run(ctx context.Context) error {
	apps, err := t.From.Apps(ctx)
	if err != nil {
		return fmt.Errorf("read apps: %w", err)
	}
	if len(apps) == 0 {
		return errors.New("the original has no apps; is it the right store?")
	}
	if err := t.refuse(ctx, apps); err != nil {
		return err
	}
	for _, app := range apps {
		if err := t.app(ctx, &app); err != nil {
			return fmt.Errorf("app %d: %w", app.ID, err)
		}
	}
	for _, app := range apps {
		if err := t.verify(ctx, app.ID); err != nil {
			return fmt.Errorf("app %d: %w", app.ID, err)
		}
	}
	return nil
}

// refuse keeps a transfer from writing over what is no copy of its apps.
func (t *Transfer) refuse(ctx context.Context, apps []store.App) error {
	there, err := t.To.Apps(ctx)
	if err != nil {
		return fmt.Errorf("read apps: %w", err)
	}
	for _, app := range apps {
		at := slices.IndexFunc(there, func(a store.App) bool { return a.ID == app.ID })
		if at < 0 {
			continue
		}
		ours := func(secret string) bool { return slices.Contains(app.Secrets, secret) }
		if secrets := there[at].Secrets; len(secrets) > 0 && !slices.ContainsFunc(secrets, ours) {
			return fmt.Errorf("app %d has another secret where it is to be copied to: it is another app, and was left as it is; copy to a new store", app.ID)
		}
		if err := t.strangers(ctx, app.ID); err != nil {
			return fmt.Errorf("app %d: %w; nothing was written; copy to a new store", app.ID, err)
		}
	}
	return nil
}

func (t *Transfer) app(ctx context.Context, app *store.App) error {
	err := t.To.UpdateApp(ctx, app.ID, func(store.App, bool) (store.App, error) { return *app, nil })
	if err != nil {
		return fmt.Errorf("write the app: %w", err)
	}
	if err := eachChunk(ctx, t.From, app.ID, func(ctx context.Context, ids []chain.UserID) error { return t.copyUsers(ctx, app.ID, ids) }); err != nil {
		return err
	}
	return t.copyEvents(ctx, app.ID)
}

// eachChunk hands all users of an app to use, some at a time.
func eachChunk(ctx context.Context, s store.Store, app chain.AppID, use func(context.Context, []chain.UserID) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	var last chain.UserID
	for {
		ids, err := s.Users(ctx, app, last, chunk*workers)
		if err != nil {
			group.Go(func() error { return fmt.Errorf("list users: %w", err) })
		}
		if err != nil || len(ids) == 0 {
			return group.Wait()
		}
		last = ids[len(ids)-1]
		for part := range slices.Chunk(ids, chunk) {
			group.Go(func() error { return use(ctx, part) })
		}
	}
}

// copyUsers writes those of some users that are not the same in both stores.
func (t *Transfer) copyUsers(ctx context.Context, app chain.AppID, ids []chain.UserID) error {
	want, err := readAll(ctx, t.From, app, ids)
	if err != nil {
		return fmt.Errorf("read users: %w", err)
	}
	has, err := readAll(ctx, t.To, app, ids)
	if err != nil {
		return fmt.Errorf("read users: %w", err)
	}
	t.users.Add(int64(len(ids)))
	var missing []record
	for i := range want {
		if !want[i].sameOwn(&has[i]) {
			missing = append(missing, want[i])
			t.friends.Add(int64(len(want[i].holdings.Friends)))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	t.written.Add(int64(len(missing)))
	if err := writeAll(ctx, t.To, app, missing); err != nil {
		return fmt.Errorf("write users: %w", err)
	}
	return nil
}

// verify compares all users of an app, and who is there at all.
func (t *Transfer) verify(ctx context.Context, app chain.AppID) error {
	err := eachChunk(ctx, t.From, app, func(ctx context.Context, ids []chain.UserID) error {
		want, err := readAll(ctx, t.From, app, ids)
		if err != nil {
			return err
		}
		has, err := readAll(ctx, t.To, app, ids)
		if err != nil {
			return err
		}
		for i := range want {
			if !want[i].sameOwn(&has[i]) || !want[i].sameHolders(&has[i]) {
				return fmt.Errorf("user %q differs after the copy; was one of the stores in use?", ids[i])
			}
		}
		t.checked.Add(int64(len(ids)))
		return nil
	})
	if err != nil {
		return err
	}
	if err := t.strangers(ctx, app); err != nil {
		return err
	}
	return t.verifyEvents(ctx, app)
}

// strangers looks for users of the copy that the original has not.
func (t *Transfer) strangers(ctx context.Context, app chain.AppID) error {
	return eachChunk(ctx, t.To, app, func(ctx context.Context, ids []chain.UserID) error {
		known := make(map[chain.UserID]bool, len(ids))
		for last := before(ids[0]); ; {
			some, err := t.From.Users(ctx, app, last, len(ids))
			if err != nil {
				return err
			}
			for _, id := range some {
				known[id], last = true, id
			}
			if len(some) < len(ids) || last >= ids[len(ids)-1] {
				break
			}
		}
		for _, id := range ids {
			if !known[id] {
				return fmt.Errorf("the copy has user %q, whom the original has not", id)
			}
		}
		return nil
	})
}

// before is a name that sorts before id and after every other that does.
func before(id chain.UserID) chain.UserID {
	last := id[len(id)-1]
	return id[:len(id)-1] + chain.UserID([]byte{last - 1}) + "\x7f\x7f"
}
