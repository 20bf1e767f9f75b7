package storetest

import (
	"context"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
)

// A Step is a command that can be carried out on any number of stores.
type Step struct {
	Name string // with its arguments
	Do   func(ctx context.Context, s store.Store, app *chain.App, now time.Time) (answer any, err error)
}

// newStep makes a step of a command, which is built anew for each store.
func newStep[A any](build func() chain.Command[A]) Step {
	return Step{
		Name: fmt.Sprintf("%T%+v", build(), build()),
		Do: func(ctx context.Context, s store.Store, app *chain.App, now time.Time) (any, error) {
			return store.Do(ctx, s, app, now, build())
		},
	}
}

// SmallApp has limits that a handful of users reaches at once.
func SmallApp() *chain.App {
	s := chain.DefaultSettings()
	s.MaxFriends, s.MaxLists, s.MaxReceived, s.MaxBlocks, s.FriendPage = 3, 2, 2, 2, 2
	return &chain.App{
		ID: 1400000000, Admins: []chain.UserID{"administrator"}, Settings: s,
		Deliver: chain.Kinds(0).With(chain.FriendAdded).With(chain.Blocked),
	}
}

// people are the users of random commands; some are never imported, and one
// cannot be.
var people = []chain.UserID{"ann", "bob", "cem", "dan", "eve", "administrator", "nobody", ""}

func drawUser(t *rapid.T) chain.UserID { return rapid.SampledFrom(people).Draw(t, "user") }

func drawUsers(t *rapid.T) []chain.UserID {
	return rapid.SliceOfN(rapid.SampledFrom(people), 1, 4).Draw(t, "users")
}

func drawWord(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "Web", "App", "toolongword"}).Draw(t, "word")
}

func drawLists(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{"Work", "Home", "Sport"}), 0, 3).Draw(t, "lists")
}

func drawFields(t *rapid.T) []chain.Field {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chain.Field {
		return chain.Field{
			Name:  rapid.SampledFrom([]string{"Age", "Note"}).Draw(t, "field"),
			Value: rapid.SampledFrom([]chain.Value{{Text: "x"}, {Text: ""}, {Text: "7", Integer: true}}).Draw(t, "value"),
		}
	}), 0, 2).Draw(t, "fields")
}

// DrawStep draws any command about a few people.
func DrawStep(t *rapid.T) Step {
	return rapid.SampledFrom(draws).Draw(t, "command")(t)
}

// draws has the commands that make friends several times, so that random runs
// have much to undo.
var draws = []func(*rapid.T) Step{
	drawImport, drawImport, drawFriendAdd, drawFriendAdd, drawFriendAdd, drawFriendImport, drawFriendImport, drawFriendUpdate,
	drawFriendDelete, drawFriendDeleteAll, drawRead, drawRead, drawBlackListAdd, drawBlackListDelete, drawPortraitSet, drawAccountDelete,
	drawListAdd, drawListChange, drawFriendResponse, drawFriendResponse, drawPendency, drawKick,
}

func drawImport(t *rapid.T) Step {
	ids, nick := drawUsers(t), drawWord(t)
	return newStep(func() chain.Command[[]chain.ItemResult] {
		c := &chain.AccountImport{}
		for _, id := range ids {
			c.Accounts = append(c.Accounts, chain.Account{ID: id, Nick: nick})
		}
		return c
	})
}

func drawFriendAdd(t *rapid.T) Step {
	owner, both, force := drawUser(t), rapid.Bool().Draw(t, "both"), rapid.Bool().Draw(t, "force")
	var items []chain.FriendAddItem
	for _, id := range drawUsers(t) {
		it := chain.FriendAddItem{Peer: id, Remark: drawWord(t), Source: drawWord(t), Wording: drawWord(t)}
		if lists := drawLists(t); len(lists) > 0 {
			it.List = lists[0]
		}
		items = append(items, it)
	}
	return newStep(func() chain.Command[[]chain.ItemResult] {
		return &chain.FriendAdd{Owner: owner, Items: append([]chain.FriendAddItem(nil), items...), Both: both, Force: force}
	})
}

