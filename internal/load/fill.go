package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"kith/wire"
)

// Fill makes n accounts and gives each the 20 friends that [Check] asks about,
// one friend_import for each account. It measures the second part, in one-way
// friendships; making the accounts took the time that is returned beside it.
// Afterwards it looks at some of them.
func Fill(ctx context.Context, t *Target, n, connections int, m Meter, report func(Progress)) (accounts, friends *Figures, err error) {
	if n <= 2*circle {
		return nil, nil, fmt.Errorf("%d accounts are too few to have %d friends each", n, 2*circle)
	}
	calls := (n + accountsPerCall - 1) / accountsPerCall
	accounts, err = t.timed(ctx, connections, m, report, func(i int, c *Call) bool {
		if i >= calls {
			return false
		}
		first := i * accountsPerCall
		t.accounts(c, first, min(first+accountsPerCall, n))
		c.Units = min(accountsPerCall, n-first)
		return true
	}, nil)
	if err != nil {
		return nil, nil, err
	}
	friends, err = t.timed(ctx, connections, m, report, func(i int, c *Call) bool {
		if i >= n {
			return false
		}
		// Neighbours, who share most of their friends, would wait for each other.
		owner := (i*scatter + 12345) % n
		peers := make([]int, 0, 2*circle)
		for d := 1; d <= circle; d++ {
			peers = append(peers, (owner+d)%n, (owner-d+n)%n)
		}
		t.importFriends(c, owner, peers, nil)
		c.Units = len(peers)
		return true
	}, nil)
	if err != nil {
		return nil, nil, err
	}
	there, err := t.hasCircle(ctx, n)
	if err == nil && !there {
		err = errors.New("friends that were imported are not there")
	}
	return accounts, friends, err
}

// hasCircle tells whether n users have the friends of [Fill], to judge by a
// hundred of them.
func (t *Target) hasCircle(ctx context.Context, n int) (bool, error) {
	const samples = 100
	var lacking atomic.Int64
	err := t.finite(ctx, 1, func(i int, c *Call) bool {
		t.page(c, i*(n-1)/(samples-1), 0, 0)
		c.Allowed = noAccount
		return i < samples
	}, func(_ *Call, answer []byte) error {
		var page wire.FriendGetReply
		if err := wire.DecodeReply(answer, &page); err != nil {
			return err
		}
		if page.FriendNum < 2*circle {
			lacking.Add(1)
		}
		return nil
	})
	return lacking.Load() == 0, err
}

// noAccount allows that somebody does not exist.
var noAccount = []int{wire.CodeNoAccount}

// A Footprint is what a server takes of its machine, in bytes.
type Footprint struct {
	Disk   int64 `json:"disk_bytes"`
	Memory int64 `json:"memory_bytes"` // resident
	Peak   int64 `json:"peak_memory_bytes"`
}

// MeasureFootprint looks at the files of a directory and at the memory of a
// process of this machine.
func MeasureFootprint(dir string, pid int) (f Footprint, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return ignoreGone(err)
		}
		info, err := entry.Info()
		if err != nil {
			return ignoreGone(err)
		}
		f.Disk += info.Size()
		return nil
	})
	if err != nil {
		return f, fmt.Errorf("measure the disk: %w", err)
	}
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return f, fmt.Errorf("measure the memory of the server: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		kib, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64) // 0 for what is no size
		switch name {
		case "VmRSS":
			f.Memory = kib << 10
		case "VmHWM":
			f.Peak = kib << 10
		}
	}
	return f, nil
}

// ignoreGone passes over files that go while they are looked at, as those of a
// server at work do.
func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
