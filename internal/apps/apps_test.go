package apps_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

const id chain.AppID = 1400000000

func open(t *testing.T) (*apps.Directory, store.Store) {
	t.Helper()
	s := storetest.NewModel()
	d, err := apps.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return d, s
}

func create(t *testing.T, d *apps.Directory) {
	t.Helper()
	got, err := d.Create(t.Context(), apps.Spec{Settings: chain.DefaultSettings()})
	if err != nil || got != id {
		t.Fatalf("Create = %d, %v; want %d", got, err, id)
	}
}

func TestCreate(t *testing.T) {
	d, _ := open(t)
	create(t, d)
	a, _ := d.Get(id)
	if a.Name != "app-1400000000" || len(a.Secrets) != 1 || len(a.Secrets[0]) != 64 || !a.Enabled || len(a.Admins) != 1 || a.Admins[0] != apps.DefaultAdmin {
		t.Errorf("made %+v", a)
	}
	if _, err := d.Create(t.Context(), apps.Spec{ID: id, Settings: chain.DefaultSettings()}); !errors.Is(err, apps.ErrAppExists) {
		t.Errorf("made twice: %v", err)
	}
	if next, err := d.Create(t.Context(), apps.Spec{Settings: chain.DefaultSettings()}); err != nil || next != id+1 {
		t.Errorf("the next app is %d, %v", next, err)
	}
	if _, err := d.Create(t.Context(), apps.Spec{ID: 1<<32 - 1, Settings: chain.DefaultSettings()}); err != nil {
		t.Error(err)
	}
	_, err := d.Create(t.Context(), apps.Spec{Settings: chain.DefaultSettings()})
	wantBad(t, "no ID left", err, "sdkappid")
}

func wantBad(t *testing.T, what string, err error, key string) {
	t.Helper()
	if bad, ok := errors.AsType[*apps.BadValue](err); !ok || bad.Key != key {
		t.Errorf("%s: %v, want a bad %s", what, err, key)
	}
}

func TestUpdateRefuses(t *testing.T) {
	d, s := open(t)
	create(t, d)
	long := strings.Repeat("x", 300)
	for _, test := range []struct {
		what, key string
		change    func(*store.App)
	}{
		{"no friends", "settings.max_friends", func(a *store.App) { a.Settings.MaxFriends = 0 }},
		{"too many friends", "settings.max_friends", func(a *store.App) { a.Settings.MaxFriends = 1 << 30 }},
		{"no lists", "settings.max_lists", func(a *store.App) { a.Settings.MaxLists = -1 }},
		{"no requests", "settings.max_received", func(a *store.App) { a.Settings.MaxReceived = 0 }},
		{"no blocks", "settings.max_blocks", func(a *store.App) { a.Settings.MaxBlocks = 0 }},
		{"no items", "settings.max_items", func(a *store.App) { a.Settings.MaxItems = 0 }},
		{"no page", "settings.friend_page", func(a *store.App) { a.Settings.FriendPage = 0 }},
		{"a long page", "settings.friend_page", func(a *store.App) { a.Settings.FriendPage = 10001 }},
		{"a negative rate", "settings.rate_limit", func(a *store.App) { a.Settings.RateLimit = -1 }},
		{"a negative rate of the app", "settings.app_rate_limit", func(a *store.App) { a.Settings.AppRate = -1 }},
		{"no default", "settings.default_allow_type", func(a *store.App) { a.Settings.DefaultAllow = chain.AllowUnset }},
		{"a default that is none", "settings.default_allow_type", func(a *store.App) { a.Settings.DefaultAllow = 9 }},
		{"a digit", "settings.friend_fields", func(a *store.App) { a.Settings.FriendFields = []string{"A1"} }},
		{"an old form for friends", "settings.friend_fields", func(a *store.App) { a.Settings.FriendFields = []string{"1_A"} }},
		{"a long keyword", "settings.profile_fields", func(a *store.App) { a.Settings.ProfileFields = []string{"Ninechars"} }},
		{"no number before the keyword", "settings.profile_fields", func(a *store.App) { a.Settings.ProfileFields = []string{"_A"} }},
		{"a keyword twice", "settings.profile_fields", func(a *store.App) { a.Settings.ProfileFields = []string{"A", "A"} }},
		{"many keywords", "settings.friend_fields", func(a *store.App) { a.Settings.FriendFields = make([]string, 1001) }},
		{"no name", "name", func(a *store.App) { a.Name = "" }},
		{"a long name", "name", func(a *store.App) { a.Name = long }},
		{"a name of lines", "name", func(a *store.App) { a.Name = "a\nb" }},
		{"no administrators", "admins", func(a *store.App) { a.Admins = nil }},
		{"no name of an administrator", "admins", func(a *store.App) { a.Admins = []chain.UserID{""} }},
		{"an administrator twice", "admins", func(a *store.App) { a.Admins = []chain.UserID{"a", "a"} }},
		{"no secret", "secret", func(a *store.App) { a.Secrets = nil }},
		{"a long secret", "secret", func(a *store.App) { a.Secrets = []string{long} }},
		{"three secrets", "secret", func(a *store.App) { a.Secrets = []string{"a", "b", "c"} }},
	} {
		wantBad(t, test.what, d.Update(t.Context(), id, func(a *store.App) error { test.change(a); return nil }), test.key)
	}
	kept, _ := d.Get(id)
	stored, err := s.Apps(t.Context())
	if err != nil || stored[0].Settings.MaxFriends != 3000 || kept.Settings.MaxFriends != 3000 || kept.Name != "app-1400000000" {
		t.Errorf("after refusals: %+v, stored %+v (%v)", kept, stored, err)
	}
}

