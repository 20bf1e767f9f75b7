package storetest

import (
	"context"
	"fmt"
	"reflect"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
)

// StepOf is the random command that a number stands for, the same one in every
// process.
func StepOf(seed int) Step { return steps.Example(seed) }

var steps = rapid.Custom(DrawStep)

// Difference tells how the rows and the events of an app in got differ from
// those in want; it is empty if they do not.
func Difference(ctx context.Context, want, got store.Store, app chain.AppID) (string, error) {
	type contents struct {
		Rows   map[chain.UserID]Record
		Events []store.Event
	}
	read := func(s store.Store) (c contents, err error) {
		if c.Rows, err = Dump(ctx, s, app); err != nil {
			return c, err
		}
		c.Events, err = s.Events(ctx, app, 0, 1<<20)
		return c, err
	}
	wanted, err := read(want)
	if err != nil {
		return "", fmt.Errorf("read what is wanted: %w", err)
	}
	found, err := read(got)
	if err != nil {
		return "", fmt.Errorf("read what there is: %w", err)
	}
	if reflect.DeepEqual(wanted, found) { // much faster than Diff
		return "", nil
	}
	return cmp.Diff(wanted, found, equateEmpty, ignoreID), nil
}
