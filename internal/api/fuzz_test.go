package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/api"
)

// allowedCodes are all that a command may answer to a caller who may call: the
// lists of the pages (T 4, T 5, F 11, L 6), without what is our own fault.
var allowedCodes = map[string][]int{
	"im_open_login_svc": {0, 60003, 60015, 70107, 70402, 40601},
	"openim":            {0, 60003, 60015, 70107, 90001, 90003, 90011},
	"profile":           {0, 60003, 60015, 40001, 40002, 40003, 40009, 40601, 40605, 40610},
	"sns":               {0, 60003, 60015, 30001, 30003, 30011},
}

// allowedItems are the codes of an item.
var allowedItems = map[string][]int{
	"im_open_login_svc": {0, 70107, 70402},
	"profile":           {0, 40003},
	"sns": {0, 30001, 30003, 30009, 30010, 30011, 30012, 30013, 30014, 30515, 30516, 30525, 30539,
		30614, 31704, 31804, 32216},
}

// FuzzCall posts any body to any command. What holds of every answer is
// checked as it is read.
func FuzzCall(f *testing.F) {
	commands := slices.Sorted(slices.Values(api.Commands()))
	for name, samples := range vectors(f) {
		for _, v := range samples {
			for i, command := range commands {
				if strings.HasSuffix(command, "/"+name) || strings.HasPrefix(v.heading, "broken") {
					f.Add(uint8(i), []byte(v.body))
				}
			}
		}
	}
	for _, form := range forms {
		f.Add(uint8(slices.Index(commands, form.command)), []byte(form.good))
	}
	c := newCaller(f)
	c.query = query(appA, admin, sigAt(f, start.Add(time.Hour), time.Hour)) // outlives a kick of its own
	c.importAll("alice", "bob", "carol", "dave", "erin", "frank", "grace", "id", "id1", "id2", "id3", "UserID_1", "UserID_2")
	f.Fuzz(func(t *testing.T, n uint8, body []byte) {
		command := commands[int(n)%len(commands)]
		service, _, _ := strings.Cut(command, "/")
		logged := c.s.log.size()
		r := (&caller{t, c.s, c.query}).call(command, string(body))
		if !slices.Contains(allowedCodes[service], r.code) {
			t.Errorf("%s\n  code %d is none of %v", r, r.code, allowedCodes[service])
		}
		for i, it := range r.items() {
			if command != "sns/group_get" && !slices.Contains(allowedItems[service], it.code) {
				t.Errorf("%s\n  item %d has code %d, none of %v", r, i, it.code, allowedItems[service])
			}
		}
		if log := c.s.log.after(logged); log != "" {
			t.Errorf("%s\n  is logged: %s", r, log)
		}
	})
}
