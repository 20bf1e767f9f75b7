package pgtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Run carries out a program of PostgreSQL, such as pgbench, that connects to
// the cluster, and returns what it prints.
func (c *Cluster) Run(program string, args ...string) ([]byte, error) {
	cmd, err := c.command(program, append([]string{"-h", c.dir, "-U", superuser}, args...)...)
	if err != nil {
		return nil, err
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", program, err, out)
	}
	return out, nil
}

// WriteFile puts a file where the cluster's programs can read it.
func (c *Cluster) WriteFile(name, text string) (path string, err error) {
	path = filepath.Join(c.dir, name)
	return path, os.WriteFile(path, []byte(text), 0o644)
}

// CPU is the processor time that the server and its processes have used, but
// for those that have ended since.
func (c *Cluster) CPU() (sum time.Duration, err error) {
	server := c.running.cmd.Process.Pid
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		// pid (name) state ppid ... utime stime are fields 1 to 4, 14 and 15.
		_, rest, _ := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		parent, _ := strconv.Atoi(fields[1])
		if pid == server || parent == server {
			user, _ := strconv.ParseInt(fields[11], 10, 64)
			system, _ := strconv.ParseInt(fields[12], 10, 64)
			sum += time.Duration(user+system) * (time.Second / ticksPerSecond)
		}
	}
	return sum, nil
}

// ticksPerSecond is USER_HZ, which is the same on every Linux that Go runs on.
const ticksPerSecond = 100
