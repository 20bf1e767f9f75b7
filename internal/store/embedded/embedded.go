// Package embedded keeps rows in a directory of this machine, on Pebble. It
// knows the kinds of rows and no rule.
//
// A command's changes are one engine batch. Batches of concurrent commands are
// written and synced together; no command is answered before its sync.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/chain"
	"kith/internal/store"
)

var (
	// ErrInUse says that another process has the directory open.
	ErrInUse = errors.New("the data directory is in use by another process")

	// ErrNewerFormat says that a newer kith wrote the directory.
	ErrNewerFormat = errors.New("the data directory has a newer format")
)

// Options say how a store uses the machine. The zero value works.
type Options struct {
	// CacheSize bounds the memory for rows, in bytes; 0 means 256 MiB. A quarter
	// of it, but no more than 128 MiB, holds changes on their way to disk. Of
	// the rest, three quarters hold rows as they are used, and a quarter what
	// was read from disk.
	CacheSize int64

	Log *slog.Logger // nil discards

	// FS is the file system; nil means that of the machine.
	FS vfs.FS
}

const (
	defaultCache  = 256 << 20
	smallestCache = 16 << 20
	memTables     = 2 // one that fills while another is written out
	largestTable  = 64 << 20
	bloomBits     = 10

	// From half as many layers of tables on, those on top of the others are merged
	// into them. That is later than the engine's own choice and spares large
	// imports a tenth of their processor time. A read looks at each layer, of
	// which filters tell most what is not there.
	layersToMerge = 12
	layersToStall = 24
)

// A Store is a [store.Store] in a directory.
type Store struct {
	db        *pebble.DB
	cache     *pebble.Cache
	rows      *rowCache
	committer *committer
	outbox    *outbox
	locks     *locks
	apps      sync.Mutex         // held while an app is read and written
	moving    [movers]sync.Mutex // each held while deliveries of its apps are read and written

	// open is held shared by whoever uses the engine, and alone to close it.
	open   sync.RWMutex
	closed bool
}

var _ store.Store = (*Store)(nil)

// Open opens the store in dir, which is created if need be. The error says in
// one line what is wrong with dir; it is [ErrInUse], [ErrNewerFormat] or comes
// from the file system.
func Open(dir string, o Options) (*Store, error) {
	if o.FS == nil {
		o.FS = vfs.Default
		if err := checkDir(dir); err != nil {
			return nil, err
		}
	}
	// The engine takes the memory for changes out of that for blocks.
	cache := pebble.NewCache(o.cacheSize() - o.forRows())
	defer cache.Unref() // the engine holds it from here on
	db, err := openEngine(dir, o.engine(cache))
	if err != nil {
		return nil, explain(dir, err)
	}
	if err := adopt(db); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), db.Close())
	}
	events, err := openOutbox(db)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", dir, err), db.Close())
	}
	return &Store{db: db, cache: cache, committer: &committer{outbox: events}, outbox: events, locks: &locks{seed: maphash.MakeSeed()}, rows: newRowCache(o.forRows())}, nil
}

func (o *Options) cacheSize() int64 {
	if o.CacheSize == 0 {
		return defaultCache
	}
	return max(o.CacheSize, smallestCache)
}

// memTableSize is bounded because the changes in memory are what a start after a
// crash must read again from the log.
func (o *Options) memTableSize() int64 { return min(o.cacheSize()/4/memTables, largestTable) }

// forRows is how much of the cache rows get. A row takes less there than the
// block with it and its neighbours, and is had without a look-up in the engine.
func (o *Options) forRows() int64 { return (o.cacheSize() - memTables*o.memTableSize()) / 4 * 3 }

func (o *Options) engine(cache *pebble.Cache) *pebble.Options {
	e := &pebble.Options{
		Cache:                       cache,
		FS:                          walFS{o.FS},
		FormatMajorVersion:          pebble.FormatNewest,
		Logger:                      engineLog{o.Log},
		MemTableSize:                uint64(o.memTableSize()),
		MemTableStopWritesThreshold: memTables,
		L0CompactionThreshold:       layersToMerge,
		L0StopWritesThreshold:       layersToStall,
	}
	for i := range e.Levels {
		e.Levels[i].FilterPolicy = bloom.FilterPolicy(bloomBits)
	}
	return e
}

