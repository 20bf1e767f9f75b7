package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// An Error refuses a whole request. Errors of single items are no Error: they
// stand in the reply and leave it OK.
type Error struct {
	// Code is one of the Code constants, never 0.
	Code int
	// Info becomes ErrorInfo: a text the documents know, or a reason in
	// plain words.
	Info string
	// Display becomes ErrorDisplay where the family has one: what to do
	// about it, for a person.
	Display string
}

// Error is the code and the texts.
func (e *Error) Error() string {
	switch {
	case e.Info == "" && e.Display == "":
		return fmt.Sprintf("%d", e.Code)
	case e.Display == "":
		return fmt.Sprintf("%d %s", e.Code, e.Info)
	case e.Info == "":
		return fmt.Sprintf("%d (%s)", e.Code, e.Display)
	}
	return fmt.Sprintf("%d %s (%s)", e.Code, e.Info, e.Display)
}

// Head is the refusal as an envelope of sns and profile.
func (e *Error) Head() Head {
	return Head{ActionStatus: ActionFail, ErrorCode: e.Code, ErrorInfo: e.Info, ErrorDisplay: e.Display}
}

// AccountHead is the refusal as an envelope of the other families.
func (e *Error) AccountHead() AccountHead {
	return AccountHead{ActionStatus: ActionFail, ErrorCode: e.Code, ErrorInfo: e.Info}
}

// Reply is the refusal as the whole reply of a command of family f: a Head
// or an AccountHead.
func (e *Error) Reply(f Family) Reply {
	if f.hasDisplay() {
		return e.Head()
	}
	return e.AccountHead()
}

// empty refuses a body with nothing in it.
func (f Family) empty() *Error {
	if f == OpenIM {
		return &Error{Code: CodeStatusBody, Info: TextStatusBody}
	}
	return &Error{Code: CodeJSON, Info: "request body is empty: send at least {}"}
}

// notJSON refuses a body that err says is not JSON.
func (f Family) notJSON(err error, body []byte) *Error {
	reason := syntaxReason(err, body)
	switch f {
	case Profile:
		return &Error{Code: CodeProfileParameter, Info: TextProfileDecode, Display: reason}
	case OpenIM:
		return &Error{Code: CodeStatusBody, Info: TextStatusBody + ": " + reason}
	}
	return &Error{Code: CodeJSON, Info: reason}
}

// wrongType refuses a body with a value of the wrong type in it.
func (f Family) wrongType(m *mismatch) *Error {
	if m.account {
		return f.wrongAccount(m)
	}
	switch f {
	case SNS:
		return &Error{Code: CodeParameter, Info: TextSNSDecode, Display: m.Error()}
	case Profile:
		return &Error{Code: CodeProfileParameter, Info: TextProfileDecode, Display: m.Error()}
	case AccountService:
		return &Error{Code: CodeAccountParameter, Info: m.Error()}
	case OpenIM:
		return &Error{Code: CodeStatusBody, Info: TextStatusBody + ": " + m.Error()}
	}
	return &Error{Code: CodeJSON, Info: m.Error()}
}

func (f Family) wrongAccount(m *mismatch) *Error {
	code := CodeAccountType
	if m.inArray {
		switch f {
		case AccountService:
			code = CodeAccountParameter
		case OpenIM:
			code = CodeStatusAccountType
		}
	}
	return &Error{Code: code, Info: m.Error()}
}

// syntaxReason says in our words where a body stops being JSON. It repeats
// nothing of it.
func syntaxReason(err error, body []byte) string {
	at, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return "request body is not JSON"
	}
	rest := body[min(int(at.ByteOffset), len(body)):]
	reason := "unexpected character"
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		reason = "it ends too early"
	case errors.Is(err, jsontext.ErrDuplicateName):
		reason = "a member is named twice"
	case errors.Is(err, errTrailing):
		reason = "more after its end"
	case bytes.HasPrefix(rest, []byte("/")):
		reason = "comments are not JSON"
	case startsInvalid(rest):
		reason = "it is not UTF-8"
	}
	return fmt.Sprintf("request body is not JSON: %s, at byte %d", reason, at.ByteOffset)
}

// startsInvalid says whether b begins with a byte that no UTF-8 has there.
func startsInvalid(b []byte) bool {
	r, size := utf8.DecodeRune(b)
	return r == utf8.RuneError && size == 1
}
