package client

import (
	"context"

	"kith/wire"
)

// AccountImport creates an account, or gives an existing one the nick and face of
// the request.
func (c *Client) AccountImport(ctx context.Context, r wire.AccountImport) error {
	return c.Call(ctx, r, new(wire.AccountHead))
}

// MultiAccountImport creates up to 100 accounts. Those that failed stand in the
// reply.
func (c *Client) MultiAccountImport(ctx context.Context, r wire.MultiAccountImport) (wire.MultiAccountImportReply, error) {
	return fetch[wire.MultiAccountImportReply](ctx, c, r)
}

// AccountDelete deletes up to 100 accounts, with all that is kept about them.
func (c *Client) AccountDelete(ctx context.Context, r wire.AccountDelete) (wire.AccountDeleteReply, error) {
	return fetch[wire.AccountDeleteReply](ctx, c, r)
}

// AccountCheck tells which of up to 100 accounts exist. It is a read.
func (c *Client) AccountCheck(ctx context.Context, r wire.AccountCheck) (wire.AccountCheckReply, error) {
	return fetch[wire.AccountCheckReply](ctx, c, r)
}

// Kick makes every UserSig of an account worthless that was issued so far.
func (c *Client) Kick(ctx context.Context, r wire.Kick) error {
	return c.Call(ctx, r, new(wire.AccountHead))
}

// QueryOnlineStatus tells which of up to 500 accounts are online. It is a read.
func (c *Client) QueryOnlineStatus(ctx context.Context, r wire.QueryOnlineStatus) (wire.QueryOnlineStatusReply, error) {
	return fetch[wire.QueryOnlineStatusReply](ctx, c, r)
}

// QueryState is [Client.QueryOnlineStatus] under its old name, querystate. It is
// a read.
func (c *Client) QueryState(ctx context.Context, r wire.QueryOnlineStatus) (wire.QueryStateReply, error) {
	return fetchAs[wire.QueryStateReply](ctx, c, wire.QueryState, r)
}
