package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"kith/internal/chain"
	"kith/internal/store"
	"kith/internal/store/embedded"
	"kith/internal/store/storetest"
)

// TestLogFails: when the log cannot be synced, or written, the process ends at
// once. Nothing more is answered, not that the change failed and not what it
// wrote to memory.
func TestLogFails(t *testing.T) {
	for _, kind := range []string{syncErrors, writeErrors} {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run=^TestLogFailsHelper$")
		cmd.Env = append(os.Environ(), "KITH_TEST_FAILING="+kind, "KITH_TEST_DIR="+dir)
		out, err := cmd.CombinedOutput()
		exit, _ := errors.AsType[*exec.ExitError](err)
		if text := string(out); exit == nil || exit.ExitCode() != 1 || !strings.Contains(text, "written: first") || !strings.Contains(text, "the store failed and cannot go on") || strings.Contains(text, "came back") {
			t.Errorf("%s: %v\n%s", kind, err, out)
		}
		if out := openInProcess(t, dir); !strings.Contains(out, "opened") {
			t.Errorf("%s: opened again: %s", kind, out)
		}
	}
}

// TestLogFailsHelper is what [TestLogFails] runs; by itself it does nothing.
func TestLogFailsHelper(t *testing.T) {
	kind := os.Getenv("KITH_TEST_FAILING")
	if kind == "" {
		return
	}
	var failing atomic.Bool
	fs := errorfs.Wrap(vfs.Default, errorfs.InjectorFunc(func(op errorfs.Op) error {
		if failing.Load() && filepath.Ext(op.Path) == ".log" && fails(kind, op) {
			return errorfs.ErrInjected
		}
		return nil
	}))
	s, err := embedded.Open(os.Getenv("KITH_TEST_DIR"), embedded.Options{FS: fs})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []chain.UserID{"first", "second"} {
		_, err := store.Do(context.Background(), s, storetest.SmallApp(), now, &chain.AccountImport{Accounts: []chain.Account{{ID: id}}})
		if id == "second" {
			fmt.Println("came back:", err)
			return
		}
		fmt.Printf("written: %s %v\n", id, err)
		failing.Store(true)
	}
}
