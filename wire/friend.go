package wire

// FriendAdd is the request of friend_add. The reply is ItemsReply.
type FriendAdd struct {
	// FromAccount is who gets the friends. Required.
	FromAccount Account `json:"From_Account"`
	// AddFriendItem has 1 to 1,000 entries.
	AddFriendItem []FriendAddItem `json:"AddFriendItem"`
	// AddType is AddSingle or AddBoth; "" is AddBoth.
	AddType string `json:"AddType,omitzero"`
	// ForceAddFlags is 1 to add without asking, 0 (the default) to ask.
	ForceAddFlags Int `json:"ForceAddFlags,omitzero"`
}

// FriendAddItem is one friend to add. Of all strings but ToAccount "" is the
// same as absent.
type FriendAddItem struct {
	// ToAccount is the friend. Required.
	ToAccount Account `json:"To_Account"`
	// Remark is at most 96 bytes.
	Remark string `json:"Remark,omitzero"`
	// GroupName is one friend list, at most 30 bytes.
	GroupName string `json:"GroupName,omitzero"`
	// AddSource is AddSourcePrefix and 1 to 8 letters.
	AddSource string `json:"AddSource,omitzero"`
	// AddWording is the words of the request, at most 256 bytes.
	AddWording string `json:"AddWording,omitzero"`
}

// FriendImport is the request of friend_import. The reply is ItemsReply.
type FriendImport struct {
	// FromAccount is who gets the friends. Required.
	FromAccount Account `json:"From_Account"`
	// AddFriendItem has 1 to 1,000 entries.
	AddFriendItem []FriendImportItem `json:"AddFriendItem"`
}

// FriendImportItem is one friend to import. Of all strings but ToAccount ""
// is the same as absent.
type FriendImportItem struct {
	// ToAccount is the friend. Required.
	ToAccount Account `json:"To_Account"`
	// Remark is at most 96 bytes.
	Remark string `json:"Remark,omitzero"`
	// RemarkTime is Unix seconds.
	RemarkTime Int `json:"RemarkTime,omitzero"`
	// GroupName has any number of friend lists, at most 30 bytes each.
	GroupName []string `json:"GroupName,omitempty"`
	// AddSource is AddSourcePrefix and 1 to 8 letters.
	AddSource string `json:"AddSource,omitzero"`
	// AddWording is at most 256 bytes.
	AddWording string `json:"AddWording,omitzero"`
	// AddTime is when the friendship was made, Unix seconds.
	AddTime Int `json:"AddTime,omitzero"`
	// CustomItem has fields named TagSNSCustomPrefix and 1 to 8 letters. A
	// Value of the wrong kind is kept, so that it refuses this item alone.
	CustomItem []TagValue `json:"CustomItem,omitempty"`
}

// FriendUpdate is the request of friend_update. The reply is ItemsReply.
type FriendUpdate struct {
	// FromAccount is whose friends they are. Required.
	FromAccount Account `json:"From_Account"`
	// UpdateItem has 1 to 1,000 entries.
	UpdateItem []FriendUpdateItem `json:"UpdateItem"`
}

// FriendUpdateItem is the new data of one friend.
type FriendUpdateItem struct {
	// ToAccount is the friend. Required.
	ToAccount Account `json:"To_Account"`
	// SnsItem has at least one entry. The value of TagGroup is an array of
	// strings, and by the oldest documents a single string: Value.Strings
	// reads both. A Value of the wrong kind is kept, so that it refuses this
	// item alone.
	SnsItem []TagValue `json:"SnsItem"`
}

// FriendDelete is the request of friend_delete. The reply is ItemsReply.
type FriendDelete struct {
	// FromAccount is whose friends they are. Required.
	FromAccount Account `json:"From_Account"`
	// ToAccount has 1 to 1,000 entries.
	ToAccount []Account `json:"To_Account"`
	// DeleteType is DeleteSingle or DeleteBoth; "" is DeleteSingle.
	DeleteType string `json:"DeleteType,omitzero"`
}

