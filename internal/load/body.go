package load

import (
	"strconv"

	"kith/wire"
)

// The commands that workloads call.
var (
	accountImport  = wire.AccountImport{}.Command()
	accountsImport = wire.MultiAccountImport{}.Command()
	accountDelete  = wire.AccountDelete{}.Command()
	portraitGet    = wire.PortraitGet{}.Command()
	portraitSet    = wire.PortraitSet{}.Command()
	friendAdd      = wire.FriendAdd{}.Command()
	friendImport   = wire.FriendImport{}.Command()
	friendUpdate   = wire.FriendUpdate{}.Command()
	friendDelete   = wire.FriendDelete{}.Command()
	friendCheck    = wire.FriendCheck{}.Command()
	friendGet      = wire.FriendGet{}.Command()
	friendGetList  = wire.FriendGetList{}.Command()
	blackListAdd   = wire.BlackListAdd{}.Command()
	blackListGet   = wire.BlackListGet{}.Command()
)

// Bodies are written out rather than encoded: names and texts of the generator
// need no escape.

// from begins a body about an account: {"From_Account":"...
func (t *Target) from(b []byte, owner int) []byte {
	return t.quoted(append(b, `{"From_Account":`...), owner)
}

// quotedAll appends the names of accounts as an array.
func (t *Target) quotedAll(b []byte, users ...int) []byte {
	b = append(b, '[')
	for i, u := range users {
		if i > 0 {
			b = append(b, ',')
		}
		b = t.quoted(b, u)
	}
	return append(b, ']')
}

// add makes peers friends of owner, both ways or one way.
func (t *Target) add(c *Call, owner int, both bool, peers ...int) {
	c.Command = friendAdd
	b := append(t.from(c.Body, owner), `,"AddFriendItem":[`...)
	for i, peer := range peers {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(t.quoted(append(b, `{"To_Account":`...), peer), `,"AddSource":"AddSource_Type_Bench"}`...)
	}
	kind := wire.AddSingle
	if both {
		kind = wire.AddBoth
	}
	b = append(append(b, `],"AddType":"`...), kind...)
	c.Body = append(b, `","ForceAddFlags":1}`...)
}

// importItem appends one item of friend_import.
func (t *Target) importItem(b []byte, peer int, remark func([]byte) []byte) []byte {
	b = append(t.quoted(append(b, `{"To_Account":`...), peer), `,"AddSource":"AddSource_Type_Bench"`...)
	if remark != nil {
		b = append(remark(append(b, `,"Remark":"`...)), '"')
	}
	return append(b, '}')
}

// importFriends makes peers friends of owner, one way.
func (t *Target) importFriends(c *Call, owner int, peers []int, remark func([]byte) []byte) {
	c.Command = friendImport
	b := append(t.from(c.Body, owner), `,"AddFriendItem":[`...)
	for i, peer := range peers {
		if i > 0 {
			b = append(b, ',')
		}
		b = t.importItem(b, peer, remark)
	}
	c.Body = append(b, `]}`...)
}

// check asks how owner and peers stand.
func (t *Target) check(c *Call, owner int, peers ...int) {
	c.Command = friendCheck
	b := t.quotedAll(append(t.from(c.Body, owner), `,"To_Account":`...), peers...)
	c.Body = append(b, `,"CheckType":"`+wire.CheckBoth+`"}`...)
}

// page reads friends of owner from the one at start on; sequence is that of
// what the caller has, 0 for nothing.
func (t *Target) page(c *Call, owner, start, sequence int) {
	c.Command = friendGet
	b := strconv.AppendInt(append(t.from(c.Body, owner), `,"StartIndex":`...), int64(start), 10)
	if sequence != 0 {
		b = strconv.AppendInt(append(b, `,"StandardSequence":`...), int64(sequence), 10)
	}
	c.Body = append(b, '}')
}

// blocked reads the blocklist of owner.
func (t *Target) blocked(c *Call, owner int) {
	c.Command = blackListGet
	c.Body = append(t.from(c.Body, owner), `,"StartIndex":0,"MaxLimited":100,"LastSequence":0}`...)
}

// block puts peer on the blocklist of owner.
func (t *Target) block(c *Call, owner, peer int) {
	c.Command = blackListAdd
	c.Body = append(t.quotedAll(append(t.from(c.Body, owner), `,"To_Account":`...), peer), '}')
}

// update notes a text about a friend.
func (t *Target) update(c *Call, owner, peer int, remark func([]byte) []byte) {
	c.Command = friendUpdate
	b := t.quoted(append(t.from(c.Body, owner), `,"UpdateItem":[{"To_Account":`...), peer)
	b = remark(append(b, `,"SnsItem":[{"Tag":"`+wire.TagRemark+`","Value":"`...))
	c.Body = append(b, `"}]}]}`...)
}

// remove ends a friendship, on one side.
func (t *Target) remove(c *Call, owner, peer int) {
	c.Command = friendDelete
	b := t.quotedAll(append(t.from(c.Body, owner), `,"To_Account":`...), peer)
	c.Body = append(b, `,"DeleteType":"`+wire.DeleteSingle+`"}`...)
}

// details reads what owner notes about peers, and their nicks.
func (t *Target) details(c *Call, owner int, peers []int) {
	c.Command = friendGetList
	b := t.quotedAll(append(t.from(c.Body, owner), `,"To_Account":`...), peers...)
	c.Body = append(b, `,"TagList":["`+wire.TagRemark+`","`+wire.TagAddTime+`","`+wire.TagNick+`"]}`...)
}

// portrait reads the profile of one account.
func (t *Target) portrait(c *Call, user int) {
	c.Command = portraitGet
	b := t.quotedAll(append(c.Body, `{"To_Account":`...), user)
	c.Body = append(b, `,"TagList":["`+wire.TagNick+`","`+wire.TagSelfSignature+`"]}`...)
}

// show writes the text of a profile.
func (t *Target) show(c *Call, user int, text func([]byte) []byte) {
	c.Command = portraitSet
	b := text(append(t.from(c.Body, user), `,"ProfileItem":[{"Tag":"`+wire.TagSelfSignature+`","Value":"`...))
	c.Body = append(b, `"}]}`...)
}

// account imports an account.
func (t *Target) account(c *Call, user int) {
	c.Command = accountImport
	b := t.quoted(append(c.Body, `{"UserID":`...), user)
	b = t.quoted(append(b, `,"Nick":`...), user)
	c.Body = append(b, '}')
}

// accounts imports the accounts from first up to the one before end.
func (t *Target) accounts(c *Call, first, end int) {
	c.Command = accountsImport
	b := append(c.Body, `{"AccountList":[`...)
	for u := first; u < end; u++ {
		if u > first {
			b = append(b, ',')
		}
		b = t.quoted(append(b, `{"UserID":`...), u)
		b = append(t.quoted(append(b, `,"Nick":`...), u), '}')
	}
	c.Body = append(b, `]}`...)
}

// erase deletes an account.
func (t *Target) erase(c *Call, user int) {
	c.Command = accountDelete
	c.Body = append(t.quoted(append(c.Body, `{"DeleteItem":[{"UserID":`...), user), `}]}`...)
}
