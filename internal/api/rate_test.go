package api_test

import (
	"testing"
	"time"

	"kith/internal/store"
)

// A burst is a number of equal calls and how many of them go through before
// the rest is refused.
type burst struct {
	app          *caller
	command      string
	calls, pass  int
	code, normal int // of those that are refused, and of the others
}

func (b burst) play(t *testing.T) {
	t.Helper()
	b.app.t = t
	for i := range b.calls {
		want := b.normal
		if i >= b.pass {
			want = b.code
		}
		wantCode(t, b.app.call(b.command, rateBodies[b.command]), want)
	}
}

const (
	rateCheck = "im_open_login_svc/account_check"
	rateGet   = "sns/friend_get"
	rateSet   = "profile/portrait_set"
	rateState = "openim/querystate"
	rateNone  = "sns/nothing"
)

var rateBodies = map[string]string{
	rateCheck: `{"CheckItem":[{"UserID":"alice"}]}`,
	rateGet:   `{"From_Account":"alice","StartIndex":0}`,
	rateSet:   `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"n"}]}`,
	rateState: `{"To_Account":["alice"]}`,
	rateNone:  `{}`,
}

// limited is a server with two apps, of which A has limits.
func limited(t *testing.T, command, app int) (s *server, a, b *caller) {
	t.Helper()
	s = newServer(t)
	a, b = s.caller(t, appA, keyA), s.caller(t, appB, keyB)
	a.importAll("alice")
	b.importAll("alice")
	s.limit(t, command, app)
	return s, a, b
}

func (s *server) limit(t *testing.T, command, app int) {
	t.Helper()
	s.changeApp(t, appA, func(a *store.App) { a.Settings.RateLimit, a.Settings.AppRate = command, app })
}

// TestRateLimit is of each command of an app (T 1.5, step 8; D 16).
func TestRateLimit(t *testing.T) {
	s, a, b := limited(t, 3, 0)
	for _, command := range []string{rateCheck, rateGet, rateSet, rateState} { // each has its own
		burst{a, command, 5, 3, 60007, 0}.play(t)
		burst{b, command, 5, 5, 60007, 0}.play(t)
	}
	for _, step := range []struct {
		after time.Duration // start
		pass  int
	}{
		{0, 0},
		{300 * time.Millisecond, 0},
		{400 * time.Millisecond, 1}, // a third of a second is one call
		{700 * time.Millisecond, 1},
		{1700 * time.Millisecond, 3},
		{1700 * time.Millisecond, 0},
		{time.Hour, 3}, // what was not called is not saved up
		{time.Hour, 0},
	} {
		s.clock.set(start.Add(step.after))
		burst{a, rateGet, step.pass + 2, step.pass, 60007, 0}.play(t)
	}
}

// TestRateLimitRefusesBefore: what is refused does nothing, whatever it is.
func TestRateLimitRefusesBefore(t *testing.T) {
	s, a, _ := limited(t, 1, 0)
	burst{a, rateSet, 1, 1, 60007, 0}.play(t)
	before := s.state(t, appA)
	for _, body := range []string{`{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"other"}]}`, "not JSON", ""} {
		r := a.call(rateSet, body)
		wantCode(t, r, 60007)
		wantSameState(t, r.String(), before, s.state(t, appA))
	}
	// A refusal for another reason, before that, costs no call.
	user := s.user(t, appA, keyA, "alice")
	for range 5 {
		wantCode(t, user.call(rateGet, rateBodies[rateGet]), 60010)
		wantCode(t, s.try(t, appA, admin, "bad"), 70003)
	}
	burst{a, rateGet, 2, 1, 60007, 0}.play(t)
	burst{a, rateCheck, 2, 1, 60007, 0}.play(t)
}

// TestAppRate is of all commands of an app together.
func TestAppRate(t *testing.T) {
	s, a, b := limited(t, 0, 4)
	burst{a, rateGet, 2, 2, 60011, 0}.play(t)
	burst{a, rateCheck, 1, 1, 60011, 0}.play(t)
	burst{a, rateSet, 3, 1, 60011, 0}.play(t)
	burst{a, rateState, 2, 0, 60011, 0}.play(t)
	burst{a, rateNone, 1, 0, 60011, 60009}.play(t) // the limit comes before the command (T 1.5)
	burst{b, rateGet, 10, 10, 60011, 0}.play(t)
	s.clock.set(start.Add(600 * time.Millisecond))
	burst{a, rateGet, 1, 1, 60011, 0}.play(t)
	burst{a, rateSet, 3, 1, 60011, 0}.play(t)
	s.clock.set(start.Add(time.Hour))
	burst{a, rateState, 6, 4, 60011, 0}.play(t)
}

// TestBothRates: each limit counts for itself.
func TestBothRates(t *testing.T) {
	_, a, _ := limited(t, 2, 5)
	burst{a, rateGet, 4, 2, 60007, 0}.play(t) // a call refused for its command costs the app none
	burst{a, rateSet, 2, 2, 60007, 0}.play(t)
	burst{a, rateCheck, 2, 1, 60011, 0}.play(t)
}

// TestNoRate: 0 is no limit (D 16), as by default.
func TestNoRate(t *testing.T) {
	_, a, b := limited(t, 0, 0)
	burst{a, rateGet, 500, 500, 0, 0}.play(t)
	burst{b, rateGet, 500, 500, 0, 0}.play(t)
	burst{a, rateNone, 500, 500, 0, 60009}.play(t)
}

// TestRateChanges: a limit counts from when it is set.
func TestRateChanges(t *testing.T) {
	s, a, _ := limited(t, 0, 0)
	burst{a, rateGet, 10, 10, 60007, 0}.play(t)
	s.limit(t, 2, 0)
	burst{a, rateGet, 3, 2, 60007, 0}.play(t)
	s.limit(t, 0, 0)
	burst{a, rateGet, 10, 10, 60007, 0}.play(t)
	s.limit(t, 5, 0)
	wantCode(t, a.call(rateGet, rateBodies[rateGet]), 60007) // it fills up from here
	s.clock.set(start.Add(time.Minute))
	burst{a, rateGet, 7, 5, 60007, 0}.play(t)
	s.limit(t, 1, 0)
	wantCode(t, a.call(rateGet, rateBodies[rateGet]), 60007)
	s.clock.set(start.Add(2 * time.Minute))
	burst{a, rateGet, 3, 1, 60007, 0}.play(t)
}
