package apps

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/chain"
	"kith/internal/store"
)

// A BadValue says what of an app cannot be as it is given.
type BadValue struct {
	Key    string // what administrators call it: "admins", "settings.max_friends"
	Reason string // what it must be
}

// Error implements error.
func (e *BadValue) Error() string { return e.Key + ": " + e.Reason }

// Bounds of what an app may be told.
const (
	maxName       = 64  // characters
	maxSecret     = 256 // bytes
	maxFields     = 1000
	maxKeyword    = 8 // letters of a custom field (F 3)
	maxRate       = 1_000_000
	maxFriendPage = 10_000
	maxEventDays  = 3650
)

// check tells what is wrong with an app that an administrator made or changed.
func check(id chain.AppID, a *store.App) error {
	if err := checkIdentity(id, a); err != nil {
		return err
	}
	if n := utf8.RuneCountInString(a.Name); n == 0 || n > maxName || strings.ContainsFunc(a.Name, unprintable) || strings.TrimSpace(a.Name) != a.Name {
		return &BadValue{"name", fmt.Sprintf("must have 1 to %d printable characters, without a space at an end", maxName)}
	}
	if len(a.Secrets) == 0 || len(a.Secrets) > MaxSecrets {
		return &BadValue{"secret", fmt.Sprintf("an app has 1 to %d of them", MaxSecrets)}
	}
	for _, secret := range a.Secrets {
		if secret == "" || len(secret) > maxSecret || strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return &BadValue{"secret", fmt.Sprintf("must have 1 to %d printable ASCII characters without spaces", maxSecret)}
		}
	}
	if err := checkWebhook(&a.Webhook); err != nil {
		return err
	}
	return checkSettings(&a.Settings)
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// checkIdentity tells what is wrong with who an app is.
func checkIdentity(id chain.AppID, a *store.App) error {
	if id == 0 {
		return &BadValue{"sdkappid", "must be a number from 1 to 4294967295"}
	}
	if len(a.Admins) == 0 || len(a.Admins) > MaxAdmins {
		return &BadValue{"admins", fmt.Sprintf("app %d has %d administrators; 1 to %d are allowed", id, len(a.Admins), MaxAdmins)}
	}
	for i, admin := range a.Admins {
		if !admin.Valid() {
			return &BadValue{"admins", fmt.Sprintf("administrator %q: a UserID has 1 to 32 printable ASCII characters, without a space at an end", admin)}
		}
		if slices.Contains(a.Admins[:i], admin) {
			return &BadValue{"admins", fmt.Sprintf("administrator %q is there twice", admin)}
		}
	}
	return nil
}

// checkSettings tells which setting is out of range.
func checkSettings(s *chain.Settings) error {
	for _, limit := range []struct {
		key              string
		value, low, high int
	}{
		{"max_friends", s.MaxFriends, 1, 1_000_000},
		{"max_lists", s.MaxLists, 1, 1000},
		{"max_received", s.MaxReceived, 1, 100_000},
		{"max_blocks", s.MaxBlocks, 1, 1_000_000},
		{"max_items", s.MaxItems, 1, 10_000},
		{"friend_page", s.FriendPage, 1, maxFriendPage},
		{"rate_limit", s.RateLimit, 0, maxRate},
		{"app_rate_limit", s.AppRate, 0, maxRate},
		{"event_days", s.EventDays, 0, maxEventDays},
	} {
		if limit.value < limit.low || limit.value > limit.high {
			return &BadValue{"settings." + limit.key, fmt.Sprintf("must be a number from %d to %d", limit.low, limit.high)}
		}
	}
	if s.DefaultAllow != chain.AllowAny && s.DefaultAllow != chain.AllowConfirm && s.DefaultAllow != chain.AllowNone {
		return &BadValue{"settings.default_allow_type", "must be one of the three ways to be added"}
	}
	if err := checkFields("settings.friend_fields", s.FriendFields, keyword); err != nil {
		return err
	}
	return checkFields("settings.profile_fields", s.ProfileFields, profileKeyword)
}

// checkFields tells what is wrong with a list of custom fields.
func checkFields(key string, names []string, fits func(string) bool) error {
	if len(names) > maxFields {
		return &BadValue{key, fmt.Sprintf("has %d names; %d are allowed", len(names), maxFields)}
	}
	for i, name := range names {
		if !fits(name) {
			return &BadValue{key, fmt.Sprintf("%q is no keyword: it must have 1 to %d letters", name, maxKeyword)}
		}
		if slices.Contains(names[:i], name) {
			return &BadValue{key, fmt.Sprintf("%q is there twice", name)}
		}
	}
	return nil
}

func keyword(s string) bool {
	return s != "" && len(s) <= maxKeyword && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// profileKeyword takes the older form SDKAppID_keyword as well (T 5.4).
func profileKeyword(s string) bool {
	if app, rest, ok := strings.Cut(s, "_"); ok {
		return app != "" && len(app) <= 10 && strings.Trim(app, "0123456789") == "" && keyword(rest)
	}
	return keyword(s)
}
