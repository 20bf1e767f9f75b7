package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// A stalledStore keeps reads waiting, once it is told to, until it is let go.
type stalledStore struct {
	store.Store
	stall   atomic.Bool
	arrived chan struct{}
	letGo   chan struct{}
}

func (s *stalledStore) View(ctx context.Context, app chain.AppID, fn func(store.Reader) error) error {
	if s.stall.Load() {
		s.arrived <- struct{}{}
		<-s.letGo
	}
	return s.Store.View(ctx, app, fn)
}

// TestOverload fills a server that carries out two calls at once. Thirty-two may
// wait; the others are turned away with the code of a service that is too busy,
// under HTTP 200, and are counted. Whoever waits too long is turned away as
// well. Once there is room, calls are answered as ever.
func TestOverload(t *testing.T) {
	const inside, waiting, others = 2, 32, 5
	stalled := &stalledStore{arrived: make(chan struct{}, 100), letGo: make(chan struct{})}
	s := newServer(t, func(c *api.Config) {
		stalled.Store = c.Store
		c.Store, c.MaxInFlight = stalled, inside
	})
	target := "/v4/sns/friend_check?" + s.caller(t, appA, keyA).query
	call := func() int {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, target, strings.NewReader(`{"From_Account":"a","To_Account":["b"],"CheckType":"CheckResult_Type_Both"}`)))
		if w.Code != http.StatusOK {
			t.Errorf("HTTP status %d", w.Code)
		}
		var head wire.Head
		if err := wire.DecodeReply(w.Body.Bytes(), &head); err != nil {
			t.Error(err)
		}
		return head.ErrorCode
	}
	if code := call(); code != wire.CodeNoAccount { // and its UserSig is remembered
		t.Fatalf("a call of an idle server is answered with %d", code)
	}
	stalled.stall.Store(true)
	codes := make(chan int, inside+waiting+others)
	var callers sync.WaitGroup
	begin := time.Now()
	for range inside + waiting + others {
		callers.Go(func() { codes <- call() })
	}
	for range inside {
		<-stalled.arrived
	}
	for range others + waiting {
		if code := <-codes; code != wire.CodeRequestTimeout {
			t.Errorf("a call that finds no room is answered with %d", code)
		}
	}
	if time.Since(begin) < api.LongestWait*9/10 {
		t.Error("nobody waited for room")
	}
	close(stalled.letGo)
	callers.Wait()
	for range inside {
		if code := <-codes; code != wire.CodeNoAccount {
			t.Errorf("a call that had found room is answered with %d", code)
		}
	}
	if code := call(); code != wire.CodeNoAccount {
		t.Errorf("once there is room a call is answered with %d", code)
	}
}
