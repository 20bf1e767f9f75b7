package stories

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith/internal/store/storetest"
)

// TestStories runs every story every way.
func TestStories(t *testing.T) {
	for _, s := range readStories(t) {
		for _, w := range ways(t) {
			file := strings.TrimSuffix(filepath.Base(s.at.file), ".story")
			t.Run(file+"/"+s.title+"/"+w.name, func(t *testing.T) {
				t.Parallel()
				s.run(t, w)
			})
		}
	}
}

func (s *story) run(t *testing.T, w way) {
	h := open(t, w, s)
	want := world{}
	given := teller{world: want, now: start, before: true}
	if err := given.tell(s.given); err != nil {
		t.Fatal(err)
	}
	want.start()
	h.fill(want)
	s.audit(t, h, h.look(), s.at, "what is given")
	for i := range s.steps {
		st := &s.steps[i]
		rows := st.run(t, h, want)
		s.audit(t, h, rows, st.at, "what the call left behind")
		if t.Failed() {
			return
		}
	}
}

// run makes one call and compares all that came of it, up to the rows that it
// returns. It advances want.
func (st *step) run(t *testing.T, h *house, want world) storetest.Rows {
	h.now.Add(st.wait)
	path, err := command(st.path)
	if err != nil {
		t.Fatal(err)
	}
	h.backEnd.says(st.answer)
	reply := h.call(st.caller, path, st.body)
	told, events := h.store.told(t), h.store.events()
	if h.way.restart {
		h.restart()
	}
	asked := fmt.Sprintf("%s: %s %s", st.at, path, shorten(st.body))
	st.compareReply(t, asked, reply)
	if diff := cmp.Diff(append([]string{}, st.events...), events); diff != "" {
		t.Errorf("%s\nother events follow (-wanted +came):\n%s", asked, diff)
	}
	if diff := cmp.Diff(st.told, told, wholeLines); diff != "" && st.told != nil {
		t.Errorf("%s\nother webhooks are sent (-wanted +came):\n%s", asked, diff)
	}
	if diff := cmp.Diff(append([]string{}, st.asked...), h.backEnd.asked(), wholeLines); diff != "" {
		t.Errorf("%s\nthe back end is asked something else (-wanted +came):\n%s", asked, diff)
	}
	then := teller{world: want, now: h.now.Load()}
	if err := then.tell(st.then); err != nil {
		t.Fatal(err)
	}
	rows := h.look()
	wanted, came := want.show(), found(rows).show()
	if !slices.Equal(wanted, came) {
		t.Errorf("%s\nanother state follows (-wanted +came):\n%s", asked, cmp.Diff(wanted, came, wholeLines))
	}
	return rows
}

// wholeLines keeps a difference within a line from being taken apart.
var wholeLines = cmp.Comparer(func(a, b string) bool { return a == b })

func (st *step) compareReply(t *testing.T, asked string, reply []byte) {
	v, err := readJSON(reply)
	got, ok := v.(map[string]any)
	if err != nil || !ok {
		t.Errorf("%s\nthe reply is no JSON object: %v: %s", asked, err, shorten(string(reply)))
		return
	}
	for _, fault := range always(got) {
		t.Errorf("%s\n%s: %s", asked, fault, shorten(string(reply)))
	}
	if diff := cmp.Diff(adopt(st.want, got), any(got), wholeLines); diff != "" {
		t.Errorf("%s\nanother reply comes (-wanted +came):\n%s\nin full: %s", asked, diff, shorten(string(reply)))
	}
}

func shorten(s string) string {
	const most = 1000
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}

// audit checks that all rows of all users fit together.
func (s *story) audit(t *testing.T, h *house, all storetest.Rows, at place, what string) {
	found := slices.DeleteFunc(storetest.Check(h.app(), all), s.allows)
	if len(found) > 0 {
		t.Errorf("%s: %s does not fit together:\n%s", at, what, strings.Join(found, "\n"))
	}
}

// allows tells whether a finding of the audit is what the story is about.
func (s *story) allows(finding string) bool {
	return slices.ContainsFunc(s.oddities, func(odd string) bool { return strings.Contains(finding, odd) })
}
