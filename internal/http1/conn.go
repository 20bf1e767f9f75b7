package http1

import (
	"errors"
	"io"
	"net"
	"runtime/debug"
	"slices"
	"sync/atomic"
	"time"
)

// A conn is one connection, whose calls are answered one after the other.
type conn struct {
	net.Conn
	server *Server
	peer   Peer
	body   body
	state  atomic.Int32
	now    time.Time // of the last answer, at first of the connection
	used   bool      // a request was read

	buf        [bufferSize]byte
	start, end int // of what was received and not used

	readLimit, writeLimit limit
}

// states of a conn.
const (
	idle   = iota // between two calls
	active        // from the first byte of a call to its answer
	gone          // closed, or about to be
)

func newConn(s *Server, nc net.Conn) *conn {
	c := &conn{Conn: nc, server: s, now: time.Now()}
	if addr, ok := nc.RemoteAddr().(*net.TCPAddr); ok {
		c.peer = NewPeer(addr.AddrPort().Addr())
	}
	c.body.conn = c
	c.readLimit.set, c.writeLimit.set = nc.SetReadDeadline, nc.SetWriteDeadline
	return c
}

// closeIdle closes the connection unless a call is under way, and tells whether
// it is closed.
func (c *conn) closeIdle() bool {
	if c.state.CompareAndSwap(idle, gone) {
		_ = c.Conn.Close() // says only that it was gone already
	}
	return c.state.Load() == gone
}

// run answers calls until the connection ends or is handed over.
func (c *conn) run() {
	defer c.server.forget(c)
	for {
		h, v := c.await()
		if v == unusual {
			c.handOver()
			return
		}
		if v == partial || !c.answer(&h) || !c.state.CompareAndSwap(active, idle) {
			break
		}
	}
	c.finish() // still active if an answer was given: Shutdown waits until it is taken
}

// lingering is how long a client that goes on sending has to take an answer
// after which the connection ends. Closed at once, with something left unread,
// the connection would be reset and the answer lost.
const lingering = 500 * time.Millisecond

func (c *conn) finish() {
	if half, ok := c.Conn.(*net.TCPConn); ok && c.body.left > 0 && half.CloseWrite() == nil {
		time.Sleep(lingering)
	}
	_ = c.Conn.Close() // says only that it was gone already
}

// handOver leaves the connection, with all that was received and not used, to
// net/http.
func (c *conn) handOver() {
	_ = c.Conn.SetDeadline(time.Time{}) // net/http sets its own
	if !c.server.aside.hand(c.Conn, slices.Clone(c.buf[c.start:c.end])) {
		_ = c.Conn.Close() // the server is closed
	}
}

// await waits for a request and reads its head, which is partial if the
// connection ended.
func (c *conn) await() (h head, v verdict) {
	if !c.awaitFirst() || !c.state.CompareAndSwap(idle, active) {
		return h, partial // ended, or closed meanwhile
	}
	if c.used {
		c.skipBreaks()
	}
	if h, v = readHead(c.buf[c.start:c.end]); v == partial {
		c.readLimit.force(time.Now(), c.server.times.head)
		h, v = c.awaitRest()
	}
	if v == plain {
		c.start += h.size
		c.used = true
	}
	return h, v
}

// mostBreaks is how many bytes behind a body are passed over if they are line
// breaks, which some old clients send there. As in net/http, a client that sends
// fewer bytes than that and no more has sent nothing.
const mostBreaks = 4

// awaitFirst waits for the first bytes of a request; it is false if the
// connection ended.
func (c *conn) awaitFirst() bool {
	least := 1
	if c.used {
		least = mostBreaks
	}
	if c.end-c.start >= least {
		return true
	}
	c.compact()
	if c.used {
		c.readLimit.renew(c.now, c.server.times.idle)
	} else {
		c.readLimit.force(c.now, c.server.times.head) // as for the rest of a head
	}
	for c.end < least {
		if c.receive() != nil {
			return false
		}
	}
	return true
}

func (c *conn) skipBreaks() {
	for range mostBreaks {
		if b := c.buf[c.start]; b != '\r' && b != '\n' {
			return
		}
		c.start++
	}
}

// awaitRest waits for the rest of a head. One that does not fit the buffer, or
// never comes, is for net/http to answer.
func (c *conn) awaitRest() (h head, v verdict) {
	c.compact()
	for v = partial; v == partial; h, v = readHead(c.buf[:c.end]) {
		if c.end == len(c.buf) {
			return h, unusual
		}
		switch err := c.receive(); {
		case errors.Is(err, io.EOF):
			return h, unusual
		case err != nil:
			return h, partial
		}
	}
	return h, v
}

// compact moves what was not used to the front of the buffer.
func (c *conn) compact() {
	c.end = copy(c.buf[:], c.buf[c.start:c.end])
	c.start = 0
}

// receive reads more into the buffer.
func (c *conn) receive() error {
	n, err := c.Conn.Read(c.buf[c.end:])
	c.end += n
	if n > 0 {
		return nil
	}
	return err
}

// answer answers a plain call and tells whether the connection is kept.
func (c *conn) answer(h *head) (kept bool) {
	defer func() {
		if p := recover(); p != nil {
			c.server.warn("panic while a call was answered:", p, string(debug.Stack()))
			kept = false
		}
	}()
	c.body.left, c.body.waited = h.length, false
	r := Request{
		Context: c.server.context, Path: h.path, Query: h.query, Peer: c.peer, Forwarded: h.forwarded,
		Length: h.length, Body: &c.body,
	}
	buf := NewBuffer()
	defer buf.Free()
	buf.Bytes = c.server.Handler.Answer(&r, c.server.room(buf.Bytes))
	kept = !r.Close && c.body.skip() && !c.server.draining.Load()
	c.now = time.Now()
	c.writeLimit.renew(c.now, c.server.times.write)
	_, err := c.Conn.Write(c.server.addHead(buf.Bytes, c.now, kept))
	return kept && err == nil
}

// A body is that of the call that is being answered.
type body struct {
	conn   *conn
	left   int64 // bytes that were not read yet
	waited bool  // the client did not send all at once
}

// Read implements [io.Reader].
func (b *body) Read(p []byte) (n int, err error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	c := b.conn
	p = p[:min(int64(len(p)), b.left)]
	if n = copy(p, c.buf[c.start:c.end]); n > 0 {
		c.start += n
		b.left -= int64(n)
		return n, nil
	}
	if !b.waited {
		b.waited = true
		c.readLimit.force(time.Now(), c.server.times.read)
	}
	n, err = c.Conn.Read(p)
	b.left -= int64(n)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// skip passes over what is left of the body; it is false if the connection
// cannot be used after that.
func (b *body) skip() bool {
	if b.left == 0 {
		return true
	}
	if b.left > largestSkipped {
		return false
	}
	_, err := io.Copy(io.Discard, b)
	return err == nil
}

// A limit is a deadline of a connection, which is set anew only after a tenth of
// its time: setting it costs about as much as reading a head.
type limit struct {
	set  func(time.Time) error
	last time.Time // when it was set; zero if another was set since
}

// renew puts the limit off, to within a tenth.
func (l *limit) renew(now time.Time, after time.Duration) {
	if now.Sub(l.last) > after/10 {
		l.force(now, after)
		l.last = now
	}
}

// force sets the limit for once.
func (l *limit) force(now time.Time, after time.Duration) {
	var at time.Time // none
	if after > 0 {
		at = now.Add(after)
	}
	_ = l.set(at) // says only that the connection is gone
	l.last = time.Time{}
}
