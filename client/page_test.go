package client_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"testing"

	"kith/client"
	"kith/wire"
)

// paged answers each page by its start, under the name that requests give it,
// and counts the calls.
func paged(calls *int, member string, answers map[int64]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*calls++
		var body map[string]any
		_ = json.NewDecoder(r.Body).Decode(&body)
		start, _ := body[member].(float64)
		answer, ok := answers[int64(start)]
		if !ok {
			answer = `"ErrorCode":30001,"ErrorInfo":"no such page"`
		}
		fmt.Fprint(w, "{"+answer+"}")
	}
}

// collect reads a sequence: what came, and how it ended.
func collect[T any](seq iter.Seq2[T, error], name func(T) wire.Account) string {
	var all []string
	for item, err := range seq {
		if err != nil {
			return strings.Join(append(all, err.Error()), " ")
		}
		all = append(all, string(name(item)))
	}
	return strings.Join(all, " ")
}

func friends(t *testing.T, c *client.Client) string {
	return collect(c.Friends(t.Context(), "alice"), func(f wire.UserData) wire.Account { return f.ToAccount })
}

func blocks(t *testing.T, c *client.Client) string {
	return collect(c.Blocks(t.Context(), "alice"), func(b wire.BlackListItem) wire.Account { return b.ToAccount })
}

func pendencies(t *testing.T, c *client.Client) string {
	return collect(c.Pendencies(t.Context(), "alice", wire.PendencyComeIn), func(p wire.PendencyItem) wire.Account { return p.ToAccount })
}

func TestPages(t *testing.T) {
	const stuck = "the next page that the server names does not come after this one"
	for _, test := range []struct {
		name, member string
		answers      map[int64]string
		read         func(*testing.T, *client.Client) string
		want         string
		calls        int
	}{
		{"friends", "StartIndex", map[int64]string{
			0: `"UserDataItem":[{"To_Account":"b"},{"To_Account":"c"}],"NextStartIndex":2`,
			2: `"UserDataItem":[{"To_Account":"d"}],"NextStartIndex":3`,
			3: `"CompleteFlag":1`,
		}, friends, "b c d", 3},
		{"no friends", "StartIndex", map[int64]string{0: `"CompleteFlag":1`}, friends, "", 1},
		{"complete, with a next page all the same", "StartIndex", map[int64]string{
			0: `"UserDataItem":[{"To_Account":"b"}],"NextStartIndex":1,"CompleteFlag":1`,
		}, friends, "b", 1},
		{"friends, no end", "StartIndex", map[int64]string{
			0: `"UserDataItem":[{"To_Account":"b"}],"NextStartIndex":1`,
			1: `"UserDataItem":[{"To_Account":"c"}],"NextStartIndex":1`,
		}, friends, "b " + stuck, 2},
		{"friends, refused half way", "StartIndex", map[int64]string{
			0: `"UserDataItem":[{"To_Account":"b"}],"NextStartIndex":1`,
		}, friends, "b friend_get: 30001 no such page", 2},

		{"blocks", "StartIndex", map[int64]string{
			0: `"BlackListItem":[{"To_Account":"b"}],"StartIndex":1`,
			1: `"BlackListItem":[{"To_Account":"c"}],"StartIndex":0`,
		}, blocks, "b c", 2},
		{"blocks, no end", "StartIndex", map[int64]string{
			0: `"BlackListItem":[{"To_Account":"b"}],"StartIndex":-1`,
		}, blocks, stuck, 1},
		{"blocks, refused", "StartIndex", nil, blocks, "black_list_get: 30001 no such page", 1},

		{"pendencies", "StartTime", map[int64]string{
			0:  `"PendencyItem":[{"To_Account":"b"}],"StartTime":90`,
			90: `"PendencyItem":[{"To_Account":"c"}],"StartTime":80`,
			80: `"PendencyItem":[{"To_Account":"d"}],"StartTime":0`,
		}, pendencies, "b c d", 3},
		{"pendencies, no end", "StartTime", map[int64]string{
			0:  `"PendencyItem":[{"To_Account":"b"}],"StartTime":90`,
			90: `"PendencyItem":[{"To_Account":"c"}],"StartTime":90`,
		}, pendencies, "b " + stuck, 2},
		{"pendencies, refused", "StartTime", nil, pendencies, "pendency_get: 30001 no such page", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			calls := 0
			got := test.read(t, newClient(t, paged(&calls, test.member, test.answers)))
			if got != test.want || calls != test.calls {
				t.Errorf("read %q in %d calls, want %q in %d", got, calls, test.want, test.calls)
			}
		})
	}
}

// TestPagesAreReadAsAskedFor: who stops early costs no further call, and a
// sequence can be read again.
func TestPagesAreReadAsAskedFor(t *testing.T) {
	calls := 0
	c := newClient(t, paged(&calls, "StartIndex", map[int64]string{
		0: `"UserDataItem":[{"To_Account":"b"},{"To_Account":"c"}],"NextStartIndex":2`,
	}))
	all := c.Friends(t.Context(), "alice")
	if calls != 0 {
		t.Errorf("%d calls before anything was read", calls)
	}
	for range 2 {
		var got []wire.Account
		for friend := range all {
			got = append(got, friend.ToAccount)
			if len(got) == 2 {
				break
			}
		}
		if !slices.Equal(got, []wire.Account{"b", "c"}) {
			t.Errorf("read %v, want b and c", got)
		}
	}
	if calls != 2 {
		t.Errorf("%d calls, want one each time", calls)
	}
}
