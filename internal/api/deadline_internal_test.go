package api

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestDeadline ends in the ways that the context of the standard library does,
// whether or not anybody waits for it.
func TestDeadline(t *testing.T) {
	far := time.Now().Add(time.Hour)
	for name, wait := range map[string]bool{"asked": false, "waited for": true} {
		t.Run(name, func(t *testing.T) {
			end := func(parent context.Context, at time.Time) *deadline {
				d := &deadline{Context: parent, end: at}
				if wait {
					d.Done()
				}
				return d
			}
			open := end(t.Context(), far)
			if err := open.Err(); err != nil {
				t.Errorf("before its end: %v", err)
			}
			if at, ok := open.Deadline(); !ok || !at.Equal(far) {
				t.Errorf("ends at %v, %v", at, ok)
			}
			open.release()

			if err := end(t.Context(), time.Now().Add(-time.Second)).Err(); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("after its end: %v", err)
			}
			parent, cancel := context.WithCancel(t.Context())
			d := end(parent, far)
			cancel()
			if err := d.Err(); !errors.Is(err, context.Canceled) {
				t.Errorf("after the end of its parent: %v", err)
			}
			<-d.Done()
		})
	}
}
