package http1

import (
	"bytes"
	"strings"
)

// A head is that of a plain request.
type head struct {
	path, query string
	length      int64
	forwarded   []string
	size        int // of the head itself, in bytes
}

// A verdict on what was received.
type verdict int

const (
	unusual verdict = iota // for net/http to understand
	plain
	partial // more must come
)

const (
	method  = "POST "
	version = " HTTP/1.1\r"
)

// readHead reads the head that b begins with. It takes what is certain to mean
// the same to every reader of HTTP, and leaves all the rest.
func readHead(b []byte) (h head, v verdict) {
	if n := min(len(b), len(method)); string(b[:n]) != method[:n] {
		return h, unusual
	}
	end := bytes.IndexByte(b, '\n')
	if end < 0 {
		return h, partial
	}
	if !h.readTarget(b[len(method):end]) {
		return h, unusual
	}
	f := fields{length: -1}
	for at := end + 1; ; at += end + 1 {
		if end = bytes.IndexByte(b[at:], '\n'); end < 0 {
			return h, partial
		}
		line := b[at : at+end]
		if len(line) == 1 && line[0] == '\r' {
			h.size = at + end + 1
			h.length, h.forwarded = f.length, f.forwarded
			return h, f.verdict()
		}
		if !f.read(line) {
			return h, unusual
		}
	}
}

// readTarget reads the first line behind the method. The path has no escapes,
// and no part that is empty or a dot.
func (h *head) readTarget(line []byte) bool {
	target, ok := bytes.CutSuffix(line, []byte(version))
	if !ok || len(target) < 2 || target[0] != '/' {
		return false
	}
	path, query, _ := bytes.Cut(target, []byte("?"))
	for i, c := range path {
		if !charset[c].has(pathChar) || c == '/' && i > 0 && path[i-1] == '/' {
			return false
		}
	}
	for _, c := range query {
		if !charset[c].has(queryChar) {
			return false
		}
	}
	text := string(target)
	h.path, h.query, _ = strings.Cut(text, "?")
	return true
}

// fields are what matters of the header.
type fields struct {
	length    int64 // -1 if it was not given
	host      bool
	forwarded []string
}

func (f *fields) verdict() verdict {
	if f.length < 0 || !f.host {
		return unusual
	}
	return plain
}

// read reads one line; it is false if the request is not plain.
func (f *fields) read(line []byte) bool {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || line[len(line)-1] != '\r' {
		return false
	}
	name, value := line[:colon], line[colon+1:len(line)-1]
	for _, c := range name {
		if !charset[c].has(nameChar) {
			return false
		}
	}
	for _, c := range value {
		if !charset[c].has(valueChar) {
			return false
		}
	}
	return f.take(name, bytes.Trim(value, " \t"))
}

// take notes a field, if it is one of those that matter.
func (f *fields) take(name, value []byte) bool {
	switch len(name) {
	case len("Host"):
		if is(name, "host") {
			again := f.host
			f.host = true
			return !again && isHost(value)
		}
	case len("Expect"):
		return !is(name, "expect")
	case len("Trailer"):
		return !is(name, "trailer") && !is(name, "upgrade")
	case len("Connection"):
		return !is(name, "connection") || is(value, "keep-alive")
	case len("Content-Length"):
		if is(name, "content-length") {
			return f.takeLength(value)
		}
	case len("X-Forwarded-For"):
		if is(name, "x-forwarded-for") {
			f.forwarded = append(f.forwarded, string(value))
		}
	case len("Transfer-Encoding"):
		return !is(name, "transfer-encoding")
	}
	return true
}

// mostDigits keeps a length within an int64.
const mostDigits = 18

func (f *fields) takeLength(digits []byte) bool {
	if f.length >= 0 || len(digits) == 0 || len(digits) > mostDigits {
		return false
	}
	f.length = 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return false
		}
		f.length = f.length*10 + int64(c-'0')
	}
	return true
}

func isHost(value []byte) bool {
	for _, c := range value {
		if !charset[c].has(hostChar) {
			return false
		}
	}
	return len(value) > 0
}

// is tells whether b is a word, given in small letters, in whatever case.
func is(b []byte, word string) bool {
	if len(b) != len(word) {
		return false
	}
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != word[i] {
			return false
		}
	}
	return true
}

// A charClass is a set of places in a head where a byte may stand.
type charClass uint8

const (
	pathChar charClass = 1 << iota
	queryChar
	nameChar
	valueChar
	hostChar
)

func (c charClass) has(place charClass) bool { return c&place != 0 }

var charset = func() (set [256]charClass) {
	allow := func(place charClass, chars string) {
		for _, c := range []byte(chars) {
			set[c] |= place
		}
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	allow(pathChar, letters+"_-/")
	allow(hostChar, letters+"_-.:[]")
	allow(nameChar, letters+"!#$%&'*+-.^_`|~")
	for c := byte(' '); c <= '~'; c++ {
		set[c] |= valueChar
		if c != ' ' && c != '#' {
			set[c] |= queryChar
		}
	}
	allow(valueChar, "\t")
	return set
}()
