package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"kith/client"
	"kith/wire"
)

const ok = `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}`

// refuse answers with a code.
func refuse(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"ActionStatus":"FAIL","ErrorCode":%d,"ErrorInfo":"why","ErrorDisplay":"what"}`, code)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// A script is a server that does one thing after the other, and the last of
// them ever after. It has no network, so that the clock of a bubble runs.
type script struct {
	acts  []any // http.HandlerFunc, or the error of the connection
	calls []time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	act := s.acts[min(len(s.calls), len(s.acts)-1)]
	s.calls = append(s.calls, time.Now())
	if err, broken := act.(error); broken {
		return nil, err
	}
	w := httptest.NewRecorder()
	act.(http.HandlerFunc)(w, r)
	return w.Result(), nil
}

func (s *script) client(retries int) *client.Client {
	return client.New(client.Config{
		BaseURL: "http://kith.invalid", AppID: appID, Secret: secret, HTTP: &http.Client{Transport: s}, Retries: retries,
	})
}

func answer(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, ok) }

var (
	dialed = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	reset  = &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
)

// TestWhatIsRepeated: one fault, then success. A call that is not repeated ends
// with the fault.
func TestWhatIsRepeated(t *testing.T) {
	for _, test := range []struct {
		fault       any
		read, write bool
	}{
		// Nothing happened.
		{refuse(wire.CodeRate), true, true},
		{refuse(wire.CodeAppRate), true, true},
		{refuse(wire.CodeTooFrequent), true, true},
		{refuse(wire.CodeTooFrequentOther), true, true},
		{refuse(wire.CodeConflict), true, true},
		{dialed, true, true},
		// It may have happened.
		{refuse(wire.CodeRequestTimeout), true, false},
		{refuse(wire.CodeTimeout), true, false},
		{refuse(wire.CodeInternal), true, false},
		{refuse(wire.CodeAccountInternal), true, false},
		{refuse(wire.CodeStatusTimeout), true, false},
		{status(http.StatusInternalServerError), true, false},
		{status(http.StatusBadGateway), true, false},
		{status(http.StatusTooManyRequests), true, false},
		{reset, true, false},
		{io.EOF, true, false},
		{io.ErrUnexpectedEOF, true, false},
		// The same would happen again.
		{refuse(wire.CodeParameter), false, false},
		{refuse(wire.CodeNoAccount), false, false},
		{refuse(wire.CodeNotAdmin), false, false},
		{refuse(wire.CodeSigExpired), false, false},
		{refuse(wire.CodeCallbackFirst), false, false},
		{status(http.StatusNotFound), false, false},
		{http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }), false, false},
		{errors.New("x509: unknown authority"), false, false},
	} {
		check := func(what string, repeated bool, call func(context.Context, *client.Client) error) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{acts: []any{test.fault, http.HandlerFunc(answer)}}
				err := call(t.Context(), s.client(0))
				if got := len(s.calls) == 2 && err == nil; got != repeated || !repeated && (len(s.calls) != 1 || err == nil) {
					t.Errorf("%s after %s: %d calls, error %v; want repeated: %v", what, describe(test.fault), len(s.calls), err, repeated)
				}
			})
		}
		check("a read", test.read, func(ctx context.Context, c *client.Client) error {
			_, err := c.FriendGet(ctx, read)
			return err
		})
		check("a write", test.write, func(ctx context.Context, c *client.Client) error { return c.FriendDeleteAll(ctx, write) })
	}
}

// describe says what a fault is, for messages.
func describe(fault any) string {
	if err, broken := fault.(error); broken {
		return err.Error()
	}
	w := httptest.NewRecorder()
	fault.(http.HandlerFunc)(w, nil)
	return fmt.Sprint("HTTP ", w.Code, " ", w.Body)
}

func TestHowOftenIsRepeated(t *testing.T) {
	for retries, want := range map[int]int{-1: 1, 0: 3, 1: 2, 2: 3, 12: 13} {
		synctest.Test(t, func(t *testing.T) {
			s := &script{acts: []any{refuse(wire.CodeRate)}}
			err := s.client(retries).FriendDeleteAll(t.Context(), write)
			if len(s.calls) != want {
				t.Errorf("Retries %d: %d calls, want %d", retries, len(s.calls), want)
			}
			if refusal, ok := errors.AsType[*wire.Error](err); !ok || refusal.Code != wire.CodeRate {
				t.Errorf("Retries %d: error %v, want the last refusal", retries, err)
			}
		})
	}
}

// TestPausesGrow up to a bound.
func TestPausesGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{acts: []any{refuse(wire.CodeRate)}}
		_ = s.client(12).FriendDeleteAll(t.Context(), write)
		least := 100 * time.Millisecond
		for i, at := range s.calls[1:] {
			if paused := at.Sub(s.calls[i]); paused < least || paused > least*3/2 {
				t.Errorf("pause %d lasted %v, want %v to %v", i, paused, least, least*3/2)
			}
			least = min(2*least, 5*time.Second)
		}
	})
}

// TestPausesEndWithTheContext: a caller who has gone gets the last fault, and
// gets it at once if the pause would last longer than he waits.
func TestPausesEndWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		s := &script{acts: []any{refuse(wire.CodeRate)}}

		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		err := s.client(2).FriendDeleteAll(ctx, write)
		if _, ok := errors.AsType[*wire.Error](err); !ok || len(s.calls) != 1 || time.Since(start) != 0 {
			t.Errorf("before a deadline: error %v after %v and %d calls, want the refusal at once", err, time.Since(start), len(s.calls))
		}

		ctx, stop := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, stop)
		err = s.client(2).FriendDeleteAll(ctx, write)
		if _, ok := errors.AsType[*wire.Error](err); !ok || len(s.calls) != 2 || time.Since(start) != 50*time.Millisecond {
			t.Errorf("cancelled: error %v after %v and %d calls, want the refusal after 50ms", err, time.Since(start), len(s.calls))
		}
	})
}

// TestRepeatForgetsTheReplyBefore: nothing of a refusal stays in what comes
// after it.
func TestRepeatForgetsTheReplyBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{acts: []any{refuse(wire.CodeRate), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ActionStatus":"OK","FriendNum":7}`)
		})}}
		reply, err := s.client(0).FriendGet(t.Context(), read)
		if err != nil || reply.FriendNum != 7 || reply.Head != wire.OK() {
			t.Errorf("FriendGet = %+v, %v; want the second answer alone", reply, err)
		}
	})
}
