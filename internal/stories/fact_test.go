package stories

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kith/internal/chain"
)

// A fact is one line of given or then.
type fact struct {
	at    place
	who   []chain.UserID
	verb  string // "" for the account itself
	names []string
	with  []attribute
}

type attribute struct {
	name, value string // the value as it is written
	sum         bool   // name+value
}

// The times of what is given without one.
const (
	longAgo       = 1600000000
	accountsSince = 1500000000
)

func readFacts(b *block) (all []fact, err error) {
	for _, l := range b.lines {
		for _, text := range each(l.text) {
			f, err := readFact(text)
			if err != nil {
				return nil, fmt.Errorf("%s: %q: %w", l.at, text, err)
			}
			f.at = l.at
			all = append(all, f)
		}
	}
	return all, nil
}

var verbs = []string{"has", "loses", "lists", "unlists", "renames", "blocks", "unblocks", "asks", "withdraws", "forgets", "shows", "gone"}

func readFact(text string) (f fact, err error) {
	words, err := words(text)
	if err != nil {
		return f, err
	}
	var who []string
	if who, words = names(words); len(who) == 0 {
		return f, errors.New("a fact begins with an account")
	}
	for _, id := range who {
		f.who = append(f.who, chain.UserID(id))
	}
	if len(words) > 0 && slices.Contains(verbs, words[0]) {
		f.verb, words = words[0], words[1:]
		if f.verb != "shows" && f.verb != "lists" && f.verb != "renames" {
			f.names, words = names(words)
		}
	}
	for _, w := range words {
		a, err := readAttribute(w)
		if err != nil {
			return f, err
		}
		f.with = append(f.with, a)
	}
	return f, nil
}

// words splits a line at spaces outside of quotes.
func words(text string) (all []string, err error) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\' && i+1 < len(text):
			b.WriteString(text[i : i+2])
			i++
			continue
		case c == '"':
			quoted = !quoted
		case c == ' ' && !quoted:
			if b.Len() > 0 {
				all = append(all, b.String())
				b.Reset()
			}
			continue
		}
		b.WriteByte(text[i])
	}
	if b.Len() > 0 {
		all = append(all, b.String())
	}
	if quoted {
		return nil, errors.New("a quote is not closed")
	}
	return all, nil
}

// names takes the accounts off the front of a line: one, and another after
// each comma.
func names(words []string) (names, rest []string) {
	for i, w := range words {
		name, more := strings.CutSuffix(w, ",")
		names = append(names, unquote(name))
		if !more {
			return names, words[i+1:]
		}
	}
	return names, nil
}

func unquote(s string) string {
	if u, err := strconv.Unquote(s); err == nil {
		return u
	}
	return s
}

func readAttribute(w string) (attribute, error) {
	if strings.HasPrefix(w, `"`) { // a quoted name
		end := strings.LastIndex(w, `"=`)
		if end < 0 {
			return attribute{}, fmt.Errorf("no attribute: %s", w)
		}
		return attribute{name: unquote(w[:end+1]), value: w[end+2:]}, nil
	}
	if i := strings.IndexAny(w, "=+"); i > 0 {
		return attribute{name: w[:i], value: w[i+1:], sum: w[i] == '+'}, nil
	}
	return attribute{}, fmt.Errorf("no attribute: %s", w)
}

// A teller makes facts true of a world.
type teller struct {
	world
	now    int64
	before bool // the facts are given, not what follows from a call
}

func (t *teller) tell(facts []fact) error {
	for i := range facts {
		f := &facts[i]
		for _, id := range f.who {
			if err := t.one(id, f); err != nil {
				return fmt.Errorf("%s: %w", f.at, err)
			}
		}
	}
	return nil
}

func (t *teller) one(id chain.UserID, f *fact) error {
	if f.verb == "gone" {
		if t.world[id] == nil {
			return fmt.Errorf("%s has no account", id)
		}
		delete(t.world, id)
		return nil
	}
	p := t.world[id]
	if p == nil {
		p = t.person(id)
		p.created = t.time(accountsSince)
	}
	switch f.verb {
	case "":
		return p.setAccount(t, f.with)
	case "lists":
		return p.setLists(f.with)
	case "unlists":
		for _, name := range f.names {
			i := p.list(name)
			if i < 0 {
				return fmt.Errorf("%s has no list %s", id, name)
			}
			p.lists = slices.Delete(p.lists, i, i+1)
		}
		return nil
	case "renames":
		for _, a := range f.with {
			i := p.list(a.name)
			if i < 0 {
				return fmt.Errorf("%s has no list %s", id, a.name)
			}
			p.lists[i].name = unquote(a.value)
		}
		return nil
	case "shows":
		for _, a := range f.with {
			p.shows[a.name] = a.value
		}
		return nil
	}
	for _, peer := range f.names {
		if err := t.pair(id, chain.UserID(peer), f); err != nil {
			return err
		}
	}
	return nil
}

// start gives everyone the sequences that what they hold implies: whoever has
// something of a kind has had a change of it.
func (w world) start() {
	for _, p := range w {
		fields := slices.ContainsFunc(p.friends, func(f friend) bool { return len(f.fields) > 0 })
		for kind, some := range [len(seqWords)]bool{
			chain.SeqStandard: len(p.friends) > 0, chain.SeqCustom: fields, chain.SeqLists: len(p.lists) > 0,
			chain.SeqBlocks: len(p.blocks) > 0, chain.SeqRequests: len(p.sent)+len(p.received) > 0,
		} {
			if some && p.seq[kind] == 0 {
				p.seq[kind] = 1
			}
		}
	}
}

