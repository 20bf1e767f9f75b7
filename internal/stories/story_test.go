package stories

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kith/internal/chain"
)

// A story is one story of a file.
type story struct {
	title    string
	cites    []string
	settings chain.Settings
	webhook  []string // how the app's webhook is set; nil is none
	oddities []string // findings of the audit that the story is about
	given    []fact
	steps    []step
	at       place
}

// A step is one call and what must follow from it.
type step struct {
	at     place
	wait   int64  // seconds that pass before
	caller string // who calls
	path   string // service/command, or just the command
	body   string
	answer string // what the app's back end answers meanwhile
	want   expectation
	then   []fact
	events []string
	told   []string // what the webhooks of the events say; nil if the story does not care
	asked  []string // what the back end was asked
}

// A place is where something stands in a file.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// A block is a directive with the lines that belong to it.
type block struct {
	at         place
	word, rest string
	lines      []line
}

type line struct {
	at   place
	text string
}

// text is what stands behind and below the directive.
func (b *block) text() string {
	parts := []string{}
	if b.rest != "" {
		parts = append(parts, b.rest)
	}
	for _, l := range b.lines {
		parts = append(parts, l.text)
	}
	return strings.Join(parts, "\n")
}

// readStories reads every story file, or fails the test.
func readStories(t *testing.T) []story {
	t.Helper()
	files, err := filepath.Glob("testdata/*.story")
	if err != nil || len(files) == 0 {
		t.Fatalf("find the stories: %v (%d files)", err, len(files))
	}
	var all []story
	for _, file := range files {
		stories, err := readFile(file)
		if err != nil {
			t.Error(err)
		}
		all = append(all, stories...)
	}
	if t.Failed() {
		t.FailNow()
	}
	return all
}

func readFile(file string) ([]story, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	blocks, err := split(file, string(b))
	if err != nil {
		return nil, err
	}
	var all []story
	for len(blocks) > 0 {
		end := 1
		for end < len(blocks) && blocks[end].word != "story" {
			end++
		}
		s, err := parse(blocks[:end])
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		blocks = blocks[end:]
	}
	return all, nil
}

