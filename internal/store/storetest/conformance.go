package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/internal/chain"
	"kith/internal/store"
)

// A Rig opens stores of one kind for a test. Each call of New gives an empty
// one; Reopen closes a store and opens the same rows again.
type Rig struct {
	New    func(t TB) store.Store
	Reopen func(t TB, s store.Store) store.Store
}

// TB is what the suite needs of a test; rapid's tests have it too.
type TB interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

var now = time.Unix(1700000000, 0)

// Run runs everything that a store must pass.
func Run(t *testing.T, rig Rig) {
	t.Run("EveryField", func(t *testing.T) { testEveryField(t, rig) })
	t.Run("RowsGo", func(t *testing.T) { testRowsGo(t, rig) })
	t.Run("Pages", func(t *testing.T) { testPages(t, rig) })
	t.Run("Members", func(t *testing.T) { testMembers(t, rig) })
	t.Run("Refused", func(t *testing.T) { testRefused(t, rig) })
	t.Run("Broken", func(t *testing.T) { testBroken(t, rig) })
	t.Run("Tenants", func(t *testing.T) { testTenants(t, rig) })
	t.Run("Users", func(t *testing.T) { testUsers(t, rig) })
	t.Run("Apps", func(t *testing.T) { testApps(t, rig) })
	t.Run("DeleteApp", func(t *testing.T) { testDeleteApp(t, rig) })
	t.Run("Lease", func(t *testing.T) { testLease(t, rig) })
	t.Run("Closed", func(t *testing.T) { testClosed(t, rig) })
	t.Run("Crossed", func(t *testing.T) { testCrossed(t, rig) })
	t.Run("Outrun", func(t *testing.T) { testOutrun(t, rig) })
	t.Run("Views", func(t *testing.T) { testViews(t, rig) })
	t.Run("Leaving", func(t *testing.T) { testLeaving(t, rig) })
	t.Run("PopularAccount", func(t *testing.T) { testPopularAccount(t, rig) })
	t.Run("Outbox", func(t *testing.T) { testOutbox(t, rig) })
	runProperties(t, rig)
}

var equateEmpty = cmpopts.EquateEmpty()

// A rowsCommand is a command made for one test.
type rowsCommand struct {
	reads  func(*chain.Draft, *chain.Want)
	decide func(*chain.Draft) error
}

func (c *rowsCommand) Check(*chain.Settings) error         { return nil }
func (c *rowsCommand) Reads(d *chain.Draft, w *chain.Want) { c.reads(d, w) }
func (c *rowsCommand) Decide(d *chain.Draft, _ time.Time) (struct{}, error) {
	return struct{}{}, c.decide(d)
}

