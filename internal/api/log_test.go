package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/store"
)

// A troubledStore fails every use of its rows in one way while it is set.
type troubledStore struct {
	store.Store
	trouble atomic.Pointer[trouble]
}

type trouble struct {
	name  string
	fail  func() error
	codes map[string]int // by family
	logs  bool           // it is our fault and must be looked into
}

func (s *troubledStore) View(ctx context.Context, app chain.AppID, fn func(store.Reader) error) error {
	if tr := s.trouble.Load(); tr != nil {
		return tr.fail()
	}
	return s.Store.View(ctx, app, fn)
}

func (s *troubledStore) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	if tr := s.trouble.Load(); tr != nil {
		return tr.fail()
	}
	return s.Store.Update(ctx, app, hold, fn)
}

// families has a good call of every family.
var families = map[string]struct{ command, body string }{
	"sns":     {"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}`},
	"profile": {"profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"a"}]}`},
	"account": {"im_open_login_svc/account_import", `{"UserID":"erin"}`},
	"reading": {"sns/friend_check", goodCheck},
}

// troubles has the codes of the documents for what is not the caller's fault
// (T 2.2, 2.3, F 11).
func troubles() []*trouble {
	internal := map[string]int{"sns": 30006, "reading": 30006, "profile": 40006, "account": 70500}
	return []*trouble{
		{"an error", func() error { return errors.New("the disk is on fire") }, internal, true},
		{"a panic", func() error { panic("the disk is on fire") }, internal, true},
		{"closed", func() error { return store.ErrClosed }, internal, false},
		{"lost race", func() error { return store.ErrConflict }, map[string]int{"sns": 30008, "reading": 30008, "profile": 40006, "account": 70169}, false},
		{"too late", func() error { return context.DeadlineExceeded }, map[string]int{"sns": 30007, "reading": 30007, "profile": 40006, "account": 70169}, false},
	}
}

func newTroubledServer(t *testing.T) (*caller, *troubledStore) {
	var st *troubledStore
	c := newAliceAndBob(t, func(c *api.Config) {
		st = &troubledStore{Store: c.Store}
		c.Store = st
	})
	return c, st
}

// TestTroubles: what is our fault gets the family's code, is logged once with a
// number that the caller learns, and tells the caller nothing of its cause.
func TestTroubles(t *testing.T) {
	c, st := newTroubledServer(t)
	for _, tr := range troubles() {
		for family, good := range families {
			logged := c.s.log.size()
			st.trouble.Store(tr)
			r := c.call(good.command, good.body)
			st.trouble.Store(nil)
			if r.code != tr.codes[family] {
				t.Errorf("%s: %s\n  code %d, want %d", tr.name, r, r.code, tr.codes[family])
			}
			if strings.Contains(r.raw, "fire") || strings.Contains(r.raw, ".go:") {
				t.Errorf("%s: %s\n  tells what is inside", tr.name, r)
			}
			log := c.s.log.after(logged)
			if lines := strings.Count(log, `"call failed"`); lines != map[bool]int{true: 1}[tr.logs] {
				t.Errorf("%s: %s\n  is logged %d times:\n%s", tr.name, r, lines, log)
			}
			id := regexp.MustCompile(`request [0-9a-f]{16}`).FindString(r.display)
			if tr.logs && r.display != "" && (id == "" || !strings.Contains(log, strings.TrimPrefix(id, "request "))) {
				t.Errorf("%s: %s\n  has no number that is in the log:\n%s", tr.name, r, log)
			}
			c.call("sns/friend_check", goodCheck)
		}
	}
}

// TestPrivacy makes calls of every outcome and looks for what must never be
// seen in a log or an answer: keys, UserSigs, queries, bodies.
func TestPrivacy(t *testing.T) {
	c, st := newTroubledServer(t)
	sig := newSig(t, appA, keyA, admin)
	sigs := []string{sig, newSig(t, appA, keyB, admin), newSig(t, appA, keyA, "bob"), newSig(t, appB, keyA, admin), sig[:len(sig)-9], "garbage-usersig"}
	var replies strings.Builder
	note := func(r reply) { replies.WriteString(r.raw + "\n") }

	for _, s := range sigs {
		for _, path := range []string{"/v4/sns/friend_check", "/v4/sns/nothing", "/nowhere", "/v4/im_open_login_svc/account_check"} {
			for _, method := range []string{http.MethodPost, http.MethodGet} {
				for _, q := range []string{query(appA, admin, s), query(appB, admin, s), query(7, admin, s), query(appA, "bob", s), query(appA, admin, s) + "&x=%zz"} {
					r := httptest.NewRequest(method, path+"?"+q, strings.NewReader(goodCheck))
					note(c.s.serve(t, r, ""))
				}
			}
		}
	}
	for _, tr := range troubles() {
		for _, good := range families {
			st.trouble.Store(tr)
			note(c.call(good.command, good.body))
			st.trouble.Store(nil)
		}
	}
	const private = "a private remark"
	for _, body := range []string{goodCheck, "", "{", `{"From_Account":1}`, `{"AddFriendItem":"` + private + `"}`, `{"` + private + `":1,"` + private + `":2}`, private} {
		note(c.call("sns/friend_add", body))
	}
	c.s.clock.set(start.AddDate(1, 0, 0))
	note(c.call("sns/friend_add", goodCheck))

	log := c.s.log.String()
	if !strings.Contains(log, "call failed") {
		t.Fatal("nothing was logged, so nothing was tried")
	}
	secrets := append([]string{keyA, keyB, "usersig=", "sdkappid=", "contenttype=", "random=", private}, sigs...)
	for where, text := range map[string]string{"the log": log, "an answer": replies.String()} {
		for _, s := range secrets {
			if at := strings.Index(text, s); at >= 0 {
				t.Errorf("%q stands in %s: ...%s", s, where, clip(text[max(0, at-200):]))
			}
		}
	}
}