// split takes a file apart into directives.
func split(file, text string) (blocks []block, err error) {
	for i, raw := range strings.Split(text, "\n") {
		at := place{file, i + 1}
		l := strings.TrimRight(raw, " \t")
		switch {
		case strings.TrimSpace(l) == "", strings.HasPrefix(strings.TrimSpace(l), "#"):
			continue
		case l[0] == ' ' || l[0] == '\t':
			if len(blocks) == 0 {
				return nil, fmt.Errorf("%s: a line that belongs to no directive", at)
			}
			last := &blocks[len(blocks)-1]
			l, err = expand(strings.TrimSpace(l))
			last.lines = append(last.lines, line{at, l})
		default:
			word, rest, _ := strings.Cut(l, " ")
			rest, err = expand(strings.TrimSpace(rest))
			blocks = append(blocks, block{at: at, word: word, rest: rest})
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
	}
	return blocks, nil
}

// parse reads one story.
func parse(blocks []block) (story, error) {
	s := story{settings: chain.DefaultSettings(), at: blocks[0].at, title: blocks[0].rest}
	if blocks[0].word != "story" {
		return s, fmt.Errorf("%s: %q before any story", blocks[0].at, blocks[0].word)
	}
	p := parser{story: &s, caller: administrator, answer: "200 {}"}
	for i := range blocks[1:] {
		b := &blocks[1+i]
		if err := p.directive(b); err != nil {
			return s, fmt.Errorf("%s: %s: %w", b.at, b.word, err)
		}
	}
	if len(s.steps) == 0 || len(s.cites) == 0 {
		return s, fmt.Errorf("%s: a story needs a call and a citation", s.at)
	}
	for _, st := range s.steps {
		if st.want == nil {
			return s, fmt.Errorf("%s: nothing says what must come back", st.at)
		}
	}
	return s, nil
}

type parser struct {
	*story
	wait   int64
	caller string
	answer string
}

func (p *parser) directive(b *block) (err error) {
	switch b.word {
	case "cites":
		for c := range strings.SplitSeq(b.text(), ";") {
			p.cites = append(p.cites, strings.TrimSpace(c))
		}
		return nil
	case "settings":
		return p.set(strings.Fields(b.text()))
	case "though":
		p.oddities = append(p.oddities, b.rest)
		return nil
	case "given":
		p.given, err = readFacts(b)
		return err
	case "clock":
		n, err := strconv.ParseInt(strings.TrimPrefix(b.rest, "+"), 10, 64)
		p.wait += n
		return err
	case "caller":
		p.caller = b.rest
		return nil
	case "webhook":
		p.webhook = strings.Fields(b.text())
		return nil
	case "answer":
		p.answer = b.text()
		return nil
	case "call":
		path, inline, _ := strings.Cut(b.rest, " ")
		b.rest = inline
		p.steps = append(p.steps, step{at: b.at, wait: p.wait, caller: p.caller, path: path, body: b.text(), answer: p.answer})
		p.wait = 0
		return nil
	}
	if len(p.steps) == 0 {
		return fmt.Errorf("before any call, or no directive at all")
	}
	st := &p.steps[len(p.steps)-1]
	switch b.word {
	case "then":
		st.then, err = readFacts(b)
	case "events":
		st.events, err = readEvents(b)
	case "told":
		st.told = texts(b)
	case "asked":
		st.asked = texts(b)
	default:
		if st.want != nil {
			return fmt.Errorf("the call has an answer already")
		}
		st.want, err = readExpectation(st.path, b)
	}
	return err
}

// texts are the lines of a block, one by one.
func texts(b *block) []string {
	all := []string{}
	for _, l := range b.lines {
		all = append(all, l.text)
	}
	return all
}

// set changes settings by their names.
func (p *parser) set(words []string) error {
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		f := reflect.ValueOf(&p.settings).Elem().FieldByName(name)
		if !f.IsValid() {
			return fmt.Errorf("no setting is named %q", name)
		}
		if err := setField(f, value); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func setField(f reflect.Value, value string) error {
	switch v := f.Addr().Interface().(type) {
	case *int:
		n, err := strconv.Atoi(value)
		*v = n
		return err
	case *bool:
		b, err := strconv.ParseBool(value)
		*v = b
		return err
	case *[]string:
		*v = []string{}
		if value != "" {
			*v = strings.Split(value, ",")
		}
		return nil
	case *chain.Allow:
		a, ok := allowWords[value]
		*v = a
		if !ok {
			return fmt.Errorf("%q is none of any, confirm and none", value)
		}
		return nil
	}
	return fmt.Errorf("a setting of type %s cannot be written in a story", f.Type())
}

var eventForm = regexp.MustCompile(`^((FriendAdded|FriendDeleted|Blocked|Unblocked) \S+->\S+( by \S+)?|ProfileSet \S+)$`)

func readEvents(b *block) ([]string, error) {
	var all []string
	for _, l := range b.lines {
		for _, e := range each(l.text) {
			if !eventForm.MatchString(e) {
				return nil, fmt.Errorf("%s: no event: %q", l.at, e)
			}
			all = append(all, e)
		}
	}
	return all, nil
}

// expand replaces each ${...}.
func expand(s string) (string, error) {
	for {
		from := strings.Index(s, "${")
		if from < 0 {
			return s, nil
		}
		end, depth := from+2, 1
		for ; end < len(s) && depth > 0; end++ {
			switch s[end] {
			case '{':
				depth++
			case '}':
				depth--
			}
		}
		count, what, ok := strings.Cut(s[from+2:end-1], " ")
		if depth != 0 || !ok {
			return "", fmt.Errorf("unreadable: %q", s[from:end])
		}
		var made string
		if strings.Contains(count, "..") {
			made = strings.Join(number(count, what), ",")
		} else {
			n, err := strconv.Atoi(count)
			if err != nil {
				return "", err
			}
			made = strings.Repeat(what, n)
		}
		s = s[:from] + made + s[end:]
	}
}

// each makes one line of many, if it begins with "each 1..3".
func each(s string) []string {
	rest, ok := strings.CutPrefix(s, "each ")
	if !ok {
		return []string{s}
	}
	span, what, _ := strings.Cut(rest, " ")
	return number(span, what)
}

// number is what, once for each number of span, which replaces "#".
func number(span, what string) (all []string) {
	from, to, _ := strings.Cut(span, "..")
	first, _ := strconv.Atoi(from)
	last, _ := strconv.Atoi(to)
	for i := first; i <= last; i++ {
		all = append(all, strings.ReplaceAll(what, "#", strconv.Itoa(i)))
	}
	return all
}
