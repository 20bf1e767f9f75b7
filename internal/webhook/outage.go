package webhook

import (
	"fmt"
	"time"

	"kith/internal/store"
)

// An outage is what a lane knows of a back end that takes nothing.
type outage struct {
	failures int   // attempts in a row that failed
	since    int64 // when the first of them ended, Unix milliseconds
	forgiven int64 // pauses after attempts until then do not count, Unix milliseconds
}

const (
	// After so many failures in a row, and so long, nothing but an outage is
	// likely. Then what waits longer than it may is given up untried, or an
	// outage would let it grow without end.
	outageFailures = 8
	outageTime     = 10 * time.Minute

	// The first success after so long a time makes what waits be tried at
	// once: its pauses have grown with the outage, not by its own fault.
	recoverTime = time.Minute
)

// fares notes how an attempt fared, and tells whether an outage is over.
func (o *outage) fares(d *store.Delivery) (over bool) {
	if d.State == store.Delivered {
		over = o.failures >= outageFailures && d.Last-o.since >= recoverTime.Milliseconds()
		o.failures = 0
		return over
	}
	if o.failures == 0 {
		o.since = d.Last
	}
	o.failures++
	return false
}

// hopeless tells whether a delivery has waited longer than it may, and the back
// end takes nothing.
func (l *lane) hopeless(d *store.Delivery, now int64) bool {
	patience := patienceOf(&l.hook).Milliseconds()
	return l.failures >= outageFailures && now-l.since >= min(outageTime.Milliseconds(), patience) && now-d.Since > patience
}

// giveUp gives up a delivery untried.
func (l *lane) giveUp(d *store.Delivery) {
	d.State = store.Dead
	d.Problem = fmt.Sprintf("waited longer than %v, and the back end took nothing since %s", patienceOf(&l.hook), time.UnixMilli(l.since).UTC().Format(time.RFC3339))
	d.Last = l.relay.now().UnixMilli()
	l.note(*d)
}
