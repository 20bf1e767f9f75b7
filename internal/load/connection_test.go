package load

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"kith/wire"
)

func TestParseHead(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for _, test := range []struct {
		in         string
		head, body int
		fails      string
	}{
		{in: ""},
		{in: ok + "Content-Length: 5\r\n"}, // not complete
		{in: ok + "Content-Length: 5\r\n\r", fails: ""},
		{in: ok + "Content-Length: 5\r\n\r\nhello", head: 38, body: 5},
		{in: ok + "Date: today\r\ncontent-length:5 \r\nX: y\r\n\r\n", head: 57, body: 5},
		{in: ok + "X-Content-Length: 7\r\nContent-Length: 0\r\n\r\n", head: 59},
		{in: ok + "Content-Length: -1\r\n\r\n", fails: "Content-Length"},
		{in: ok + "Content-Length: five\r\n\r\n", fails: "Content-Length"},
		{in: ok + "Transfer-Encoding: chunked\r\n\r\n", fails: "no Content-Length"},
		{in: "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", fails: "status 200"},
		{in: "SSH-2.0\r\n\r\n", fails: "status 200"},
	} {
		head, body, err := parseHead([]byte(test.in))
		if test.fails != "" {
			if err == nil || !strings.Contains(err.Error(), test.fails) {
				t.Errorf("parseHead(%q): error %v, want one about %q", test.in, err, test.fails)
			}
			continue
		}
		if head != test.head || body != test.body || err != nil {
			t.Errorf("parseHead(%q) = %d, %d, %v; want %d, %d", test.in, head, body, err, test.head, test.body)
		}
	}
}

// TestReceive takes an answer that comes byte by byte, and one that is larger
// than the buffer.
func TestReceive(t *testing.T) {
	long := strings.Repeat("x", 5*firstBuffer)
	for _, test := range []struct {
		body string
		step int
	}{{"hello", 1}, {long, 1000}, {"", 7}} {
		here, there := net.Pipe()
		c := &connection{Conn: here, in: make([]byte, firstBuffer)}
		answer := "HTTP/1.1 200 OK\r\nContent-Length: " + thousandless(len(test.body)) + "\r\n\r\n" + test.body
		go func() {
			for len(answer) > 0 {
				n := min(test.step, len(answer))
				if _, err := there.Write([]byte(answer[:n])); err != nil {
					return
				}
				answer = answer[n:]
			}
		}()
		got, err := c.receive()
		if string(got) != test.body || err != nil {
			t.Errorf("received %d bytes, %v; want %d", len(got), err, len(test.body))
		}
		here.Close()
		there.Close()
	}
}

func thousandless(n int) string { return strings.ReplaceAll(thousands(float64(n)), ",", "") }

func TestReceiveEnds(t *testing.T) {
	here, there := net.Pipe()
	go func() {
		_, _ = there.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal"))
		there.Close()
	}()
	if got, err := (&connection{Conn: here, in: make([]byte, firstBuffer)}).receive(); err == nil {
		t.Errorf("half an answer was received as %q", got)
	}
}

func TestJudge(t *testing.T) {
	sns := &Call{Command: friendAdd, Allowed: alreadyFriends}
	account := &Call{Command: accountDelete, Allowed: gone}
	for _, test := range []struct {
		call                *Call
		answer              string
		refused, unexpected int
	}{
		{sns, `{"ResultItem":[{"ResultCode":0}],"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`, 0, 0},
		{sns, `{"ResultItem":[{"ResultCode":30001},{"ResultCode":0},{"ResultCode":30001}],"Fail_Account":["a"],"ActionStatus":"OK","ErrorCode":0}`, 2, 0},
		{sns, `{"ResultItem":[{"ResultCode":30003}],"Fail_Account":["a"],"ActionStatus":"OK","ErrorCode":0}`, 0, wire.CodeNoAccount},
		{sns, `{"ActionStatus":"FAIL","ErrorCode":30006,"ErrorInfo":"x"}`, 0, wire.CodeInternal},
		{sns, `{"ActionStatus":"FAIL","ErrorCode":30001,"ErrorInfo":"x"}`, 1, 0},
		{sns, `{"Remark":"\"ErrorCode\":7","ActionStatus":"OK","ErrorCode":0}`, 0, 0},
		{account, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"ResultCode":70107,"UserID":"a"}]}`, 1, 0},
		{account, `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"ResultCode":70500,"UserID":"a"}]}`, 0, wire.CodeAccountInternal},
		{sns, `{"ErrorCode":"0"}`, 0, unreadable},
		{sns, ``, 0, unreadable},
		{sns, string(bareAnswer(0)), 0, 0},
		{account, string(bareAnswer(1000)), 0, 0},
	} {
		if refused, unexpected := judge(test.call, []byte(test.answer)); refused != test.refused || unexpected != test.unexpected {
			t.Errorf("judge(%s) = %d, %d; want %d, %d", test.answer, refused, unexpected, test.refused, test.unexpected)
		}
	}
}

func TestBareAnswerSize(t *testing.T) {
	for _, size := range []int{100, 177, 100_000} {
		if got := len(bareAnswer(size)); got != size {
			t.Errorf("a bare answer of %d bytes has %d", size, got)
		}
	}
}

func TestParseStat(t *testing.T) {
	got, err := parseStat("42 (a) name) S 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0")
	if got != 1750*time.Millisecond || err != nil {
		t.Errorf("parseStat = %v, %v", got, err)
	}
	for _, bad := range []string{"", "42 (x) S 1 2", "42 (x) S 1 2 3 4 5 6 7 8 9 10 a b 0"} {
		if _, err := parseStat(bad); err == nil {
			t.Errorf("parseStat(%q) succeeded", bad)
		}
	}
}

func TestAwaitRest(t *testing.T) {
	used := []time.Duration{0, time.Second, 2 * time.Second, 2*time.Second + time.Millisecond, 3 * time.Second}
	looks := 0
	meter := Meter(func() (time.Duration, error) {
		looks++
		return used[looks-1], nil
	})
	if err := meter.AwaitRest(t.Context()); err != nil || looks != 4 {
		t.Errorf("AwaitRest = %v after %d looks, want nil after 4, the first after which little was used", err, looks)
	}
	broken := errors.New("no figures")
	meter = func() (time.Duration, error) { return 0, broken }
	if err := meter.AwaitRest(t.Context()); !errors.Is(err, broken) {
		t.Errorf("AwaitRest = %v, want the error of the meter", err)
	}
}
