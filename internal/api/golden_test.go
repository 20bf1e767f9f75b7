package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/api"
	"kith/internal/chain"
)

// A scene is what must be so that a request of wire/testdata is answered as
// the reply beside it.
type scene struct {
	request string   // its heading
	reply   string   // heading of the reply whose shape is wanted; "" for success alone
	absent  []string // accounts that do not exist
	calls   []call   // before
}

type call struct{ command, body string }

// The accounts that the requests name.
var sampleAccounts = []string{"id", "id1", "id2", "id3", "id4", "id5", "test", "test1", "test2", "UserID_1", "UserID_2", "UserID_3", "UserID_4"}

func befriend(both string, peers ...string) call {
	var items []string
	for _, p := range peers {
		items = append(items, fmt.Sprintf(`{"To_Account":%q,"AddSource":"AddSource_Type_Android","Remark":"r","GroupName":"Group1"}`, p))
	}
	return call{"sns/friend_add", `{"From_Account":"id","AddType":"Add_Type_` + both + `","ForceAddFlags":1,"AddFriendItem":[` + strings.Join(items, ",") + `]}`}
}

// scenes are by command. Every request of a served command must have one.
var scenes = map[string][]scene{
	"account_import": {{request: "request AccountImport 4.1 complete", reply: "reply AccountHead 4.1 success"}},
	"multiaccount_import": {
		{request: "request MultiAccountImport 4.2 before July 2024", reply: "reply MultiAccountImportReply 4.2 ours, success"},
		{request: "request MultiAccountImport 4.2 since July 2024", reply: "reply MultiAccountImportReply 4.2 ours, success"},
	},
	"account_check":  {{request: "request AccountCheck 4.4 complete", reply: "reply AccountCheckReply 4.4 complete", absent: []string{"UserID_1"}}},
	"account_delete": {{request: "request AccountDelete 4.3 complete", reply: "reply AccountDeleteReply 4.3 item refused", absent: []string{"UserID_2"}}},
	"portrait_set":   {{request: "request PortraitSet 5.1 complete", reply: "reply Head 5.1 success"}},
	"portrait_get": {{
		request: "request PortraitGet 5.2 from the table", reply: "reply PortraitGetReply 5.2 item refused", absent: []string{"id4"},
		calls: []call{{"profile/portrait_set", `{"From_Account":"id1","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"NickNameTest1"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"},{"Tag":"Tag_Profile_Custom_Test","Value":"Custom Data1"}]}`}},
	}},
	"friend_add": {
		{request: "request FriendAdd 3.1 basic", reply: "reply ItemsReply 3.2 success"},
		{request: "request FriendAdd 3.1 complete", reply: "reply ItemsReply 3.2 success"},
		{request: "request FriendAdd 3.1 complete", reply: "reply ItemsReply 3.2 items refused", absent: []string{"id2", "id3"}},
	},
	"friend_import": {
		{request: "request FriendImport 4.1 complete"},
		{request: "request FriendImport 4.1 complete", reply: "reply ItemsReply 4.2 items refused", absent: []string{"id2", "id3"}},
	},
	"friend_update": {
		{request: "request FriendUpdate 5 complete", calls: []call{befriend("Single", "id1", "id2", "id3")}},
		{request: "request FriendUpdate 5 complete", reply: "reply ItemsReply 5 items refused", calls: []call{befriend("Single", "id1")}},
		{request: "request FriendUpdate 5 group as one string, 2018", calls: []call{befriend("Single", "id2")}},
	},
	"friend_delete": {
		{request: "request FriendDelete 6 complete", reply: "reply ItemsReply 6 success", calls: []call{befriend("Both", "id1", "id2", "id3")}},
		{request: "request FriendDelete 6 complete", reply: "instead ErrorInfo is empty", calls: []call{befriend("Both", "id1", "id2", "id3")}},
	},
	"friend_delete_all": {
		{request: "request FriendDeleteAll 7 basic", reply: "reply Head 7 success"},
		{request: "request FriendDeleteAll 7 complete", reply: "reply Head 7 success", calls: []call{befriend("Both", "id1")}},
		{request: "request FriendDeleteAll 7 basic", reply: "reply Head 1 unknown From_Account, 2019", absent: []string{"id"}},
	},
	"friend_check": {{
		request: "request FriendCheck 8 complete", reply: "reply FriendCheckReply 8 item refused", absent: []string{"id5"},
		calls: []call{befriend("Both", "id1"), befriend("Single", "id2"), {"sns/friend_add", `{"From_Account":"id3","AddFriendItem":[{"To_Account":"id"}],"AddType":"Add_Type_Single"}`}},
	}},
	"friend_get": {
		{request: "request FriendGet 9.1 complete", reply: "reply FriendGetReply 9.2 live, nobody"},
		{request: "request FriendGet 9.1 complete", reply: "reply FriendGetReply 9.2 two friends", calls: []call{
			befriend("Single", "id1"),
			{"sns/friend_update", `{"From_Account":"id","UpdateItem":[{"To_Account":"id1","SnsItem":[{"Tag":"Tag_SNS_Custom_Test","Value":"CustomData1"}]}]}`},
			{"sns/friend_import", `{"From_Account":"id","AddFriendItem":[{"To_Account":"id2","AddSource":"AddSource_Type_IOS","GroupName":["Group1"]}]}`},
		}},
	},
	"friend_get_list": {
		{request: "request FriendGetList 10 complete", reply: "reply FriendGetListReply 10 item refused", calls: []call{
			{"sns/friend_import", `{"From_Account":"UserID_1","AddFriendItem":[{"To_Account":"UserID_2","AddSource":"AddSource_Type_A","Remark":"remark_2","GroupName":["group1","group2"],"CustomItem":[{"Tag":"Tag_SNS_Custom_Test","Value":"custom_sns_2"}]},{"To_Account":"UserID_3","AddSource":"AddSource_Type_A","Remark":"remark_3"}]}`},
			{"profile/portrait_set", `{"From_Account":"UserID_2","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"nick_2"},{"Tag":"Tag_Profile_Custom_Test","Value":"custom_profile_2"}]}`},
			{"profile/portrait_set", `{"From_Account":"UserID_3","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"nick_3"},{"Tag":"Tag_Profile_Custom_Test","Value":"custom_profile_3"}]}`},
		}},
		{request: "request FriendGetList 10 complete", absent: []string{"UserID_4"}},
	},
	"black_list_add": {
		{request: "request BlackListAdd 3.1 complete"},
		{request: "request BlackListAdd 3.1 complete", reply: "reply ItemsReply 3.1 items refused", absent: []string{"id3"},
			calls: []call{{"sns/black_list_add", `{"From_Account":"id","To_Account":["id2"]}`}}},
	},
}

