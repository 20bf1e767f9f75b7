package wire

// A TagValue is one field of a profile or of a friend: its tag and what it
// holds.
type TagValue struct {
	// Tag is a name such as TagNick or TagRemark, or a custom name.
	Tag string `json:"Tag"`
	// Value is a string, an integer or an array of strings, by tag. Absent
	// or null it is the zero Value.
	Value Value `json:"Value,omitzero"`
}

// PortraitSet is the request of portrait_set. The reply is Head.
type PortraitSet struct {
	// FromAccount is whose profile it is. Required.
	FromAccount Account `json:"From_Account"`
	// ProfileItem has at least one entry; of a repeated tag the last counts.
	ProfileItem []TagValue `json:"ProfileItem"`
}

// PortraitGet is the request of portrait_get.
type PortraitGet struct {
	// ToAccount has at least one entry; at most 100 are recommended.
	ToAccount []Account `json:"To_Account"`
	// TagList has at least one entry.
	TagList []string `json:"TagList"`
}

// PortraitGetReply is the reply of portrait_get.
type PortraitGetReply struct {
	// UserProfileItem has one entry for each account, in the order of the
	// request.
	UserProfileItem []UserProfile `json:"UserProfileItem"`
	// FailAccount lists the accounts with a ResultCode other than 0. Absent
	// when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	Head
}

// UserProfile is the profile of one account.
type UserProfile struct {
	ToAccount Account `json:"To_Account"`
	// ProfileItem has the fields that are set, in the order of TagList. nil
	// leaves the member out, as for a refused account; a profile with
	// nothing set is an empty slice that is not nil.
	ProfileItem []TagValue `json:"ProfileItem,omitzero"`
	ResultCode  int        `json:"ResultCode"`
	ResultInfo  string     `json:"ResultInfo"`
}
