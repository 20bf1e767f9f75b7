package endtoend

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"kith/internal/chain"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
	"kith/wire"
)

// rounds is how often the server is killed: 20 times, or as KITH_SOAK_ROUNDS
// says.
func rounds(t *testing.T) int {
	s := os.Getenv("KITH_SOAK_ROUNDS")
	if s == "" {
		return 20
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("KITH_SOAK_ROUNDS is %q, must be a number from 1 on", s)
	}
	return n
}

const (
	people  = 120
	workers = 8
)

// A pair is two people whose friendship one worker makes and ends; people
// belong to the pairs of many workers.
type pair struct{ a, b wire.Account }

// knowledge is what a worker knows of its pairs.
type knowledge map[pair]state

type state uint8

const (
	apart     state = iota
	friends         // the add was answered with 0
	uncertain       // the server died before it answered
)

// TestKill kills the server in the middle of concurrent adds and deletions,
// again and again. After each restart, no answered change is missing and no
// friendship is one-sided, whatever became of those without an answer.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	var ids []wire.Account
	for i := range people {
		ids = append(ids, wire.Account(fmt.Sprintf("p%03d", i)))
	}
	known := make([]knowledge, workers)
	for w := range known {
		known[w] = knowledge{}
		for i := range people {
			// Distinct for all workers: the difference of a pair tells whose it is.
			known[w][pair{ids[i], ids[(i+w+1)%people]}] = apart
		}
	}
	rng := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	answered := 0
	for round := range rounds(t) {
		s := start(t, dir)
		if round == 0 {
			s.importAccounts(t, ids)
		}
		verify(t, s, ids, known)
		answered += s.work(t, known, time.Duration(20+rng.IntN(200))*time.Millisecond)
	}
	s := start(t, dir)
	verify(t, s, ids, known)
	s.stop(t)
	audit(t, dir)
	t.Logf("%d changes were answered between %d kills", answered, rounds(t))
	if answered < people {
		t.Errorf("only %d changes were answered: the test shows nothing", answered)
	}
}

// work lets every worker change its pairs until the server is killed, and
// returns how many changes were answered.
func (s *server) work(t *testing.T, known []knowledge, lifetime time.Duration) (answered int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for _, mine := range known {
		wg.Go(func() {
			n := mine.change(ctx, t, s)
			mu.Lock()
			answered += n
			mu.Unlock()
		})
	}
	time.Sleep(lifetime)
	s.kill(t)
	wg.Wait()
	return answered
}

// change makes and ends the friendships of one worker until a call fails.
func (k knowledge) change(ctx context.Context, t *testing.T, s *server) (answered int) {
	for ctx.Err() == nil {
		for p, was := range k { // in random order
			var err error
			next := friends
			if was == friends {
				err, next = s.unfriend(ctx, p.a, p.b), apart
			} else {
				err = s.befriend(ctx, p.a, p.b)
			}
			refusal, refused := errors.AsType[*wire.Error](err)
			switch {
			case refused:
				t.Errorf("%v: %v", p, refusal)
				return answered
			case err != nil: // killed
				k[p] = uncertain
				return answered
			}
			k[p] = next
			answered++
		}
	}
	return answered
}

// verify reads everybody's friends and holds them against what is known. What
// was uncertain is known afterwards.
func verify(t *testing.T, s *server, ids []wire.Account, known []knowledge) {
	t.Helper()
	has := map[pair]bool{}
	for _, id := range ids {
		friends, _, err := s.friendsOf(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range friends {
			if has[pair{id, f}] {
				t.Fatalf("%s has %s twice", id, f)
			}
			has[pair{id, f}] = true
		}
	}
	for p := range has {
		if !has[pair{p.b, p.a}] {
			t.Errorf("%s has %s as a friend, but not the reverse", p.a, p.b)
		}
	}
	for _, mine := range known {
		for p, st := range mine {
			if is := has[p]; st == uncertain {
				mine[p] = apart
				if is {
					mine[p] = friends
				}
			} else if is != (st == friends) {
				t.Errorf("%s and %s: friends is %v, which contradicts the last answer", p.a, p.b, is)
			}
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// audit opens the data of a stopped server and checks every row.
func audit(t *testing.T, dir string) {
	t.Helper()
	s, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found, err := storetest.Audit(t.Context(), s, &chain.App{ID: appID, Settings: chain.DefaultSettings()})
	if err != nil || len(found) > 0 {
		t.Errorf("audit: %v %q", err, found)
	}
}
