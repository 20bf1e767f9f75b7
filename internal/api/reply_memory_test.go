package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestRepliesKeepApart: pages of friends that are asked for at the same time have
// the friends of their own owner each, though replies use memory of earlier ones,
// and a short page nothing of a longer one.
func TestRepliesKeepApart(t *testing.T) {
	c := newCaller(t)
	const owners, times = 8, 50
	pages := make([]string, owners)
	ask := func(owner int) string {
		return c.call("sns/friend_get", fmt.Sprintf(`{"From_Account":"owner%d","StartIndex":0}`, owner)).raw
	}
	for owner := range owners {
		var accounts, adds []string
		for friend := range 1 + 7*owner {
			name := fmt.Sprintf("owner%d-friend%d", owner, friend)
			accounts = append(accounts, `"`+name+`"`)
			adds = append(adds, fmt.Sprintf(`{"To_Account":%q,"AddSource":"AddSource_Type_Test","Remark":"of owner%d"}`, name, owner))
		}
		c.ok("im_open_login_svc/multiaccount_import", fmt.Sprintf(`{"Accounts":["owner%d",%s]}`, owner, strings.Join(accounts, ",")))
		c.ok("sns/friend_add", fmt.Sprintf(`{"From_Account":"owner%d","AddFriendItem":[%s]}`, owner, strings.Join(adds, ",")))
		pages[owner] = ask(owner)
		if got := strings.Count(pages[owner], fmt.Sprintf(`"of owner%d"`, owner)); got != len(adds) {
			t.Fatalf("owner%d has %d friends with his remark, want %d: %s", owner, got, len(adds), pages[owner])
		}
	}
	var askers sync.WaitGroup
	for owner := range owners {
		askers.Go(func() {
			for range times {
				if got := ask(owner); got != pages[owner] {
					t.Errorf("friend_get of owner%d: %s, want %s", owner, got, pages[owner])
					return
				}
			}
		})
	}
	askers.Wait()
}
