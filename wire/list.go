package wire

// GroupAdd is the request of group_add, which makes friend lists.
type GroupAdd struct {
	// FromAccount is whose lists they are. Required.
	FromAccount Account `json:"From_Account"`
	// GroupName has 1 to 32 names of 1 to 30 bytes.
	GroupName []string `json:"GroupName"`
	// ToAccount has up to 1,000 friends; each is put into every list named.
	ToAccount []Account `json:"To_Account,omitempty"`
}

// GroupAddReply is the reply of group_add.
type GroupAddReply struct {
	// ResultItem has one entry for each account of the request, in its
	// order. Absent when the request has none.
	ResultItem []ResultItem `json:"ResultItem,omitempty"`
	// FailAccount lists the accounts with a ResultCode other than 0. Absent
	// when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	// CurrentSequence grows with each change of the lists; within signed 32
	// bits.
	CurrentSequence int64 `json:"CurrentSequence"`
	Head
}

// GroupDelete is the request of group_delete.
type GroupDelete struct {
	// FromAccount is whose lists they are. Required.
	FromAccount Account `json:"From_Account"`
	// GroupName has 1 to 32 names.
	GroupName []string `json:"GroupName"`
}

// GroupDeleteReply is the reply of group_delete.
type GroupDeleteReply struct {
	// CurrentSequence is as in GroupAddReply.
	CurrentSequence int64 `json:"CurrentSequence"`
	Head
}

// GroupGet is the request of group_get. Its former member LastSequence is
// ignored.
type GroupGet struct {
	// FromAccount is whose lists they are. Required.
	FromAccount Account `json:"From_Account"`
	// NeedFriend is NeedFriendYes to ask for members; NeedFriendNo or "" not
	// to.
	NeedFriend string `json:"NeedFriend,omitzero"`
	// GroupName has up to 32 names; empty asks for all lists.
	GroupName []string `json:"GroupName,omitempty"`
}

// GroupGetReply is the reply of group_get.
type GroupGetReply struct {
	// ResultItem has the lists; [] when there are none.
	ResultItem []GroupItem `json:"ResultItem"`
	// CurrentSequence is as in GroupAddReply.
	CurrentSequence int64 `json:"CurrentSequence"`
	Head
}

// GroupItem is one friend list.
type GroupItem struct {
	GroupName string `json:"GroupName"`
	// FriendNumber counts the members.
	FriendNumber int `json:"FriendNumber"`
	// ToAccount has the members. nil leaves the member out, as when they
	// are not asked for; a list without members is an empty slice that is
	// not nil.
	ToAccount []Account `json:"To_Account,omitzero"`
}

// GroupUpdate is the request of group_update, which renames a list and moves
// members. It is not in the documents of the server API: the public client
// protocol has it.
type GroupUpdate struct {
	// FromAccount is whose list it is. Required.
	FromAccount Account `json:"From_Account"`
	// GroupOldName names the list. Required.
	GroupOldName string `json:"GroupOldName"`
	// GroupNewName is its new name, 1 to 30 bytes; "" keeps the old one.
	GroupNewName string `json:"GroupNewName,omitzero"`
	// UpdateGroupItem has up to 1,000 members to add or take out.
	UpdateGroupItem []GroupUpdateItem `json:"UpdateGroupItem,omitempty"`
}

// GroupUpdateItem is one change of a list's members.
type GroupUpdateItem struct {
	ToAccount Account `json:"To_Account"`
	// UpdateType is UpdateAdd or UpdateDelete.
	UpdateType string `json:"UpdateType"`
}

// GroupUpdateReply is the reply of group_update, in the shape of
// GroupAddReply.
type GroupUpdateReply struct {
	// ResultItem has one entry for each of UpdateGroupItem, in its order.
	// Absent when the request has none.
	ResultItem []ResultItem `json:"ResultItem,omitempty"`
	// FailAccount lists the accounts with a ResultCode other than 0. Absent
	// when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	// CurrentSequence is as in GroupAddReply.
	CurrentSequence int64 `json:"CurrentSequence"`
	Head
}
