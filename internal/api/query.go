package api

import (
	"encoding/hex"
	"strings"
)

// A query is what the URL of a call says about its caller.
type query struct{ sdkappid, identifier, usersig string }

// parseQuery reads it as [url.ParseQuery] does, which refuses the same, but
// without making a map of it. Of a parameter given twice the first counts.
func parseQuery(raw string) (q query, err error) {
	var seen [3]bool
	for raw != "" {
		var pair string
		pair, raw, _ = strings.Cut(raw, "&")
		if strings.IndexByte(pair, ';') >= 0 {
			return query{}, badURL
		}
		key, value, _ := strings.Cut(pair, "=")
		if key, err = unescape(key); err != nil {
			return query{}, err
		}
		if value, err = unescape(value); err != nil {
			return query{}, err
		}
		switch key {
		case "sdkappid":
			keepFirst(&q.sdkappid, value, &seen[0])
		case "identifier":
			keepFirst(&q.identifier, value, &seen[1])
		case "usersig":
			keepFirst(&q.usersig, value, &seen[2])
		}
	}
	return q, nil
}

func keepFirst(to *string, value string, seen *bool) {
	if !*seen {
		*to, *seen = value, true
	}
}

// unescape does what [url.QueryUnescape] does, which goes byte by byte and took a
// twentieth of a friend_check. The error is badURL.
func unescape(s string) (string, error) {
	s = strings.ReplaceAll(s, "+", " ")
	plain, rest, escaped := strings.Cut(s, "%")
	if !escaped {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(plain)
	for escaped {
		if len(rest) < 2 {
			return "", badURL
		}
		var c [1]byte
		if _, err := hex.Decode(c[:], []byte(rest[:2])); err != nil {
			return "", badURL
		}
		b.WriteByte(c[0])
		plain, rest, escaped = strings.Cut(rest[2:], "%")
		b.WriteString(plain)
	}
	return b.String(), nil
}
