package wire_test

import (
	"reflect"
	"strings"
	"testing"

	"kith/wire"
)

func TestFailure(t *testing.T) {
	const (
		withDisplay = `{"ActionStatus":"FAIL","ErrorCode":60003,"ErrorInfo":"info","ErrorDisplay":"display"}`
		without     = `{"ActionStatus":"FAIL","ErrorInfo":"info","ErrorCode":60003}`
	)
	for family, want := range map[wire.Family]string{
		wire.Gateway: without, wire.AccountService: without, wire.OpenIM: without,
		wire.SNS: withDisplay, wire.Profile: withDisplay,
	} {
		reply := wire.Failure(family, wire.CodeJSON, "info", "display")
		if got := string(encode(t, reply)); got != want {
			t.Errorf("%s: %s, want %s", family, got, want)
		}
		if reply.Err() == nil {
			t.Errorf("%s: a failure without Err", family)
		}
	}
}

// No reply and no request is ever written with null, whatever is left unset.
func TestNothingIsNull(t *testing.T) {
	var all []any
	for _, r := range requests {
		all = append(all, r)
	}
	for _, r := range replies {
		all = append(all, r)
	}
	all = append(all, wire.TagValue{}, wire.UserProfile{}, wire.FriendInfo{},
		wire.GroupItem{}, wire.UserData{}, wire.OnlineStatus{})
	for _, v := range all {
		if got := string(encode(t, v)); strings.Contains(got, "null") {
			t.Errorf("%T is written as %s", v, got)
		}
	}
}

// What is always written, and what is left out.
func TestPresence(t *testing.T) {
	const ok = `"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}`
	tests := []struct {
		reply wire.Reply
		want  string
	}{
		{wire.ItemsReply{Head: wire.OK()}, `{"ResultItem":[],` + ok},
		{wire.FriendCheckReply{Head: wire.OK()}, `{"InfoItem":[],` + ok},
		{wire.FriendGetReply{Head: wire.OK()}, `{"StandardSequence":0,"CustomSequence":0,"FriendNum":0,"CompleteFlag":0,"NextStartIndex":0,` + ok},
		{wire.GroupAddReply{Head: wire.OK()}, `{"CurrentSequence":0,` + ok},
		{wire.GroupGetReply{Head: wire.OK()}, `{"ResultItem":[],"CurrentSequence":0,` + ok},
		{wire.BlackListGetReply{Head: wire.OK()}, `{"BlackListItem":[],"StartIndex":0,"CurruentSequence":0,"CurrentSequence":0,` + ok},
		{wire.PortraitGetReply{UserProfileItem: []wire.UserProfile{{ToAccount: "a"}, {ToAccount: "b", ProfileItem: []wire.TagValue{}}}, Head: wire.OK()},
			`{"UserProfileItem":[{"To_Account":"a","ResultCode":0,"ResultInfo":""},{"To_Account":"b","ProfileItem":[],"ResultCode":0,"ResultInfo":""}],` + ok},
		{wire.MultiAccountImportReply{BatchHead: wire.OKBatch()}, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","FailAccounts":[]}`},
		{wire.QueryOnlineStatusReply{AccountHead: wire.OKAccount()}, `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"QueryResult":[],"ErrorList":[]}`},
		{wire.QueryStateReply(wire.QueryOnlineStatusReply{AccountHead: wire.OKAccount()}), `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"QueryResult":[]}`},
	}
	for _, test := range tests {
		if got := string(encode(t, test.reply)); got != test.want {
			t.Errorf("%T is written as\n%s, want\n%s", test.reply, got, test.want)
		}
	}
}

func TestAppend(t *testing.T) {
	got, err := wire.Append([]byte("before "), wire.Head{ErrorInfo: "<a&b>\u2028\xff\"\n"})
	want := "before {\"ActionStatus\":\"\",\"ErrorCode\":0,\"ErrorInfo\":\"<a&b>\u2028\ufffd\\\"\\n\",\"ErrorDisplay\":\"\"}"
	if err != nil || string(got) != want {
		t.Errorf("Append = %q, %v, want %q", got, err, want)
	}
}

func TestCommands(t *testing.T) {
	paths := map[string]bool{wire.QueryState.Path(): true}
	for _, r := range requests {
		c := r.Command()
		// FriendGetList is friend_get_list; multiaccount_import is the one
		// name that does not show where its words end.
		name := strings.ToLower(reflect.TypeOf(r).Name())
		if got := strings.ReplaceAll(c.Name, "_", ""); got != name {
			t.Errorf("%T is the request of %q", r, c.Name)
		}
		if paths[c.Path()] {
			t.Errorf("path %s occurs twice", c.Path())
		}
		paths[c.Path()] = true
		if got := wire.FamilyOf(c.Family.Service()); got != c.Family {
			t.Errorf("FamilyOf(%q) = %v, want %v", c.Family.Service(), got, c.Family)
		}
	}
	if got, want := (wire.Kick{}).Command().Path(), "v4/im_open_login_svc/kick"; got != want {
		t.Errorf("path of kick is %q, want %q", got, want)
	}
	for _, service := range []string{"", "SNS", "sns ", "recentcontact"} {
		if got := wire.FamilyOf(service); got != wire.Gateway {
			t.Errorf("FamilyOf(%q) = %v, want %v", service, got, wire.Gateway)
		}
	}
}

func TestItemInfo(t *testing.T) {
	tests := []struct {
		request wire.Request
		reason  string
		want    string
	}{
		// The documents' own, byte for byte.
		{wire.FriendAdd{}, wire.ReasonFriendExist, "Err_SNS_FriendAdd_Friend_Exist"},
		{wire.FriendAdd{}, wire.ReasonSourceIllegal, "Err_SNS_FriendAdd_Source_Illegal"},
		{wire.FriendAdd{}, wire.ReasonAllowTypeForbid, "Err_SNS_FriendAdd_Friend_Allow_Type_Forbid"},
		{wire.FriendAdd{}, wire.ReasonForbidByAdmin, "Err_SNS_FriendAdd_Forbid_By_Admin"},
		{wire.FriendImport{}, wire.ReasonMyFriendLimit, "Err_SNS_FriendImport_My_Friend_Num_Exceed_Threshold"},
		{wire.FriendUpdate{}, wire.ReasonGroupLimit, "Err_SNS_FriendUpdate_Group_Num_Exceed_Threshold"},
		{wire.FriendDelete{}, wire.ReasonNotFriend, "Err_SNS_FriendDelete_Not_Friend"},
		{wire.FriendGetList{}, wire.ReasonFriendNotExist, "Err_SNS_FriendGetList_Friend_Not_Exist"},
		{wire.FriendResponse{}, wire.ReasonPendencyNotExist, "Err_SNS_FriendResponse_Pendency_Not_Exist"},
		{wire.GroupAdd{}, wire.ReasonGroupNotFriend, "Err_SNS_GroupAdd_ToTinyId_Not_Friend"},
		{wire.GroupUpdate{}, wire.ReasonFriendNotExist, "Err_SNS_GroupUpdate_Friend_Not_Exist"},
		{wire.BlackListAdd{}, wire.ReasonAlreadyExist, "Err_SNS_BlackListAdd_Already_Exist"},
	}
	for _, test := range tests {
		if got := wire.ItemInfo(test.request.Command(), test.reason); got != test.want {
			t.Errorf("ItemInfo = %q, want %q", got, test.want)
		}
	}
}
