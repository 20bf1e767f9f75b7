package wire_test

import (
	"fmt"
	"testing"

	"kith/wire"
)

const friendAdd = `{"From_Account":"id","AddFriendItem":[
  {"To_Account":"id1","AddSource":"AddSource_Type_XXXXXXXX"},
  {"To_Account":"id2","Remark":"remark2","GroupName":"Classmates","AddSource":"AddSource_Type_XXXXXXXX","AddWording":"I'm Test2"},
  {"To_Account":"id3","Remark":"remark3","GroupName":"Colleagues","AddSource":"AddSource_Type_XXXXXXXX","AddWording":"I'm Test3"}],
 "AddType":"Add_Type_Both","ForceAddFlags":1}`

func BenchmarkDecode(b *testing.B) {
	body := []byte(friendAdd)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		var r wire.FriendAdd
		if err := wire.Decode(wire.SNS, body, &r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeRefused(b *testing.B) {
	body := []byte(friendAdd[:len(friendAdd)-2] + `"1"}`)
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		var r wire.FriendAdd
		if err := wire.Decode(wire.SNS, body, &r); err == nil {
			b.Fatal("accepted")
		}
	}
}

func benchmarkAppend(b *testing.B, reply any) {
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if out, err = wire.Append(out[:0], reply); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(out)))
}

func BenchmarkAppendItems(b *testing.B) {
	benchmarkAppend(b, wire.ItemsReply{
		ResultItem:  []wire.ResultItem{{ToAccount: "id1"}, {ToAccount: "id2"}, {ToAccount: "id3", ResultCode: 30001, ResultInfo: "Err_SNS_FriendAdd_Friend_Exist"}},
		FailAccount: []wire.Account{"id3"},
		Head:        wire.OK(),
	})
}

func BenchmarkAppendFriends(b *testing.B) {
	r := wire.FriendGetReply{FriendNum: 100, CompleteFlag: 1, Head: wire.OK()}
	for i := range 100 {
		r.UserDataItem = append(r.UserDataItem, wire.UserData{
			ToAccount: wire.Account(fmt.Sprintf("user_%d", i)),
			ValueItem: []wire.TagValue{
				{Tag: wire.TagAddSource, Value: wire.StringValue("AddSource_Type_Android")},
				{Tag: wire.TagRemark, Value: wire.StringValue("Remark1")},
				{Tag: wire.TagGroup, Value: wire.StringsValue([]string{"Group1", "Group2"})},
				{Tag: wire.TagAddTime, Value: wire.IntValue(1563867420)},
			},
		})
	}
	benchmarkAppend(b, r)
}
