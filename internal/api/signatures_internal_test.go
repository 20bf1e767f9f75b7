package api

import (
	"context"
	"strings"
	"testing"
	"time"
	"unsafe"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/usersig"
)

// BenchmarkRemembered checks a UserSig that verified before, which must cost
// less than a microsecond; BenchmarkVerified shows what is saved.
func BenchmarkRemembered(b *testing.B) { benchmarkCheck(b, true) }

func BenchmarkVerified(b *testing.B) { benchmarkCheck(b, false) }

func benchmarkCheck(b *testing.B, remembered bool) {
	const secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	now := time.Unix(1700000100, 0)
	app := &store.App{App: chain.App{ID: 1400000000}, Secrets: []string{secret}}
	sig, err := usersig.New(uint32(app.ID), secret, "administrator", now, time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	s := newSignatures(DefaultMaxSignatures, func(context.Context, *store.App, string) (int64, error) { return 0, nil })
	b.ReportAllocs()
	for b.Loop() {
		if err := s.check(b.Context(), app, "administrator", sig, now); err != nil {
			b.Fatal(err)
		}
		if !remembered {
			s.verified.Invalidate(sig)
		}
	}
}

// TestRememberedAlone: what is remembered of a call does not keep its whole URL.
func TestRememberedAlone(t *testing.T) {
	const secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	now := time.Unix(1700000100, 0)
	app := &store.App{App: chain.App{ID: 1400000000}, Secrets: []string{secret}}
	sig, err := usersig.New(uint32(app.ID), secret, "alice", now, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	s := newSignatures(DefaultMaxSignatures, func(context.Context, *store.App, string) (int64, error) { return 0, nil })
	q, err := parseQuery("identifier=alice&usersig=" + sig + "&random=" + strings.Repeat("9", 60_000))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.check(t.Context(), app, q.identifier, q.usersig, now); err != nil {
		t.Fatal(err)
	}
	for key, v := range s.verified.All() {
		if unsafe.StringData(key) == unsafe.StringData(q.usersig) || unsafe.StringData(v.identifier) == unsafe.StringData(q.identifier) {
			t.Error("the URL is kept")
		}
	}
	if s.size() != 1 {
		t.Errorf("%d are remembered", s.size())
	}
}
