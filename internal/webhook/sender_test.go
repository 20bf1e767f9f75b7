package webhook_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/webhook"
	"kith/wire"
)

// compact takes the white space between tokens out of a sample.
func compact(sample []byte) string {
	return regexp.MustCompile(`\n\s*`).ReplaceAllString(strings.TrimSpace(string(sample)), "")
}

// samples are the documents' own, by their headings.
func samples(t testing.TB) map[string]string {
	archive, err := txtar.ParseFile("../../wire/testdata/webhook/bodies.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.Files {
		all[f.Name] = compact(f.Data)
	}
	return all
}

func pair(owner, peer, initiator chain.UserID) chain.Pair {
	return chain.Pair{Edge: chain.Edge{Owner: owner, Peer: peer}, Initiator: initiator}
}

func item(f chain.ProfileField, custom, text string, integer bool) chain.ProfileItem {
	return chain.ProfileItem{Field: f, Custom: custom, Value: chain.Value{Text: text, Integer: integer}}
}

// TestSamples makes the documents' samples of the events that they are about.
func TestSamples(t *testing.T) {
	admin := chain.Origin{Caller: "administrator", Admin: true, Address: "36.112.173.178", Platform: wire.PlatformREST}
	user := chain.Origin{Caller: "id1", Address: "36.112.173.178", Platform: wire.PlatformUnknown}
	events := map[string]chain.Event{
		"PortraitSetCallback 3.1": {Kind: chain.ProfileSet, Owner: "id1", Time: 1656921052497, Origin: user, Items: []chain.ProfileItem{
			item(chain.Nick, "", "nick1", false), item(chain.Gender, "", "2", true), item(chain.AllowType, "", "2", true), item(chain.CustomField, "Data", "your custom data", false)}},
		"FriendAddCallback 3.4": {Kind: chain.FriendAdded, Owner: "id", Force: true, Origin: admin, Pairs: []chain.Pair{pair("id", "id1", "id"), pair("id1", "id", "id")}},
		"PairCallback 3.5 captured": {Kind: chain.FriendDeleted, Owner: "211172", Origin: user,
			Pairs: []chain.Pair{pair("211172", "425214", ""), pair("425214", "211172", "")}},
		"PairCallback 3.6":      {Kind: chain.Blocked, Owner: "id", Origin: user, Pairs: []chain.Pair{pair("id", "id1", ""), pair("id", "id2", "")}},
		"OverLimitCallback 3.9": {Kind: chain.RateExceeded, Alarm: chain.Alarm{Command: "openim/batchsendmsg", Rate: 510, Limit: 200}},
	}
	all := samples(t)
	for name, e := range events {
		want, ok := all[name]
		if !ok {
			t.Fatalf("no sample %q", name)
		}
		for range 2 {
			got, err := webhook.Body(&e, &store.Webhook{})
			if err != nil || string(got) != want {
				t.Errorf("%s (%v):\n got %s\nwant %s", name, err, got, want)
			}
		}
	}
}

