// Package openapi describes the protocol as an OpenAPI 3.1 document: every
// command that is served, its request and its replies. The shapes come from
// the types and JSON tags of package wire; only what a type cannot say stands
// here.
//
// It refuses to describe limits and rules, which apps may set otherwise, and
// whatever else a server tolerates: the document says what to send.
package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"kith/wire"
)

// version is that of the document.
const version = "1.0.0"

const about = `The server REST protocol of Tencent Cloud Chat for accounts, profiles, friends, friend lists, blocklists and friend requests, as Kith serves it.

Every answer has HTTP status 200; ErrorCode tells success (0) from a refusal of the whole request. Refused items leave ErrorCode 0 and stand in the reply. In a request null is the same as an absent member, and unknown members are ignored; integers may be spelled in any way JSON has for whole numbers.

Commands with x-extension are not in the documents of the server API: there, only the client protocol has them.`

// Document is the description as indented JSON, the same every time.
func Document() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(newDocument()); err != nil {
		return nil, fmt.Errorf("write the OpenAPI document: %w", err)
	}
	return out.Bytes(), nil
}

// The objects of OpenAPI, as far as they are used, in the order in which they
// are written.
type (
	document struct {
		OpenAPI    string               `json:"openapi"`
		Info       info                 `json:"info"`
		Servers    []server             `json:"servers"`
		Security   []map[string][]any   `json:"security"`
		Tags       []tag                `json:"tags"`
		Paths      map[string]*pathItem `json:"paths"`
		Components components           `json:"components"`
	}
	info struct {
		Title       string `json:"title"`
		Version     string `json:"version"`
		Description string `json:"description"`
	}
	server struct {
		URL         string `json:"url"`
		Description string `json:"description"`
	}
	tag struct {
		Name        string `json:"name"`
		Description string `json:"description"`
	}
	pathItem struct {
		Post operation `json:"post"`
	}
	operation struct {
		OperationID string              `json:"operationId"`
		Tags        []string            `json:"tags"`
		Summary     string              `json:"summary"`
		Deprecated  bool                `json:"deprecated,omitempty"`
		Extension   bool                `json:"x-extension,omitempty"`
		Parameters  []*schema           `json:"parameters"`
		RequestBody body                `json:"requestBody"`
		Responses   map[string]response `json:"responses"`
	}
	body struct {
		Required bool             `json:"required"`
		Content  map[string]media `json:"content"`
	}
	response struct {
		Description string           `json:"description"`
		Content     map[string]media `json:"content"`
	}
	media struct {
		Schema *schema `json:"schema"`
	}
	parameter struct {
		Name        string  `json:"name"`
		In          string  `json:"in"`
		Required    bool    `json:"required,omitempty"`
		Description string  `json:"description"`
		Schema      *schema `json:"schema"`
	}
	credential struct {
		Type        string `json:"type"`
		In          string `json:"in"`
		Name        string `json:"name"`
		Description string `json:"description"`
	}
	components struct {
		SecuritySchemes map[string]credential `json:"securitySchemes"`
		Parameters      map[string]parameter  `json:"parameters"`
		Schemas         map[string]*schema    `json:"schemas"`
	}
)

func newDocument() *document {
	s := schemas{refusalName: refusal()}
	d := &document{
		OpenAPI:  "3.1.0",
		Info:     info{"Kith", version, about},
		Servers:  []server{{"/", "Where Kith listens"}},
		Security: []map[string][]any{{"UserSig": {}}},
		Tags: []tag{
			{wire.AccountService.Service(), "Accounts"},
			{wire.OpenIM.Service(), "Online status"},
			{wire.Profile.Service(), "Profiles"},
			{wire.SNS.Service(), "Friends, lists, blocklists and requests"},
		},
		Paths: map[string]*pathItem{},
	}
	for _, c := range Commands {
		d.Paths["/"+c.Name.Path()] = &pathItem{Post: c.operation(s)}
	}
	d.Components = components{
		SecuritySchemes: map[string]credential{"UserSig": {"apiKey", "query", "usersig", "The UserSig of the identifier, made with the app's secret"}},
		Parameters:      queryParameters(),
		Schemas:         s,
	}
	return d
}

// queryNames are the parameters of every call, besides the UserSig.
var queryNames = []string{"sdkappid", "identifier", "random", "contenttype"}

func queryParameters() map[string]parameter {
	return map[string]parameter{
		"sdkappid":    {"sdkappid", "query", true, "The SDKAppID of the app", &schema{Type: "integer", Format: "int64"}},
		"identifier":  {"identifier", "query", true, "Who calls: an administrator of the app, or a user for himself where the app lets users call sns and profile", text()},
		"random":      {"random", "query", false, "A random number from 0 to 4294967295", &schema{Type: "integer", Format: "int64"}},
		"contenttype": {"contenttype", "query", false, "Always json", &schema{Type: "string", Enum: []string{"json"}}},
	}
}

// operation describes a command, and adds the types that it speaks of to s.
func (c Command) operation(s schemas) operation {
	request := s.add(reflect.TypeOf(c.Request), c.Required...)
	reply := &schema{AnyOf: []*schema{s.add(reflect.TypeOf(c.Reply)), ref(refusalName)}}
	o := operation{
		OperationID: c.Name.Name,
		Tags:        []string{c.Name.Family.Service()},
		Summary:     c.Summary,
		Deprecated:  c.Deprecated,
		Extension:   c.Extension,
		RequestBody: body{true, map[string]media{"application/json": {request}}},
		Responses:   map[string]response{"200": {"The reply, or the refusal of the whole request", map[string]media{"application/json": {reply}}}},
	}
	if c.Extension {
		o.Summary += " (an extension)"
	}
	for _, name := range queryNames {
		o.Parameters = append(o.Parameters, &schema{Ref: "#/components/parameters/" + name})
	}
	return o
}
