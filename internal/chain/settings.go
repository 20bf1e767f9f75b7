package chain

// Settings are the limits and switches of one app (D 13 to 17). The names in
// the tags are what administrators call them.
type Settings struct {
	MaxFriends  int `json:"max_friends"`    // friends of one user
	MaxLists    int `json:"max_lists"`      // friend lists of one user
	MaxReceived int `json:"max_received"`   // pending requests waiting for one user's answer
	MaxBlocks   int `json:"max_blocks"`     // entries of one user's blocklist
	MaxItems    int `json:"max_items"`      // accounts or items of one call
	FriendPage  int `json:"friend_page"`    // friends in one page of friend_get
	RateLimit   int `json:"rate_limit"`     // calls a second of one command; 0 = any number (D 16)
	AppRate     int `json:"app_rate_limit"` // calls a second of the app; 0 = any number

	// DefaultAllow is how users that never chose are added; never AllowUnset
	// (D 14).
	DefaultAllow Allow `json:"default_allow_type"`

	// StrictLists makes it an error to add a friend list that exists, and to
	// delete or read one that does not (D 2, 4).
	StrictLists bool `json:"strict_lists"`

	// KeepFriendsOnBlock makes blocking leave friendships alone (D 9).
	KeepFriendsOnBlock bool `json:"keep_friends_on_block"`

	// ClientAccess lets end users call for themselves (D 10).
	ClientAccess bool `json:"client_access"`

	// EventDays is for how many days events are kept, if the webhook has got
	// those it wants; 0 keeps only what is for the webhook.
	EventDays int `json:"event_days"`

	// FriendFields and ProfileFields, when not nil, are the only keywords
	// accepted after Tag_SNS_Custom_ and Tag_Profile_Custom_ (D 13).
	FriendFields  []string `json:"friend_fields"`
	ProfileFields []string `json:"profile_fields"`
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
		EventDays:    7,
		DefaultAllow: AllowAny,
	}
}

// MaxAccounts is how many accounts one call of the account service may name
// (T 4.2 to 4.4).
const MaxAccounts = 100

// MaxStatus is how many accounts one call may ask the online status of (T 4.6).
const MaxStatus = 500

func (s *Settings) batch(n int) error {
	switch {
	case n == 0:
		return NoItems
	case n > s.MaxItems:
		return TooManyItems
	}
	return nil
}