func must[A any](t TB, s store.Store, app *chain.App, cmd chain.Command[A]) A {
	t.Helper()
	a, err := store.Do(context.Background(), s, app, now, cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return a
}

func closeStore(t TB, s store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func importAll(t TB, s store.Store, app *chain.App, ids ...chain.UserID) {
	t.Helper()
	for batch := range slices.Chunk(ids, chain.MaxAccounts) {
		c := &chain.AccountImport{}
		for _, id := range batch {
			c.Accounts = append(c.Accounts, chain.Account{ID: id})
		}
		must(t, s, app, c)
	}
}

func noFindings(t TB, s store.Store, app *chain.App) {
	t.Helper()
	found, err := Audit(context.Background(), s, app)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		t.Fatalf("audit: %q", found)
	}
}

// fullRows has one row of each kind with every field set.
type fullRows struct {
	user           chain.User
	profile        chain.Profile
	lists          chain.Lists
	friend         chain.Friend
	block          chain.Block
	sent, received chain.Request
}

func newFullRows() fullRows {
	e := chain.Edge{Owner: "ann", Peer: "bob"}
	return fullRows{
		user: chain.User{
			ID: "ann", Created: 1700000001, Allow: chain.AllowNone, Forbid: chain.ForbidSendOut, Sent: 7, Received: 8, Leaving: true, RequestsSeen: 9, KickedAt: 10,
			Friends: chain.Order{First: 1, Next: 300, Count: 2, Blocks: []chain.OrderBlock{{Index: 1, Count: 1}, {Index: 2, Count: 1}}},
			Blocks:  chain.Order{First: 2, Next: 400, Count: 1, Blocks: []chain.OrderBlock{{Index: 3, Count: 1}}},
			Seq:     [5]uint32{1, 2, 3, 4, 1<<31 - 1},
		},
		profile: chain.Profile{ID: "ann",
			Standard: []chain.ProfileValue{{Field: chain.Nick, Value: chain.Value{Text: "Änn"}}, {Field: chain.Level, Value: chain.Value{Text: "4294967295", Integer: true}}},
			Custom:   []chain.Field{{Name: "Test", Value: chain.Value{Text: "-5", Integer: true}}, {Name: "Void", Value: chain.Value{Text: ""}}},
		},
		lists: chain.Lists{Owner: "ann", Next: 300, Items: []chain.List{{ID: 255, Name: "Wörk", Members: 2}, {ID: 300, Name: "Home", Members: 1}}},
		friend: chain.Friend{Edge: e, Slot: 299, Remark: "r", Source: "Web", Wording: "w\x01", AddTime: 1, RemarkTime: 2,
			Lists: []chain.ListID{300, 255}, Custom: []chain.Field{{Name: "Test", Value: chain.Value{Text: "v"}}}},
		block:    chain.Block{Edge: e, Slot: 399, Time: 3},
		sent:     chain.Request{Edge: e, Time: 4, Source: "App", Wording: "hi", Remark: "rr", List: "Home"},
		received: chain.Request{Edge: e, Time: 5, Source: "Web", Wording: "ho", Remark: "rs", List: "Work"},
	}
}

// want names every row of f.
func (f *fullRows) want(_ *chain.Draft, w *chain.Want) {
	w.Users.Add("ann")
	w.Profiles.Add("ann")
	w.Lists.Add("ann")
	w.Friends.Add(f.friend.Edge)
	w.Blocks.Add(f.block.Edge)
	w.Sent.Add(f.sent.Edge)
	w.Received.Add(f.received.Edge)
	w.Writes.Add("ann")
}

// put writes every row of f.
func (f *fullRows) put(d *chain.Draft) error {
	d.Users.Put("ann", f.user)
	d.Profiles.Put("ann", f.profile)
	d.Lists.Put("ann", f.lists)
	d.Friends.Put(f.friend.Edge, f.friend)
	d.Blocks.Put(f.block.Edge, f.block)
	d.Sent.Put(f.sent.Edge, f.sent)
	d.Received.Put(f.received.Edge, f.received)
	return nil
}

func testEveryField(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	rows := newFullRows()
	for _, row := range []any{rows.user, rows.profile, rows.lists, rows.friend, rows.block, rows.sent, rows.received} {
		v := reflect.ValueOf(row)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Fatalf("the test leaves %T.%s empty", row, v.Type().Field(i).Name)
			}
		}
	}
	must(t, s, app, &rowsCommand{rows.want, rows.put})
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	var got fullRows
	must(t, s, app, &rowsCommand{rows.want, func(d *chain.Draft) error {
		got.user, _ = d.Users.Get("ann")
		got.profile, _ = d.Profiles.Get("ann")
		got.lists, _ = d.Lists.Get("ann")
		got.friend, _ = d.Friends.Get(rows.friend.Edge)
		got.block, _ = d.Blocks.Get(rows.block.Edge)
		got.sent, _ = d.Sent.Get(rows.sent.Edge)
		got.received, _ = d.Received.Get(rows.received.Edge)
		return nil
	}})
	if diff := cmp.Diff(rows, got, cmp.AllowUnexported(fullRows{})); diff != "" {
		t.Errorf("rows read back (-want +got):\n%s", diff)
	}
	r, err := ReadRecord(t.Context(), s, app.ID, "ann")
	if err != nil {
		t.Fatal(err)
	}
	want := Record{Exists: true, User: rows.user, Profile: rows.profile, Lists: rows.lists,
		Holdings: chain.Holdings{Friends: []chain.Friend{rows.friend}, Blocks: []chain.Block{rows.block}, Sent: []chain.Request{rows.sent}, Received: []chain.Request{rows.received}},
		Members:  map[chain.ListID][]chain.UserID{255: {"bob"}, 300: {"bob"}},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("holdings (-want +got):\n%s", diff)
	}
	peer, err := ReadRecord(t.Context(), s, app.ID, "bob")
	if err != nil {
		t.Fatal(err)
	}
	if h := peer.Holdings; !slices.Equal(h.FriendOf, []chain.UserID{"ann"}) || !slices.Equal(h.BlockedBy, []chain.UserID{"ann"}) {
		t.Errorf("bob is held by %+v, want ann as friend and blocker", h)
	}
}

