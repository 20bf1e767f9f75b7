package client

import (
	"context"

	"kith/wire"
)

// FriendAdd adds friends, or asks those who want to be asked: their items have
// [wire.CodePending].
func (c *Client) FriendAdd(ctx context.Context, r wire.FriendAdd) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// FriendImport adds friends without asking anybody, with what is known of them
// from elsewhere.
func (c *Client) FriendImport(ctx context.Context, r wire.FriendImport) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// FriendUpdate changes remark, lists and custom fields of friends.
func (c *Client) FriendUpdate(ctx context.Context, r wire.FriendUpdate) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// FriendDelete ends friendships, on one side or both.
func (c *Client) FriendDelete(ctx context.Context, r wire.FriendDelete) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// FriendDeleteAll ends all friendships of one user, on one side or both.
func (c *Client) FriendDeleteAll(ctx context.Context, r wire.FriendDeleteAll) error {
	return c.Call(ctx, r, new(wire.Head))
}

// FriendCheck tells who has whom as a friend. It is a read.
func (c *Client) FriendCheck(ctx context.Context, r wire.FriendCheck) (wire.FriendCheckReply, error) {
	return fetch[wire.FriendCheckReply](ctx, c, r)
}

// FriendGet reads one page of the friends of a user; [Client.Friends] reads them
// all. It is a read.
func (c *Client) FriendGet(ctx context.Context, r wire.FriendGet) (wire.FriendGetReply, error) {
	return fetch[wire.FriendGetReply](ctx, c, r)
}

// FriendGetList reads the data and profiles of the friends that are named. It is
// a read.
func (c *Client) FriendGetList(ctx context.Context, r wire.FriendGetList) (wire.FriendGetListReply, error) {
	return fetch[wire.FriendGetListReply](ctx, c, r)
}
