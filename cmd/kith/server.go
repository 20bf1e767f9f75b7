package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"kith/internal/admin"
	"kith/internal/api"
	"kith/internal/http1"
)

// Limits of a connection. A call of the largest body on a slow line fits well
// into them; a client that sends nothing, or reads nothing, does not hold a
// connection for long.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = time.Minute
	writeTimeout  = time.Minute
	idleTimeout   = 2 * time.Minute

	// maxHeader has room for the longest UserSig, 8 KiB, with every character
	// escaped.
	maxHeader = 64 << 10
)

// A server is what runs between the start and the end.
type server struct {
	listeners *listeners
	api       *api.Server
	admin     *admin.Server
	timeout   time.Duration // for calls under way when told to stop
	log       *slog.Logger
}

// A stopper serves a listener until it is told to stop.
type stopper interface {
	Serve(net.Listener) error
	Shutdown(context.Context) error
	Close() error
}

// serve runs until ctx is done, and then until the calls under way are
// answered. It says on stderr where it listens, in lines that scripts can wait
// for whatever the log looks like.
func (s *server) serve(ctx context.Context, stderr io.Writer) error {
	failed := make(chan error, 2)
	adminServer := s.newHTTP(s.admin)
	if s.listeners.admin != nil {
		s.start(failed, s.listeners.admin, adminServer)
		fmt.Fprintf(stderr, "admin on http://%s\n", s.listeners.admin.Addr())
	}
	apiServer := s.newAPI()
	s.start(failed, s.listeners.api, apiServer)
	fmt.Fprintf(stderr, "listening on %s\n", s.listeners.url())

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.drain(apiServer)
	return errors.Join(err, adminServer.Close())
}

// newAPI returns what serves the protocol.
func (s *server) newAPI() stopper {
	h := s.newHTTP(s.api)
	if s.listeners.tls != nil {
		h.TLSConfig = s.listeners.tls
		return overTLS{h}
	}
	return &http1.Server{Handler: s.api, Header: api.Header, Rest: h}
}

// overTLS is a server whose connections are encrypted.
type overTLS struct{ *http.Server }

func (s overTLS) Serve(l net.Listener) error { return s.ServeTLS(l, "", "") }

func (s *server) newHTTP(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
}

// start serves l in the background.
func (s *server) start(failed chan<- error, l net.Listener, h stopper) {
	go func() {
		if err := h.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serve %s: %w", l.Addr(), err)
		}
	}()
}

// drain stops accepting and waits for the calls under way, but not for long.
func (s *server) drain(h stopper) {
	s.admin.Drain()
	ctx, cancel := context.WithTimeout(context.Background(), s.timeout)
	defer cancel()
	if err := h.Shutdown(ctx); err != nil {
		s.log.Warn("cut off the calls that were still under way", "after", s.timeout, "cause", err)
		_ = h.Close() // says only that a connection was gone already
	}
}

// untilSignal returns a context that ends with the first SIGTERM or Ctrl-C. A
// second one ends the process at once, until stop is called.
func untilSignal(parent context.Context, log *slog.Logger) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		log.Info("stopping; a second signal quits at once", "signal", <-signals)
		cancel()
		<-signals
		os.Exit(130) // as a shell reports a program that Ctrl-C ended
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}
