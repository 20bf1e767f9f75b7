package client

import (
	"context"
	"errors"
	"iter"

	"kith/wire"
)

// pageSize is how many entries a page is asked to have, where that is up to
// the caller.
const pageSize = 100

// errNoAdvance ends a sequence instead of reading the same page for ever.
var errNoAdvance = errors.New("the next page that the server names does not come after this one")

// A page is a part of a sequence.
type page[T any] struct {
	items []T
	next  int64 // where the next page starts
	last  bool
}

// pages strings pages together, from the one that starts at 0. read reads one.
// It goes no further than it is asked to, and ends after the first error.
func pages[T any](read func(start int64) (page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for start := int64(0); ; {
			p, err := read(start)
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range p.items {
				if !yield(item, nil) {
					return
				}
			}
			if p.last {
				return
			}
			start = p.next
		}
	}
}

// Friends reads all friends of owner, page by page, as they are asked for. An
// error ends the sequence. What is changed meanwhile may be missed or come
// twice: the protocol tells pages by their offset.
func (c *Client) Friends(ctx context.Context, owner wire.Account) iter.Seq2[wire.UserData, error] {
	return pages(func(start int64) (page[wire.UserData], error) {
		r, err := c.FriendGet(ctx, wire.FriendGet{FromAccount: owner, StartIndex: wire.IntOf(start)})
		p := page[wire.UserData]{items: r.UserDataItem, next: int64(r.NextStartIndex)}
		p.last = r.CompleteFlag == 1 || p.next == 0
		if err == nil && !p.last && p.next <= start {
			err = errNoAdvance
		}
		return p, err
	})
}

// Blocks reads all accounts that owner blocks, oldest first, page by page, as
// they are asked for. An error ends the sequence. What is changed meanwhile may
// be missed or come twice.
func (c *Client) Blocks(ctx context.Context, owner wire.Account) iter.Seq2[wire.BlackListItem, error] {
	return pages(func(start int64) (page[wire.BlackListItem], error) {
		r, err := c.BlackListGet(ctx, wire.BlackListGet{
			FromAccount: owner, StartIndex: wire.IntOf(start), MaxLimited: wire.IntOf(pageSize),
		})
		p := page[wire.BlackListItem]{items: r.BlackListItem, next: int64(r.StartIndex), last: r.StartIndex == 0}
		if err == nil && !p.last && p.next <= start {
			err = errNoAdvance
		}
		return p, err
	})
}

// Pendencies reads all pending requests of owner, newest first, page by page,
// as they are asked for. kind is [wire.PendencyComeIn], [wire.PendencySendOut]
// or [wire.PendencyBoth]. An error ends the sequence.
func (c *Client) Pendencies(ctx context.Context, owner wire.Account, kind string) iter.Seq2[wire.PendencyItem, error] {
	return pages(func(start int64) (page[wire.PendencyItem], error) {
		r, err := c.PendencyGet(ctx, wire.PendencyGet{
			FromAccount: owner, PendencyType: kind, StartTime: wire.IntOf(start), MaxLimited: wire.IntOf(pageSize),
		})
		p := page[wire.PendencyItem]{items: r.PendencyItem, next: r.StartTime, last: r.StartTime == 0}
		if err == nil && !p.last && start != 0 && p.next >= start { // times go down
			err = errNoAdvance
		}
		return p, err
	})
}
