package admin

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// decode reads an object into the variables of known, by the exact names of its
// members, and returns the names of those that are there. path is where the
// object stands, for the problem that names a member.
func decode(path string, text []byte, known map[string]any) (map[string]bool, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil || members == nil {
		return nil, bad(strings.TrimSuffix(path, "."), "%s must be a JSON object%s", place(path), because(err))
	}
	set := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		into, ok := known[name]
		if !ok {
			return nil, bad(path+name, "unknown member %q; there are %s", path+name, strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
		if err := decodeValue(members[name], into); err != nil {
			return nil, bad(path+name, "%s%s", path+name, because(err))
		}
		set[name] = true
	}
	return set, nil
}

func place(path string) string {
	if path == "" {
		return "the body"
	}
	return strings.TrimSuffix(path, ".")
}

// decodeValue reads one value. null is for lists alone, where it means any.
func decodeValue(text []byte, into any) error {
	if _, isList := into.(*[]string); string(text) == "null" && !isList {
		return errors.New("must not be null")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// because says what is wrong with a value, in words for who wrote it.
func because(err error) string {
	if err == nil {
		return ""
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		where := ""
		if wrong.Field != "" {
			where = " (" + wrong.Field + ")"
		}
		return ": a " + wrong.Value + " does not fit here" + where + "; want " + kind(wrong.Type)
	}
	return ": " + strings.TrimPrefix(err.Error(), "json: ")
}

// kind is what JSON calls a Go type.
func kind(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Int, reflect.Uint32:
		return "a whole number in its range"
	}
	return "a text"
}
