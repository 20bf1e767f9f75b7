package chain

// A User is an account and what is counted of it. Every other row of the user
// changes only together with its counters and sequences here.
type User struct {
	ID      UserID
	Created int64 // Unix seconds

	Allow  Allow  // who may befriend the user
	Forbid Forbid // whether the user may befriend

	Friends Order // the friends, in order of insertion
	Blocks  Order // the blocklist, in order of insertion

	Sent, Received int   // pending requests made by and to the user
	Leaving        bool  // the account is being deleted, and does not exist any more
	RequestsSeen   int64 // Unix seconds up to when the user saw requests to it
	KickedAt       int64 // Unix seconds: UserSigs issued until then are worthless

	// Seq counts the calls that changed one kind of the user's data (F Q19, L
	// Q21). It never falls and stays within signed 32 bits (D 18).
	Seq [seqKinds]uint32
}

// A SeqKind is a kind of data that has a sequence of its own.
type SeqKind uint8

const (
	SeqStandard SeqKind = iota // friends and their standard fields
	SeqCustom                  // custom fields of friends
	SeqLists                   // friend lists
	SeqBlocks                  // the blocklist
	SeqRequests                // pending requests
	seqKinds    = iota
)

// Allow is how a user takes being added as a friend
// (Tag_Profile_IM_AllowType).
type Allow uint8

const (
	AllowUnset   Allow = iota // never chosen: the app's default holds (D 14)
	AllowAny                  // become friends at once
	AllowConfirm              // wait for the user's answer
	AllowNone                 // refuse
)

// Forbid is whether an administrator barred a user from adding friends
// (Tag_Profile_IM_AdminForbidType).
type Forbid uint8

const (
	ForbidUnset   Forbid = iota // never set: not barred
	ForbidNone                  // not barred
	ForbidSendOut               // barred
)

// A Friend is what Owner holds about Peer, one direction of a friendship (F
// section 2).
type Friend struct {
	Edge
	Slot       uint32 // place in the order of insertion
	Remark     string
	Source     string // the keyword after AddSource_Type_
	Wording    string
	AddTime    int64    // Unix seconds
	RemarkTime int64    // Unix seconds; 0 = not set
	Lists      []ListID // in the order they were given
	Custom     []Field  // in the order they were first given
}

// A Field is a custom field: the keyword after its prefix, and its value.
type Field struct {
	Name  string
	Value Value
}

// A Value is a text or an integer, kept as it was given (D 13).
type Value struct {
	Text    string // an integer in decimal
	Integer bool
}

// Lists are the friend lists of one user.
type Lists struct {
	Owner UserID
	Next  ListID // the next list's
	Items []List // in order of creation
}

// A ListID tells the lists of one user apart; a list keeps it when renamed.
type ListID uint32

// A List is one friend list.
type List struct {
	ID      ListID
	Name    string
	Members int
}

// A Block is an entry of Owner's blocklist.
type Block struct {
	Edge
	Slot uint32 // place in the order of insertion
	Time int64  // Unix seconds
}

// A Request asks Peer to be Owner's friend, as its sender holds it, or, seen
// from the receiver's side, holds who asked. Both rows stand and go together
// (L 7.1).
type Request struct {
	Edge
	Time    int64 // Unix seconds of the last time it was asked
	Source  string
	Wording string

	// What the sender wants to note about the friend to be; empty on the
	// receiver's side.
	Remark, List string
}

// A Profile is what a user shows of itself, without what steers adding, which
// stands in [User].
type Profile struct {
	ID       UserID
	Standard []ProfileValue // ascending by field, only those set
	Custom   []Field        // in the order they were first set
}

// A ProfileValue is one standard profile field that is set.
type ProfileValue struct {
	Field ProfileField
	Value Value
}

// A ProfileField is a standard profile field (T 5.3). The numbers are stored.
type ProfileField uint8

const (
	CustomField   ProfileField = iota // no standard field
	Nick                              // text
	Gender                            // a Gender
	BirthDay                          // number
	Location                          // text
	SelfSignature                     // text
	AllowType                         // an Allow, kept in User
	Language                          // number
	Image                             // text
	MsgSettings                       // number
	AdminForbid                       // a Forbid, kept in User
	Level                             // number
	Role                              // number
	ProfileFields = iota
)
