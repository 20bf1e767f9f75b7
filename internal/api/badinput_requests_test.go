package api_test

import "slices"

// allAskAlice leaves requests of everybody but carol with alice.
var allAskAlice = []call{mustConfirm("alice"), ask("bob", "alice"), ask("dave", "alice"), ask("erin", "alice"), ask("frank", "alice"), ask("grace", "alice")}

var (
	noRequest  = singleText(30614, "Err_SNS_FriendResponse_Pendency_Not_Exist")
	noPendency = singleText(31804, "Err_SNS_PendencyDelete_Pendency_Not_Exist")
)

var requestForms = []form{
	{
		command: "sns/friend_response", batch: "ResponseFriendItem", before: allAskAlice,
		good: `{"From_Account":"alice","ResponseFriendItem":[{"To_Account":"erin","ResponseAction":"Response_Action_AgreeAndAdd"},
			{"To_Account":"frank","Remark":"r","TagName":"g","ResponseAction":"Response_Action_AgreeAndAdd"},{"To_Account":"grace","ResponseAction":"Response_Action_Reject"}]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "ResponseFriendItem", tries: slices.Concat(
				entries(sns, 1000, `{"To_Account":"nobody%d","ResponseAction":"Response_Action_Agree"}`, noneInBatch, badCall),
				each(want{items: []int{30001}, names: []string{"To_Account", "ResponseAction"}}, "[null]", "[{}]"),
				each(want{items: []int{0}}, `[{"To_Account":"erin","ResponseAction":"Response_Action_Reject"},{"To_Account":"erin","ResponseAction":"Response_Action_Agree"}]`), // L Q13
			)},
			{at: "ResponseFriendItem.1.To_Account", tries: slices.Concat(
				peer(badItem, singleText(30003, "Err_SNS_FriendResponse_Account_Not_Exist")), // L Q12
				each(noRequest, `"alice"`, `"carol"`, `"administrator"`),
			)},
			{at: "ResponseFriendItem.1.Remark", tries: text(sns, 96, badItem)},
			{at: "ResponseFriendItem.1.TagName", tries: text(sns, 30, badItem)},
			{at: "ResponseFriendItem.1.ResponseAction", tries: itemWord("Response_Action_Agree", "Response_Action_AgreeAndAdd", "Response_Action_Reject")},
		},
	},
	{
		command: "sns/pendency_get", before: allAskAlice,
		good: `{"From_Account":"alice","PendencyType":"Pendency_Type_ComeIn","StartTime":0,"MaxLimited":100,"LastSequence":0}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "PendencyType", tries: word(sns, badCall, "Pendency_Type_ComeIn", "Pendency_Type_SendOut", "Pendency_Type_Both")}, // L Q31
			{at: "StartTime", names: []string{"StartTime", "time"}, tries: slices.Concat(
				each(want{shows: `"To_Account":"grace"`}, absent, "null", "0", "-0", "1700000100", "1700000100.0", "17000001e2", max31),
				each(want{shows: `"PendencyItem":[]`}, "1", "1e3", "1700000099"),
				each(badCall, "-1", min63, two31, max32, two32, two53, max63), // D 18
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
			{at: "MaxLimited", tries: slices.Concat( // 1 to 1,000 (L Q16). That it may be left out is ours.
				each(want{shows: `"To_Account":"grace"`}, absent, "null", "1", "1.0", "10e-1", "100", "101", "1e3", "1000"),
				each(badCall, "0", "-0", "-1", min63, "1001", "1e4", max31, two31, max32, two32, two53, max63),
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
			{at: "LastSequence", tries: lastSequence(want{shows: `"To_Account":"grace"`})},
		},
	},
	{
		command: "sns/pendency_delete", before: allAskAlice,
		good: `{"From_Account":"alice","PendencyType":"Pendency_Type_ComeIn","To_Account":["erin","frank","grace"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "PendencyType", tries: slices.Concat(
				word(sns, badCall, "Pendency_Type_ComeIn"),
				each(badCall, `"Pendency_Type_Both"`), // L 6.5, 31802
				each(want{items: []int{31804, 31804, 31804}, fixed: noPendency.fixed}, `"Pendency_Type_SendOut"`),
			)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem, want{items: []int{0, 30003, 0}, names: []string{"Account"}}), // L 8, row 18; L Q12
				each(want{items: []int{31804, 31804}, fixed: noPendency.fixed}, `["carol","alice"]`),
				each(want{items: []int{0}}, `["bob","bob"]`), // L Q13
				each(badCall, repeated(1001, `"bob"`)),
			)},
		},
	},
	{
		command: "sns/pendency_report", before: allAskAlice,
		good: `{"From_Account":"alice","LatestPendencyTimeStamp":1700000100}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "LatestPendencyTimeStamp", names: []string{"LatestPendencyTimeStamp", "time"}, tries: slices.Concat(
				each(badCall, absent, "null"), // ours
				each(fine, "0", "-0", "1", "1.0", "1e3", "10e-1", max31),
				each(badCall, "-1", min63, two31, max32, two32, two53, max63), // D 18
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
		},
	},
}
