package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store"
)

func testCrossed(t *testing.T, rig Rig) {
	s := rig.New(t)
	defer closeStore(t, s)
	Storm(t, s)
}

// Storm lets several callers do everything to a few users at once, through
// stores that are the same one or share their rows. Nothing may fail, and all
// must fit together in the end.
func Storm(t *testing.T, stores ...store.Store) {
	s, app := stores[0], SmallApp()
	app.Settings.MaxFriends, app.Settings.MaxBlocks = 100, 100
	ids := numbered(6)
	importAll(t, s, app, ids...)
	for i, id := range ids {
		allow := chain.Value{Text: string('1' + rune(i%2)), Integer: true}
		must(t, s, app, &chain.PortraitSet{Owner: id, Items: []chain.ProfileItem{{Field: chain.AllowType, Value: allow}}})
	}
	const workers, rounds = 8, 60
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				a, b := ids[(w+i)%len(ids)], ids[(w*5+i*7+1)%len(ids)]
				err := crossings[(w+i)%len(crossings)](t.Context(), stores[w%len(stores)], app, a, b)
				if err != nil && !errors.Is(err, chain.NoSuchOwner) { // deleted by another worker
					t.Errorf("%s and %s: %v", a, b, err)
				}
			}
		})
	}
	wg.Wait()
	noFindings(t, s, app)
}

// A crossing is something that a does to b.
type crossing func(ctx context.Context, s store.Store, app *chain.App, a, b chain.UserID) error

// cross makes a crossing of a command.
func cross[A any](command func(a, b chain.UserID) chain.Command[A]) crossing {
	return func(ctx context.Context, s store.Store, app *chain.App, a, b chain.UserID) error {
		_, err := store.Do(ctx, s, app, now, command(a, b))
		return err
	}
}

type results = chain.Command[[]chain.ItemResult]

var crossings = []crossing{
	cross(func(a, b chain.UserID) results {
		return &chain.FriendAdd{Owner: a, Both: true, Force: true, Items: []chain.FriendAddItem{{Peer: b, List: "Home"}}}
	}),
	cross(func(a, b chain.UserID) results {
		return &chain.FriendAdd{Owner: a, Both: true, Items: []chain.FriendAddItem{{Peer: b, List: "Work"}}}
	}),
	cross(func(a, b chain.UserID) results {
		return &chain.FriendResponse{Owner: a, Items: []chain.FriendResponseItem{{Peer: b, Action: chain.AgreeAndAdd}}}
	}),
	cross(func(a, b chain.UserID) results {
		return &chain.FriendImport{Owner: a, Items: []chain.FriendImportItem{{Peer: b, Source: "Web", Lists: []string{"Work"}}}}
	}),
	cross(func(a, b chain.UserID) results {
		return &chain.FriendDelete{Owner: a, Peers: []chain.UserID{b}, Both: true}
	}),
	cross(func(a, b chain.UserID) chain.Command[int] { return &chain.FriendDeleteAll{Owner: a, Both: true} }),
	cross(func(a, b chain.UserID) results { return &chain.BlackListAdd{Owner: a, Peers: []chain.UserID{b}} }),
	cross(func(a, b chain.UserID) results { return &chain.BlackListDelete{Owner: a, Peers: []chain.UserID{b}} }),
	cross(func(a, b chain.UserID) chain.Command[chain.ListChange] {
		return &chain.ListAdd{Owner: a, Names: []string{"Home"}, Peers: []chain.UserID{b}}
	}),
	cross(func(a, b chain.UserID) chain.Command[uint32] {
		return &chain.ListDelete{Owner: a, Names: []string{"Work"}}
	}),
	cross(func(a, b chain.UserID) results {
		return &chain.PendencyDelete{Owner: a, Peers: []chain.UserID{b}, Sent: true}
	}),
	func(ctx context.Context, s store.Store, app *chain.App, _, b chain.UserID) error {
		if _, err := store.DeleteAccounts(ctx, s, app, now, []chain.UserID{b}); err != nil {
			return err
		}
		_, err := store.Do(ctx, s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: b}}})
		return err
	},
}

// testOutrun lets a stranger befriend somebody whenever a command has found whom
// to hold, without end. It is carried out nevertheless, and while it is, nobody
// befriends him.
func testOutrun(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	app.Settings.MaxFriends = 100
	strangers := numbered(50)
	importAll(t, s, app, append(strangers, "star")...)
	came := 0
	befriend := func() {
		if came == len(strangers) {
			t.Error("the command is outrun without end")
			return
		}
		add := &chain.FriendAdd{Owner: strangers[came], Both: true, Force: true, Items: []chain.FriendAddItem{{Peer: "star"}}}
		if r, err := store.Do(t.Context(), s, app, now, add); err != nil || r[0].Fault != chain.OK {
			t.Errorf("%v %v", r, err)
		}
		came++
	}
	var late sync.WaitGroup
	deleted := must(t, &outrunning{Store: s, before: befriend, whileAll: func() { late.Go(befriend) }}, app, &chain.FriendDeleteAll{Owner: "star", Both: true})
	late.Wait()
	if deleted != came-1 || deleted < 2 {
		t.Errorf("%d friends were deleted, after %d strangers came before", deleted, came-1)
	}
	if left := must(t, s, app, &chain.FriendGet{Owner: "star"}); len(left.Friends) != 1 {
		t.Errorf("friends afterwards: %+v, want the one who came meanwhile", left.Friends)
	}
	noFindings(t, s, app)
}

