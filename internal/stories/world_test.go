package stories

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kith/internal/chain"
	"kith/internal/store/storetest"
)

// A world is all that is held of all users.
type world map[chain.UserID]*person

type person struct {
	created        int64
	seen, kicked   int64
	allow          chain.Allow
	forbid         chain.Forbid
	seq            sequences
	friends        []friend // in order of insertion
	lists          []list   // in order of creation
	blocks         []entry  // in order of insertion
	sent, received map[chain.UserID]request
	shows          map[string]string // profile fields, values as they are written in a fact
}

type sequences [len(seqWords)]uint32

type friend struct {
	peer                    chain.UserID
	remark, source, wording string
	at, remarkTime          int64
	in                      []string
	fields                  []chain.Field
}

type list struct {
	name    string
	members int
}

type entry struct {
	peer chain.UserID
	at   int64
}

type request struct {
	at                            int64
	source, wording, remark, list string
}

var seqWords = [...]string{
	chain.SeqStandard: "standard", chain.SeqCustom: "custom", chain.SeqLists: "lists",
	chain.SeqBlocks: "blocks", chain.SeqRequests: "requests",
}

var (
	allowWords  = map[string]chain.Allow{"unset": chain.AllowUnset, "any": chain.AllowAny, "confirm": chain.AllowConfirm, "none": chain.AllowNone}
	forbidWords = map[string]chain.Forbid{"unset": chain.ForbidUnset, "none": chain.ForbidNone, "sendout": chain.ForbidSendOut}
	fieldWords  = map[string]chain.ProfileField{
		"Nick": chain.Nick, "Gender": chain.Gender, "BirthDay": chain.BirthDay, "Location": chain.Location,
		"SelfSignature": chain.SelfSignature, "Language": chain.Language, "Image": chain.Image,
		"MsgSettings": chain.MsgSettings, "Level": chain.Level, "Role": chain.Role,
	}
)

// word is the word for a value.
func word[V comparable](words map[string]V, v V) string {
	for w, x := range words {
		if x == v {
			return w
		}
	}
	return fmt.Sprint(v)
}

func (w world) person(id chain.UserID) *person {
	if w[id] == nil {
		w[id] = &person{sent: map[chain.UserID]request{}, received: map[chain.UserID]request{}, shows: map[string]string{}}
	}
	return w[id]
}

// show is what is held of everybody, a line for each fact.
func (w world) show() (lines []string) {
	for _, id := range slices.Sorted(maps.Keys(w)) {
		lines = append(lines, w[id].show(string(id))...)
	}
	return lines
}

func (p *person) show(id string) []string {
	own := fmt.Sprintf("%s created=%d allow=%s forbid=%s", id, p.created, word(allowWords, p.allow), word(forbidWords, p.forbid))
	for kind, n := range p.seq {
		own += fmt.Sprintf(" %s=%d", seqWords[kind], n)
	}
	if p.seen != 0 {
		own += fmt.Sprintf(" seen=%d", p.seen)
	}
	if p.kicked != 0 {
		own += fmt.Sprintf(" kicked=%d", p.kicked)
	}
	lines := []string{own}
	for _, f := range p.friends {
		lines = append(lines, id+" has "+f.show())
	}
	for _, l := range p.lists {
		lines = append(lines, fmt.Sprintf("%s lists %q=%d", id, l.name, l.members))
	}
	for _, b := range p.blocks {
		lines = append(lines, fmt.Sprintf("%s blocks %s at=%d", id, b.peer, b.at))
	}
	for _, peer := range slices.Sorted(maps.Keys(p.sent)) {
		lines = append(lines, fmt.Sprintf("%s asks %s %s", id, peer, p.sent[peer].show()))
	}
	for _, peer := range slices.Sorted(maps.Keys(p.received)) {
		lines = append(lines, fmt.Sprintf("%s is asked by %s %s", id, peer, p.received[peer].show()))
	}
	for _, field := range slices.Sorted(maps.Keys(p.shows)) {
		lines = append(lines, fmt.Sprintf("%s shows %s=%s", id, field, p.shows[field]))
	}
	return lines
}

