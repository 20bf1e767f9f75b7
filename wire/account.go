package wire

// AccountImport is the request of account_import, and one entry of
// MultiAccountImport.AccountList. The reply is AccountHead.
type AccountImport struct {
	// UserID is required: 1 to 32 bytes.
	UserID Account `json:"UserID"`
	// Identifier is the name of UserID before 2022. Decode moves it to
	// UserID, unless that is given too, and leaves "" here.
	Identifier Account `json:"Identifier,omitzero"`
	// Nick becomes Tag_Profile_IM_Nick, at most 500 bytes. "" is not given:
	// a second import then leaves the profile's nick as it is.
	Nick string `json:"Nick,omitzero"`
	// FaceURL becomes Tag_Profile_IM_Image, at most 500 bytes. "" is not
	// given.
	FaceURL string `json:"FaceUrl,omitzero"`
}

func (r *AccountImport) settle() { settleUser(&r.UserID, &r.Identifier) }

// settleUser moves an account from the old member name to the current one,
// which wins when both are given.
func settleUser(user, identifier *Account) {
	if *user == "" {
		*user = *identifier
	}
	*identifier = ""
}

// MultiAccountImport is the request of multiaccount_import. The documents
// know two forms, before and after July 2024; both are accepted, also mixed.
// At most 100 accounts. Read it with All.
type MultiAccountImport struct {
	// Accounts is the old form: UserIDs alone. An entry that is not a string
	// refuses the request with CodeAccountParameter.
	Accounts []Account `json:"Accounts,omitempty"`
	// AccountList is the new form, with nick and face.
	AccountList []AccountImport `json:"AccountList,omitempty"`
}

func (r *MultiAccountImport) settle() {
	for i := range r.AccountList {
		r.AccountList[i].settle()
	}
}

// All lists the accounts to import, those of Accounts first, then those of
// AccountList, each in the order of the request. Repetitions are kept.
func (r MultiAccountImport) All() []AccountImport {
	if len(r.Accounts) == 0 {
		return r.AccountList
	}
	all := make([]AccountImport, 0, len(r.Accounts)+len(r.AccountList))
	for _, user := range r.Accounts {
		all = append(all, AccountImport{UserID: user})
	}
	return append(all, r.AccountList...)
}

// MultiAccountImportReply is the reply of multiaccount_import. Accounts that
// fail leave the envelope OK.
type MultiAccountImportReply struct {
	BatchHead
	// FailAccounts lists the UserIDs that were not imported, in the order of
	// the request. Always written, [] when there are none.
	FailAccounts []Account `json:"FailAccounts"`
}

// An AccountItem names one account in AccountDelete and AccountCheck.
type AccountItem struct {
	// UserID is required.
	UserID Account `json:"UserID"`
	// Identifier is the old name of UserID, as in AccountImport.
	Identifier Account `json:"Identifier,omitzero"`
}

func settleItems(items []AccountItem) {
	for i := range items {
		settleUser(&items[i].UserID, &items[i].Identifier)
	}
}

// AccountDelete is the request of account_delete.
type AccountDelete struct {
	// DeleteItem has 1 to 100 entries.
	DeleteItem []AccountItem `json:"DeleteItem"`
}

func (r *AccountDelete) settle() { settleItems(r.DeleteItem) }

// AccountDeleteReply is the reply of account_delete.
type AccountDeleteReply struct {
	BatchHead
	// ResultItem has one entry for each of the request, in its order.
	ResultItem []AccountDeleteResult `json:"ResultItem"`
}

// AccountDeleteResult tells how the deletion of one account fared.
type AccountDeleteResult struct {
	ResultCode int     `json:"ResultCode"` // 0 or CodeAccountNotFound, ...
	ResultInfo string  `json:"ResultInfo"` // "" on success
	UserID     Account `json:"UserID"`
}

// AccountCheck is the request of account_check.
type AccountCheck struct {
	// CheckItem has 1 to 100 entries.
	CheckItem []AccountItem `json:"CheckItem"`
}

