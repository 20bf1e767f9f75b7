package chain

// A Fault is why a command, or one item of it, was refused. As an error it
// refuses the whole command.
type Fault uint8

const (
	OK Fault = iota // not refused

	// Of the whole command.

	BadOwner      // the owner is missing or not a well-formed account
	NoSuchOwner   // the owner has no account (D 12)
	NoItems       // an empty batch
	TooManyItems  // more items than the app allows
	BadStart      // a negative index
	AllItemsBad   // no account of the batch can be imported (T 4.2)
	NoneExist     // no account of the batch exists (T 5.2)
	TextTooLong   // a profile text of more than 500 bytes
	OutOfDomain   // a profile value outside what its field allows
	WrongKind     // a profile value of the wrong type
	UnknownField  // a profile field that does not exist or is not declared
	MissingValue  // a profile item without a value
	BadFriendTag  // a friend field that does not exist or is not declared
	NotYourself   // a field that only an administrator may set
	NoLists       // no friend list is named
	TooManyLists  // more friend lists are named than a user may have
	ListExists    // a friend list of that name exists
	NoSuchList    // no friend list has that name
	BadLimit      // a page size out of range
	StillLeaving  // the account is being deleted and cannot be made anew yet
	Unfinished    // the deletion must be repeated to be done
	ProtectedUser // an administrator's account cannot be deleted

	// Of one item.

	BadPeer                // not a well-formed account
	NoSuchPeer             // the peer has no account
	Self                   // nobody befriends himself
	BadRemark              // longer than 96 bytes, or with a NUL
	BadWording             // longer than 256 bytes, or with a NUL
	BadSource              // not AddSource_Type_ and one to eight letters
	BadListName            // empty, longer than 30 bytes, or with a NUL
	BadTime                // not within 0 to 2^31-1 seconds
	BadCustomField         // no keyword of one to eight letters, or not declared
	TooManyFields          // more than 20 custom fields of one friend or profile
	BadCustomValue         // neither a text of up to 500 bytes nor an integer
	NoChanges              // an update that names no field
	NotUpdatable           // a field that an update may not touch
	AlreadyFriend          // the peer is a friend already (D 1)
	NotFriend              // the peer is no friend
	ForbiddenToAsk         // an administrator barred the owner from adding
	PeerBlocked            // the peer is on the owner's blocklist
	BlockedByPeer          // the owner is on the peer's blocklist
	PeerRefusesAll         // the peer takes no requests
	RequestPending         // the peer has been asked and must answer
	RequestsFull           // too many requests wait for the peer's answer
	FriendsFull            // the owner has as many friends as the app allows
	PeerFriendsFull        // the peer has as many friends as the app allows
	ListsFull              // the owner would have more lists than the app allows
	DeniedByApp            // the app's back end was asked and said no (W 4.6)
	AlreadyBlocked         // the peer is on the owner's blocklist already
	NotBlocked             // the peer is not on the owner's blocklist
	NoRequest              // nobody asked, so there is nothing to answer
	NoPendency             // there is no such request to drop
	BadAction              // not an answer that can be given
	BlocksFull             // the owner's blocklist is full
	faultCount      = iota // keep last
)

var faultNames = [faultCount]string{
	OK:              "ok",
	BadOwner:        "malformed owner",
	NoSuchOwner:     "no such owner",
	NoItems:         "no items",
	TooManyItems:    "too many items",
	BadStart:        "negative start",
	AllItemsBad:     "no importable account",
	NoneExist:       "none exist",
	TextTooLong:     "text too long",
	OutOfDomain:     "value out of domain",
	WrongKind:       "value of wrong type",
	UnknownField:    "unknown field",
	MissingValue:    "missing value",
	BadFriendTag:    "unknown friend field",
	NotYourself:     "for administrators only",
	NoLists:         "no lists",
	TooManyLists:    "too many lists",
	ListExists:      "list exists",
	NoSuchList:      "no such list",
	BadLimit:        "bad page size",
	StillLeaving:    "still being deleted",
	Unfinished:      "deletion unfinished",
	ProtectedUser:   "protected account",
	NotBlocked:      "not blocked",
	NoRequest:       "no request to answer",
	NoPendency:      "no request to drop",
	BadAction:       "bad action",
	BadPeer:         "malformed peer",
	NoSuchPeer:      "no such peer",
	Self:            "self",
	BadRemark:       "bad remark",
	BadWording:      "bad wording",
	BadSource:       "bad source",
	BadListName:     "bad list name",
	BadTime:         "bad time",
	BadCustomField:  "bad custom field",
	TooManyFields:   "too many custom fields",
	BadCustomValue:  "bad custom value",
	NoChanges:       "no changes",
	NotUpdatable:    "not updatable",
	AlreadyFriend:   "already a friend",
	NotFriend:       "not a friend",
	ForbiddenToAsk:  "forbidden to ask",
	PeerBlocked:     "peer blocked",
	BlockedByPeer:   "blocked by peer",
	PeerRefusesAll:  "peer refuses all",
	RequestPending:  "request pending",
	RequestsFull:    "requests full",
	FriendsFull:     "friends full",
	PeerFriendsFull: "peer's friends full",
	ListsFull:       "lists full",
	AlreadyBlocked:  "already blocked",
	BlocksFull:      "blocklist full",
	DeniedByApp:     "denied by the app",
}

// Error is a short English name, for logs and tests; the wire has its own
// texts.
func (f Fault) Error() string { return faultNames[f] }

// Faults yields every fault but OK, for tables that must be complete.
func Faults(yield func(Fault) bool) {
	for f := OK + 1; f < faultCount; f++ {
		if !yield(f) {
			return
		}
	}
}
