package wire

// BlackListAdd is the request of black_list_add. The reply is ItemsReply.
type BlackListAdd struct {
	// FromAccount is whose blocklist it is. Required.
	FromAccount Account `json:"From_Account"`
	// ToAccount has 1 to 1,000 entries.
	ToAccount []Account `json:"To_Account"`
}

// BlackListDelete is the request of black_list_delete. The reply is
// ItemsReply.
type BlackListDelete struct {
	// FromAccount is whose blocklist it is. Required.
	FromAccount Account `json:"From_Account"`
	// ToAccount has 1 to 1,000 entries.
	ToAccount []Account `json:"To_Account"`
}

// BlackListGet is the request of black_list_get.
type BlackListGet struct {
	// FromAccount is whose blocklist it is. Required.
	FromAccount Account `json:"From_Account"`
	// StartIndex is 0 for the first page, then that of the reply. Required.
	StartIndex Int `json:"StartIndex,omitzero"`
	// MaxLimited is the most entries of a page, 1 to 1,000. Required.
	MaxLimited Int `json:"MaxLimited,omitzero"`
	// LastSequence is that of an earlier reply. It never withholds data.
	LastSequence Int `json:"LastSequence,omitzero"`
}

// BlackListGetReply is the reply of black_list_get. All numbers are within
// signed 32 bits and always written, 0 too.
type BlackListGetReply struct {
	// BlackListItem is one page, oldest first; [] when it is empty.
	BlackListItem []BlackListItem `json:"BlackListItem"`
	// StartIndex is where the next page starts, 0 on the last.
	StartIndex int `json:"StartIndex"`
	// CurruentSequence grows with each change of the blocklist. The member
	// is misspelled by the documents and most clients.
	CurruentSequence int64 `json:"CurruentSequence"`
	// CurrentSequence is the same number under the name that other clients
	// read. Both are written.
	CurrentSequence int64 `json:"CurrentSequence"`
	Head
}

// settle fills either name of the sequence from the other, for a client of a
// server that writes only one.
func (r *BlackListGetReply) settle() {
	if r.CurrentSequence == 0 {
		r.CurrentSequence = r.CurruentSequence
	}
	if r.CurruentSequence == 0 {
		r.CurruentSequence = r.CurrentSequence
	}
}

// BlackListItem is one blocked account.
type BlackListItem struct {
	ToAccount Account `json:"To_Account"`
	// AddBlackTimeStamp is when it was blocked, Unix seconds.
	AddBlackTimeStamp int64 `json:"AddBlackTimeStamp"`
}

// BlackListCheck is the request of black_list_check.
type BlackListCheck struct {
	// FromAccount is whose blocklist is looked through. Required.
	FromAccount Account `json:"From_Account"`
	// ToAccount has 1 to 1,000 entries.
	ToAccount []Account `json:"To_Account"`
	// CheckType is BlackCheckSingle or BlackCheckBoth. Required. Decode
	// turns the old misspelling BlackCheckResult_Type_Singal into
	// BlackCheckSingle.
	CheckType string `json:"CheckType"`
}

func (r *BlackListCheck) settle() {
	if r.CheckType == blackCheckSingal {
		r.CheckType = BlackCheckSingle
	}
}

// BlackListCheckReply is the reply of black_list_check.
type BlackListCheckReply struct {
	// BlackListCheckItem has one entry for each account, in the order of the
	// request.
	BlackListCheckItem []CheckItem `json:"BlackListCheckItem"`
	// FailAccount lists the accounts with a ResultCode other than 0. Absent
	// when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	Head
}
