package api_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// A failingStore fails every change, once it has an error to fail with.
type failingStore struct {
	store.Store
	err error
}

func (s *failingStore) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	if s.err != nil {
		return s.err
	}
	return s.Store.Update(ctx, app, hold, fn)
}

// TestStoreAway: what a store could not do is answered with the code for it. A
// caller is told to try again only if nothing was written, and is never told
// that nothing was if that is not known.
func TestStoreAway(t *testing.T) {
	failing := &failingStore{}
	s := newServer(t, func(c *api.Config) {
		failing.Store = c.Store
		c.Store = failing
	})
	target := "/v4/sns/friend_add?" + s.caller(t, appA, keyA).query
	for _, test := range []struct {
		name string
		err  error
		code int
		text string
	}{
		{"too many conflicts", store.ErrConflict, wire.CodeConflict, "try again"},
		{"too late", context.DeadlineExceeded, wire.CodeTimeout, "not done in time, try again"},
		{"too late to know", fmt.Errorf("%w: %w", store.ErrUncertain, context.DeadlineExceeded), wire.CodeTimeout, "may have been made"},
		{"away", store.ErrAway, wire.CodeInternal, "cannot be reached, try again"},
		{"lost during the commit", store.ErrUncertain, wire.CodeInternal, "may have been made"},
		{"closed", store.ErrClosed, wire.CodeInternal, "shutting down"},
	} {
		failing.err = fmt.Errorf("write: %w", test.err)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, target, strings.NewReader(`{"From_Account":"a","AddFriendItem":[{"To_Account":"b","AddSource":"AddSource_Type_Test"}]}`)))
		var head wire.Head
		if err := wire.DecodeReply(w.Body.Bytes(), &head); err != nil {
			t.Fatal(err)
		}
		if head.ErrorCode != test.code || !strings.Contains(head.ErrorInfo, test.text) {
			t.Errorf("%s: answered %d %q, want %d with %q", test.name, head.ErrorCode, head.ErrorInfo, test.code, test.text)
		}
	}
}