func (f *friend) show() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s at=%d", f.peer, f.at)
	for _, a := range []struct{ name, value string }{{"remark", f.remark}, {"source", f.source}, {"wording", f.wording}} {
		if a.value != "" {
			fmt.Fprintf(&b, " %s=%q", a.name, a.value)
		}
	}
	if f.remarkTime != 0 {
		fmt.Fprintf(&b, " remarktime=%d", f.remarkTime)
	}
	for _, name := range f.in {
		fmt.Fprintf(&b, " in=%q", name)
	}
	for _, field := range f.fields {
		fmt.Fprintf(&b, " field.%s=%s", field.Name, showValue(field.Value))
	}
	return b.String()
}

func (r request) show() string {
	return fmt.Sprintf("at=%d source=%q wording=%q remark=%q list=%q", r.at, r.source, r.wording, r.remark, r.list)
}

func showValue(v chain.Value) string {
	if v.Integer {
		return v.Text
	}
	return strconv.Quote(v.Text)
}

// found is the world that a store holds.
func found(all storetest.Rows) world {
	w := world{}
	for id, r := range all {
		if !r.Exists && len(r.Holdings.Friends)+len(r.Holdings.Blocks)+len(r.Holdings.Sent)+len(r.Holdings.Received)+
			len(r.Lists.Items)+len(r.Profile.Standard)+len(r.Profile.Custom) == 0 {
			continue // only others hold something of it
		}
		p := w.person(id)
		p.created, p.allow, p.forbid, p.seq = r.User.Created, r.User.Allow, r.User.Forbid, r.User.Seq
		p.seen, p.kicked = r.User.RequestsSeen, r.User.KickedAt
		for _, l := range r.Lists.Items {
			p.lists = append(p.lists, list{l.Name, l.Members})
		}
		for _, f := range r.Holdings.Friends {
			p.friends = append(p.friends, foundFriend(f, &r.Lists))
		}
		for _, b := range r.Holdings.Blocks {
			p.blocks = append(p.blocks, entry{b.Peer, b.Time})
		}
		for _, q := range r.Holdings.Sent {
			p.sent[q.Peer] = request{q.Time, q.Source, q.Wording, q.Remark, q.List}
		}
		for _, q := range r.Holdings.Received {
			p.received[q.Peer] = request{q.Time, q.Source, q.Wording, q.Remark, q.List}
		}
		for _, v := range r.Profile.Standard {
			p.shows[word(fieldWords, v.Field)] = showProfile(v)
		}
		for _, f := range r.Profile.Custom {
			p.shows["Custom."+f.Name] = showValue(f.Value)
		}
	}
	return w
}

func foundFriend(f chain.Friend, lists *chain.Lists) friend {
	g := friend{peer: f.Peer, remark: f.Remark, source: f.Source, wording: f.Wording, at: f.AddTime, remarkTime: f.RemarkTime, fields: f.Custom}
	for _, id := range f.Lists {
		g.in = append(g.in, lists.Name(id))
	}
	return g
}

var genders = []string{"Unknown", "Female", "Male"}

func showProfile(v chain.ProfileValue) string {
	if n, err := strconv.Atoi(v.Value.Text); v.Field == chain.Gender && err == nil && n < len(genders) {
		return genders[n]
	}
	return showValue(v.Value)
}

