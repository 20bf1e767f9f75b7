package api

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// rates count the calls of each app, and of each command of an app, against
// the limits in its settings. Nothing is counted without a limit.
type rates struct {
	buckets sync.Map // rateKey -> *bucket
}

// A rateKey names a token bucket; the empty command stands for the whole app.
type rateKey struct {
	app     chain.AppID
	command string
}

// A bucket is the limit of one kind of call, and how fast calls come.
type bucket struct {
	*rate.Limiter
	pace pace
}

// take refuses a call that comes too fast (T 1.5, step 8).
func (r *rates) take(app *store.App, command string, now time.Time) error {
	if !r.allow(rateKey{app.ID, command}, app.Settings.RateLimit, now) {
		return &wire.Error{Code: wire.CodeRate, Info: "too many calls of this command in one second: slow down, or put more items into one call"}
	}
	if !r.allow(rateKey{app.ID, ""}, app.Settings.AppRate, now) {
		return &wire.Error{Code: wire.CodeAppRate, Info: "too many calls of this app in one second: slow down, or put more items into one call"}
	}
	return nil
}

// allow takes a token from a bucket that holds a second's worth.
func (r *rates) allow(key rateKey, limit int, now time.Time) bool {
	if limit <= 0 {
		return true
	}
	bucket := r.bucket(key, limit)
	if bucket.Limit() != rate.Limit(limit) { // the setting changed
		bucket.SetLimitAt(now, rate.Limit(limit))
		bucket.SetBurstAt(now, limit)
	}
	return bucket.AllowN(now, 1)
}

// bucket is that of a kind of call, which is made full if it is new.
func (r *rates) bucket(key rateKey, limit int) *bucket {
	found, ok := r.buckets.Load(key)
	if !ok {
		found, _ = r.buckets.LoadOrStore(key, &bucket{Limiter: rate.NewLimiter(rate.Limit(limit), limit)})
	}
	return found.(*bucket)
}
