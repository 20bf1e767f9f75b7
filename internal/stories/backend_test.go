package stories

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"kith/internal/chain"
	"kith/internal/store"
)

// A backEnd is the app's, which is asked before its end users do some things.
type backEnd struct {
	mu     sync.Mutex
	answer string
	got    []string // bodies, since the last time it was asked for them
}

// open starts the back end and says how the app's webhook is set.
func (b *backEnd) open(t *testing.T, words []string) store.Webhook {
	if words == nil {
		return store.Webhook{}
	}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	w := store.Webhook{URL: server.URL, DenyOnFailure: slices.Contains(words, "deny"), AnySuccess: slices.Contains(words, "2xx")}
	if slices.Contains(words, "before") {
		w.Kinds = w.Kinds.With(chain.BeforeFriendAdd).With(chain.BeforeFriendResponse)
	}
	return w
}

// says sets what the back end answers.
func (b *backEnd) says(answer string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = answer
}

// asked is what the back end was asked since the last time.
func (b *backEnd) asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := append([]string{}, b.got...)
	b.got = nil
	return all
}

// ServeHTTP implements [http.Handler].
func (b *backEnd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // whoever asked has gone
	}
	b.mu.Lock()
	b.got = append(b.got, string(body))
	answer := b.answer
	b.mu.Unlock()
	status, text, _ := strings.Cut(answer, " ")
	switch code, err := strconv.Atoi(status); {
	case err == nil:
		w.WriteHeader(code)
		_, _ = io.WriteString(w, text) // whoever asked may have gone
	case status == "stall":
		<-r.Context().Done()
	default:
		panic(http.ErrAbortHandler)
	}
}
