package api_test

import (
	"slices"
	"strings"
)

// forms has every member of every command that is served. What comes of a
// value is what the documents say; where they say nothing, a comment does.
var forms = slices.Concat(addForms, updateForms, friendForms, profileForms, accountForms,
	listForms, blockForms, requestForms, statusForms)

// Refusals that recur. Documented texts are compared, ours need but name the
// member.
var (
	badItem     = single(30001)
	badCall     = whole(30001)
	noAccount   = want{code: 30003, info: "Err_Sns_Invalid_Account", names: []string{"Account"}} // D 12
	badSource   = singleText(30001, "Err_SNS_FriendAdd_Source_Illegal")
	badImport   = singleText(30001, "Err_SNS_FriendImport_Source_Illegal") // F Q9
	noneInBatch = badCall
)

// malformedSources are none of AddSource_Type_ and one to eight letters.
var malformedSources = []string{
	`"x"`, `"AddSource_Type_"`, `"AddSource_Type_abcdefghi"`, `"AddSource_Type_a1"`, `"AddSource_Type_a b"`,
	`"addsource_type_Web"`, `"ADDSOURCE_TYPE_Web"`, `" AddSource_Type_Web"`, `"AddSource_Type_Web "`, `"AddSource_Type_W\u00e9b"`,
	`"AddSource_Type_\u0000"`, `"AddSource_Type_W\n"`, `"AddSource_Type_W\u007f"`, `"AddSource_Type_Web_"`, letters(100_000),
}

var goodSources = []string{`"AddSource_Type_Web"`, `"AddSource_Type_a"`, `"AddSource_Type_ABCDEFGH"`}

// malformedTags are none of Tag_SNS_Custom_ and one to eight letters (F Q10).
var malformedTags = []string{
	`"Tag_SNS_Custom_"`, `"Tag_SNS_Custom_abcdefghi"`, `"Tag_SNS_Custom_a1"`, `"Tag_SNS_Custom_a_b"`, `"Tag_SNS_Custom_a b"`,
	`"tag_sns_custom_Test"`, `"Tag_SNS_Custom"`, `"Tag_SNS_Custom_T\u00e9st"`, `"Tag_SNS_Custom_T\u0000"`, `"Tag_SNS_Custom_T\n"`,
	`"Tag_SNS_Custom_Test "`, `" Tag_SNS_Custom_Test"`, `"Tag_Profile_Custom_Test"`, `"Tag_Profile_IM_Nick"`, `"x"`, letters(100_000),
}

// integers are what a custom field holds: any of 64 bits (D 13).
var integers = []string{"0", "-0", "-1", "1.0", "1e3", max31, two31, max32, two32, two53, max63, two63, max64, min63}

// customValue is the value of a custom field of a friend.
func customValue(f family) []try {
	return slices.Concat(
		each(fine, `"x"`, `""`, letters(500), wide(500), `"a\nb\u007f"`),
		each(fine, integers...),
		each(badItem, absent, "null", letters(501), wide(501), letters(100_000), `"a\u0000b"`, two64, low63, "1.5", "1e30", "1e400"),
		each(badItem, but(bools, arrays, objects)...),
	)
}