// TestGolden posts every sample request to a server where it makes sense and
// compares the shape of the answer with that of the sample reply.
func TestGolden(t *testing.T) {
	s := newServer(t)
	samples := vectors(t)
	app := chain.AppID(1500000000)
	for _, command := range api.Commands() {
		_, name, _ := strings.Cut(command, "/")
		t.Run(name, func(t *testing.T) {
			played := map[string]bool{}
			for _, sc := range slices.Concat(scenes[name], laterScenes[name]) {
				app++
				s.addApp(t, app, keyA)
				s.caller(t, app, keyA).play(command, &sc, samples[name])
				played[sc.request] = true
			}
			for _, v := range samples[name] {
				if strings.HasPrefix(v.heading, "request ") && !played[v.heading] {
					t.Errorf("no scene for %q of %s", v.heading, name)
				}
			}
		})
	}
}

// TestBrokenSamples posts the samples that are not JSON; each says with which
// code it must be answered.
func TestBrokenSamples(t *testing.T) {
	c := newCaller(t)
	posted := 0
	for _, v := range vectors(t)["broken"] {
		words := strings.Fields(v.heading) // broken FriendAdd 60003 why
		for _, command := range api.Commands() {
			_, name, _ := strings.Cut(command, "/")
			if strings.EqualFold(strings.ReplaceAll(name, "_", ""), words[1]) {
				r := c.call(command, v.body)
				if fmt.Sprint(r.code) != words[2] {
					t.Errorf("%s: %s\n  code %d, want %s", v.heading, r, r.code, words[2])
				}
				posted++
			}
		}
	}
	if posted == 0 {
		t.Error("no sample is of a served command")
	}
}

func (c *caller) play(command string, sc *scene, samples []vector) {
	c.t.Helper()
	for _, account := range sampleAccounts {
		if !slices.Contains(sc.absent, account) {
			c.importAll(account)
		}
	}
	c.prepare(sc.calls)
	r := c.call(command, find(c.t, samples, sc.request))
	if sc.reply == "" {
		wantCode(c.t, r, 0)
		return
	}
	sample := find(c.t, samples, sc.reply)
	if got, want := shape(c.t, r.raw), shape(c.t, sample); got != want {
		c.t.Errorf("%s\n  shape %s\n  want  %s\n  as in %s", r, got, want, sample)
	}
}

func find(t testing.TB, samples []vector, heading string) string {
	t.Helper()
	i := slices.IndexFunc(samples, func(v vector) bool { return v.heading == heading })
	if i < 0 {
		t.Fatalf("no vector %q", heading)
	}
	return samples[i].body
}

// shape spells the members of a JSON object and their types. An array has the
// shapes of its entries, each once; a tag stands for itself, because the type
// of its value depends on it.
func shape(t testing.TB, body string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return shapeOf(v)
}

func shapeOf(v any) string {
	var parts []string
	switch v := v.(type) {
	case map[string]any:
		for name, m := range v {
			if s, ok := m.(string); ok && slices.Contains([]string{"Tag", "ActionStatus", "Relation", "AccountStatus"}, name) {
				parts = append(parts, name+"="+s)
				continue
			}
			parts = append(parts, name+":"+shapeOf(m))
		}
		slices.Sort(parts)
		return "{" + strings.Join(parts, " ") + "}"
	case []any:
		for _, m := range v {
			parts = append(parts, shapeOf(m))
		}
		slices.Sort(parts)
		return "[" + strings.Join(slices.Compact(parts), " ") + "]"
	}
	return fmt.Sprintf("%T", v)
}
