// Package http1 answers the plain calls that SDKs make, HTTP/1.1 POSTs with a
// length, straight from their connections. A connection on which anything else
// arrives is handed over to net/http, from the first byte of that request on, so
// that whatever a client says in HTTP means what it means there.
//
// It knows nothing of what is called.
package http1

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/netip"
	"time"
)

// A Request is what the answer to a call may depend on. It and all it leads to,
// but for the texts, are valid until the call is answered.
type Request struct {
	Context   context.Context
	Path      string
	Query     string // as it was sent
	Peer      Peer
	Forwarded []string  // the values of X-Forwarded-For, in order
	Length    int64     // of the body, in bytes; -1 if it is not known
	Body      io.Reader // to be read or not

	// Close is set to end the connection after the answer, because the rest of
	// the body is not worth reading.
	Close bool
}

// A Handler answers calls, any number of them at a time.
type Handler interface {
	// Answer appends the body of the answer to dst.
	Answer(r *Request, dst []byte) []byte
}

// A Peer is who is at the other end of a connection.
type Peer struct {
	IP   netip.Addr // invalid if it is not known
	Text string     // IP in words; "" if it is not known
}

// NewPeer returns the peer at an address.
func NewPeer(addr netip.Addr) Peer {
	ip := addr.Unmap().WithZone("")
	if !ip.IsValid() {
		return Peer{}
	}
	return Peer{ip, ip.String()}
}

// Limits of a connection. Times are kept to within a tenth of them, for setting
// them anew for each call would cost more than reading it.
const (
	// bufferSize is how long the head of a plain request may be, in bytes: many
	// times that of any SDK's.
	bufferSize = 4 << 10

	// largestSkipped is up to how many bytes of a body that nobody read are
	// passed over for the sake of the connection, as in net/http.
	largestSkipped = 256 << 10
)

// timeouts of a connection, from those of its server as net/http takes them; 0 is
// none.
type timeouts struct{ head, read, write, idle time.Duration }

func timeoutsOf(s *http.Server) timeouts {
	return timeouts{
		head: cmp.Or(s.ReadHeaderTimeout, s.ReadTimeout), read: s.ReadTimeout,
		write: s.WriteTimeout, idle: cmp.Or(s.IdleTimeout, s.ReadTimeout),
	}
}
