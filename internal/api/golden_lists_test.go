package api_test

import "fmt"

// makeLists makes lists of id with members.
func makeLists(names, members string) call {
	return call{"sns/group_add", fmt.Sprintf(`{"From_Account":"id","GroupName":[%s],"To_Account":[%s]}`, names, members)}
}

// block lets one account block others.
func block(owner, peers string) call {
	return call{"sns/black_list_add", fmt.Sprintf(`{"From_Account":%q,"To_Account":[%s]}`, owner, peers)}
}

// mustConfirm lets an account answer those who want to be friends.
func mustConfirm(account string) call {
	return call{"profile/portrait_set", fmt.Sprintf(`{"From_Account":%q,"ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"}]}`, account)}
}

// ask lets one account ask another to be friends.
func ask(from, to string) call {
	return call{"sns/friend_add", fmt.Sprintf(`{"From_Account":%q,"AddFriendItem":[{"To_Account":%q,"AddSource":"AddSource_Type_Web","AddWording":"I'm %s"}]}`, from, to, from)}
}

// laterScenes are those of lists, blocklist, requests and status.
var laterScenes = map[string][]scene{
	"group_add": {{request: "request GroupAdd 2.1 complete", reply: "reply GroupAddReply 2.1 items refused", calls: []call{befriend("Single", "id1")}}},
	"group_delete": {
		{request: "request GroupDelete 2.2 complete", reply: "instead ErrorInfo is empty", calls: []call{befriend("Single", "id1"), makeLists(`"group1","group3"`, `"id1"`)}},
		{request: "request GroupDelete 2.2 complete", reply: "instead ErrorInfo is empty"},
	},
	"group_get": {
		{request: "request GroupGet 2.3 basic", reply: "reply GroupGetReply 2.3 basic", calls: []call{makeLists(`"group1","group2","group3"`, "")}},
		{request: "request GroupGet 2.3 basic", reply: "reply GroupGetReply 9 Q8 ours, no lists"},
		{request: "request GroupGet 2.3 complete", reply: "reply GroupGetReply 2.3 complete", calls: []call{befriend("Single", "id1"), makeLists(`"group1"`, `"id1"`)}},
		{request: "request GroupGet 2.3 complete", reply: "reply GroupGetReply 2.3 ours, members asked for and none", calls: []call{makeLists(`"group1"`, "")}},
		{request: "request GroupGet 2.3 complete", reply: "reply GroupGetReply 9 Q8 ours, no lists"}, // L Q6
	},
	"group_update": {{
		request: "request GroupUpdate 2.4 ours, rename and move", reply: "reply GroupUpdateReply 2.4 ours, item refused",
		calls: []call{befriend("Single", "id2"), makeLists(`"group1"`, `"id2"`)},
	}},
	"black_list_delete": {{request: "request BlackListDelete 3.2 from the table", reply: "reply ItemsReply 3.2 item refused", calls: []call{block("id", `"id1","id2"`)}}},
	"black_list_get": {
		{request: "request BlackListGet 3.3 complete", reply: "encodes both spellings", calls: []call{block("id", `"id1","id2"`)}},
		{request: "request BlackListGet 3.3 complete", reply: "reply BlackListGetReply 9 Q17 ours, past the end"},
	},
	"black_list_check": {{
		request: "request BlackListCheck 3.4 complete", reply: "reply BlackListCheckReply 3.4 item refused", absent: []string{"id5"},
		calls: []call{block("id", `"id1","id2"`), block("id1", `"id"`), block("id3", `"id"`)},
	}},
	"friend_response": {
		{request: "request FriendResponse 7.3 ours, complete", reply: "reply ItemsReply 7.3 ours, item refused", calls: []call{mustConfirm("id"), ask("id1", "id"), ask("id2", "id")}},
	},
	"pendency_get": {
		{request: "request PendencyGet 7.3 ours, complete", reply: "reply PendencyGetReply 7.3 ours, one request", calls: []call{mustConfirm("id"), ask("id1", "id")}},
		{request: "request PendencyGet 7.3 ours, complete", reply: "reply PendencyGetReply 7.3 ours, none"},
	},
	"pendency_delete": {
		{request: "request PendencyDelete 7.3 ours, complete", reply: "reply ItemsReply 7.3 ours, item refused", calls: []call{mustConfirm("id1"), ask("id", "id1")}},
	},
	"pendency_report":     {{request: "request PendencyReport 7.3 ours, complete", reply: "reply Head 7.3 ours, success"}},
	"kick":                {{request: "request Kick 4.5 complete", reply: "reply AccountHead 4.5 success"}},
	"query_online_status": {{request: "request QueryOnlineStatus 4.6 from the table", reply: "reply QueryOnlineStatusReply 4.6 ours, everybody found"}},
}
