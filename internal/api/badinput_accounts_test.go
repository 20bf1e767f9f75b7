package api_test

import (
	"slices"
	"strings"
)

// profileForm sets one field of a profile.
func profileForm(tag, value string, tries []try) form {
	return form{
		name: tag, command: "profile/portrait_set",
		good: `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_SelfSignature","Value":"s"},
			{"Tag":"` + tag + `","Value":` + value + `},{"Tag":"Tag_Profile_Custom_Other","Value":"o"}]}`,
		members: []member{{at: "ProfileItem.1.Value", names: []string{"Value", tag}, tries: tries}},
	}
}

// textTag is a tag that holds a text (T 5.3).
func textTag(tag string) form {
	return profileForm(tag, `"x"`, slices.Concat(
		each(fine, `""`, `"x"`, letters(500), wide(500), `"a\nb\u007f"`),
		each(whole(40001), absent, "null"), // T 5.1
		each(whole(40601), letters(501), wide(501), letters(100_000), `"a\u0000b"`),
		each(whole(40610), but(numbers, bools, arrays, objects)...),
	))
}

// numberTag is a tag that holds a uint32, as a number or in digits (T 5.3).
func numberTag(tag string) form {
	return profileForm(tag, "7", slices.Concat(
		each(fine, "0", "-0", "7", "1.0", "1e3", "20190419", max31, two31, max32, `"0"`, `"20190419"`, `"007"`, quoted(max32)),
		each(whole(40001), absent, "null"),
		each(whole(40605), two32, two53, max63, two63, max64, two64, "1e30", "1e400", quoted(two32), quoted(two64), quoted("1"+max64)),
		each(whole(40610), "-1", min63, low63, "-1e30", "1.5", "1e-1", `""`, `"x"`, `"-1"`, `"+1"`, `"1.5"`, `"1e3"`, `" 1"`, `"1 "`, `"0x7"`, `"1\u0000"`, `"\u0661"`),
		each(whole(40610), but(bools, arrays, objects)...),
	))
}

// wordTag is a tag that holds one of a few words (T 5.3).
func wordTag(tag string, words ...string) form {
	var good, bad []string
	for _, w := range words {
		good = append(good, quoted(w))
		bad = append(bad, quoted(w+" "), quoted(" "+w), quoted(w+"\x00"), quoted(w[1:]), quoted("a"+w), quoted(strings.ToLower(w)), quoted(strings.ToUpper(w)))
	}
	return profileForm(tag, good[0], slices.Concat(
		each(fine, good...),
		each(whole(40001), absent, "null"),
		each(whole(40605), bad...), each(whole(40605), `"x"`, `"0"`, `"1"`, letters(501), wide(99), `"\n"`),
		each(whole(40610), but(numbers, bools, arrays, objects)...),
	))
}

// profileTags are tries of a Tag in portrait_set, and of an entry of TagList in
// portrait_get.
var (
	goodProfileTags = []string{`"Tag_Profile_IM_Nick"`, `"Tag_Profile_IM_Location"`, `"Tag_Profile_IM_Image"`, `"Tag_Profile_IM_SelfSignature"`,
		`"Tag_Profile_Custom_a"`, `"Tag_Profile_Custom_ABCDEFGH"`, `"Tag_Profile_Custom_888888_Test"`}
	strangeProfileTags = []string{`""`, `"x"`, `"Tag_Profile_IM_"`, `"Tag_Profile_IM_nick"`, `"tag_profile_im_nick"`, `"Tag_Profile_IM_Nick "`, `" Tag_Profile_IM_Nick"`,
		`"Tag_Profile_IM_Nick\u0000"`, `"Tag_Profile_IM_Nope"`, `"Tag_SNS_IM_Remark"`, `"Tag_SNS_Custom_Test"`, `"Tag_Profile_Custom_"`, `"Tag_Profile_Custom_abcdefghi"`,
		`"Tag_Profile_Custom_T\u00e9st"`, `"Tag_Profile_Custom_T\n"`, `"Tag_Profile_Custom_a b"`, letters(100_000), wide(100)}
)

