package admin_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

const hook = "/v1/apps/1400000000/webhook"

func TestWebhookSettings(t *testing.T) {
	d := newDesk(t)
	d.ask("GET "+hook, "", 200, `"sdkappid":1400000000`, `"url":""`, `"token_set":false`, `"commands":[]`, `"before_failure":"allow"`, `"retry":true`, `"retry_for":86400`, `"accept":"200"`,
		`"single_pair":false`, `"events":{"first":0,"last":0,"trimmed":0,"pending":0,"dead":0}`)
	if a, _ := d.apps.Get(1400000000); a.Deliver != 0 {
		t.Errorf("without a URL the app is told of %b", a.Deliver)
	}

	// A URL alone is enough: the app is told of everything, and asked nothing.
	d.ask("PATCH "+hook, `{"url":"http://127.0.0.1:9/cb","token":"the-token"}`, 200, `"token_set":true`,
		`"commands":["Sns.CallbackFriendAdd","Sns.CallbackFriendDelete","Sns.CallbackBlackListAdd","Sns.CallbackBlackListDelete","Profile.CallbackPortraitSet"]`, "-", "the-token")
	if a, _ := d.apps.Get(1400000000); !a.Deliver.Has(chain.RateExceeded) || !a.Deliver.Has(chain.ProfileSet) || a.Deliver.Has(chain.BeforeFriendAdd) {
		t.Errorf("the app is told of %b", a.Deliver)
	}
	d.ask("GET "+hook+"?secrets=1", "", 200, `"token":"the-token"`)

	d.ask("PATCH "+hook, `{"commands":["before","Sns.CallbackFriendAdd"],"before_failure":"deny","retry":false,"retry_for":60,"accept":"2xx","single_pair":true}`, 200,
		`"commands":["Sns.CallbackFriendAdd","Sns.CallbackPrevFriendAdd","Sns.CallbackPrevFriendResponse"]`, `"before_failure":"deny"`, `"retry":false`, `"retry_for":60`, `"accept":"2xx"`, `"single_pair":true`, `"url":"http://127.0.0.1:9/cb"`)
	a, _ := d.apps.Get(1400000000)
	want := store.Webhook{URL: "http://127.0.0.1:9/cb", Token: "the-token", DenyOnFailure: true, NoRetry: true, RetryFor: time.Minute, AnySuccess: true, SinglePair: true,
		Chosen: true, Kinds: chain.Kinds(0).With(chain.FriendAdded).With(chain.BeforeFriendAdd).With(chain.BeforeFriendResponse)}
	if a.Webhook != want {
		t.Errorf("in force is %+v", a.Webhook)
	}

	// What is wrong is named, and nothing changes.
	for body, part := range map[string]string{
		`{"url":"ftp://x"}`: `"field":"webhook.url"`, `{"url":"http://"}`: "a host", `{"url":"/cb"}`: "http://", `{"url":"http://a b"}`: "read as a URL", `{"url":"http://u:p@x"}`: "password",
		`{"url":"http://x/#y"}`: "behind #", `{"url":"http://x/` + strings.Repeat("y", 1100) + `"}`: "1024 bytes", `{"url":7}`: "a number does not fit",
		`{"token":"a b"}`: `"field":"webhook.token"`, `{"token":"` + strings.Repeat("x", 129) + `"}`: "128",
		`{"commands":["Sns.CallbackFriendadd"]}`: "is none of", `{"commands":["Alert.RequestOverLimit"]}`: "is none of", `{"commands":"all"}`: "a string does not fit",
		`{"before_failure":"maybe"}`: "allow or deny", `{"accept":"201"}`: "200 or 2xx", `{"retry_for":-1}`: "2592000", `{"retry_for":2592001}`: "2592000",
		`{"root_certs":"none"}`: "no certificate in PEM", `{"client_cert":"x"}`: "do not go together", `{"client_key":"` + strings.Repeat("x", 70_000) + `"}`: "65536",
		`{"URL":"http://x"}`: "unknown member", `{"url":"http://y","retry":1}`: "want true or false", `[]`: "must be a JSON object",
	} {
		d.ask("PATCH "+hook, body, 400, part)
	}
	if again, _ := d.apps.Get(1400000000); again.Webhook != want {
		t.Errorf("after bad changes %+v is in force", again.Webhook)
	}
	d.ask("PATCH "+hook, `{"commands":["none"],"retry_for":0}`, 200, `"commands":[]`, `"retry_for":86400`)
	d.ask("PATCH "+hook, `{"url":""}`, 200)
	d.ask("PATCH "+hook, `{"url":"http://127.0.0.1:9/cb"}`, 200, `"commands":[]`) // none was chosen
	d.ask("PATCH "+hook, `{"commands":["all"]}`, 200, `PrevFriendResponse"]`)
	d.ask("GET /v1/apps/1400000000?secrets=1", "", 200, "-", "the-token")
	d.ask("GET /v1/apps/5/webhook", "", 404)
	d.ask("PATCH /v1/apps/5/webhook", `{}`, 404)
	if log := d.log.String(); strings.Contains(log, "the-token") {
		t.Errorf("the log tells the token: %s", log)
	}
}