// outrunning is a store on which others are always faster.
type outrunning struct {
	store.Store
	before   func() // a change whose users may turn out to be too few
	whileAll func() // everybody is held, and something was read
}

func (s *outrunning) Update(ctx context.Context, app chain.AppID, hold store.Hold, fn func(store.Reader) (*chain.Draft, error)) error {
	if !hold.All {
		s.before()
		return s.Store.Update(ctx, app, hold, fn)
	}
	once := sync.OnceFunc(func() {
		s.whileAll()
		time.Sleep(20 * time.Millisecond) // enough for them to be done, were they let
	})
	return s.Store.Update(ctx, app, hold, func(r store.Reader) (*chain.Draft, error) {
		return fn(readThen{r, once})
	})
}

// readThen is a Reader that does something after it has read.
type readThen struct {
	store.Reader
	then func()
}

func (r readThen) Load(ctx context.Context, w *chain.Want, d *chain.Draft) error {
	err := r.Reader.Load(ctx, w, d)
	r.then()
	return err
}

// testViews reads while both sides of a friendship come and go: no reader may
// see one without the other.
func testViews(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	importAll(t, s, app, "ann", "bob")
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				r, err := store.Do(t.Context(), s, app, now, &chain.FriendCheck{Owner: "ann", Peers: []chain.UserID{"bob"}, Both: true})
				if err != nil || r[0].Forward != r[0].Back {
					t.Errorf("a reader saw one side: %+v (%v)", r, err)
					return
				}
			}
		})
	}
	for range 50 {
		must(t, s, app, &chain.FriendAdd{Owner: "ann", Both: true, Items: []chain.FriendAddItem{{Peer: "bob"}}})
		must(t, s, app, &chain.FriendDelete{Owner: "bob", Both: true, Peers: []chain.UserID{"ann"}})
	}
	stop()
	readers.Wait()
}

// testPopularAccount deletes an account that many hold.
func testPopularAccount(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	fans := numbered(500)
	importAll(t, s, app, append(fans, "star")...)
	for i, id := range fans {
		if i%5 == 0 {
			must(t, s, app, &chain.BlackListAdd{Owner: id, Peers: []chain.UserID{"star"}})
			continue
		}
		must(t, s, app, &chain.FriendImport{Owner: id, Items: []chain.FriendImportItem{{Peer: "star", Source: "Web", Lists: []string{"Stars"}}}})
	}
	must(t, s, app, &chain.AccountDelete{IDs: []chain.UserID{"star"}})
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	noFindings(t, s, app)
	all, err := Dump(t.Context(), s, app.ID)
	if err != nil {
		t.Fatal(err)
	}
	for id, r := range all {
		if len(r.Holdings.Friends)+len(r.Holdings.Blocks) > 0 || r.User.Seq[chain.SeqStandard]+r.User.Seq[chain.SeqBlocks] != 2 && id != "star" {
			t.Fatalf("%s after the deletion: %+v", id, r)
		}
	}
	if _, left := all["star"]; left {
		t.Error("rows of the deleted account are left")
	}
}

// testLeaving deletes an account that many hold, a few rows at a time, with a
// restart after each step. From the first step on the account does not exist;
// all rows fit together after every step; and it can be made anew after the
// last.
func testLeaving(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	app.Settings.MaxReceived = 100
	fans := numbered(60)
	importAll(t, s, app, append(fans, "star")...)
	must(t, s, app, &chain.PortraitSet{Owner: "star", Items: []chain.ProfileItem{{Field: chain.AllowType, Value: chain.Value{Text: "2", Integer: true}}}})
	for i, id := range fans {
		switch i % 3 {
		case 0:
			must(t, s, app, &chain.FriendAdd{Owner: id, Items: []chain.FriendAddItem{{Peer: "star", List: "Stars"}}})
		case 1:
			must(t, s, app, &chain.FriendAdd{Owner: id, Both: true, Items: []chain.FriendAddItem{{Peer: "star"}}})
		case 2:
			must(t, s, app, &chain.BlackListAdd{Owner: id, Peers: []chain.UserID{"star"}})
		}
	}
	steps := 0
	for fault := chain.Unfinished; fault == chain.Unfinished; steps++ {
		fault = must(t, s, app, &chain.AccountDelete{IDs: []chain.UserID{"star"}, Step: 7})[0].Fault
		s = rig.Reopen(t, s)
		noFindings(t, s, app)
		if exists := must(t, s, app, &chain.AccountCheck{IDs: []chain.UserID{"star"}}); exists[0] {
			t.Fatal("an account that is leaving exists")
		}
		left, err := s.Leaving(t.Context(), app.ID, 10)
		if err != nil || (len(left) == 1) != (fault == chain.Unfinished) {
			t.Fatalf("after step %d (%v) these are leaving: %v (%v)", steps, fault, left, err)
		}
		if fault != chain.Unfinished {
			break
		}
		_, err = store.Do(t.Context(), s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: "star"}}})
		if !errors.Is(err, chain.StillLeaving) {
			t.Fatalf("made anew while it is leaving: %v", err)
		}
	}
	defer closeStore(t, s)
	if steps < 2 {
		t.Errorf("the deletion took %d steps", steps+1)
	}
	importAll(t, s, app, "star")
	if r, err := ReadRecord(t.Context(), s, app.ID, "star"); err != nil || len(r.Holdings.FriendOf)+len(r.Holdings.BlockedBy)+len(r.Holdings.Received) > 0 {
		t.Errorf("made anew, the account is held: %+v (%v)", r.Holdings, err)
	}
}
