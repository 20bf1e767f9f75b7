package embedded

import (
	"bytes"
	"hash/maphash"
	"slices"
	"unsafe"

	"kith/internal/chain"
)

// A friendSet is all friends of one user, each row as the engine has it, and
// decoded when it is wanted: decoded rows take six times the memory, and most
// commands ask for one of them or for none.
//
// Readers share a set while they hold the user, and may keep what they took of
// it for longer. So rows are only ever appended, and any other change makes new
// memory.
type friendSet struct {
	owner chain.UserID
	tags  []byte   // a byte of the hash of each row's peer, where a search begins
	rows  []setRow // ascending by slot
	text  []byte   // of all rows, one behind the other
}

// A setRow tells of one row in the text, which begins where the one before ends.
type setRow struct{ slot, hash, end uint32 }

const (
	// mostCached is how many friends a user may have whose set is kept.
	mostCached = 4096
	// mostSought is up to how many are read together for the sake of one.
	mostSought = 32
	// mostCopied is how many are copied for the sake of a change.
	mostCopied = 512

	usualRow   = 48 // the length of most rows, at most
	setRowSize = 12
)

func (s *friendSet) weight() int {
	return int(unsafe.Sizeof(*s)) + cap(s.tags) + setRowSize*cap(s.rows) + cap(s.text)
}

var hashSeed = maphash.MakeSeed()

func hashOf(peer chain.UserID) uint32 { return uint32(maphash.String(hashSeed, string(peer))) }

// append adds the row at a slot behind all others. The error says that it
// cannot be decoded.
func (s *friendSet) append(slot uint32, row []byte) error {
	var f chain.Friend
	err := readFriend(row, &f, shareText)
	if err == nil {
		s.appendHashed(slot, hashOf(f.Peer), row)
	}
	return err
}

// add appends the row of a friend, which is encoded where it will stand if there
// is room.
func (s *friendSet) add(f *chain.Friend) {
	s.appendHashed(f.Slot, hashOf(f.Peer), encodeFriend(s.text[len(s.text):], f))
}

func (s *friendSet) appendHashed(slot, hash uint32, row []byte) {
	s.text = append(s.text, row...)
	s.tags = append(s.tags, byte(hash))
	s.rows = append(s.rows, setRow{slot, hash, uint32(len(s.text))})
}

// fit gives memory back that is not used.
func (s *friendSet) fit() {
	s.tags, s.rows, s.text = slices.Clone(s.tags), slices.Clone(s.rows), slices.Clone(s.text)
}

// encoded is the i-th row as the engine has it.
func (s *friendSet) encoded(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = s.rows[i-1].end
	}
	return s.text[from:s.rows[i].end]
}

// row decodes the i-th row into f, which is zero. Its texts are the set's own,
// which never change.
func (s *friendSet) row(i int, f *chain.Friend) {
	f.Owner, f.Slot = s.owner, s.rows[i].slot
	_ = readFriend(s.encoded(i), f, shareText) // append tried it
}

// at is where the row of a slot stands, or would stand.
func (s *friendSet) at(slot uint32) int {
	i, _ := slices.BinarySearchFunc(s.rows, slot, func(r setRow, slot uint32) int { return int(r.slot) - int(slot) })
	return i
}

// find returns the row of a peer and where it stands, or -1.
func (s *friendSet) find(peer chain.UserID) (f chain.Friend, at int) {
	hash := hashOf(peer)
	for i := 0; ; i++ {
		next := bytes.IndexByte(s.tags[i:], byte(hash))
		if next < 0 {
			return f, -1
		}
		if i += next; s.rows[i].hash == hash {
			s.row(i, &f)
			if f.Peer == peer {
				return f, i
			}
			f = chain.Friend{}
		}
	}
}

// page is what a scan of the rows from a slot on would find.
func (s *friendSet) page(p chain.Page) []chain.Friend {
	from := min(s.at(p.From)+p.Skip, len(s.rows))
	page := make([]chain.Friend, min(p.Limit, len(s.rows)-from))
	for i := range page {
		s.row(from+i, &page[i])
	}
	return page
}

// emptyCopy is a set without rows that has room for those of s and one more.
func (s *friendSet) emptyCopy() friendSet {
	n := len(s.rows) + 1
	return friendSet{
		owner: s.owner,
		tags:  make([]byte, 0, n), rows: make([]setRow, 0, n), text: make([]byte, 0, len(s.text)+usualRow),
	}
}

// apply makes the change that a cell holds, or is false if forgetting the set
// costs less. The owner is held alone.
func (s *friendSet) apply(cell *friendCell) bool {
	last := len(s.rows)
	switch {
	case last >= mostCached:
		return false
	case cell.Found && !cell.Had && s.at(cell.Row.Slot) == last:
		s.add(&cell.Row)
		return true
	case last > mostCopied:
		return false
	}
	changed, at, old := s.emptyCopy(), -1, -1
	if _, old = s.find(cell.Key.Peer); cell.Found {
		at = s.at(cell.Row.Slot)
	}
	for i := range last + 1 {
		if i == at {
			changed.add(&cell.Row)
		}
		if i < last && i != old {
			changed.appendHashed(s.rows[i].slot, s.rows[i].hash, s.encoded(i))
		}
	}
	*s = changed
	return true
}
