package postgres

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

// A writer turns the changed rows of a draft into one batch: a statement for
// each kind of change, however many rows it is about.
type writer struct {
	app   int64
	batch pgx.Batch
}

// queue queues a statement about rows, unless there are none.
func queue[R any](w *writer, sql string, rows []*R, arrays func([]*R) []any) {
	if len(rows) > 0 {
		w.batch.Queue(sql, append([]any{w.app}, arrays(rows)...)...)
	}
}

// draft queues all changes. Rows without an account that fresh names go.
func (w *writer) draft(d *chain.Draft, fresh []chain.UserID) error {
	before := w.batch.Len()
	w.writeUsers(&d.Users)
	if err := w.writeProfiles(&d.Profiles); err != nil {
		return fmt.Errorf("write profiles: %w", err)
	}
	w.writeLists(&d.Lists)
	w.writeFriends(&d.Friends)
	w.writeBlocks(&d.Blocks)
	w.writeRequests(&sent, &d.Sent)
	w.writeRequests(&received, &d.Received)
	if err := w.writeEvents(d.Events); err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	if left := leftOver(fresh, d); len(left) > 0 && w.batch.Len() > before {
		w.batch.Queue(dropRows, w.app, texts(left))
	}
	return nil
}

func (w *writer) writeUsers(t *chain.Table[chain.UserID, chain.User]) {
	var set []*chain.User
	var gone []*chain.UserID
	for c := range t.Dirty {
		if c.Found {
			c.Row.ID = c.Key
			set = append(set, &c.Row)
		} else {
			gone = append(gone, &c.Key)
		}
	}
	queue(w, users.remove, gone, ownersOf)
	queue(w, users.upsert, set, userValues)
}

func (w *writer) writeProfiles(t *chain.Table[chain.UserID, chain.Profile]) error {
	var set []*chain.Profile
	var gone []*chain.UserID
	for c := range t.Dirty {
		if c.Found {
			c.Row.ID = c.Key
			set = append(set, &c.Row)
		} else {
			gone = append(gone, &c.Key)
		}
	}
	queue(w, profiles.remove, gone, ownersOf)
	if len(set) == 0 {
		return nil
	}
	arrays, err := profileValues(set)
	if err == nil {
		w.batch.Queue(profiles.upsert, append([]any{w.app}, arrays...)...)
	}
	return err
}