// testRowsGo removes every row and looks for what is left.
func testRowsGo(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	rows := newFullRows()
	must(t, s, app, &rowsCommand{rows.want, rows.put})
	// Moved to other slots and lists first, so that every index entry of the
	// old place must go as well.
	rows.friend.Slot, rows.friend.Lists, rows.block.Slot = 128, []chain.ListID{300}, 384
	must(t, s, app, &rowsCommand{rows.want, rows.put})
	s = rig.Reopen(t, s)
	checkEdges(t, s, app, &rows)
	r, err := ReadRecord(t.Context(), s, app.ID, "ann")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Holdings.Friends) != 1 || len(r.Holdings.Blocks) != 1 || len(r.Members[255]) != 0 || len(r.Members[300]) != 1 {
		t.Errorf("after a move: %+v %v", r.Holdings, r.Members)
	}
	must(t, s, app, &rowsCommand{rows.want, func(d *chain.Draft) error {
		d.Users.Delete("ann")
		d.Profiles.Delete("ann")
		d.Lists.Delete("ann")
		d.Friends.Delete(rows.friend.Edge)
		d.Blocks.Delete(rows.block.Edge)
		d.Sent.Delete(rows.sent.Edge)
		d.Received.Delete(rows.received.Edge)
		return nil
	}})
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	left, err := s.Users(t.Context(), app.ID, "", 10)
	if err != nil || len(left) > 0 {
		t.Errorf("rows of %v are left (%v)", left, err)
	}
}

// checkEdges looks for the friend and the blocklist entry of rows by peer.
func checkEdges(t TB, s store.Store, app *chain.App, rows *fullRows) {
	t.Helper()
	var friend chain.Friend
	var block chain.Block
	must(t, s, app, &rowsCommand{func(_ *chain.Draft, w *chain.Want) {
		w.Friends.Add(rows.friend.Edge)
		w.Blocks.Add(rows.block.Edge)
	}, func(d *chain.Draft) error {
		friend, _ = d.Friends.Get(rows.friend.Edge)
		block, _ = d.Blocks.Get(rows.block.Edge)
		return nil
	}})
	if diff := cmp.Diff([]any{rows.friend, rows.block}, []any{friend, block}); diff != "" {
		t.Fatalf("rows found by peer (-want +got):\n%s", diff)
	}
}

func testPages(t *testing.T, rig Rig) {
	const friends = 3*chain.BlockSlots + 10
	s, app := rig.New(t), SmallApp()
	app.Settings.MaxFriends, app.Settings.MaxItems = 10*friends, 10*friends
	ids := numbered(friends)
	importAll(t, s, app, append(ids, "ann")...)
	add := &chain.FriendImport{Owner: "ann"}
	for _, id := range ids {
		add.Items = append(add.Items, chain.FriendImportItem{Peer: id, Source: "Web"})
	}
	must(t, s, app, add)
	checkPages(t, s, app, ids)

	// Holes at the ends, in the middle, and a block that is gone altogether.
	gone := slices.Concat(ids[:3], ids[100:110], ids[chain.BlockSlots:2*chain.BlockSlots], ids[friends-2:])
	must(t, s, app, &chain.FriendDelete{Owner: "ann", Peers: gone})
	left := slices.DeleteFunc(slices.Clone(ids), func(id chain.UserID) bool { return slices.Contains(gone, id) })
	s = rig.Reopen(t, s)
	defer closeStore(t, s)
	checkPages(t, s, app, left)
	noFindings(t, s, app)
}

func numbered(n int) []chain.UserID {
	ids := make([]chain.UserID, n)
	for i := range ids {
		ids[i] = chain.UserID(fmt.Sprintf("u%04d", i))
	}
	return ids
}

