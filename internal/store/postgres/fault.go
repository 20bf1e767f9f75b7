package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"kith/internal/store"
)

// A passing failure may be gone when the same transaction is tried again;
// nothing was written. err is what to say when it is not.
type passing struct{ err error }

func (p *passing) Error() string { return p.err.Error() }
func (p *passing) Unwrap() error { return p.err }

// Codes of PostgreSQL (its appendix A).
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	lockNotAvailable     = "55P03"
	uniqueViolation      = "23505" // two made the same row at the same moment
	queryCanceled        = "57014" // it took longer than statement_timeout

	readOnlyTransaction = "25006" // the server has become a standby
	idleInTransaction   = "25P03"
	tooManyConnections  = "53300"

	connectionException   = "08" // a class
	operatorIntervention  = "57P"
	invalidAuthorization  = "28"
	invalidCatalogName    = "3D000"
	insufficientPrivilege = "42501"
)

// explainFailure says what an error of the database means to the caller of the
// store. Which statement failed is told by label; no data of a row is told.
func explainFailure(ctx context.Context, err error, label string) error {
	if ctx.Err() != nil {
		if commits(label) {
			return fmt.Errorf("%s: %w: %w", label, store.ErrUncertain, ctx.Err())
		}
		return fmt.Errorf("%s: %w", label, ctx.Err())
	}
	if errors.Is(err, errVanished) {
		return &passing{fmt.Errorf("%s: %w", label, store.ErrConflict)}
	}
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && !away(refused) {
		return explainRefusal(refused, label)
	}
	if refused, ok := errors.AsType[*pgconn.PgError](err); !ok && !lost(err) {
		return fmt.Errorf("%s: %w", label, err) // a fault of ours, such as a row that cannot be read
	} else if ok && refused.Code == readOnlyTransaction {
		return &passing{fmt.Errorf("%s: %w: the server has become a standby", label, store.ErrAway)}
	}
	if commits(label) && !pgconn.SafeToRetry(err) {
		return fmt.Errorf("%s: %w: %w", label, store.ErrUncertain, oneLine(err))
	}
	failure := fmt.Errorf("%s: %w: %w", label, store.ErrAway, oneLine(err))
	if _, connecting := errors.AsType[*pgconn.ConnectError](err); connecting {
		return failure
	}
	return &passing{failure} // another connection may be better
}

// commits tells whether a batch ends with a commit that must not be repeated
// without knowing what became of it. All others can be.
func commits(label string) bool { return label == "write" }

// explainRefusal is about an error that the server answered a statement with.
// The transaction is over, and nothing was written.
func explainRefusal(err *pgconn.PgError, label string) error {
	switch err.Code {
	case serializationFailure, deadlockDetected, lockNotAvailable, uniqueViolation:
		return &passing{fmt.Errorf("%s: %w", label, store.ErrConflict)}
	case queryCanceled:
		return fmt.Errorf("%s: the database took too long: %w", label, context.DeadlineExceeded)
	}
	// Not the details: they would quote the row.
	return fmt.Errorf("%s: the database refuses: %s (SQLSTATE %s)", label, err.Message, err.Code)
}

// away tells whether an error says that the server cannot be used now. One that
// ended the connection does, whatever its code: a server that finds no room for
// its log during a commit, for instance, may have written that already.
func away(err *pgconn.PgError) bool {
	if err.SeverityUnlocalized == "FATAL" || err.SeverityUnlocalized == "PANIC" {
		return true
	}
	switch err.Code {
	case readOnlyTransaction, idleInTransaction, tooManyConnections:
		return true
	case queryCanceled:
		return false
	}
	return strings.HasPrefix(err.Code, connectionException) || strings.HasPrefix(err.Code, operatorIntervention)
}

// demoted tells whether the server of a connection takes no writes any more, so
// that another one must be looked for.
func demoted(err error) bool {
	refused, ok := errors.AsType[*pgconn.PgError](err)
	return ok && refused.Code == readOnlyTransaction
}

// lost tells whether an error says that there is no connection any more.
func lost(err error) bool {
	_, network := errors.AsType[net.Error](err)
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	return network || connecting || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || pgconn.SafeToRetry(err) ||
		strings.Contains(err.Error(), "conn closed")
}

// An inLine error is one on a single line.
type inLine struct{ error }

func oneLine(err error) error { return inLine{err} }

func (e inLine) Error() string { return strings.Join(strings.Fields(e.error.Error()), " ") }
func (e inLine) Unwrap() error { return e.error }
