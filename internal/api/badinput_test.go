package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kith/internal/api"
	"kith/internal/chain"
	"kith/internal/store/storetest"
	"kith/wire"
)

// This file tries every value of badinput_values_test.go in every member of
// badinput_commands_test.go. Of each refusal it checks the code, that a text
// names the member, that nothing is changed, and that the server goes on.

// A form is a good request and the members of it to be spoiled.
type form struct {
	name    string // of the test, if there is more than one form of the command
	command string
	good    string
	batch   string // the array of which entry 1 is spoiled; "" if there is none
	before  []call // what must be so
	members []member
}

// A member is one place in a form.
type member struct {
	at    string   // as in "AddFriendItem.1.Remark"
	names []string // what a text may call it; by default the last part of at
	tries []try
}

// A try is a value of a member and what comes of it.
type try struct {
	value string // JSON, or absent
	want  want
}

// absent leaves the member out.
const absent = ""

// A want is the outcome of a try.
type want struct {
	code  int      // of the whole call
	info  string   // ErrorInfo, where the documents fix it
	items []int    // codes of the items; nil: all 0
	free  bool     // items may be anything
	fixed string   // ResultInfo of the refused item, where it is fixed
	fails int      // entries of FailAccounts
	shows string   // what the reply must contain
	names []string // instead of those of the member
}

// whole refuses the whole call.
func whole(code int) want { return want{code: code} }

// single refuses entry 1 of three.
func single(code int) want { return want{items: []int{0, code, 0}} }

// singleText refuses entry 1 of three with a text that is fixed.
func singleText(code int, text string) want {
	return want{items: []int{0, code, 0}, fixed: text}
}

var (
	fine     = want{}
	anything = want{free: true} // of the items
)

// put makes value that of the member at.
func put(t testing.TB, body, at, value string) string {
	t.Helper()
	const slot = "@@slot@@"
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	var root any
	if err := d.Decode(&root); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	parts := strings.Split(at, ".")
	parent := root
	for _, part := range parts[:len(parts)-1] {
		switch p := parent.(type) {
		case map[string]any:
			parent = p[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(p) {
				t.Fatalf("no %s in %s", at, body)
			}
			parent = p[i]
		}
	}
	object, ok := parent.(map[string]any)
	if !ok {
		t.Fatalf("no %s in %s", at, body)
	}
	name := parts[len(parts)-1]
	object[name] = slot
	if value == absent {
		delete(object, name)
	}
	out, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.Replace(out, []byte(`"`+slot+`"`), []byte(value), 1))
}

// without takes entry 1 out of a batch.
func without(t testing.TB, body, batch string) string {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(body), &root); err != nil {
		t.Fatal(err)
	}
	list := root[batch].([]any)
	root[batch] = slices.Delete(list, 1, 2)
	out, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A bench is a server on which tries are made, in as many equal apps as need
// be.
type bench struct {
	*server
	app    chain.AppID
	before []call  // made in every app
	victim *caller // for what must change nothing
}

func newBench(t testing.TB, before ...call) *bench {
	b := &bench{server: newServer(t), app: 1500000000, before: before}
	b.victim = b.fresh(t)
	return b
}

// fresh makes an app in which alice has the friends bob, carol and dave; erin,
// frank and grace are strangers to her.
func (b *bench) fresh(t testing.TB) *caller {
	t.Helper()
	b.app++
	b.addApp(t, b.app, keyA)
	c := b.caller(t, b.app, keyA)
	c.importAll("alice", "bob", "carol", "dave", "erin", "frank", "grace")
	c.ok("sns/friend_import", `{"From_Account":"alice","AddFriendItem":[
		{"To_Account":"bob","AddSource":"AddSource_Type_A","Remark":"Bobby","GroupName":["school"]},
		{"To_Account":"carol","AddSource":"AddSource_Type_A","Remark":"Caro","GroupName":["school"],"CustomItem":[{"Tag":"Tag_SNS_Custom_Test","Value":"c"}]},
		{"To_Account":"dave","AddSource":"AddSource_Type_A"}]}`)
	c.ok("profile/portrait_set", `{"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Alice"}]}`)
	c.prepare(b.before)
	return c
}