// importSource begins the source of every friend that is imported.
const importSource = "Old"

func drawFriendImport(t *rapid.T) Step {
	owner := drawUser(t)
	var items []chain.FriendImportItem
	for _, id := range drawUsers(t) {
		items = append(items, chain.FriendImportItem{
			Peer: id, Remark: drawWord(t), Source: importSource + drawWord(t), Wording: drawWord(t), Lists: drawLists(t), Custom: drawFields(t),
			AddTime: rapid.SampledFrom([]int64{0, 1400000000, -1}).Draw(t, "time"),
		})
	}
	return newStep(func() chain.Command[[]chain.ItemResult] {
		return &chain.FriendImport{Owner: owner, Items: append([]chain.FriendImportItem(nil), items...)}
	})
}

func drawFriendUpdate(t *rapid.T) Step {
	owner := drawUser(t)
	var items []chain.FriendUpdateItem
	for _, id := range drawUsers(t) {
		it := chain.FriendUpdateItem{Peer: id, SetLists: rapid.Bool().Draw(t, "set lists"), Custom: drawFields(t)}
		if it.SetLists {
			it.Lists = drawLists(t)
		}
		if remark := drawWord(t); rapid.Bool().Draw(t, "set remark") {
			it.Remark = &remark
		}
		items = append(items, it)
	}
	return newStep(func() chain.Command[[]chain.ItemResult] {
		return &chain.FriendUpdate{Owner: owner, Items: append([]chain.FriendUpdateItem(nil), items...)}
	})
}

func drawFriendDelete(t *rapid.T) Step {
	owner, peers, both := drawUser(t), drawUsers(t), rapid.Bool().Draw(t, "both")
	return newStep(func() chain.Command[[]chain.ItemResult] {
		return &chain.FriendDelete{Owner: owner, Peers: peers, Both: both}
	})
}

func drawFriendDeleteAll(t *rapid.T) Step {
	owner, both := drawUser(t), rapid.Bool().Draw(t, "both")
	return newStep(func() chain.Command[int] { return &chain.FriendDeleteAll{Owner: owner, Both: both} })
}

func drawBlackListAdd(t *rapid.T) Step {
	owner, peers := drawUser(t), drawUsers(t)
	return newStep(func() chain.Command[[]chain.ItemResult] { return &chain.BlackListAdd{Owner: owner, Peers: peers} })
}

func drawPortraitSet(t *rapid.T) Step {
	owner := drawUser(t)
	it := rapid.SampledFrom([]chain.ProfileItem{
		{Field: chain.Nick, Value: chain.Value{Text: "Nick"}},
		{Field: chain.AllowType, Value: chain.Value{Text: "1", Integer: true}},
		{Field: chain.AllowType, Value: chain.Value{Text: "2", Integer: true}},
		{Field: chain.AllowType, Value: chain.Value{Text: "3", Integer: true}},
		{Field: chain.AdminForbid, Value: chain.Value{Text: "2", Integer: true}},
		{Field: chain.AdminForbid, Value: chain.Value{Text: "1", Integer: true}},
		{Field: chain.Level, Value: chain.Value{Text: "9", Integer: true}},
		{Custom: "Hobby", Value: chain.Value{Text: "chess"}},
	}).Draw(t, "item")
	return newStep(func() chain.Command[struct{}] {
		return &chain.PortraitSet{Owner: owner, Items: []chain.ProfileItem{it}}
	})
}

func drawAccountDelete(t *rapid.T) Step {
	ids, rows := drawUsers(t)[:1], rapid.IntRange(0, 2).Draw(t, "rows a step")
	return newStep(func() chain.Command[[]chain.ItemResult] { return &chain.AccountDelete{IDs: ids, Step: rows} })
}

func drawBlackListDelete(t *rapid.T) Step {
	owner, peers := drawUser(t), drawUsers(t)
	return newStep(func() chain.Command[[]chain.ItemResult] { return &chain.BlackListDelete{Owner: owner, Peers: peers} })
}

