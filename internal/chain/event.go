package chain

import (
	"cmp"
	"slices"
)

// An Event is what an app's back end is told of one call after it happened:
// all that the call did of one kind, in the order in which it did it (W 2.1; W
// is the protocol file "webhooks").
type Event struct {
	ID     EventID // set by whoever carries the command out
	Kind   EventKind
	Owner  UserID // whose call it was in the rules' words; of no user ""
	Time   int64  // Unix milliseconds
	Origin Origin

	// Deliver says that the app's webhook wanted events of the kind when it
	// happened. All others are kept for those who read them.
	Deliver bool

	Pairs  []Pair        // FriendAdded to Unblocked
	Force  bool          // FriendAdded: an administrator's word replaced the peer's consent
	Answer bool          // FriendAdded: a request was accepted
	Items  []ProfileItem // ProfileSet: what was written, each field once
	Alarm  Alarm         // RateExceeded
}

// An EventID tells events apart, wherever and however often they are told: a
// UUID of version 4.
type EventID [16]byte

// A Pair is one edge that came or went.
type Pair struct {
	Edge
	Initiator UserID // FriendAdded: who started it
}

// An Alarm says that a command is called nearly as often as it may be, or more
// often (W 3.9).
type Alarm struct {
	Command string // as administrators know it: "sns/friend_add"
	Rate    int    // calls in one second
	Limit   int    // calls a second that are served
}

// An Origin is who caused an event, and from where. The zero Origin is nobody:
// the server itself.
type Origin struct {
	Caller   UserID
	Admin    bool   // Caller is an administrator of the app
	Address  string // IP address of the caller
	Platform string // in the protocol's words
}

// An EventKind says what happened, or what is asked before it does. The numbers
// are stored.
type EventKind uint8

const (
	FriendAdded   EventKind = iota + 1 // Peer became a friend of Owner
	FriendDeleted                      // Peer is no friend of Owner any more
	Blocked                            // Peer is on Owner's blocklist now
	Unblocked                          // Peer is not on Owner's blocklist any more
	ProfileSet                         // Owner's profile was written
	RateExceeded                       // calls come too fast

	// The questions: no event is of these kinds, but an app chooses them as it
	// does the others.
	BeforeFriendAdd
	BeforeFriendResponse
)

// Kinds is a set of kinds of events.
type Kinds uint16

// Has tells whether k is in s.
func (s Kinds) Has(k EventKind) bool { return s&(1<<k) != 0 }

// With is s and k.
func (s Kinds) With(k EventKind) Kinds { return s | 1<<k }

// Users are those whom the event is about, each once: its owner, and those whose
// friends or blocklists it changed. Events about one of them are told in the
// order in which they happened.
func (e *Event) Users() []UserID {
	if e.Owner == "" {
		return nil
	}
	users := []UserID{e.Owner}
	seen := map[UserID]bool{e.Owner: true}
	for _, p := range e.Pairs {
		if !seen[p.Owner] {
			seen[p.Owner] = true
			users = append(users, p.Owner)
		}
	}
	return users
}

// keeps tells whether events of a kind are kept at all: for the webhook, or
// for whoever reads them later.
func (a *App) keeps(kind EventKind) bool {
	return a.Deliver.Has(kind) || a.Settings.EventDays > 0
}

// NewEvent is an event of no command, and whether it is kept.
func (a *App) NewEvent(kind EventKind) (e Event, kept bool) {
	return Event{Kind: kind, Deliver: a.Deliver.Has(kind)}, a.keeps(kind)
}

// event returns the event of a kind that owner's command causes; what is written
// to one that is not kept is forgotten. Events stand in the order of their
// kinds: a friendship has ended before its block begins.
func (d *Draft) event(kind EventKind, owner UserID) *Event {
	place, there := slices.BinarySearchFunc(d.Events, kind, func(e Event, k EventKind) int { return cmp.Compare(e.Kind, k) })
	if there {
		return &d.Events[place]
	}
	e, kept := d.App.NewEvent(kind)
	e.Owner = owner
	if !kept {
		return &e
	}
	d.Events = slices.Insert(d.Events, place, e)
	return &d.Events[place]
}

// tell records that an edge came or went by owner's command.
func (d *Draft) tell(kind EventKind, owner UserID, e Edge) { d.tellStarted(kind, owner, e, "") }

// tellStarted is tell of an edge that initiator had wanted.
func (d *Draft) tellStarted(kind EventKind, owner UserID, e Edge, initiator UserID) *Event {
	event := d.event(kind, owner)
	event.Pairs = append(event.Pairs, Pair{e, initiator})
	return event
}
