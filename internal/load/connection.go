package load

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"
)

// A connection makes one call after the other. It is not safe for concurrent
// use.
type connection struct {
	net.Conn
	out []byte
	in  []byte // what was received; its length is its capacity
}

const firstBuffer = 16 << 10

// dial connects to the target. Nothing is waited for longer than until the
// deadline.
func (t *Target) dial(deadline time.Time) (*connection, error) {
	host := t.base.Host
	if t.base.Port() == "" {
		host = net.JoinHostPort(t.base.Hostname(), map[string]string{"http": "80", "https": "443"}[t.base.Scheme])
	}
	d := &net.Dialer{Deadline: deadline}
	var c net.Conn
	var err error
	if t.base.Scheme == "https" {
		c, err = tls.DialWithDialer(d, "tcp", host, nil)
	} else {
		c, err = d.Dial("tcp", host)
	}
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, in: make([]byte, firstBuffer)}, c.SetDeadline(deadline)
}

// call sends a request and returns the body of the answer, which is valid until
// the next call.
func (c *connection) call(head, body []byte) ([]byte, error) {
	c.out = append(c.out[:0], head...)
	c.out = strconv.AppendInt(c.out, int64(len(body)), 10)
	c.out = append(c.out, "\r\n\r\n"...)
	c.out = append(c.out, body...)
	if _, err := c.Write(c.out); err != nil {
		return nil, withoutAddress(err)
	}
	return c.receive()
}

// receive reads one answer. There is never more than one under way, so whatever
// comes belongs to it.
func (c *connection) receive() ([]byte, error) {
	for have, head, length := 0, 0, 0; ; {
		if have == len(c.in) {
			c.in = append(c.in, make([]byte, len(c.in))...)
		}
		n, err := c.Read(c.in[have:])
		if err != nil {
			return nil, withoutAddress(err)
		}
		have += n
		if head == 0 {
			if head, length, err = parseHead(c.in[:have]); err != nil {
				return nil, err
			}
		}
		switch {
		case head > 0 && have > head+length:
			return nil, errors.New("more came than was announced")
		case head > 0 && have == head+length:
			return c.in[head:have], nil
		}
	}
}

var (
	headEnd     = []byte("\r\n\r\n")
	statusOK    = []byte("HTTP/1.1 200 ")
	lengthField = []byte("content-length:")
)

// parseHead returns how long the head and the body of an answer are. While the
// head is not complete, it is 0.
func parseHead(b []byte) (head, body int, err error) {
	end := bytes.Index(b, headEnd)
	if end < 0 {
		return 0, 0, nil
	}
	head = end + len(headEnd)
	status, fields, _ := bytes.Cut(b[:end+2], []byte("\r\n"))
	if !bytes.HasPrefix(status, statusOK) {
		return 0, 0, fmt.Errorf("the answer begins with %.40q, not with status 200", status)
	}
	for len(fields) > 0 {
		var field []byte
		field, fields, _ = bytes.Cut(fields, []byte("\r\n"))
		if len(field) > len(lengthField) && bytes.EqualFold(field[:len(lengthField)], lengthField) {
			n, err := strconv.ParseUint(string(bytes.TrimSpace(field[len(lengthField):])), 10, 31)
			if err != nil {
				return 0, 0, fmt.Errorf("the answer has a Content-Length that is none: %.40q", field)
			}
			return head, int(n), nil
		}
	}
	return 0, 0, errors.New("the answer has no Content-Length")
}

// withoutAddress drops from an error which two ports were involved, so that
// equal errors read equal.
func withoutAddress(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return fmt.Errorf("%s: %w", op.Op, op.Err)
	}
	return err
}