var profileForms = []form{
	{
		command: "profile/portrait_set",
		good:    `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"n"},{"Tag":"Tag_Profile_IM_Location","Value":"l"},{"Tag":"Tag_Profile_Custom_Test","Value":"abc"}]}`,
		members: []member{
			{at: "From_Account", tries: owner(profile, whole(40003))},
			{at: "ProfileItem", tries: slices.Concat(
				entries(profile, 1000, `{"Tag":"Tag_Profile_IM_Nick","Value":"%d"}`, whole(40001), whole(40001)),
				each(want{code: 40009, names: []string{"Tag", "tag"}}, "[{}]", "[null]", `[{"Tag":"Tag_Profile_IM_Nick","Value":"n"},{"Value":"x"}]`),
				each(want{code: 40001, names: []string{"Value"}}, `[{"Tag":"Tag_Profile_IM_Nick"}]`),
				each(whole(40009), "["+keywords(21, `{"Tag":"Tag_Profile_Custom_%s","Value":"x"}`)+"]"), // T 5.4
			)},
			{at: "ProfileItem.1.Tag", names: []string{"Tag", "tag"}, tries: slices.Concat(
				each(fine, goodProfileTags...),
				each(whole(40009), absent, "null"), each(whole(40009), strangeProfileTags...),
				each(profile.wrongType(), but(numbers, bools, arrays, objects)...),
			)},
		},
	},
	textTag("Tag_Profile_IM_Nick"),
	textTag("Tag_Profile_IM_Location"),
	textTag("Tag_Profile_IM_Image"),
	numberTag("Tag_Profile_IM_BirthDay"),
	numberTag("Tag_Profile_IM_Language"),
	numberTag("Tag_Profile_IM_MsgSettings"),
	numberTag("Tag_Profile_IM_Level"),
	numberTag("Tag_Profile_IM_Role"),
	wordTag("Tag_Profile_IM_Gender", "Gender_Type_Unknown", "Gender_Type_Female", "Gender_Type_Male"),
	wordTag("Tag_Profile_IM_AllowType", "AllowType_Type_AllowAny", "AllowType_Type_NeedConfirm", "AllowType_Type_DenyAny"),
	wordTag("Tag_Profile_IM_AdminForbidType", "AdminForbid_Type_None", "AdminForbid_Type_SendOut"),
	profileForm("Tag_Profile_Custom_Test", `"x"`, slices.Concat( // integers: D 13
		each(fine, `""`, `"x"`, letters(500), wide(500), `"a\nb\u007f"`), each(fine, integers...),
		each(whole(40001), absent, "null"),
		each(whole(40601), letters(501), wide(501), `"a\u0000b"`),
		each(whole(40610), "1.5", "1e-1"), each(whole(40610), but(bools, arrays, objects)...),
	)),
	{
		command: "profile/portrait_get",
		good:    `{"To_Account":["bob","alice","dave"],"TagList":["Tag_Profile_IM_Nick"]}`,
		members: []member{
			{at: "To_Account", names: []string{"Account"}, tries: slices.Concat(
				portraitPeers, each(want{items: []int{0, 0}}, `["bob","bob"]`, `["bob","administrator"]`),
				each(whole(40003), `["nobody"]`, `["","x"]`), // T Q3
			)},
			{at: "TagList", tries: portraitTags()},
		},
	},
}

// portraitPeers are the tries of To_Account. A thousand strangers fail whole
// (T Q3), so they stand apart.
var portraitPeers = slices.DeleteFunc(
	peers(profile, 1000, whole(40002), whole(40001), single(40003), single(40003)),
	func(tr try) bool { return tr.value == names(1000) },
)

