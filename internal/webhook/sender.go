package webhook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
	"unicode"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// timeout bounds one attempt from the dial to the last byte of the answer (W
// section 1).
const timeout = 2 * time.Second

// maxReply bounds an answer, and maxReplyHeader what stands before it.
const (
	maxReply       = 1 << 20
	maxReplyHeader = 64 << 10
)

// maxIdle is how many connections to one back end are kept.
const maxIdle = 64

// A Sender makes single attempts to reach back ends. It is safe for concurrent
// use.
type Sender struct {
	// Deny are networks that no webhook may reach.
	Deny []netip.Prefix
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Observer is told of every attempt; nil observes nothing.
	Observer Observer

	mu      sync.Mutex
	clients map[chain.AppID]*client
	asking  map[chain.AppID]int // questions without an answer yet

	longest time.Duration // that an attempt may take; 0, as ever outside tests, means timeout
}

// An Observer is told of every attempt to tell or to ask a back end.
type Observer interface {
	// Webhook gets the command, what came of the attempt (one of the Outcome
	// constants), and how long it took.
	Webhook(command, outcome string, took time.Duration)
}

// What can come of an attempt.
const (
	OutcomeDelivered = "delivered" // the back end took the event
	OutcomeRetry     = "retry"     // it did not; there will be another attempt
	OutcomeDead      = "dead"      // it did not, and the event is given up
	OutcomeAnswered  = "answered"  // the back end answered a question
	OutcomeFailed    = "failed"    // it did not, or not as it must
)

func (s *Sender) observe(kind chain.EventKind, outcome string, took time.Duration) {
	if s.Observer != nil {
		s.Observer.Webhook(Command(kind), outcome, took)
	}
}

// A client reaches the back end of one app, as long as its webhook is set so.
type client struct {
	hook store.Webhook
	http *http.Client
}

// A Result is what came of one attempt.
type Result struct {
	Status  int           // HTTP status; 0 if no answer came
	Took    time.Duration // until the last byte, or the failure
	Body    []byte        // of the answer
	Timeout bool          // it took longer than it may
	Problem string        // why the attempt failed; "" if it did not
}

// send makes one attempt. q lacks what changes from one to the next.
func (s *Sender) send(ctx context.Context, app *store.App, q wire.WebhookQuery, body []byte) (r Result) {
	began := time.Now()
	defer func() { r.Took = time.Since(began) }()
	ctx, cancel := context.WithTimeout(ctx, s.limit())
	defer cancel()
	c, err := s.client(app)
	if err != nil {
		return Result{Problem: err.Error()}
	}
	q.AppID, q.Token, q.Time = uint32(app.ID), app.Webhook.Token, s.now().Unix()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, q.URL(app.Webhook.URL), bytes.NewReader(body))
	if err != nil {
		return Result{Problem: "the webhook's URL cannot be read"}
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "Kith")
	request.Header["Idempotency-Key"] = nil // nothing is sent, but a kept connection that has gone is tried anew
	response, err := c.Do(request)
	if err != nil {
		return s.failed(0, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxReply+1))
	if err != nil {
		return s.failed(response.StatusCode, err)
	}
	return Result{Status: response.StatusCode, Body: answer, Problem: judge(&app.Webhook, response, answer)}
}

func (s *Sender) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// limit is how long an attempt may take.
func (s *Sender) limit() time.Duration { return cmp.Or(s.longest, timeout) }

// failed is an attempt to which no whole answer came. The text names no URL,
// for that holds the signature.
func (s *Sender) failed(status int, err error) Result {
	r := Result{Status: status}
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	network, isNetwork := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded), isNetwork && network.Timeout():
		r.Timeout = true
		r.Problem = fmt.Sprintf("no answer within %v", s.limit())
	case errors.Is(err, context.Canceled):
		r.Problem = "the server was stopped"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		r.Problem = "the connection was closed before the answer was there"
	default:
		r.Problem = reason(err)
	}
	return r
}

