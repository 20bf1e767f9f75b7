package http1_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kith/internal/http1"
)

// mirror answers with what it was asked.
type mirror struct{}

var mirrorHeader = http.Header{"Content-Type": {"text/plain"}, "Access-Control-Allow-Origin": {"*"}}

const mostRead = 1 << 20

func (mirror) Answer(r *http1.Request, dst []byte) []byte {
	dst = fmt.Appendf(dst, "%s %q %q %s %q\n", r.Path, r.Query, r.Forwarded, r.Peer.Text, r.Peer.IP)
	switch {
	case strings.HasPrefix(r.Path, "/unread"):
		return dst
	case r.Length > mostRead:
		r.Close = true
		return append(dst, "too long"...)
	}
	body, err := io.ReadAll(r.Body)
	return fmt.Appendf(dst, "%d bytes: %.200q %v", len(body), body, err != nil)
}

func (m mirror) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, values := range mirrorHeader {
		w.Header()[name] = values
	}
	http1.Serve(m, w, r)
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// serve starts a server with the timeouts given, if any.
func serve(t testing.TB, h http1.Handler, rest *http.Server) (s *http1.Server, addr string) {
	t.Helper()
	l := listen(t)
	rest.Handler = mirror{}
	s = &http1.Server{Handler: h, Header: mirrorHeader, Rest: rest}
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-done; err != http.ErrServerClosed {
			t.Errorf("Serve = %v", err)
		}
	})
	return s, l.Addr().String()
}

// pair is a server and net/http, which must answer the same.
type pair struct{ ours, plain string }

func newPair(t testing.TB) pair {
	_, ours := serve(t, mirror{}, &http.Server{})
	l := listen(t)
	plain := &http.Server{Handler: mirror{}}
	go plain.Serve(l)
	t.Cleanup(func() { plain.Close() })
	return pair{ours, l.Addr().String()}
}

// An answer as a client reads it.
type answer struct {
	Status string
	Header http.Header
	Body   string
}

// answers sends text, ends its side of the connection and reads all answers.
// What does not come within some time is missing.
func answers(t testing.TB, addr string, pieces ...string) (all []answer) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	for i, piece := range pieces {
		if i > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		io.WriteString(c, piece) // an answer may come before all is taken
	}
	c.(*net.TCPConn).CloseWrite()
	rd := bufio.NewReader(c)
	for {
		r, err := http.ReadResponse(rd, nil)
		if err != nil {
			return all
		}
		body, _ := io.ReadAll(r.Body)
		r.Header.Del("Date")
		all = append(all, answer{r.Status, r.Header, string(body)})
	}
}

func (p pair) compare(t testing.TB, pieces ...string) {
	t.Helper()
	want := answers(t, p.plain, pieces...)
	if diff := cmp.Diff(want, answers(t, p.ours, pieces...)); diff != "" {
		t.Errorf("%.300q\n  answers (-net/http +ours):\n%s", pieces, diff)
	}
}

const good = "POST /v4/sns/friend_check?sdkappid=1&identifier=a%20b&usersig=eJw-_* HTTP/1.1\r\nHost: kith:8080\r\nUser-Agent: x/1.0 (y; z)\r\nAccept: */*\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n12345"

