package embedded

import (
	"io"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/chain"
	"kith/internal/store"
)

// A slowReader is long in coming back with a row that it has found.
type slowReader struct {
	pebble.Reader
	found func()
}

func (r slowReader) Get(key []byte) ([]byte, io.Closer, error) {
	row, done, err := r.Reader.Get(key)
	r.found()
	return row, done, err
}

// TestDeletedAppIsForgotten deletes an app while somebody who has read a user of
// it is about to keep him in the cache: an app that is made again under the same
// ID must not have him.
func TestDeletedAppIsForgotten(t *testing.T) {
	s, err := openMem(t, vfs.NewMem())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	app := &chain.App{ID: 1400000000, Settings: chain.DefaultSettings()}
	mustDo(t, s, app, time.Unix(1700000000, 0), &chain.AccountImport{Accounts: []chain.Account{{ID: "a"}}})
	s.ForgetRows()
	deleted := make(chan error, 1)
	deleteMeanwhile := func() {
		go func() { deleted <- s.DeleteApp(t.Context(), app.ID) }()
		select {
		case err := <-deleted: // it has waited for nobody
			deleted <- err
		case <-time.After(100 * time.Millisecond):
		}
	}
	hold := s.locks.newReadHold(app.ID)
	r := &reader{db: slowReader{s.db, deleteMeanwhile}, cache: s.rows, key: keyBuf{app: app.ID}, take: hold.take, mustHold: true}
	want, draft := &chain.Want{}, &chain.Draft{}
	want.Users.Add("a")
	err = r.Load(t.Context(), want, draft)
	hold.release()
	if err != nil || !draft.Users.Has("a") {
		t.Fatalf("read %v, found: %t", err, draft.Users.Has("a"))
	}
	if err := <-deleted; err != nil {
		t.Fatal(err)
	}
	found, err := store.Do(t.Context(), s, app, time.Unix(1700000000, 0), &chain.AccountCheck{IDs: []chain.UserID{"a"}})
	if err != nil || found[0] {
		t.Errorf("a user of an app that was deleted: %v, %v", found, err)
	}
}
