// Package wire is the protocol as written: the requests and replies of the
// server REST API, the codes and texts of their refusals, and the quirks of
// their JSON. Its testdata holds the documents' own samples.
//
// It knows spelling and types only. It refuses to know what a request means,
// which limits hold, or who may call: an absent member and an unknown value
// pass through here and are judged by the rules.
//
// The comments cite the public documents by the names of the protocol's
// pages (friend_add, black_list_get, ...). The same types serve a server,
// which decodes requests and encodes replies, and a client, which does the
// reverse.
package wire

// A Family is the service that a command belongs to: the second segment of
// its path. The families differ in the codes for a body that cannot be read
// and in the envelope of their replies.
type Family int

const (
	// Gateway is no service at all: the URL names none, or one that is
	// unknown. Its replies are those of the gateway itself.
	Gateway Family = iota
	// AccountService is im_open_login_svc: accounts.
	AccountService
	// Profile is profile: reading and writing profiles.
	Profile
	// SNS is sns: friends, lists, blocklists and requests.
	SNS
	// OpenIM is openim: online status.
	OpenIM
)

var services = [...]string{
	Gateway:        "",
	AccountService: "im_open_login_svc",
	Profile:        "profile",
	SNS:            "sns",
	OpenIM:         "openim",
}

// Service is the family's name in a URL, "" for Gateway.
func (f Family) Service() string {
	if f < 0 || int(f) >= len(services) {
		return ""
	}
	return services[f]
}

// String names the family in messages.
func (f Family) String() string {
	if s := f.Service(); s != "" {
		return s
	}
	return "gateway"
}

// FamilyOf finds the family by its name in a URL. A name that is not known,
// in exactly this case, is Gateway.
func FamilyOf(service string) Family {
	for f, s := range services {
		if s == service {
			return Family(f)
		}
	}
	return Gateway
}

// hasDisplay says whether the family's envelope carries ErrorDisplay.
func (f Family) hasDisplay() bool { return f == SNS || f == Profile }

// Version is the first segment of every path; no other was ever documented.
const Version = "v4"

// A Command is the name of a call: its family and the last segment of its
// path, such as {SNS, "friend_add"}.
type Command struct {
	Family Family
	Name   string
}

// Path is the command's path without a leading slash: "v4/sns/friend_add".
func (c Command) Path() string {
	return Version + "/" + c.Family.Service() + "/" + c.Name
}

// A Request is the body of one call. Every request type of this package is
// one, by value.
type Request interface {
	// Command names the call that the body belongs to.
	Command() Command
}

// A Reply is the body of an answer. Every reply type of this package is one,
// by value.
type Reply interface {
	// Err is nil for an answer of OK and an *Error for a refusal of the whole
	// request. Refused items do not count: they leave the answer OK.
	Err() error
}

// Command is account_import.
func (AccountImport) Command() Command { return Command{AccountService, "account_import"} }

// Command is multiaccount_import.
func (MultiAccountImport) Command() Command { return Command{AccountService, "multiaccount_import"} }

// Command is account_delete.
func (AccountDelete) Command() Command { return Command{AccountService, "account_delete"} }

// Command is account_check.
func (AccountCheck) Command() Command { return Command{AccountService, "account_check"} }

// Command is kick.
func (Kick) Command() Command { return Command{AccountService, "kick"} }

// Command is portrait_set.
func (PortraitSet) Command() Command { return Command{Profile, "portrait_set"} }

// Command is portrait_get.
func (PortraitGet) Command() Command { return Command{Profile, "portrait_get"} }

// Command is query_online_status.
func (QueryOnlineStatus) Command() Command { return Command{OpenIM, "query_online_status"} }

// QueryState is the old name of query_online_status, with the same request
// and a slightly different reply, QueryStateReply.
var QueryState = Command{OpenIM, "querystate"}

// Command is friend_add.
func (FriendAdd) Command() Command { return Command{SNS, "friend_add"} }

// Command is friend_import.
func (FriendImport) Command() Command { return Command{SNS, "friend_import"} }

// Command is friend_update.
func (FriendUpdate) Command() Command { return Command{SNS, "friend_update"} }

// Command is friend_delete.
func (FriendDelete) Command() Command { return Command{SNS, "friend_delete"} }

// Command is friend_delete_all.
func (FriendDeleteAll) Command() Command { return Command{SNS, "friend_delete_all"} }

// Command is friend_check.
func (FriendCheck) Command() Command { return Command{SNS, "friend_check"} }

// Command is friend_get.
func (FriendGet) Command() Command { return Command{SNS, "friend_get"} }

// Command is friend_get_list.
func (FriendGetList) Command() Command { return Command{SNS, "friend_get_list"} }

// Command is group_add.
func (GroupAdd) Command() Command { return Command{SNS, "group_add"} }

// Command is group_delete.
func (GroupDelete) Command() Command { return Command{SNS, "group_delete"} }

// Command is group_get.
func (GroupGet) Command() Command { return Command{SNS, "group_get"} }

// Command is group_update.
func (GroupUpdate) Command() Command { return Command{SNS, "group_update"} }

// Command is black_list_add.
func (BlackListAdd) Command() Command { return Command{SNS, "black_list_add"} }

// Command is black_list_delete.
func (BlackListDelete) Command() Command { return Command{SNS, "black_list_delete"} }

// Command is black_list_get.
func (BlackListGet) Command() Command { return Command{SNS, "black_list_get"} }

// Command is black_list_check.
func (BlackListCheck) Command() Command { return Command{SNS, "black_list_check"} }

// Command is friend_response.
func (FriendResponse) Command() Command { return Command{SNS, "friend_response"} }

// Command is pendency_get.
func (PendencyGet) Command() Command { return Command{SNS, "pendency_get"} }

// Command is pendency_delete.
func (PendencyDelete) Command() Command { return Command{SNS, "pendency_delete"} }

// Command is pendency_report.
func (PendencyReport) Command() Command { return Command{SNS, "pendency_report"} }

// A Personal request names one user whose data it is about, in From_Account.
type Personal interface {
	Request
	// From is that user.
	From() Account
}

func (r PortraitSet) From() Account { return r.FromAccount }

func (r FriendAdd) From() Account       { return r.FromAccount }
func (r FriendImport) From() Account    { return r.FromAccount }
func (r FriendUpdate) From() Account    { return r.FromAccount }
func (r FriendDelete) From() Account    { return r.FromAccount }
func (r FriendDeleteAll) From() Account { return r.FromAccount }
func (r FriendCheck) From() Account     { return r.FromAccount }
func (r FriendGet) From() Account       { return r.FromAccount }
func (r FriendGetList) From() Account   { return r.FromAccount }

func (r GroupAdd) From() Account    { return r.FromAccount }
func (r GroupDelete) From() Account { return r.FromAccount }
func (r GroupGet) From() Account    { return r.FromAccount }
func (r GroupUpdate) From() Account { return r.FromAccount }

func (r BlackListAdd) From() Account    { return r.FromAccount }
func (r BlackListDelete) From() Account { return r.FromAccount }
func (r BlackListGet) From() Account    { return r.FromAccount }
func (r BlackListCheck) From() Account  { return r.FromAccount }

func (r FriendResponse) From() Account { return r.FromAccount }
func (r PendencyGet) From() Account    { return r.FromAccount }
func (r PendencyDelete) From() Account { return r.FromAccount }
func (r PendencyReport) From() Account { return r.FromAccount }
