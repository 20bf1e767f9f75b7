package pgtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// mountSmall makes the tablespace "small". Its file system is mounted where the
// server alone sees it, and is gone when the server is.
func (c *Cluster) mountSmall() error {
	dir := filepath.Join(c.dir, "small")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	owner := c.credential()
	options := fmt.Sprintf("size=%d,mode=0700,uid=%d,gid=%d", c.smallDisk, owner.Uid, owner.Gid)
	mount := exec.Command("nsenter", "--mount", "--target", strconv.Itoa(c.running.cmd.Process.Pid), "mount", "-t", "tmpfs", "-o", options, "tmpfs", dir)
	if out, err := mount.CombinedOutput(); err != nil {
		return errors.Join(ErrNoMount, fmt.Errorf("mount: %w: %s", err, out))
	}
	return c.exec("postgres", "create tablespace small location '"+dir+"'")
}
