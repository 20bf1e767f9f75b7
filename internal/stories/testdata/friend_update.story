# friend_update: what one notes about friends.

story The documents' own request
cites friends.md 5; friends.md Q23
given
  id standard=3
  id1, id2, id3
  id has id1, id2, id3
call friend_update
  {"From_Account":"id","UpdateItem":[
   {"To_Account":"id1","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"remark1"}]},
   {"To_Account":"id2","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"remark2"},{"Tag":"Tag_SNS_IM_Group","Value":["group1","group2"]}]},
   {"To_Account":"id3","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"remark3"},{"Tag":"Tag_SNS_IM_Group","Value":["group3"]},{"Tag":"Tag_SNS_Custom_Test","Value":"test"}]}]}
items id1 0, id2 0, id3 0
then
  id lists group1=1 group2=1 group3=1
  id has id1 remark=remark1
  id has id2 remark=remark2 in=group1 in=group2
  id has id3 remark=remark3 in=group3 field.Test="test"
  id standard+1 custom+1 lists+1

story Someone who is no friend
cites friends.md 5; friends.md Q2; friends.md 11; friends.md Q26
given
  alice standard=1
  bob, carol
  carol has alice
  alice has bob
call friend_update
  {"From_Account":"alice","UpdateItem":[
   {"To_Account":"carol","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]},
   {"To_Account":"nobody","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]},
   {"To_Account":"alice","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]},
   {"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}]}
items carol 30001 Err_SNS_FriendUpdate_Friend_Not_Exist, nobody 30001 Err_SNS_FriendUpdate_Friend_Not_Exist, alice 30001 Err_SNS_FriendUpdate_Friend_Not_Exist, bob 0
then
  alice has bob remark=x
  alice standard+1

story One's own side only
cites friends.md 5; friends.md 2
given
  alice, bob standard=1
  alice has bob remark=Old source=Web wording=hi at=1500000001
  bob has alice remark=Al
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"New"},{"Tag":"Tag_SNS_Custom_Note","Value":"n"}]}]}
items bob 0
then
  alice has bob remark=New source=Web wording=hi field.Note="n"
  alice standard+1 custom+1

story The lists given are the whole set
cites friends.md 5; friends.md Q23; lists_blocks_requests.md Q22; lists_blocks_requests.md Q21
given
  alice standard=2 lists=1
  bob, carol
  alice lists Home=2 Work=1
  alice has bob in=Home in=Work
  alice has carol in=Home
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Work","New"]}]}]}
items bob 0
then
  alice lists Home=1 Work=1 New=1
  alice has bob in=Work in=New
  alice standard+1 lists+1

story No list at all: the friend leaves every list, and the lists stay
cites friends.md Q23; lists_blocks_requests.md Q22
given
  alice standard=1 lists=1
  bob
  alice lists Home=1 Work=1
  alice has bob in=Home in=Work
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":[]}]}]}
items bob 0
then
  alice lists Home=0 Work=0
  alice has bob
  alice standard+1 lists+1

story A single text stands for one list
cites friends.md 5; friends.md 13 #20
given
  alice standard=1
  bob
  alice has bob
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":"group1"}]}]}
items bob 0
then
  alice lists group1=1
  alice has bob in=group1
  alice standard+1 lists+1
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Group"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_IM_Group","Value":["group1"]}],"ResultCode":0,"ResultInfo":""}]}

story An empty remark clears it
cites friends.md Q24
given
  alice standard=1
  bob
  alice has bob remark=Bobby
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":""}]}]}
items bob 0
then
  alice has bob
  alice standard+1
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Remark","Tag_SNS_IM_AddTime"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}],"ResultCode":0,"ResultInfo":""}]}

story Only remark, lists and custom fields may be updated
cites friends.md 5; friends.md 13 #21
given
  alice standard=4
  u1, u2, u3, u4
  each 1..4 alice has u# source=Web wording=hi
call friend_update
  {"From_Account":"alice","UpdateItem":[
   {"To_Account":"u1","SnsItem":[{"Tag":"Tag_SNS_IM_AddSource","Value":"AddSource_Type_iOS"}]},
   {"To_Account":"u2","SnsItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1420000001}]},
   {"To_Account":"u3","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"},{"Tag":"Tag_SNS_IM_AddWording","Value":"x"}]},
   {"To_Account":"u4","SnsItem":[{"Tag":"Tag_SNS_IM_Nonsense","Value":"x"}]}]}
items u1 30001, u2 30001, u3 30001, u4 30001

story Over-long, empty and malformed: the item is refused and nothing of it is applied
cites friends.md 5; friends.md Q30; friends.md 1.1; friends.md 13 #18
given
  alice standard=7
  u1, u2, u3, u4, u5, u6, u7
  each 1..7 alice has u#
