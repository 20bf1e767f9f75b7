package openapi

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"kith/wire"
)

// A schema is what the document uses of JSON Schema.
type schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Description string             `json:"description,omitempty"`
	Type        any                `json:"type,omitempty"` // a string or several
	Format      string             `json:"format,omitempty"`
	Deprecated  bool               `json:"deprecated,omitempty"`
	Enum        []string           `json:"enum,omitempty"`
	Items       *schema            `json:"items,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	AnyOf       []*schema          `json:"anyOf,omitempty"`
}

func ref(name string) *schema { return &schema{Ref: "#/components/schemas/" + name} }
func text() *schema           { return &schema{Type: "string"} }

// refusalName is the schema of a refusal in any family.
const refusalName = "Refusal"

// refusal is an envelope with or without ErrorDisplay.
func refusal() *schema {
	s := object(schemas{}, reflect.TypeFor[wire.Head]())
	s.Description = "The refusal of a whole request. sns and profile have ErrorDisplay."
	s.Properties["ActionStatus"].Enum = []string{wire.ActionFail}
	s.Required = slices.DeleteFunc(s.Required, func(name string) bool { return name == "ErrorDisplay" })
	return s
}

// schemas are those of the types that the document names.
type schemas map[string]*schema

// add describes a struct under its name, with members that must be given in
// addition to those that the type always writes, and refers to it.
func (s schemas) add(t reflect.Type, required ...string) *schema {
	if _, known := s[t.Name()]; !known {
		o := object(s, t)
		o.Required = slices.Sorted(slices.Values(append(o.Required, required...)))
		s[t.Name()] = o
	}
	return ref(t.Name())
}

// of describes any type that a body may have.
func (s schemas) of(t reflect.Type) *schema {
	switch t {
	case reflect.TypeFor[wire.Int]():
		return &schema{Type: "integer", Format: "int64"}
	case reflect.TypeFor[wire.Value]():
		return &schema{Type: []string{"string", "integer", "array"}, Items: text()}
	}
	switch t.Kind() {
	case reflect.String: // wire.Account among them
		return text()
	case reflect.Int:
		return &schema{Type: "integer", Format: "int32"}
	case reflect.Int64:
		return &schema{Type: "integer", Format: "int64"}
	case reflect.Slice:
		return &schema{Type: "array", Items: s.of(t.Elem())}
	case reflect.Struct:
		return s.add(t)
	}
	panic(fmt.Sprintf("openapi: %v is no type of a body", t))
}

// object describes the members of a struct.
func object(s schemas, t reflect.Type) *schema {
	o := &schema{Type: "object", Properties: map[string]*schema{}}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous { // its members follow
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = f.Name
		}
		o.Properties[name] = s.of(f.Type)
		if choice := choices(t, name); choice != nil {
			o.Properties[name].Enum = choice
		}
		if !strings.Contains(options, "omit") {
			o.Required = append(o.Required, name)
		}
	}
	o.eitherName()
	slices.Sort(o.Required)
	return o
}

// eitherName lets an account go by its old name.
func (s *schema) eitherName() {
	const current, old = "UserID", "Identifier"
	if s.Properties[current] == nil || s.Properties[old] == nil {
		return
	}
	s.Properties[old].Deprecated = true
	s.Required = slices.DeleteFunc(s.Required, func(name string) bool { return name == current })
	s.AnyOf = []*schema{{Required: []string{current}}, {Required: []string{old}}}
}
