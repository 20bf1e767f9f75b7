// Package client calls a server of the protocol: Kith, or the hosted service
// that Kith stands in for.
package client

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
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
	// ten seconds and connections kept open.
	HTTP *http.Client
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
	signed time.Time
}

// New returns a client. Nothing is checked until the first call.
func New(c Config) *Client {
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	}
	if c.Identifier == "" {
		c.Identifier = "administrator"
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	return &Client{config: c}
}

// Call sends a request and reads the answer into reply, which points to the
// reply type that goes with the request. A refusal of the whole request is a
// [*wire.Error]; refused items stand in the reply. On any other error the
// server may or may not have carried out the request.
func (c *Client) Call(ctx context.Context, request wire.Request, reply wire.Reply) error {
	name := request.Command().Name
	body, err := wire.Append(nil, request)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	answer, err := c.post(ctx, request.Command().Path(), body)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := wire.DecodeReply(answer, reply); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := reply.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
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
		return nil, withoutURL(err)
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := c.config.HTTP.Do(r)
	if err != nil {
		return nil, withoutURL(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxReply))
	if err != nil {
		return nil, withoutURL(err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answered with HTTP status %s", resp.Status)
	}
	return answer, nil
}

// withoutURL takes the URL, which holds the UserSig, out of an error.
func withoutURL(err error) error {
	if e, ok := err.(*url.Error); ok {
		return e.Err
	}
	return err
}

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
	c.query = "?sdkappid=" + strconv.FormatUint(uint64(c.config.AppID), 10) + "&identifier=" + url.QueryEscape(c.config.Identifier) +
		"&usersig=" + url.QueryEscape(sig) + "&contenttype=json&random="
	c.signed = now
	return c.query, nil
}
