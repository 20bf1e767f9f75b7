package usersig_test

import (
	"testing"
	"time"

	"kith/usersig"
)

func BenchmarkNew(b *testing.B) {
	issued := time.Unix(1700000000, 0)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := usersig.New(1400000000, keyA, "administrator", issued, 180*24*time.Hour); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkParseVerify is what a request costs that brings a new UserSig.
func BenchmarkParseVerify(b *testing.B) {
	now := time.Unix(1700000100, 0)
	for packing, sig := range loadVectors(b)["V1"].Sigs {
		b.Run(packing, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s, err := usersig.Parse(sig)
				if err != nil {
					b.Fatal(err)
				}
				if err := s.Verify(1400000000, "administrator", now, keyA); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkParseBomb is what the worst UserSig that is let in costs.
func BenchmarkParseBomb(b *testing.B) {
	bomb := wrapLevel(string(make([]byte, 5<<20)), 9)
	if len(bomb) > usersig.MaxLen {
		b.Fatalf("the bomb is %d bytes long, too long to be let in", len(bomb))
	}
	b.ReportAllocs()
	for b.Loop() {
		if s, err := usersig.Parse(bomb); err == nil {
			b.Fatalf("Parse of a bomb = %v, want an error", s)
		}
	}
}
