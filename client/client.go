// Package client calls a server of the protocol: Kith, or the hosted service
// that Kith stands in for.
//
// There is one method for each command, which takes the request of package
// wire and returns its reply, or an error alone where the reply says no more.
// Friends, Blocks and Pendencies read what comes in pages as one sequence.
//
// A refusal of the whole request is a [*wire.Error], with code and text; find
// it with [errors.As]. Refused items are no error: they stand in the reply. On
// any other error, and after a code for an internal error or a timeout, a write
// may or may not have been carried out.
//
// What is safe to repeat is repeated, as often as [Config.Retries] allows:
// reads that failed for a reason that may pass, and any command that the
// server, by the code it answered, did not begin. A write whose outcome is not
// known is never repeated.
//
// The package refuses to know what a command means, and it checks no limits:
// that is for the server. No UserSig ever stands in an error.
package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"kith/usersig"
	"kith/wire"
)

// Config says whom to call, and as whom.
type Config struct {
	// BaseURL is the server's address: scheme, host and port, and the path
	// that stands before /v4, if any.
	BaseURL string

	AppID      uint32 // the SDKAppID
	Secret     string // the app's secret, which makes the UserSig
	Identifier string // who calls: an administrator; "" means "administrator"

	// HTTP does the requests; nil means a client of its own, with a timeout of
	// ten seconds for each try and connections kept open, which follows no
	// redirects.
	HTTP *http.Client

	// Retries is how often a call is repeated at most, where that is safe; 0
	// means 2, less than 0 never.
	Retries int
}

// sigValidity is how long a UserSig that a client makes is valid. It is used
// for half of that.
const sigValidity = 24 * time.Hour

// maxReply is the longest reply that is read, in bytes.
const maxReply = 64 << 20

// A Client makes calls. It is safe for concurrent use.
type Client struct {
	config Config

	mu     sync.Mutex
	query  string // with the UserSig
	sig    string
	signed time.Time
}

// New returns a client. Nothing is checked until the first call.
func New(c Config) *Client {
	if c.HTTP == nil {
		c.HTTP = &http.Client{
			Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}, CheckRedirect: stay,
		}
	}
	if c.Retries == 0 {
		c.Retries = defaultRetries
	}
	if c.Identifier == "" {
		c.Identifier = "administrator"
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	return &Client{config: c}
}

// stay follows no redirect: it would take the UserSig to another server.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Call sends a request and reads the answer into reply, which points to the
// reply type that goes with the request. It is what the methods for single
// commands are made of, and repeats what is safe to repeat, as they do. A
// refusal of the whole request is a [*wire.Error]; refused items stand in the
// reply. On any other error, and after a code for an internal error or a
// timeout, the server may or may not have carried out the request.
func (c *Client) Call(ctx context.Context, request wire.Request, reply wire.Reply) error {
	return c.do(ctx, request.Command(), request, reply)
}

// do is Call for a command that may go by another name than its request.
func (c *Client) do(ctx context.Context, command wire.Command, request wire.Request, reply wire.Reply) error {
	body, err := wire.Append(nil, request)
	if err != nil {
		return fmt.Errorf("%s: %w", command.Name, err)
	}
	err = c.repeat(ctx, command, func() error { return c.try(ctx, command, body, reply) })
	if err != nil {
		return fmt.Errorf("%s: %w", command.Name, err)
	}
	return nil
}

// CallRaw sends a body as it is, once, and returns the body of the answer as it
// came: whether it is OK is for the caller to see.
func (c *Client) CallRaw(ctx context.Context, command wire.Command, body []byte) ([]byte, error) {
	answer, err := c.post(ctx, command.Path(), body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", command.Name, err)
	}
	return answer, nil
}

// try does a call once.
func (c *Client) try(ctx context.Context, command wire.Command, body []byte, reply wire.Reply) error {
	answer, err := c.post(ctx, command.Path(), body)
	if err != nil {
		return err
	}
	forget(reply)
	if err := wire.DecodeReply(answer, reply); err != nil {
		return c.withoutSig(err)
	}
	return c.withoutSig(reply.Err())
}

// forget drops what an earlier try read into a reply.
func forget(reply wire.Reply) {
	if v := reflect.ValueOf(reply); v.Kind() == reflect.Pointer && !v.IsNil() {
		v.Elem().SetZero()
	}
}

// fetch is what most methods do: a call whose reply is of type R.
func fetch[R any, P interface {
	*R
	wire.Reply
}](ctx context.Context, c *Client, request wire.Request) (R, error) {
	return fetchAs[R, P](ctx, c, request.Command(), request)
}

// fetchAs is fetch for a command that goes by another name than its request.
// A reply comes whole or not at all.
func fetchAs[R any, P interface {
	*R
	wire.Reply
}](ctx context.Context, c *Client, command wire.Command, request wire.Request) (R, error) {
	var reply, none R
	if err := c.do(ctx, command, request, P(&reply)); err != nil {
		return none, err
	}
	return reply, nil
}

// post sends a body and returns the answer's.
func (c *Client) post(ctx context.Context, path string, body []byte) ([]byte, error) {
	query, err := c.signedQuery(time.Now())
	if err != nil {
		return nil, err
	}
	target := c.config.BaseURL + "/" + path + query + strconv.FormatUint(uint64(rand.Uint32()), 10)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return nil, c.withoutSig(withoutURL(err))
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := c.config.HTTP.Do(r)
	if err != nil {
		return nil, c.withoutSig(withoutURL(err))
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	if err != nil {
		return nil, c.withoutSig(withoutURL(err))
	}
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{StatusCode: resp.StatusCode}
	}
	return answer, nil
}

// A StatusError is an answer with another HTTP status than 200, which the
// protocol does not know: something before the server, or none of its kind.
type StatusError struct {
	StatusCode int // such as 502
}

// Error names the status.
func (e *StatusError) Error() string {
	return fmt.Sprintf("the server answered with HTTP status %d %s", e.StatusCode, http.StatusText(e.StatusCode))
}

// withoutURL takes the URL, which holds the UserSig, out of an error.
func withoutURL(err error) error {
	if e, ok := err.(*url.Error); ok {
		return e.Err
	}
	return err
}

// withoutSig takes the UserSig out of an error, should a server repeat what it
// was sent.
func (c *Client) withoutSig(err error) error {
	if err == nil {
		return nil
	}
	c.mu.Lock()
	sig := c.sig
	c.mu.Unlock()
	hide := strings.NewReplacer(sig, hidden, url.QueryEscape(sig), hidden)
	if hide.Replace(err.Error()) == err.Error() {
		return err
	}
	if e, ok := errors.AsType[*wire.Error](err); ok {
		return &wire.Error{Code: e.Code, Info: hide.Replace(e.Info), Display: hide.Replace(e.Display)}
	}
	return errors.New(hide.Replace(err.Error()))
}

// hidden stands where a UserSig stood.
const hidden = "[UserSig]"

// signedQuery returns the query of every call, up to the random number that
// ends it.
func (c *Client) signedQuery(now time.Time) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.query != "" && now.Sub(c.signed) < sigValidity/2 {
		return c.query, nil
	}
	sig, err := usersig.New(c.config.AppID, c.config.Secret, c.config.Identifier, now, sigValidity)
	if err != nil {
		return "", err
	}
	c.sig = sig
	c.query = "?sdkappid=" + strconv.FormatUint(uint64(c.config.AppID), 10) + "&identifier=" + url.QueryEscape(c.config.Identifier) +
		"&usersig=" + url.QueryEscape(sig) + "&contenttype=json&random="
	c.signed = now
	return c.query, nil
}
