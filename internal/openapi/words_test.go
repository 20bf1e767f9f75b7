package openapi

import (
	"strings"
	"testing"
)

// TestWordsHaveAPlace: a value that no member has any more goes.
func TestWordsHaveAPlace(t *testing.T) {
	all := newDocument().Components.Schemas
	for key := range words {
		typ, member, own := strings.Cut(key, ".")
		found := false
		for name, s := range all {
			if own && name == typ {
				found = found || s.Properties[member] != nil
			}
			if !own {
				found = found || s.Properties[key] != nil
			}
		}
		if !found {
			t.Errorf("no type has the member %s", key)
		}
	}
}
