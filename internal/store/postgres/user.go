package postgres

import (
	"strconv"

	"github.com/jackc/pgx/v5"

	"kith/internal/chain"
)

var users = newTable("users", []column{text("owner")},
	number("created"), number("allow"), number("forbid"),
	number("friends_first"), number("friends_next"), number("friends_count"), numbers("friends_blocks"),
	number("blocks_first"), number("blocks_next"), number("blocks_count"), numbers("blocks_blocks"),
	number("sent"), number("received"), truth("leaving"), number("requests_seen"), number("kicked_at"),
	number("seq_standard"), number("seq_custom"), number("seq_lists"), number("seq_blocks"), number("seq_requests"))

func scanUser(rows pgx.Rows) (id chain.UserID, u chain.User, err error) {
	var friends, blocks []int64
	err = rows.Scan(&id, &u.Created, &u.Allow, &u.Forbid,
		&u.Friends.First, &u.Friends.Next, &u.Friends.Count, &friends,
		&u.Blocks.First, &u.Blocks.Next, &u.Blocks.Count, &blocks,
		&u.Sent, &u.Received, &u.Leaving, &u.RequestsSeen, &u.KickedAt,
		&u.Seq[0], &u.Seq[1], &u.Seq[2], &u.Seq[3], &u.Seq[4])
	u.ID, u.Friends.Blocks, u.Blocks.Blocks = id, orderBlocks(friends), orderBlocks(blocks)
	return id, u, err
}

func userValues(rows []*chain.User) []any {
	return []any{
		values(rows, func(u *chain.User) string { return string(u.ID) }),
		values(rows, func(u *chain.User) int64 { return u.Created }),
		values(rows, func(u *chain.User) int64 { return int64(u.Allow) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Forbid) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Friends.First) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Friends.Next) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Friends.Count) }),
		values(rows, func(u *chain.User) *string { return blockNumbers(u.Friends.Blocks) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Blocks.First) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Blocks.Next) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Blocks.Count) }),
		values(rows, func(u *chain.User) *string { return blockNumbers(u.Blocks.Blocks) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Sent) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Received) }),
		values(rows, func(u *chain.User) bool { return u.Leaving }),
		values(rows, func(u *chain.User) int64 { return u.RequestsSeen }),
		values(rows, func(u *chain.User) int64 { return u.KickedAt }),
		values(rows, func(u *chain.User) int64 { return int64(u.Seq[chain.SeqStandard]) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Seq[chain.SeqCustom]) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Seq[chain.SeqLists]) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Seq[chain.SeqBlocks]) }),
		values(rows, func(u *chain.User) int64 { return int64(u.Seq[chain.SeqRequests]) }),
	}
}

// orderBlocks reads index, count, index, count, ...
func orderBlocks(flat []int64) (blocks []chain.OrderBlock) {
	for i := 0; i+1 < len(flat); i += 2 {
		blocks = append(blocks, chain.OrderBlock{Index: uint32(flat[i]), Count: uint32(flat[i+1])})
	}
	return blocks
}

func blockNumbers(blocks []chain.OrderBlock) *string {
	flat := make([]uint32, 0, 2*len(blocks))
	for _, b := range blocks {
		flat = append(flat, b.Index, b.Count)
	}
	return numberArray(flat)
}

// numberArray writes an array as PostgreSQL reads it; an empty one is null.
func numberArray[N ~uint32](all []N) *string {
	if len(all) == 0 {
		return nil
	}
	b := []byte{'{'}
	for i, n := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendUint(b, uint64(n), 10)
	}
	s := string(append(b, '}'))
	return &s
}
