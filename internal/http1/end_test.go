package http1_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/http1"
)

// slow answers when it is let go, or panics.
type slow struct {
	began chan struct{}
	goOn  chan struct{}
}

func newSlow() *slow { return &slow{make(chan struct{}, 10), make(chan struct{})} }

func (s *slow) Answer(r *http1.Request, dst []byte) []byte {
	if r.Path == "/panic" {
		panic("on purpose")
	}
	s.began <- struct{}{}
	select {
	case <-s.goOn:
	case <-r.Context.Done():
	}
	return append(dst, "done"...)
}

// A client is one connection.
type client struct {
	net.Conn
	t testing.TB
}

func dial(t testing.TB, addr string) client {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(10 * time.Second))
	return client{c, t}
}

// dialAside returns a connection that was handed over to net/http.
func dialAside(t testing.TB, addr string) client {
	t.Helper()
	c := dial(t, addr)
	c.send("GET / HTTP/1.1\r\nHost: k\r\n\r\n")
	if _, err := c.Read(make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c client) send(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		c.t.Fatal(err)
	}
}

// rest is all that still comes before the connection ends.
func (c client) rest() string {
	c.t.Helper()
	text, err := io.ReadAll(c)
	if err != nil {
		c.t.Fatalf("%q, then %v", text, err)
	}
	return string(text)
}

// TestShutdown: a call under way is answered, and told that its connection ends;
// connections without one end at once, and no new ones are taken.
func TestShutdown(t *testing.T) {
	handler := newSlow()
	s, addr := serve(t, handler, &http.Server{})
	fresh, used, busy, aside := dial(t, addr), dial(t, addr), dial(t, addr), dialAside(t, addr)
	used.send(good)
	<-handler.began
	handler.goOn <- struct{}{}
	readDone(t, used)
	busy.send(good)
	<-handler.began

	ended := make(chan error, 1)
	go func() { ended <- s.Shutdown(t.Context()) }()
	for _, c := range []client{fresh, used} {
		if text := c.rest(); text != "" {
			t.Errorf("an idle connection gets %q", text)
		}
	}
	if _, err := net.DialTimeout("tcp", addr, time.Second); err == nil {
		t.Error("a new connection is taken")
	}
	select {
	case err := <-ended:
		t.Fatalf("Shutdown = %v with a call under way", err)
	case <-time.After(50 * time.Millisecond):
	}
	handler.goOn <- struct{}{}
	if text := busy.rest(); !strings.HasSuffix(text, "done") || !strings.Contains(text, "\r\nConnection: close\r\n") {
		t.Errorf("the last answer is %q", text)
	}
	if err := <-ended; err != nil {
		t.Errorf("Shutdown = %v", err)
	}
	if text := aside.rest(); text != "" {
		t.Errorf("a connection of net/http gets %q", text)
	}
}

func readDone(t testing.TB, c client) {
	t.Helper()
	for text, b := "", make([]byte, 1000); !strings.HasSuffix(text, "done"); {
		n, err := c.Read(b)
		if err != nil {
			t.Fatalf("%q, then %v", text, err)
		}
		text += string(b[:n])
	}
}

// TestShutdownAside: while a plain call is waited for, net/http answers no new
// calls on the connections that it keeps.
func TestShutdownAside(t *testing.T) {
	handler := newSlow()
	s, addr := serve(t, handler, &http.Server{})
	busy, aside := dial(t, addr), dialAside(t, addr)
	busy.send(good)
	<-handler.began
	ended := make(chan error, 1)
	go func() { ended <- s.Shutdown(t.Context()) }()
	if text := aside.rest(); text != "" {
		t.Errorf("a connection of net/http gets %q", text)
	}
	handler.goOn <- struct{}{}
	if err := <-ended; err != nil {
		t.Errorf("Shutdown = %v", err)
	}
}

// TestServeAfterShutdown: whoever is stopped before it begins does not begin.
func TestServeAfterShutdown(t *testing.T) {
	s := &http1.Server{Handler: mirror{}, Rest: &http.Server{Handler: mirror{}}}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	l := listen(t)
	if err := s.Serve(l); err != http.ErrServerClosed {
		t.Errorf("Serve = %v", err)
	}
	if _, err := net.DialTimeout("tcp", l.Addr().String(), time.Second); err == nil {
		t.Error("the listener stays open")
	}
}

