package usersig

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// The numbers an [Error] can carry, and the one that a caller adds. The server
// answers them as ErrorCode, in REST calls and in logins alike (sections 2.2
// and 3.6).
const (
	// CodeExpired: now is later than the second of issue plus the validity.
	CodeExpired = 70001
	// CodeEmpty: there is no UserSig, or its length is zero.
	CodeEmpty = 70002
	// CodeUnreadable: the text could not be taken apart (length, base64, zlib,
	// JSON), a member is missing, or it is a version 1 UserSig. A text cut short
	// on its way is the usual reason.
	CodeUnreadable = 70003
	// CodeMalformed: the text could be taken apart, but a member holds what no
	// UserSig holds: another version, a number written as a string, a TLS.sig
	// that is not 32 bytes, a control character.
	CodeMalformed = 70005
	// CodeWrongSecret: the HMAC is of none of the secret keys. Either the key of
	// another application signed it, or the UserSig was altered.
	CodeWrongSecret = 70009
	// CodeWrongIdentifier: the UserSig was made for another identifier.
	CodeWrongIdentifier = 70013
	// CodeWrongAppID: the UserSig was made for another SDKAppID.
	CodeWrongAppID = 70014
	// CodeNoSecret: the application has no secret key to verify with.
	CodeNoSecret = 70016
	// CodeKicked: the UserSig was issued at or before the last kick of its
	// identifier. This package never returns it: the caller compares
	// [Signature.Issued] with the second of the kick.
	CodeKicked = 70052
)

// Error says why a UserSig was refused. [Parse] and [Signature.Verify] return
// no other type of error.
type Error struct {
	// Code is the number that the server answers, one of the Code constants.
	Code int
	// Text is one short English line that says what to mend. It may quote
	// identifiers, shortened and escaped; it never holds the UserSig, its HMAC or
	// a secret key, so it may be logged and sent to the caller.
	Text string
}

// Error returns the text followed by the code.
func (e *Error) Error() string {
	return fmt.Sprintf("%s (code %d)", e.Text, e.Code)
}

func refuse(code int, format string, args ...any) *Error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...)}
}

// quote makes a text of a stranger fit for a message: escaped, and cut a little
// beyond the 32 bytes of a UserID.
func quote(text string) string {
	const most = 48
	if len(text) <= most {
		return strconv.Quote(text)
	}
	end := most
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return strconv.Quote(text[:end]) + "..."
}
