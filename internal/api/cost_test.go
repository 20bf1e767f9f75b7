package api_test

import (
	"fmt"
	"strings"
	"testing"
)

// keyword is the nth name of eight letters.
func keyword(n int) string {
	var b strings.Builder
	for range 8 {
		b.WriteByte(byte('a' + n%26))
		n /= 26
	}
	return b.String()
}

func keywords(n int, entry string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(entry, "%s", keyword(i))
	}
	return strings.Join(all, ",")
}

// TestLongArraysAreRefused: a body may hold hundreds of thousands of names within
// its 8 MiB. An array that is longer than it may be is refused, by a little or
// by far, and changes nothing.
func TestLongArraysAreRefused(t *testing.T) {
	const long = 16000
	tests := []struct {
		name, command, body, entry string
		most                       int
		want                       want
	}{
		{"lists of friend_import", "sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","GroupName":[%s]}]}`, `"%s"`,
			32, want{items: []int{30011}, fixed: "Err_SNS_FriendImport_Group_Num_Exceed_Threshold"}},
		{"fields of friend_import", "sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","CustomItem":[%s]}]}`, `{"Tag":"Tag_SNS_Custom_%s","Value":1}`,
			20, want{items: []int{30001}, names: []string{"CustomItem"}}},
		{"lists of friend_update", "sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":[%s]}]}]}`, `"%s"`,
			32, want{items: []int{30011}, fixed: "Err_SNS_FriendUpdate_Group_Num_Exceed_Threshold"}},
		{"fields of friend_update", "sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[%s]}]}`, `{"Tag":"Tag_SNS_Custom_%s","Value":1}`,
			20, want{items: []int{30001}, names: []string{"SnsItem"}}},
		{"tags of portrait_get", "profile/portrait_get", `{"To_Account":["bob"],"TagList":[%s]}`, `"Tag_Profile_Custom_%s"`, 100, want{code: 40001, names: []string{"TagList"}}},
		{"tags of friend_get_list", "sns/friend_get_list", `{"From_Account":"alice","To_Account":["bob"],"TagList":[%s]}`, `"Tag_SNS_Custom_%s"`, 100, want{code: 30001, names: []string{"TagList"}}},
		{"too many items", "sns/friend_add", `{"From_Account":"alice","AddFriendItem":[%s]}`, `{"To_Account":"%s"}`, 1000, want{code: 30001, names: []string{"AddFriendItem"}}},
		{"too many accounts", "sns/friend_check", `{"From_Account":"alice","To_Account":[%s],"CheckType":"CheckResult_Type_Both"}`, `"%s"`, 1000, want{code: 30001, names: []string{"To_Account"}}},
		{"too many blocks", "sns/black_list_add", `{"From_Account":"alice","To_Account":[%s]}`, `"%s"`, 1000, want{code: 30001, names: []string{"To_Account"}}},
		{"too many fields of a profile", "profile/portrait_set", `{"From_Account":"alice","ProfileItem":[%s]}`, `{"Tag":"Tag_Profile_Custom_%s","Value":"x"}`, 1000, want{code: 40001, names: []string{"ProfileItem"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			for _, n := range []int{test.most + 1, long} {
				before := b.state(t, b.app)
				r := (&caller{t, b.server, b.victim.query}).call(test.command, fmt.Sprintf(test.body, keywords(n, test.entry)))
				b.wantOutcome(t, r, test.want)
				wantSameState(t, r.String(), before, b.state(t, b.app))
			}
		})
	}
}

// TestCustomFieldsAreBounded: an app has at most 20 custom fields of friends and
// of profiles (T 6.4, L 4.3), so nobody can have more, and one that is cleared
// (T 5.1) makes room for another.
func TestCustomFieldsAreBounded(t *testing.T) {
	const most = 20
	tests := []struct {
		name, command, body, entry string
		refused                    int
	}{
		{"import", "sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","CustomItem":[%s]}]}`, `{"Tag":"Tag_SNS_Custom_%s","Value":"v"}`, 30001},
		{"update", "sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[%s]}]}`, `{"Tag":"Tag_SNS_Custom_%s","Value":"v"}`, 30001},
		{"profile", "profile/portrait_set", `{"From_Account":"alice","ProfileItem":[%s]}`, `{"Tag":"Tag_Profile_Custom_%s","Value":"v"}`, 40009},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newAliceAndBob(t)
			c.ok("sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A"}]}`)
			set := func(entries string, want int) {
				t.Helper()
				r := c.call(test.command, fmt.Sprintf(test.body, entries))
				got := r.code
				if items := r.items(); len(items) == 1 {
					got = items[0].code
				}
				if got != want {
					t.Errorf("%s\n  code %d, want %d", r, got, want)
				}
			}
			one := func(name, value string) string {
				return strings.NewReplacer("%s", name, `"v"`, value).Replace(test.entry)
			}
			set(keywords(most, test.entry), 0)
			set(one("Another", `"v"`), test.refused)
			set(keywords(most+1, test.entry), test.refused)
			set(one(keyword(0), `"w"`), 0)
			set(one(keyword(0), `""`), 0)
			set(one("Another", `"v"`), 0)
			set(one(keyword(0), `"w"`), test.refused)
		})
	}
}
