package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"kith/internal/chain"
)

// growingAttempts is how often Do starts with the users that it found it must
// hold. Each attempt starts with all that the ones before found, so from the
// third on one is needed only after a concurrent change. Where strangers befriend
// somebody faster than he can be read, that never ends: the next attempt holds
// everybody.
const growingAttempts = 8

// maxRounds is how often a command may ask for rows; two are the most that any
// needs.
const maxRounds = 3

// errRehold ends an attempt that needs to hold more users.
var errRehold = errors.New("store: hold more users")

// Do carries out cmd on s: it reads what cmd asks for, lets it decide, and
// writes what it decided. A command that names no user to change is a question
// and holds nobody.
//
// A refusal by the rules is returned as a [chain.Fault], and nothing is
// written. A command that breaks its own declaration gets a [*BrokenCommand].
func Do[A any](ctx context.Context, s Store, app *chain.App, now time.Time, cmd chain.Command[A]) (answer A, err error) {
	return DoFor(ctx, s, app, chain.Origin{}, now, cmd)
}

// DoFor is Do on behalf of somebody, of whom the events then tell.
func DoFor[A any](parent context.Context, s Store, app *chain.App, origin chain.Origin, now time.Time, cmd chain.Command[A]) (answer A, err error) {
	if err := cmd.Check(&app.Settings); err != nil {
		return answer, err
	}
	ctx := withCommand(parent, s, cmd)
	r := run[A]{app: app, origin: origin, now: now, cmd: cmd}
	r.scratch = scratches.Get().(*scratch)
	defer r.free()
	r.ask()
	hold := newHold(&r.want, Hold{})
	for attempt := 1; ; attempt++ {
		if hold.nobody() {
			err = s.View(ctx, app.ID, func(rd Reader) error {
				_, err := r.decide(ctx, rd, Hold{}, &answer)
				return err
			})
		} else {
			err = s.Update(ctx, app.ID, hold, func(rd Reader) (*chain.Draft, error) {
				return r.decide(ctx, rd, hold, &answer)
			})
		}
		if !errors.Is(err, errRehold) {
			return answer, err
		}
		if attempt < growingAttempts {
			hold = newHold(&r.held, hold)
		} else {
			hold = Hold{All: true}
		}
	}
}

// Try finds out what cmd would decide now. Nobody is held and nothing is
// written, so what it would decide later may be something else.
func Try[A any](parent context.Context, s Store, app *chain.App, now time.Time, cmd chain.Command[A]) (answer A, err error) {
	if err := cmd.Check(&app.Settings); err != nil {
		return answer, err
	}
	ctx := withCommand(parent, s, cmd)
	r := run[A]{app: app, now: now, cmd: cmd, trial: true, scratch: new(scratch)}
	r.ask()
	err = s.View(ctx, app.ID, func(rd Reader) error {
		_, err := r.decide(ctx, rd, Hold{}, &answer)
		return err
	})
	return answer, err
}

type commandKey struct{}

// withCommand lets a store that is shared, and so may be slow, tell in its log
// what it works for.
func withCommand(ctx context.Context, s Store, cmd any) context.Context {
	if !s.Shared() {
		return ctx
	}
	return context.WithValue(ctx, commandKey{}, cmd)
}

// CommandName names the command that is carried out under ctx on a store that is
// shared, for its log; it is empty if there is none.
func CommandName(ctx context.Context) string {
	if cmd := ctx.Value(commandKey{}); cmd != nil {
		return strings.TrimPrefix(fmt.Sprintf("%T", cmd), "*chain.")
	}
	return ""
}

// DeleteAccounts carries out a deletion to its end, step by step: when it
// returns without an error, the accounts are gone for every reader. When ctx
// ends before, the deletion is left to be finished later, by calling this
// again or by whoever watches [Store.Leaving].
func DeleteAccounts(ctx context.Context, s Store, app *chain.App, now time.Time, ids []chain.UserID) ([]chain.ItemResult, error) {
	results, err := Do(ctx, s, app, now, &chain.AccountDelete{IDs: ids})
	for i := range results {
		for err == nil && results[i].Fault == chain.Unfinished {
			if err = ctx.Err(); err != nil {
				break
			}
			var step []chain.ItemResult
			step, err = Do(ctx, s, app, now, &chain.AccountDelete{IDs: ids[i : i+1]})
			if err == nil {
				results[i] = step[0]
			}
		}
	}
	return results, err
}

// A run is one command on its way.
type run[A any] struct {
	app    *chain.App
	origin chain.Origin
	now    time.Time
	cmd    chain.Command[A]
	trial  bool // nothing will be written, so nobody need be held
	asked  bool // want is what the command asks for first, and the hold covers it
	*scratch
}

