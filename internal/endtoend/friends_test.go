package endtoend

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kith/wire"
)

// importAccounts creates accounts, a hundred a call.
func (s *server) importAccounts(t testing.TB, ids []wire.Account) {
	t.Helper()
	for batch := range slices.Chunk(ids, 100) {
		var reply wire.MultiAccountImportReply
		if err := s.Call(context.Background(), wire.MultiAccountImport{Accounts: batch}, &reply); err != nil || len(reply.FailAccounts) > 0 {
			t.Fatalf("import: %v %v", err, reply.FailAccounts)
		}
	}
}

// befriend makes mutual friendships and returns the first refusal.
func (s *server) befriend(ctx context.Context, from wire.Account, to ...wire.Account) error {
	q := wire.FriendAdd{FromAccount: from, ForceAddFlags: wire.IntOf(1)}
	for _, id := range to {
		q.AddFriendItem = append(q.AddFriendItem, wire.FriendAddItem{ToAccount: id, AddSource: "AddSource_Type_Test"})
	}
	var reply wire.ItemsReply
	if err := s.Call(ctx, q, &reply); err != nil {
		return err
	}
	return firstRefusal(&reply)
}

func firstRefusal(reply *wire.ItemsReply) error {
	for _, it := range reply.ResultItem {
		if it.ResultCode != 0 {
			return &wire.Error{Code: it.ResultCode, Info: it.ResultInfo}
		}
	}
	return nil
}

// unfriend ends a friendship on both sides.
func (s *server) unfriend(ctx context.Context, from, to wire.Account) error {
	var reply wire.ItemsReply
	q := wire.FriendDelete{FromAccount: from, ToAccount: []wire.Account{to}, DeleteType: wire.DeleteBoth}
	if err := s.Call(ctx, q, &reply); err != nil {
		return err
	}
	return firstRefusal(&reply)
}

// friendsOf walks through the pages of someone's friends. Every page must tell
// the same total, which must be the number of friends.
func (s *server) friendsOf(id wire.Account) (friends []wire.Account, pages int, err error) {
	for start := 0; ; pages++ {
		var page wire.FriendGetReply
		q := wire.FriendGet{FromAccount: id, StartIndex: wire.IntOf(int64(start))}
		if err := s.Call(context.Background(), q, &page); err != nil {
			return nil, 0, err
		}
		for _, it := range page.UserDataItem {
			friends = append(friends, it.ToAccount)
		}
		if page.CompleteFlag != 0 {
			if page.FriendNum != len(friends) {
				return nil, 0, fmt.Errorf("%s: FriendNum is %d, the pages have %d friends", id, page.FriendNum, len(friends))
			}
			return friends, pages + 1, nil
		}
		start = page.NextStartIndex
	}
}