func TestWebhookProbe(t *testing.T) {
	d := newDesk(t)
	d.ask("POST "+hook+"/test", "", 409, "set its URL first")
	status, answer := 200, `{"ActionStatus":"OK"}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	defer server.Close()
	d.ask("PATCH "+hook, `{"url":"`+server.URL+`"}`, 200)
	d.ask("POST "+hook+"/test", "", 200, `"ok":true`, `"status":200`, `"problem":""`, `"answer":"{\"ActionStatus\":\"OK\"}"`, `"took_ms":`)
	status, answer = 201, strings.Repeat("x", 1000)
	d.ask("POST "+hook+"/test", "", 200, `"ok":false`, `"status":201`, "only 200 is success", strings.Repeat("x", 500)+`"`)
	d.ask("POST /v1/apps/5/webhook/test", "", 404)
}

// tell keeps n events that the webhook wants, a second apart.
func (d *desk) tell(n int) {
	d.Helper()
	for i := range n {
		err := d.store.Tell(d.Context(), 1400000000, []chain.Event{{
			ID: chain.EventID{byte(i + 1)}, Kind: chain.Blocked, Owner: "ann", Time: d.now.Add(time.Duration(i) * time.Second).UnixMilli(), Deliver: true,
			Pairs: []chain.Pair{{Edge: chain.Edge{Owner: "ann", Peer: chain.UserID(fmt.Sprintf("p%d", i+1))}}},
		}})
		if err != nil {
			d.Fatal(err)
		}
	}
}

// fare settles the delivery of an event.
func (d *desk) fare(n store.EventNumber, s store.Delivery) {
	d.Helper()
	s.Number = n
	if err := d.store.Settle(d.Context(), 1400000000, []store.Delivery{s}); err != nil {
		d.Fatal(err)
	}
}

func TestWebhookLog(t *testing.T) {
	d := newDesk(t)
	d.ask("GET "+hook+"/log", "", 200, `"deliveries":[]`)
	d.tell(5)
	d.fare(2, store.Delivery{State: store.Delivered, Attempts: 1, Last: d.now.UnixMilli(), Took: 1500 * time.Microsecond, Status: 200})
	d.fare(3, store.Delivery{State: store.Dead, Attempts: 9, Last: d.now.UnixMilli(), Status: 500, Problem: "HTTP status 500"})
	d.fare(4, store.Delivery{State: store.Pending, Attempts: 2, Last: d.now.UnixMilli(), Next: d.now.UnixMilli() + 4000, Problem: "no answer"})
	d.ask("GET "+hook+"/log", "", 200,
		`{"deliveries":[{"event":5,`,
		`{"event":2,"command":"Sns.CallbackBlackListAdd","request_id":"02000000-0000-0000-0000-000000000000","user":"ann","happened":"2023-11-14T22:13:21.000Z","state":"delivered","attempts":1,"last_attempt":"2023-11-14T22:13:20.000Z","status":200,"took_ms":1.5,"problem":""}`,
		`"event":3,`, `"state":"dead","attempts":9,`, `"next_attempt":"2023-11-14T22:13:24.000Z"`)
	d.ask("GET "+hook+"/log?state=pending", "", 200, `"event":5`, `"event":4`, `"event":1`, "-", `"event":2`, `"event":3`)
	d.ask("GET "+hook+"/log?limit=1", "", 200, `"event":5`, "-", `"event":4`)
	d.ask("GET "+hook+"/log?before=3", "", 200, `"event":2`, `"event":1`, "-", `"event":3`)
	d.ask("GET "+hook+"/dead", "", 200, `"event":3`, "-", `"event":2`)
	d.ask("GET "+hook, "", 200, `"events":{"first":1,"last":5,"trimmed":0,"pending":3,"oldest_pending":"2023-11-14T22:13:20.000Z","dead":1}`)
	for query, part := range map[string]string{"state=lost": "pending, delivered or dead", "limit=0": "from 1 to 1000", "limit=1001": "from 1 to 1000", "before=x": "before", "more=1": "unknown parameter"} {
		d.ask("GET "+hook+"/log?"+query, "", 400, part)
	}
	d.ask("GET "+hook+"/dead?state=dead", "", 400)
	d.ask("GET /v1/apps/5/webhook/log", "", 404)
}

