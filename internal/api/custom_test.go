package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"kith/internal/chain"
)

// TestCustomValues: what a custom field holds comes back as it was sent, text
// or integer (D 13).
func TestCustomValues(t *testing.T) {
	c := newAliceAndBob(t)
	c.ok("sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A"}]}`)
	for sent, want := range map[string]string{
		`"x"`: `"x"`, `"7"`: `"7"`, "7": "7", "0": "0", "-1": "-1", "1.0": "1", "1e3": "1000",
		max31: max31, two31: two31, two32: two32, max63: max63, two63: two63, max64: max64, min63: min63,
		`"漢字\n\""`: `"漢字\n\""`, `"true"`: `"true"`, wide(500): wide(500),
	} {
		want = `"Value":` + want
		writes := []call{
			{"sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","CustomItem":[{"Tag":"Tag_SNS_Custom_I","Value":` + sent + `}]}]}`},
			{"sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_Custom_U","Value":` + sent + `}]}]}`},
			{"profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_Custom_P","Value":` + sent + `}]}`},
		}
		for _, w := range writes {
			c.ok(w.command, w.body)
		}
		for _, read := range []struct {
			call
			times int
		}{
			{call{"sns/friend_get", `{"From_Account":"alice","StartIndex":0}`}, 2},
			{call{"sns/friend_get_list", `{"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_Custom_I","Tag_SNS_Custom_U","Tag_Profile_Custom_P"]}`}, 3},
			{call{"profile/portrait_get", `{"To_Account":["bob"],"TagList":["Tag_Profile_Custom_P"]}`}, 1},
		} {
			r := c.ok(read.command, read.body)
			if n := strings.Count(r.raw, want+"}"); n != read.times {
				t.Errorf("sent %s: %s\n  has %s %d times, want %d", clip(sent), r, clip(want), n, read.times)
			}
		}
	}
}

// TestDeclaredFields: an app may declare its fields, and then others are
// refused (D 13, T 5.4).
func TestDeclaredFields(t *testing.T) {
	c := newAliceAndBob(t)
	c.ok("sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A"}]}`)
	tests := []struct {
		call
		undeclared int
		item       bool
	}{
		{call{"sns/friend_import", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_A","CustomItem":[{"Tag":"Tag_SNS_Custom_%s","Value":1}]}]}`}, 30001, true},
		{call{"sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_Custom_%s","Value":1}]}]}`}, 30001, true},
		{call{"sns/friend_get_list", `{"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_Custom_%s"]}`}, 30001, false},
		{call{"sns/friend_get_list", `{"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_Profile_Custom_%s"]}`}, 30001, false},
		{call{"profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_Custom_%s","Value":"x"}]}`}, 40009, false},
		{call{"profile/portrait_get", `{"To_Account":["bob"],"TagList":["Tag_Profile_Custom_%s"]}`}, 40009, false},
	}
	for _, declared := range [][]string{nil, {"Level"}, {}} {
		c.s.changeApp(t, appA, settings(func(s *chain.Settings) { s.FriendFields, s.ProfileFields = declared, declared }))
		for _, test := range tests {
			for _, name := range []string{"Level", "level", "Other"} {
				want := 0
				if declared != nil && (len(declared) == 0 || name != "Level") {
					want = test.undeclared
				}
				r := c.call(test.command, fmt.Sprintf(test.body, name))
				got := r.code
				if test.item && len(r.items()) == 1 {
					got = r.items()[0].code
				}
				if got != want {
					t.Errorf("declared %q: %s\n  code %d, want %d", declared, r, got, want)
				}
			}
		}
	}
}

// TestConcurrentCalls has callers of both apps at once, some of them refused,
// for the race detector; afterwards every friendship must be whole.
func TestConcurrentCalls(t *testing.T) {
	s := newServer(t)
	var wg sync.WaitGroup
	for app, key := range map[chain.AppID]string{appA: keyA, appB: keyB} {
		s.caller(t, app, key).importAll("alice", "bob", "carol", "dave")
		for _, who := range []string{"alice", "bob", "carol", "dave"} {
			wg.Go(func() {
				c, strange := s.caller(t, app, key), s.caller(t, app, "another key")
				for range 20 {
					for _, peer := range []string{"alice", "bob", "carol", "dave"} {
						c.call("sns/friend_add", fmt.Sprintf(`{"From_Account":%q,"AddFriendItem":[{"To_Account":%q}]}`, who, peer))
						wantCode(t, strange.call("sns/friend_delete_all", fmt.Sprintf(`{"From_Account":%q}`, who)), 70009)
						wantCode(t, c.call("sns/friend_add", fmt.Sprintf(`{"From_Account":%q}`, who)), 30001)
						wantCode(t, c.call("profile/portrait_set", fmt.Sprintf(`{"From_Account":%q,"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":%q}]}`, peer, who)), 0)
					}
				}
			})
		}
	}
	wg.Wait()
	for app, key := range map[chain.AppID]string{appA: keyA, appB: keyB} {
		for _, who := range []string{"alice", "bob", "carol", "dave"} {
			r := s.caller(t, app, key).call("sns/friend_get", fmt.Sprintf(`{"From_Account":%q,"StartIndex":0}`, who))
			if !strings.Contains(r.raw, `"FriendNum":3`) || len(r.members["UserDataItem"].([]any)) != 3 {
				t.Errorf("%s\n  want the three others as friends", r)
			}
		}
	}
}
