package postgres

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kith/internal/chain"
	"kith/internal/store"
)

// A user is held by a lock on its row in users. One that does not exist gets a
// row for the time of the transaction, so that it can be held as well; the row
// never becomes visible unless the account is made.
//
// Each user has statements of its own, in sorted order: a distributed database
// does not lock rows of several nodes by one, and one that tried would lock
// them in no order that others could rely on.
const (
	// lockAlone makes the row, or locks the one that is there: a conflicting
	// row is locked even if the condition then keeps it from being changed.
	lockAlone = "insert into users (app, owner) values ($1, $2) on conflict (app, owner) do update set leaving = excluded.leaving where false"

	makeRow    = "insert into users (app, owner) values ($1, $2) on conflict (app, owner) do nothing"
	lockShared = "select 1 from users where app = $1 and owner = $2 for share"

	// lockAll waits for all who hold a row, and keeps everybody from holding one.
	// Meanwhile everybody waits behind it, and it waits for a vacuum as well: so
	// it is given up soon, and tried again after others had their turn.
	lockAll     = "lock table users in exclusive mode"
	giveUpEarly = "set local lock_timeout = '500ms'"

	dropRows = "delete from users where app = $1 and owner = any($2::text[])"
)

// errVanished says that a row went between being found and being locked.
var errVanished = errors.New("the row of a user went while it was locked")

// queueLocks queues statements that hold users as hold says. Those that had no
// row are added to fresh, in sorted order.
func queueLocks(b *pgx.Batch, app chain.AppID, hold store.Hold, fresh *[]chain.UserID) {
	if hold.All {
		b.Queue(giveUpEarly)
		b.Queue(lockAll)
		return
	}
	note := func(id chain.UserID) func(pgconn.CommandTag) error {
		return func(tag pgconn.CommandTag) error {
			if tag.RowsAffected() > 0 {
				*fresh = append(*fresh, id)
			}
			return nil
		}
	}
	alone, shared := hold.Writes, hold.Reads
	for len(alone)+len(shared) > 0 {
		if len(shared) == 0 || len(alone) > 0 && alone[0] < shared[0] {
			b.Queue(lockAlone, int64(app), string(alone[0])).Exec(note(alone[0]))
			alone = alone[1:]
			continue
		}
		b.Queue(makeRow, int64(app), string(shared[0])).Exec(note(shared[0]))
		b.Queue(lockShared, int64(app), string(shared[0])).Exec(func(tag pgconn.CommandTag) error {
			if tag.RowsAffected() == 0 {
				return errVanished
			}
			return nil
		})
		shared = shared[1:]
	}
}

// leftOver are the rows made to hold users who have no account at the end
// either.
func leftOver(fresh []chain.UserID, d *chain.Draft) (ids []chain.UserID) {
	made := map[chain.UserID]bool{}
	for c := range d.Users.Dirty {
		made[c.Key] = c.Found
	}
	return slices.DeleteFunc(slices.Clone(fresh), func(id chain.UserID) bool { return made[id] })
}
