package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// calmCollector lets garbage grow to three times what is in use, rather than to
// as much, as long as the process stays within its memory. The operator may say
// otherwise, in GOGC and GOMEMLIMIT.
func (c *serveCmd) calmCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(max(memoryPerCache*int64(c.CacheSize), leastMemory))
	}
}

// The process keeps within so many times the memory for rows, but is not pressed
// below what it needs without any.
const (
	memoryPerCache = 3
	leastMemory    = 256 << 20
)

// spareProcessors lets two more goroutines run at a time than there are cores, and
// the kernel share the cores among them. With as many as cores, a commit whose sync
// has ended waits, and with it all who wait for the commit, until one of the others
// stops by itself. The operator may say otherwise, in GOMAXPROCS.
func spareProcessors() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + spare)
	}
}

const spare = 2
