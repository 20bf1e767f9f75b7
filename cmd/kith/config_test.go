package main

import (
	"math"
	"runtime/debug"
	"testing"
	"time"
)

func TestByteSize(t *testing.T) {
	for text, want := range map[string]byteSize{
		"1": 1, "100B": 100, "8MiB": 8 << 20, "256KiB": 256 << 10, "2GiB": 2 << 30, "3KB": 3000, "4MB": 4e6, "5GB": 5e9,
	} {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q is %d (%v), want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0", "-1", "MiB", "8 MiB", "8mib", "8iB", "8MiBB", "1.5GiB", "9223372036854775807KiB", "99999999999999999999"} {
		var got byteSize
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for %d, want an error", text, got)
		}
	}
}

func TestDistance(t *testing.T) {
	const now = 1_800_000_000
	for then, want := range map[int64]string{
		math.MinInt64:   "long ago",
		-1:              "long ago",
		0:               "20833 days ago",
		now - 172_800:   "2 days ago",
		now - 7_200:     "2 hours ago",
		now - 1:         "1 seconds ago",
		now:             "in 0 seconds",
		now + 7_199:     "in 7199 seconds",
		now + 86_400:    "in 24 hours",
		now + 2_592_000: "in 30 days",
		math.MaxInt64:   "in the far future",
	} {
		if got := distance(then, now); got != want {
			t.Errorf("distance(%d, %d) = %q, want %q", then, now, got, want)
		}
	}
}

func TestMoment(t *testing.T) {
	for unix, want := range map[int64]string{
		-1:            "-1",
		1767225600:    "2026-01-01 00:00:00 UTC (1767225600)",
		lastMoment:    "9999-12-31 23:59:59 UTC (253402300799)",
		math.MaxInt64: "9223372036854775807",
	} {
		if got := moment(unix); got != want {
			t.Errorf("moment(%d) = %q, want %q", unix, got, want)
		}
	}
	if got := time.Unix(lastMoment, 0).UTC().Year(); got != 9999 {
		t.Errorf("the last moment is in the year %d", got)
	}
}

func TestDescribe(t *testing.T) {
	setting := func(pairs ...string) (all []debug.BuildSetting) {
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, debug.BuildSetting{Key: pairs[i], Value: pairs[i+1]})
		}
		return all
	}
	for _, test := range []struct {
		info debug.BuildInfo
		want string
	}{
		{debug.BuildInfo{}, "(devel)"},
		{debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "v1.2.3"},
		{debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: setting("vcs.revision", "0123abcd", "vcs.time", "2026-01-01T00:00:00Z", "vcs.modified", "false")},
			"(devel) 0123abcd 2026-01-01T00:00:00Z"},
		{debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: setting("vcs.revision", "0123abcd", "vcs.time", "2026-01-01T00:00:00Z", "vcs.modified", "true")},
			"(devel) 0123abcd 2026-01-01T00:00:00Z modified"},
	} {
		if got := describe(&test.info); got != test.want {
			t.Errorf("describe(%+v) = %q, want %q", test.info, got, test.want)
		}
	}
}
