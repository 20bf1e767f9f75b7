package wire_test

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kith/wire"
)

// refusal decodes a body that must be refused.
func refusal(t *testing.T, f wire.Family, body string, into any) *wire.Error {
	t.Helper()
	err := wire.Decode(f, []byte(body), into)
	e, ok := errors.AsType[*wire.Error](err)
	if !ok {
		t.Fatalf("Decode(%s, %.200q) = %v, want an *Error", f, body, err)
	}
	return e
}

// The table of Decode, family by family.
func TestRefusals(t *testing.T) {
	const (
		decode  = "Err_Profile_Comm_Decode_Fail"
		sns     = "SNS_DECODE_ERR"
		status  = "Fail to Parse json data of body, Please check it"
		notJSON = "request body is not JSON: "
		empty   = "request body is empty: send at least {}"
	)
	tests := []struct {
		name string
		into wire.Request
		body string
		want wire.Error
	}{
		{"empty", wire.FriendAdd{}, "", wire.Error{60003, empty, ""}},
		{"empty", wire.PortraitSet{}, "", wire.Error{60003, empty, ""}},
		{"empty", wire.Kick{}, "", wire.Error{60003, empty, ""}},
		{"empty", wire.QueryOnlineStatus{}, "", wire.Error{90001, status, ""}},
		{"white space", wire.FriendAdd{}, " \r\n\t", wire.Error{60003, empty, ""}},
		{"byte order mark", wire.FriendAdd{}, "\ufeff", wire.Error{60003, empty, ""}},

		{"cut short", wire.FriendAdd{}, `{`, wire.Error{60003, notJSON + "it ends too early, at byte 1", ""}},
		{"cut short", wire.PortraitSet{}, `{`, wire.Error{40001, decode, notJSON + "it ends too early, at byte 1"}},
		{"cut short", wire.Kick{}, `{`, wire.Error{60003, notJSON + "it ends too early, at byte 1", ""}},
		{"cut short", wire.QueryOnlineStatus{}, `{`, wire.Error{90001, status + ": " + notJSON + "it ends too early, at byte 1", ""}},
		{"comment", wire.Kick{}, `{ // me`, wire.Error{60003, notJSON + "comments are not JSON, at byte 2", ""}},
		{"name twice", wire.Kick{}, `{"UserID":"a","UserID":"b"}`, wire.Error{60003, notJSON + "a member is named twice, at byte 14", ""}},
		{"unknown name twice", wire.Kick{}, `{"x":1,"x":2}`, wire.Error{60003, notJSON + "a member is named twice, at byte 7", ""}},
		{"trailing", wire.Kick{}, `{}{}`, wire.Error{60003, notJSON + "more after its end, at byte 2", ""}},
		{"trailing", wire.Kick{}, `[]x`, wire.Error{60003, notJSON + "more after its end, at byte 2", ""}},
		{"not UTF-8", wire.Kick{}, "{\"UserID\":\"\xff\"}", wire.Error{60003, notJSON + "it is not UTF-8, at byte 11", ""}},
		{"two byte order marks", wire.Kick{}, "\ufeff\ufeff{}", wire.Error{60003, notJSON + "unexpected character, at byte 0", ""}},
		{"broken after a wrong type", wire.Kick{}, `{"UserID":1,}`, wire.Error{60003, notJSON + "unexpected character, at byte 11", ""}},

		{"array", wire.FriendAdd{}, `[]`, wire.Error{30001, sns, "object expected, array found"}},
		{"array", wire.PortraitSet{}, `[]`, wire.Error{40001, decode, "object expected, array found"}},
		{"array", wire.Kick{}, `[]`, wire.Error{70402, "object expected, array found", ""}},
		{"array", wire.QueryOnlineStatus{}, `[]`, wire.Error{90001, status + ": object expected, array found", ""}},
		{"null", wire.FriendAdd{}, `null`, wire.Error{30001, sns, "object expected, null found"}},
		{"string", wire.FriendAdd{}, `"{}"`, wire.Error{30001, sns, "object expected, string found"}},

		{"wrong type", wire.FriendAdd{}, `{"AddFriendItem":{}}`, wire.Error{30001, sns, "AddFriendItem: array expected, object found"}},
		{"wrong type", wire.FriendAdd{}, `{"AddFriendItem":["id"]}`, wire.Error{30001, sns, "AddFriendItem[0]: object expected, string found"}},
		{"wrong type", wire.FriendAdd{}, `{"AddFriendItem":[{},{"Remark":5}]}`, wire.Error{30001, sns, "AddFriendItem[1].Remark: string expected, number found"}},
		{"wrong type", wire.FriendAdd{}, `{"AddFriendItem":[{"GroupName":["a"]}]}`, wire.Error{30001, sns, "AddFriendItem[0].GroupName: string expected, array found"}},
		{"wrong type", wire.FriendImport{}, `{"AddFriendItem":[{"GroupName":"a"}]}`, wire.Error{30001, sns, "AddFriendItem[0].GroupName: array expected, string found"}},
		{"wrong type", wire.FriendAdd{}, `{"ForceAddFlags":true}`, wire.Error{30001, sns, "ForceAddFlags: integer expected, boolean found"}},
		{"wrong type", wire.FriendAdd{}, `{"ForceAddFlags":"1"}`, wire.Error{30001, sns, "ForceAddFlags: integer expected, string found"}},
		{"wrong type", wire.FriendAdd{}, `{"ForceAddFlags":{"a":1}}`, wire.Error{30001, sns, "ForceAddFlags: integer expected, object found"}},
		{"wrong type", wire.FriendGet{}, `{"StartIndex":1.5}`, wire.Error{30001, sns, "StartIndex: whole number of at most 64 bits expected, number found"}},
		{"wrong type", wire.GroupGet{}, `{"GroupName":[1]}`, wire.Error{30001, sns, "GroupName[0]: string expected, number found"}},
		{"wrong type", wire.FriendUpdate{}, `{"UpdateItem":[{"SnsItem":[{"Tag":1}]}]}`, wire.Error{30001, sns, "UpdateItem[0].SnsItem[0].Tag: string expected, number found"}},
		{"wrong type", wire.PortraitSet{}, `{"ProfileItem":{"Tag":"a"}}`, wire.Error{40001, decode, "ProfileItem: array expected, object found"}},
		{"wrong type", wire.AccountCheck{}, `{"CheckItem":["a"]}`, wire.Error{70402, "CheckItem[0]: object expected, string found", ""}},
		{"wrong type", wire.AccountImport{}, `{"UserID":"a","Nick":1}`, wire.Error{70402, "Nick: string expected, number found", ""}},
		{"wrong type", wire.QueryOnlineStatus{}, `{"IsNeedDetail":"1"}`, wire.Error{90001, status + ": IsNeedDetail: integer expected, string found", ""}},

		{"account", wire.FriendAdd{}, `{"From_Account":1}`, wire.Error{60015, "From_Account: string expected, number found", ""}},
		{"account", wire.FriendAdd{}, `{"From_Account":["a"]}`, wire.Error{60015, "From_Account: string expected, array found", ""}},
		{"account", wire.FriendAdd{}, `{"From_Account":true}`, wire.Error{60015, "From_Account: string expected, boolean found", ""}},
		{"account", wire.FriendAdd{}, `{"AddFriendItem":[{"To_Account":12345}]}`, wire.Error{60015, "AddFriendItem[0].To_Account: string expected, number found", ""}},
		{"account", wire.PortraitSet{}, `{"From_Account":{}}`, wire.Error{60015, "From_Account: string expected, object found", ""}},
		{"account", wire.Kick{}, `{"UserID":1}`, wire.Error{60015, "UserID: string expected, number found", ""}},
		{"account", wire.Kick{}, `{"Identifier":1}`, wire.Error{60015, "Identifier: string expected, number found", ""}},
		{"account", wire.AccountDelete{}, `{"DeleteItem":[{"UserID":7}]}`, wire.Error{60015, "DeleteItem[0].UserID: string expected, number found", ""}},
		{"account", wire.MultiAccountImport{}, `{"AccountList":[{"UserID":7}]}`, wire.Error{60015, "AccountList[0].UserID: string expected, number found", ""}},

		{"account in array", wire.FriendDelete{}, `{"To_Account":["a",2]}`, wire.Error{60015, "To_Account[1]: string expected, number found", ""}},
		{"account in array", wire.FriendDelete{}, `{"To_Account":[["a"]]}`, wire.Error{60015, "To_Account[0]: string expected, array found", ""}},
		{"account in array", wire.FriendDelete{}, `{"To_Account":["a",null]}`, wire.Error{60015, "To_Account[1]: string expected, null found", ""}},
		{"account in array", wire.PortraitGet{}, `{"To_Account":[1]}`, wire.Error{60015, "To_Account[0]: string expected, number found", ""}},
		{"account in array", wire.MultiAccountImport{}, `{"Accounts":["a",1]}`, wire.Error{70402, "Accounts[1]: string expected, number found", ""}},
		{"account in array", wire.MultiAccountImport{}, `{"Accounts":[null]}`, wire.Error{70402, "Accounts[0]: string expected, null found", ""}},
		{"account in array", wire.QueryOnlineStatus{}, `{"To_Account":[1]}`, wire.Error{90003, "To_Account[0]: string expected, number found", ""}},

		{"number for array", wire.FriendDelete{}, `{"To_Account":1}`, wire.Error{60015, "To_Account: array expected, number found", ""}},
		{"number for array", wire.QueryOnlineStatus{}, `{"To_Account":1}`, wire.Error{90003, "To_Account: array expected, number found", ""}},
		{"number for array", wire.MultiAccountImport{}, `{"Accounts":1}`, wire.Error{70402, "Accounts: array expected, number found", ""}},
		{"string for array", wire.FriendDelete{}, `{"To_Account":"a"}`, wire.Error{30001, sns, "To_Account: array expected, string found"}},
		{"string for array", wire.QueryOnlineStatus{}, `{"To_Account":"a"}`, wire.Error{90001, status + ": To_Account: array expected, string found", ""}},
	}
	for _, test := range tests {
		command := test.into.Command()
		t.Run(command.Name+"/"+test.name, func(t *testing.T) {
			into := reflect.New(reflect.TypeOf(test.into)).Interface()
			got := refusal(t, command.Family, test.body, into)
			if diff := cmp.Diff(test.want, *got); diff != "" {
				t.Errorf("Decode(%q) (-want +got):\n%s", test.body, diff)
			}
		})
	}
}

