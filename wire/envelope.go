package wire

// ActionStatus values. ActionFail goes with every code other than 0 and with
// no other: some clients look at the status, some at the code.
const (
	ActionOK   = "OK"
	ActionFail = "FAIL"
)

// Head is the envelope of sns and profile. It closes every reply of theirs,
// after the payload, and is the whole reply of the calls that answer nothing
// else: friend_delete_all, pendency_report, portrait_set.
type Head struct {
	// ActionStatus is ActionOK or ActionFail.
	ActionStatus string
	// ErrorCode is 0 or one of the Code constants. Always written.
	ErrorCode int
	// ErrorInfo says why, "" on success.
	ErrorInfo string
	// ErrorDisplay is "" in every documented sample. Kith explains here
	// which member of a request was wrong.
	ErrorDisplay string
}

// AccountHead is the envelope of account_import, kick and
// query_online_status, whose samples open with it in this order. It has no
// ErrorDisplay. It is the whole reply of account_import and kick, and of a
// refusal by the gateway.
type AccountHead struct {
	ActionStatus string // ActionOK or ActionFail
	ErrorInfo    string // why, "" on success
	ErrorCode    int    // 0 or one of the Code constants
}

// BatchHead is AccountHead in the order of the calls on many accounts:
// multiaccount_import, account_delete, account_check.
type BatchHead struct {
	ActionStatus string // ActionOK or ActionFail
	ErrorCode    int    // 0 or one of the Code constants
	ErrorInfo    string // why, "" on success
}

// OK is the envelope of a success in sns and profile.
func OK() Head { return Head{ActionStatus: ActionOK} }

// OKAccount is the envelope of a success of account_import, kick and
// query_online_status.
func OKAccount() AccountHead { return AccountHead{ActionStatus: ActionOK} }

// OKBatch is the envelope of a success of multiaccount_import,
// account_delete and account_check.
func OKBatch() BatchHead { return BatchHead{ActionStatus: ActionOK} }

// Failure is the reply that refuses a whole request: the bare envelope of
// the family. sns and profile carry display, the others have no place for
// it and drop it. Code must not be 0.
func Failure(f Family, code int, info, display string) Reply {
	return (&Error{Code: code, Info: info, Display: display}).Reply(f)
}

// Err is an *Error if the envelope is that of a refusal, otherwise nil.
func (h Head) Err() error {
	return refusal(h.ActionStatus, h.ErrorCode, h.ErrorInfo, h.ErrorDisplay)
}

// Err is an *Error if the envelope is that of a refusal, otherwise nil.
func (h AccountHead) Err() error {
	return refusal(h.ActionStatus, h.ErrorCode, h.ErrorInfo, "")
}

// Err is an *Error if the envelope is that of a refusal, otherwise nil.
func (h BatchHead) Err() error {
	return refusal(h.ActionStatus, h.ErrorCode, h.ErrorInfo, "")
}

func refusal(status string, code int, info, display string) error {
	if code == 0 && status != ActionFail {
		return nil
	}
	return &Error{Code: code, Info: info, Display: display}
}

// A ResultItem tells how one account of a request fared.
type ResultItem struct {
	// ToAccount is spelled as in the request.
	ToAccount Account `json:"To_Account"`
	// ResultCode is 0 or one of the Code constants.
	ResultCode int `json:"ResultCode"`
	// ResultInfo is "" on success.
	ResultInfo string `json:"ResultInfo"`
}

// ItemsReply answers the calls that treat each account of a request by
// itself: friend_add, friend_import, friend_update, friend_delete,
// black_list_add, black_list_delete, friend_response and pendency_delete.
// Refused items leave the envelope OK.
type ItemsReply struct {
	// ResultItem has one entry for each item of the request, in its order.
	ResultItem []ResultItem `json:"ResultItem"`
	// FailAccount lists the accounts with a ResultCode other than 0, in the
	// order of the request. Absent when empty.
	FailAccount []Account `json:"Fail_Account,omitempty"`
	Head
}

// A CheckItem is the answer of friend_check and black_list_check for one
// account.
type CheckItem struct {
	ToAccount Account `json:"To_Account"`
	// Relation is one of the CheckResult or BlackCheckResult constants. It
	// is present in refused items too, as "no relation".
	Relation string `json:"Relation"`
	// ResultCode is 0 or one of the Code constants.
	ResultCode int `json:"ResultCode"`
	// ResultInfo is "" on success.
	ResultInfo string `json:"ResultInfo"`
}
