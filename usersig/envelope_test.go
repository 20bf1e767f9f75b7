package usersig

import (
	"strings"
	"testing"
)

// TestInflaterStaysSmall sends a bomb and looks at the memory that is kept for
// the next UserSig.
func TestInflaterStaysSmall(t *testing.T) {
	sig, err := pack([]byte(strings.Repeat(" ", 1<<20)))
	if err != nil {
		t.Fatal(err)
	}
	bomb, err := base64Text.DecodeString(sig)
	if err != nil {
		t.Fatal(err)
	}
	in := new(inflater)
	for range 3 {
		if document, err := in.inflate(bomb); err == nil {
			t.Fatalf("inflate of a bomb = %d bytes, want an error", len(document))
		}
	}
	if got, most := in.output.Cap(), 4*maxDocument; got > most {
		t.Errorf("the inflater keeps %d bytes, want at most %d", got, most)
	}
}
