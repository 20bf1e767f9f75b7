package api

import (
	"context"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/wire"
)

func parseAccountImport(q *wire.AccountImport) (chain.Command[[]chain.ItemResult], error) {
	return &chain.AccountImport{Accounts: []chain.Account{importee(q)}}, nil
}

func importee(q *wire.AccountImport) chain.Account {
	return chain.Account{ID: chain.UserID(q.UserID), Nick: q.Nick, Image: q.FaceURL}
}

func answerAccountImport(*wire.AccountImport, []chain.ItemResult) wire.Reply { return wire.OKAccount() }

func parseMultiAccountImport(q *wire.MultiAccountImport) (chain.Command[[]chain.ItemResult], error) {
	c := &chain.AccountImport{}
	for _, a := range q.All() {
		c.Accounts = append(c.Accounts, importee(&a))
	}
	return c, nil
}

func answerMultiAccountImport(_ *wire.MultiAccountImport, results []chain.ItemResult) wire.Reply {
	reply := wire.MultiAccountImportReply{BatchHead: wire.OKBatch()}
	for _, r := range results {
		if r.Fault != chain.OK {
			reply.FailAccounts = append(reply.FailAccounts, wire.Account(r.Peer))
		}
	}
	return reply
}

func names(items []wire.AccountItem) []chain.UserID {
	ids := make([]chain.UserID, len(items))
	for i, it := range items {
		ids[i] = chain.UserID(it.UserID)
	}
	return ids
}

func parseAccountCheck(q *wire.AccountCheck) (chain.Command[[]bool], error) {
	return &chain.AccountCheck{IDs: names(q.CheckItem)}, nil
}

func answerAccountCheck(q *wire.AccountCheck, exist []bool) wire.Reply {
	reply := wire.AccountCheckReply{BatchHead: wire.OKBatch(), ResultItem: make([]wire.AccountCheckResult, len(exist))}
	for i, exists := range exist {
		status := wire.AccountNotImported
		if exists {
			status = wire.AccountImported
		}
		reply.ResultItem[i] = wire.AccountCheckResult{UserID: q.CheckItem[i].UserID, AccountStatus: status}
	}
	return reply
}

// deleteAccounts answers when the accounts are gone for every reader. One that
// very many hold may take longer than a call may: it is then finished in the
// background, and the caller is told to try again.
func deleteAccounts(ctx context.Context, c *call, q *wire.AccountDelete) (wire.Reply, error) {
	results, err := store.DeleteAccounts(ctx, c.server.Store, &c.app.App, c.now, names(q.DeleteItem))
	if err != nil {
		return nil, err
	}
	return answerAccountDelete(results), nil
}

func answerAccountDelete(results []chain.ItemResult) wire.Reply {
	reply := wire.AccountDeleteReply{BatchHead: wire.OKBatch(), ResultItem: make([]wire.AccountDeleteResult, len(results))}
	for i, r := range results {
		it := &reply.ResultItem[i]
		it.UserID = wire.Account(r.Peer)
		switch r.Fault {
		case chain.NoSuchPeer:
			it.ResultCode, it.ResultInfo = wire.CodeAccountNotFound, wire.TextAccountNotFound
		case chain.ProtectedUser:
			it.ResultCode, it.ResultInfo = wire.CodeAccountParameter, "an administrator's account cannot be deleted"
		case chain.BadPeer:
			it.ResultCode, it.ResultInfo = wire.CodeAccountParameter, textUserID
		}
	}
	return reply
}

const textUserID = "UserID must be 1 to 32 printable ASCII characters and not begin with @TLS# or @TGS#"

// refuseAccounts spells a fault that refuses a whole command of the account
// service.
func (c *command) refuseAccounts(fault chain.Fault) error {
	switch fault {
	case chain.NoSuchPeer:
		return &wire.Error{Code: wire.CodeAccountNotFound, Info: wire.TextAccountNotFound}
	case chain.StillLeaving:
		return &wire.Error{Code: wire.CodeAccountTimeout, Info: "the account is still being deleted, try again"}
	case chain.AllItemsBad, chain.BadPeer:
		return &wire.Error{Code: wire.CodeAccountParameter, Info: textUserID}
	case chain.TextTooLong:
		return &wire.Error{Code: wire.CodeProfileTooLong, Info: "Nick and FaceUrl must have at most 500 bytes and no NUL"}
	case chain.NoItems, chain.TooManyItems:
		return &wire.Error{Code: wire.CodeAccountParameter, Info: c.batch(chain.MaxAccounts)}
	}
	return fault
}

func parseKick(q *wire.Kick) (chain.Command[struct{}], error) {
	return &chain.Kick{ID: chain.UserID(q.UserID)}, nil
}

func answerKick(c *call, q *wire.Kick, _ struct{}) wire.Reply {
	c.server.signatures.kick(c.app.ID, string(q.UserID))
	return wire.OKAccount()
}