// TestShutdownLingers: who still sends what nobody reads has time to take the
// answer.
func TestShutdownLingers(t *testing.T) {
	const lingering = 500 * time.Millisecond
	s, addr := serve(t, mirror{}, &http.Server{})
	c := dial(t, addr)
	begin := time.Now()
	c.send("POST /unread HTTP/1.1\r\nHost: k\r\nContent-Length: 9000000\r\n\r\n")
	if _, err := c.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	c.send("x")
	err := s.Shutdown(t.Context())
	if took := time.Since(begin); err != nil || took < lingering {
		t.Errorf("Shutdown = %v, %v after the call, want %v at least", err, took, lingering)
	}
}

// TestShutdownTooLong: who waits no longer can close everything.
func TestShutdownTooLong(t *testing.T) {
	handler := newSlow()
	s, addr := serve(t, handler, &http.Server{})
	busy := dial(t, addr)
	busy.send(good)
	<-handler.began
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Shutdown = %v", err)
	}
	s.Close()
	if _, err := io.ReadAll(busy); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("after Close: %v", err)
	}
}

// A sink keeps what is logged.
type sink struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(b)
}

func (s *sink) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// TestPanic: a handler that panics ends one connection and is logged.
func TestPanic(t *testing.T) {
	handler, logged := newSlow(), new(sink)
	_, addr := serve(t, handler, &http.Server{ErrorLog: log.New(logged, "", 0)})
	c, other := dial(t, addr), dial(t, addr)
	c.send(strings.Replace(good, "/v4/sns/friend_check", "/panic", 1))
	if text := c.rest(); text != "" {
		t.Errorf("answered %q", text)
	}
	if !strings.Contains(logged.String(), "on purpose") || strings.Contains(logged.String(), "usersig") {
		t.Errorf("logged %q", logged)
	}
	other.send(good)
	<-handler.began
	handler.goOn <- struct{}{}
	readDone(t, other)
}

// TestTimeouts: whoever sends nothing, half a head or half a body, and whoever
// takes no answer, does not hold a connection for long.
func TestTimeouts(t *testing.T) {
	const short, long = 100 * time.Millisecond, time.Minute
	body := strings.Replace(good, "Content-Length: 5", "Content-Length: 50", 1)
	type timeouts struct{ idle, head, read time.Duration }
	for name, test := range map[string]struct {
		timeouts
		send, want string
	}{
		"nothing":           {timeouts{long, short, long}, "", ""},
		"nothing after one": {timeouts{short, long, long}, good, "200 OK"},
		"half a head":       {timeouts{long, short, long}, good[:60], ""},
		"half a body":       {timeouts{long, long, short}, body, "true"},
		"no head, aside":    {timeouts{long, time.Second, long}, "GET /", "400 Bad Request"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, addr := serve(t, mirror{}, &http.Server{IdleTimeout: test.idle, ReadHeaderTimeout: test.head, ReadTimeout: test.read})
			c := dial(t, addr)
			c.send(test.send)
			if text := c.rest(); !strings.Contains(text, test.want) || test.want == "" && text != "" {
				t.Errorf("answered %q, want %q in it", text, test.want)
			}
		})
	}
	// Not beside the others: so long an answer would take the time that they have.
	t.Run("takes no answer", func(t *testing.T) {
		_, addr := serve(t, flood{}, &http.Server{WriteTimeout: short})
		c := dial(t, addr)
		c.send(good)
		if _, err := c.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * short) // while the server waits to write the rest
		if n, _ := io.Copy(io.Discard, c); n >= floodSize {
			t.Errorf("the answer arrives whole, %d bytes, though nobody took it in time", n)
		}
	})
}

const floodSize = 64 << 20

type flood struct{}

func (flood) Answer(_ *http1.Request, dst []byte) []byte {
	return append(dst, make([]byte, floodSize)...)
}
