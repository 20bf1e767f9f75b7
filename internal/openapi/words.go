package openapi

import (
	"reflect"

	"kith/wire"
)

// words are the values of members that have but a few, by type and member. A
// member without a type is the same in all others.
var words = map[string][]string{
	"ActionStatus":   {wire.ActionOK, wire.ActionFail},
	"AddType":        {wire.AddSingle, wire.AddBoth},
	"DeleteType":     {wire.DeleteSingle, wire.DeleteBoth},
	"NeedFriend":     {wire.NeedFriendYes, wire.NeedFriendNo},
	"UpdateType":     {wire.UpdateAdd, wire.UpdateDelete},
	"ResponseAction": {wire.ResponseAgree, wire.ResponseAgreeAndAdd, wire.ResponseReject},
	"AccountStatus":  {wire.AccountImported, wire.AccountNotImported},
	"Status":         {wire.StatusOnline, wire.StatusPushOnline, wire.StatusOffline},
	"State":          {wire.StatusOnline, wire.StatusPushOnline, wire.StatusOffline},
	"PendencyType":   {wire.PendencyComeIn, wire.PendencySendOut},
	"Relation": {
		wire.CheckNone, wire.CheckAWithB, wire.CheckBWithA, wire.CheckBothWay,
		wire.BlackCheckNone, wire.BlackCheckAWithB, wire.BlackCheckBWithA, wire.BlackCheckBothWay,
	},

	"PendencyGet.PendencyType": {wire.PendencyComeIn, wire.PendencySendOut, wire.PendencyBoth},
	"FriendCheck.CheckType":    {wire.CheckSingle, wire.CheckBoth},
	"BlackListCheck.CheckType": {wire.BlackCheckSingle, wire.BlackCheckBoth},
}

// choices are the values of a member, nil if it may have any.
func choices(t reflect.Type, member string) []string {
	if own, ok := words[t.Name()+"."+member]; ok {
		return own
	}
	return words[member]
}
