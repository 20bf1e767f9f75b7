package postgres_test

import (
	"errors"
	"testing"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
)

// TestEverybodyIsNotWaitedFor: while the table of users is vacuumed, nobody can
// hold all of them. That is given up before the call's time is, so that others
// who change users need not wait behind it until then.
func TestEverybodyIsNotWaitedFor(t *testing.T) {
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	s := openOne(t, dsn, postgres.Options{})
	app := smallApp()
	importUsers(t, s, app, "u", 1)
	vacuum := connect(t, dsn)
	holdAll := func() error {
		return s.Update(t.Context(), app.ID, store.Hold{All: true}, func(r store.Reader) (*chain.Draft, error) {
			d := &chain.Draft{App: app}
			return d, r.Load(t.Context(), &chain.Want{Users: chain.Keys[chain.UserID]{"u000000"}}, d)
		})
	}
	if _, err := vacuum.Exec(t.Context(), "begin; lock table users in share update exclusive mode"); err != nil {
		t.Fatal(err)
	}
	if err := holdAll(); !errors.Is(err, store.ErrConflict) {
		t.Errorf("during a vacuum: %v, want ErrConflict", err)
	}
	if _, err := vacuum.Exec(t.Context(), "commit"); err != nil {
		t.Fatal(err)
	}
	if err := holdAll(); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