func TestWebhookReplay(t *testing.T) {
	d := newDesk(t)
	d.tell(5)
	for n := range store.EventNumber(5) {
		d.fare(n+1, store.Delivery{State: store.Delivered, Attempts: 1})
	}
	d.ask("POST "+hook+"/replay", `{"from":1}`, 409, "set its URL first")
	d.ask("PATCH "+hook, `{"url":"http://127.0.0.1:9"}`, 200)
	pending := func(want int) {
		t.Helper()
		x, err := d.store.Extent(t.Context(), 1400000000)
		if err != nil || x.Pending != want {
			t.Errorf("%d are pending, want %d (%v)", x.Pending, want, err)
		}
	}
	d.ask("POST "+hook+"/replay", `{"from":4}`, 200, `"replayed":2`)
	pending(2)
	d.ask("POST "+hook+"/replay", `{"since":"2023-11-14T22:13:22Z"}`, 200, `"replayed":3`) // 4 and 5 begin again
	pending(3)
	d.ask("POST "+hook+"/replay", `{"since":"2030-01-01T00:00:00Z"}`, 200, `"replayed":0`)
	d.ask("POST "+hook+"/replay", `{"since":"2000-01-01T00:00:00Z"}`, 200, `"replayed":5`)
	pending(5)
	d.fare(2, store.Delivery{State: store.Dead})
	d.fare(3, store.Delivery{State: store.Dead})
	d.ask("POST "+hook+"/replay", `{"dead":true}`, 200, `"replayed":2`)
	pending(5)
	d.ask("PATCH "+hook, `{"commands":["Sns.CallbackFriendAdd"]}`, 200)
	d.fare(2, store.Delivery{State: store.Delivered})
	d.ask("POST "+hook+"/replay", `{"from":1}`, 200, `"replayed":0`)
	d.fare(2, store.Delivery{State: store.Dead})
	d.ask("POST "+hook+"/replay", `{"dead":true}`, 200, `"replayed":0`)
	for _, body := range []string{`{}`, `{"from":0}`, `{"dead":false}`, `{"from":1,"dead":true}`, `{"since":"yesterday"}`, `{"from":-1}`, `{"to":1}`} {
		d.ask("POST "+hook+"/replay", body, 400)
	}
	d.ask("POST /v1/apps/5/webhook/replay", `{"from":1}`, 404)
}

// A stream is a feed as a reader sees it.
type stream struct {
	*bufio.Scanner
	stop context.CancelFunc
}

// feed opens a feed on a real connection.
func (d *desk) feed(query, lastEventID string) *stream {
	d.Helper()
	server := httptest.NewServer(d.server)
	d.Cleanup(server.Close)
	ctx, stop := context.WithCancel(d.Context())
	d.Cleanup(stop)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/feed"+query, nil)
	if err != nil {
		d.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if lastEventID != "" {
		r.Header.Set("Last-Event-ID", lastEventID)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { _ = response.Body.Close() })
	if response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/event-stream" {
		d.Fatalf("a feed begins with %s %s", response.Status, response.Header.Get("Content-Type"))
	}
	return &stream{bufio.NewScanner(response.Body), stop}
}

// next reads the next event.
func (s *stream) next(t testing.TB) (event string) {
	t.Helper()
	for s.Scan() {
		line := s.Text()
		switch {
		case line == "" && event != "":
			return strings.TrimSpace(event)
		case line != "" && !strings.HasPrefix(line, ":"):
			event += line + "\n"
		}
	}
	t.Fatalf("the feed ended: %v", errors.Join(s.Err(), io.EOF))
	return ""
}

