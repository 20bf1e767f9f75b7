package openapi

import "kith/wire"

// A Command is one entry of the document.
type Command struct {
	Name       wire.Command
	Request    wire.Request // the zero value of its type
	Reply      wire.Reply   // the zero value of its type
	Summary    string       // what it does, in a line
	Required   []string     // members of the request that must be given, though its type may leave them out
	Extension  bool         // not in the documents of the server API
	Deprecated bool         // another command has taken its place
}

// Commands has every command that is served.
var Commands = []Command{
	command(wire.AccountImport{}, wire.AccountHead{}, "Create an account, or give an existing one a nick and a face"),
	command(wire.MultiAccountImport{}, wire.MultiAccountImportReply{}, "Create many accounts"),
	command(wire.AccountCheck{}, wire.AccountCheckReply{}, "Tell which accounts exist"),
	command(wire.AccountDelete{}, wire.AccountDeleteReply{}, "Delete accounts, with all that is kept about them"),
	command(wire.Kick{}, wire.AccountHead{}, "Make every UserSig of an account worthless that was issued so far"),

	command(wire.QueryOnlineStatus{}, wire.QueryOnlineStatusReply{}, "Tell which accounts are online"),
	queryState(),

	command(wire.PortraitSet{}, wire.Head{}, "Set fields of a profile"),
	command(wire.PortraitGet{}, wire.PortraitGetReply{}, "Read fields of profiles"),

	command(wire.FriendAdd{}, wire.ItemsReply{}, "Add friends, or ask those who want to be asked"),
	command(wire.FriendImport{}, wire.ItemsReply{}, "Add friends without asking anybody"),
	command(wire.FriendUpdate{}, wire.ItemsReply{}, "Change remark, lists and custom fields of friends"),
	command(wire.FriendDelete{}, wire.ItemsReply{}, "End friendships"),
	command(wire.FriendDeleteAll{}, wire.Head{}, "End all friendships of a user"),
	command(wire.FriendCheck{}, wire.FriendCheckReply{}, "Tell who has whom as a friend"),
	command(wire.FriendGet{}, wire.FriendGetReply{}, "Read the friends of a user, page by page", "StartIndex"),
	command(wire.FriendGetList{}, wire.FriendGetListReply{}, "Read the data and profiles of named friends"),

	command(wire.GroupAdd{}, wire.GroupAddReply{}, "Make friend lists and put friends into them"),
	command(wire.GroupDelete{}, wire.GroupDeleteReply{}, "Delete friend lists; their members stay friends"),
	command(wire.GroupGet{}, wire.GroupGetReply{}, "Read friend lists"),
	extension(wire.GroupUpdate{}, wire.GroupUpdateReply{}, "Rename a friend list, put friends into it and take friends out"),

	command(wire.BlackListAdd{}, wire.ItemsReply{}, "Block accounts"),
	command(wire.BlackListDelete{}, wire.ItemsReply{}, "End blocks"),
	command(wire.BlackListGet{}, wire.BlackListGetReply{}, "Read whom a user blocks, page by page", "StartIndex", "MaxLimited"),
	command(wire.BlackListCheck{}, wire.BlackListCheckReply{}, "Tell who blocks whom"),

	extension(wire.FriendResponse{}, wire.ItemsReply{}, "Answer pending requests"),
	extension(wire.PendencyGet{}, wire.PendencyGetReply{}, "Read pending requests, page by page"),
	extension(wire.PendencyDelete{}, wire.ItemsReply{}, "Delete pending requests, unanswered"),
	extension(wire.PendencyReport{}, wire.Head{}, "Mark incoming requests as read", "LatestPendencyTimeStamp"),
}

func command(request wire.Request, reply wire.Reply, summary string, required ...string) Command {
	return Command{Name: request.Command(), Request: request, Reply: reply, Summary: summary, Required: required}
}

func extension(request wire.Request, reply wire.Reply, summary string, required ...string) Command {
	c := command(request, reply, summary, required...)
	c.Extension = true
	return c
}

// queryState goes by another name than its request.
func queryState() Command {
	c := command(wire.QueryOnlineStatus{}, wire.QueryStateReply{}, "The old name of query_online_status")
	c.Name, c.Deprecated = wire.QueryState, true
	return c
}
