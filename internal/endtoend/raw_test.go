package endtoend

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith/usersig"
)

// A rawConn makes HTTP calls with as little work as can be, so that a
// benchmark measures the server and not its caller.
type rawConn struct {
	net.Conn
	in *bufio.Reader
}

func dial(b *testing.B, base string) *rawConn {
	b.Helper()
	u, err := url.Parse(base)
	if err != nil {
		b.Fatal(err)
	}
	c, err := net.Dial("tcp", u.Host)
	if err != nil {
		b.Fatal(err)
	}
	return &rawConn{c, bufio.NewReader(c)}
}

// prefix is the part of a request for a command that stays the same.
func prefix(b *testing.B, command string) string {
	b.Helper()
	sig, err := usersig.New(appID, secret, "administrator", time.Now(), time.Hour)
	if err != nil {
		b.Fatal(err)
	}
	return "POST /v4/" + command + "?sdkappid=" + strconv.Itoa(appID) + "&identifier=administrator&usersig=" + url.QueryEscape(sig) +
		"&random=1&contenttype=json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
}

// call sends a body behind the prefix and returns the body of the answer,
// which is valid until the next call.
func (c *rawConn) call(prefix string, body []byte) ([]byte, error) {
	request := make([]byte, 0, len(prefix)+len(body)+16)
	request = append(request, prefix...)
	request = strconv.AppendInt(request, int64(len(body)), 10)
	request = append(request, "\r\n\r\n"...)
	if _, err := c.Write(append(request, body...)); err != nil {
		return nil, err
	}
	size := 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if len(line) <= 2 {
			break
		}
		if n, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if size, err = strconv.Atoi(string(bytes.TrimSpace(n))); err != nil {
				return nil, err
			}
		}
	}
	answer, err := c.in.Peek(size)
	if err != nil {
		return nil, err
	}
	_, err = c.in.Discard(size)
	return answer, err
}

// cpu returns the processor time that a process has used.
func cpu(b *testing.B, pid int) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	var ticks int64
	for _, f := range fields[11:13] { // user and system time
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100
}

// startBare runs this test binary as a bare net/http server in a process of
// its own, which answers every request with body.
func startBare(b *testing.B, body string) (base string, pid int) {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestBareServer$")
	cmd.Env = append(os.Environ(), "KITH_TEST_BARE="+body)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		in.Close() // the server ends with its input
		if err := cmd.Wait(); err != nil {
			b.Error(err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(line), cmd.Process.Pid
}

// TestBareServer is the process of startBare; by itself it does nothing.
func TestBareServer(t *testing.T) {
	body := []byte(os.Getenv("KITH_TEST_BARE"))
	if len(body) == 0 {
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("http://%s\n", l.Addr())
	go func() {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(body)
		}))
	}()
	_, _ = io.Copy(io.Discard, os.Stdin)
}
