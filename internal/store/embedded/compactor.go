package embedded

import (
	"sync/atomic"
	"time"

	"github.com/cockroachdb/pebble/v2"
)

// openEngine opens the engine, which compacts tables only from then on.
func openEngine(dir string, o *pebble.Options) (*pebble.DB, error) {
	c := &compactor{look: make(chan struct{}, 1), stop: make(chan struct{}), stopped: make(chan struct{})}
	o.Experimental.CompactionScheduler = c
	db, err := pebble.Open(dir, o)
	if err == nil {
		c.begin()
	}
	return db, err
}

// A compactor lets the engine compact tables, one compaction at a time, and none
// before it is open. The engine's own scheduler, which also runs one at a time,
// begins one when the log of the process before is flushed, and opening waits for
// its end: for three seconds of a start that else takes one.
type compactor struct {
	db      pebble.DBForCompaction
	open    atomic.Bool
	running atomic.Bool
	look    chan struct{} // that a compaction may wait
	stop    chan struct{}
	stopped chan struct{}
}

var (
	_ pebble.CompactionScheduler   = (*compactor)(nil)
	_ pebble.CompactionGrantHandle = (*compactor)(nil)
)

// lookPause is how long the compactor waits until it looks by itself, as the
// engine wants of schedulers.
const lookPause = 100 * time.Millisecond

func (c *compactor) begin() {
	c.open.Store(true)
	go func() {
		defer close(c.stopped)
		tick := time.NewTicker(lookPause)
		defer tick.Stop()
		for {
			c.schedule()
			select {
			case <-c.look:
			case <-tick.C:
			case <-c.stop:
				return
			}
		}
	}()
}

// schedule runs the compaction that waits, if there is one and none runs. One that
// comes to wait meanwhile is seen by the next look, or when that which runs is
// done: until then to ask for one would have the engine choose in vain.
func (c *compactor) schedule() {
	for !c.running.Load() {
		waits, _ := c.db.GetWaitingCompaction()
		if !waits || !c.running.CompareAndSwap(false, true) || c.db.Schedule(c) {
			return
		}
		c.running.Store(false)
	}
}

// Register implements [pebble.CompactionScheduler].
func (c *compactor) Register(_ int, db pebble.DBForCompaction) { c.db = db }

// Unregister implements [pebble.CompactionScheduler].
func (c *compactor) Unregister() {
	if c.open.CompareAndSwap(true, false) {
		close(c.stop)
		<-c.stopped
	}
}

// TrySchedule implements [pebble.CompactionScheduler].
func (c *compactor) TrySchedule() (bool, pebble.CompactionGrantHandle) {
	return c.open.Load() && c.running.CompareAndSwap(false, true), c
}

// UpdateGetAllowedWithoutPermission implements [pebble.CompactionScheduler]: it is
// always one.
func (c *compactor) UpdateGetAllowedWithoutPermission() {}

// Done implements [pebble.CompactionGrantHandle].
func (c *compactor) Done() {
	c.running.Store(false)
	select {
	case c.look <- struct{}{}:
	default:
	}
}

// Started implements [pebble.CompactionGrantHandle].
func (c *compactor) Started() {}

// MeasureCPU implements [pebble.CompactionGrantHandle].
func (c *compactor) MeasureCPU(pebble.CompactionGoroutineKind) {}

// CumulativeStats implements [pebble.CompactionGrantHandle].
func (c *compactor) CumulativeStats(pebble.CompactionGrantHandleStats) {}
