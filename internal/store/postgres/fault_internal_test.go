package postgres

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"kith/internal/store"
)

// TestExplainFailure: what an error means depends on what it ended. Only what
// is known not to be written may be tried again, or called refused.
func TestExplainFailure(t *testing.T) {
	answer := func(severity, code string) error {
		return &pgconn.PgError{Severity: severity, SeverityUnlocalized: severity, Code: code, Message: "message", Detail: "Key (owner)=(zoe)"}
	}
	for _, test := range []struct {
		name, label string
		err, want   error // nil: none of the store's
		again       bool
	}{
		{"deadlock", "write", answer("ERROR", deadlockDetected), store.ErrConflict, true},
		{"serialization failure", "write", answer("ERROR", serializationFailure), store.ErrConflict, true},
		{"statement timeout", "write", answer("ERROR", queryCanceled), context.DeadlineExceeded, false},
		{"no room for rows", "write", answer("ERROR", "53100"), nil, false},
		{"no room for the log, in a commit", "write", answer("PANIC", "53100"), store.ErrUncertain, false},
		{"no room for the log, in a read", "read", answer("PANIC", "53100"), store.ErrAway, true},
		{"terminated in a commit", "write", answer("FATAL", "57P01"), store.ErrUncertain, false},
		{"terminated in a read", "read", answer("FATAL", "57P01"), store.ErrAway, true},
		{"connection lost in a commit", "write", io.ErrUnexpectedEOF, store.ErrUncertain, false},
		{"connection lost in a read", "read", io.ErrUnexpectedEOF, store.ErrAway, true},
		{"a standby", "write", answer("ERROR", readOnlyTransaction), store.ErrAway, true},
	} {
		got := explainFailure(t.Context(), test.err, test.label)
		if test.want != nil && !errors.Is(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
		for _, other := range []error{store.ErrConflict, store.ErrAway, store.ErrUncertain} {
			if other != test.want && errors.Is(got, other) {
				t.Errorf("%s: %v is %v, want %v", test.name, got, other, test.want)
			}
		}
		if _, again := errors.AsType[*passing](got); again != test.again {
			t.Errorf("%s: tried again is %v, want %v", test.name, again, test.again)
		}
		if strings.Contains(got.Error(), "zoe") {
			t.Errorf("%s: %v tells data", test.name, got)
		}
	}
}
