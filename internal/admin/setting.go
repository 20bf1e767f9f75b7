package admin

import (
	"encoding/json"
	"fmt"
	"slices"

	"kith/internal/chain"
)

// allows spells how users are added, as the protocol does
// (Tag_Profile_IM_AllowType).
var allows = map[chain.Allow]string{
	chain.AllowAny:     "AllowType_Type_AllowAny",
	chain.AllowConfirm: "AllowType_Type_NeedConfirm",
	chain.AllowNone:    "AllowType_Type_DenyAny",
}

// An allow is a [chain.Allow] in the protocol's words; "" if it is not set.
type allow chain.Allow

// MarshalText implements [encoding.TextMarshaler].
func (a allow) MarshalText() ([]byte, error) { return []byte(allows[chain.Allow(a)]), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (a *allow) UnmarshalText(text []byte) error {
	for value, word := range allows {
		if word == string(text) {
			*a = allow(value)
			return nil
		}
	}
	return fmt.Errorf("%q is not one of %s, %s and %s", text, allows[chain.AllowAny], allows[chain.AllowConfirm], allows[chain.AllowNone])
}

// settings are those of an app as administrators see them.
type settings struct {
	chain.Settings
	DefaultAllow allow `json:"default_allow_type"` // instead of the number
}

func showSettings(s *chain.Settings) settings { return settings{*s, allow(s.DefaultAllow)} }

// changeSettings applies an object with some of the settings.
func changeSettings(s *chain.Settings, text json.RawMessage) error {
	way := allow(s.DefaultAllow)
	s.FriendFields, s.ProfileFields = slices.Clone(s.FriendFields), slices.Clone(s.ProfileFields)
	_, err := decode("settings.", text, map[string]any{
		"max_friends":           &s.MaxFriends,
		"max_lists":             &s.MaxLists,
		"max_received":          &s.MaxReceived,
		"max_blocks":            &s.MaxBlocks,
		"max_items":             &s.MaxItems,
		"friend_page":           &s.FriendPage,
		"rate_limit":            &s.RateLimit,
		"app_rate_limit":        &s.AppRate,
		"event_days":            &s.EventDays,
		"default_allow_type":    &way,
		"strict_lists":          &s.StrictLists,
		"keep_friends_on_block": &s.KeepFriendsOnBlock,
		"client_access":         &s.ClientAccess,
		"friend_fields":         &s.FriendFields,
		"profile_fields":        &s.ProfileFields,
	})
	s.DefaultAllow = chain.Allow(way)
	return err
}