var addForms = []form{
	{
		command: "sns/friend_add", batch: "AddFriendItem",
		good: `{"From_Account":"alice","AddFriendItem":[{"To_Account":"erin","AddSource":"AddSource_Type_Web"},
			{"To_Account":"frank","Remark":"r","GroupName":"g","AddSource":"AddSource_Type_Web","AddWording":"w"},
			{"To_Account":"grace","Remark":"","GroupName":"","AddWording":""}],"AddType":"Add_Type_Both","ForceAddFlags":0}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "AddFriendItem", tries: slices.Concat(
				entries(sns, 1000, `{"To_Account":"nobody%d"}`, noneInBatch, badCall),
				each(want{items: []int{0, 30001}, fixed: "Err_SNS_FriendAdd_Friend_Exist"}, `[{"To_Account":"erin"},{"To_Account":"erin"}]`), // F Q3
				each(want{items: []int{0, 30001, 0}, names: []string{"To_Account"}}, `[{"To_Account":"erin"},{},{"To_Account":"grace"}]`),
				each(want{items: []int{0, 30001}, names: []string{"To_Account"}}, `[{"To_Account":"erin"},null]`),
			)},
			{at: "AddFriendItem.1.To_Account", tries: slices.Concat(
				peer(badItem, singleText(30003, "Err_SNS_FriendAdd_Invalid_Account")), // F Q2
				each(singleText(30001, "Err_SNS_FriendAdd_Cant_Add_Self"), `"alice"`), // F Q1
				each(singleText(30001, "Err_SNS_FriendAdd_Friend_Exist"), `"bob"`),    // D 1
			)},
			{at: "AddFriendItem.1.Remark", tries: text(sns, 96, badItem)},
			{at: "AddFriendItem.1.GroupName", tries: text(sns, 30, badItem)},
			{at: "AddFriendItem.1.AddSource", tries: slices.Concat(
				each(fine, absent, "null", `""`), each(fine, goodSources...), each(badSource, malformedSources...),
				each(sns.wrongType(), but(numbers, bools, arrays, objects)...),
			)},
			{at: "AddFriendItem.1.AddWording", tries: text(sns, 256, badItem)},
			{at: "AddType", tries: word(sns, fine, "Add_Type_Single", "Add_Type_Both")},
			{at: "ForceAddFlags", tries: slices.Concat(
				each(fine, absent, "null", "0", "1", "-0", "1.0", "10e-1", "0e5"),
				each(badCall, "2", "-1", "1e3", max31, two31, max32, two32, two53, max63, min63),
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
		},
	},
	{
		command: "sns/friend_import", batch: "AddFriendItem",
		good: `{"From_Account":"alice","AddFriendItem":[{"To_Account":"erin","AddSource":"AddSource_Type_Web"},
			{"To_Account":"frank","Remark":"r","RemarkTime":1420000001,"GroupName":["g"],"AddSource":"AddSource_Type_Web","AddWording":"w","AddTime":1420000001,
			 "CustomItem":[{"Tag":"Tag_SNS_Custom_Test","Value":"v"}]},
			{"To_Account":"grace","AddSource":"AddSource_Type_Web"}]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "AddFriendItem", tries: slices.Concat(
				entries(sns, 1000, `{"To_Account":"nobody%d","AddSource":"AddSource_Type_Web"}`, noneInBatch, badCall),
				each(fine, `[{"To_Account":"erin","AddSource":"AddSource_Type_Web"},{"To_Account":"erin","AddSource":"AddSource_Type_Web"}]`), // F Q3
				each(want{items: []int{0, 30001}, names: []string{"To_Account"}}, `[{"To_Account":"erin","AddSource":"AddSource_Type_Web"},null]`),
			)},
			{at: "AddFriendItem.1.To_Account", tries: slices.Concat(
				peer(badItem, singleText(30003, "Err_SNS_FriendImport_Invalid_Account")),
				each(singleText(30001, "Err_SNS_FriendImport_Cant_Add_Self"), `"alice"`),
				each(fine, `"bob"`), // F Q11
			)},
			{at: "AddFriendItem.1.Remark", tries: text(sns, 96, badItem)},
			{at: "AddFriendItem.1.RemarkTime", tries: seconds(sns)},
			{at: "AddFriendItem.1.GroupName", tries: slices.Concat(
				each(fine, absent, "null", "[]", `["g"]`, `["g","g"]`, "["+letters(30)+"]", "["+wide(30)+"]", `["a\nb"]`, repeated(31, `"g%d"`)),
				each(badItem, `[""]`, `["g",""]`, "["+letters(31)+"]", `["g",`+wide(31)+`]`, `["a\u0000"]`, "[null]"),
				each(singleText(30011, "Err_SNS_FriendImport_Group_Num_Exceed_Threshold"), repeated(32, `"g%d"`), repeated(1000, `"g%d"`)),
				each(sns.wrongType(), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[true]", "[[]]", "[{}]", `["g",1.5]`})...),
			)},
			{at: "AddFriendItem.1.AddSource", tries: slices.Concat(
				each(badImport, absent, "null", `""`), each(fine, goodSources...), each(badImport, malformedSources...),
				each(sns.wrongType(), but(numbers, bools, arrays, objects)...),
			)},
			{at: "AddFriendItem.1.AddWording", tries: text(sns, 256, badItem)},
			{at: "AddFriendItem.1.AddTime", tries: seconds(sns)},
			{at: "AddFriendItem.1.CustomItem", tries: slices.Concat(
				each(fine, absent, "null", "[]", repeated(20, `{"Tag":"Tag_SNS_Custom_T","Value":%d}`)),
				each(badItem, "["+keywords(21, `{"Tag":"Tag_SNS_Custom_%s","Value":1}`)+"]"), // L 4.3
				each(want{items: []int{0, 30001, 0}, names: []string{"Tag"}}, "[null]", "[{}]", `[{"Tag":"Tag_SNS_Custom_A","Value":"x"},{}]`, `[{},{"Tag":"Tag_SNS_Custom_A","Value":"x"}]`),
				each(want{items: []int{0, 30001, 0}, names: []string{"Value"}}, `[{"Tag":"Tag_SNS_Custom_A","Value":true},{"Tag":"Tag_SNS_Custom_B","Value":1}]`),
				each(sns.wrongType(), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[true]", "[[]]", `["x"]`})...),
			)},
			{at: "AddFriendItem.1.CustomItem.0.Tag", tries: customTag()},
			{at: "AddFriendItem.1.CustomItem.0.Value", tries: customValue(sns)},
		},
	},
}

func customTag() []try {
	return slices.Concat(
		each(fine, `"Tag_SNS_Custom_Test"`, `"Tag_SNS_Custom_a"`, `"Tag_SNS_Custom_ABCDEFGH"`),
		each(badItem, absent, "null", `""`, `"Tag_SNS_IM_Remarks"`, `"Tag_SNS_IM_AddTime"`), each(badItem, malformedTags...),
		each(sns.wrongType(), but(numbers, bools, arrays, objects)...),
	)
}

// updateForm changes one kind of field of a friend.
func updateForm(name, tag, value string, tries []try) form {
	return form{
		name: name, command: "sns/friend_update", batch: "UpdateItem",
		good: `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"b"}]},
			{"To_Account":"carol","SnsItem":[{"Tag":"` + tag + `","Value":` + value + `}]},
			{"To_Account":"dave","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["g"]}]}]}`,
		members: []member{{at: "UpdateItem.1.SnsItem.0.Value", names: []string{"Value", strings.TrimPrefix(tag, "Tag_SNS_IM_")}, tries: tries}},
	}
}

var updateForms = []form{
	{
		command: "sns/friend_update", batch: "UpdateItem",
		good: updateForm("", "Tag_SNS_IM_Remark", `"c"`, nil).good,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "UpdateItem", tries: slices.Concat(
				entries(sns, 1000, `{"To_Account":"nobody%d","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}`, noneInBatch, badCall),
				each(fine, repeated(2, `{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"%d"}]}`)), // F Q3
				each(want{items: []int{30001}, names: []string{"To_Account"}}, "[null]", "[{}]"),
			)},
			{at: "UpdateItem.1.To_Account", tries: slices.Concat(
				peer(badItem, singleText(30001, "Err_SNS_FriendUpdate_Friend_Not_Exist")), // F Q2
				each(singleText(30001, "Err_SNS_FriendUpdate_Friend_Not_Exist"), `"alice"`, `"erin"`),
			)},
			{at: "UpdateItem.1.SnsItem", tries: slices.Concat(
				each(badItem, absent, "null", "[]", "["+keywords(21, `{"Tag":"Tag_SNS_Custom_%s","Value":1}`)+"]"),
				each(fine, repeated(50, `{"Tag":"Tag_SNS_IM_Remark","Value":"%d"}`), `[{"Tag":"Tag_SNS_Custom_A","Value":1},{"Tag":"Tag_SNS_Custom_A","Value":2}]`),
				each(want{items: []int{0, 30001, 0}, names: []string{"Tag"}}, "[null]", "[{}]", `[{"Tag":"Tag_SNS_IM_Remark","Value":"ok"},{"Tag":"x","Value":"y"}]`,
					`[{"Tag":"x","Value":"y"},{"Tag":"Tag_SNS_IM_Remark","Value":"ok"}]`),
				each(sns.wrongType(), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[true]", "[[]]", `["x"]`})...),
			)},
			{at: "UpdateItem.1.SnsItem.0.Tag", tries: slices.Concat(customTag(),
				each(fine, `"Tag_SNS_IM_Remark"`, `"Tag_SNS_IM_Group"`),
				each(badItem, `"Tag_SNS_IM_AddSource"`, `"Tag_SNS_IM_AddWording"`, `"Tag_SNS_IM_RemarkTime"`, `"Tag_SNS_IM_"`, `"tag_sns_im_remark"`, `"Tag_SNS_IM_Remark "`))},
		},
	},
	updateForm("remark", "Tag_SNS_IM_Remark", `"c"`, slices.Concat(
		each(fine, `""`, `"x"`, letters(96), wide(96), `"a\nb\u007f"`), // F Q24
		each(badItem, absent, "null", letters(97), wide(97), letters(100_000), `"a\u0000"`),
		each(badItem, but(numbers, bools, arrays, objects)...),
	)),
	updateForm("lists", "Tag_SNS_IM_Group", `["g"]`, slices.Concat(
		each(fine, "[]", `["x"]`, `["x","x"]`, `"x"`, "["+letters(30)+"]", wide(30), `["a\nb\u007f"]`, repeated(30, `"g%d"`)), // F 5, Q23
		each(badItem, absent, "null", `""`, `[""]`, `["x",""]`, letters(31), "["+wide(31)+"]", `["a\u0000"]`, "[null]", "[7]", `["x",7]`, "[[]]"),
		each(badItem, but(numbers, bools, objects)...),
		each(singleText(30011, "Err_SNS_FriendUpdate_Group_Num_Exceed_Threshold"), repeated(32, `"g%d"`), repeated(500, `"g%d"`)),
	)),
	updateForm("custom", "Tag_SNS_Custom_Test", `"c"`, customValue(sns)),
}