// FriendDeleteAll is the request of friend_delete_all. The reply is Head.
type FriendDeleteAll struct {
	// FromAccount is whose friends go. Required.
	FromAccount Account `json:"From_Account"`
	// DeleteType is DeleteSingle or DeleteBoth; "" is DeleteSingle.
	DeleteType string `json:"DeleteType,omitzero"`
}

// FriendCheck is the request of friend_check.
type FriendCheck struct {
	// FromAccount is whose friends are looked through. Required.
	FromAccount Account `json:"From_Account"`
	// ToAccount has 1 to 1,000 entries.
	ToAccount []Account `json:"To_Account"`
	// CheckType is CheckSingle or CheckBoth. Required. Decode turns the old
	// misspelling CheckResult_Type_Singal into CheckSingle.
	CheckType string `json:"CheckType"`
}

func (r *FriendCheck) settle() {
	if r.CheckType == checkSingal {
		r.CheckType = CheckSingle
	}
}

// FriendCheckReply is the reply of friend_check.
type FriendCheckReply struct {
	// InfoItem has one entry for each account, in the order of the request.
	InfoItem []CheckItem `json:"InfoItem"`
	// FailAccount lists the accounts with a ResultCode other than 0. Absent
	// when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	Head
}

// FriendGet is the request of friend_get.
type FriendGet struct {
	// FromAccount is whose friends are read. Required.
	FromAccount Account `json:"From_Account"`
	// StartIndex is 0 for the first page, then NextStartIndex. Required.
	StartIndex Int `json:"StartIndex,omitzero"`
	// StandardSequence is that of an earlier reply; 0 or absent is none.
	StandardSequence Int `json:"StandardSequence,omitzero"`
	// CustomSequence is that of an earlier reply; 0 or absent is none.
	CustomSequence Int `json:"CustomSequence,omitzero"`
}

// FriendGetReply is the reply of friend_get. All numbers are within signed 32
// bits and always written, 0 too.
type FriendGetReply struct {
	// UserDataItem is one page of friends. Absent when empty.
	UserDataItem []UserData `json:"UserDataItem,omitempty"`
	// StandardSequence grows with each change of the friends.
	StandardSequence int64 `json:"StandardSequence"`
	// CustomSequence grows with each change of the friends' custom fields.
	CustomSequence int64 `json:"CustomSequence"`
	// FriendNum counts all friends, not those of the page.
	FriendNum int `json:"FriendNum"`
	// CompleteFlag is 1 on the last page, otherwise 0.
	CompleteFlag int `json:"CompleteFlag"`
	// NextStartIndex is where the next page starts, 0 on the last.
	NextStartIndex int `json:"NextStartIndex"`
	Head
}

// UserData is what is kept about one friend.
type UserData struct {
	ToAccount Account `json:"To_Account"`
	// ValueItem has the fields that are set.
	ValueItem []TagValue `json:"ValueItem"`
}

// FriendGetList is the request of friend_get_list.
type FriendGetList struct {
	// FromAccount is whose friends are read. Required.
	FromAccount Account `json:"From_Account"`
	// ToAccount has at least one entry; at most 100 are recommended.
	ToAccount []Account `json:"To_Account"`
	// TagList has at least one tag of friends or of profiles.
	TagList []string `json:"TagList"`
}

// FriendGetListReply is the reply of friend_get_list.
type FriendGetListReply struct {
	// InfoItem has one entry for each account, in the order of the request.
	InfoItem []FriendInfo `json:"InfoItem"`
	// FailAccount lists the accounts with a ResultCode other than 0. Absent
	// when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	Head
}

// FriendInfo is the data and profile of one friend.
type FriendInfo struct {
	ToAccount Account `json:"To_Account"`
	// SnsProfileItem has the fields that are asked for and set: friend
	// standard, profile standard, friend custom, profile custom. nil leaves
	// the member out, as for a refused account; a friend with nothing set is
	// an empty slice that is not nil.
	SnsProfileItem []TagValue `json:"SnsProfileItem,omitzero"`
	ResultCode     int        `json:"ResultCode"`
	ResultInfo     string     `json:"ResultInfo"`
}
