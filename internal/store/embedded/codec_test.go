package embedded

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"

	"kith/internal/chain"
	"kith/internal/store"
)

var edge = chain.Edge{Owner: "ann", Peer: "bob"}

// rowKinds decodes and encodes again a row of each kind.
var rowKinds = map[string]func([]byte) ([]byte, error){
	"user": func(b []byte) ([]byte, error) {
		r, err := decodeUser(b, "ann")
		return encodeUser(nil, &r), err
	},
	"profile": func(b []byte) ([]byte, error) {
		r, err := decodeProfile(b, "ann")
		return encodeProfile(nil, &r), err
	},
	"lists": func(b []byte) ([]byte, error) {
		r, err := decodeLists(b, "ann")
		return encodeLists(nil, &r), err
	},
	"friend": func(b []byte) ([]byte, error) {
		r, err := decodeFriend(b, "ann", 7)
		return encodeFriend(nil, &r), err
	},
	"block": func(b []byte) ([]byte, error) {
		r, err := decodeBlock(b, "ann", 7)
		return encodeBlock(nil, &r), err
	},
	"request": func(b []byte) ([]byte, error) {
		r, err := decodeRequest(b, edge)
		return encodeRequest(nil, &r), err
	},
	"event": func(b []byte) ([]byte, error) {
		e, err := decodeEvent(b)
		return encodeEvent(nil, &e), err
	},
	"delivery": func(b []byte) ([]byte, error) {
		var d store.Delivery
		err := decodeDelivery(b, &d)
		return encodeDelivery(nil, &d), err
	},
}

func sampleRows() map[string][]byte {
	return map[string][]byte{
		"user": encodeUser(nil, &chain.User{Created: 1700000000, Allow: chain.AllowNone, Sent: 3, Seq: [5]uint32{1, 2, 3, 4, 5},
			Friends: chain.Order{First: 1, Next: 400, Count: 2, Blocks: []chain.OrderBlock{{Index: 0, Count: 1}, {Index: 3, Count: 1}}}}),
		"profile": encodeProfile(nil, &chain.Profile{Standard: []chain.ProfileValue{{Field: chain.Nick, Value: chain.Value{Text: "n"}}},
			Custom: []chain.Field{{Name: "Test", Value: chain.Value{Text: "1", Integer: true}}}}),
		"lists":   encodeLists(nil, &chain.Lists{Next: 2, Items: []chain.List{{ID: 1, Name: "Work", Members: 3}}}),
		"friend":  encodeFriend(nil, &chain.Friend{Edge: edge, Remark: "r", AddTime: 1700000000, Lists: []chain.ListID{1, 300}, Custom: []chain.Field{{Name: "Test"}}}),
		"block":   encodeBlock(nil, &chain.Block{Edge: edge, Time: 5}),
		"request": encodeRequest(nil, &chain.Request{Edge: edge, Time: 5, Wording: "w", Source: "Web", Remark: "r", List: "l"}),
		"event": encodeEvent(nil, &chain.Event{ID: chain.EventID{7}, Kind: chain.FriendAdded, Owner: "ann", Time: 5, Deliver: true, Pairs: []chain.Pair{{Edge: edge, Initiator: "ann"}},
			Items: []chain.ProfileItem{{Custom: "Test", Value: chain.Value{Text: "1", Integer: true}}}, Alarm: chain.Alarm{Command: "sns/friend_add", Rate: 2, Limit: 1}}),
		"delivery": encodeDelivery(nil, &store.Delivery{Since: 1, Attempts: 2, Next: 3, Last: 4, Took: 5000, Status: 500, Problem: "no"}),
	}
}

// A row that a newer program wrote with fields of its own is read without
// them, as long as its version is known.
func TestUnknownFieldsArePassedOver(t *testing.T) {
	for kind, row := range sampleRows() {
		newer := protowire.AppendString(protowire.AppendTag(row, 99, protowire.BytesType), "from the future")
		newer = protowire.AppendVarint(protowire.AppendTag(newer, 100, protowire.VarintType), 1)
		newer = protowire.AppendFixed64(protowire.AppendTag(newer, 101, protowire.Fixed64Type), 1)
		got, err := rowKinds[kind](newer)
		if diff := cmp.Diff(row, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-written +read):\n%s", kind, err, diff)
		}
	}
}

func TestNewerRowVersionIsRefused(t *testing.T) {
	for kind, row := range sampleRows() {
		row[0] = rowVersion + 1
		if _, err := rowKinds[kind](row); err == nil || !strings.Contains(err.Error(), "run a newer one") {
			t.Errorf("%s: got %v", kind, err)
		}
	}
}

// A row that was cut or damaged is an error or another row, never a panic.
func TestDamagedRows(t *testing.T) {
	for kind, row := range sampleRows() {
		for n := range row {
			if _, err := rowKinds[kind](row[:n]); n == 0 && !errors.Is(err, errCorrupt) {
				t.Errorf("%s: an empty row gave %v", kind, err)
			}
		}
		for i := range row {
			for bit := range 8 {
				damaged := append([]byte(nil), row...)
				damaged[i] ^= 1 << bit
				_, _ = rowKinds[kind](damaged) // whether it is noticed depends on the bit
			}
		}
	}
}

func FuzzRows(f *testing.F) {
	for _, row := range sampleRows() {
		f.Add(row)
	}
	f.Fuzz(func(t *testing.T, row []byte) {
		for kind, again := range rowKinds {
			first, err := again(row)
			if err != nil {
				continue
			}
			second, err := again(first)
			if err != nil {
				t.Fatalf("%s: what was written cannot be read: %v", kind, err)
			}
			if diff := cmp.Diff(first, second); diff != "" {
				t.Fatalf("%s: reading and writing again changes the row:\n%s", kind, diff)
			}
		}
	})
}

// Keys of one user stand together, apart from those of users whose names begin
// alike, and slots sort by number.
func TestKeysSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[!-~]{1,8}`)
		a, b := keyBuf{app: 1}, keyBuf{app: 1}
		one, other := chain.UserID(name.Draw(t, "one")), chain.UserID(name.Draw(t, "other"))
		prefix := string(a.all(one))
		key := string(b.edge(chain.Edge{Owner: other, Peer: "x"}, kindSent))
		if strings.HasPrefix(key, prefix) != (one == other) {
			t.Fatalf("key %q of %s and prefix %q of %s", key, other, prefix, one)
		}
		x, y := rapid.Uint32().Draw(t, "x"), rapid.Uint32().Draw(t, "y")
		if sx, sy := string(a.slot(one, kindFriend, x)), string(b.slot(one, kindFriend, y)); (sx < sy) != (x < y) {
			t.Fatalf("slots %d and %d sort as %q and %q", x, y, sx, sy)
		}
	})
}

func TestAfter(t *testing.T) {
	for in, want := range map[string]string{"a": "b", "a\xff": "b", "a\x00": "a\x01", "\xff\xff": ""} {
		if got := string(after([]byte(in))); got != want {
			t.Errorf("after %q: got %q, want %q", in, got, want)
		}
	}
}