// rows files everything of w in a draft whose tables know all of it.
func (w world) rows(d *chain.Draft) {
	for _, id := range slices.Sorted(maps.Keys(w)) {
		p := w[id]
		d.Users.Put(id, chain.User{
			ID: id, Created: p.created, Allow: p.allow, Forbid: p.forbid, Seq: p.seq,
			Friends: dense(len(p.friends)), Blocks: dense(len(p.blocks)), Sent: len(p.sent), Received: len(p.received),
			RequestsSeen: p.seen, KickedAt: p.kicked,
		})
		lists := chain.Lists{Owner: id, Next: chain.ListID(len(p.lists))}
		for i, l := range p.lists {
			lists.Items = append(lists.Items, chain.List{ID: chain.ListID(i + 1), Name: l.name, Members: l.members})
		}
		if len(p.lists) > 0 {
			d.Lists.Put(id, lists)
		}
		for i, f := range p.friends {
			d.Friends.Put(chain.Edge{Owner: id, Peer: f.peer}, f.row(id, uint32(i), &lists))
		}
		for i, b := range p.blocks {
			e := chain.Edge{Owner: id, Peer: b.peer}
			d.Blocks.Put(e, chain.Block{Edge: e, Slot: uint32(i), Time: b.at})
		}
		for peer, q := range p.sent {
			e := chain.Edge{Owner: id, Peer: peer}
			d.Sent.Put(e, chain.Request{Edge: e, Time: q.at, Source: q.source, Wording: q.wording, Remark: q.remark, List: q.list})
		}
		for peer, q := range p.received {
			e := chain.Edge{Owner: id, Peer: peer}
			d.Received.Put(e, chain.Request{Edge: e, Time: q.at, Source: q.source, Wording: q.wording})
		}
		if len(p.shows) > 0 {
			d.Profiles.Put(id, p.profile(id))
		}
	}
}

// want names all rows of w.
func (w world) want(want *chain.Want) {
	for id, p := range w {
		want.Users.Add(id)
		want.Writes.Add(id)
		want.Lists.Add(id)
		want.Profiles.Add(id)
		for _, f := range p.friends {
			want.Friends.Add(chain.Edge{Owner: id, Peer: f.peer})
		}
		for _, b := range p.blocks {
			want.Blocks.Add(chain.Edge{Owner: id, Peer: b.peer})
		}
		for peer := range p.sent {
			want.Sent.Add(chain.Edge{Owner: id, Peer: peer})
		}
		for peer := range p.received {
			want.Received.Add(chain.Edge{Owner: id, Peer: peer})
		}
	}
}

func dense(n int) chain.Order { return chain.Order{Next: uint32(n), Count: uint32(n)} }

func (f *friend) row(owner chain.UserID, slot uint32, lists *chain.Lists) chain.Friend {
	row := chain.Friend{
		Edge: chain.Edge{Owner: owner, Peer: f.peer}, Slot: slot, Remark: f.remark, Source: f.source, Wording: f.wording,
		AddTime: f.at, RemarkTime: f.remarkTime, Custom: f.fields,
	}
	for _, name := range f.in {
		i := slices.IndexFunc(lists.Items, func(l chain.List) bool { return l.Name == name })
		if i >= 0 {
			row.Lists = append(row.Lists, lists.Items[i].ID)
		}
	}
	return row
}

func (p *person) profile(id chain.UserID) chain.Profile {
	row := chain.Profile{ID: id}
	for _, name := range slices.Sorted(maps.Keys(p.shows)) {
		keyword, custom := strings.CutPrefix(name, "Custom.")
		v := readValue(p.shows[name])
		if i := slices.Index(genders, p.shows[name]); name == "Gender" && i >= 0 {
			v = chain.Value{Text: strconv.Itoa(i), Integer: true}
		}
		if custom {
			row.Custom = append(row.Custom, chain.Field{Name: keyword, Value: v})
		} else {
			row.Standard = append(row.Standard, chain.ProfileValue{Field: fieldWords[name], Value: v})
		}
	}
	slices.SortFunc(row.Standard, func(a, b chain.ProfileValue) int { return cmp.Compare(a.Field, b.Field) })
	return row
}

// readValue is the reverse of showValue.
func readValue(s string) chain.Value {
	if text, err := strconv.Unquote(s); err == nil {
		return chain.Value{Text: text}
	}
	return chain.Value{Text: s, Integer: true}
}
