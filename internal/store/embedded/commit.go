package embedded

import (
	"sync"

	"github.com/cockroachdb/pebble/v2"

	"kith/internal/chain"
	"kith/internal/store"
)

// A committer writes batches to the engine, one sync for all that wait. It
// never waits for more to come: a lone batch is synced at once, and what
// arrives meanwhile makes the next group. Small groups cost the engine a sync
// each, which is why the engine's own grouping is not enough.
type committer struct {
	db     *pebble.DB
	outbox *outbox
	queue  chan *commit
	quit   chan struct{} // closed to stop
	done   chan struct{} // closed when stopped

	mu    sync.Mutex
	stats commitStats
}

type commitStats struct{ commits, syncs uint64 }

// A commit is a batch, the events that go with it, and who waits for it.
type commit struct {
	batch  *pebble.Batch
	app    chain.AppID
	events []chain.Event
	err    chan error
}

// maxGroup bounds one group, so that nobody waits for a sync of everything;
// maxGroupBytes does so for large batches.
const (
	maxGroup      = 1024
	maxGroupBytes = 4 << 20
)

func newCommitter(db *pebble.DB, o *outbox) *committer {
	c := &committer{db: db, outbox: o, queue: make(chan *commit, maxGroup), quit: make(chan struct{}), done: make(chan struct{})}
	go c.run()
	return c
}

// commit writes batch and syncs it. The batch is closed in any case.
func (c *committer) commit(batch *pebble.Batch) error {
	return c.commitEvents(batch, 0, nil)
}

// commitEvents is commit with events of app, which are numbered as they are
// written.
func (c *committer) commitEvents(batch *pebble.Batch, app chain.AppID, events []chain.Event) error {
	w := &commit{batch, app, events, make(chan error, 1)}
	select {
	case c.queue <- w:
		return <-w.err
	case <-c.quit:
		_ = batch.Close() // nothing of it was written
		return store.ErrClosed
	}
}

// stop ends the committer. Nobody may be committing.
func (c *committer) stop() {
	close(c.quit)
	<-c.done
}

func (c *committer) run() {
	defer close(c.done)
	for {
		select {
		case first := <-c.queue:
			c.write(c.gather(first))
		case <-c.quit:
			return
		}
	}
}

// gather takes what waits behind first.
func (c *committer) gather(first *commit) []*commit {
	group := []*commit{first}
	for size := first.batch.Len(); len(group) < maxGroup && size < maxGroupBytes; {
		select {
		case next := <-c.queue:
			group = append(group, next)
			size += next.batch.Len()
		default:
			return group
		}
	}
	return group
}

func (c *committer) write(group []*commit) {
	err := c.merge(group)
	if err == nil {
		err = group[0].batch.Commit(pebble.Sync)
	}
	c.mu.Lock()
	c.stats.commits += uint64(len(group))
	c.stats.syncs++
	c.mu.Unlock()
	for _, w := range group {
		if err == nil && len(w.events) > 0 {
			c.outbox.synced(w.app)
		}
		w.err <- err
		_ = w.batch.Close() // releases memory; the outcome is known
	}
}

// merge appends the batches of a group, and all events, to its first one.
func (c *committer) merge(group []*commit) error {
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
	return nil
}

func (c *committer) counts() commitStats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats
}
