package client_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"kith/client"
	"kith/wire"
)

// start serves Kith with three accounts, for the examples.
func start() (url string, stop func()) {
	url, stop = serve(nil)
	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	_, err := c.MultiAccountImport(context.Background(), wire.MultiAccountImport{Accounts: []wire.Account{"alice", "bob", "carol"}})
	if err != nil {
		panic(err)
	}
	return url, stop
}

func Example() {
	url, stop := start()
	defer stop()
	ctx := context.Background()

	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	reply, err := c.FriendAdd(ctx, wire.FriendAdd{
		FromAccount: "alice",
		AddFriendItem: []wire.FriendAddItem{
			{ToAccount: "bob", AddSource: "AddSource_Type_Web", Remark: "Bobby"},
			{ToAccount: "nobody", AddSource: "AddSource_Type_Web"},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, item := range reply.ResultItem {
		fmt.Println(item.ToAccount, item.ResultCode)
	}
	// Output:
	// bob 0
	// nobody 30003
}

// A refusal of the whole request is an error with a code.
func ExampleClient_FriendGet_refused() {
	url, stop := start()
	defer stop()

	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	_, err := c.FriendGet(context.Background(), wire.FriendGet{FromAccount: "nobody", StartIndex: wire.IntOf(0)})
	if refusal, ok := errors.AsType[*wire.Error](err); ok {
		fmt.Println(refusal.Code == wire.CodeNoAccount, refusal.Info)
	}
	// Output: true Err_Sns_Invalid_Account
}

func ExampleClient_Friends() {
	url, stop := start()
	defer stop()
	ctx := context.Background()

	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	_, err := c.FriendImport(ctx, wire.FriendImport{FromAccount: "alice", AddFriendItem: []wire.FriendImportItem{
		{ToAccount: "bob", AddSource: "AddSource_Type_Web"},
		{ToAccount: "carol", AddSource: "AddSource_Type_Web"},
	}})
	if err != nil {
		log.Fatal(err)
	}
	for friend, err := range c.Friends(ctx, "alice") {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(friend.ToAccount)
	}
	// Output:
	// bob
	// carol
}

func ExampleClient_Blocks() {
	url, stop := start()
	defer stop()
	ctx := context.Background()

	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	if _, err := c.BlackListAdd(ctx, wire.BlackListAdd{FromAccount: "alice", ToAccount: []wire.Account{"carol"}}); err != nil {
		log.Fatal(err)
	}
	for block, err := range c.Blocks(ctx, "alice") {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(block.ToAccount)
	}
	// Output: carol
}

// Bob wants to be asked. Alice asks; he finds her request and agrees.
func ExampleClient_Pendencies() {
	url, stop := start()
	defer stop()
	ctx := context.Background()

	c := client.New(client.Config{BaseURL: url, AppID: appID, Secret: secret})
	err := c.PortraitSet(ctx, wire.PortraitSet{FromAccount: "bob", ProfileItem: []wire.TagValue{
		{Tag: wire.TagAllowType, Value: wire.StringValue(wire.AllowNeedConfirm)},
	}})
	if err != nil {
		log.Fatal(err)
	}
	asked, err := c.FriendAdd(ctx, wire.FriendAdd{FromAccount: "alice", AddFriendItem: []wire.FriendAddItem{
		{ToAccount: "bob", AddSource: "AddSource_Type_Web", AddWording: "It is me."},
	}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("pending:", asked.ResultItem[0].ResultCode == wire.CodePending)

	for request, err := range c.Pendencies(ctx, "bob", wire.PendencyComeIn) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(request.ToAccount, "says:", request.AddWording)
		_, err := c.FriendResponse(ctx, wire.FriendResponse{FromAccount: "bob", ResponseFriendItem: []wire.FriendResponseItem{
			{ToAccount: request.ToAccount, ResponseAction: wire.ResponseAgreeAndAdd},
		}})
		if err != nil {
			log.Fatal(err)
		}
	}

	check, err := c.FriendCheck(ctx, wire.FriendCheck{FromAccount: "alice", ToAccount: []wire.Account{"bob"}, CheckType: wire.CheckBoth})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(check.InfoItem[0].Relation)
	// Output:
	// pending: true
	// alice says: It is me.
	// CheckResult_Type_BothWay
}
