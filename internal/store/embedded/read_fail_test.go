package embedded_test

import (
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// TestReadFails: whichever block of a table cannot be read while an account is
// deleted, the deletion fails and changes nothing, or is complete.
func TestReadFails(t *testing.T) {
	app := storetest.SmallApp()
	app.Settings = chain.DefaultSettings()
	filled := vfs.NewCrashableMem()
	fillWithFriends(t, filled, app)
	refused := 0
	for nth := int64(1); ; nth++ {
		disk := filled.CrashClone(vfs.CrashCloneCfg{})
		var opened atomic.Bool
		block := badBlock{nth: nth}
		s := open(t, errorfs.Wrap(disk, errorfs.InjectorFunc(func(op errorfs.Op) error {
			if opened.Load() && op.Kind == errorfs.OpFileReadAt && filepath.Ext(op.Path) == ".sst" {
				return block.read(op)
			}
			return nil
		})))
		opened.Store(true)
		_, err := store.Do(t.Context(), s, app, now, &chain.AccountDelete{IDs: []chain.UserID{"gone"}})
		closeStore(t, s)
		left := 0
		if err != nil {
			left = friendsOfGone
			refused++
		}
		checkGone(t, disk, app, left)
		if t.Failed() {
			t.Fatalf("read %d failed, and the deletion with: %v", nth, err)
		}
		if !block.met() {
			break
		}
	}
	if refused < 3 {
		t.Errorf("%d deletions failed with a read, want some", refused)
	}
}

// A badBlock is the place of the nth read. It cannot be read, then or later.
type badBlock struct {
	mu        sync.Mutex
	nth, seen int64
	path      string
	offset    int64
}

func (b *badBlock) read(op errorfs.Op) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.seen++; b.seen == b.nth {
		b.path, b.offset = op.Path, op.Offset
	}
	if b.path == op.Path && b.offset == op.Offset {
		return errorfs.ErrInjected
	}
	return nil
}

func (b *badBlock) met() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.path != ""
}

// checkGone checks that the account "gone" has so many friends, and that all rows
// fit together.
func checkGone(t *testing.T, disk vfs.FS, app *chain.App, friends int) {
	t.Helper()
	s := open(t, disk)
	defer closeStore(t, s)
	wrong, err := storetest.Audit(t.Context(), s, app)
	if err != nil || len(wrong) > 0 {
		t.Errorf("the rows do not fit together: %v: %s", err, strings.Join(wrong, "\n"))
	}
	record, err := storetest.ReadRecord(t.Context(), s, app.ID, "gone")
	if err != nil || len(record.Holdings.Friends) != friends {
		t.Errorf("there are %d friends (%v), want %d", len(record.Holdings.Friends), err, friends)
	}
}

const friendsOfGone = 300

// fillWithFriends makes an account "gone" with friends, each of whom has it as one,
// over many blocks of a table.
func fillWithFriends(t *testing.T, disk vfs.FS, app *chain.App) {
	t.Helper()
	s := open(t, disk)
	defer closeStore(t, s)
	remark := strings.Repeat("x", 96)
	bring := &chain.FriendImport{Owner: "gone"}
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(store.Do(t.Context(), s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: "gone"}}}))
	importPeople(t, s, app, friendsOfGone)
	for i := range friendsOfGone {
		id := person(i)
		must(store.Do(t.Context(), s, app, now, &chain.FriendImport{Owner: id, Items: []chain.FriendImportItem{{Peer: "gone", Source: "Test", Remark: remark}}}))
		bring.Items = append(bring.Items, chain.FriendImportItem{Peer: id, Source: "Test", Remark: remark})
	}
	must(store.Do(t.Context(), s, app, now, bring))
}

func closeStore(t *testing.T, s *embedded.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
