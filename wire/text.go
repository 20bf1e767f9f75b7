package wire

import "strings"

// Texts of ErrorInfo and ResultInfo that the documents or live answers are
// known to have. No client should parse them; some compare them.
const (
	// TextURL goes with CodeURL.
	TextURL = "HTTP parse Error"
	// TextRequestTimeout goes with CodeRequestTimeout.
	TextRequestTimeout = "service timeout or request format error,please check and try again"
	// TextAppIDMissing goes with CodeAppIDMissing.
	TextAppIDMissing = "Rest Api need sdkappid"
	// TextStatusBody goes with CodeStatusBody.
	TextStatusBody = "Fail to Parse json data of body, Please check it"
	// TextSNSDecode goes with CodeParameter for a value of the wrong type.
	TextSNSDecode = "SNS_DECODE_ERR"
	// TextSNSNoAccount goes with CodeNoAccount for the whole request.
	TextSNSNoAccount = "Err_Sns_Invalid_Account"
	// TextProfileDecode goes with CodeProfileParameter.
	TextProfileDecode = "Err_Profile_Comm_Decode_Fail"
	// TextProfileRead goes with CodeProfileInternal for one account.
	TextProfileRead = "Err_Profile_PortraitGet_Read_Custom_Data_Fail"
	// TextAccountNotFound goes with CodeAccountNotFound for one account.
	TextAccountNotFound = "Err_TLS_PT_Open_Login_Account_Not_Exist"
)

// Reasons: the last part of a ResultInfo of sns. ItemInfo puts the command in
// front. Those marked ours are not documented anywhere.
const (
	ReasonFriendExist        = "Friend_Exist"                   // 30001, friend_add; clients compare it
	ReasonSourceIllegal      = "Source_Illegal"                 // 30001
	ReasonAllowTypeForbid    = "Friend_Allow_Type_Forbid"       // 30516
	ReasonForbidByAdmin      = "Forbid_By_Admin"                // 30009
	ReasonMyFriendLimit      = "My_Friend_Num_Exceed_Threshold" // 30010
	ReasonPeerFriendLimit    = "To_Friend_Num_Exceed_Threshold" // 30014, ours
	ReasonGroupLimit         = "Group_Num_Exceed_Threshold"     // 30011
	ReasonRequestLimit       = "Pendency_Num_Exceed_Threshold"  // 30012, ours
	ReasonBlockLimit         = "BlackList_Num_Exceed_Threshold" // 30013, ours
	ReasonInMyBlackList      = "In_Self_BlackList"              // 30515, ours
	ReasonInPeerBlackList    = "In_Peer_BlackList"              // 30525, ours
	ReasonNeedConfirm        = "Friend_Allow_Type_Need_Confirm" // 30539, ours
	ReasonSelf               = "Cant_Add_Self"                  // 30001, ours
	ReasonBlockSelf          = "Self"                           // 30001, black_list_add, ours
	ReasonInvalidAccount     = "Invalid_Account"                // 30003, ours
	ReasonNoAccount          = "Account_Not_Exist"              // 30003, lists, blocklist and requests, ours
	ReasonInvalidParameter   = "Invalid_Parameter"              // 30001, ours
	ReasonFriendNotExist     = "Friend_Not_Exist"               // 30001, friend_update, friend_get_list, group_update
	ReasonNotFriend          = "Not_Friend"                     // 31704, friend_delete
	ReasonGroupNotFriend     = "ToTinyId_Not_Friend"            // 32216, group_add
	ReasonGroupExist         = "Group_Exist"                    // 30001, strict group_add, ours
	ReasonGroupNotExist      = "Group_Not_Exist"                // 30001, strict group_delete and group_get, ours
	ReasonAlreadyExist       = "Already_Exist"                  // 30001, black_list_add
	ReasonNotExist           = "Not_Exist"                      // 30001, black_list_delete, ours
	ReasonPendencyNotExist   = "Pendency_Not_Exist"             // 30614
	ReasonReverseCheckFailed = "Check_Reverse_BlackList_Fail"   // 30007
	ReasonCheckFailed        = "Check_Relation_Exec_Task_Fail"  // 30006
	ReasonUnpackProfile      = "Unpack_Profile_Data_Fail"       // 30006
	ReasonCallbackFail       = "Callback_Fail"                  // 30006, an app that could not be asked, ours
	ReasonCallbackTimeout    = "Callback_Timeout"               // 30007, an app that did not answer in time, ours
	ReasonAppIDIllegal       = "SdkAppId_Illegal"               // 30002
)

// ItemInfo spells a ResultInfo of sns: friend_add and ReasonFriendExist make
// "Err_SNS_FriendAdd_Friend_Exist".
func ItemInfo(c Command, reason string) string {
	var b strings.Builder
	b.Grow(len("Err_SNS__") + len(c.Name) + len(reason))
	b.WriteString("Err_SNS_")
	for word := range strings.SplitSeq(c.Name, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	b.WriteString("_" + reason)
	return b.String()
}
