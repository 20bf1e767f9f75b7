package usersig_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kith/usersig"
)

// A vector is a UserSig of section 3.4, made by another program than this one.
type vector struct {
	Name, About, Secret, Identifier string
	AppID                           uint32
	Issued, Expire                  int64
	UserBuf                         string
	Content                         string
	MAC                             string
	Sigs                            map[string]string // by the way it was packed
}

func loadVectors(t testing.TB) map[string]vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatalf("testdata/vectors.json: %v", err)
	}
	vectors := make(map[string]vector)
	for _, v := range list {
		vectors[v.Name] = v
	}
	if len(vectors) != 7 {
		t.Fatalf("testdata/vectors.json has %d vectors, want 7", len(vectors))
	}
	return vectors
}

func TestVectorsAreRead(t *testing.T) {
	for name, v := range loadVectors(t) {
		for packing, sig := range v.Sigs {
			t.Run(name+" "+packing, func(t *testing.T) {
				s := parse(t, sig)
				if s.Identifier != v.Identifier || s.AppID != uint64(v.AppID) || s.Issued != v.Issued || s.Expire != v.Expire {
					t.Errorf("Parse = %v, want identifier %q, SDKAppID %d, time %d, expire %d",
						s, v.Identifier, v.AppID, v.Issued, v.Expire)
				}
				last := time.Unix(v.Issued+v.Expire, 999_999_999)
				if err := s.Verify(v.AppID, v.Identifier, last, v.Secret); err != nil {
					t.Errorf("Verify in the last second = %v, want nil", err)
				}
				err := s.Verify(v.AppID, v.Identifier, last.Add(time.Nanosecond), v.Secret)
				wantCode(t, "Verify a second later", err, usersig.CodeExpired, v.MAC, sig)
			})
		}
	}
}

func TestVectorsAreMade(t *testing.T) {
	for name, v := range loadVectors(t) {
		t.Run(name, func(t *testing.T) {
			if got := mac(v.Content, v.Secret); got != v.MAC {
				t.Fatalf("the vector contradicts itself: HMAC of its content is %s, its mac %s", got, v.MAC)
			}
			sig, err := usersig.NewWithUserBuf(v.AppID, v.Secret, v.Identifier, []byte(v.UserBuf),
				time.Unix(v.Issued, 0), time.Duration(v.Expire)*time.Second)
			if err != nil {
				t.Fatalf("NewWithUserBuf: %v", err)
			}
			for packing, want := range v.Sigs {
				if diff := cmp.Diff(members(t, want), members(t, sig)); diff != "" {
					t.Errorf("members of the new UserSig (+) against %s (-):\n%s", packing, diff)
				}
			}
		})
	}
}

// members returns the JSON object in a UserSig.
func members(t *testing.T, sig string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(unwrap(t, sig)), &m); err != nil {
		t.Fatalf("JSON of %q: %v", sig, err)
	}
	return m
}

// TestVectorsRefused follows the table of negative cases in section 3.4, with
// the clock where the table has it.
func TestVectorsRefused(t *testing.T) {
	vectors := loadVectors(t)
	v1, v5 := vectors["V1"], vectors["V5"]
	now := time.Unix(1700000100, 0)

	_, err := usersig.Parse("")
	wantCode(t, "an empty UserSig", err, usersig.CodeEmpty)

	for packing, sig := range v1.Sigs {
		s := parse(t, sig)
		wantCode(t, packing+" V1 at another application",
			s.Verify(1400000001, v1.Identifier, now, keyA), usersig.CodeWrongAppID, v1.MAC, sig)
		wantCode(t, packing+" V1 as Administrator",
			s.Verify(v1.AppID, "Administrator", now, keyA), usersig.CodeWrongIdentifier, v1.MAC, sig)
		wantCode(t, packing+" V1 with the other key",
			s.Verify(v1.AppID, v1.Identifier, now, keyB), usersig.CodeWrongSecret, v1.MAC, sig)
		if kick := int64(1700000000); s.Issued > kick {
			t.Errorf("%s V1 after a kick at %d: issued %d, want not later than the kick", packing, kick, s.Issued)
		}
	}
	for _, sig := range v5.Sigs {
		wantCode(t, "V5",
			parse(t, sig).Verify(v5.AppID, v5.Identifier, now, keyA), usersig.CodeExpired, v5.MAC, sig)
	}
}

func TestVectorCutAnywhere(t *testing.T) {
	for packing, sig := range loadVectors(t)["V1"].Sigs {
		whole := parse(t, sig)
		for length := 1; length < len(sig); length++ {
			cut := sig[:length]
			s, err := usersig.Parse(cut)
			if length == len(sig)-1 && sig[length] == '_' { // nothing is lost but padding
				if err != nil || s.String() != whole.String() {
					t.Errorf("%s V1 without its padding = %v, %v; want %v", packing, s, err, whole)
				}
				continue
			}
			if s != nil {
				t.Errorf("Parse(%q) = %v, want nil", cut, s)
			}
			wantCode(t, "Parse("+cut+")", err, usersig.CodeUnreadable, cut)
		}
	}
}
