//go:build !race

package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"kith/internal/http1"
)

// TestAllocs holds the calls that are made most to how often they allocate
// memory, from a request that was read down to the cached rows. Times
// depend on the machine; these numbers do not, and most of what a call costs
// follows from them. Lower a ceiling when a change gets below it. (The race
// detector empties pools at random, so it is left out of this.)
func TestAllocs(t *testing.T) {
	c := newCaller(t)
	var names, adds []string
	for i := range 100 {
		names = append(names, fmt.Sprintf(`"friend%02d"`, i))
		adds = append(adds, fmt.Sprintf(`{"To_Account":"friend%02d","AddSource":"AddSource_Type_Test","Remark":"r%d"}`, i, i))
	}
	c.ok("im_open_login_svc/multiaccount_import", `{"Accounts":[`+strings.Join(names, ",")+`]}`)
	c.ok("im_open_login_svc/multiaccount_import", `{"Accounts":["alice"]}`)
	c.ok("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[`+strings.Join(adds, ",")+`]}`)
	c.ok("profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Alice"}]}`)
	for _, test := range []struct {
		name, command, body string
		most                float64
	}{
		{"check of one", "sns/friend_check", `{"From_Account":"alice","To_Account":["friend07"],"CheckType":"CheckResult_Type_Both"}`, 18},
		{"check of 100", "sns/friend_check", `{"From_Account":"alice","To_Account":[` + strings.Join(names, ",") + `],"CheckType":"CheckResult_Type_Both"}`, 33},
		{"list of 100", "sns/friend_get", `{"From_Account":"alice","StartIndex":0}`, 23},
		{"count", "sns/friend_get", `{"From_Account":"alice","StartIndex":0,"StandardSequence":1}`, 14},
		{"profile", "profile/portrait_get", `{"To_Account":["alice"],"TagList":["Tag_Profile_IM_Nick"]}`, 21},
		{"add of a friend", "sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"friend07","AddSource":"AddSource_Type_Test"}],"ForceAddFlags":1}`, 26},
	} {
		body := strings.NewReader("")
		var answer []byte
		got := testing.AllocsPerRun(200, func() {
			body.Reset(test.body)
			answer = c.s.Answer(&http1.Request{Context: t.Context(), Path: "/v4/" + test.command, Query: c.query, Length: body.Size(), Body: body}, answer[:0])
		})
		if !bytes.Contains(answer, []byte(`"ErrorCode":0`)) {
			t.Errorf("%s: %s", test.name, answer)
		}
		t.Logf("%s: %.0f allocations", test.name, got)
		if got > test.most {
			t.Errorf("%s: %.0f allocations, at most %.0f", test.name, got, test.most)
		}
	}
}
