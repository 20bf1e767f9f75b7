package main

import "kith/wire"

// bodies make the requests that accounts alone tell, with what a person at a
// terminal most likely means: both sides, from the start, the usual fields.
var bodies = map[string]func(from wire.Account, to []wire.Account) wire.Request{
	"account_check": func(_ wire.Account, to []wire.Account) wire.Request {
		return wire.AccountCheck{CheckItem: accountItems(to)}
	},
	"account_delete": func(_ wire.Account, to []wire.Account) wire.Request {
		return wire.AccountDelete{DeleteItem: accountItems(to)}
	},
	"account_import":      func(from wire.Account, _ []wire.Account) wire.Request { return wire.AccountImport{UserID: from} },
	"multiaccount_import": func(_ wire.Account, to []wire.Account) wire.Request { return wire.MultiAccountImport{Accounts: to} },
	"kick":                func(from wire.Account, _ []wire.Account) wire.Request { return wire.Kick{UserID: from} },

	"query_online_status": func(_ wire.Account, to []wire.Account) wire.Request { return wire.QueryOnlineStatus{ToAccount: to} },
	"querystate":          func(_ wire.Account, to []wire.Account) wire.Request { return wire.QueryOnlineStatus{ToAccount: to} },

	"portrait_get": func(_ wire.Account, to []wire.Account) wire.Request {
		return wire.PortraitGet{ToAccount: to, TagList: []string{wire.TagNick, wire.TagGender, wire.TagImage, wire.TagAllowType, wire.TagSelfSignature}}
	},

	"friend_add": func(from wire.Account, to []wire.Account) wire.Request {
		q := wire.FriendAdd{FromAccount: from}
		for _, id := range to {
			q.AddFriendItem = append(q.AddFriendItem, wire.FriendAddItem{ToAccount: id, AddSource: wire.AddSourcePrefix + "Shell"})
		}
		return q
	},
	"friend_delete": func(from wire.Account, to []wire.Account) wire.Request {
		return wire.FriendDelete{FromAccount: from, ToAccount: to, DeleteType: wire.DeleteBoth}
	},
	"friend_delete_all": func(from wire.Account, _ []wire.Account) wire.Request { return wire.FriendDeleteAll{FromAccount: from} },
	"friend_check": func(from wire.Account, to []wire.Account) wire.Request {
		return wire.FriendCheck{FromAccount: from, ToAccount: to, CheckType: wire.CheckBoth}
	},
	"friend_get": func(from wire.Account, _ []wire.Account) wire.Request {
		return wire.FriendGet{FromAccount: from, StartIndex: wire.IntOf(0)}
	},
	"friend_get_list": func(from wire.Account, to []wire.Account) wire.Request {
		return wire.FriendGetList{FromAccount: from, ToAccount: to, TagList: []string{wire.TagRemark, wire.TagGroup, wire.TagAddTime, wire.TagNick}}
	},

	"group_get": func(from wire.Account, _ []wire.Account) wire.Request {
		return wire.GroupGet{FromAccount: from, NeedFriend: wire.NeedFriendYes}
	},

	"black_list_add": func(from wire.Account, to []wire.Account) wire.Request {
		return wire.BlackListAdd{FromAccount: from, ToAccount: to}
	},
	"black_list_delete": func(from wire.Account, to []wire.Account) wire.Request {
		return wire.BlackListDelete{FromAccount: from, ToAccount: to}
	},
	"black_list_check": func(from wire.Account, to []wire.Account) wire.Request {
		return wire.BlackListCheck{FromAccount: from, ToAccount: to, CheckType: wire.BlackCheckBoth}
	},
	"black_list_get": func(from wire.Account, _ []wire.Account) wire.Request {
		return wire.BlackListGet{FromAccount: from, StartIndex: wire.IntOf(0), MaxLimited: wire.IntOf(1000)}
	},

	"pendency_get": func(from wire.Account, _ []wire.Account) wire.Request {
		return wire.PendencyGet{FromAccount: from, PendencyType: wire.PendencyBoth}
	},
}

func accountItems(ids []wire.Account) (items []wire.AccountItem) {
	for _, id := range ids {
		items = append(items, wire.AccountItem{UserID: id})
	}
	return items
}