func drawListAdd(t *rapid.T) Step {
	owner, names, peers := drawUser(t), drawLists(t), drawUsers(t)
	return newStep(func() chain.Command[chain.ListChange] {
		return &chain.ListAdd{Owner: owner, Names: names, Peers: peers}
	})
}

func drawListChange(t *rapid.T) Step {
	owner, names := drawUser(t), drawLists(t)
	if rapid.Bool().Draw(t, "delete") || len(names) < 2 {
		return newStep(func() chain.Command[uint32] { return &chain.ListDelete{Owner: owner, Names: names} })
	}
	var items []chain.ListUpdateItem
	for _, id := range drawUsers(t) {
		items = append(items, chain.ListUpdateItem{Peer: id, Join: rapid.Bool().Draw(t, "join")})
	}
	return newStep(func() chain.Command[chain.ListChange] {
		return &chain.ListUpdate{Owner: owner, Old: names[0], New: names[1], Items: items}
	})
}

func drawFriendResponse(t *rapid.T) Step {
	owner := drawUser(t)
	var items []chain.FriendResponseItem
	for _, id := range drawUsers(t) {
		action := rapid.SampledFrom([]chain.Action{chain.Agree, chain.AgreeAndAdd, chain.Reject}).Draw(t, "action")
		it := chain.FriendResponseItem{Peer: id, Action: action, Remark: drawWord(t)}
		if lists := drawLists(t); len(lists) > 0 {
			it.List = lists[0]
		}
		items = append(items, it)
	}
	return newStep(func() chain.Command[[]chain.ItemResult] {
		return &chain.FriendResponse{Owner: owner, Items: append([]chain.FriendResponseItem(nil), items...)}
	})
}

func drawPendency(t *rapid.T) Step {
	owner, peers := drawUser(t), drawUsers(t)
	seen := now.Unix() + rapid.Int64Range(-1, 20).Draw(t, "seen")
	return rapid.SampledFrom([]Step{
		newStep(func() chain.Command[[]chain.ItemResult] {
			return &chain.PendencyDelete{Owner: owner, Peers: peers, Sent: seen%2 == 0}
		}),
		newStep(func() chain.Command[struct{}] { return &chain.PendencyReport{Owner: owner, Seen: seen} }),
		newStep(func() chain.Command[chain.PendencyPage] {
			return &chain.PendencyGet{Owner: owner, Sent: true, Received: true, Start: seen, Limit: 2}
		}),
	}).Draw(t, "pendency")
}

func drawKick(t *rapid.T) Step {
	id := drawUser(t)
	return newStep(func() chain.Command[struct{}] { return &chain.Kick{ID: id} })
}

func drawRead(t *rapid.T) Step {
	owner, peers := drawUser(t), drawUsers(t)
	start := rapid.Int64Range(-1, 4).Draw(t, "start")
	return rapid.SampledFrom([]Step{
		newStep(func() chain.Command[[]chain.Relation] {
			return &chain.FriendCheck{Owner: owner, Peers: peers, Both: start%2 == 0}
		}),
		newStep(func() chain.Command[chain.FriendPage] {
			return &chain.FriendGet{Owner: owner, Start: start, Standard: start}
		}),
		newStep(func() chain.Command[chain.FriendDetails] {
			return &chain.FriendGetList{Owner: owner, Peers: peers, Profiles: true}
		}),
		newStep(func() chain.Command[[]chain.Portrait] { return &chain.PortraitGet{IDs: peers} }),
		newStep(func() chain.Command[chain.BlockPage] {
			return &chain.BlackListGet{Owner: owner, Start: start, Limit: 2}
		}),
		newStep(func() chain.Command[[]chain.Relation] {
			return &chain.BlackListCheck{Owner: owner, Peers: peers, Both: start%2 == 0}
		}),
		newStep(func() chain.Command[chain.ListDetails] { return &chain.ListGet{Owner: owner, Members: start%2 == 0} }),
		newStep(func() chain.Command[[]bool] { return &chain.AccountCheck{IDs: peers} }),
	}).Draw(t, "question")
}
