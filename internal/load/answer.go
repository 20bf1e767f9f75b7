package load

import (
	"bytes"
	"slices"

	"kith/wire"
)

var (
	errorCode  = []byte(`"ErrorCode":`)
	resultCode = []byte(`"ResultCode":`)
	failed     = []byte(`"Fail_Account":`)
)

// unreadable is the code of an answer that has none.
const unreadable = -1

// judge looks at an answer: how many items were refused as they may be, and
// which code was not to be expected, 0 if none; [wire.CodeRequestTimeout] is how
// a server that has too much to do turns calls away. A quote within a JSON
// string is escaped, so what looks like a member is one.
func judge(c *Call, answer []byte) (refused, unexpected int) {
	account := c.Command.Family == wire.AccountService
	at := bytes.LastIndex(answer, errorCode)
	if account { // whose envelope comes first
		at = bytes.Index(answer, errorCode)
	}
	if at < 0 {
		return 0, unreadable
	}
	if code := number(answer[at+len(errorCode):]); code != 0 {
		if slices.Contains(c.Allowed, code) {
			return 1, 0
		}
		return 0, code
	}
	if !account && !bytes.Contains(answer, failed) {
		return 0, 0
	}
	return judgeItems(c, answer)
}

func judgeItems(c *Call, answer []byte) (refused, unexpected int) {
	for {
		at := bytes.Index(answer, resultCode)
		if at < 0 {
			return refused, 0
		}
		answer = answer[at+len(resultCode):]
		switch code := number(answer); {
		case code == 0:
		case slices.Contains(c.Allowed, code):
			refused++
		default:
			return refused, code
		}
	}
}

// number reads the digits that b begins with.
func number(b []byte) (n int) {
	if len(b) == 0 || b[0] < '0' || b[0] > '9' {
		return unreadable
	}
	for _, c := range b {
		if c < '0' || c > '9' {
			break
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// member reads a number that stands near the end of an answer under a name,
// which is given as it is written: `"Name":`.
func member(answer, name []byte) (n int, found bool) {
	at := bytes.LastIndex(answer, name)
	if at < 0 {
		return 0, false
	}
	n = number(answer[at+len(name):])
	return n, n >= 0
}