// requests are such as clients, proxies and attackers send.
var requests = func() []string {
	head := func(line string, fields ...string) string {
		return line + "\r\n" + strings.Join(append(fields, "", ""), "\r\n")
	}
	post := "POST /v4/sns/friend_check?a=b HTTP/1.1"
	host, length := "Host: kith", "Content-Length: 3"
	all := []string{
		good,
		good + good + good,
		"GET / HTTP/1.1\r\nHost: kith\r\n\r\n" + good,
		good + "GET /x?y HTTP/1.1\r\nHost: kith\r\n\r\n" + good,
		good + "\r\n" + good, good + "\n" + good, good + "\r\n\r\n" + good, good + "\r\n\r\n\r" + good, good + "\r\nGET /x HTTP/1.1\r\nHost: kith\r\n\r\n" + good,
		good + "\r\n", good + "\r\n\r\n", good + "P", good + "GET", good + "GET ", good + "\r\nx",
		head(post, host, "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n" + good,
		head(post, host, "Transfer-Encoding: chunked", length) + "3\r\nabc\r\n0\r\n\r\n" + good,
		head(post, host, "Expect: 100-continue", length) + "abc" + good,
		head("POST /unread HTTP/1.1", host, "Content-Length: 100000") + strings.Repeat("x", 100_000) + good,
		strings.Replace(good, "\r\n", "\n", 3),
		"POST /v4/x", "POST", "P", "", "\r\n" + good, "POST /v4/x HTTP/1.1\r\nHost: k", good[:len(good)-1], good[:40],
		head("POST /v4/"+strings.Repeat("a", 5000)+" HTTP/1.1", host, length) + "abc" + good,
		head(post, host, length, "X: "+strings.Repeat("a", 5000)) + "abc" + good,
		head(post, host, "Content-Length: 6000") + strings.Repeat("y", 6000) + good,
	}
	for _, line := range []string{
		"POST / HTTP/1.1", "POST /a HTTP/1.1", "POST // HTTP/1.1", "POST //a HTTP/1.1", "POST /a//b?c HTTP/1.1", "POST /a/../b HTTP/1.1", "POST /a/./b HTTP/1.1",
		"POST /a%2fb?c=d HTTP/1.1", "POST /a%zz HTTP/1.1", "POST /a?b#c HTTP/1.1", "POST /a#c HTTP/1.1", "POST /a;b?c;d HTTP/1.1", "POST /a? HTTP/1.1", "POST /a?? HTTP/1.1",
		"POST /a?b c HTTP/1.1", "POST  /a HTTP/1.1", "POST /a  HTTP/1.1", "POST /a HTTP/1.0", "POST /a HTTP/1.2", "POST /a HTTP/2.0", "POST /a http/1.1", "POST /a", "POST a HTTP/1.1",
		"POST http://kith/a?b HTTP/1.1", "POST * HTTP/1.1", "post /a HTTP/1.1", "PUT /a HTTP/1.1", "POST /\xc3\xa4?\xc3\xa4 HTTP/1.1", "POST /a?\x7f HTTP/1.1", "POST /a?\x01 HTTP/1.1", "POST /a\x00 HTTP/1.1",
		"POST /a?\"<>\\^`{|} HTTP/1.1", "POST /a@b:c,d!e HTTP/1.1", "POST /a?b=%zz&c=+ HTTP/1.1", "POST /a/ HTTP/1.1", "POST /A_b-c/0 HTTP/1.1",
	} {
		all = append(all, head(line, host, length)+"abc"+good)
	}
	for _, field := range []string{
		"Connection: close", "Connection: keep-alive", "Connection: Keep-Alive", "connection: KEEP-ALIVE", "Connection: keep-alive, Upgrade", "Connection: upgrade", "Connection:", "Connection: x",
		"Connection: keep-alive\r\nConnection: close", "Upgrade: h2c", "Upgrade: websocket", "Trailer: x", "TE: trailers", "Expect: 100-continue", "Expect: y", "Expect:",
		"Host: kith", "Host: other", "Content-Length: 3", "Content-Length: 4", "Content-Length: 03", "Content-Length: +3", "content-length: 3", "Content-Length: 3, 3",
		"Transfer-Encoding: identity", "Transfer-Encoding: x", "Transfer-Encoding:", "Transfer-Encoding : chunked", "Content-Length : 3", " folded: x", "\tfolded: x", "X: a\r\n b", ": x", "x", "x y: z",
		"X-Forwarded-For: 1.2.3.4", "x-forwarded-for: 1.2.3.4, 5.6.7.8\r\nX-FORWARDED-FOR:9.9.9.9", "X-Forwarded-For:", "X-Forwarded-For:  \t 1.2.3.4 \t ",
		"X: \xc3\xa4", "X: \x7f", "X: \x00", "X: \x01", "\xc3\xa4: x", "X\x00: y", "X:\ty", "X: a\rb", "X: a\n", "Content-Type: text/plain", "Cookie: a=b; c=d", "Pragma: no-cache", "Max-Forwards: 0", "(x): y", "X:",
	} {
		all = append(all, head(post, host, length, field)+"abc"+good, head(post, field, host, length)+"abc"+good)
	}
	for _, host := range []string{"", "Host:", "Host: ", "Host: kith:8080", "Host: [::1]:80", "Host: a b", "Host: a/b", "Host: a@b", "Host: \xc3\xa4", "Host: a,b", "host: kith", "HOST:kith", "Host: a%20b", "Host: 1.2.3.4:99999"} {
		all = append(all, strings.ReplaceAll(head(post, host, length), "\r\n\r\n\r\n", "\r\n\r\n")+"abc"+good)
	}
	for _, length := range []string{"", "Content-Length:", "Content-Length: 0", "Content-Length: -1", "Content-Length: 3 ", "Content-Length: 3x", "Content-Length: 0x3", "Content-Length: 3.0",
		"Content-Length: 999999999999999999", "Content-Length: 9999999999999999999", "Content-Length: 18446744073709551619", "Content-Length: 00000000000000000003", "Content-Length: 2"} {
		all = append(all, strings.ReplaceAll(head(post, host, length), "\r\n\r\n\r\n", "\r\n\r\n")+"abc"+good)
	}
	return all
}()

// TestSameAnswers: whatever is sent, what comes back is what net/http answers.
func TestSameAnswers(t *testing.T) {
	p := newPair(t)
	for _, text := range requests {
		p.compare(t, text)
	}
}

// TestPieces sends a request in two pieces, wherever it is cut.
func TestPieces(t *testing.T) {
	p := newPair(t)
	for cut := 1; cut < len(good); cut += 7 {
		p.compare(t, good[:cut], good[cut:])
		p.compare(t, good+good[:cut], good[cut:]+good)
	}
}

// TestLargeBodies: what does not fit a buffer of either side.
func TestLargeBodies(t *testing.T) {
	p := newPair(t)
	for _, size := range []int{3000, 4095, 4096, 5000, 70_000, mostRead} {
		request := fmt.Sprintf("POST /a HTTP/1.1\r\nHost: k\r\nContent-Length: %d\r\n\r\n%s", size, strings.Repeat("z", size))
		p.compare(t, request+good, good)
	}
}

func FuzzSameAnswers(f *testing.F) {
	for _, text := range requests {
		f.Add([]byte(text))
	}
	p := newPair(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 16<<10 || bytes.Contains(bytes.ToLower(text), []byte("expect")) {
			return // a client that waits to be told to go on has no fixed end
		}
		p.compare(t, string(text))
	})
}
