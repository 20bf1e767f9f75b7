package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/internal/api"
	"kith/internal/http1"
)

// A connection to a server as it is run, on which requests are written byte by
// byte.
type connection struct {
	net.Conn
	t  testing.TB
	rd *bufio.Reader
}

func dial(t testing.TB, c *caller) *connection {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &http1.Server{Handler: c.s, Header: api.Header, Rest: &http.Server{Handler: c.s}}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	return &connection{conn, t, bufio.NewReader(conn)}
}

// write sends text as it is. A server that has already answered may not take
// it all.
func (c *connection) write(text string) {
	io.WriteString(c, text) // read tells what came of it
}

// read reads the next answer on the connection.
func (c *connection) read(asked string) reply {
	c.t.Helper()
	w, err := http.ReadResponse(c.rd, nil)
	if err != nil {
		c.t.Fatalf("%s\n  no answer: %v", asked, err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		c.t.Fatalf("%s\n  cut answer: %v", asked, err)
	}
	return readReply(c.t, asked, "", w.StatusCode, w.Header, body)
}

// closed tells whether the server has closed the connection.
func (c *connection) closed() bool {
	_, err := c.rd.ReadByte()
	return err != nil
}

// post spells a request with a length.
func (c *caller) post(command, query, body string) string {
	return fmt.Sprintf("POST /v4/%s?%s HTTP/1.1\r\nHost: kith\r\nContent-Length: %d\r\n\r\n%s", command, query, len(body), body)
}

// chunked spells a request without a length.
func (c *caller) chunked(command, query, body string) string {
	return fmt.Sprintf("POST /v4/%s?%s HTTP/1.1\r\nHost: kith\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n",
		command, query, len(body), body)
}

// refusals are requests that are refused without spoiling the connection.
func (c *caller) refusals() []struct {
	text string
	code int
} {
	bad := strings.Replace(c.query, "usersig=", "usersig=x", 1)
	return []struct {
		text string
		code int
	}{
		{"GET / HTTP/1.1\r\nHost: kith\r\n\r\n", 60002},
		{"GET /v4/sns/friend_check?" + c.query + " HTTP/1.1\r\nHost: kith\r\n\r\n", 60003},
		{c.post("sns", c.query, goodCheck), 60002},
		{c.post("sns/friend_check", "x=%zz", goodCheck), 60002},
		{c.post("sns/friend_check", "", goodCheck), 60012},
		{c.post("sns/friend_check", bad, goodCheck), 70003},
		{c.post("sns/friend_check", bad, strings.Repeat(" ", 100_000)), 70003},
		{c.post("sns/friend_cheque", c.query, goodCheck), 60009},
		{c.post("sns/friend_check", c.query, ""), 60003},
		{c.post("sns/friend_check", c.query, "{"), 60003},
		{c.post("sns/friend_check", c.query, `{"From_Account":1}`), 60015},
		{c.post("sns/friend_check", c.query, "{}"), 30001},
		{c.chunked("sns/friend_check", c.query, "{}"), 30001},
		{c.chunked("sns/friend_check", bad, goodCheck), 70003},
		{c.chunked("sns/friend_check", c.query, goodCheck), 0},
	}
}

// TestKeepAlive sends one request after the other on one connection, a good
// one after each that is refused (T 1.8).
func TestKeepAlive(t *testing.T) {
	c := newAliceAndBob(t)
	conn := dial(t, c)
	good := c.post("sns/friend_check", c.query, goodCheck)
	for _, refusal := range c.refusals() {
		conn.write(refusal.text)
		wantCode(t, conn.read(refusal.text), refusal.code)
		conn.write(good)
		wantCode(t, conn.read("/v4/sns/friend_check, good, after\n"+refusal.text), 0)
	}
}

// TestPipelining sends all requests before it reads an answer.
func TestPipelining(t *testing.T) {
	c := newAliceAndBob(t)
	conn := dial(t, c)
	good := c.post("sns/friend_check", c.query, goodCheck)
	var all strings.Builder
	for _, refusal := range c.refusals() {
		all.WriteString(refusal.text + good)
	}
	go conn.write(all.String())
	for _, refusal := range c.refusals() {
		wantCode(t, conn.read(refusal.text), refusal.code)
		wantCode(t, conn.read("/v4/sns/friend_check, good, after\n"+refusal.text), 0)
	}
}

// TestHeadKeepsTheConnection: HEAD has no body, and what follows is read right.
func TestHeadKeepsTheConnection(t *testing.T) {
	c := newAliceAndBob(t)
	conn := dial(t, c)
	for _, request := range []struct{ method, path string }{{"HEAD", "/"}, {"OPTIONS", "/v4/sns/friend_check"}, {"HEAD", "/v4/sns/friend_check"}} {
		conn.write(request.method + " " + request.path + " HTTP/1.1\r\nHost: kith\r\n\r\n")
		w, err := http.ReadResponse(conn.rd, &http.Request{Method: request.method})
		if err != nil {
			t.Fatalf("%s %s: %v", request.method, request.path, err)
		}
		body, err := io.ReadAll(w.Body)
		if w.StatusCode != http.StatusOK || len(body) != 0 || err != nil {
			t.Errorf("%s %s = %d %q %v, want 200 without a body", request.method, request.path, w.StatusCode, body, err)
		}
		wantCORS(t, request.method+" "+request.path, w.Header)
		conn.write(c.post("sns/friend_check", c.query, goodCheck))
		wantCode(t, conn.read("/v4/sns/friend_check, good, after "+request.method), 0)
	}
}

// TestOverLongBody sends bodies at the limit and one byte past it, with and
// without a length. 80002 is the documented code for a body that is too large
// (T 1.2).
func TestOverLongBody(t *testing.T) {
	const most = 1 << 20
	c := newAliceAndBob(t, func(c *api.Config) { c.MaxBody = most })
	fill := func(n int) string { return goodCheck + strings.Repeat(" ", n-len(goodCheck)) }
	tests := []struct {
		name string
		size int
		want int
	}{
		{"just fits", most, 0},
		{"one byte more", most + 1, 80002},
		{"much more", 3 * most, 80002},
	}
	for _, test := range tests {
		for form, spell := range map[string]func(string, string, string) string{"with a length": c.post, "chunked": c.chunked} {
			t.Run(test.name+" "+form, func(t *testing.T) {
				conn := dial(t, c)
				go conn.write(spell("sns/friend_check", c.query, fill(test.size)))
				wantCode(t, conn.read(fmt.Sprintf("/v4/sns/friend_check %s, %d bytes", form, test.size)), test.want)
			})
		}
	}
	t.Run("auth first", func(t *testing.T) {
		conn := dial(t, c)
		go conn.write(c.post("sns/friend_check", "sdkappid=1", fill(3*most)))
		wantCode(t, conn.read("/v4/sns/friend_check of an unknown app, over-long"), 70020)
	})
}

// TestDefaultBodyLimit is the cap of 8 MiB, which a test without a network sees
// as well.
func TestDefaultBodyLimit(t *testing.T) {
	c := newAliceAndBob(t)
	for size, want := range map[int]int{8 << 20: 0, 8<<20 + 1: 80002} {
		body := goodCheck + strings.Repeat("\n", size-len(goodCheck))
		for _, length := range []int64{int64(size), -1} {
			r := httptest.NewRequest(http.MethodPost, "/v4/sns/friend_check?"+c.query, bytes.NewReader([]byte(body)))
			r.ContentLength = length
			wantCode(t, c.s.serve(t, r, fmt.Sprintf("%d bytes, length %d", size, length)), want)
		}
	}
}

// TestClaimedLength: a length that is only claimed is refused without waiting
// for a body.
func TestClaimedLength(t *testing.T) {
	c := newAliceAndBob(t)
	conn := dial(t, c)
	conn.write("POST /v4/sns/friend_check?" + c.query + " HTTP/1.1\r\nHost: kith\r\nContent-Length: 9000000000000\r\n\r\n")
	wantCode(t, conn.read("/v4/sns/friend_check with a claimed length"), 80002)
	if !conn.closed() {
		t.Error("the connection stays open though nobody reads the body")
	}
}

// TestExpectContinue: a client that waits to be told to send its body is told,
// or refused before it sends.
func TestExpectContinue(t *testing.T) {
	c := newAliceAndBob(t)
	head := func(query string, size int) string {
		return fmt.Sprintf("POST /v4/sns/friend_check?%s HTTP/1.1\r\nHost: kith\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", query, size)
	}
	t.Run("told to", func(t *testing.T) {
		conn := dial(t, c)
		conn.write(head(c.query, len(goodCheck)))
		line, err := conn.rd.ReadString('\n')
		if !strings.HasPrefix(line, "HTTP/1.1 100 ") || err != nil {
			t.Fatalf("%q %v, want 100 Continue", line, err)
		}
		conn.rd.ReadString('\n')
		conn.write(goodCheck)
		wantCode(t, conn.read("/v4/sns/friend_check, continued"), 0)
	})
	t.Run("refused", func(t *testing.T) {
		conn := dial(t, c)
		conn.write(head("sdkappid=x", len(goodCheck)))
		wantCode(t, conn.read("/v4/sns/friend_check, not continued"), 60006)
	})
	t.Run("too long", func(t *testing.T) {
		conn := dial(t, c)
		conn.write(head(c.query, 100<<20))
		wantCode(t, conn.read("/v4/sns/friend_check, not continued"), 80002)
	})
}

// TestTruncatedBody: a body that ends before its length is no valid HTTP (T
// 2.1, 60008), and changes nothing.
func TestTruncatedBody(t *testing.T) {
	c := newAliceAndBob(t)
	before := c.s.state(t, appA)
	add := `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}`
	for name, text := range map[string]string{
		"shorter than its length": strings.Replace(c.post("sns/friend_add", c.query, add), "Content-Length: ", "Content-Length: 1", 1),
		"chunk cut":               strings.TrimSuffix(c.chunked("sns/friend_add", c.query, add), "\r\n0\r\n\r\n"),
		"no last chunk":           strings.TrimSuffix(c.chunked("sns/friend_add", c.query, add), "0\r\n\r\n"),
		"no chunk size":           strings.Replace(c.chunked("sns/friend_add", c.query, add), "\r\n\r\n", "\r\n\r\nzz\r\n", 1),
	} {
		conn := dial(t, c)
		conn.write(text)
		if err := conn.Conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		wantCode(t, conn.read(name+": "+text), 60008)
	}
	wantSameState(t, "truncated bodies", before, c.s.state(t, appA))
	if log := c.s.log.String(); strings.Contains(log, "call failed") {
		t.Errorf("a truncated body is logged as our failure:\n%s", log)
	}
}
