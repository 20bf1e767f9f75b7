package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Decode reads the body of a request of family f into the request type that
// into points to. The error is an *Error, ready to be answered:
//
//	body                       sns    profile  account  openim
//	empty                      60003  60003    60003    90001
//	not JSON                   60003  40001    60003    90001
//	account is not a string    60015  60015    60015    60015
//	the same within an array   60015  60015    70402    90003
//	other wrong JSON type      30001  40001    70402    90001
//
// Not JSON is also what is not UTF-8, names a member twice, nests deeper than
// 10,000, or has anything but white space after the object. A body of another
// JSON type than object is of the wrong type.
//
// Member names are matched exactly, unknown members are ignored. null is the
// same as absent, and a missing array the same as an empty one. A byte order
// mark and white space around the object are ignored.
//
// into must point to the zero value of its type. After an error it may hold a
// part of the body.
//
// Nothing of a body is repeated in an error but the names of known members.
func Decode(f Family, body []byte, into any) error {
	if !readQuick(body, into) {
		reset(into)
		if err := decode(f, body, into); err != nil {
			return err
		}
	}
	settle(into)
	return nil
}

func settle(into any) {
	if s, ok := into.(settler); ok {
		s.settle()
	}
}

// reset makes a request zero again that a quick reader may have given up on.
func reset(into any) {
	if _, ok := into.(quickReader); ok {
		reflect.ValueOf(into).Elem().SetZero()
	}
}

// A settler brings old spellings of a body that has just been read into the
// current ones.
type settler interface{ settle() }

// DecodeReply reads the body of an answer into the reply type that into
// points to. It is for clients: unlike that of Decode the error is not one
// of the protocol. Whether the answer is a refusal is for Reply.Err to say.
func DecodeReply(body []byte, into any) error {
	if err := json.Unmarshal(trimBOM(body), into); err != nil {
		return fmt.Errorf("read a reply: %w", err)
	}
	settle(into)
	return nil
}

// Append writes a request or reply of this package to the end of dst. It
// never writes null, escapes no more than JSON demands, and replaces what is
// not UTF-8. On an error dst comes back as it was.
func Append(dst []byte, v any) ([]byte, error) {
	if out, ok := appendQuick(dst, v); ok {
		return out, nil
	}
	return appendAny(dst, v)
}

func appendAny(dst []byte, v any) ([]byte, error) {
	out := bytes.NewBuffer(dst)
	if err := json.MarshalWrite(out, v, encodeOptions); err != nil {
		return dst, fmt.Errorf("write a %T: %w", v, err)
	}
	return out.Bytes(), nil
}

// A stored string that is not UTF-8 must not cost the whole answer.
var encodeOptions = jsontext.AllowInvalidUTF8(true)

func trimBOM(body []byte) []byte {
	return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
}

func decode(f Family, body []byte, into any) error {
	body = trimBOM(body)
	kind := jsontext.Value(body).Kind()
	if kind == jsontext.KindInvalid && len(bytes.TrimLeft(body, " \t\r\n")) == 0 {
		return f.empty()
	}
	if kind != jsontext.KindBeginObject {
		if err := syntax(body); err != nil {
			return f.notJSON(err, body)
		}
		return f.wrongType(&mismatch{want: "object", found: kind})
	}
	err := json.Unmarshal(body, into)
	if err == nil {
		return nil
	}
	// A body that is not JSON is refused as such even if a wrong type comes
	// before the place where it breaks.
	if broken := syntax(body); broken != nil {
		return f.notJSON(broken, body)
	}
	var wrong *json.SemanticError
	if !errors.As(err, &wrong) {
		return f.wrongType(&mismatch{want: "documented JSON"})
	}
	return f.wrongType(describe(wrong))
}

// syntax is nil if the body is one JSON value.
func syntax(body []byte) error {
	dec := jsontext.NewDecoder(bytes.NewBuffer(body))
	if err := dec.SkipValue(); err != nil {
		return err
	}
	end := dec.InputOffset()
	if _, err := dec.ReadToken(); err != io.EOF {
		return &jsontext.SyntacticError{ByteOffset: end, Err: errTrailing}
	}
	return nil
}

var errTrailing = errors.New("data after the object")

// A mismatch is a JSON value of the wrong type.
type mismatch struct {
	path    string // of the member, such as AddFriendItem[0].Remark
	want    string
	found   jsontext.Kind
	account bool // an account was wanted
	inArray bool // as an entry of an array
}

// Error says where, what was wanted and what was found.
func (m *mismatch) Error() string {
	var b strings.Builder
	if m.path != "" {
		b.WriteString(m.path + ": ")
	}
	b.WriteString(m.want + " expected")
	if name := kindName(m.found); name != "" {
		b.WriteString(", " + name + " found")
	}
	return b.String()
}

func kindName(k jsontext.Kind) string {
	switch k {
	case jsontext.KindNull:
		return "null"
	case jsontext.KindTrue, jsontext.KindFalse:
		return "boolean"
	case jsontext.KindString:
		return "string"
	case jsontext.KindNumber:
		return "number"
	case jsontext.KindBeginObject:
		return "object"
	case jsontext.KindBeginArray:
		return "array"
	}
	return ""
}

// describe tells what was wrong from the library's account of it.
func describe(err *json.SemanticError) *mismatch {
	var m *mismatch
	if !errors.As(err.Err, &m) {
		m = &mismatch{want: wanted(err.GoType), found: err.JSONKind}
		// A lone number in place of an array of accounts is most likely a
		// lone account.
		if err.GoType == reflect.TypeFor[[]Account]() && m.found == jsontext.KindNumber {
			m.account, m.inArray = true, true
		}
	}
	m.path = path(err.JSONPointer)
	return m
}

func wanted(t reflect.Type) string {
	if t == nil {
		return "other type"
	}
	switch t.Kind() {
	case reflect.String:
		return "string"
	case reflect.Slice:
		return "array"
	case reflect.Struct:
		return "object"
	case reflect.Int, reflect.Int64:
		return wantInt64
	}
	return "other type"
}

// maxPath bounds the path in a message. Only known members are named, so it
// is a second fence, not the first.
const maxPath = 120

// path spells a JSON pointer the way an administrator reads it.
func path(p jsontext.Pointer) string {
	var b strings.Builder
	for token := range p.Tokens() {
		if _, err := strconv.ParseUint(token, 10, 64); err == nil {
			b.WriteString("[" + token + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(token)
	}
	if b.Len() > maxPath {
		return strings.ToValidUTF8(b.String()[:maxPath], "") + "..."
	}
	return b.String()
}
