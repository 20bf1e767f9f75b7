package api_test

import "slices"

// listNames are tries of an array of names of friend lists, of which none and
// one that does not exist come out as said.
func listNames(none, unknown want) []try {
	bad := want{code: 30001, names: []string{"GroupName", "friend list's name"}}
	return slices.Concat(
		each(none, absent, "null", "[]"),
		each(fine, `["school"]`, `["school","school"]`), // L Q2
		each(unknown, `["nope"]`, `["School"]`, "["+letters(30)+"]", "["+wide(30)+"]", `["a\nb\u007f"]`, repeated(31, `"g%d"`)),
		each(bad, `[""]`, `["school",""]`, "["+letters(31)+"]", "["+wide(31)+"]", "["+letters(100_000)+"]", `["a\u0000"]`, "[null]", `["school",null]`),
		each(badCall, repeated(33, `"g%d"`), repeated(33, `"school"`), repeated(1000, `"g%d"`)), // L Q14
		each(sns.wrongType(), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[true]", "[[]]", "[{}]", `["school",7]`})...),
	)
}

// listName is the name of one list.
func listName(unknown want) []try {
	return slices.Concat(
		each(fine, `"school"`),
		each(unknown, `"x"`, `"null"`, `"School"`, `"school "`, letters(30), wide(30), `"a\nb\u007f"`),
		each(badCall, letters(31), wide(31), letters(100_000), `"a\u0000b"`, `"\u0000"`),
		each(sns.wrongType(), but(numbers, bools, arrays, objects)...),
	)
}

// oneListName are what a text may call GroupOldName and GroupNewName.
var oneListName = []string{"GroupOldName", "GroupNewName", "friend list's name", "_Group_"}

var otherList = call{"sns/group_add", `{"From_Account":"alice","GroupName":["other"]}`}

var listForms = []form{
	{
		command: "sns/group_add",
		good:    `{"From_Account":"alice","GroupName":["g1","school"],"To_Account":["bob","carol","dave"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "GroupName", tries: slices.Concat(
				listNames(badCall, fine),
				each(want{code: 30011, names: []string{"Group"}}, repeated(32, `"g%d"`)), // L Q4: one is there
				each(fine, repeated(32, `"g1"`)),
			)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, want{items: []int{}}, badCall, badItem, singleText(30003, "Err_SNS_GroupAdd_Account_Not_Exist")), // L Q12
				each(want{items: []int{0}}, `["bob","bob"]`),                                                              // L Q13
				each(want{items: []int{32216, 32216}, fixed: "Err_SNS_GroupAdd_ToTinyId_Not_Friend"}, `["alice","erin"]`), // L Q11
				each(badCall, repeated(1001, `"bob"`)),                                                                    // L Q14
			)},
		},
	},
	{
		command: "sns/group_delete", before: []call{otherList},
		good: `{"From_Account":"alice","GroupName":["school","other"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "GroupName", tries: slices.Concat(listNames(badCall, fine), each(fine, repeated(32, `"g%d"`)))}, // D 4
		},
	},
	{
		command: "sns/group_get", before: []call{otherList},
		good: `{"From_Account":"alice","NeedFriend":"Need_Friend_Type_Yes","GroupName":["school","other"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "NeedFriend", tries: word(sns, want{shows: `"FriendNumber":2}`}, "Need_Friend_Type_Yes", "Need_Friend_Type_No")}, // L Q31
			{at: "GroupName", tries: slices.Concat(
				listNames(want{shows: `"school","FriendNumber":2,"To_Account":["bob","carol"]},{"GroupName":"other","FriendNumber":0,"To_Account":[]}]`}, want{shows: `"ResultItem":[]`}), // D 4
				each(fine, repeated(32, `"g%d"`)),
			)},
		},
	},
	{
		command: "sns/group_update", batch: "UpdateGroupItem", before: []call{otherList},
		good: `{"From_Account":"alice","GroupOldName":"school","GroupNewName":"work","UpdateGroupItem":[{"To_Account":"bob","UpdateType":"Update_Type_Delete"},
			{"To_Account":"dave","UpdateType":"Update_Type_Add"},{"To_Account":"carol","UpdateType":"Update_Type_Delete"}]}`,
		members: []member{
			{at: "From_Account", tries: slices.DeleteFunc(owner(sns, noAccount), func(tr try) bool { return tr.value == `"administrator"` })}, // who has no list
			{at: "GroupOldName", names: oneListName, tries: slices.Concat(
				each(badCall, absent, "null", `""`),
				listName(want{code: 30001, info: "Err_SNS_GroupUpdate_Group_Not_Exist"}),
			)},
			{at: "GroupNewName", names: oneListName, tries: slices.Concat(
				each(fine, absent, "null", `""`), listName(fine),
				each(want{code: 30001, info: "Err_SNS_GroupUpdate_Group_Exist"}, `"other"`),
			)},
			{at: "UpdateGroupItem", tries: slices.Concat(
				entries(sns, 1000, `{"To_Account":"nobody%d","UpdateType":"Update_Type_Add"}`, want{items: []int{}}, badCall),
				each(want{items: []int{30001}, names: []string{"To_Account"}}, "[null]", "[{}]"),
				each(fine, `[{"To_Account":"bob","UpdateType":"Update_Type_Add"},{"To_Account":"dave","UpdateType":"Update_Type_Delete"}]`), // as it was
			)},
			{at: "UpdateGroupItem.1.To_Account", tries: slices.Concat(
				peer(badItem, singleText(30003, "Err_SNS_GroupUpdate_Account_Not_Exist")),
				each(singleText(30001, "Err_SNS_GroupUpdate_Friend_Not_Exist"), `"alice"`, `"erin"`),
			)},
			{at: "UpdateGroupItem.1.UpdateType", tries: itemWord("Update_Type_Add", "Update_Type_Delete")},
		},
	},
	{
		name: "without a new name", command: "sns/group_update",
		good:    `{"From_Account":"alice","GroupOldName":"school","UpdateGroupItem":[{"To_Account":"bob","UpdateType":"Update_Type_Delete"}]}`,
		members: []member{{at: "UpdateGroupItem", tries: each(badCall, absent, "null", "[]")}},
	},
}

// itemWord is one of a few words in an item, which must be given.
func itemWord(words ...string) []try {
	tries := word(sns, badItem, words...)
	for i := range tries {
		if w := &tries[i].want; w.code == sns.parameter && w.info == "" {
			*w = badItem
		}
	}
	return tries
}