// TestBodies are those of which the documents have no sample of their own.
func TestBodies(t *testing.T) {
	tests := []struct {
		name string
		e    chain.Event
		w    store.Webhook
		want string
	}{
		{"unblocked", chain.Event{Kind: chain.Unblocked, Pairs: []chain.Pair{pair("a", "b", "")}}, store.Webhook{},
			`{"CallbackCommand":"Sns.CallbackBlackListDelete","PairList":[{"From_Account":"a","To_Account":"b"}]}`},
		{"accepted by a user: no administrator, not forced, the applicant started it", chain.Event{Kind: chain.FriendAdded, Answer: true, Origin: chain.Origin{Caller: "b"}, Pairs: []chain.Pair{pair("a", "b", "a")}}, store.Webhook{},
			`{"CallbackCommand":"Sns.CallbackFriendAdd","PairList":[{"From_Account":"a","To_Account":"b","Initiator_Account":"a"}],"ClientCmd":"friend_response","Admin_Account":"","ForceFlag":0}`},
		{"single pairs", chain.Event{Kind: chain.FriendAdded, Pairs: []chain.Pair{pair("a", "b", "a"), pair("b", "a", "a"), pair("a", "c", "a"), pair("a", "d", "a"), pair("d", "a", "a")}}, store.Webhook{SinglePair: true},
			`{"CallbackCommand":"Sns.CallbackFriendAdd","PairList":[{"From_Account":"a","To_Account":"b","Initiator_Account":"a"},{"From_Account":"a","To_Account":"c","Initiator_Account":"a"},{"From_Account":"a","To_Account":"d","Initiator_Account":"a"}],"ClientCmd":"friend_add","Admin_Account":"","ForceFlag":0}`},
		{"numbers stay numbers", chain.Event{Kind: chain.ProfileSet, Owner: "a", Time: 5, Origin: chain.Origin{Caller: "root", Admin: true},
			Items: []chain.ProfileItem{item(chain.Level, "", "4294967295", true), item(chain.CustomField, "A", "-7", true), item(chain.Nick, "", "", false), item(chain.AdminForbid, "", "2", true)}}, store.Webhook{},
			`{"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"root","From_Account":"a","EventTime":5,"ProfileItem":[{"Tag":"Tag_Profile_IM_Level","Value":4294967295},{"Tag":"Tag_Profile_Custom_A","Value":-7},{"Tag":"Tag_Profile_IM_Nick","Value":""},{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_SendOut"}]}`},
	}
	for _, test := range tests {
		got, err := webhook.Body(&test.e, &test.w)
		if err != nil || string(got) != test.want {
			t.Errorf("%s (%v):\n got %s\nwant %s", test.name, err, got, test.want)
		}
	}
}

// TestRequest is all that a receiver sees of one event.
func TestRequest(t *testing.T) {
	h := newHouse(t, func(r *webhook.Relay) { r.Sender.Now = func() time.Time { return time.Unix(1669872112, 0) } })
	rc := newReceiver(t, says(200, ok))
	h.app(1400483163, store.Webhook{URL: rc.URL + "/im/callback?tenant=7", Token: "xxxxyyyy"})
	e := chain.Event{ID: store.NewEventID(), Kind: chain.FriendDeleted, Owner: "a", Deliver: true, Pairs: []chain.Pair{pair("a", "b", "")},
		Origin: chain.Origin{Caller: "root", Admin: true, Address: "36.112.173.178", Platform: wire.PlatformREST}}
	alarm := chain.Event{ID: store.NewEventID(), Kind: chain.RateExceeded, Deliver: true, Origin: chain.Origin{Address: "127.0.0.1"}, Alarm: chain.Alarm{Command: "sns/friend_add", Rate: 3, Limit: 2}}
	h.must(h.store.Tell(t.Context(), 1400483163, []chain.Event{e, alarm}))
	h.run()
	h.settled(1400483163, 10*time.Second)
	byCommand := map[string]received{}
	for _, r := range rc.requests() {
		byCommand[r.query.Get("CallbackCommand")] = r
	}
	got := byCommand[wire.CallbackFriendDelete]
	const sign = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061"
	want := url.Values{
		"tenant": {"7"}, "SdkAppid": {"1400483163"}, "CallbackCommand": {"Sns.CallbackFriendDelete"}, "contenttype": {"json"}, "ClientIP": {"36.112.173.178"},
		"OptPlatform": {"RESTAPI"}, "RequestId": {webhook.RequestID(e.ID)}, "RequestTime": {"1669872112"}, "Sign": {sign},
	}
	if diff := cmp.Diff(want, got.query); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(webhook.RequestID(e.ID)) {
		t.Errorf("%s is no UUID of version 4", webhook.RequestID(e.ID))
	}
	if got.method != http.MethodPost || got.target != "/im/callback" || got.body != `{"CallbackCommand":"Sns.CallbackFriendDelete","PairList":[{"From_Account":"a","To_Account":"b"}]}` {
		t.Errorf("%s %s %s", got.method, got.target, got.body)
	}
	header := http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}, "Content-Length": {fmt.Sprint(len(got.body))}, "User-Agent": {"Kith"}}
	if diff := cmp.Diff(header, got.header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	if a := byCommand[wire.CallbackOverLimit]; a.query.Has("ClientIP") || a.query.Get("OptPlatform") != "RESTAPI" ||
		a.body != `{"CallbackCommand":"Alert.RequestOverLimit","ServiceName":"sns","Command":"friend_add","Request":3,"Limit":2}` {
		t.Errorf("the alarm: %v %s", a.query, a.body)
	}
}