// What is accepted, and what it means.
func TestDecode(t *testing.T) {
	tests := []struct {
		name string
		body string
		want wire.Request
	}{
		{"nothing", `{}`, wire.FriendAdd{}},
		{"white space and byte order mark", "\ufeff\r\n { } \n", wire.FriendAdd{}},
		{"white space before the object", "\n{}", wire.FriendAdd{}},
		{"null is absent", `{"From_Account":null,"AddFriendItem":null,"AddType":null,"ForceAddFlags":null}`, wire.FriendAdd{}},
		{"empty array is absent", `{"From_Account":"a","GroupName":[],"To_Account":[]}`, wire.GroupAdd{FromAccount: "a"}},
		{"null array is absent", `{"From_Account":"a","GroupName":null,"To_Account":null}`, wire.GroupAdd{FromAccount: "a"}},
		{"unknown members", `{"UserID":"a","Type":"?","userid":3,"USERID":[],"x":{"y":[1,null]}}`, wire.Kick{UserID: "a"}},
		{"case counts", `{"from_account":"a","StartIndex":0}`, wire.FriendGet{StartIndex: wire.IntOf(0)}},
		{"null item", `{"AddFriendItem":[null]}`, wire.FriendAdd{AddFriendItem: []wire.FriendAddItem{{}}}},
		{"empty strings", `{"AddFriendItem":[{"To_Account":"b","Remark":"","GroupName":"","AddWording":""}]}`,
			wire.FriendAdd{AddFriendItem: []wire.FriendAddItem{{ToAccount: "b"}}}},
		{"escapes", `{"From_Account":"\u0061\/\"\ud83d\ude00"}`, wire.FriendGet{FromAccount: "a/\"\U0001f600"}},

		{"old name", `{"Identifier":"a"}`, wire.Kick{UserID: "a"}},
		{"both names", `{"Identifier":"a","UserID":"b"}`, wire.Kick{UserID: "b"}},
		{"old name, new one empty", `{"UserID":"","Identifier":"a"}`, wire.AccountImport{UserID: "a"}},
		{"old name in items", `{"CheckItem":[{"Identifier":"a"},{"UserID":"b"}]}`,
			wire.AccountCheck{CheckItem: []wire.AccountItem{{UserID: "a"}, {UserID: "b"}}}},
		{"old name in items", `{"DeleteItem":[{"Identifier":"a"}]}`,
			wire.AccountDelete{DeleteItem: []wire.AccountItem{{UserID: "a"}}}},
		{"old name in list", `{"AccountList":[{"Identifier":"a","Nick":"n"}]}`,
			wire.MultiAccountImport{AccountList: []wire.AccountImport{{UserID: "a", Nick: "n"}}}},
		{"old spelling", `{"CheckType":"CheckResult_Type_Singal"}`, wire.FriendCheck{CheckType: "CheckResult_Type_Single"}},
		{"old spelling", `{"CheckType":"BlackCheckResult_Type_Singal"}`, wire.BlackListCheck{CheckType: "BlackCheckResult_Type_Single"}},
		{"unknown check type", `{"CheckType":"Singal"}`, wire.FriendCheck{CheckType: "Singal"}},
		{"values of any type", `{"SnsItem":1,"UpdateItem":[{"To_Account":"b","SnsItem":[{"Tag":"t","Value":null},{"Tag":"u","Value":["a"]},{"Value":3}]}]}`,
			wire.FriendUpdate{UpdateItem: []wire.FriendUpdateItem{{ToAccount: "b", SnsItem: []wire.TagValue{
				{Tag: "t"}, {Tag: "u", Value: wire.StringsValue([]string{"a"})}, {Value: wire.IntValue(3)}}}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			into := reflect.New(reflect.TypeOf(test.want))
			if err := wire.Decode(test.want.Command().Family, []byte(test.body), into.Interface()); err != nil {
				t.Fatalf("Decode(%q) = %v", test.body, err)
			}
			if diff := cmp.Diff(test.want, into.Elem().Interface(), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Decode(%q) (-want +got):\n%s", test.body, diff)
			}
		})
	}
}

func TestInt(t *testing.T) {
	tests := []struct {
		json string
		want int64
		ok   bool
	}{
		{"0", 0, true}, {"-0", 0, true}, {"1", 1, true}, {"-1", -1, true},
		{"1.0", 1, true}, {"1e3", 1000, true}, {"1E+3", 1000, true}, {"-1.50e1", -15, true},
		{"100e-2", 1, true}, {"0.0", 0, true}, {"0e99999999999999999999", 0, true},
		{"9223372036854775807", 1<<63 - 1, true}, {"-9223372036854775808", -1 << 63, true},
		{"9.223372036854775807e18", 1<<63 - 1, true},
		{"9007199254740993.0", 9007199254740993, true}, // more than a float holds
		{"9223372036854775808", 0, false}, {"-9223372036854775809", 0, false},
		{"1.5", 0, false}, {"1e-1", 0, false}, {"1e19", 0, false}, {"1e400", 0, false},
		{"1e99999999999999999999", 0, false}, {"1e-99999999999999999999", 0, false},
	}
	for _, test := range tests {
		var r wire.FriendGet
		err := wire.Decode(wire.SNS, []byte(`{"StartIndex":`+test.json+`}`), &r)
		if test.ok != (err == nil) {
			t.Errorf("%s: %v, want it to be accepted: %v", test.json, err, test.ok)
			continue
		}
		if test.ok && r.StartIndex != wire.IntOf(test.want) {
			t.Errorf("%s is %v, want %d", test.json, r.StartIndex, test.want)
		}
	}
	if got := (wire.Int{}).Or(7); got != 7 {
		t.Errorf("absent, or 7, is %d", got)
	}
	if got := wire.IntOf(0).Or(7); got != 0 {
		t.Errorf("0, or 7, is %d", got)
	}
}

// Nesting that no request has must cost little and do no harm.
func TestDeepNesting(t *testing.T) {
	const size = 1 << 20
	open := strings.Repeat("[", size/2) + strings.Repeat("]", size/2)
	objects := strings.Repeat(`{"a":`, size/6) + "1" + strings.Repeat("}", size/6)
	bodies := []string{
		open, objects,
		strings.Repeat("[", size),
		`{"x":` + open + `}`, `{"x":` + objects + `}`,
		`{"UpdateItem":[{"SnsItem":[{"Value":` + open + `}]}]}`,
		`{"UpdateItem":` + open + `}`,
	}
	for i, body := range bodies {
		start := time.Now()
		e := refusal(t, wire.SNS, body, new(wire.FriendUpdate))
		if e.Code != wire.CodeJSON {
			t.Errorf("body %d: %v, want %d", i, e, wire.CodeJSON)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("body %d took %v", i, took)
		}
	}
	// What is within the library's bound is kept and written again.
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	var r wire.FriendUpdate
	body := `{"From_Account":"","UpdateItem":[{"To_Account":"","SnsItem":[{"Tag":"","Value":` + deep + `}]}]}`
	if err := wire.Decode(wire.SNS, []byte(body), &r); err != nil {
		t.Fatal(err)
	}
	if got := string(encode(t, r)); got != body {
		t.Errorf("encodes to %.100q, want %.100q", got, body)
	}
}

// A refusal is short and repeats nothing that was sent.
func TestRefusalsKeepSecrets(t *testing.T) {
	secret := strings.Repeat("secret", 1000)
	for _, body := range []string{
		`{"` + secret + `":1,"` + secret + `":2}`,
		`{"From_Account":["` + secret + `"]}`,
		`{"From_Account":"` + secret,
		`{"AddFriendItem":"` + secret + `"}`,
		`{"` + secret + `":x}`,
		secret,
		`{"AddFriendItem":[` + strings.Repeat("{},", 100000) + `1]}`,
	} {
		e := refusal(t, wire.SNS, body, new(wire.FriendAdd))
		if strings.Contains(e.Error(), "secret") || len(e.Error()) > 200 {
			t.Errorf("refusal of %.40q says too much: %.300s", body, e)
		}
	}
}

func TestMultiAccountImportAll(t *testing.T) {
	body := `{"AccountList":[{"UserID":"c","Nick":"n"},{"Identifier":"d"}],"Accounts":["a","b","a"]}`
	var r wire.MultiAccountImport
	if err := wire.Decode(wire.AccountService, []byte(body), &r); err != nil {
		t.Fatal(err)
	}
	want := []wire.AccountImport{{UserID: "a"}, {UserID: "b"}, {UserID: "a"}, {UserID: "c", Nick: "n"}, {UserID: "d"}}
	if diff := cmp.Diff(want, r.All()); diff != "" {
		t.Errorf("All() (-want +got):\n%s", diff)
	}
}

func TestDecodeReply(t *testing.T) {
	for _, body := range []string{"", "<html>", `{"ErrorCode":"0"}`} {
		err := wire.DecodeReply([]byte(body), new(wire.Head))
		if err == nil {
			t.Errorf("DecodeReply(%q) = nil, want an error", body)
		}
		if _, ok := errors.AsType[*wire.Error](err); ok {
			t.Errorf("DecodeReply(%q) = %v, which is a refusal", body, err)
		}
	}
	var head wire.Head
	if err := wire.DecodeReply([]byte(`{"ActionStatus":"FAIL","ErrorCode":60010,"ErrorInfo":"no","RequestId":"x"}`), &head); err != nil {
		t.Fatal(err)
	}
	e, ok := errors.AsType[*wire.Error](head.Err())
	if !ok || *e != (wire.Error{Code: 60010, Info: "no"}) {
		t.Errorf("Err() = %v, want 60010 no", head.Err())
	}
	if got, want := e.Error(), "60010 no"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if err := (wire.Head{ActionStatus: wire.ActionFail}).Err(); err == nil {
		t.Error("FAIL with code 0 is taken for a success")
	}
	if got := (&wire.Error{Code: 1, Display: strconv.Itoa(2)}).Error(); got != "1 (2)" {
		t.Errorf("Error() = %q", got)
	}
}
