package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"kith/internal/janitor"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/postgres"
	"kith/internal/transfer"
)

// copyCmd copies everything from one store to another.
type copyCmd struct {
	From       string `required:"" placeholder:"STORE" help:"What to copy: a data directory, or the postgres:// URL of a database."`
	To         string `required:"" placeholder:"STORE" help:"Where to: a new data directory, or a database, whose tables are made if need be."`
	Distribute string `placeholder:"citus" help:"Spread the tables of --to over the nodes of a cluster, by the extension Citus."`
}

// Help is what --help says below the flags.
func (copyCmd) Help() string {
	return `Stop all servers of both first; while one is running, nothing is copied. A copy that was cut off goes on where it was when it is started again; a store that has apps or users of its own is not written over. At the end every user and event is compared; the exit code is 0 only if all are the same.

Events are numbered anew, from 1 on.

Example:
  kith copy --from ./kith-data --to postgres://kith@db.example.com/kith`
}

// Run copies.
func (c *copyCmd) Run() (err error) {
	if c.From == c.To {
		return errors.New("--from and --to are the same")
	}
	if !isDatabase(c.From) {
		if _, err := os.Stat(c.From); err != nil {
			return fmt.Errorf("--from: %w", err) // it is not made, as a server makes its own
		}
	}
	log := slog.New(slog.DiscardHandler)
	ctx, stop := untilSignal(context.Background(), log)
	defer stop()
	from, closeFrom, err := openPlace(ctx, c.From, postgres.Options{Log: log})
	if err != nil {
		return fmt.Errorf("--from: %w", err)
	}
	defer func() { err = errors.Join(err, closeFrom()) }()
	to, closeTo, err := openPlace(ctx, c.To, postgres.Options{Migrate: true, Distribute: c.Distribute, Log: log})
	if err != nil {
		return fmt.Errorf("--to: %w", err)
	}
	defer func() { err = errors.Join(err, closeTo()) }()

	t := &transfer.Transfer{From: from, To: to}
	defer inBackground(func(ctx context.Context) { tellProgress(ctx, os.Stderr, t) })()
	if err := t.Run(ctx); err != nil {
		return err
	}
	p := t.Progress()
	fmt.Printf("copied %d users (%d were there already) and %d events; all %d are the same\n", p.Users, p.Users-p.Written, p.Events, p.Checked)
	return nil
}

// isDatabase tells a connection string, a URL or key=value pairs, from a
// directory.
func isDatabase(place string) bool {
	return strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://") ||
		strings.Contains(place, "host=") || strings.Contains(place, "dbname=")
}

// openPlace opens a data directory or a database that no server works on, and
// returns how to close it.
func openPlace(ctx context.Context, place string, o postgres.Options) (s store.Store, end func() error, err error) {
	if isDatabase(place) {
		s, err = postgres.Open(ctx, place, o)
	} else {
		s, err = embedded.Open(place, embedded.Options{Log: o.Log})
	}
	if err != nil {
		return nil, nil, err
	}
	release, err := janitor.Claim(ctx, s, o.Log)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, func() error {
		release()
		return s.Close()
	}, nil
}

// tellProgress says every few seconds how far a copy is.
func tellProgress(ctx context.Context, w io.Writer, t *transfer.Transfer) {
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			p := t.Progress()
			fmt.Fprintf(w, "looked at %d users, wrote %d of them with %d friends, and %d events; compared %d users\n", p.Users, p.Written, p.Friends, p.Events, p.Checked)
		}
	}
}
