package chain

import (
	"slices"
	"strconv"
	"strings"
)

// Lengths are in bytes of UTF-8 (F 1.1, L 4, T 6.1).
const (
	maxUserID   = 32
	maxRemark   = 96
	maxWording  = 256
	maxListName = 30
	maxKeyword  = 8
	maxText     = 500
	maxFields   = 20 // custom fields of one friend or profile (T 6.4, L 4.3)
	maxTime     = 1<<31 - 1
)

// Valid tells whether id could name an account: 1 to 32 bytes of printable
// ASCII, spaces only inside (T 6.1).
func (id UserID) Valid() bool {
	if len(id) == 0 || len(id) > maxUserID || id[0] == ' ' || id[len(id)-1] == ' ' {
		return false
	}
	for i := range len(id) {
		if id[i] < ' ' || id[i] > '~' {
			return false
		}
	}
	return true
}

// importable tells whether an account may be created under the name. Names
// that begin like the hosted system's own are reserved (T 6.1).
func (id UserID) importable() bool {
	return id.Valid() && !strings.HasPrefix(string(id), "@TLS#") && !strings.HasPrefix(string(id), "@TGS#")
}

// text tells whether s can be stored as a text of at most max bytes. NUL is
// refused because not every database can hold it.
func text(s string, max int) bool {
	return len(s) <= max && strings.IndexByte(s, 0) < 0
}

// checkLists refuses the lists of one friend if a name is malformed, or if
// there are more than a user may have.
func checkLists(s *Settings, names []string) Fault {
	switch {
	case len(names) > s.MaxLists:
		return ListsFull
	case slices.ContainsFunc(names, func(name string) bool { return !validListName(name) }):
		return BadListName
	}
	return OK
}

func validListName(s string) bool { return s != "" && text(s, maxListName) }

// keyword tells whether s is one to eight letters.
func keyword(s string) bool {
	if s == "" || len(s) > maxKeyword {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return (r|0x20) < 'a' || (r|0x20) > 'z' })
}

// friendField tells whether name may follow Tag_SNS_Custom_ (D 13).
func (s *Settings) friendField(name string) bool {
	return keyword(name) && (s.FriendFields == nil || slices.Contains(s.FriendFields, name))
}

// profileField tells whether name may follow Tag_Profile_Custom_ (D 13).
// Besides a keyword there is the older form SDKAppID_keyword (T 5.4).
func (s *Settings) profileField(name string) bool {
	word := name
	if app, rest, ok := strings.Cut(name, "_"); ok {
		if _, err := strconv.ParseUint(app, 10, 32); err != nil {
			return false
		}
		word = rest
	}
	return keyword(word) && (s.ProfileFields == nil || slices.Contains(s.ProfileFields, name))
}

// valid tells whether v can be kept in a custom field.
func (v Value) valid() bool { return v.Integer || text(v.Text, maxText) }

func checkOwner(id UserID) error {
	if !id.Valid() {
		return BadOwner
	}
	return nil
}

// checkBatch refuses a command whose owner is malformed or whose batch is
// empty or too long.
func checkBatch(s *Settings, owner UserID, n int) error {
	if err := checkOwner(owner); err != nil {
		return err
	}
	return s.batch(n)
}

// checkPeers is checkBatch for a batch of peers, of which it then keeps the
// first of equal ones (L Q13).
func checkPeers(s *Settings, owner UserID, peers *[]UserID) error {
	if err := checkBatch(s, owner, len(*peers)); err != nil {
		return err
	}
	*peers = distinct(*peers, itself)
	return nil
}

// distinct keeps the first of the items about one user.
func distinct[T any](items []T, user func(T) UserID) []T {
	seen := make(map[UserID]bool, len(items))
	return slices.DeleteFunc(slices.Clone(items), func(it T) bool {
		id := user(it)
		again := seen[id]
		seen[id] = true
		return again
	})
}

func itself(id UserID) UserID { return id }
