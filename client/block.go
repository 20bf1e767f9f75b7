package client

import (
	"context"

	"kith/wire"
)

// BlackListAdd blocks accounts.
func (c *Client) BlackListAdd(ctx context.Context, r wire.BlackListAdd) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// BlackListDelete ends blocks.
func (c *Client) BlackListDelete(ctx context.Context, r wire.BlackListDelete) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// BlackListGet reads one page of the accounts that a user blocks; [Client.Blocks]
// reads them all. It is a read.
func (c *Client) BlackListGet(ctx context.Context, r wire.BlackListGet) (wire.BlackListGetReply, error) {
	return fetch[wire.BlackListGetReply](ctx, c, r)
}

// BlackListCheck tells who blocks whom. It is a read.
func (c *Client) BlackListCheck(ctx context.Context, r wire.BlackListCheck) (wire.BlackListCheckReply, error) {
	return fetch[wire.BlackListCheckReply](ctx, c, r)
}