// probe makes one attempt at a URL.
func probe(t *testing.T, s *webhook.Sender, w store.Webhook) webhook.Result {
	t.Helper()
	r, err := s.Probe(t.Context(), &store.App{App: chain.App{ID: 1}, Webhook: w})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestOutcomes is what counts as an answer (W section 1).
func TestOutcomes(t *testing.T) {
	elsewhere := newReceiver(t, says(200, ok))
	redirect := func(w http.ResponseWriter, r *http.Request, _ int) {
		http.Redirect(w, r, elsewhere.URL, http.StatusFound)
	}
	lots := func(w http.ResponseWriter, _ *http.Request, _ int) {
		_, _ = io.WriteString(w, `"`+strings.Repeat("a", 2<<20)+`"`)
	}
	half := func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, ok)
	}
	tests := []struct {
		name    string
		behave  func(http.ResponseWriter, *http.Request, int)
		any     bool
		status  int
		problem string
	}{
		{"as documented", says(200, ok), false, 200, ""},
		{"any code is ignored", says(200, `{"ActionStatus":"FAIL","ErrorCode":1}`), false, 200, ""},
		{"any JSON", says(200, "[]"), false, 200, ""},
		{"with a byte order mark", says(200, "\xef\xbb\xbf"+ok), false, 200, ""},
		{"empty", says(200, ""), false, 200, "not JSON: it is empty"},
		{"garbage", says(200, "<html>"), false, 200, "not JSON"},
		{"half", says(200, `{"ActionStatus":`), false, 200, "not JSON"},
		{"201", says(201, ok), false, 201, "only 200 is success; answer 200, or set accept=2xx"},
		{"201 if any 2xx is taken", says(201, ok), true, 201, ""},
		{"204 has no JSON even then", says(204, ""), true, 204, "not JSON"},
		{"500", says(500, ok), true, 500, "HTTP status 500"},
		{"404", says(404, ok), false, 404, "HTTP status 404"},
		{"redirect", redirect, true, 302, "redirects are not followed"},
		{"too large", lots, false, 200, "larger than 1048576 bytes"},
		{"dropped", drop, false, 0, "closed before the answer"},
		{"broken off", half, false, 200, "closed before the answer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rc := newReceiver(t, test.behave)
			rc.Config.ErrorLog = log.New(io.Discard, "", 0)
			r := probe(t, &webhook.Sender{}, store.Webhook{URL: rc.URL, AnySuccess: test.any})
			if r.Status != test.status || (r.Problem == "") != (test.problem == "") || !strings.Contains(r.Problem, test.problem) || r.Timeout {
				t.Errorf("status %d, problem %q, timeout %t; want %d, %q", r.Status, r.Problem, r.Timeout, test.status, test.problem)
			}
			if got := rc.requests(); len(got) != 1 || got[0].body != "{}" || got[0].query.Get("CallbackCommand") != wire.CallbackStateChange {
				t.Errorf("the receiver got %+v", got)
			}
		})
	}
	if n := len(elsewhere.requests()); n != 0 {
		t.Errorf("a redirect was followed %d times", n)
	}
}

