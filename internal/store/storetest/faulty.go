package storetest

import (
	"context"
	"errors"

	"kith/internal/chain"
	"kith/internal/store"
)

// ErrInjected is the error of a [Faulty] store.
var ErrInjected = errors.New("storetest: injected fault")

// A Faulty store passes everything on to the store it wraps, but lets writes
// fail as its plan says.
type Faulty struct {
	store.Store
	// Plan is asked before each write of a draft.
	Plan func() Fate
}

// A Fate is what becomes of a write.
type Fate uint8

const (
	Succeeds  Fate = iota
	Lost           // it fails, and nothing is written
	Uncertain      // it fails, although everything is written
)

// Update implements [store.Store].
func (f *Faulty) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	fate := f.Plan()
	err := f.Store.Update(ctx, app, hold, func(r store.Reader) (*chain.Draft, error) {
		d, err := fn(r)
		if err == nil && fate == Lost {
			return nil, ErrInjected
		}
		return d, err
	})
	if err == nil && fate == Uncertain {
		return ErrInjected
	}
	return err
}