// reason says why no connection or no answer came. Texts that may hold what the
// other side sent, and it may send the signature back, are left out.
func reason(err error) string {
	var (
		denied      *deniedError
		lookup      *net.DNSError
		operation   *net.OpError
		certificate *tls.CertificateVerificationError
		record      tls.RecordHeaderError
		alert       tls.AlertError
	)
	switch {
	case errors.As(err, &denied), errors.As(err, &lookup), errors.As(err, &certificate), errors.As(err, &record), errors.As(err, &alert), errors.As(err, &operation):
		return shortened(err.Error())
	}
	return "the answer is not HTTP that can be read"
}

// mostProblem bounds the text of a problem, in bytes.
const mostProblem = 300

// shortened is text as it can stand in one line of a table.
func shortened(text string) string {
	if len(text) > mostProblem {
		text = text[:mostProblem] + "..."
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// judge tells what is wrong with an answer; "" is nothing.
func judge(w *store.Webhook, response *http.Response, answer []byte) string {
	status := response.StatusCode
	success := status == http.StatusOK || w.AnySuccess && status/100 == 2
	switch {
	case status/100 == 3:
		return fmt.Sprintf("HTTP status %d: redirects are not followed; set the URL to where it leads", status)
	case !success && status/100 == 2:
		return fmt.Sprintf("HTTP status %d: only 200 is success; answer 200, or set accept=2xx", status)
	case !success:
		return fmt.Sprintf("HTTP status %d: only 200 is success", status)
	case len(answer) > maxReply:
		return fmt.Sprintf("the answer is larger than %d bytes", maxReply)
	}
	if err := wire.IsJSON(answer); err != nil {
		return err.Error()
	}
	return ""
}

// client returns what reaches the app's back end, made anew when its webhook
// is set otherwise.
func (s *Sender) client(app *store.App) (*http.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.clients[app.ID]; ok && c.hook == app.Webhook {
		return c.http, nil
	}
	transport, err := s.transport(&app.Webhook)
	if err != nil {
		return nil, err
	}
	if c, ok := s.clients[app.ID]; ok {
		c.http.CloseIdleConnections()
	}
	if s.clients == nil {
		s.clients = map[chain.AppID]*client{}
	}
	c := &client{app.Webhook, &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	s.clients[app.ID] = c
	return c.http, nil
}

// forget drops what is kept of an app that is gone.
func (s *Sender) forget(app chain.AppID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.clients[app]; ok {
		c.http.CloseIdleConnections()
		delete(s.clients, app)
	}
}

func (s *Sender) transport(w *store.Webhook) (*http.Transport, error) {
	config, err := w.TLS()
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: s.limit(), Control: s.mayReach}
	return &http.Transport{
		// No proxy: behind one, nobody could tell what a URL reaches.
		DialContext:            dialer.DialContext,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    s.limit(),
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{}, // HTTP/1.1 alone
		MaxIdleConnsPerHost:    maxIdle,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxReplyHeader,
		DisableCompression:     true,
	}, nil
}

// A deniedError says that a webhook may not reach an address.
type deniedError struct{ ip netip.Addr }

// Error implements error.
func (e *deniedError) Error() string {
	return fmt.Sprintf("webhooks may not reach %s: its network is denied on this server", e.ip)
}

// denies tells whether a network that no webhook may reach has ip in it. The
// unspecified address is this machine, as its loopback addresses are.
func (s *Sender) denies(ip netip.Addr) bool {
	if ip.IsUnspecified() {
		return s.denies(netip.AddrFrom4([4]byte{127, 0, 0, 1})) || s.denies(netip.IPv6Loopback())
	}
	return slices.ContainsFunc(s.Deny, func(p netip.Prefix) bool { return unmapped(p).Contains(ip) })
}

// unmapped is the network of IPv4 that p stands for, or p itself.
func unmapped(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}

// mayReach refuses to connect to a denied network. It sees the address itself,
// so that no name can lead there.
func (s *Sender) mayReach(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("the address %s cannot be judged", address)
	}
	ip := at.Addr().Unmap().WithZone("")
	if s.denies(ip) {
		return &deniedError{ip}
	}
	return nil
}
