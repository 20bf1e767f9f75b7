package presence

import (
	"testing"
	"time"
)

func TestBoard(t *testing.T) {
	now := time.Unix(1700000000, 0)
	b := NewBoard()
	online := Status{Online: true, Platforms: []Platform{{"Web", true}}}
	b.Report(1, "ann", online, now.Add(time.Minute))
	for _, c := range []struct {
		name string
		got  Status
		want bool
	}{
		{"reported", b.Status(1, "ann", now), true},
		{"at the end", b.Status(1, "ann", now.Add(time.Minute)), false},
		{"another user", b.Status(1, "bob", now), false},
		{"another app", b.Status(2, "ann", now), false},
		{"no board", (*Board)(nil).Status(1, "ann", now), false},
	} {
		if c.got.Online != c.want {
			t.Errorf("%s: online is %v", c.name, c.got.Online)
		}
	}
	b.Report(1, "ann", Status{}, now.Add(time.Hour))
	if b.Status(1, "ann", now).Online {
		t.Error("still online after a report of being offline")
	}
}
