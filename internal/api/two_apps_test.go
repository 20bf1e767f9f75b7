package api_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith/internal/chain"
)

// TestTwoApps does everything in one app while another has accounts of the
// same names, and looks whether the other notices (D: everything is per
// SDKAppID).
func TestTwoApps(t *testing.T) {
	s := newServer(t)
	a, b := s.caller(t, appA, keyA), s.caller(t, appB, keyB)
	for _, c := range []*caller{a, b} {
		c.importAll("alice", "bob", "carol", "dave")
		c.ok("profile/portrait_set", `{"From_Account":"dave","ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"}]}`)
	}
	steps := []struct{ command, body string }{
		{"im_open_login_svc/account_import", `{"UserID":"erin","Nick":"only in A"}`},
		{"im_open_login_svc/multiaccount_import", `{"AccountList":[{"UserID":"alice","Nick":"Alice of A"},{"UserID":"frank"}]}`},
		{"profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Bob of A"},{"Tag":"Tag_Profile_Custom_Test","Value":"A"}]}`},
		{"sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"r","GroupName":"g"},{"To_Account":"carol"},{"To_Account":"dave"}]}`},
		{"sns/friend_import", `{"From_Account":"bob","AddFriendItem":[{"To_Account":"carol","AddSource":"AddSource_Type_A","CustomItem":[{"Tag":"Tag_SNS_Custom_A","Value":1}]}]}`},
		{"sns/friend_update", `{"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"of A"}]}]}`},
		{"sns/black_list_add", `{"From_Account":"alice","To_Account":["erin"]}`},
		{"sns/friend_delete", `{"From_Account":"alice","To_Account":["carol"],"DeleteType":"Delete_Type_Both"}`},
		{"sns/friend_delete_all", `{"From_Account":"bob"}`},
		{"im_open_login_svc/account_delete", `{"DeleteItem":[{"UserID":"carol"},{"UserID":"alice"},{"UserID":"dave"}]}`},
	}
	for _, step := range steps {
		before, own := s.state(t, appB), s.state(t, appA)
		r := a.call(step.command, step.body)
		wantCode(t, r, 0)
		if diff := cmp.Diff(before, s.state(t, appB)); diff != "" {
			t.Errorf("%s\n  changed the other app (-before +after):\n%s", r, diff)
		}
		if cmp.Equal(own, s.state(t, appA)) {
			t.Errorf("%s\n  changed nothing in its own app", r)
		}
	}
}

// TestTwoAppsRead asks both apps the same questions while only one of them has
// the answers.
func TestTwoAppsRead(t *testing.T) {
	s := newServer(t)
	a, b := s.caller(t, appA, keyA), s.caller(t, appB, keyB)
	a.importAll("alice", "bob", "erin")
	b.importAll("alice", "bob")
	a.ok("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"ForceAddFlags":1}`)
	a.ok("profile/portrait_set", `{"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Bob"}]}`)

	tests := []struct {
		command, body  string
		member         string // of the first item, or of the reply
		wantA, wantB   string
		itemsA, itemsB []int
	}{
		{"im_open_login_svc/account_check", `{"CheckItem":[{"UserID":"erin"}]}`, "AccountStatus", "Imported", "NotImported", []int{0}, []int{0}},
		{"sns/friend_check", `{"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"}`, "Relation", "CheckResult_Type_BothWay", "CheckResult_Type_NoRelation", []int{0}, []int{0}},
		{"sns/friend_get", `{"From_Account":"alice","StartIndex":0}`, "FriendNum", "1", "0", nil, nil},
		{"sns/friend_get_list", `{"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_Profile_IM_Nick"]}`, "ResultInfo", "", "Err_SNS_FriendGetList_Friend_Not_Exist", []int{0}, []int{30001}},
		{"profile/portrait_get", `{"To_Account":["bob"],"TagList":["Tag_Profile_IM_Nick"]}`, "ProfileItem", "[map[Tag:Tag_Profile_IM_Nick Value:Bob]]", "[]", []int{0}, []int{0}},
		{"sns/friend_delete", `{"From_Account":"alice","To_Account":["bob"]}`, "ResultInfo", "", "Err_SNS_FriendDelete_Not_Friend", []int{0}, []int{31704}},
	}
	for _, test := range tests {
		for _, side := range []struct {
			c     *caller
			want  string
			items []int
		}{{b, test.wantB, test.itemsB}, {a, test.wantA, test.itemsA}} {
			r := side.c.call(test.command, test.body)
			wantCode(t, r, 0)
			wantItems(t, r, side.items...)
			from := r.members
			if items := r.items(); len(items) > 0 {
				from = items[0].members
			}
			if got := fmt.Sprint(from[test.member]); got != side.want {
				t.Errorf("%s\n  %s %s, want %s", r, test.member, got, side.want)
			}
		}
	}
}

// TestTwoAppsLimits checks that a limit of one app is not one of the other.
func TestTwoAppsLimits(t *testing.T) {
	s := newServer(t)
	s.changeApp(t, appA, settings(func(c *chain.Settings) { c.MaxFriends = 1 }))
	for app, want := range map[chain.AppID][]int{appA: {0, 30010}, appB: {0, 0}} {
		key := map[chain.AppID]string{appA: keyA, appB: keyB}[app]
		c := s.caller(t, app, key)
		c.importAll("alice", "bob", "carol")
		r := c.call("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}`)
		wantItems(t, r, want...)
	}
}
