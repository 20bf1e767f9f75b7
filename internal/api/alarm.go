package api

import (
	"context"
	"sync"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

// alarmPause is how long there is silence about a command after an alarm (W
// 3.9).
const alarmPause = time.Minute

// A pace counts the calls of one command second by second, those that are
// refused as well.
type pace struct {
	mu     sync.Mutex
	second int64 // Unix seconds
	calls  int   // in that second
	told   time.Time
}

// count counts a call. It returns how many there were in the last second that
// is over, if they were more than four fifths of limit and nothing was told of
// it lately.
func (p *pace) count(limit int, now time.Time) (calls int, alarming bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if second := now.Unix(); second != p.second {
		calls = p.calls
		p.second, p.calls = second, 0
	}
	p.calls++
	if 5*calls <= 4*limit || now.Sub(p.told) < alarmPause {
		return 0, false
	}
	p.told = now
	return calls, true
}

// watchRate tells an app when its calls of a command come nearly as fast as
// they may, or faster. An alarm that cannot be kept is logged, and the call
// goes on.
func (s *Server) watchRate(ctx context.Context, app *store.App, command string) {
	limit := app.Settings.RateLimit
	if limit <= 0 {
		return
	}
	now := s.Now()
	calls, alarming := s.rates.bucket(rateKey{app.ID, command}, limit).pace.count(limit, now)
	if !alarming {
		return
	}
	app, use, err := s.begin(app.ID)
	if err != nil {
		return // it is gone: nobody is there to be told
	}
	defer use.End()
	alarm, kept := app.NewEvent(chain.RateExceeded)
	if !kept {
		return
	}
	alarm.ID, alarm.Time = store.NewEventID(), now.UnixMilli()
	alarm.Alarm = chain.Alarm{Command: command, Rate: calls, Limit: limit}
	if err := s.Store.Tell(ctx, app.ID, []chain.Event{alarm}); err != nil {
		s.Log.Error("keep an alarm", "app", app.ID, "command", command, "err", err)
	}
}