// time is the time of something new that is told without one.
func (t *teller) time(given int64) int64 {
	if t.before {
		return given
	}
	return t.now
}

func (t *teller) pair(id, peer chain.UserID, f *fact) error {
	p := t.person(id)
	if t.world[peer] == nil && slices.Contains([]string{"has", "blocks", "asks"}, f.verb) {
		return fmt.Errorf("%s has no account", peer)
	}
	switch f.verb {
	case "has":
		return p.setFriend(t, peer, f.with)
	case "loses":
		n := len(p.friends)
		p.friends = slices.DeleteFunc(p.friends, func(g friend) bool { return g.peer == peer })
		if len(p.friends) == n {
			return fmt.Errorf("%s had no %s to lose", id, peer)
		}
	case "blocks":
		b := entry{peer, t.time(longAgo)}
		for _, a := range f.with {
			if err := a.time(t, "at", &b.at); err != nil {
				return err
			}
		}
		p.blocks = append(p.blocks, b)
	case "unblocks":
		n := len(p.blocks)
		p.blocks = slices.DeleteFunc(p.blocks, func(b entry) bool { return b.peer == peer })
		if len(p.blocks) == n {
			return fmt.Errorf("%s did not block %s", id, peer)
		}
	case "asks":
		q, err := t.request(p.sent, peer, f.with)
		p.sent[peer] = q
		q.remark, q.list = "", ""
		t.person(peer).received[id] = q
		return err
	case "withdraws":
		if _, ok := p.sent[peer]; !ok {
			return fmt.Errorf("%s did not ask %s", id, peer)
		}
		delete(p.sent, peer)
		if q := t.world[peer]; q != nil {
			delete(q.received, id)
		}
	case "forgets":
		if _, ok := p.received[peer]; !ok {
			return fmt.Errorf("%s was not asked by %s", id, peer)
		}
		delete(p.received, peer)
	}
	return nil
}

func (p *person) setAccount(t *teller, with []attribute) (err error) {
	for _, a := range with {
		kind := slices.Index(seqWords[:], a.name)
		switch {
		case a.name == "allow":
			p.allow, err = pick(allowWords, a.value)
		case a.name == "forbid":
			p.forbid, err = pick(forbidWords, a.value)
		case a.name == "created":
			err = a.time(t, "created", &p.created)
		case a.name == "seen":
			err = a.time(t, "seen", &p.seen)
		case a.name == "kicked":
			err = a.time(t, "kicked", &p.kicked)
		case kind >= 0:
			var n uint64
			n, err = strconv.ParseUint(a.value, 10, 32)
			if a.sum {
				n += uint64(p.seq[kind])
			}
			p.seq[kind] = uint32(n)
		default:
			err = fmt.Errorf("an account has no %s", a.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func pick[V any](words map[string]V, w string) (V, error) {
	v, ok := words[w]
	if !ok {
		return v, fmt.Errorf("unknown word %q", w)
	}
	return v, nil
}

func (p *person) setLists(with []attribute) error {
	for _, a := range with {
		n, err := strconv.Atoi(a.value)
		if err != nil {
			return err
		}
		i := p.list(a.name)
		if i < 0 {
			p.lists = append(p.lists, list{a.name, n})
		} else {
			p.lists[i].members = n
		}
	}
	return nil
}

// list is the index of a list, or -1.
func (p *person) list(name string) int {
	return slices.IndexFunc(p.lists, func(l list) bool { return l.name == name })
}

func (p *person) setFriend(t *teller, peer chain.UserID, with []attribute) error {
	f := friend{peer: peer, at: t.time(longAgo)}
	i := slices.IndexFunc(p.friends, func(g friend) bool { return g.peer == peer })
	if i >= 0 {
		f.at = p.friends[i].at
	}
	for _, a := range with {
		field, custom := strings.CutPrefix(a.name, "field.")
		var err error
		switch {
		case a.name == "remark":
			f.remark = unquote(a.value)
		case a.name == "source":
			f.source = unquote(a.value)
		case a.name == "wording":
			f.wording = unquote(a.value)
		case a.name == "in":
			f.in = append(f.in, unquote(a.value))
		case a.name == "remarktime":
			err = a.time(t, "remarktime", &f.remarkTime)
		case custom:
			f.fields = append(f.fields, chain.Field{Name: field, Value: readValue(a.value)})
		default:
			err = a.time(t, "at", &f.at)
		}
		if err != nil {
			return err
		}
	}
	if i >= 0 {
		p.friends[i] = f
	} else {
		p.friends = append(p.friends, f)
	}
	return nil
}

func (t *teller) request(standing map[chain.UserID]request, peer chain.UserID, with []attribute) (request, error) {
	q := request{at: t.time(longAgo)}
	if old, ok := standing[peer]; ok {
		q.at = old.at
	}
	for _, a := range with {
		switch a.name {
		case "source":
			q.source = unquote(a.value)
		case "wording":
			q.wording = unquote(a.value)
		case "remark":
			q.remark = unquote(a.value)
		case "list":
			q.list = unquote(a.value)
		default:
			if err := a.time(t, "at", &q.at); err != nil {
				return q, err
			}
		}
	}
	return q, nil
}

// time reads an attribute that must have the name given.
func (a *attribute) time(t *teller, name string, into *int64) error {
	if a.name != name {
		return fmt.Errorf("unknown attribute %s", a.name)
	}
	if ago, ok := strings.CutPrefix(a.value, "now-"); ok {
		n, err := strconv.ParseInt(ago, 10, 64)
		*into = t.now - n
		return err
	}
	if a.value == "now" {
		*into = t.now
		return nil
	}
	n, err := strconv.ParseInt(a.value, 10, 64)
	*into = n
	return err
}
