package api

import (
	"crypto/rand"
	"encoding/hex"
)

// newRequestID names one failed call, so that its answer and its line in the
// log can be told to belong together.
func newRequestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}
