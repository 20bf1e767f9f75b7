// Package load puts a server of the protocol under load and measures what it
// does: how many calls it answers, how long each takes, and what they cost it
// and its caller.
//
// It is a generator, not a client: requests are prepared as bytes, connections
// are plain sockets, and of an answer no more is read than tells whether it is
// the right one, because on a machine that server and generator share, whatever
// the generator takes the server does not get. What it takes is measured too.
package load

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"sync"
	"time"

	"kith/usersig"
	"kith/wire"
)

// A Target is a server to be put under load. Make it with [NewTarget].
type Target struct {
	base    *url.URL
	head    string // of every request, from behind the path to the length
	prefix  string // of every account that the load is about
	patient time.Duration

	mu    sync.Mutex
	heads map[wire.Command][]byte
}

// Credentials say who calls. The UserSig is made once and used for every call,
// as clients do.
type Credentials struct {
	AppID      uint32
	Secret     string
	Identifier string
}

// NewTarget names the server at a base URL. The load is about accounts whose
// names begin with prefix, at most 20 bytes.
func NewTarget(base string, c Credentials, prefix string) (*Target, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is no base URL: write http://HOST:PORT", base)
	}
	sig, err := usersig.New(c.AppID, c.Secret, c.Identifier, time.Now(), 24*time.Hour)
	if err != nil {
		return nil, err
	}
	query := "?sdkappid=" + strconv.FormatUint(uint64(c.AppID), 10) + "&identifier=" + url.QueryEscape(c.Identifier) +
		"&usersig=" + url.QueryEscape(sig) + "&random=1234567890&contenttype=json"
	return &Target{
		base: u, prefix: prefix, patient: 30 * time.Second,
		head:  query + " HTTP/1.1\r\nHost: " + u.Host + "\r\nContent-Type: application/json\r\nContent-Length: ",
		heads: map[wire.Command][]byte{},
	}, nil
}

// at is the same load on another server, which sees the same requests.
func (t *Target) at(base string) (*Target, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	return &Target{base: u, head: t.head, prefix: t.prefix, patient: t.patient, heads: map[wire.Command][]byte{}}, nil
}

// headOf is the first part of every request of a command.
func (t *Target) headOf(c wire.Command) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	head, ok := t.heads[c]
	if !ok {
		head = []byte("POST " + t.base.Path + "/" + c.Path() + t.head)
		t.heads[c] = head
	}
	return head
}

// A Call is one call to be made. Whoever fills it in may keep the memory of
// Body from one call to the next.
type Call struct {
	Command wire.Command
	Body    []byte
	Units   int   // what it counts for, in the unit of the workload
	Owner   int   // for whoever looks at the answer
	Allowed []int // codes besides 0 that are no error, of the call or an item
	More    bool  // it and the next one are measured as one
}

// A Caller makes the calls of one connection.
type Caller struct {
	// Next fills in the next call; it is false when there is none any more.
	Next func(*Call) bool
	// Answered, if not nil, looks at the answer, which is valid until it
	// returns.
	Answered func(c *Call, answer []byte)
}

// A Workload is a kind of load.
type Workload struct {
	Name  string
	About string // in a few words
	Unit  string // what is counted besides calls, such as "edges"; "" is nothing

	// Prepare brings the server into the state that the load starts from.
	Prepare func(context.Context, *Target) error
	// Caller makes the caller of one connection.
	Caller func(seed uint64) Caller
	// Verify, if not nil, finds out whether the server is as it must be after
	// the load.
	Verify func(context.Context, *Target) error
}

// user appends the name of the i-th account. Names are of one length.
func (t *Target) user(b []byte, i int) []byte {
	b = append(b, t.prefix...)
	b = append(b, 'u')
	for div := 1_000_000; div > 0; div /= 10 {
		b = append(b, byte('0'+i/div%10))
	}
	return b
}

// quoted appends the name of an account as JSON.
func (t *Target) quoted(b []byte, i int) []byte {
	return append(t.user(append(b, '"'), i), '"')
}
