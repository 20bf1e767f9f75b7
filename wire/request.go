package wire

// The calls on pending friend requests are not in the documents of the server
// API: the public client protocol has them, with these members.

// FriendResponse is the request of friend_response, which answers pending
// requests. The reply is ItemsReply.
type FriendResponse struct {
	// FromAccount is who answers. Required.
	FromAccount Account `json:"From_Account"`
	// ResponseFriendItem has 1 to 1,000 entries.
	ResponseFriendItem []FriendResponseItem `json:"ResponseFriendItem"`
}

// FriendResponseItem is the answer to one request.
type FriendResponseItem struct {
	// ToAccount is who asked. Required.
	ToAccount Account `json:"To_Account"`
	// Remark is what the answerer calls the new friend, at most 96 bytes.
	Remark string `json:"Remark,omitzero"`
	// TagName is the list that the new friend is put into, at most 30 bytes.
	TagName string `json:"TagName,omitzero"`
	// ResponseAction is ResponseAgree, ResponseAgreeAndAdd or
	// ResponseReject. Required.
	ResponseAction string `json:"ResponseAction"`
}

// PendencyGet is the request of pendency_get, which lists pending requests.
type PendencyGet struct {
	// FromAccount is whose requests are listed. Required.
	FromAccount Account `json:"From_Account"`
	// PendencyType is PendencyComeIn, PendencySendOut or PendencyBoth.
	PendencyType string `json:"PendencyType"`
	// StartTime is 0 for the first page, then that of the reply.
	StartTime Int `json:"StartTime,omitzero"`
	// MaxLimited is the most entries of a page.
	MaxLimited Int `json:"MaxLimited,omitzero"`
	// LastSequence is that of an earlier reply. It never withholds data.
	LastSequence Int `json:"LastSequence,omitzero"`
}

// PendencyGetReply is the reply of pendency_get. All numbers are within
// signed 32 bits and always written, 0 too.
type PendencyGetReply struct {
	// PendencyItem is one page; [] when it is empty.
	PendencyItem []PendencyItem `json:"PendencyItem"`
	// UnreadPendencyCount counts the incoming requests that are newer than
	// the time last reported with pendency_report.
	UnreadPendencyCount int `json:"UnreadPendencyCount"`
	// StartTime is where the next page starts, 0 on the last.
	StartTime int64 `json:"StartTime"`
	// CurrentSequence grows with each change of the requests.
	CurrentSequence int64 `json:"CurrentSequence"`
	Head
}

// PendencyItem is one pending request. Every member is always written.
type PendencyItem struct {
	// ToAccount is the other side.
	ToAccount Account `json:"To_Account"`
	// PendencyType is PendencyComeIn or PendencySendOut.
	PendencyType string `json:"PendencyType"`
	// AddSource is as in FriendAddItem.
	AddSource string `json:"AddSource"`
	// AddTime is when it was asked, Unix seconds.
	AddTime int64 `json:"AddTime"`
	// AddWording is as in FriendAddItem.
	AddWording string `json:"AddWording"`
	// Nick is the other side's nick.
	Nick string `json:"Nick"`
	// ProfileImNick is the other name of Nick. Both are written, with the
	// same value.
	ProfileImNick string `json:"ProfileImNick"`
	// Image is the other side's picture, a URL.
	Image string `json:"Image"`
}

// PendencyDelete is the request of pendency_delete. The reply is ItemsReply.
type PendencyDelete struct {
	// FromAccount is whose requests go. Required.
	FromAccount Account `json:"From_Account"`
	// PendencyType is PendencyComeIn or PendencySendOut. Required.
	PendencyType string `json:"PendencyType"`
	// ToAccount has 1 to 1,000 entries.
	ToAccount []Account `json:"To_Account"`
}

// PendencyReport is the request of pendency_report, which marks incoming
// requests as read. The reply is Head.
type PendencyReport struct {
	// FromAccount is who has read them. Required.
	FromAccount Account `json:"From_Account"`
	// LatestPendencyTimeStamp is the time of the newest request read, Unix
	// seconds. Required.
	LatestPendencyTimeStamp Int `json:"LatestPendencyTimeStamp,omitzero"`
}
