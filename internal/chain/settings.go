package chain

// Settings are the limits and switches of one app (D 13 to 17).
type Settings struct {
	MaxFriends   int   // friends of one user
	MaxLists     int   // friend lists of one user
	MaxReceived  int   // pending requests waiting for one user's answer
	MaxBlocks    int   // entries of one user's blocklist
	MaxItems     int   // accounts or items of one call
	FriendPage   int   // friends in one page of friend_get
	DefaultAllow Allow // how users that never chose are added; never AllowUnset

	StrictLists        bool // existing lists cannot be added, missing ones not deleted or read (D 2, 4)
	KeepFriendsOnBlock bool // blocking leaves friendships alone (D 9)

	// FriendFields and ProfileFields, when not nil, are the only keywords
	// accepted after Tag_SNS_Custom_ and Tag_Profile_Custom_ (D 13).
	FriendFields, ProfileFields []string
}

// DefaultSettings are the limits of the hosted service.
func DefaultSettings() Settings {
	return Settings{
		MaxFriends:   3000,
		MaxLists:     32,
		MaxReceived:  100,
		MaxBlocks:    1000,
		MaxItems:     1000,
		FriendPage:   500,
		DefaultAllow: AllowAny,
	}
}

// MaxAccounts is how many accounts one call of the account service may name
// (T 4.2 to 4.4).
const MaxAccounts = 100

func (s *Settings) batch(n int) error {
	switch {
	case n == 0:
		return NoItems
	case n > s.MaxItems:
		return TooManyItems
	}
	return nil
}
