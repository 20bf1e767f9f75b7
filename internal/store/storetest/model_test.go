package storetest

import (
	"testing"

	"kith/internal/store"
)

func TestModel(t *testing.T) {
	Run(t, Rig{
		New: func(TB) store.Store { return NewModel() },
		Reopen: func(t TB, s store.Store) store.Store {
			closeStore(t, s)
			s.(*Model).Reopen()
			return s
		},
	})
}
