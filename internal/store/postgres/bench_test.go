package postgres_test

import (
	"testing"
)

// BenchmarkFriendAdd adds 1 and 1,000 friends, both sides.
func BenchmarkFriendAdd(b *testing.B) {
	for _, items := range []int{1, 1000} {
		b.Run(map[int]string{1: "1", 1000: "1000"}[items], func(b *testing.B) {
			s, _, app := newCounted(b)
			app.Settings.MaxFriends = 1 << 30
			peers := importUsers(b, s, app, "peer", items)
			owners := importUsers(b, s, app, "owner", b.N)
			b.ResetTimer()
			for i := range b.N {
				do(b, s, app, friendAdd(owners[i], peers))
			}
		})
	}
}
