package wire

// Words of the protocol, exactly as they are written. They are compared case
// by case.

// Values of FriendAdd.AddType.
const (
	// AddSingle makes the other a friend of the caller, not the reverse.
	AddSingle = "Add_Type_Single"
	// AddBoth makes both friends of each other. The default.
	AddBoth = "Add_Type_Both"
)

// Values of DeleteType in FriendDelete and FriendDeleteAll.
const (
	// DeleteSingle deletes the other from the caller's friends. The default.
	DeleteSingle = "Delete_Type_Single"
	// DeleteBoth deletes both from each other's friends.
	DeleteBoth = "Delete_Type_Both"
)

// Values of FriendCheck.CheckType.
const (
	// CheckSingle looks at the caller's friends only.
	CheckSingle = "CheckResult_Type_Single"
	// CheckBoth looks at both sides.
	CheckBoth = "CheckResult_Type_Both"

	checkSingal = "CheckResult_Type_Singal"
)

// Values of CheckItem.Relation in FriendCheckReply. A is From_Account, B is
// To_Account.
const (
	CheckNone    = "CheckResult_Type_NoRelation" // neither has the other
	CheckAWithB  = "CheckResult_Type_AWithB"     // A has B as a friend
	CheckBWithA  = "CheckResult_Type_BWithA"     // B has A as a friend
	CheckBothWay = "CheckResult_Type_BothWay"    // both
)

// Values of BlackListCheck.CheckType.
const (
	// BlackCheckSingle looks at the caller's blocklist only.
	BlackCheckSingle = "BlackCheckResult_Type_Single"
	// BlackCheckBoth looks at both sides.
	BlackCheckBoth = "BlackCheckResult_Type_Both"

	blackCheckSingal = "BlackCheckResult_Type_Singal"
)

// Values of CheckItem.Relation in BlackListCheckReply. A is From_Account, B
// is To_Account.
const (
	BlackCheckNone    = "BlackCheckResult_Type_NO"      // neither blocks
	BlackCheckAWithB  = "BlackCheckResult_Type_AWithB"  // A blocks B
	BlackCheckBWithA  = "BlackCheckResult_Type_BWithA"  // B blocks A
	BlackCheckBothWay = "BlackCheckResult_Type_BothWay" // both
)

// Values of GroupGet.NeedFriend. "" is NeedFriendNo.
const (
	NeedFriendYes = "Need_Friend_Type_Yes" // with members
	NeedFriendNo  = "Need_Friend_Type_No"  // without
)

// Values of GroupUpdateItem.UpdateType.
const (
	UpdateAdd    = "Update_Type_Add"    // put the friend into the list
	UpdateDelete = "Update_Type_Delete" // take the friend out
)

// Values of FriendResponseItem.ResponseAction.
const (
	// ResponseAgree gives the asker a friend, but not the one who answers.
	ResponseAgree = "Response_Action_Agree"
	// ResponseAgreeAndAdd makes both friends of each other.
	ResponseAgreeAndAdd = "Response_Action_AgreeAndAdd"
	// ResponseReject makes no friends.
	ResponseReject = "Response_Action_Reject"
)

// Values of PendencyType in PendencyGet, PendencyItem and PendencyDelete.
const (
	PendencyComeIn  = "Pendency_Type_ComeIn"  // asked by others
	PendencySendOut = "Pendency_Type_SendOut" // asked of others
	PendencyBoth    = "Pendency_Type_Both"    // only in PendencyGet
)

// Tags of a friend.
const (
	TagRemark     = "Tag_SNS_IM_Remark"     // string, at most 96 bytes
	TagGroup      = "Tag_SNS_IM_Group"      // array of strings, the lists
	TagAddSource  = "Tag_SNS_IM_AddSource"  // string, see AddSourcePrefix
	TagAddWording = "Tag_SNS_IM_AddWording" // string, at most 256 bytes
	TagAddTime    = "Tag_SNS_IM_AddTime"    // integer, Unix seconds
	TagRemarkTime = "Tag_SNS_IM_RemarkTime" // integer, Unix seconds
)

// Tags of a profile. Integers are from 0 to 2^32-1.
const (
	TagNick            = "Tag_Profile_IM_Nick"            // string, at most 500 bytes
	TagGender          = "Tag_Profile_IM_Gender"          // GenderUnknown, ...
	TagBirthDay        = "Tag_Profile_IM_BirthDay"        // integer, such as 20190419
	TagLocation        = "Tag_Profile_IM_Location"        // string, at most 500 bytes
	TagSelfSignature   = "Tag_Profile_IM_SelfSignature"   // string, at most 500 bytes
	TagAllowType       = "Tag_Profile_IM_AllowType"       // AllowAny, ...
	TagLanguage        = "Tag_Profile_IM_Language"        // integer
	TagImage           = "Tag_Profile_IM_Image"           // string, a URL of at most 500 bytes
	TagMsgSettings     = "Tag_Profile_IM_MsgSettings"     // integer, bit 0: no messages
	TagAdminForbidType = "Tag_Profile_IM_AdminForbidType" // AdminForbidNone, ...
	TagLevel           = "Tag_Profile_IM_Level"           // integer
	TagRole            = "Tag_Profile_IM_Role"            // integer
)

// Prefixes of names that an app chooses. A keyword of letters follows, at
// most 8 bytes.
const (
	AddSourcePrefix        = "AddSource_Type_"
	TagSNSPrefix           = "Tag_SNS_IM_"
	TagSNSCustomPrefix     = "Tag_SNS_Custom_"
	TagProfilePrefix       = "Tag_Profile_IM_"
	TagProfileCustomPrefix = "Tag_Profile_Custom_"
)

// Values of TagGender.
const (
	GenderUnknown = "Gender_Type_Unknown"
	GenderFemale  = "Gender_Type_Female"
	GenderMale    = "Gender_Type_Male"
)

// Values of TagAllowType: what happens to a friend request.
const (
	AllowAny         = "AllowType_Type_AllowAny"    // friends at once
	AllowNeedConfirm = "AllowType_Type_NeedConfirm" // the request waits for an answer
	AllowDenyAny     = "AllowType_Type_DenyAny"     // refused
)

// Values of TagAdminForbidType: may the user send friend requests?
const (
	AdminForbidNone    = "AdminForbid_Type_None"
	AdminForbidSendOut = "AdminForbid_Type_SendOut"
)

// Values of AccountCheckResult.AccountStatus.
const (
	AccountImported    = "Imported"
	AccountNotImported = "NotImported"
)

// Values of OnlineStatus.Status.
const (
	StatusOnline     = "Online"
	StatusPushOnline = "PushOnline"
	StatusOffline    = "Offline"
)
