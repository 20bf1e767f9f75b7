package embedded

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
	"kith/internal/store"
)

// Apps are few and seldom written, so their rows are JSON. A setting that a
// row does not hold yet has its default.

func encodeApp(a *store.App) ([]byte, error) { return json.Marshal(a) }

func decodeApp(b []byte) (store.App, error) {
	a := store.App{App: chain.App{Settings: chain.DefaultSettings()}}
	err := json.Unmarshal(b, &a)
	return a, err
}

// Apps implements [store.Store].
func (s *Store) Apps(context.Context) (apps []store.App, err error) {
	leave, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	it, err := s.db.NewIter(&pebble.IterOptions{LowerBound: firstAppKey, UpperBound: lastAppKey})
	if err != nil {
		return nil, fmt.Errorf("list apps: %w", err)
	}
	defer closing(it, &err)
	for ok := it.First(); ok; ok = it.Next() {
		a, err := decodeApp(it.Value())
		if err != nil {
			return nil, fmt.Errorf("app %d: %w", binary.BigEndian.Uint32(it.Key()[len(firstAppKey):]), err)
		}
		apps = append(apps, a)
	}
	return apps, it.Error()
}

// UpdateApp implements [store.Store].
func (s *Store) UpdateApp(_ context.Context, id chain.AppID, change func(store.App, bool) (store.App, error)) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	s.apps.Lock()
	defer s.apps.Unlock()
	var old store.App
	found, err := get(s.db, appKey(id), func(b []byte) (err error) {
		old, err = decodeApp(b)
		return err
	})
	if err != nil {
		return fmt.Errorf("app %d: %w", id, err)
	}
	changed, err := change(old, found)
	if err != nil {
		return err
	}
	changed.ID = id
	b, err := encodeApp(&changed)
	if err != nil {
		return fmt.Errorf("app %d: %w", id, err)
	}
	batch := s.db.NewBatch()
	if err := batch.Set(appKey(id), b, nil); err != nil {
		return fmt.Errorf("app %d: %w", id, err)
	}
	return s.committer.commit(batch)
}

// DeleteApp implements [store.Store].
func (s *Store) DeleteApp(_ context.Context, id chain.AppID) error {
	leave, err := s.enter()
	if err != nil {
		return err
	}
	defer leave()
	s.apps.Lock()
	defer s.apps.Unlock()
	deliveries := s.mover(id)
	deliveries.Lock()
	defer deliveries.Unlock()
	tenant := (&keyBuf{app: id}).tenant()
	end := append(slices.Clone(tenant), 0xff) // no owner begins with that
	batch := s.db.NewBatch()
	err = errors.Join(batch.Delete(appKey(id), nil), batch.DeleteRange(tenant, end, nil))
	if err != nil {
		return errors.Join(fmt.Errorf("delete app %d: %w", id, err), batch.Close())
	}
	if err := s.committer.commit(batch); err != nil {
		return err
	}
	s.outbox.forget(id)
	s.locks.outlast() // what was read before is kept by now, and can be forgotten
	s.rows.forget(id)
	return nil
}
