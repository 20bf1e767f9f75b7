package embedded

import (
	"fmt"
	"log/slog"
	"os"
)

// engineLog passes on what the engine has to say. Its notices are for
// debugging; its errors are not.
type engineLog struct{ log *slog.Logger }

func (l engineLog) Infof(format string, args ...any) {
	if l.log != nil {
		l.log.Debug("store engine", "notice", fmt.Sprintf(format, args...))
	}
}

func (l engineLog) Errorf(format string, args ...any) {
	if l.log != nil {
		l.log.Error("store engine", "err", fmt.Sprintf(format, args...))
	}
}

// Fatalf ends the process: the engine can no longer say what is on disk, so
// nothing more may be answered. The next start recovers every synced write.
func (l engineLog) Fatalf(format string, args ...any) {
	l.Errorf(format, args...)
	fmt.Fprintf(os.Stderr, "kith: the store failed and cannot go on: %s; check the disk, then start again\n", fmt.Sprintf(format, args...))
	os.Exit(1)
}