// checkPages reads from every start, with pages of several sizes.
func checkPages(t TB, s store.Store, app *chain.App, want []chain.UserID) {
	t.Helper()
	for _, size := range []int{1, 7, 100, 1000} {
		app.Settings.FriendPage = size
		for start := 0; start < len(want)+2; start += 1 + len(want)/50 {
			page := must(t, s, app, &chain.FriendGet{Owner: "ann", Start: int64(start)})
			var got []chain.UserID
			for _, f := range page.Friends {
				got = append(got, f.Peer)
			}
			from, to := min(start, len(want)), min(start+size, len(want))
			if !slices.Equal(got, want[from:to]) {
				t.Fatalf("page of %d from %d: got %v, want %v", size, start, got, want[from:to])
			}
			next := to
			if to == len(want) {
				next = 0
			}
			if page.Next != next || page.Total != len(want) {
				t.Fatalf("page of %d from %d: next %d of %d, want %d of %d", size, start, page.Next, page.Total, next, len(want))
			}
		}
	}
}

func testMembers(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	importAll(t, s, app, "ann", "bob", "cem", "dan")
	must(t, s, app, &chain.FriendImport{Owner: "ann", Items: []chain.FriendImportItem{
		{Peer: "dan", Source: "Web", Lists: []string{"Work", "Home"}},
		{Peer: "bob", Source: "Web", Lists: []string{"Home"}},
	}})
	r, err := ReadRecord(t.Context(), s, app.ID, "ann")
	if err != nil {
		t.Fatal(err)
	}
	want := map[chain.ListID][]chain.UserID{1: {"dan"}, 2: {"dan", "bob"}} // in the order of becoming friends
	if diff := cmp.Diff(want, r.Members); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
	noFindings(t, s, app)
}

// testRefused shows that an error of the command writes nothing.
func testRefused(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	refusal := errors.New("no")
	_, err := store.Do(t.Context(), s, app, now, &rowsCommand{
		func(_ *chain.Draft, w *chain.Want) { w.Users.Add("ann"); w.Writes.Add("ann") },
		func(d *chain.Draft) error { d.Users.Put("ann", chain.User{ID: "ann"}); return refusal },
	})
	if !errors.Is(err, refusal) {
		t.Errorf("got %v, want the command's error", err)
	}
	if all, err := Dump(t.Context(), s, app.ID); len(all) > 0 || err != nil {
		t.Errorf("a refused command left %v (%v)", all, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Do(ctx, s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled call got %v", err)
	}
}

// testBroken shows that a command which breaks its own declaration is stopped
// and writes nothing.
func testBroken(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	defer closeStore(t, s)
	for name, cmd := range map[string]*rowsCommand{
		"undeclared row": {
			func(_ *chain.Draft, w *chain.Want) { w.Users.Add("ann"); w.Writes.Add("ann") },
			func(d *chain.Draft) error {
				d.Users.Put("ann", chain.User{ID: "ann"})
				d.Users.Has("bob")
				return nil
			},
		},
		"user not held": {
			func(_ *chain.Draft, w *chain.Want) { w.Users.Add("ann", "bob"); w.Writes.Add("ann") },
			func(d *chain.Draft) error { d.Users.Put("bob", chain.User{ID: "bob"}); return nil },
		},
		"endless reads": {
			func(d *chain.Draft, w *chain.Want) {
				w.Writes.Add("ann")
				for i := 0; ; i++ {
					id := chain.UserID(fmt.Sprint("u", i))
					w.Users.Add(id)
					if _, known := d.Users.Peek(id); !known {
						return
					}
				}
			},
			func(*chain.Draft) error { return nil },
		},
	} {
		_, err := store.Do(t.Context(), s, app, now, cmd)
		if _, broken := errors.AsType[*store.BrokenCommand](err); !broken {
			t.Errorf("%s: got %v, want a broken command", name, err)
		}
	}
	if all, err := Dump(t.Context(), s, app.ID); len(all) > 0 || err != nil {
		t.Errorf("broken commands left %v (%v)", all, err)
	}
}

func testClosed(t *testing.T, rig Rig) {
	s, app := rig.New(t), SmallApp()
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("ping: %v", err)
	}
	closeStore(t, s)
	_, read := store.Do(t.Context(), s, app, now, &chain.AccountCheck{IDs: []chain.UserID{"ann"}})
	_, write := store.Do(t.Context(), s, app, now, &chain.AccountImport{Accounts: []chain.Account{{ID: "ann"}}})
	_, users := s.Users(t.Context(), app.ID, "", 1)
	_, apps := s.Apps(t.Context())
	for name, err := range map[string]error{"read": read, "write": write, "users": users, "apps": apps, "ping": s.Ping(t.Context())} {
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("%s on a closed store: %v, want ErrClosed", name, err)
		}
	}
}
