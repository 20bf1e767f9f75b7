package http1

import (
	"io"
	"net"
	"sync"
)

// An aside is the listener from which net/http takes the connections that are
// handed over to it.
type aside struct {
	addr   net.Addr
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newAside() *aside { return &aside{conns: make(chan net.Conn), closed: make(chan struct{})} }

// hand gives a connection to net/http, which reads again what was received of
// it already. It is false if net/http takes no more.
func (a *aside) hand(conn net.Conn, received []byte) bool {
	select {
	case a.conns <- &resumed{conn, received}:
		return true
	case <-a.closed:
		return false
	}
}

// Accept implements [net.Listener].
func (a *aside) Accept() (net.Conn, error) {
	select {
	case c := <-a.conns:
		return c, nil
	case <-a.closed:
		return nil, net.ErrClosed
	}
}

// Close implements [net.Listener].
func (a *aside) Close() error {
	a.once.Do(func() { close(a.closed) })
	return nil
}

// Addr implements [net.Listener].
func (a *aside) Addr() net.Addr { return a.addr }

// A resumed connection is one of which the first bytes were received already.
type resumed struct {
	net.Conn
	received []byte
}

func (r *resumed) Read(b []byte) (int, error) {
	if len(r.received) == 0 {
		return r.Conn.Read(b)
	}
	n := copy(b, r.received)
	r.received = r.received[n:]
	return n, nil
}

// CloseWrite lets net/http end its side first, so that the last answer is not
// lost with what the client still sends.
func (r *resumed) CloseWrite() error {
	if half, ok := r.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return io.ErrClosedPipe
}