func (r *AccountCheck) settle() { settleItems(r.CheckItem) }

// AccountCheckReply is the reply of account_check.
type AccountCheckReply struct {
	BatchHead
	// ResultItem has one entry for each of the request, in its order.
	ResultItem []AccountCheckResult `json:"ResultItem"`
}

// AccountCheckResult tells whether one account exists. A missing account is
// no error.
type AccountCheckResult struct {
	UserID     Account `json:"UserID"`
	ResultCode int     `json:"ResultCode"`
	ResultInfo string  `json:"ResultInfo"`
	// AccountStatus is AccountImported or AccountNotImported; absent only
	// if ResultCode is not 0.
	AccountStatus string `json:"AccountStatus,omitzero"`
}

// Kick is the request of kick, which makes every UserSig issued so far
// worthless. The reply is AccountHead.
type Kick struct {
	// UserID is required.
	UserID Account `json:"UserID"`
	// Identifier is the old name of UserID, as in AccountImport.
	Identifier Account `json:"Identifier,omitzero"`
}

func (r *Kick) settle() { settleUser(&r.UserID, &r.Identifier) }

// QueryOnlineStatus is the request of query_online_status and of its old
// name querystate.
type QueryOnlineStatus struct {
	// ToAccount has 1 to 500 entries.
	ToAccount []Account `json:"To_Account"`
	// IsNeedDetail is 1 to ask for Detail, 0 (the default) not to.
	IsNeedDetail Int `json:"IsNeedDetail,omitzero"`
	// IsReturnInstID is 1 to ask for device instances (since 2025-12).
	IsReturnInstID Int `json:"IsReturnInstid,omitzero"`
	// IsReturnCustomStatus is 1 to ask for custom status (since 2025-12).
	IsReturnCustomStatus Int `json:"IsReturnCustomStatus,omitzero"`
}

// QueryOnlineStatusReply is the reply of query_online_status.
type QueryOnlineStatusReply struct {
	AccountHead
	// QueryResult has one entry for each account found, once for each time
	// it is asked for, in the order of the request.
	QueryResult []OnlineStatus `json:"QueryResult"`
	// ErrorList has the accounts that were not found. Always written.
	ErrorList []OnlineError `json:"ErrorList"`
}

// QueryStateReply is the reply of querystate: QueryOnlineStatusReply, which
// converts to it, without ErrorList when that is empty.
type QueryStateReply struct {
	AccountHead
	QueryResult []OnlineStatus `json:"QueryResult"`
	ErrorList   []OnlineError  `json:"ErrorList,omitempty"`
}

// OnlineStatus is the status of one account.
type OnlineStatus struct {
	ToAccount Account `json:"To_Account"`
	// Status is Online, PushOnline or Offline.
	Status string `json:"Status"`
	// State is the old name of Status. Both are written, with the same value.
	State string `json:"State"`
	// Detail is absent when empty, and must be empty unless the request has
	// IsNeedDetail 1: a published client fails on a Detail it did not ask for.
	Detail []OnlineDetail `json:"Detail,omitempty"`
}

// OnlineDetail is the status of one account on one platform.
type OnlineDetail struct {
	Platform string `json:"Platform"` // iPhone, Android, Web, PC, iPad, Mac
	Status   string `json:"Status"`   // Online or PushOnline
}

// OnlineError names an account that could not be asked about, and why.
type OnlineError struct {
	ToAccount Account `json:"To_Account"`
	ErrorCode int     `json:"ErrorCode"`
}

func (r *QueryOnlineStatusReply) settle() { settleStatus(r.QueryResult) }
func (r *QueryStateReply) settle()        { settleStatus(r.QueryResult) }

// settleStatus fills either name of the status from the other, for a client
// of a server that writes only one.
func settleStatus(all []OnlineStatus) {
	for i := range all {
		s := &all[i]
		if s.Status == "" {
			s.Status = s.State
		}
		if s.State == "" {
			s.State = s.Status
		}
	}
}
