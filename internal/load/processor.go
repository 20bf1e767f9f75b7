package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Meter reads the processor time that a server has used so far. The nil
// Meter knows none.
type Meter func() (time.Duration, error)

func (m Meter) read() (time.Duration, error) {
	if m == nil {
		return 0, nil
	}
	return m()
}

const (
	restLook  = 300 * time.Millisecond
	restShare = 10 // of the time of one core, a tenth
	mostRest  = time.Minute
)

// AwaitRest waits until the server has nothing left to do of what was asked of
// it, such as to merge what was written: until it takes less than a tenth of a
// core. After a minute it does not wait any longer.
func (m Meter) AwaitRest(ctx context.Context) error {
	last, err := m.read()
	for end := time.Now().Add(mostRest); err == nil && time.Now().Before(end); {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(restLook):
		}
		var now time.Duration
		if now, err = m.read(); now-last < restLook/restShare {
			break
		}
		last = now
	}
	return err
}

// tick is the unit of /proc/PID/stat, which Linux has kept at 1/100 s.
const tick = 10 * time.Millisecond

// OfProcess is the meter of a process of this machine.
func OfProcess(pid int) Meter {
	return func() (time.Duration, error) {
		stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil {
			return 0, fmt.Errorf("read the processor time of the server: %w", err)
		}
		return parseStat(string(stat))
	}
}

// parseStat adds user and system time. The name of the program stands in
// parentheses and may hold anything.
func parseStat(stat string) (time.Duration, error) {
	at := strings.LastIndex(stat, ") ")
	if at < 0 {
		return 0, errors.New("/proc/PID/stat is not as expected")
	}
	fields := strings.Fields(stat[at+2:])
	if len(fields) < 13 {
		return 0, errors.New("/proc/PID/stat is not as expected")
	}
	user, errUser := strconv.ParseInt(fields[11], 10, 64)
	system, errSystem := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * tick, errors.Join(errUser, errSystem)
}

// OfMetrics is the meter of a server whose second listener is at a URL.
func OfMetrics(admin string) Meter {
	return func() (time.Duration, error) {
		seconds, err := ReadMetric(admin, "process_cpu_seconds_total")
		return time.Duration(seconds * float64(time.Second)), err
	}
}

var metricsClient = &http.Client{Timeout: 10 * time.Second}

// ReadMetric reads a metric that has no labels from /metrics of the second
// listener of a server.
func ReadMetric(admin, name string) (float64, error) {
	answer, err := metricsClient.Get(strings.TrimSuffix(admin, "/") + "/metrics")
	if err != nil {
		return 0, fmt.Errorf("read the metrics of the server: %w", err)
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), name+" "); ok {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, fmt.Errorf("%s/metrics does not tell %s", admin, name)
}

// ownCPU is the processor time that this process has used.
func ownCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0 // cannot be: the arguments are constant
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