// deleteType is DeleteType, absent for the default.
var deleteType = member{at: "DeleteType", tries: word(sns, fine, "Delete_Type_Single", "Delete_Type_Both")}

// friendTags are tries of TagList in friend_get_list.
var friendTags = slices.Concat(
	each(badCall, absent, "null", "[]"), // F Q16
	each(fine, `["Tag_SNS_IM_Remark"]`, `["Tag_SNS_IM_Remark","Tag_SNS_IM_Remark"]`, `["Tag_SNS_IM_RemarkTime"]`, `["Tag_SNS_Custom_ABCDEFGH","Tag_Profile_Custom_Test","Tag_Profile_IM_Nick"]`),
	each(badCall, `["x"]`, `[""]`, "[null]", `["Tag_SNS_IM_Remark",""]`, `["Tag_SNS_IM_"]`, `["tag_sns_im_remark"]`, `["Tag_SNS_IM_Remark "]`, `["Tag_SNS_IM_Remark\u0000"]`,
		`["Tag_Profile_IM_nick"]`, `["Tag_SNS_Custom_a1"]`, `["Tag_SNS_Custom_abcdefghi"]`, `["Tag_Profile_Custom_"]`, `["`+strings.Repeat("a", 100_000)+`"]`, "["+wide(100)+"]"),
	each(sns.wrongType(), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[true]", "[[]]", "[{}]"})...),
)

var friendForms = []form{
	{
		command: "sns/friend_delete",
		good:    `{"From_Account":"alice","To_Account":["bob","carol","dave"],"DeleteType":"Delete_Type_Both"}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem, singleText(31704, "Err_SNS_FriendDelete_Not_Friend")),
				each(want{items: []int{0, 31704}, fixed: "Err_SNS_FriendDelete_Not_Friend"}, `["bob","bob"]`), // F Q3
			)},
			deleteType,
		},
	},
	{
		command: "sns/friend_delete_all",
		good:    `{"From_Account":"alice","DeleteType":"Delete_Type_Both"}`,
		members: []member{{at: "From_Account", tries: owner(sns, noAccount)}, deleteType},
	},
	{
		command: "sns/friend_check",
		good:    `{"From_Account":"alice","To_Account":["bob","carol","dave"],"CheckType":"CheckResult_Type_Both"}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem, want{items: []int{0, 30003, 0}, fixed: "Err_SNS_FriendCheck_Invalid_Account", shows: `"CheckResult_Type_NoRelation"`}),
				each(want{items: []int{0, 0}}, `["bob","bob"]`, `["alice","erin"]`), // F Q1, Q3
			)},
			{at: "CheckType", tries: slices.Concat(word(sns, badCall, "CheckResult_Type_Single", "CheckResult_Type_Both"), each(fine, `"CheckResult_Type_Singal"`))},
		},
	},
	{
		command: "sns/friend_get",
		good:    `{"From_Account":"alice","StartIndex":0,"StandardSequence":0,"CustomSequence":0}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "StartIndex", tries: slices.Concat(
				each(badCall, absent, "null", "-1", min63), // F Q15
				each(want{shows: `"FriendNum":3`}, "0", "-0", "1", "1.0", "2e0"),
				each(want{shows: `"NextStartIndex":0`}, "3", "1e3", max31, two31, max32, two32, two53, max63), // F Q20
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
			{at: "StandardSequence", tries: sequence()},
			{at: "CustomSequence", tries: sequence()},
		},
	},
	{
		command: "sns/friend_get_list",
		good:    `{"From_Account":"alice","To_Account":["bob","carol","dave"],"TagList":["Tag_SNS_IM_Remark","Tag_Profile_IM_Nick"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem, singleText(30001, "Err_SNS_FriendGetList_Friend_Not_Exist")),
				each(want{items: []int{0, 0}}, `["bob","bob"]`),
				each(want{items: []int{30001}, fixed: "Err_SNS_FriendGetList_Friend_Not_Exist"}, `["alice"]`), // F Q1
			)},
			{at: "TagList", tries: friendTags},
		},
	},
	{
		command: "sns/black_list_add",
		good:    `{"From_Account":"alice","To_Account":["bob","erin","dave"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem, want{items: []int{0, 30003, 0}, names: []string{"Account"}}),
				each(want{items: []int{0}}, `["bob","bob"]`),                                     // L Q13
				each(want{items: []int{30001}, fixed: "Err_SNS_BlackListAdd_Self"}, `["alice"]`), // L Q11
				each(badCall, repeated(1001, `"bob"`)),                                           // L Q14
			)},
		},
	},
}

// sequence is what a caller had before: any number, known or not (D 18, 19).
func sequence() []try {
	return slices.Concat(
		each(want{shows: `"FriendNum":3`}, absent, "null", "0", "-0", "1.0", "5", "1e3", "-1", max31, two31, max32, two32, two53, max63, min63),
		each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
	)
}
