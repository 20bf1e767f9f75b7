package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
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

// TestLongArrays: a body may hold hundreds of thousands of names within its 8
// MiB, and a call is to be answered in 3 seconds (T 1.8), so an array of four
// times the length must not cost sixteen times as much.
func TestLongArrays(t *testing.T) {
	const (
		short, long = 4000, 16000
		tooSlow     = 200 * time.Millisecond
		tooSteep    = 8
	)
	tests := []struct{ name, command, body, entry string }{
		{"lists of friend_import", "sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","GroupName":[%s]}]}`, `"%s"`},
		{"fields of friend_import", "sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","CustomItem":[%s]}]}`, `{"Tag":"Tag_SNS_Custom_%s","Value":1}`},
		{"lists of friend_update", "sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":[%s]}]}]}`, `"%s"`},
		{"fields of friend_update", "sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[%s]}]}`, `{"Tag":"Tag_SNS_Custom_%s","Value":1}`},
		{"tags of portrait_get", "profile/portrait_get", `{"To_Account":["bob"],"TagList":[%s]}`, `"Tag_Profile_Custom_%s"`},
		{"tags of friend_get_list", "sns/friend_get_list", `{"From_Account":"alice","To_Account":["bob"],"TagList":[%s]}`, `"Tag_SNS_Custom_%s"`},
		{"too many items", "sns/friend_add", `{"From_Account":"alice","AddFriendItem":[%s]}`, `{"To_Account":"%s"}`},
		{"too many accounts", "sns/friend_check", `{"From_Account":"alice","To_Account":[%s],"CheckType":"CheckResult_Type_Both"}`, `"%s"`},
		{"too many blocks", "sns/black_list_add", `{"From_Account":"alice","To_Account":[%s]}`, `"%s"`},
		{"too many fields of a profile", "profile/portrait_set", `{"From_Account":"alice","ProfileItem":[%s]}`, `{"Tag":"Tag_Profile_Custom_%s","Value":"x"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			took := func(n int) time.Duration {
				c := newAliceAndBob(t)
				c.ok("sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A"}]}`)
				body := fmt.Sprintf(test.body, keywords(n, test.entry))
				began := time.Now()
				c.call(test.command, body)
				return time.Since(began)
			}
			few, many := min(took(short), took(short)), took(long)
			if many > tooSlow && many > tooSteep*few {
				t.Errorf("%s with %d entries takes %v, with %d entries %v: %.0f times as long",
					test.command, short, few, long, many, float64(many)/float64(few))
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
