package chain

// An Event is something an app's back end is told of after it happened.
type Event struct {
	Kind EventKind
	Edge
	Initiator UserID // FriendAdded: who started it
}

// An EventKind says what happened.
type EventKind uint8

const (
	FriendAdded   EventKind = iota + 1 // Peer became a friend of Owner
	FriendDeleted                      // Peer is no friend of Owner any more
	Blocked                            // Peer is on Owner's blocklist now
	Unblocked                          // Peer is not on Owner's blocklist any more
	ProfileSet                         // Owner's profile was written
)
