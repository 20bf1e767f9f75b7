package api_test

import "slices"

var aliceBlocks = []call{block("alice", `"bob","erin","dave"`)}

var blockForms = []form{
	{
		command: "sns/black_list_delete", before: aliceBlocks,
		good: `{"From_Account":"alice","To_Account":["bob","erin","dave"]}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem, singleText(30003, "Err_SNS_BlackListDelete_Account_Not_Exist")), // L Q12
				each(want{items: []int{0}}, `["bob","bob"]`),                                                            // L Q13
				each(want{items: []int{30001, 30001}, fixed: "Err_SNS_BlackListDelete_Not_Exist"}, `["carol","alice"]`), // L Q10
				each(badCall, repeated(1001, `"bob"`)),                                                                  // L Q14
			)},
		},
	},
	{
		command: "sns/black_list_get", before: aliceBlocks,
		good: `{"From_Account":"alice","StartIndex":0,"MaxLimited":30,"LastSequence":12}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "StartIndex", tries: slices.Concat(
				each(badCall, absent, "null", "-1", "-1e3", min63), // L 3.3, Q16
				each(want{shows: `"To_Account":"dave"`}, "0", "-0", "1", "1.0", "2e0", "20e-1"),
				each(want{shows: `"BlackListItem":[],"StartIndex":0`}, "3", "1e3", max31, two31, max32, two32, two53, max63), // L Q17
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
			{at: "MaxLimited", tries: slices.Concat(
				each(badCall, absent, "null", "0", "-0", "-1", min63, "1001", max31, two31, max32, two32, two53, max63), // L Q16
				each(want{shows: `"StartIndex":1`}, "1", "1.0", "10e-1"), each(want{shows: `"StartIndex":2`}, "2"),
				each(want{shows: `"StartIndex":0`}, "3", "4", "1e3", "1000"), // L Q18
				each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
			)},
			{at: "LastSequence", tries: lastSequence(want{shows: `"To_Account":"dave"`})},
		},
	},
	{
		command: "sns/black_list_check", before: aliceBlocks,
		good: `{"From_Account":"alice","To_Account":["bob","carol","dave"],"CheckType":"BlackCheckResult_Type_Both"}`,
		members: []member{
			{at: "From_Account", tries: owner(sns, noAccount)},
			{at: "To_Account", tries: slices.Concat(
				peers(sns, 1000, noneInBatch, badCall, badItem,
					want{items: []int{0, 30003, 0}, fixed: "Err_SNS_BlackListCheck_Account_Not_Exist", shows: `"Relation":"BlackCheckResult_Type_NO"`}), // L Q12
				each(want{items: []int{0}}, `["bob","bob"]`),       // L Q13
				each(want{items: []int{0, 0}}, `["alice","erin"]`), // oneself too, as in friend_check
				each(badCall, repeated(1001, `"bob"`)),
			)},
			{at: "CheckType", tries: slices.Concat(
				word(sns, badCall, "BlackCheckResult_Type_Single", "BlackCheckResult_Type_Both"),
				each(fine, `"BlackCheckResult_Type_Singal"`),
				each(badCall, `"CheckResult_Type_Both"`, `"CheckResult_Type_Singal"`, `"BlackCheckResult_Type_NO"`),
			)},
		},
	},
}

// lastSequence is what a caller had before; it withholds nothing (L 8, row 2).
func lastSequence(all want) []try {
	return slices.Concat(
		each(all, absent, "null", "0", "-0", "1", "1.0", "3", "1e3", "-1", max31, two31, max32, two32, two53, max63, min63),
		each(sns.wrongType(), notWhole...), each(sns.wrongType(), beyond...),
	)
}
