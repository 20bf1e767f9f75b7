package client

import (
	"context"

	"kith/wire"
)

// GroupAdd makes friend lists and puts friends into them.
func (c *Client) GroupAdd(ctx context.Context, r wire.GroupAdd) (wire.GroupAddReply, error) {
	return fetch[wire.GroupAddReply](ctx, c, r)
}

// GroupDelete deletes friend lists. Their members stay friends.
func (c *Client) GroupDelete(ctx context.Context, r wire.GroupDelete) (wire.GroupDeleteReply, error) {
	return fetch[wire.GroupDeleteReply](ctx, c, r)
}

// GroupGet reads friend lists, with their members if the request asks for them.
// It is a read.
func (c *Client) GroupGet(ctx context.Context, r wire.GroupGet) (wire.GroupGetReply, error) {
	return fetch[wire.GroupGetReply](ctx, c, r)
}

// GroupUpdate renames a friend list, puts friends into it and takes friends out.
// It is an extension: the hosted service has no such call for servers.
func (c *Client) GroupUpdate(ctx context.Context, r wire.GroupUpdate) (wire.GroupUpdateReply, error) {
	return fetch[wire.GroupUpdateReply](ctx, c, r)
}