call friend_update
  {"From_Account":"alice","UpdateItem":[
   {"To_Account":"u1","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"${97 x}"}]},
   {"To_Account":"u2","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"fine"},{"Tag":"Tag_SNS_IM_Group","Value":["Fine","${31 x}"]}]},
   {"To_Account":"u3","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"fine"},{"Tag":"Tag_SNS_IM_Group","Value":["Fine",""]}]},
   {"To_Account":"u4","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"fine"},{"Tag":"Tag_SNS_Custom_Note","Value":"${501 x}"}]},
   {"To_Account":"u5","SnsItem":[{"Tag":"Tag_SNS_Custom_ABCDEFGHI","Value":"x"}]},
   {"To_Account":"u6","SnsItem":[]},
   {"To_Account":"u7","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"${96 x}"},{"Tag":"Tag_SNS_IM_Group","Value":["${30 x}"]},{"Tag":"Tag_SNS_Custom_Note","Value":"${500 x}"}]}]}
items u1 30001, u2 30001, u3 30001, u4 30001, u5 30001, u6 30001, u7 0
then
  alice lists ${30 x}=1
  alice has u7 remark=${96 x} in=${30 x} field.Note="${500 x}"
  alice standard+1 custom+1 lists+1

story As many lists as the app allows: the item is refused whole
cites friends.md 5; friends.md Q23; README D15; friends.md 12
settings MaxLists=2
given
  alice standard=3 lists=1
  bob, carol, dave
  alice lists Home=1 Work=0
  alice has bob remark=Old in=Home
  alice has carol, dave
call friend_update
  {"From_Account":"alice","UpdateItem":[
   {"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"New"},{"Tag":"Tag_SNS_IM_Group","Value":["Work","Third"]}]},
   {"To_Account":"carol","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Work"]}]},
   {"To_Account":"dave","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"D"}]}]}
reply
  {"ResultItem":[
    {"To_Account":"bob","ResultCode":30011,"ResultInfo":"Err_SNS_FriendUpdate_Group_Num_Exceed_Threshold"},
    {"To_Account":"carol","ResultCode":0,"ResultInfo":""},
    {"To_Account":"dave","ResultCode":0,"ResultInfo":""}],
   "Fail_Account":["bob"],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  alice lists Work=1
  alice has carol in=Work
  alice has dave remark=D
  alice standard+1 lists+1

story The limit of lists is reached in the middle of a call; empty lists count
cites friends.md Q23; friends.md Q26; README D15
settings MaxLists=2
given
  alice standard=3 lists=1
  bob, carol, dave
  alice lists Home=1
  alice has bob in=Home
  alice has carol, dave
call friend_update
  {"From_Account":"alice","UpdateItem":[
   {"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Two"]}]},
   {"To_Account":"carol","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Three"]}]},
   {"To_Account":"dave","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Home","Two"]}]}]}
items bob 0, carol 30011, dave 0
then
  alice lists Home=1 Two=2
  alice has bob in=Two
  alice has dave in=Home in=Two
  alice standard+1 lists+1

story The same account twice in one call: in order, and both succeed
cites friends.md Q3
given
  alice standard=1
  bob
  alice has bob
call friend_update
  {"From_Account":"alice","UpdateItem":[
   {"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"one"},{"Tag":"Tag_SNS_IM_Group","Value":["One"]}]},
   {"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"two"},{"Tag":"Tag_SNS_IM_Group","Value":["Two"]}]}]}
items bob 0, bob 0
then
  alice lists One=0 Two=1
  alice has bob remark=two in=Two
  alice standard+1 lists+1

story Custom fields keep their type, and change theirs alone
cites friends.md Q10; README D13; friends.md Q19
given
  alice standard=1 custom=1
  bob
  alice has bob remark=Bobby field.Age="7" field.City="Rome"
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_Custom_Age","Value":8}]}]}
items bob 0
then
  alice has bob remark=Bobby field.Age=8 field.City="Rome"
  alice custom+1
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_Custom_City","Tag_SNS_Custom_Age"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_Custom_City","Value":"Rome"},{"Tag":"Tag_SNS_Custom_Age","Value":8}],"ResultCode":0,"ResultInfo":""}]}

story Custom fields of an app that declares them
cites README D13; friends.md Q10
settings FriendFields=Age
given
  alice standard=1
  bob
  alice has bob
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"},{"Tag":"Tag_SNS_Custom_Note","Value":"n"}]}]}
items bob 30001
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_Custom_Age","Value":"7"}]}]}
items bob 0
then
  alice has bob field.Age="7"
  alice custom+1

story Nothing different: no sequence rises
cites friends.md Q19
given
  alice standard=5 custom=4 lists=3
  bob
  alice lists Home=1
  alice has bob remark=Bobby in=Home field.Age=7
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"Bobby"},{"Tag":"Tag_SNS_IM_Group","Value":["Home"]},{"Tag":"Tag_SNS_Custom_Age","Value":7}]}]}
items bob 0

story A thousand items in one call, and not one more
cites friends.md 13 #17; friends.md Q15; README D15
given
  alice
call friend_update
  {"From_Account":"alice","UpdateItem":[${1..1001 {"To_Account":"u#","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}}]}
fail 30001
call friend_update
  {"From_Account":"alice","UpdateItem":[${1..1000 {"To_Account":"u#","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}}]}
reply
  {"ResultItem":[${1..1000 {"To_Account":"u#","ResultCode":30001,"ResultInfo":"Err_SNS_FriendUpdate_Friend_Not_Exist"}}],"Fail_Account":[${1..1000 "u#"}]}
