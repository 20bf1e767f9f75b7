package wire

// Most bodies are of the plainest JSON: known members once each, strings of
// printable ASCII without escapes, integers of few digits. Those of the calls
// that are made most are read here, without reflection, several times as fast.
// Whatever is not that plain is left to the codec that reads everything: a
// reader here either reads exactly what that one would, or gives up. A fuzz
// test holds it to that.

// A quickReader is a request that can read plain bodies.
type quickReader interface{ quick(*cursor) }

// readQuick reads a body into a request, if both are plain.
func readQuick(body []byte, into any) bool {
	q, ok := into.(quickReader)
	if !ok {
		return false
	}
	c := cursor{rest: string(body)} // one copy for all strings of the request
	q.quick(&c)
	c.space()
	return !c.lost && c.rest == ""
}

// A cursor goes through a body. Once something is not plain it is lost, and
// nothing it returned counts.
type cursor struct {
	rest string
	lost bool
}

func (c *cursor) space() {
	for c.rest != "" && (c.rest[0] == ' ' || c.rest[0] == '\n' || c.rest[0] == '\t' || c.rest[0] == '\r') {
		c.rest = c.rest[1:]
	}
}

// next tells whether b comes next, behind any white space, and passes over it.
func (c *cursor) next(b byte) bool {
	c.space()
	if c.rest == "" || c.rest[0] != b {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

func (c *cursor) must(b byte) {
	if !c.next(b) {
		c.lose()
	}
}

func (c *cursor) lose() { c.lost, c.rest = true, "" }

// string reads a string that stands for itself.
func (c *cursor) string() string {
	c.must('"')
	for i := range len(c.rest) {
		switch b := c.rest[i]; {
		case b == '"':
			s := c.rest[:i]
			c.rest = c.rest[i+1:]
			return s
		case b == '\\' || b < ' ' || b > '~':
			c.lose()
			return ""
		}
	}
	c.lose()
	return ""
}

// integer reads at most 18 digits without a sign, which cannot overflow.
func (c *cursor) integer() Int {
	c.space()
	n, i := int64(0), 0
	for i < len(c.rest) && '0' <= c.rest[i] && c.rest[i] <= '9' {
		n = n*10 + int64(c.rest[i]-'0')
		if i++; i > 18 {
			break
		}
	}
	if i == 0 || i > 18 || i > 1 && c.rest[0] == '0' || i == len(c.rest) {
		c.lose()
		return Int{}
	}
	c.rest = c.rest[i:]
	if b := c.rest[0]; b == '.' || b == 'e' || b == 'E' {
		c.lose()
	}
	return IntOf(n)
}

// object reads the members of an object. member reads the value of one of
// them, and tells which it was by a bit of its own, or 0 if it knows none of
// that name.
func (c *cursor) object(member func(name string) (bit uint)) {
	c.must('{')
	if c.lost || c.next('}') {
		return
	}
	for seen := uint(0); !c.lost; {
		name := c.string()
		c.must(':')
		bit := member(name)
		if bit == 0 || seen&bit != 0 {
			c.lose()
			return
		}
		seen |= bit
		if !c.next(',') {
			break
		}
	}
	c.must('}')
}

// array reads an array that is not empty.
func (c *cursor) array(entry func()) {
	c.must('[')
	for !c.lost {
		entry()
		if !c.next(',') {
			break
		}
	}
	c.must(']')
}

func (c *cursor) account(a *Account) { *a = Account(c.string()) }

func (c *cursor) accounts(all *[]Account) {
	c.array(func() { *all = append(*all, Account(c.string())) })
}

func (r *FriendAdd) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "From_Account":
			c.account(&r.FromAccount)
			return 1
		case "AddFriendItem":
			c.array(func() {
				r.AddFriendItem = append(r.AddFriendItem, FriendAddItem{})
				r.AddFriendItem[len(r.AddFriendItem)-1].quick(c)
			})
			return 2
		case "AddType":
			r.AddType = c.string()
			return 4
		case "ForceAddFlags":
			r.ForceAddFlags = c.integer()
			return 8
		}
		return 0
	})
}

func (it *FriendAddItem) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "To_Account":
			c.account(&it.ToAccount)
			return 1
		case "Remark":
			it.Remark = c.string()
			return 2
		case "GroupName":
			it.GroupName = c.string()
			return 4
		case "AddSource":
			it.AddSource = c.string()
			return 8
		case "AddWording":
			it.AddWording = c.string()
			return 16
		}
		return 0
	})
}

func (r *FriendImport) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "From_Account":
			c.account(&r.FromAccount)
			return 1
		case "AddFriendItem":
			c.array(func() {
				r.AddFriendItem = append(r.AddFriendItem, FriendImportItem{})
				r.AddFriendItem[len(r.AddFriendItem)-1].quick(c)
			})
			return 2
		}
		return 0
	})
}

func (it *FriendImportItem) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "To_Account":
			c.account(&it.ToAccount)
			return 1
		case "Remark":
			it.Remark = c.string()
			return 2
		case "RemarkTime":
			it.RemarkTime = c.integer()
			return 4
		case "AddSource":
			it.AddSource = c.string()
			return 8
		case "AddWording":
			it.AddWording = c.string()
			return 16
		case "AddTime":
			it.AddTime = c.integer()
			return 32
		}
		return 0
	})
}

func (r *FriendCheck) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "From_Account":
			c.account(&r.FromAccount)
			return 1
		case "To_Account":
			c.accounts(&r.ToAccount)
			return 2
		case "CheckType":
			r.CheckType = c.string()
			return 4
		}
		return 0
	})
}

func (r *FriendGet) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "From_Account":
			c.account(&r.FromAccount)
			return 1
		case "StartIndex":
			r.StartIndex = c.integer()
			return 2
		case "StandardSequence":
			r.StandardSequence = c.integer()
			return 4
		case "CustomSequence":
			r.CustomSequence = c.integer()
			return 8
		}
		return 0
	})
}

func (r *PortraitGet) quick(c *cursor) {
	c.object(func(name string) uint {
		switch name {
		case "To_Account":
			c.accounts(&r.ToAccount)
			return 1
		case "TagList":
			c.array(func() { r.TagList = append(r.TagList, c.string()) })
			return 2
		}
		return 0
	})
}
