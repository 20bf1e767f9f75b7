package chain

import (
	"strings"
	"testing"
)

// TestUserID states which names an account may have (T 6.1).
func TestUserID(t *testing.T) {
	for id, want := range map[string]struct{ valid, importable bool }{
		"":                      {false, false},
		"a":                     {true, true},
		"1234567":               {true, true},
		"a b":                   {true, true},
		" a":                    {false, false},
		"a ":                    {false, false},
		"a\x1f":                 {false, false},
		"a\x7f":                 {false, false},
		"a\x00b":                {false, false},
		"张三":                    {false, false},
		strings.Repeat("x", 32): {true, true},
		strings.Repeat("x", 33): {false, false},
		"@TLS#NOT_FOUND":        {true, false},
		"@TGS#group":            {true, false},
		"@RBT#robot":            {true, true},
		"!#$%&'*+-/=?^_`{|}~":   {true, true},
	} {
		if got := UserID(id).Valid(); got != want.valid {
			t.Errorf("%q valid: got %v", id, got)
		}
		if got := UserID(id).importable(); got != want.importable {
			t.Errorf("%q importable: got %v", id, got)
		}
	}
}

// TestKeywords states which names custom fields and sources may have (F 1.1, T
// 5.4).
func TestKeywords(t *testing.T) {
	open, closed := DefaultSettings(), DefaultSettings()
	closed.FriendFields, closed.ProfileFields = []string{"Test"}, []string{"Test", "888888_Test"}
	for name, want := range map[string]struct{ friend, profile, declaredFriend, declaredProfile bool }{
		"Test":          {true, true, true, true},
		"test":          {true, true, false, false},
		"abcdefgh":      {true, true, false, false},
		"abcdefghi":     {},
		"":              {},
		"A1":            {},
		"A_B":           {},
		"é":             {},
		"Te st":         {},
		"888888_Test":   {false, true, false, true},
		"888888_":       {},
		"_Test":         {},
		"8a_Test":       {},
		"99999999999_A": {},
	} {
		got := struct{ friend, profile, declaredFriend, declaredProfile bool }{
			open.friendField(name), open.profileField(name), closed.friendField(name), closed.profileField(name),
		}
		if got != want {
			t.Errorf("%q: got %+v, want %+v", name, got, want)
		}
	}
}

func TestFaultsHaveNames(t *testing.T) {
	seen := map[string]Fault{}
	for f := range Faults {
		name := f.Error()
		if name == "" {
			t.Errorf("fault %d has no name", f)
		}
		if other, dup := seen[name]; dup {
			t.Errorf("faults %d and %d are both called %q", f, other, name)
		}
		seen[name] = f
	}
}
