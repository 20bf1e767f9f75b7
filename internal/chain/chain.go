// Package chain holds the rules of the relationship chain: who may befriend,
// list, block and ask whom, and what follows when they do.
//
// It is pure. Nothing here reads a clock, a disk or a network: a [Command]
// names the rows it must see and decides from those rows alone, so every rule
// can be tried without a database and no database repeats one.
//
// It does not know the protocol's spelling. Refusals are [Fault] values; the
// package that speaks HTTP gives them codes and texts. Sections cited in
// comments are those of the protocol files "friends" (F),
// "lists_blocks_requests" (L) and "transport_accounts_profiles" (T) and
// "webhooks" (W); D is the list of decisions in their README.
package chain

import "time"

// An AppID is an SDKAppID: the tenant every row belongs to.
type AppID uint32

// A UserID names an account within its app. It is case-sensitive (T 6.1).
type UserID string

// An Edge is one direction of a relation: what Owner holds about Peer.
type Edge struct{ Owner, Peer UserID }

// Reverse is the other direction.
func (e Edge) Reverse() Edge { return Edge{e.Peer, e.Owner} }

// An App is what the rules know of a tenant.
type App struct {
	ID       AppID
	Admins   []UserID // accounts that exist without being imported (T 6.2)
	Settings Settings

	// Deliver is what the app's webhook is told of and asked.
	Deliver Kinds `json:"-"`
}

// A Command is a change someone asks for, or a question, stated as data. It is
// used once.
type Command[Answer any] interface {
	// Check refuses what can be refused without seeing a row: a malformed
	// owner, an empty or over-long batch. A refusal is a [Fault]. It also
	// notes which items of a batch are malformed, so that Reads and Decide
	// pass them by.
	Check(s *Settings) error

	// Reads adds to w the rows that Decide must see and the users it may
	// change. It is called again with the rows found so far, until it adds
	// nothing new.
	Reads(d *Draft, w *Want)

	// Decide edits the draft and answers. Equal drafts at equal times are
	// edited and answered equally. A returned [Fault] refuses the whole
	// command: nothing is written.
	Decide(d *Draft, now time.Time) (Answer, error)
}

// An ItemResult is the outcome for one peer of a batch.
type ItemResult struct {
	Peer  UserID
	Fault Fault
}

// each decides a batch of owner item by item, in order: each item is atomic on
// its own and sees what those before it changed (F Q3, Q26).
func each[T any](d *Draft, owner UserID, items []T, decide func(*T) (UserID, Fault)) ([]ItemResult, error) {
	if !d.exists(owner) {
		return nil, NoSuchOwner
	}
	results := make([]ItemResult, len(items))
	for i := range items {
		peer, fault := decide(&items[i])
		results[i] = ItemResult{peer, fault}
	}
	return results, nil
}

// A Relation tells which directions of an edge exist.
type Relation struct {
	Peer    UserID
	Fault   Fault // OK, BadPeer or NoSuchPeer
	Forward bool  // the owner has a row about Peer
	Back    bool  // Peer has one about the owner, if that was asked
}

// relations tells how owner and each peer stand. has tells whether an edge
// exists.
func relations(d *Draft, owner UserID, peers []UserID, both bool, has func(Edge) bool) ([]Relation, error) {
	if !d.exists(owner) {
		return nil, NoSuchOwner
	}
	all := make([]Relation, len(peers))
	for i, peer := range peers {
		r := &all[i]
		r.Peer = peer
		switch {
		case !peer.Valid():
			r.Fault = BadPeer
		case !d.exists(peer):
			r.Fault = NoSuchPeer
		default:
			e := Edge{owner, peer}
			r.Forward = has(e)
			r.Back = both && has(e.Reverse())
		}
	}
	return all, nil
}

// pairs wants what relations looks at: the accounts, and their edges among
// edges, which are those of one kind of row.
func (w *Want) pairs(owner UserID, peers []UserID, both bool, edges *Keys[Edge]) {
	w.Users.Add(owner)
	for _, peer := range peers {
		if peer.Valid() {
			e := Edge{owner, peer}
			w.Users.Add(peer)
			edges.Add(e)
			if both {
				edges.Add(e.Reverse())
			}
		}
	}
}
