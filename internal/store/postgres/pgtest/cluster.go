// Package pgtest starts PostgreSQL servers for tests. Each lives in a temporary
// directory, listens on a Unix socket there and nowhere else, and ends with the
// test. It touches no server of the machine.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Options say how a cluster runs.
type Options struct {
	// Durable makes it sync what it commits, as a real one does. Without it,
	// tests that kill nothing are faster.
	Durable bool

	// SmallDisk gives it a tablespace named "small" on a file system of so many
	// bytes, which nobody but the server sees. That takes the right to mount;
	// without it, Start fails with [ErrNoMount]. Only the first Up mounts it.
	SmallDisk int
}

// ErrNoMount says that this process may not mount a file system.
var ErrNoMount = errors.New("mounting a file system takes root")

// A Cluster is one PostgreSQL server with its data.
type Cluster struct {
	dir       string
	durable   bool
	smallDisk int
	running   *process

	mu   sync.Mutex
	made int // databases, to name them
}

// startTimeout is how long a server may take to accept connections, after a
// crash too.
const startTimeout = 60 * time.Second

// superuser owns everything in a cluster, and needs no password.
const superuser = "kith"

// binary finds a program of the newest PostgreSQL that is installed.
func binary(name string) (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		version := func(path string) int {
			n, _ := strconv.Atoi(strings.Split(path, "/")[4]) // 0 for what is no number
			return n
		}
		return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }), nil
	}
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	return "", fmt.Errorf("%s is not installed; .ci/machine postgresql installs it", name)
}

// Start makes a cluster and waits until it accepts connections.
func Start(o Options) (c *Cluster, err error) {
	if o.SmallDisk > 0 && os.Getuid() != 0 {
		return nil, ErrNoMount
	}
	dir, err := os.MkdirTemp("", "kithpg") // short: the path of a socket must be
	if err != nil {
		return nil, err
	}
	c = &Cluster{dir: dir, durable: o.Durable, smallDisk: o.SmallDisk}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	if owner := c.credential(); owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return nil, err
		}
	}
	if err := c.initialize(); err != nil {
		return nil, err
	}
	if err := c.Up(); err != nil {
		return nil, err
	}
	if o.SmallDisk > 0 {
		if err := c.mountSmall(); err != nil {
			return nil, errors.Join(err, c.Down(Immediate))
		}
	}
	return c, nil
}

// credential is whom the server runs as: PostgreSQL refuses to run as root.
func (c *Cluster) credential() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if uidErr == nil && gidErr == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	return nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *Cluster) command(name string, args ...string) (*exec.Cmd, error) {
	path, err := binary(name)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC", "HOME="+c.dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.credential()}
	return cmd, nil
}

func (c *Cluster) initialize() error {
	cmd, err := c.command("initdb", "--no-sync", "--auth=trust", "--username="+superuser, "--encoding=UTF8", "--locale=C", "--pgdata="+c.data())
	if err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// A process is a server that runs.
type process struct {
	cmd *exec.Cmd
	log *bytes.Buffer
	end chan struct{} // closed when it has ended
	err error         // how, if it did not exit with 0
}

// Up starts the server, which must not be running, and waits until it accepts
// connections.
func (c *Cluster) Up() error {
	sync := "off"
	if c.durable {
		sync = "on"
	}
	cmd, err := c.command("postgres", "-D", c.data(), "-k", c.dir, "-c", "listen_addresses=", "-c", "fsync="+sync, "-c", "full_page_writes="+sync,
		"-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "autovacuum_naptime=10s", "-c", "log_min_messages=fatal")
	if err != nil {
		return err
	}
	p := &process{cmd: cmd, log: &bytes.Buffer{}, end: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = io.Discard, p.log
	// It must not outlive a test that is killed. That is tied to the thread
	// that started it, which is kept for that.
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT
	if c.smallDisk > 0 {
		cmd.SysProcAttr.Unshareflags = syscall.CLONE_NEWNS
	}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
			close(p.end)
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	c.running = p
	return c.awaitReady(p)
}

func (c *Cluster) awaitReady(p *process) error {
	deadline := time.Now().Add(startTimeout)
	for {
		err := c.exec("postgres", "select 1")
		if err == nil {
			return nil
		}
		select {
		case <-p.end:
			c.running = nil
			return fmt.Errorf("postgres ended: %w\n%s", p.err, p.log)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("postgres is not ready after %v: %w", startTimeout, err)
		}
	}
}

// A Manner is how a server is told to end.
type Manner syscall.Signal

const (
	// Fast breaks connections off and writes everything out.
	Fast = Manner(syscall.SIGINT)

	// Immediate ends at once, like a crash: what it answered must be in its log.
	Immediate = Manner(syscall.SIGQUIT)
)

// Down ends the server and waits for its end; its data stays.
func (c *Cluster) Down(how Manner) error {
	p := c.running
	if p == nil {
		return nil
	}
	c.running = nil
	if err := p.cmd.Process.Signal(syscall.Signal(how)); err != nil {
		return err
	}
	select {
	case <-p.end:
		return nil
	case <-time.After(startTimeout):
		return errors.Join(errors.New("postgres does not end"), p.cmd.Process.Kill())
	}
}

// Stop ends the server and removes its data.
func (c *Cluster) Stop() error {
	return errors.Join(c.Down(Immediate), os.RemoveAll(c.dir))
}

// DSN is how a store connects to a database of the cluster.
func (c *Cluster) DSN(database string) string {
	return fmt.Sprintf("postgres:///%s?host=%s&user=%s&sslmode=disable", database, c.dir, superuser)
}

// NewDatabase makes an empty database and returns how to connect to it.
func (c *Cluster) NewDatabase() (dsn string, err error) {
	c.mu.Lock()
	c.made++
	name := fmt.Sprintf("test%d", c.made)
	c.mu.Unlock()
	return c.DSN(name), c.exec("postgres", "create database "+name)
}

func (c *Cluster) exec(database, sql string) error { return Exec(c.DSN(database), sql) }

// Exec carries out statements on a connection of its own.
func Exec(dsn, sql string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.PgConn().Exec(ctx, sql).ReadAll()
	return err
}

// Connect makes one connection, as a pool that dsn is for would.
func Connect(ctx context.Context, dsn string) (*pgx.Conn, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	return pgx.ConnectConfig(ctx, config.ConnConfig)
}
