package client_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"kith/client"
	"kith/internal/api"
	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store/storetest"
	"kith/wire"
)

// serve starts Kith in this process, on a store in memory. It panics instead
// of failing a test, so that examples can use it.
func serve(observer api.Observer) (url string, stop func()) {
	ctx := context.Background()
	store := storetest.NewModel()
	directory, err := apps.Open(ctx, store)
	if err != nil {
		panic(err)
	}
	if _, err := directory.Ensure(ctx, appID, secret, []chain.UserID{"administrator"}); err != nil {
		panic(err)
	}
	server := httptest.NewServer(api.New(api.Config{Store: store, Apps: directory, Metrics: observer}))
	return server.URL, server.Close
}

// A census knows which commands were called, and how they ended.
type census struct {
	mu    sync.Mutex
	codes map[string]int
}

func (c *census) Call(command string, code int, _ time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.codes[command] = code
}

// TestEveryCommandHasItsMethod calls them all, in an order in which each
// succeeds, and asks the server which commands those were.
func TestEveryCommandHasItsMethod(t *testing.T) {
	seen := &census{codes: map[string]int{}}
	url, stop := serve(seen)
	defer stop()
	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	ctx := t.Context()

	alone := func(err error) { // a method without a reply
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	bob, one := []wire.Account{"bob"}, wire.IntOf(1)
	alone(c.AccountImport(ctx, wire.AccountImport{UserID: "alice"}))
	whole(t)(c.MultiAccountImport(ctx, wire.MultiAccountImport{Accounts: []wire.Account{"bob", "carol"}}))
	whole(t)(c.AccountCheck(ctx, wire.AccountCheck{CheckItem: []wire.AccountItem{{UserID: "bob"}}}))
	whole(t)(c.QueryOnlineStatus(ctx, wire.QueryOnlineStatus{ToAccount: bob}))
	whole(t)(c.QueryState(ctx, wire.QueryOnlineStatus{ToAccount: bob}))
	alone(c.PortraitSet(ctx, wire.PortraitSet{FromAccount: "bob", ProfileItem: []wire.TagValue{
		{Tag: wire.TagAllowType, Value: wire.StringValue(wire.AllowNeedConfirm)},
	}}))
	whole(t)(c.PortraitGet(ctx, wire.PortraitGet{ToAccount: bob, TagList: []string{wire.TagAllowType}}))
	whole(t)(c.FriendAdd(ctx, wire.FriendAdd{FromAccount: "alice", AddFriendItem: []wire.FriendAddItem{
		{ToAccount: "bob", AddSource: "AddSource_Type_Web"},
	}}))
	whole(t)(c.PendencyGet(ctx, wire.PendencyGet{FromAccount: "bob", PendencyType: wire.PendencyComeIn, MaxLimited: one}))
	alone(c.PendencyReport(ctx, wire.PendencyReport{FromAccount: "bob", LatestPendencyTimeStamp: one}))
	whole(t)(c.FriendResponse(ctx, wire.FriendResponse{FromAccount: "bob", ResponseFriendItem: []wire.FriendResponseItem{
		{ToAccount: "alice", ResponseAction: wire.ResponseAgreeAndAdd},
	}}))
	whole(t)(c.PendencyDelete(ctx, wire.PendencyDelete{FromAccount: "bob", PendencyType: wire.PendencyComeIn, ToAccount: []wire.Account{"carol"}}))
	whole(t)(c.FriendImport(ctx, wire.FriendImport{FromAccount: "alice", AddFriendItem: []wire.FriendImportItem{
		{ToAccount: "carol", AddSource: "AddSource_Type_Web"},
	}}))
	whole(t)(c.FriendUpdate(ctx, wire.FriendUpdate{FromAccount: "alice", UpdateItem: []wire.FriendUpdateItem{
		{ToAccount: "bob", SnsItem: []wire.TagValue{{Tag: wire.TagRemark, Value: wire.StringValue("Bobby")}}},
	}}))
	whole(t)(c.FriendCheck(ctx, wire.FriendCheck{FromAccount: "alice", ToAccount: bob, CheckType: wire.CheckBoth}))
	whole(t)(c.FriendGet(ctx, wire.FriendGet{FromAccount: "alice", StartIndex: wire.IntOf(0)}))
	whole(t)(c.FriendGetList(ctx, wire.FriendGetList{FromAccount: "alice", ToAccount: bob, TagList: []string{wire.TagRemark}}))
	whole(t)(c.GroupAdd(ctx, wire.GroupAdd{FromAccount: "alice", GroupName: []string{"work"}, ToAccount: bob}))
	whole(t)(c.GroupUpdate(ctx, wire.GroupUpdate{FromAccount: "alice", GroupOldName: "work", GroupNewName: "office"}))
	whole(t)(c.GroupGet(ctx, wire.GroupGet{FromAccount: "alice"}))
	whole(t)(c.GroupDelete(ctx, wire.GroupDelete{FromAccount: "alice", GroupName: []string{"office"}}))
	whole(t)(c.FriendDelete(ctx, wire.FriendDelete{FromAccount: "alice", ToAccount: bob}))
	alone(c.FriendDeleteAll(ctx, wire.FriendDeleteAll{FromAccount: "alice"}))
	whole(t)(c.BlackListAdd(ctx, wire.BlackListAdd{FromAccount: "alice", ToAccount: bob}))
	whole(t)(c.BlackListCheck(ctx, wire.BlackListCheck{FromAccount: "alice", ToAccount: bob, CheckType: wire.BlackCheckBoth}))
	whole(t)(c.BlackListGet(ctx, wire.BlackListGet{FromAccount: "alice", StartIndex: wire.IntOf(0), MaxLimited: one}))
	whole(t)(c.BlackListDelete(ctx, wire.BlackListDelete{FromAccount: "alice", ToAccount: bob}))
	alone(c.Kick(ctx, wire.Kick{UserID: "bob"}))
	whole(t)(c.AccountDelete(ctx, wire.AccountDelete{DeleteItem: []wire.AccountItem{{UserID: "carol"}}}))

	for _, command := range api.Commands() {
		if _, called := seen.codes[command]; !called {
			t.Errorf("%s has no method that is tried here", command)
		}
	}
	if n := len(api.Commands()); len(seen.codes) != n {
		t.Errorf("%d commands called, want %d", len(seen.codes), n)
	}
}

// whole wants a reply that is no refusal.
func whole(t *testing.T) func(wire.Reply, error) {
	return func(reply wire.Reply, err error) {
		t.Helper()
		if err != nil || reply.Err() != nil {
			t.Errorf("reply %+v, error %v", reply, err)
		}
	}
}

// TestPagesOfTheRealServer reads more than one page of each kind.
func TestPagesOfTheRealServer(t *testing.T) {
	url, stop := serve(&census{codes: map[string]int{}})
	defer stop()
	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	ctx := t.Context()
	const n = 600 // a page of friends has 500
	alone := wire.Account("alice")
	if err := c.AccountImport(ctx, wire.AccountImport{UserID: alone}); err != nil {
		t.Fatal(err)
	}
	var names []wire.Account
	for i := range n {
		names = append(names, wire.Account("user"+string(rune('a'+i/26))+string(rune('a'+i%26))))
	}
	imports := wire.FriendImport{FromAccount: alone}
	for part := range slices.Chunk(names, 100) {
		whole(t)(c.MultiAccountImport(ctx, wire.MultiAccountImport{Accounts: part}))
	}
	for _, name := range names {
		imports.AddFriendItem = append(imports.AddFriendItem, wire.FriendImportItem{ToAccount: name, AddSource: "AddSource_Type_Web"})
	}
	whole(t)(c.FriendImport(ctx, imports))
	if got := friends(t, c); got != join(names) {
		t.Errorf("friends are %s, want all %d", got, n)
	}
	whole(t)(c.BlackListAdd(ctx, wire.BlackListAdd{FromAccount: alone, ToAccount: names}))
	if got := blocks(t, c); got != join(names) {
		t.Errorf("blocked are %s, want all %d", got, n)
	}
}

func join(names []wire.Account) string {
	var all []byte
	for i, name := range names {
		if i > 0 {
			all = append(all, ' ')
		}
		all = append(all, name...)
	}
	return string(all)
}