func wantEvent(t testing.TB, s *stream, n int) {
	t.Helper()
	want := fmt.Sprintf("id: %d\nevent: Sns.CallbackBlackListAdd\ndata: {\"CallbackCommand\":\"Sns.CallbackBlackListAdd\",\"PairList\":[{\"From_Account\":\"ann\",\"To_Account\":\"p%d\"}]}", n, n)
	if got := s.next(t); got != want {
		t.Fatalf("got\n%s\nwant\n%s", got, want)
	}
}

// TestFeed reads from the start, resumes where it stopped, and follows what
// happens.
func TestFeed(t *testing.T) {
	d := newDesk(t)
	d.tell(3)
	all := d.feed("?after=0", "")
	for n := 1; n <= 3; n++ {
		wantEvent(t, all, n)
	}
	resumed := d.feed("?after=0&sdkappid=1400000000", "2") // the header counts
	wantEvent(t, resumed, 3)
	live := d.feed("", "")
	tell := func(n int) {
		t.Helper()
		err := d.store.Tell(t.Context(), 1400000000, []chain.Event{{Kind: chain.Blocked, Owner: "ann", Pairs: []chain.Pair{{Edge: chain.Edge{Owner: "ann", Peer: chain.UserID(fmt.Sprintf("p%d", n))}}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := 4; n <= 500; n++ {
		tell(n)
	}
	for n := 4; n <= 500; n++ {
		wantEvent(t, all, n)
		wantEvent(t, resumed, n)
		wantEvent(t, live, n)
	}
}

func TestFeedRefusals(t *testing.T) {
	d := newDesk(t)
	d.tell(5)
	if _, err := d.store.Trim(t.Context(), 1400000000, 0, 1<<62, 100); err == nil {
		for n := range store.EventNumber(5) { // all wait, so nothing was trimmed yet
			d.fare(n+1, store.Delivery{State: store.Delivered})
		}
	}
	if _, err := d.store.Trim(t.Context(), 1400000000, 0, d.now.Add(3*time.Second).UnixMilli(), 100); err != nil {
		t.Fatal(err)
	}
	d.ask("GET /feed?after=2", "", 410, "not all events up to 3 are kept", "after=0", `"field":"after"`)
	d.ask("GET /feed?after=6", "", 410, "there is no event 6 yet: the last is 5")
	d.ask("GET /feed?after=x", "", 400, "after must be")
	d.ask("GET /feed?from=1", "", 400, "unknown parameter")
	d.ask("GET /feed?sdkappid=5", "", 404, "no such app")
	d.ask("GET /feed?sdkappid=x", "", 400, "sdkappid=N")
	d.ask("POST /feed", "", 405)
	wantEvent(t, d.feed("?after=3", ""), 4)
	wantEvent(t, d.feed("?after=0", ""), 4)
	d.ask("POST /v1/apps", `{"sdkappid":7}`, 201)
	d.ask("GET /feed?after=0", "", 400, "sdkappid=N")
	d.ask("PATCH /v1/apps/7", `{"settings":{"event_days":0}}`, 200)
	d.ask("GET /feed?sdkappid=7&after=0", "", 409, "set its event_days first")
}

// TestFeedKnowsGaps: who was at an event behind which others were trimmed, while
// it waited itself, is told that it has missed some.
func TestFeedKnowsGaps(t *testing.T) {
	d := newDesk(t)
	d.tell(5)
	for n := store.EventNumber(2); n <= 5; n++ {
		d.fare(n, store.Delivery{State: store.Delivered})
	}
	if _, err := d.store.Trim(t.Context(), 1400000000, 0, d.now.Add(3*time.Second).UnixMilli(), 100); err != nil {
		t.Fatal(err)
	}
	d.ask("GET "+hook, "", 200, `"first":1,"last":5,"trimmed":3`)
	d.ask("GET /feed?after=1", "", 410, "begin with after=0")
	wantEvent(t, d.feed("?after=3", ""), 4)
	wantEvent(t, d.feed("?after=0", ""), 1)
}

// TestFeedOfAppMadeAnew: a feed ends with its app.
func TestFeedOfAppMadeAnew(t *testing.T) {
	d := newDesk(t)
	d.tell(1)
	s := d.feed("?after=0", "")
	wantEvent(t, s, 1)
	d.ask("DELETE /v1/apps/1400000000?name=shop", "", 200)
	d.ask("POST /v1/apps", `{"sdkappid":1400000000}`, 201)
	d.tell(2)
	for s.Scan() {
		if strings.HasPrefix(s.Text(), "id:") {
			t.Fatalf("the feed goes on with %s of the new app", s.Text())
		}
	}
}
