package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/postgres"
	"kith/internal/store/storetest"
)

// openServers opens a database as several servers do.
func openServers(t *testing.T, n int) (stores []store.Store) {
	t.Helper()
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		s, err := open(dsn, postgres.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		stores = append(stores, s)
	}
	return stores
}

// TestServersInAStorm: several servers change the same few users at once, in
// every way there is.
func TestServersInAStorm(t *testing.T) {
	for _, n := range []int{2, 4} {
		t.Run(fmt.Sprint(n), func(t *testing.T) { storetest.Storm(t, openServers(t, n)...) })
	}
}

// A deed is what somebody does to the other one of two users, or asks.
type deed struct {
	what string // add, delete, block, unblock or check
	back bool   // bob does it to ann
}

// An outcome is the answer to a deed.
type outcome struct {
	fault         chain.Fault
	forward, back bool // of a check
}

// A pairState is how two users stand. [0] is ann's side.
type pairState struct{ friends, blocks [2]bool }

func (p pairState) do(d deed) (pairState, outcome) {
	me, you := 0, 1
	if d.back {
		me, you = 1, 0
	}
	refuse := func(f chain.Fault) (pairState, outcome) { return p, outcome{fault: f} }
	switch d.what {
	case "add":
		switch {
		case p.friends[me]:
			return refuse(chain.AlreadyFriend)
		case p.blocks[me]:
			return refuse(chain.PeerBlocked)
		case p.blocks[you]:
			return refuse(chain.BlockedByPeer)
		}
		p.friends = [2]bool{true, true}
	case "delete":
		if !p.friends[me] {
			return refuse(chain.NotFriend)
		}
		p.friends[me] = false
	case "block":
		if p.blocks[me] {
			return refuse(chain.AlreadyBlocked)
		}
		p.friends, p.blocks[me] = [2]bool{}, true
	case "unblock":
		if !p.blocks[me] {
			return refuse(chain.NotBlocked)
		}
		p.blocks[me] = false
	case "check":
		return p, outcome{forward: p.friends[me], back: p.friends[you]}
	}
	return p, outcome{}
}

var pairModel = porcupine.Model{
	Init: func() any { return pairState{} },
	Step: func(state, input, output any) (bool, any) {
		next, want := state.(pairState).do(input.(deed))
		return want == output.(outcome), next
	},
}

// carryOut does a deed on a store.
func carryOut(ctx context.Context, s store.Store, app *chain.App, d deed) (o outcome, err error) {
	me, you := chain.UserID("ann"), chain.UserID("bob")
	if d.back {
		me, you = you, me
	}
	peers := []chain.UserID{you}
	if d.what == "check" {
		r, err := store.Do(ctx, s, app, time.Unix(1700000000, 0), &chain.FriendCheck{Owner: me, Peers: peers, Both: true})
		if err == nil {
			o = outcome{r[0].Fault, r[0].Forward, r[0].Back}
		}
		return o, err
	}
	commands := map[string]chain.Command[[]chain.ItemResult]{
		"add":     &chain.FriendAdd{Owner: me, Both: true, Items: []chain.FriendAddItem{{Peer: you}}},
		"delete":  &chain.FriendDelete{Owner: me, Peers: peers},
		"block":   &chain.BlackListAdd{Owner: me, Peers: peers},
		"unblock": &chain.BlackListDelete{Owner: me, Peers: peers},
	}
	r, err := store.Do(ctx, s, app, time.Unix(1700000000, 0), commands[d.what])
	if err == nil {
		o.fault = r[0].Fault
	}
	return o, err
}

// TestLinearizable: what several servers answer about two users is what one
// would have answered, one call after the other, in an order that agrees with
// the clock.
func TestLinearizable(t *testing.T) {
	const callers, calls = 8, 60
	stores := openServers(t, 4)
	app := smallApp()
	do(t, stores[0], app, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}, {ID: "bob"}}})
	deeds := []string{"add", "check", "delete", "add", "block", "check", "unblock", "add", "unblock", "check", "delete"}
	began := time.Now()
	history := make([][]porcupine.Operation, callers)
	var all sync.WaitGroup
	for c := range callers {
		all.Go(func() {
			for i := range calls {
				d := deed{deeds[(i*7+c*3)%len(deeds)], (i+c)%2 == 0}
				call := time.Since(began)
				o, err := carryOut(t.Context(), stores[c%len(stores)], app, d)
				if err != nil {
					t.Errorf("%+v: %v", d, err)
					return
				}
				history[c] = append(history[c], porcupine.Operation{ClientId: c, Input: d, Call: call.Nanoseconds(), Output: o, Return: time.Since(began).Nanoseconds()})
			}
		})
	}
	all.Wait()
	var operations []porcupine.Operation
	succeeded := map[string]int{}
	for _, h := range history {
		operations = append(operations, h...)
		for _, op := range h {
			if op.Output.(outcome).fault == chain.OK {
				succeeded[op.Input.(deed).what]++
			}
		}
	}
	for _, what := range deeds {
		if succeeded[what] == 0 {
			t.Errorf("no %s of %d calls succeeded, so the history shows little: %v", what, len(operations), succeeded)
		}
	}
	if result := porcupine.CheckOperationsTimeout(pairModel, operations, time.Minute); result != porcupine.Ok {
		t.Errorf("the history of %d calls is %s", len(operations), result)
	}
	if found, err := storetest.Audit(t.Context(), stores[0], app); err != nil || len(found) > 0 {
		t.Errorf("audit: %v %q", err, found)
	}
}
