package api_test

import (
	"slices"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/presence"
)

// kicked are tries of the account that is kicked. That of the caller is left
// to TestKickAdministrator.
var kicked = slices.Concat(
	each(fine, `"alice"`, `"\u0061lice"`, `"bob"`),
	each(badUser, absent, "null"), each(badUser, malformed...),
	each(want{code: 70107, info: notFound, names: []string{"Account"}}, strangers...),
	each(notString, but(numbers, bools, arrays, objects)...),
)

var statusForms = slices.Concat([]form{
	{
		command: "im_open_login_svc/kick",
		good:    `{"UserID":"alice"}`,
		members: []member{{at: "UserID", names: []string{"UserID", "Identifier"}, tries: kicked}},
	},
	{
		name: "with the old name", command: "im_open_login_svc/kick",
		good:    `{"Identifier":"alice"}`,
		members: []member{{at: "Identifier", names: []string{"UserID", "Identifier"}, tries: kicked}},
	},
}, statusForm("openim/query_online_status"), statusForm("openim/querystate"))

func statusForm(command string) []form {
	return []form{{
		command: command,
		good:    `{"To_Account":["alice","bob","dave"],"IsNeedDetail":0,"IsReturnInstid":0,"IsReturnCustomStatus":0}`,
		members: []member{
			{at: "To_Account", names: []string{"Account"}, tries: statusPeers()},
			{at: "IsNeedDetail", tries: flag()},
			{at: "IsReturnInstid", tries: flag()},
			{at: "IsReturnCustomStatus", tries: flag()},
		},
	}}
}

// flag is 0 or 1. The documents say nothing of other numbers.
func flag() []try {
	offline := want{shows: `{"To_Account":"alice","Status":"Offline","State":"Offline"}`}
	return slices.Concat(
		each(offline, absent, "null", "0", "-0", "1", "1.0", "10e-1"),
		each(openim.wrongType(), notWhole...), each(openim.wrongType(), beyond...),
	)
}

// statusPeers are tries of To_Account, in which what does not exist is told of
// in ErrorList (T 4.6).
func statusPeers() []try {
	noString := want{code: 90003, names: []string{"Account"}}
	tries := slices.Concat(
		each(whole(90001), absent, "null", "[]"),
		each(openim.wrongType(), but(strs, []string{`""`}, bools, objects)...),
		each(want{code: 70107, info: notFound}, `["nobody"]`, `["nobody","nobody"]`, `[""]`, names(500)),
		each(whole(90011), names(501), names(5000), repeated(501, `"alice"`)),
		each(fine, `["bob"]`, repeated(500, `"alice"`)),
		each(want{shows: `"QueryResult":[{"To_Account":"bob","Status":"Offline","State":"Offline"},{"To_Account":"bob","Status":"Offline","State":"Offline"}]`}, `["bob","bob"]`),
	)
	for _, v := range slices.Concat(malformed, strangers) {
		tries = append(tries, try{`["bob",` + v + `,"dave"]`, want{shows: `"ErrorCode":70107}]`}})
	}
	for _, v := range but(numbers, bools, arrays, objects, []string{"null"}) {
		tries = append(tries, try{`["bob",` + v + `,"dave"]`, noString})
	}
	return tries
}

// TestOnlineStatus answers what an app reported (T 4.6), under both names.
func TestOnlineStatus(t *testing.T) {
	board := presence.NewBoard()
	s := newServer(t, func(c *api.Config) { c.Presence = board })
	c := s.caller(t, appA, keyA)
	c.importAll("id1", "id2", "id3")
	until := start.Add(time.Minute)
	report := func(id chain.UserID, online bool, platforms ...presence.Platform) {
		board.Report(appA, id, presence.Status{Online: online, Platforms: platforms}, until)
	}
	report("id1", true, presence.Platform{Name: "iPhone"}, presence.Platform{Name: "Web", Online: true})
	report("id3", false, presence.Platform{Name: "Android"})
	const (
		plain = `{"To_Account":"id1","Status":"Online","State":"Online"},{"To_Account":"id2","Status":"Offline","State":"Offline"},` +
			`{"To_Account":"id3","Status":"PushOnline","State":"PushOnline"}`
		detailed = `{"To_Account":"id1","Status":"Online","State":"Online","Detail":[{"Platform":"iPhone","Status":"PushOnline"},{"Platform":"Web","Status":"Online"}]},` +
			`{"To_Account":"id2","Status":"Offline","State":"Offline"},` +
			`{"To_Account":"id3","Status":"PushOnline","State":"PushOnline","Detail":[{"Platform":"Android","Status":"PushOnline"}]}`
		offline = `{"To_Account":"id1","Status":"Offline","State":"Offline"}`
		ok      = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"QueryResult":[`
		missing = `,"ErrorList":[{"To_Account":"id4","ErrorCode":70107}]}`
		lost    = `{"ActionStatus":"FAIL","ErrorInfo":"` + notFound + `","ErrorCode":70107,"QueryResult":[]`
	)
	const now, old = "openim/query_online_status", "openim/querystate"
	tests := []struct {
		name, command, body, want string
	}{
		{"plain", now, `{"To_Account":["id1","id2","id3"]}`, ok + plain + `],"ErrorList":[]}`},
		{"plain, old name", old, `{"To_Account":["id1","id2","id3"]}`, ok + plain + "]}"},
		{"detail", now, `{"To_Account":["id1","id2","id3"],"IsNeedDetail":1}`, ok + detailed + `],"ErrorList":[]}`},
		{"detail, old name", old, `{"To_Account":["id1","id2","id3"],"IsNeedDetail":1}`, ok + detailed + "]}"},
		{"one missing", now, `{"To_Account":["id1","id4","id2","id3"]}`, ok + plain + "]" + missing},
		{"one missing, old name", old, `{"To_Account":["id1","id4","id2","id3"]}`, ok + plain + "]" + missing}, // T Q12
		{"all missing", now, `{"To_Account":["id4"]}`, lost + missing},
		{"all missing, old name", old, `{"To_Account":["id4"]}`, lost + missing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := (&caller{t, s, c.query}).call(test.command, test.body)
			if r.raw != test.want {
				t.Errorf("%s\n  want    %q", r, test.want)
			}
		})
	}
	t.Run("another app", func(t *testing.T) {
		b := s.caller(t, appB, keyB)
		b.importAll("id1")
		if r := b.call(now, `{"To_Account":["id1"]}`); r.raw != ok+offline+`],"ErrorList":[]}` {
			t.Errorf("%s\n  want it offline", r)
		}
	})
	t.Run("the report ends", func(t *testing.T) {
		s.clock.set(until)
		if r := c.call(now, `{"To_Account":["id1"],"IsNeedDetail":1}`); r.raw != ok+offline+`],"ErrorList":[]}` {
			t.Errorf("%s\n  want it offline", r)
		}
	})
}
