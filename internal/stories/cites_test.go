package stories

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/api"
)

// TestEveryCommandHasStories finds commands that no story calls.
func TestEveryCommandHasStories(t *testing.T) {
	told := map[string]bool{}
	for _, s := range readStories(t) {
		for _, st := range s.steps {
			path, err := command(st.path)
			if err != nil {
				t.Errorf("%s: %v", st.at, err)
			}
			told[path] = true
		}
	}
	for _, c := range api.Commands() {
		if !told[c] {
			t.Errorf("no story calls %s", c)
		}
	}
}

// citation is how a story names its source: a section, a row of a numbered
// table, an open question, or a decision.
var citation = regexp.MustCompile(`^(README D\d{1,2}|(friends|lists_blocks_requests|transport_accounts_profiles|webhooks)\.md (Q\d{1,2}|\d{1,2}(\.\d)?( #\d{1,2})?))$`)

func TestCitations(t *testing.T) {
	titles := map[string]place{}
	for _, s := range readStories(t) {
		for _, c := range s.cites {
			if !citation.MatchString(c) {
				t.Errorf("%s: no citation: %q", s.at, c)
			}
		}
		if other, ok := titles[s.at.file+s.title]; ok {
			t.Errorf("%s: the story at %s has the same title", s.at, other)
		}
		titles[s.at.file+s.title] = s.at
	}
}

// must are the parts of the documents that stories cite: those that say what
// the served commands mean. A row that nothing can be told of is left out,
// such as one about a command of the past.
var must = map[string]string{
	"friends.md":                       "3.4 4 4.1 4.2 5 6 7 8 9.1 9.2 9.3 10 15",
	"friends.md Q":                     "1-30",
	"friends.md 13 #":                  "1-8 10 11 13-22 24-26",
	"friends.md 14 #":                  "1-15",
	"transport_accounts_profiles.md":   "4.1 4.2 4.3 4.4 4.5 4.6 5.1 5.2 5.3 5.4 5.5 6.1 6.2",
	"transport_accounts_profiles.md Q": "1-7 11-13 17 18",
	"lists_blocks_requests.md":         "2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3 3.4 7.1 7.3",
	"lists_blocks_requests.md Q":       "1-24 27-32 35",
	"webhooks.md":                      "2.1 3.1 3.2 3.3 3.4 3.5 3.6",
	"webhooks.md 4 #":                  "6 7 9 12",
	"webhooks.md Q":                    "1 2 4-12",
	"README D":                         "1-22",
}

func TestEverySectionIsTold(t *testing.T) {
	var cited []string
	for _, s := range readStories(t) {
		cited = append(cited, s.cites...)
	}
	for source, parts := range must {
		if !strings.HasSuffix(source, "#") && !strings.HasSuffix(source, "Q") && !strings.HasSuffix(source, "D") {
			source += " "
		}
		for _, part := range spread(parts) {
			if !slices.Contains(cited, source+part) {
				t.Errorf("no story cites %s%s", source, part)
			}
		}
	}
}

// spread writes ranges out: "1 3-5" is 1, 3, 4, 5.
func spread(parts string) (all []string) {
	for part := range strings.FieldsSeq(parts) {
		var from, to int
		if n, _ := fmt.Sscanf(part, "%d-%d", &from, &to); n < 2 {
			all = append(all, part)
			continue
		}
		for i := from; i <= to; i++ {
			all = append(all, fmt.Sprint(i))
		}
	}
	return all
}