// TestBadInput tries everything.
func TestBadInput(t *testing.T) {
	for _, f := range forms {
		t.Run(strings.TrimSpace(f.command+" "+f.name), func(t *testing.T) {
			b := newBench(t, f.before...)
			after := b.fresh(t)
			after.t = t
			wantFine(t, after.call(f.command, f.good))
			var rest storetest.Rows // after the good entries alone
			if f.batch != "" {
				c := b.fresh(t)
				wantFine(t, c.call(f.command, without(t, f.good, f.batch)))
				rest = b.state(t, b.app)
			}
			for _, m := range f.members {
				b.tryMember(t, &f, &m, rest)
			}
		})
	}
}

func wantFine(t *testing.T, r reply) {
	t.Helper()
	wantCode(t, r, 0)
	for _, it := range r.items() {
		if it.code != 0 {
			t.Fatalf("%s\n  is not good to begin with", r)
		}
	}
}

func (b *bench) tryMember(t *testing.T, f *form, m *member, rest storetest.Rows) {
	name := m.at[strings.LastIndex(m.at, ".")+1:]
	tries := append(slices.Clone(m.tries), everywhere(f, name)...)
	for _, tr := range tries {
		t.Run(m.at+"="+label(tr.value), func(t *testing.T) {
			body := put(t, f.good, m.at, tr.value)
			w := tr.want
			if w.names == nil {
				w.names = m.names
			}
			if w.names == nil {
				w.names = []string{name}
			}
			if w.code != 0 {
				b.tryRefusal(t, f.command, body, w)
				return
			}
			c := b.fresh(t)
			logged := b.log.size()
			r := c.call(f.command, body)
			b.wantOutcome(t, r, w)
			b.wantAlive(t, c, r, logged)
			if f.batch != "" && strings.HasPrefix(m.at, f.batch+".1.") && (slices.Max(append(w.items, 0)) > 0 || w.fails > 0) {
				wantSameState(t, r.String()+"\n  beside the good entries", rest, b.state(t, b.app))
			}
		})
	}
}

// label names a try.
func label(value string) string {
	switch {
	case value == absent:
		return "absent"
	case len(value) > 40:
		return fmt.Sprintf("%.40q... (%d bytes)", value, len(value))
	}
	return value
}

func (b *bench) tryRefusal(t *testing.T, command, body string, w want) {
	t.Helper()
	c, app := b.victim, b.victim.app()
	before, logged := b.state(t, app), b.log.size()
	r := (&caller{t, b.server, c.query}).call(command, body)
	b.wantOutcome(t, r, w)
	same := wantSameState(t, r.String(), before, b.state(t, app))
	b.wantAlive(t, c, r, logged)
	if !same {
		b.victim = b.fresh(t)
	}
}

// app is the app that a caller calls for.
func (c *caller) app() chain.AppID {
	digits, _, _ := strings.Cut(strings.TrimPrefix(c.query, "sdkappid="), "&")
	n, _ := strconv.ParseUint(digits, 10, 32)
	return chain.AppID(n)
}

// wantAlive makes a good call and reads the log.
func (b *bench) wantAlive(t *testing.T, c *caller, r reply, logged int) {
	t.Helper()
	good := (&caller{t, b.server, c.query}).call("im_open_login_svc/account_check", `{"CheckItem":[{"UserID":"administrator"}]}`)
	if good.code != 0 || !strings.Contains(good.raw, `"Imported"`) {
		t.Errorf("%s\n  and then\n%s", r, good)
	}
	if log := b.log.after(logged); strings.Contains(log, "call failed") {
		t.Errorf("%s\n  is logged as our failure:\n%s", r, clip(log))
	}
}

func (b *bench) wantOutcome(t *testing.T, r reply, w want) {
	t.Helper()
	wantCode(t, r, w.code)
	if w.info != "" && r.info != w.info {
		t.Errorf("%s\n  ErrorInfo %q, want %q", r, r.info, w.info)
	}
	if !strings.Contains(r.raw, w.shows) {
		t.Errorf("%s\n  does not show %s", r, w.shows)
	}
	if w.code != 0 {
		if r.code != 0 && !containsAny(r.info+" "+r.display, w.names) {
			t.Errorf("%s\n  does not name %q", r, w.names)
		}
		return
	}
	if got := len(r.strings("FailAccounts")); got != w.fails {
		t.Errorf("%s\n  %d FailAccounts, want %d", r, got, w.fails)
	}
	b.wantItems(t, r, w)
}

