package embedded

import (
	"errors"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"kith/internal/chain"
	"kith/internal/store"
)

// TestFailedGroupNumbersNoEvents lets two commits wait together, of which the
// events of one cannot be numbered. Neither is written then, and the next event of
// the other app is its first.
func TestFailedGroupNumbersNoEvents(t *testing.T) {
	s, err := openMem(t, vfs.NewMem())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const sound, spoilt chain.AppID = 1, 2
	if err := s.db.Set((&keyBuf{app: spoilt}).of("", kindTrimmed), []byte("no number"), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	events := func() []chain.Event {
		return []chain.Event{{ID: store.NewEventID(), Kind: chain.ProfileSet, Owner: "a", Time: 1, Deliver: true}}
	}
	c := s.committer
	for _, app := range []chain.AppID{sound, spoilt} {
		c.wait(&commit{batch: s.db.NewBatch(), app: app, events: events(), told: make(chan error, 1)})
	}
	if err := c.lead(); !errors.Is(err, errCorrupt) {
		t.Fatalf("the group ended with %v, want %v", err, errCorrupt)
	}
	if err := s.Tell(t.Context(), sound, events()); err != nil {
		t.Fatal(err)
	}
	if x, err := s.Extent(t.Context(), sound); err != nil || x.First != 1 || x.Last != 1 || x.Pending != 1 {
		t.Errorf("extent %+v, %v, want one event, number 1", x, err)
	}
}