// checkDir makes dir and tries to write there, because the engine's own errors
// do not say what is wrong.
func checkDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the data directory cannot be made: %w", err)
	}
	probe, err := os.CreateTemp(dir, ".writable-")
	if err != nil {
		return fmt.Errorf("the data directory is not writable: %w", err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// explain says what an error of opening the engine means to whoever started
// the program.
func explain(dir string, err error) error {
	switch {
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EACCES) && lockExists(dir), err.Error() == "lock held by current process":
		return fmt.Errorf("%s: %w", dir, ErrInUse)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the data directory is not writable: %w", err)
	}
	return fmt.Errorf("open the data directory %s: %w", dir, err)
}

func lockExists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "LOCK"))
	return err == nil
}

// enter keeps the engine open until leave is called.
func (s *Store) enter() (leave func(), err error) {
	s.open.RLock()
	if s.closed {
		s.open.RUnlock()
		return nil, store.ErrClosed
	}
	return s.open.RUnlock, nil
}

// View implements [store.Store]. It reads what is committed and synced, from the
// cache where it can, as long as no writer holds any of the users it reads. Else
// it starts again on a snapshot of the engine, which waits for nobody.
func (s *Store) View(_ context.Context, app chain.AppID, fn func(store.Reader) error) (err error) {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	if err := s.viewHeld(app, fn); !errors.Is(err, errBusy) {
		return err
	}
	snapshot := s.db.NewSnapshot()
	defer closing(snapshot, &err)
	return fn(&reader{db: snapshot, key: keyBuf{app: app}})
}

// viewHeld is View with the users held, or else the error errBusy.
func (s *Store) viewHeld(app chain.AppID, fn func(store.Reader) error) error {
	hold := s.locks.newReadHold(app)
	defer hold.release()
	return fn(&reader{db: s.db, cache: s.rows, key: keyBuf{app: app}, take: hold.take, mustHold: true})
}

// Update implements [store.Store].
func (s *Store) Update(_ context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	defer s.locks.acquire(app, hold)()
	d, err := fn(&reader{db: s.db, cache: s.rows, key: keyBuf{app: app}, take: holds(&hold)})
	if err != nil {
		return err
	}
	w := writer{batch: s.db.NewBatch(), key: keyBuf{app: app}}
	if err := w.draft(d); err != nil {
		return errors.Join(fmt.Errorf("write rows: %w", err), w.batch.Close())
	}
	if w.batch.Empty() && len(d.Events) == 0 {
		return w.batch.Close()
	}
	err = s.committer.commitEvents(w.batch, app, d.Events)
	s.rows.settle(app, d, err == nil)
	return err
}

// Users implements [store.Store].
func (s *Store) Users(_ context.Context, app chain.AppID, last chain.UserID, limit int) (ids []chain.UserID, err error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	key := keyBuf{app: app}
	tenant := slices.Clone(key.tenant())
	it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: tenant, UpperBound: after(tenant)})
	if err != nil {
		return nil, err
	}
	defer closing(it, &err)
	// Behind the rows of a user stands the key owner 0x01.
	for ok := it.SeekGE(behind(&key, last)); ok && len(ids) < limit; ok = it.SeekGE(behind(&key, ids[len(ids)-1])) {
		ids = append(ids, ownerOf(it.Key()))
	}
	return ids, it.Error()
}

// behind is the first key after the rows of owner; those of the app itself have
// the empty owner.
func behind(key *keyBuf, owner chain.UserID) []byte {
	b := key.all(owner)
	b[len(b)-1] = 1
	return b
}

// Leaving implements [store.Store].
func (s *Store) Leaving(_ context.Context, app chain.AppID, limit int) (ids []chain.UserID, err error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	r := reader{db: s.db, key: keyBuf{app: app}}
	prefix := slices.Clone(r.key.of("", kindLeaving))
	err = r.scan(prefix, after(prefix), len(prefix), func(id, _ []byte) (bool, error) {
		ids = append(ids, chain.UserID(id))
		return len(ids) < limit, nil
	})
	return ids, err
}

func ownerOf(key []byte) chain.UserID {
	owner := key[4:]
	for i, c := range owner {
		if c == 0 {
			return chain.UserID(owner[:i])
		}
	}
	return chain.UserID(owner)
}

// Lease implements [store.Store]. A directory has one process.
func (s *Store) Lease(_ context.Context, _, _ string, ttl time.Duration) (held bool, err error) {
	leave, err := s.enter()
	if err != nil {
		return false, err
	}
	defer leave()
	return ttl > 0, nil
}

// Shared implements [store.Store].
func (s *Store) Shared() bool { return false }

// Ping implements [store.Store].
func (s *Store) Ping(context.Context) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	_, err = readFormat(s.db)
	return err
}

// Close implements [store.Store].
func (s *Store) Close() error {
	s.open.Lock()
	defer s.open.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close the data directory: %w", err)
	}
	return nil
}
