package client

import (
	"context"

	"kith/wire"
)

// PortraitSet sets fields of one profile, all of them or none.
func (c *Client) PortraitSet(ctx context.Context, r wire.PortraitSet) error {
	return c.Call(ctx, r, new(wire.Head))
}

// PortraitGet reads fields of up to 100 profiles. It is a read.
func (c *Client) PortraitGet(ctx context.Context, r wire.PortraitGet) (wire.PortraitGetReply, error) {
	return fetch[wire.PortraitGetReply](ctx, c, r)
}
