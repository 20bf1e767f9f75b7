package http1

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// A Server answers plain calls by Handler and leaves all others to Rest, whose
// timeouts hold for both.
type Server struct {
	Handler Handler
	Header  http.Header // of every answer
	Rest    *http.Server

	once    sync.Once
	start   []byte // of every answer
	stamp   atomic.Pointer[stamp]
	times   timeouts
	aside   *aside
	context context.Context
	cancel  context.CancelFunc

	draining atomic.Bool

	mu       sync.Mutex
	listener net.Listener
	conns    map[*conn]struct{}
}

func (s *Server) init() {
	s.once.Do(func() {
		s.start = newStart(s.Header)
		s.times = timeoutsOf(s.Rest)
		s.aside = newAside()
		s.conns = map[*conn]struct{}{}
		s.context, s.cancel = context.WithCancel(context.Background())
	})
}

// Serve answers what comes over the connections of l until Shutdown or Close is
// called; then it returns [http.ErrServerClosed].
func (s *Server) Serve(l net.Listener) error {
	s.init()
	s.aside.addr = l.Addr()
	if !s.open(l) {
		return http.ErrServerClosed
	}
	rest := make(chan error, 1)
	go func() { rest <- s.Rest.Serve(s.aside) }()
	err := s.accept(l)
	if errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return errors.Join(err, s.Rest.Close(), ignoreClosed(<-rest))
}

// open notes the listener, or closes it if the server is told to stop already.
func (s *Server) open(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listener = l
	if s.draining.Load() {
		_ = l.Close() // nothing is lost with a listener
		return false
	}
	return true
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// longestPause is how long accepting rests at most when it fails for a reason
// that may pass, such as too many open files.
const longestPause = time.Second

func (s *Server) accept(l net.Listener) error {
	pause := 5 * time.Millisecond
	for {
		conn, err := l.Accept()
		switch {
		case err == nil:
			pause = 5 * time.Millisecond
			s.serve(conn)
		case s.draining.Load():
			return http.ErrServerClosed
		case errors.Is(err, net.ErrClosed):
			return err
		default:
			s.warn("accept a connection, again in", pause, err)
			time.Sleep(pause)
			pause = min(2*pause, longestPause)
		}
	}
}

func (s *Server) warn(what ...any) {
	if s.Rest.ErrorLog != nil {
		s.Rest.ErrorLog.Println(what...)
	}
}

// serve answers what comes over a connection, in the background.
func (s *Server) serve(nc net.Conn) {
	c := newConn(s, nc)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining.Load() {
		_ = nc.Close() // nothing came of it yet
		return
	}
	s.conns[c] = struct{}{}
	go c.run()
}

func (s *Server) forget(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}

// Shutdown stops accepting, closes connections that are idle, and waits for the
// calls under way until ctx is done, whose error it then returns.
func (s *Server) Shutdown(ctx context.Context) error {
	s.init()
	s.drain()
	s.Rest.SetKeepAlivesEnabled(false) // it has no end of its own until all here is answered
	for tick := time.NewTicker(5 * time.Millisecond); ; {
		if s.closeIdle() == 0 {
			tick.Stop()
			return s.Rest.Shutdown(ctx)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return ctx.Err()
		case <-tick.C:
		}
	}
}

func (s *Server) drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draining.Store(true)
	if s.listener != nil {
		_ = s.listener.Close() // nothing is lost with a listener
	}
}

// closeIdle closes connections on which no call is under way and returns how
// many others there are.
func (s *Server) closeIdle() (busy int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		if !c.closeIdle() {
			busy++
		}
	}
	return busy
}

// Close closes all connections at once.
func (s *Server) Close() error {
	s.init()
	s.drain()
	s.cancel()
	s.mu.Lock()
	for c := range s.conns {
		_ = c.Conn.Close() // says only that it was gone already
	}
	s.mu.Unlock()
	return s.Rest.Close()
}