func portraitTags() []try {
	tries := slices.Concat(
		each(whole(40001), absent, "null", "[]"),
		each(profile.wrongType(), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[true]", "[[]]", "[{}]"})...),
		each(fine, `["Tag_Profile_IM_Nick","Tag_Profile_IM_Nick"]`), each(whole(40009), "[null]"),
	)
	for _, tag := range goodProfileTags {
		tries = append(tries, try{"[" + tag + "]", fine})
	}
	for _, tag := range strangeProfileTags {
		tries = append(tries, try{`["Tag_Profile_IM_Nick",` + tag + "]", whole(40009)})
	}
	return tries
}

// newcomer are tries of the name of an account that is to be imported (T 6.1).
func newcomer(bad want) []try {
	return slices.Concat(
		each(bad, absent, "null"), each(bad, malformed...), each(bad, `"@TLS#x"`, `"@TGS#x"`),
		each(fine, `"x"`, `"7"`, letters(32), `"a b"`, `"@RBT#x"`, `"bob"`, `"a<b>&\"c"`, `"administrator"`),
		each(notString, but(numbers, bools, arrays, objects)...),
	)
}

// badUser refuses a call for a name; UserID has an older one.
var badUser = want{code: 70402, names: []string{"UserID", "Identifier"}}

// oneFails lets an account of several fail.
var oneFails = want{fails: 1}

func profileText(tooLong want) []try { return text(account, 500, tooLong) }

var accountForms = []form{
	{
		command: "im_open_login_svc/account_import",
		good:    `{"UserID":"newcomer","Nick":"n","FaceUrl":"http://example.com"}`,
		members: []member{
			{at: "UserID", tries: newcomer(badUser)},
			{at: "Nick", tries: profileText(whole(40601))},
			{at: "FaceUrl", tries: profileText(whole(40601))},
		},
	},
	{
		name: "with the old name", command: "im_open_login_svc/account_import",
		good:    `{"Identifier":"newcomer","Nick":"n"}`,
		members: []member{{at: "Identifier", tries: newcomer(badUser)}},
	},
	{
		name: "with a list of names", command: "im_open_login_svc/multiaccount_import",
		good: `{"Accounts":["new1","new2","new3"]}`,
		members: []member{{at: "Accounts", tries: slices.Concat(
			entriesOfNames, each(fine, names(100), `["bob","bob"]`),
			each(oneFails, `["new1","","new3"]`, `["new1",`+letters(33)+`,"new3"]`, `["new1","b\nob"]`, `["new1","@TLS#x"]`, `["a","\u00e9"]`),
			each(badUser, `[""]`, `["",""]`, `["@TLS#x","\u0000"]`),
		)}},
	},
	{
		command: "im_open_login_svc/multiaccount_import", batch: "AccountList",
		good: `{"AccountList":[{"UserID":"new1","Nick":"1"},{"UserID":"new2","Nick":"2","FaceUrl":"f"},{"UserID":"new3"}]}`,
		members: []member{
			{at: "AccountList", tries: slices.Concat(
				entries(account, 100, `{"UserID":"new%d"}`, whole(70402), whole(70402)),
				each(fine, `[{"UserID":"new1"},{"UserID":"new1"}]`),
				each(badUser, "[{}]", "[null]", `[{"UserID":""},{"Identifier":""}]`),
				each(want{code: 40601, names: []string{"Nick"}}, repeated(1, tooLongNick), repeated(2, tooLongNick)),
				each(badUser, `[{"UserID":""},`+strings.Replace(tooLongNick, "%d", "", 1)+`]`),
			)},
			{at: "AccountList.1.UserID", tries: newcomer(oneFails)},
			{at: "AccountList.1.Nick", tries: profileText(oneFails)},
			{at: "AccountList.1.FaceUrl", tries: profileText(oneFails)},
		},
	},
	{
		name: "with the old name", command: "im_open_login_svc/multiaccount_import", batch: "AccountList",
		good:    `{"AccountList":[{"UserID":"new1"},{"Identifier":"new2"},{"UserID":"new3"}]}`,
		members: []member{{at: "AccountList.1.Identifier", tries: newcomer(oneFails)}},
	},
	{
		command: "im_open_login_svc/account_check",
		good:    `{"CheckItem":[{"UserID":"alice"},{"UserID":"bob"},{"UserID":"dave"}]}`,
		members: []member{
			{at: "CheckItem", tries: accountEntries},
			{at: "CheckItem.1.UserID", tries: peer(notImported, notImported)}, // T 4.4
		},
	},
	{
		name: "with the old name", command: "im_open_login_svc/account_check",
		good:    `{"CheckItem":[{"UserID":"alice"},{"Identifier":"bob"},{"UserID":"dave"}]}`,
		members: []member{{at: "CheckItem.1.Identifier", tries: peer(notImported, notImported)}},
	},
	{
		command: "im_open_login_svc/account_delete", batch: "DeleteItem",
		good: `{"DeleteItem":[{"UserID":"bob"},{"UserID":"erin"},{"UserID":"dave"}]}`,
		members: []member{
			{at: "DeleteItem", tries: slices.Concat(accountEntries, each(want{items: []int{0, 70107}, fixed: notFound}, `[{"UserID":"bob"},{"UserID":"bob"}]`))},
			{at: "DeleteItem.1.UserID", tries: slices.Concat(
				peer(single(70402), singleText(70107, notFound)),
				each(want{items: []int{0, 70402, 0}, names: []string{"administrator"}}, `"administrator"`), // T Q7
			)},
		},
	},
	{
		name: "with the old name", command: "im_open_login_svc/account_delete", batch: "DeleteItem",
		good:    `{"DeleteItem":[{"UserID":"bob"},{"Identifier":"erin"},{"UserID":"dave"}]}`,
		members: []member{{at: "DeleteItem.1.Identifier", names: []string{"UserID", "Identifier"}, tries: peer(single(70402), singleText(70107, notFound))}},
	},
}

// tooLongNick is an entry of AccountList of which only the nick is wrong.
var tooLongNick = `{"UserID":"x%d","Nick":` + letters(501) + `}`

const notFound = "Err_TLS_PT_Open_Login_Account_Not_Exist"

var notImported = want{items: []int{0, 0, 0}, shows: `"NotImported"`}

// accountEntries are tries of an array of accounts by name.
var accountEntries = entries(account, 100, `{"UserID":"nobody%d"}`, whole(70402), whole(70402))

// entriesOfNames are tries of Accounts, which holds nothing but strings.
var entriesOfNames = slices.Concat(
	each(whole(70402), absent, "null", "[]", names(101), names(1000)),
	each(whole(70402), but(strs, []string{`""`}, numbers, bools, objects, []string{"[7]", "[null]", "[true]", "[[]]", "[{}]", `["new1",7]`})...),
)
