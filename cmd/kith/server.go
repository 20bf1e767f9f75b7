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
	api       http.Handler
	admin     *admin.Server
	timeout   time.Duration // for calls under way when told to stop
	log       *slog.Logger
}

// serve runs until ctx is done, and then until the calls under way are
// answered. It says on stderr where it listens, in lines that scripts can wait
// for whatever the log looks like.
func (s *server) serve(ctx context.Context, stderr io.Writer) error {
	failed := make(chan error, 2)
	adminServer := s.start(failed, s.listeners.admin, &http.Server{Handler: s.admin})
	if s.listeners.admin != nil {
		fmt.Fprintf(stderr, "admin on http://%s\n", s.listeners.admin.Addr())
	}
	apiServer := s.start(failed, s.listeners.api, &http.Server{Handler: s.api, TLSConfig: s.listeners.tls})
	fmt.Fprintf(stderr, "listening on %s\n", s.listeners.url())

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.drain(apiServer)
	return errors.Join(err, adminServer.Close())
}

// start serves l in the background, unless it is nil.
func (s *server) start(failed chan<- error, l net.Listener, h *http.Server) *http.Server {
	h.ReadHeaderTimeout = headerTimeout
	h.ReadTimeout = readTimeout
	h.WriteTimeout = writeTimeout
	h.IdleTimeout = idleTimeout
	h.MaxHeaderBytes = maxHeader
	h.ErrorLog = slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)
	if l == nil {
		return h
	}
	go func() {
		serve := h.Serve
		if h.TLSConfig != nil {
			serve = func(l net.Listener) error { return h.ServeTLS(l, "", "") }
		}
		if err := serve(l); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serve %s: %w", l.Addr(), err)
		}
	}()
	return h
}

// drain stops accepting and waits for the calls under way, but not for long.
func (s *server) drain(h *http.Server) {
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
