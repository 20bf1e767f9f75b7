package api

import (
	"context"
	"errors"
	"fmt"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

// A spelling is how the protocol says a fault.
type spelling struct {
	code   int
	reason string // the last part of Err_SNS_<Command>_<reason>
	hint   string // what to do about it; "" where clients compare the text
}

func (s spelling) text(c wire.Command) string {
	text := wire.ItemInfo(c, s.reason)
	if s.hint != "" {
		text += ": " + s.hint
	}
	return text
}

// itemFaults spells the refusal of one item of sns. What a command says in its
// own way stands in ownFaults.
var itemFaults = map[chain.Fault]spelling{
	chain.BadPeer:         {wire.CodeParameter, wire.ReasonInvalidParameter, "To_Account must be 1 to 32 printable ASCII characters"},
	chain.NoSuchPeer:      {wire.CodeNoAccount, wire.ReasonInvalidAccount, ""},
	chain.Self:            {wire.CodeParameter, wire.ReasonSelf, ""},
	chain.BadRemark:       {wire.CodeParameter, wire.ReasonInvalidParameter, "Remark must be a string of at most 96 bytes without NUL"},
	chain.BadWording:      {wire.CodeParameter, wire.ReasonInvalidParameter, "AddWording must be a string of at most 256 bytes without NUL"},
	chain.BadSource:       {wire.CodeParameter, wire.ReasonSourceIllegal, ""},
	chain.BadListName:     {wire.CodeParameter, wire.ReasonInvalidParameter, "GroupName must be a string of 1 to 30 bytes without NUL, or several"},
	chain.BadTime:         {wire.CodeParameter, wire.ReasonInvalidParameter, "AddTime and RemarkTime must be within 0 to 2147483647 seconds"},
	chain.BadCustomField:  {wire.CodeParameter, wire.ReasonInvalidParameter, "Tag must be Tag_SNS_Custom_ and 1 to 8 letters, declared if the app declares its tags"},
	chain.BadCustomValue:  {wire.CodeParameter, wire.ReasonInvalidParameter, "Value of a custom tag must be a string of at most 500 bytes without NUL, or an integer of at most 64 bits"},
	chain.TooManyFields:   {wire.CodeParameter, wire.ReasonInvalidParameter, "one friend may have at most 20 custom tags, and CustomItem or SnsItem as many entries for them"},
	chain.NoChanges:       {wire.CodeParameter, wire.ReasonInvalidParameter, "SnsItem must have an entry"},
	chain.NotUpdatable:    {wire.CodeParameter, wire.ReasonInvalidParameter, "Tag must be Tag_SNS_IM_Remark, Tag_SNS_IM_Group or Tag_SNS_Custom_ and 1 to 8 letters"},
	chain.AlreadyFriend:   {wire.CodeParameter, wire.ReasonFriendExist, ""},
	chain.NotFriend:       {wire.CodeParameter, wire.ReasonFriendNotExist, ""},
	chain.ForbiddenToAsk:  {wire.CodeForbidden, wire.ReasonForbidByAdmin, ""},
	chain.PeerBlocked:     {wire.CodeBlocked, wire.ReasonInMyBlackList, ""},
	chain.BlockedByPeer:   {wire.CodeBlockedByPeer, wire.ReasonInPeerBlackList, ""},
	chain.PeerRefusesAll:  {wire.CodeDenied, wire.ReasonAllowTypeForbid, ""},
	chain.RequestPending:  {wire.CodePending, wire.ReasonNeedConfirm, ""},
	chain.RequestsFull:    {wire.CodeRequestLimit, wire.ReasonRequestLimit, ""},
	chain.FriendsFull:     {wire.CodeFriendLimit, wire.ReasonMyFriendLimit, ""},
	chain.PeerFriendsFull: {wire.CodePeerLimit, wire.ReasonPeerFriendLimit, ""},
	chain.ListsFull:       {wire.CodeListLimit, wire.ReasonGroupLimit, ""},
	chain.AlreadyBlocked:  {wire.CodeParameter, wire.ReasonAlreadyExist, ""},
	chain.NotBlocked:      {wire.CodeParameter, wire.ReasonNotExist, ""},
	chain.NoRequest:       {wire.CodeNoRequest, wire.ReasonPendencyNotExist, ""},
	chain.NoPendency:      {wire.CodeNoPendency, wire.ReasonPendencyNotExist, ""},
	chain.BadAction:       {wire.CodeParameter, wire.ReasonInvalidParameter, "ResponseAction or UpdateType is none of the documented words"},
	chain.BlocksFull:      {wire.CodeBlockLimit, wire.ReasonBlockLimit, ""},
}

// ownFaults are spelled differently by one command than by the others.
var ownFaults = map[string]map[chain.Fault]spelling{
	"friend_delete":     {chain.NotFriend: {wire.CodeNotFriend, wire.ReasonNotFriend, ""}},
	"group_add":         {chain.NotFriend: {wire.CodeListNotFriend, wire.ReasonGroupNotFriend, ""}, chain.NoSuchPeer: noAccount},
	"pendency_delete":   {chain.NoSuchPeer: noAccount},
	"black_list_add":    {chain.Self: {wire.CodeParameter, wire.ReasonBlockSelf, ""}, chain.NoSuchPeer: noAccount},
	"black_list_delete": {chain.NoSuchPeer: noAccount},
	"black_list_check":  {chain.NoSuchPeer: noAccount},
	"friend_response":   {chain.NoSuchPeer: noAccount, chain.BadListName: {wire.CodeParameter, wire.ReasonInvalidParameter, "TagName must be a string of 1 to 30 bytes without NUL"}},
	"group_update":      {chain.NoSuchPeer: noAccount},
}

// noAccount is what the newer calls say of a peer without an account.
var noAccount = spelling{wire.CodeNoAccount, wire.ReasonNoAccount, ""}

// itemTexts are the spellings of itemFaults for one command, made once.
type itemTexts map[chain.Fault]wire.ResultItem

func newItemTexts(c wire.Command) itemTexts {
	t := make(itemTexts, len(itemFaults))
	for fault, s := range itemFaults {
		if own, ok := ownFaults[c.Name][fault]; ok {
			s = own
		}
		t[fault] = wire.ResultItem{ResultCode: s.code, ResultInfo: s.text(c)}
	}
	return t
}

var textsByCommand = func() map[wire.Command]itemTexts {
	m := map[wire.Command]itemTexts{}
	for _, r := range []wire.Request{wire.FriendAdd{}, wire.FriendImport{}, wire.FriendUpdate{}, wire.FriendDelete{}, wire.FriendCheck{}, wire.FriendGetList{},
		wire.GroupAdd{}, wire.GroupUpdate{}, wire.BlackListAdd{}, wire.BlackListDelete{}, wire.BlackListCheck{}, wire.FriendResponse{}, wire.PendencyDelete{}} {
		m[r.Command()] = newItemTexts(r.Command())
	}
	return m
}()

// spellItem returns the code and text of one item of command c.
func spellItem(c wire.Command, f chain.Fault) (code int, info string) {
	if f == chain.OK {
		return 0, ""
	}
	s := textsByCommand[c][f]
	return s.ResultCode, s.ResultInfo
}

// batchMember is the member that holds the items of a command's request.
var batchMember = map[string]string{
	"friend_add":    "AddFriendItem",
	"friend_import": "AddFriendItem",
	"friend_update": "UpdateItem",
	"group_update":  "GroupNewName or UpdateGroupItem",

	"friend_response": "ResponseFriendItem",

	"portrait_set": "ProfileItem",

	"multiaccount_import": "Accounts or AccountList",
	"account_check":       "CheckItem",
	"account_delete":      "DeleteItem",
}

// spell turns an error of a command into one of the wire. What has no code of
// its own is left as it is and ends as an internal error.
func (c *command) spell(s *chain.Settings, err error) error {
	fault, refused := errors.AsType[chain.Fault](err)
	if !refused {
		return err
	}
	switch c.wire.Family {
	case wire.AccountService:
		return c.refuseAccounts(fault)
	case wire.Profile:
		return c.refuseProfile(s, fault)
	case wire.OpenIM:
		return refuseStatus(fault)
	}
	return c.refuse(s, fault)
}

// refuse spells a fault that refuses a whole command of sns.
func (c *command) refuse(s *chain.Settings, fault chain.Fault) error {
	parameter := func(hint string) error {
		return &wire.Error{Code: wire.CodeParameter, Info: wire.ItemInfo(c.wire, wire.ReasonInvalidParameter) + ": " + hint}
	}
	switch fault {
	case chain.NoSuchOwner:
		return &wire.Error{Code: wire.CodeNoAccount, Info: wire.TextSNSNoAccount}
	case chain.BadOwner:
		return parameter("From_Account must be 1 to 32 printable ASCII characters")
	case chain.NoItems, chain.TooManyItems:
		return parameter(c.batch(s.MaxItems))
	case chain.BadStart:
		return parameter("StartIndex must not be negative")
	case chain.NoLists, chain.TooManyLists:
		return parameter(fmt.Sprintf("GroupName must have 1 to %d entries", max(chain.MaxNames, s.MaxLists)))
	case chain.BadListName:
		return parameter("a friend list's name must have 1 to 30 bytes and no NUL")
	case chain.ListExists:
		return &wire.Error{Code: wire.CodeParameter, Info: wire.ItemInfo(c.wire, wire.ReasonGroupExist)}
	case chain.NoSuchList:
		return &wire.Error{Code: wire.CodeParameter, Info: wire.ItemInfo(c.wire, wire.ReasonGroupNotExist)}
	case chain.ListsFull:
		return &wire.Error{Code: wire.CodeListLimit, Info: wire.ItemInfo(c.wire, wire.ReasonGroupLimit)}
	case chain.BadLimit:
		return parameter("MaxLimited must be at least 1 and not larger than a page may be")
	case chain.BadTime:
		return parameter("a time must be within 0 to 2147483647 seconds")
	case chain.BadFriendTag:
		return parameter("TagList names a tag that does not exist or that the app does not declare")
	}
	return fault
}

// batch says how many items a command takes.
func (c *command) batch(most int) string {
	member := batchMember[c.wire.Name]
	if member == "" {
		member = "To_Account"
	}
	return fmt.Sprintf("%s must have 1 to %d entries", member, most)
}

const textInternal = "internal error, try again; the server's log tells more"

// internalCodes are the codes of each family for a failure of ours, for being
// too late, and for a lost race.
var internalCodes = map[wire.Family]struct{ internal, timeout, conflict int }{
	wire.Gateway:        {wire.CodeInternal, wire.CodeRequestTimeout, wire.CodeConflict},
	wire.SNS:            {wire.CodeInternal, wire.CodeTimeout, wire.CodeConflict},
	wire.Profile:        {wire.CodeProfileInternal, wire.CodeProfileInternal, wire.CodeProfileInternal},
	wire.AccountService: {wire.CodeAccountInternal, wire.CodeAccountTimeout, wire.CodeAccountTimeout},
	wire.OpenIM:         {wire.CodeStatusInternal, wire.CodeStatusTimeout, wire.CodeStatusTimeout},
}

// fail is the reply to a request that is refused whole. What is our fault goes
// to the log, once; the caller learns that much.
func (s *Server) fail(name string, family wire.Family, err error) wire.Reply {
	if e, ok := errors.AsType[*wire.Error](err); ok {
		return e.Reply(family)
	}
	codes := internalCodes[family]
	switch {
	case errors.Is(err, store.ErrConflict):
		return wire.Failure(family, codes.conflict, "too many concurrent changes of the same accounts, try again", "")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		if errors.Is(err, store.ErrUncertain) {
			return wire.Failure(family, codes.timeout, "not known to be done in time; the change may have been made", "")
		}
		return wire.Failure(family, codes.timeout, "not done in time, try again", "")
	case errors.Is(err, store.ErrClosed):
		return wire.Failure(family, codes.internal, "the server is shutting down, try again", "")
	}
	id := newRequestID()
	if errors.Is(err, store.ErrAway) {
		s.Log.Warn("call failed", "command", name, "request", id, "err", err)
		return wire.Failure(family, codes.internal, "the database cannot be reached, try again; request "+id, "")
	}
	if errors.Is(err, store.ErrUncertain) {
		s.Log.Warn("call failed", "command", name, "request", id, "err", err)
		return wire.Failure(family, codes.internal, "the database was lost during the change, which may have been made; request "+id, "")
	}
	s.Log.Error("call failed", "command", name, "request", id, "err", err)
	return wire.Failure(family, codes.internal, textInternal+" about request "+id, "")
}
