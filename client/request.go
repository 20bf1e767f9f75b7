package client

import (
	"context"

	"kith/wire"
)

// The calls of this file are extensions: the hosted service has them for its
// clients alone, not for servers.

// FriendResponse answers pending requests.
func (c *Client) FriendResponse(ctx context.Context, r wire.FriendResponse) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// PendencyGet reads one page of the pending requests of a user;
// [Client.Pendencies] reads them all. It is a read.
func (c *Client) PendencyGet(ctx context.Context, r wire.PendencyGet) (wire.PendencyGetReply, error) {
	return fetch[wire.PendencyGetReply](ctx, c, r)
}

// PendencyDelete deletes pending requests, unanswered.
func (c *Client) PendencyDelete(ctx context.Context, r wire.PendencyDelete) (wire.ItemsReply, error) {
	return fetch[wire.ItemsReply](ctx, c, r)
}

// PendencyReport marks incoming requests as read.
func (c *Client) PendencyReport(ctx context.Context, r wire.PendencyReport) error {
	return c.Call(ctx, r, new(wire.Head))
}