// TestTimeout: two seconds from the dial to the last byte, wherever the time
// goes.
func TestTimeout(t *testing.T) {
	trickle := func(w http.ResponseWriter, r *http.Request, _ int) {
		for range 100 {
			_, _ = io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	for name, behave := range map[string]func(http.ResponseWriter, *http.Request, int){"stalled": stall, "trickling": trickle} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rc := newReceiver(t, behave)
			r := probe(t, &webhook.Sender{}, store.Webhook{URL: rc.URL})
			if !r.Timeout || r.Problem != "no answer within 2s" || r.Took < 2*time.Second {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestDeniedNetworks: no URL and no name leads into a network that is denied.
func TestDeniedNetworks(t *testing.T) {
	rc := newReceiver(t, says(200, ok))
	_, port, err := net.SplitHostPort(rc.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s := &webhook.Sender{Deny: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}}
	mapped := &webhook.Sender{Deny: []netip.Prefix{netip.MustParsePrefix("::ffff:127.0.0.0/104")}}
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "127.1.2.3", "0.0.0.0", "[::]", "[::ffff:0.0.0.0]"} {
		for _, s := range []*webhook.Sender{s, mapped} {
			r := probe(t, s, store.Webhook{URL: "http://" + host + ":" + port})
			if !strings.Contains(r.Problem, "may not reach") && !(host == "[::1]" && r.Status == 0) {
				t.Errorf("%s: %+v", host, r)
			}
		}
	}
	if n := len(rc.requests()); n != 0 {
		t.Errorf("%d requests came through", n)
	}
	if r := probe(t, &webhook.Sender{Deny: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}, store.Webhook{URL: rc.URL}); r.Problem != "" {
		t.Errorf("a network that is not denied: %+v", r)
	}
}

// raw starts a receiver that is handed each connection, and returns its URL.
func raw(t *testing.T, serve func(net.Conn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			go func() {
				defer c.Close()
				serve(c)
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// TestEchoedRequest: a receiver that sends back what it got, signature and all,
// with anything else in it, puts nothing of that into logs and tables.
func TestEchoedRequest(t *testing.T) {
	for _, format := range []string{"HTTP/1.1 200 OK\r\n%s\x1b[31m\r\n\r\n", "%s", "HTTP/1.1 %s\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: %s\r\n\r\n"} {
		url := raw(t, func(c net.Conn) {
			r, err := http.ReadRequest(bufio.NewReader(c))
			if err == nil {
				_, _ = fmt.Fprintf(c, format, strings.ReplaceAll(r.URL.RawQuery, ":", "_")+strings.Repeat("A", 5000))
			}
		})
		r := probe(t, &webhook.Sender{}, store.Webhook{URL: url, Token: "secret"})
		if r.Problem != "the answer is not HTTP that can be read" && r.Problem != "the connection was closed before the answer was there" {
			t.Errorf("%q: %.300q", format, r.Problem)
		}
	}
}

// TestStaleConnection: a back end that ends kept connections without a word is
// reached on a new one, without a failed attempt.
func TestStaleConnection(t *testing.T) {
	url := raw(t, func(c net.Conn) {
		b := bufio.NewReader(c)
		r, err := http.ReadRequest(b)
		if err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, r.Body); err == nil {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
			_, _ = b.ReadByte() // it ends as the next request comes
		}
	})
	s := &webhook.Sender{}
	for i := range 4 {
		if r := probe(t, s, store.Webhook{URL: url}); r.Problem != "" {
			t.Errorf("attempt %d: %s", i+1, r.Problem)
		}
	}
}

// An authority makes certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := &authority{key: key}
	a.cert = a.sign(t, &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, Subject: pkix.Name{CommonName: "authority"}}, key)
	return a
}

func (a *authority) sign(t *testing.T, template *x509.Certificate, key *ecdsa.PrivateKey) *x509.Certificate {
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent := a.cert
	if parent == nil {
		parent = template
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// issue makes a certificate with its key, in PEM.
func (a *authority) issue(t *testing.T, usage x509.ExtKeyUsage) (cert, key string) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	made := a.sign(t, &x509.Certificate{Subject: pkix.Name{CommonName: "end"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{usage}}, private)
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return encode("CERTIFICATE", made.Raw), encode("PRIVATE KEY", der)
}

func encode(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// TestCertificates calls a receiver that wants a client's certificate, and has
// one of its own authority.
func TestCertificates(t *testing.T) {
	a, stranger := newAuthority(t), newAuthority(t)
	cert, key := a.issue(t, x509.ExtKeyUsageServerAuth)
	own, err := tls.X509KeyPair([]byte(cert), []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	clients := x509.NewCertPool()
	clients.AddCert(a.cert)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		says(200, ok)(w, r, 1)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{own}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients}
	server.StartTLS()
	defer server.Close()
	roots := encode("CERTIFICATE", a.cert.Raw)
	clientCert, clientKey := a.issue(t, x509.ExtKeyUsageClientAuth)
	strangeCert, strangeKey := stranger.issue(t, x509.ExtKeyUsageClientAuth)
	tests := []struct {
		name, problem string
		w             store.Webhook
	}{
		{"as it must be", "", store.Webhook{RootCerts: roots, ClientCert: clientCert, ClientKey: clientKey}},
		{"no client certificate", "certificate required", store.Webhook{RootCerts: roots}},
		{"another authority's client", "unknown certificate authority", store.Webhook{RootCerts: roots, ClientCert: strangeCert, ClientKey: strangeKey}},
		{"the roots of the machine", "unknown authority", store.Webhook{ClientCert: clientCert, ClientKey: clientKey}},
		{"another root", "authority", store.Webhook{RootCerts: encode("CERTIFICATE", stranger.cert.Raw), ClientCert: clientCert, ClientKey: clientKey}},
	}
	for _, test := range tests {
		test.w.URL = server.URL
		r := probe(t, &webhook.Sender{}, test.w)
		if (r.Problem == "") != (test.problem == "") || !strings.Contains(r.Problem, test.problem) {
			t.Errorf("%s: %+v, want %q", test.name, r, test.problem)
		}
	}
	for name, w := range map[string]store.Webhook{
		"roots": {RootCerts: "none"}, "no key": {ClientCert: clientCert}, "another key": {ClientCert: clientCert, ClientKey: strangeKey},
	} {
		if _, err := w.TLS(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestConnectionsAreKept: one caller after the other uses the same connection.
// net/http gives one up when the machine stalls while a request is written.
func TestConnectionsAreKept(t *testing.T) {
	connections := 0
	rc := &receiver{behave: says(200, ok)}
	rc.Server = httptest.NewUnstartedServer(rc)
	rc.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections++
		}
	}
	rc.Start()
	s := &webhook.Sender{}
	for range 20 {
		if r := probe(t, s, store.Webhook{URL: rc.URL}); r.Problem != "" {
			t.Fatal(r.Problem)
		}
	}
	rc.Close()
	if connections > 2 {
		t.Errorf("%d connections for 20 requests", connections)
	}
}

// TestAsk is what a question brings back, and why it may not.
func TestAsk(t *testing.T) {
	body := wire.PrevFriendAddCallback{CallbackCommand: wire.CallbackPrevFriendAdd, FriendItem: []wire.PrevFriendItem{}}
	ask := func(w store.Webhook) (wire.WebhookReply, error) {
		return (&webhook.Sender{}).Ask(t.Context(), &store.App{App: chain.App{ID: 7}, Webhook: w}, chain.Origin{Caller: "a", Address: "10.1.1.1", Platform: "Unknown"}, chain.BeforeFriendAdd, body)
	}
	rc := newReceiver(t, says(200, `{"ResultItem":[{"To_Account":"b","ResultCode":38001,"ResultInfo":"no"}]}`))
	reply, err := ask(store.Webhook{URL: rc.URL})
	if err != nil || !reflect.DeepEqual(reply.ResultItem, []wire.ResultItem{{ToAccount: "b", ResultCode: 38001, ResultInfo: "no"}}) {
		t.Errorf("%+v (%v)", reply, err)
	}
	q := rc.requests()[0].query
	if q.Get("CallbackCommand") != wire.CallbackPrevFriendAdd || q.Get("ClientIP") != "10.1.1.1" || q.Get("OptPlatform") != "Unknown" || q.Get("SdkAppid") != "7" || len(q.Get("RequestId")) != 36 {
		t.Errorf("asked with %v", q)
	}
	for answer, want := range map[string]string{
		`{"ErrorCode":1}`: "says it failed", `{"ActionStatus":"FAIL"}`: "says it failed", `[]`: "not an object", `no`: "not JSON", ``: "empty",
	} {
		rc := newReceiver(t, says(200, answer))
		_, err := ask(store.Webhook{URL: rc.URL})
		if failure, ok := errors.AsType[*webhook.Failure](err); !ok || !strings.Contains(failure.Problem, want) || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%q: error %v, want one with %q", answer, err, want)
		}
	}
	stalled := newReceiver(t, stall)
	if _, err := ask(store.Webhook{URL: stalled.URL}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an answer that does not come: %v", err)
	}
}
