package endtoend

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"kith/wire"
)

// TestKillDuringDeletion kills the server while it deletes an account that
// thousands hold. After the restart the account is gone for everybody: the
// server finishes by itself what it had begun.
func TestKillDuringDeletion(t *testing.T) {
	const fans = 5000 // several steps of a deletion
	dir := t.TempDir()
	s := start(t, dir)
	ids := []wire.Account{"star"}
	for i := range fans {
		ids = append(ids, wire.Account(fmt.Sprintf("fan%04d", i)))
	}
	s.importAccounts(t, ids)
	s.admire(t, ids[1:])

	// The answer is not waited for: the server dies before it.
	go func() { _, _ = s.AccountDelete(context.Background(), deletionOf("star")) }()
	deadline := time.Now().Add(30 * time.Second)
	for s.exists(t, "star") {
		if time.Now().After(deadline) {
			t.Fatal("the deletion did not begin within 30 s")
		}
	}
	s.kill(t)

	s = start(t, dir)
	defer s.stop(t)
	if s.exists(t, "star") {
		t.Fatal("the account is back")
	}
	deadline = time.Now().Add(30 * time.Second)
	for _, id := range ids[1:] {
		friends, _, err := s.friendsOf(id)
		for err == nil && len(friends) > 0 && time.Now().Before(deadline) {
			time.Sleep(10 * time.Millisecond)
			friends, _, err = s.friendsOf(id)
		}
		if err != nil || len(friends) > 0 {
			t.Fatalf("%s still has %v (%v)", id, friends, err)
		}
	}
	s.importAccounts(t, ids[:1])
	// The deletion that is asked for again is answered when it is done.
	if reply, err := s.AccountDelete(t.Context(), deletionOf("star")); err != nil || reply.ResultItem[0].ResultCode != 0 {
		t.Errorf("deleted again: %+v %v", reply, err)
	}
}

func deletionOf(id wire.Account) wire.AccountDelete {
	return wire.AccountDelete{DeleteItem: []wire.AccountItem{{UserID: id}}}
}

// admire makes the star a friend of everybody, one way.
func (s *server) admire(t *testing.T, fans []wire.Account) {
	t.Helper()
	queue := make(chan wire.Account)
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			for id := range queue {
				item := wire.FriendImportItem{ToAccount: "star", AddSource: "AddSource_Type_Test", GroupName: []string{"Stars"}}
				reply, err := s.FriendImport(t.Context(), wire.FriendImport{FromAccount: id, AddFriendItem: []wire.FriendImportItem{item}})
				if err != nil || firstRefusal(&reply) != nil {
					t.Errorf("%s: %+v %v", id, reply, err)
				}
			}
		})
	}
	for _, id := range fans {
		queue <- id
	}
	close(queue)
	callers.Wait()
}

func (s *server) exists(t *testing.T, id wire.Account) bool {
	t.Helper()
	reply, err := s.AccountCheck(t.Context(), wire.AccountCheck{CheckItem: []wire.AccountItem{{UserID: id}}})
	if err != nil {
		t.Fatal(err)
	}
	return reply.ResultItem[0].AccountStatus == wire.AccountImported
}