func (b *bench) wantItems(t *testing.T, r reply, w want) {
	t.Helper()
	items := r.items()
	var failed []string
	for i, it := range items {
		expected := 0
		if i < len(w.items) {
			expected = w.items[i]
		}
		if it.code != 0 {
			failed = append(failed, it.account)
		}
		switch {
		case w.free:
		case it.code != expected:
			t.Errorf("%s\n  item %d has code %d, want %d", r, i, it.code, expected)
		case w.fixed != "" && it.code != 0 && it.info != w.fixed:
			t.Errorf("%s\n  item %d has text %q, want %q", r, i, it.info, w.fixed)
		case it.code == 0 && it.info != "":
			t.Errorf("%s\n  item %d has the text %q with code 0", r, i, it.info)
		case it.code != 0 && w.fixed == "" && !containsAny(it.info, w.names):
			t.Errorf("%s\n  item %d does not name %q", r, i, w.names)
		}
	}
	if w.items != nil && len(w.items) != len(items) {
		t.Errorf("%s\n  %d items, want %d", r, len(items), len(w.items))
	}
	if strings.Contains(r.asked, "account_delete") {
		return // has no Fail_Account (T 4.3)
	}
	if got := r.strings("Fail_Account"); !slices.Equal(got, failed) {
		t.Errorf("%s\n  Fail_Account %q, want %q", r, got, failed)
	}
}

func containsAny(text string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(text, name) })
}

// TestEveryMemberIsTried holds the forms against the request types, so that a
// new command or member does not come untried.
func TestEveryMemberIsTried(t *testing.T) {
	tried := map[string]bool{}
	for _, f := range forms {
		for _, m := range f.members {
			tried[f.command+" "+strings.NewReplacer(".0", "", ".1", "").Replace(m.at)] = true
		}
	}
	for _, r := range []wire.Request{
		wire.AccountImport{}, wire.MultiAccountImport{}, wire.AccountCheck{}, wire.AccountDelete{},
		wire.PortraitSet{}, wire.PortraitGet{}, wire.BlackListAdd{},
		wire.FriendAdd{}, wire.FriendImport{}, wire.FriendUpdate{}, wire.FriendDelete{},
		wire.FriendDeleteAll{}, wire.FriendCheck{}, wire.FriendGet{}, wire.FriendGetList{},
		wire.GroupAdd{}, wire.GroupDelete{}, wire.GroupGet{}, wire.GroupUpdate{},
		wire.BlackListDelete{}, wire.BlackListGet{}, wire.BlackListCheck{},
		wire.FriendResponse{}, wire.PendencyGet{}, wire.PendencyDelete{}, wire.PendencyReport{},
		wire.Kick{}, wire.QueryOnlineStatus{},
	} {
		command := r.Command().Family.Service() + "/" + r.Command().Name
		wantMembersTried(t, tried, command, "", reflect.TypeOf(r))
		tried[command] = true
	}
	const old = "openim/querystate" // has the request of query_online_status
	wantMembersTried(t, tried, old, "", reflect.TypeFor[wire.QueryOnlineStatus]())
	tried[old] = true
	for _, command := range api.Commands() {
		if !tried[command] {
			t.Errorf("%s has no forms", command)
		}
	}
}

func wantMembersTried(t *testing.T, tried map[string]bool, command, above string, typ reflect.Type) {
	t.Helper()
	for i := range typ.NumField() {
		field := typ.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !tried[command+" "+above+name] {
			t.Errorf("%s: %s is not tried", command, above+name)
		}
		if field.Type.Kind() == reflect.Slice && field.Type.Elem().Kind() == reflect.Struct {
			wantMembersTried(t, tried, command, above+name+".", field.Type.Elem())
		}
	}
}

// TestEveryMemberName: a member by another case is none at all (D 22), whatever
// it holds.
func TestEveryMemberName(t *testing.T) {
	for _, f := range forms {
		t.Run(strings.TrimSpace(f.command+" "+f.name), func(t *testing.T) {
			b := newBench(t, f.before...)
			for _, m := range f.members {
				left := put(t, f.good, m.at, absent)
				want := b.fresh(t).call(f.command, left)
				above, name := "", m.at
				if dot := strings.LastIndex(m.at, "."); dot >= 0 {
					above, name = m.at[:dot+1], m.at[dot+1:]
				}
				for _, other := range []string{strings.ToLower(name), strings.ToUpper(name)} {
					got := b.fresh(t).call(f.command, put(t, left, above+other, "[[7]]"))
					if got.raw != want.raw {
						t.Errorf("%s\n  want that of a request without it:\n%s", got, want)
					}
				}
			}
		})
	}
}