// A scratch is what a command works on, in memory that is used again.
type scratch struct {
	draft chain.Draft
	want  chain.Want
	held  chain.Want // the users named in any round
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// fewWanted is up to how many rows the memory is kept for.
const fewWanted = 1 << 12

// free gives the memory back. What is wanted is not kept alive for long: the
// next command overwrites it.
func (s *scratch) free() {
	if cap(s.want.Users)+cap(s.want.Friends) <= fewWanted {
		s.draft.Reset(nil)
		s.want.Reset()
		s.held.Reset()
		scratches.Put(s)
	}
}

// ask asks the command for the rows it needs while it knows none: the scratch is
// empty.
func (r *run[A]) ask() {
	r.draft.App = r.app
	r.cmd.Reads(&r.draft, &r.want)
	r.asked = true
}

func (r *run[A]) decide(ctx context.Context, rd Reader, hold Hold, answer *A) (d *chain.Draft, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &BrokenCommand{Command: fmt.Sprintf("%T", r.cmd), Panic: p, Stack: debug.Stack()}
		}
	}()
	d = &r.draft
	d.Reset(r.app)
	if err := r.read(ctx, rd, hold, d); err != nil {
		return nil, err
	}
	if *answer, err = r.cmd.Decide(d, r.now); err != nil {
		return nil, err
	}
	r.stamp(d.Events)
	if r.trial {
		return d, nil
	}
	if id, ok := firstStranger(d, hold); ok {
		return nil, &BrokenCommand{Command: fmt.Sprintf("%T", r.cmd), Panic: fmt.Sprintf("changes user %q without holding it", id)}
	}
	return d, nil
}

// stamp writes on events what the rules do not know: which they are, when they
// happened, and who caused them.
func (r *run[A]) stamp(events []chain.Event) {
	for i := range events {
		e := &events[i]
		e.ID, e.Time, e.Origin = NewEventID(), r.now.UnixMilli(), r.origin
	}
}

// read asks the command for rows, round by round, until it has them all.
func (r *run[A]) read(ctx context.Context, rd Reader, hold Hold, d *chain.Draft) error {
	r.held.Reset()
	for range maxRounds {
		covered := r.asked || r.trial
		if !r.asked {
			r.want.Reset()
			r.cmd.Reads(d, &r.want)
		}
		r.asked = false
		r.held.Users.Add(r.want.Users...)
		r.held.Writes.Add(r.want.Writes...)
		if len(r.want.Writes) > 0 && !covered && !hold.covers(&r.want) {
			return errRehold
		}
		if !r.want.Prune(d) {
			return nil
		}
		if err := rd.Load(ctx, &r.want, d); err != nil {
			return err
		}
	}
	return &BrokenCommand{Command: fmt.Sprintf("%T", r.cmd), Panic: "asks for rows without end"}
}

// newHold names the users of w on top of those held before.
func newHold(w *chain.Want, before Hold) Hold {
	var h Hold
	h.Writes = distinct(slices.Concat(before.Writes, w.Writes))
	if len(h.Writes) == 0 {
		return h
	}
	h.Reads = distinct(slices.Concat(before.Reads, w.Users))
	h.Reads = slices.DeleteFunc(h.Reads, h.writes)
	return h
}

func distinct(ids []chain.UserID) []chain.UserID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// nobody tells whether h holds no user for a change.
func (h Hold) nobody() bool { return len(h.Writes) == 0 && !h.All }

func (h Hold) writes(id chain.UserID) bool {
	if h.All {
		return true
	}
	_, ok := slices.BinarySearch(h.Writes, id)
	return ok
}

func (h Hold) reads(id chain.UserID) bool {
	_, ok := slices.BinarySearch(h.Reads, id)
	return ok
}

// Has tells whether h holds a user, in either way.
func (h *Hold) Has(id chain.UserID) bool { return h.writes(id) || h.reads(id) }

// covers tells whether h holds every user that w names, as w needs it.
func (h Hold) covers(w *chain.Want) bool {
	return !slices.ContainsFunc(w.Writes, func(id chain.UserID) bool { return !h.writes(id) }) &&
		!slices.ContainsFunc(w.Users, func(id chain.UserID) bool { return !h.writes(id) && !h.reads(id) })
}

// firstStranger returns a user whose rows d changes though it is not held for
// that.
func firstStranger(d *chain.Draft, hold Hold) (chain.UserID, bool) {
	last, known := chain.UserID(""), false
	for id := range d.ChangedOwners {
		if known && id == last {
			continue // rows of one owner mostly come together
		}
		if !hold.writes(id) {
			return id, true
		}
		last, known = id, true
	}
	return "", false
}

// A BrokenCommand is a programming error in a command: it touched rows that it
// had not declared, or panicked. Nothing was written.
type BrokenCommand struct {
	Command string
	Panic   any
	Stack   []byte
}

func (e *BrokenCommand) Error() string {
	return fmt.Sprintf("store: broken command %s: %v", e.Command, e.Panic)
}
