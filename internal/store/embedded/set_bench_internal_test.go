package embedded

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"kith/internal/chain"
)

// BenchmarkFriendSet looks for friends in the sets of many users, of which few
// are in the processor's cache.
func BenchmarkFriendSet(b *testing.B) {
	for _, friends := range []int{10, 20, 100, 3000} {
		b.Run(fmt.Sprintf("friends=%d", friends), func(b *testing.B) {
			sets := make([]*friendSet, 200_000/friends)
			for i := range sets {
				rows := make([]chain.Friend, friends)
				for k := range rows {
					rows[k] = chain.Friend{Edge: chain.Edge{Owner: "o", Peer: chain.UserID(fmt.Sprintf("u%07d", i*friends+k))}, Slot: uint32(k)}
				}
				sets[i] = setOf(b, rows)
			}
			names := make([]chain.UserID, len(sets)*friends)
			for i := range names {
				names[i] = chain.UserID(fmt.Sprintf("u%07d", i))
			}
			b.ReportAllocs()
			for b.Loop() {
				i := rand.IntN(len(sets))
				at := i*friends + rand.IntN(2*friends) // half of them are friends
				sets[i].find(names[at%len(names)])
			}
		})
	}
}

// BenchmarkFriendPage reads pages of a hundred.
func BenchmarkFriendPage(b *testing.B) {
	s := setOf(b, usualFriends(100))
	b.ReportAllocs()
	for b.Loop() {
		s.page(chain.Page{Limit: 100})
	}
}

// BenchmarkFriendRemoved takes one of 25 friends out of a set.
func BenchmarkFriendRemoved(b *testing.B) {
	rows := usualFriends(25)
	all := setOf(b, rows)
	cell := &friendCell{Key: rows[12].Edge, Had: true}
	b.ReportAllocs()
	for b.Loop() {
		s := *all
		s.apply(cell)
	}
}

// usualFriends are n friends of one user, with the fields that most have.
func usualFriends(n int) []chain.Friend {
	rows := make([]chain.Friend, n)
	for k := range rows {
		rows[k] = chain.Friend{Edge: chain.Edge{Owner: "o", Peer: chain.UserID(fmt.Sprintf("u%07d", k))}, Slot: uint32(k), AddTime: 1700000000, Source: "Test"}
	}
	return rows
}
