package wire_test

import (
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"kith/wire"
)

// callbacks has the zero value of every body that a back end is sent.
var callbacks = []any{
	wire.FriendAddCallback{}, wire.PairCallback{}, wire.PortraitSetCallback{}, wire.OverLimitCallback{},
	wire.PrevFriendAddCallback{}, wire.PrevFriendResponseCallback{},
}

// TestWebhookBodies writes each sample of the documents again, byte for byte
// but for its white space.
func TestWebhookBodies(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/webhook/bodies.txtar")
	if err != nil {
		t.Fatal(err)
	}
	sampled := map[string]bool{}
	for _, f := range archive.Files {
		name, _, _ := strings.Cut(f.Name, " ")
		for _, c := range callbacks {
			if typ := reflect.TypeOf(c); typ.Name() == name {
				sampled[name] = true
				t.Run(f.Name, func(t *testing.T) { checkCallback(t, typ, f.Data) })
			}
		}
	}
	if len(sampled) != len(callbacks) {
		t.Errorf("samples only of %v", sampled)
	}
}

func checkCallback(t *testing.T, typ reflect.Type, sample []byte) {
	into := reflect.New(typ)
	if err := json.Unmarshal(sample, into.Interface(), json.RejectUnknownMembers(true)); err != nil {
		t.Fatal(err)
	}
	want := jsontext.Value(sample)
	if err := want.Compact(); err != nil {
		t.Fatal(err)
	}
	got, err := wire.Append(nil, into.Elem().Interface())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("other bytes (-want +got):\n%s", diff)
	}
}

// TestWebhookStringsAreAlwaysThere: a receiver may read what was not given.
func TestWebhookStringsAreAlwaysThere(t *testing.T) {
	for _, body := range []any{
		wire.FriendAddCallback{PairList: []wire.FriendPair{{}}}, wire.PrevFriendAddCallback{FriendItem: []wire.PrevFriendItem{{}}},
		wire.PrevFriendResponseCallback{ResponseFriendItem: []wire.PrevResponseItem{{}}},
	} {
		text, err := wire.Append(nil, body)
		if err != nil {
			t.Fatal(err)
		}
		v := reflect.ValueOf(body)
		members := v.NumField()
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.Slice {
				members += f.Index(0).NumField()
			}
		}
		if got := strings.Count(string(text), `":`); got != members {
			t.Errorf("%T has %d members, wrote %d: %s", body, members, got, text)
		}
	}
}

func TestWebhookURL(t *testing.T) {
	const id = "2ea4e023-2859-4512-b629-3089f77dff70"
	tests := []struct {
		name, base string
		q          wire.WebhookQuery
		want       string
	}{
		{"captured 3.5", "https://example.com/im", wire.WebhookQuery{AppID: 1400483163, Command: wire.CallbackFriendDelete, ClientIP: "36.112.173.178", OptPlatform: "iOS", RequestID: id},
			"https://example.com/im?CallbackCommand=Sns.CallbackFriendDelete&ClientIP=36.112.173.178&OptPlatform=iOS&RequestId=" + id + "&SdkAppid=1400483163&contenttype=json"},
		{"the alarm has no ClientIP 3.9", "http://example.com", wire.WebhookQuery{AppID: 1, Command: wire.CallbackOverLimit, OptPlatform: wire.PlatformREST},
			"http://example.com?CallbackCommand=Alert.RequestOverLimit&OptPlatform=RESTAPI&SdkAppid=1&contenttype=json"},
		{"signed 1.3, behind a query", "http://example.com/cb?a=b", wire.WebhookQuery{AppID: 1, Command: "C", ClientIP: "::1", OptPlatform: "Web", Token: "xxxxyyyy", Time: 1669872112},
			"http://example.com/cb?a=b&CallbackCommand=C&ClientIP=%3A%3A1&OptPlatform=Web&RequestTime=1669872112&SdkAppid=1&Sign=17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061&contenttype=json"},
	}
	for _, test := range tests {
		got := test.q.URL(test.base)
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
		if u, err := url.Parse(got); err != nil || u.Query().Get("contenttype") != "json" {
			t.Errorf("%s cannot be read: %v", got, err)
		}
	}
}

// TestWebhookSign has the vector of the documents, and that of the token that
// some print by mistake.
func TestWebhookSign(t *testing.T) {
	for token, want := range map[string]string{
		"xxxxyyyy": "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
		"xxxyyy":   "e78a85473bed2cdc8d6fa8c4d5a4ba4735fd64156e15a99516b9890293e135de",
	} {
		if got := wire.WebhookSign(token, "1669872112"); got != want {
			t.Errorf("%s: %s, want %s", token, got, want)
		}
	}
}

func TestDecodeWebhookReply(t *testing.T) {
	tests := []struct {
		body   string
		want   wire.WebhookReply
		failed bool
	}{
		{`{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}`, wire.WebhookReply{ActionStatus: "OK"}, false},
		{"\xef\xbb\xbf{}", wire.WebhookReply{}, false},
		{` {"ErrorCode":0,"More":[1,null],"ErrorCode":0} `, wire.WebhookReply{}, false},
		{`{"ActionStatus":"fail","ErrorCode":0}`, wire.WebhookReply{ActionStatus: "fail"}, true},
		{`{"ActionStatus":"OK","ErrorCode":40301}`, wire.WebhookReply{ActionStatus: "OK", ErrorCode: 40301}, true},
		{`{"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"id2","ResultCode":38001,"ResultInfo":"not allowed"}]}`,
			wire.WebhookReply{ResultItem: []wire.ResultItem{{ToAccount: "id1"}, {ToAccount: "id2", ResultCode: 38001, ResultInfo: "not allowed"}}}, false},
		{`{"ResultItem":null,"ErrorInfo":null}`, wire.WebhookReply{}, false},
	}
	for _, test := range tests {
		got, err := wire.DecodeWebhookReply([]byte(test.body))
		if err != nil || !cmp.Equal(got, test.want) || got.Failed() != test.failed {
			t.Errorf("%s: %+v (%v), failed %t; want %+v, failed %t", test.body, got, err, got.Failed(), test.want, test.failed)
		}
	}
	for body, notJSON := range map[string]bool{
		"": true, "OK": true, "<html>": true, `{"a":1`: true, `{} {}`: true, "\xff": true,
		`"OK"`: false, `[]`: false, `{"ErrorCode":"0"}`: false, `{"ResultItem":{}}`: false, `{"ActionStatus":1}`: false,
	} {
		_, err := wire.DecodeWebhookReply([]byte(body))
		if err == nil || errors.Is(err, wire.ErrNotJSON) != notJSON {
			t.Errorf("%q: error %v, want one that says whether it is JSON", body, err)
		}
		if (wire.IsJSON([]byte(body)) != nil) != notJSON {
			t.Errorf("IsJSON(%q) is wrong", body)
		}
	}
}
