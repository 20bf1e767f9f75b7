package embedded

import (
	"errors"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
)

// A committer writes batches to the engine, one sync for all that wait. Whoever
// comes when nobody writes leads: he writes all that waits as one batch, with
// one sync, and lets the first one who came meanwhile lead. So a lone caller
// waits for nobody and for no other goroutine than the engine's. Small groups
// cost the engine a sync each, which is why its own grouping is not enough.
type committer struct {
	outbox *outbox

	mu      sync.Mutex
	waiting []*commit // in the order in which they came, the one that leads first
	led     bool      // somebody leads, or was told to
	stats   commitStats
}

type commitStats struct{ commits, syncs uint64 }

// A commit is a batch, the events that go with it, and who waits for it.
type commit struct {
	batch  *pebble.Batch
	app    chain.AppID
	events []chain.Event
	told   chan error // what came of it, or errLead
}

// errLead tells the first one who waits to lead.
var errLead = errors.New("embedded: write what waits")

const (
	// maxGroup bounds one group, so that nobody waits for a sync of everything;
	// maxGroupBytes does so for large batches.
	maxGroup      = 1024
	maxGroupBytes = 4 << 20
)

// commit writes batch and syncs it. The batch is closed in any case.
func (c *committer) commit(batch *pebble.Batch) error {
	return c.commitEvents(batch, 0, nil)
}

// commitEvents is commit with events of app, which are numbered as they are
// written.
func (c *committer) commitEvents(batch *pebble.Batch, app chain.AppID, events []chain.Event) error {
	w := &commit{batch: batch, app: app, events: events, told: make(chan error, 1)}
	if !c.wait(w) {
		if err := <-w.told; err != errLead {
			return err
		}
	}
	return c.lead()
}

// wait makes w one of those who wait; it is true if w leads.
func (c *committer) wait(w *commit) (leads bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = append(c.waiting, w)
	leads = !c.led
	c.led = true
	return leads
}

// lead writes and syncs a group, of which who leads is the first.
func (c *committer) lead() error {
	group := c.gather()
	err := c.write(group)
	c.settle(group, err == nil)
	c.passOn()
	for _, w := range group {
		w.told <- err
		_ = w.batch.Close() // releases memory; the outcome is known
	}
	return err
}

// settle shows the events of a group that was synced, and takes back the numbers
// of one that was not written, before the next group numbers its own.
func (c *committer) settle(group []*commit, synced bool) {
	for _, w := range group {
		switch {
		case len(w.events) == 0:
		case synced:
			c.outbox.synced(w.app)
		default:
			c.outbox.failed(w.app)
		}
	}
}

// gather takes what waits.
func (c *committer) gather() []*commit {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for size := 0; n < min(len(c.waiting), maxGroup) && size < maxGroupBytes; n++ {
		size += c.waiting[n].batch.Len()
	}
	group := c.waiting[:n:n]
	c.waiting = slices.Clone(c.waiting[n:])
	c.stats.commits += uint64(n)
	c.stats.syncs++
	return group
}

// write writes and syncs the batches of a group, and all events, as its first
// batch. If the log cannot be written or synced, the engine ends the process.
func (c *committer) write(group []*commit) error {
	into := group[0].batch
	for _, w := range group[1:] {
		if err := into.Apply(w.batch, nil); err != nil {
			return err
		}
	}
	for _, w := range group {
		if err := c.outbox.add(into, w.app, w.events); err != nil {
			return err
		}
	}
	return into.Commit(pebble.Sync)
}

// passOn lets the next one lead, if there is one.
func (c *committer) passOn() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.led = len(c.waiting) > 0; c.led {
		c.waiting[0].told <- errLead
	}
}

// counts tells what was done, and how many wait.
func (c *committer) counts() (stats commitStats, waiting int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats, len(c.waiting)
}
