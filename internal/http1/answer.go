package http1

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The parts of the head of an answer, of which the first comes before the header
// that all have.
const (
	statusLine = "HTTP/1.1 200 OK\r\n"
	lengthName = "Content-Length: "
	dateName   = "\r\nDate: "
	closeLine  = "\r\nConnection: close"
	headEnd    = "\r\n\r\n"

	// varying is how much of the head is not the same for all answers, at most.
	varying = len(lengthName) + 20 + len(dateName) + len(http.TimeFormat) + len(closeLine) + len(headEnd)
)

// newStart spells what every answer begins with.
func newStart(h http.Header) []byte {
	var b strings.Builder
	b.WriteString(statusLine)
	_ = h.Write(&b) // a Builder takes everything
	b.WriteString(lengthName)
	return []byte(b.String())
}

// room returns memory, that of buf if it is large enough, with room for a head;
// the body is to be appended.
func (s *Server) room(buf []byte) []byte {
	n := len(s.start) + varying
	return slices.Grow(buf[:0], n)[:n]
}

// addHead puts the head into the room before a body and returns the whole
// answer.
func (s *Server) addHead(b []byte, now time.Time, kept bool) []byte {
	room := len(s.start) + varying
	var tail [varying]byte
	h := strconv.AppendInt(tail[:0], int64(len(b)-room), 10)
	h = append(append(h, dateName...), s.date(now)...)
	if !kept {
		h = append(h, closeLine...)
	}
	h = append(h, headEnd...)
	from := room - len(h) - len(s.start)
	copy(b[from:], s.start)
	copy(b[room-len(h):], h)
	return b[from:]
}

// A stamp is a second and how the header spells it.
type stamp struct {
	second int64
	text   string
}

// date spells the current time, once in a second.
func (s *Server) date(now time.Time) string {
	second := now.Unix()
	if d := s.stamp.Load(); d != nil && d.second == second {
		return d.text
	}
	text := now.UTC().Format(http.TimeFormat)
	s.stamp.Store(&stamp{second, text})
	return text
}
