package client

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"time"

	"kith/wire"
)

// defaultRetries is how often a call is repeated if Config does not say.
const defaultRetries = 2

// The pause before the first repeat, doubled before each further one up to the
// longest. Up to half of it is added by chance, so that many clients do not
// come back at once.
const (
	firstPause   = 100 * time.Millisecond
	longestPause = 5 * time.Second
)

// reads are the commands that change nothing: repeating them is always safe.
var reads = []wire.Command{
	wire.AccountCheck{}.Command(),
	wire.QueryOnlineStatus{}.Command(),
	wire.QueryState,
	wire.PortraitGet{}.Command(),
	wire.FriendCheck{}.Command(),
	wire.FriendGet{}.Command(),
	wire.FriendGetList{}.Command(),
	wire.GroupGet{}.Command(),
	wire.BlackListGet{}.Command(),
	wire.BlackListCheck{}.Command(),
	wire.PendencyGet{}.Command(),
}

// notBegun are the codes that say that nothing happened: the call was turned
// away at the gate, or lost a race before it changed anything. After them any
// command may be repeated.
var notBegun = []int{
	wire.CodeRate,
	wire.CodeAppRate,
	wire.CodeTooFrequent,
	wire.CodeTooFrequentOther,
	wire.CodeConflict,
}

// passing are the codes of faults that may be gone a moment later, but leave
// open what was done. After them only a read may be repeated. CodeRequestTimeout
// is among them: by its text it may also mean that a service behind the gateway
// did not answer in time.
var passing = []int{
	wire.CodeRequestTimeout,
	wire.CodeExchangeTimeout,
	wire.CodeAccountTimeout,
	wire.CodeAccountInternal,
	wire.CodeTimeout,
	wire.CodeInternal,
	wire.CodeProfileInternal,
	wire.CodeStatusTimeout,
	wire.CodeStatusInternal,
}

// repeat calls try until it succeeds, must not be repeated, or was repeated
// often enough. The error is that of the last try, also when ctx ends a pause.
func (c *Client) repeat(ctx context.Context, command wire.Command, try func() error) error {
	for n := 0; ; n++ {
		err := try()
		if err == nil || n >= c.config.Retries || !mayRepeat(command, err) || !rest(ctx, pause(n)) {
			return err
		}
	}
}

// mayRepeat says whether a command that ended with err can be sent again
// without being carried out twice, and with hope.
func mayRepeat(command wire.Command, err error) bool {
	if neverSent(err) {
		return true
	}
	if refusal, ok := errors.AsType[*wire.Error](err); ok {
		return slices.Contains(notBegun, refusal.Code) ||
			slices.Contains(reads, command) && slices.Contains(passing, refusal.Code)
	}
	return slices.Contains(reads, command) && mayPass(err)
}

// neverSent says whether no connection came about, so that no server can have
// seen the call.
func neverSent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

// mayPass says whether the network or the server may do better next time. An
// answer that cannot be read will be no better.
func mayPass(err error) bool {
	if status, ok := errors.AsType[*StatusError](err); ok {
		return status.StatusCode >= http.StatusInternalServerError || status.StatusCode == http.StatusTooManyRequests
	}
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// pause is how long to wait before repeat n, which counts from 0.
func pause(n int) time.Duration {
	d := longestPause
	if n < 10 { // where doubling has long passed the longest
		d = min(longestPause, firstPause<<n)
	}
	return d + rand.N(d/2)
}

// rest waits, and is false if ctx ended, or would end before the time is over.
func rest(ctx context.Context, d time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