func TestUpdate(t *testing.T) {
	d, s := open(t)
	create(t, d)
	err := d.Update(t.Context(), id, func(a *store.App) error {
		a.Name, a.Settings.MaxFriends = "shop", 7
		a.Settings.FriendFields, a.Settings.ProfileFields = []string{}, []string{"Level", "888888_Test"}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	again, err := apps.Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*apps.Directory{d, again} {
		if a, _ := d.Get(id); a.Name != "shop" || a.Settings.MaxFriends != 7 {
			t.Errorf("changed to %+v", a)
		}
	}
	if err := d.Update(t.Context(), 5, func(*store.App) error { return nil }); !errors.Is(err, apps.ErrNoApp) {
		t.Errorf("an app that is not there: %v", err)
	}
	other := errors.New("other")
	if err := d.Update(t.Context(), id, func(*store.App) error { return other }); !errors.Is(err, other) {
		t.Errorf("the error of the change: %v", err)
	}
}

func TestSecrets(t *testing.T) {
	d, _ := open(t)
	create(t, d)
	var seen []string
	now := func() []string { a, _ := d.Get(id); return a.Secrets }
	seen = append(seen, now()[0])
	for range 2 {
		if err := d.RotateSecret(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		got := now()
		if len(got) != 2 || len(got[0]) != 64 || got[0] == got[1] || got[1] != seen[len(seen)-1] {
			t.Fatalf("after %q: %q", seen, got)
		}
		seen = append(seen, got[0])
	}
	for range 2 {
		if err := d.DropOldSecret(t.Context(), id); err != nil || len(now()) != 1 || now()[0] != seen[2] {
			t.Errorf("left %q of %q (%v)", now(), seen, err)
		}
	}
}

// TestDelete: an app goes when its calls have ended, and not before.
func TestDelete(t *testing.T) {
	d, s := open(t)
	d.Patience = 20 * time.Millisecond
	create(t, d)
	if err := d.Delete(t.Context(), id, "another"); !errors.Is(err, apps.ErrOtherName) {
		t.Errorf("another name: %v", err)
	}
	a, use, ok := d.Begin(id)
	if !ok || !a.Enabled {
		t.Fatalf("after a refused deletion: %+v %v", a, ok)
	}
	if err := d.Delete(t.Context(), id, a.Name); !errors.Is(err, apps.ErrBusy) {
		t.Errorf("during a call: %v", err)
	}
	if left, ok := d.Get(id); !ok || left.Enabled {
		t.Errorf("after a deletion that had to wait: %+v %v", left, ok)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Delete(stopped, id, a.Name); err == nil {
		t.Error("deleted during a call, for somebody who went away")
	}
	d.Patience = time.Minute
	time.AfterFunc(20*time.Millisecond, use.End)
	if err := d.Delete(t.Context(), id, a.Name); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := d.Begin(id); ok {
		t.Error("a call of a deleted app begins")
	}
	if left, err := s.Apps(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("left in the store: %v (%v)", left, err)
	}
	if err := d.Delete(t.Context(), id, a.Name); !errors.Is(err, apps.ErrNoApp) {
		t.Errorf("deleted twice: %v", err)
	}
	create(t, d)
}
