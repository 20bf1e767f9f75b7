# friend_import: friends as another system held them, one way, without asking.

story The documents' own request
cites friends.md 4.1; friends.md Q23; friends.md 13 #19
given
  id, id1, id2, id3
call friend_import
  {"From_Account":"id","AddFriendItem":[
    {"To_Account":"id1","AddSource":"AddSource_Type_XXXXXXXX"},
    {"To_Account":"id2","Remark":"remark2","RemarkTime":1420000001,"GroupName":["Friends"],"AddSource":"AddSource_Type_XXXXXXXX","AddWording":"I'm Test2","AddTime":1420000001},
    {"To_Account":"id3","Remark":"remark3","RemarkTime":1420000001,"GroupName":["Colleagues","Friends"],"AddSource":"AddSource_Type_XXXXXXXX","AddWording":"I'm Test3","AddTime":1420000001,
     "CustomItem":[{"Tag":"Tag_SNS_Custom_XXXX","Value":"Test"},{"Tag":"Tag_SNS_Custom_YYYY","Value":0}]}]}
items id1 0, id2 0, id3 0
then
  id lists Friends=2 Colleagues=1
  id has id1 source=XXXXXXXX
  id has id2 remark=remark2 remarktime=1420000001 in=Friends source=XXXXXXXX wording="I'm Test2" at=1420000001
  id has id3 remark=remark3 remarktime=1420000001 in=Colleagues in=Friends source=XXXXXXXX wording="I'm Test3" at=1420000001 field.XXXX="Test" field.YYYY=0
  id standard+1 custom+1 lists+1

story Nobody is asked: consent, being barred and blocklists do not count
cites friends.md 4; friends.md 4.1; friends.md Q11
though is a friend of
given
  alice forbid=sendout
  bob allow=none
  carol allow=confirm
  dave, erin
  alice blocks dave
  erin blocks alice
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web"},{"To_Account":"carol","AddSource":"AddSource_Type_Web"},
    {"To_Account":"dave","AddSource":"AddSource_Type_Web"},{"To_Account":"erin","AddSource":"AddSource_Type_Web"}]}
items bob 0, carol 0, dave 0, erin 0
then
  alice has bob, carol, dave, erin source=Web
  alice standard+1

story Times that are not given
cites friends.md Q11; friends.md 4.2
given
  alice, u1, u2, u3, u4
clock +5
call friend_import
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"u1","AddSource":"AddSource_Type_Web"},
    {"To_Account":"u2","AddSource":"AddSource_Type_Web","AddTime":0,"Remark":"two"},
    {"To_Account":"u3","AddSource":"AddSource_Type_Web","Remark":"three","RemarkTime":1420000001},
    {"To_Account":"u4","AddSource":"AddSource_Type_Web","AddTime":2000000000}]}
items u1 0, u2 0, u3 0, u4 0
then
  alice has u1 source=Web at=now
  alice has u2 source=Web at=now remark=two remarktime=now
  alice has u3 source=Web at=now remark=three remarktime=1420000001
  alice has u4 source=Web at=2000000000
  alice standard+1

story Imported again: what is given is overwritten, the rest is kept
cites friends.md 4.2; friends.md Q11
given
  alice standard=1 custom=1 lists=1
  bob
  alice lists Home=1
  alice has bob remark=Old remarktime=1420000001 source=Web wording=hi in=Home at=1420000002 field.Age="7" field.City="Rome"
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_iOS","AddWording":"again","CustomItem":[{"Tag":"Tag_SNS_Custom_City","Value":"Oslo"}]}]}
items bob 0
then
  alice has bob remark=Old remarktime=1420000001 source=iOS wording=again in=Home at=1420000002 field.Age="7" field.City="Oslo"
  alice standard+1 custom+1

story Imported again with everything anew
cites friends.md 4.2; friends.md Q11; friends.md Q23
given
  alice standard=1 lists=1
  bob
  alice lists Home=1
  alice has bob remark=Old remarktime=1420000001 source=Web in=Home at=1420000002
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"New","RemarkTime":1430000001,"AddSource":"AddSource_Type_iOS","GroupName":["Work"],"AddTime":1430000002}]}
items bob 0
then
  alice lists Home=0 Work=1
  alice has bob remark=New remarktime=1430000001 source=iOS in=Work at=1430000002
  alice standard+1 lists+1

story Imported again with the same data: nothing is different, and no sequence rises
cites friends.md 4.2; friends.md Q11; friends.md Q19
given
  alice, bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","RemarkTime":1420000001,"AddSource":"AddSource_Type_Web","AddTime":1420000001,
    "GroupName":["Work"],"CustomItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7}]}]}
items bob 0
then
  alice lists Work=1
  alice has bob remark=Bobby remarktime=1420000001 source=Web in=Work at=1420000001 field.Age=7
  alice standard+1 custom+1 lists+1
clock +10
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","RemarkTime":1420000001,"AddSource":"AddSource_Type_Web","AddTime":1420000001,
    "GroupName":["Work"],"CustomItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7}]}]}
items bob 0

# The time is standard data that friend_get tells and withholds by sequence.
story Imported again with another time of adding and nothing else
cites friends.md 9.1; friends.md Q11
given
  alice standard=3 custom=2 lists=1
  bob
  alice lists Home=1
  alice has bob remark=Bobby remarktime=1420000001 source=Web wording=hi in=Home at=1420000002 field.Age=7
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","AddTime":1430000002}]}
items bob 0
then
  alice has bob remark=Bobby remarktime=1420000001 source=Web wording=hi in=Home at=1430000002 field.Age=7
  alice standard+1

# The times are not given, so they are kept; and a sequence rises for a
# change of remark, list or source only.
story Imported again with the same remark and no times: no sequence rises
cites friends.md Q11; friends.md Q19
given
  alice, bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","AddSource":"AddSource_Type_Web"}]}
items bob 0
then
  alice has bob remark=Bobby remarktime=now source=Web
  alice standard+1
clock +10
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","AddSource":"AddSource_Type_Web"}]}
items bob 0

story One way only: the other side is not touched, and no event follows
cites friends.md 4; friends.md 15
given
  alice
  bob standard=4
  bob has alice remark=Al
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","Remark":"Bobby"}]}
items bob 0
then
  alice has bob source=Web remark=Bobby remarktime=now
  alice standard+1

story The source is required
cites friends.md Q9; friends.md 13 #2; friends.md 4.1
given
  alice, u1, u2, u3, u4
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"u1"},{"To_Account":"u2","AddSource":"Web"},{"To_Account":"u3","AddSource":"AddSource_Type_Web1"},{"To_Account":"u4","AddSource":"AddSource_Type_Web"}]}
items u1 30001 Err_SNS_FriendImport_Source_Illegal, u2 30001 Err_SNS_FriendImport_Source_Illegal, u3 30001 Err_SNS_FriendImport_Source_Illegal, u4 0
then
  alice has u4 source=Web
  alice standard+1

story As many friends as the app allows; those that are there may still be renewed
cites friends.md 4.2; README D15; friends.md 12; friends.md Q26
settings MaxFriends=2
given
  alice standard=1
  bob, carol, dave
  alice has bob source=Web
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol","AddSource":"AddSource_Type_Web"},{"To_Account":"dave","AddSource":"AddSource_Type_Web"},{"To_Account":"bob","AddSource":"AddSource_Type_iOS"}]}
reply
  {"ResultItem":[
    {"To_Account":"carol","ResultCode":0,"ResultInfo":""},
    {"To_Account":"dave","ResultCode":30010,"ResultInfo":"Err_SNS_FriendImport_My_Friend_Num_Exceed_Threshold"},
    {"To_Account":"bob","ResultCode":0,"ResultInfo":""}],
   "Fail_Account":["dave"],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  alice has bob source=iOS
  alice has carol source=Web
  alice standard+1

story The other's friends may be full: an import is one way
cites friends.md 4
settings MaxFriends=1
given
  alice, carol
  bob standard=1
  bob has carol
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web"}]}
items bob 0
then
  alice has bob source=Web
  alice standard+1

story As many lists as the app allows: the item is refused whole
cites friends.md 4.2; friends.md Q23; README D15
settings MaxLists=2
given
  alice lists=1
  alice lists Home=0
  bob, carol, dave
call friend_import
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"bob","AddSource":"AddSource_Type_Web","GroupName":["Two","Three"]},
    {"To_Account":"carol","AddSource":"AddSource_Type_Web","GroupName":["Home","Two"]},
    {"To_Account":"dave","AddSource":"AddSource_Type_Web","GroupName":["Home","Three"]}]}
items bob 30011, carol 0, dave 30011
then
  alice lists Home=1 Two=1
  alice has carol source=Web in=Home in=Two
  alice standard+1 lists+1

story Renewed into too many lists: the friend stays as it was
cites friends.md Q23; friends.md Q11
settings MaxLists=1
given
  alice standard=1 lists=1
  bob
  alice lists Home=1
  alice has bob source=Web remark=Old in=Home
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_iOS","Remark":"New","GroupName":["Other"]}]}
items bob 30011

story Unknown accounts, oneself, and malformed items
cites friends.md Q1; friends.md Q2; friends.md Q26; friends.md Q29; friends.md Q30
given
  alice, bob, carol, dave, erin
call friend_import
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"nobody","AddSource":"AddSource_Type_Web"},
    {"To_Account":"alice","AddSource":"AddSource_Type_Web"},
    {"To_Account":"","AddSource":"AddSource_Type_Web"},
    {"To_Account":"bob","AddSource":"AddSource_Type_Web","Remark":"${97 x}"},
    {"To_Account":"carol","AddSource":"AddSource_Type_Web","AddWording":"${257 x}"},
    {"To_Account":"dave","AddSource":"AddSource_Type_Web","GroupName":["Fine","${31 x}"]},
    {"To_Account":"erin","AddSource":"AddSource_Type_Web"}]}
items nobody 30003 Err_SNS_FriendImport_Invalid_Account, alice 30001 Err_SNS_FriendImport_Cant_Add_Self,
  "" 30001, bob 30001, carol 30001, dave 30001, erin 0
then
  alice has erin source=Web
  alice standard+1

story The same account twice in one call: in order, and both succeed
cites friends.md Q3
given
  alice, bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","Remark":"one"},{"To_Account":"bob","AddSource":"AddSource_Type_iOS","Remark":"two"}]}
items bob 0, bob 0
then
  alice has bob source=iOS remark=two remarktime=now
  alice standard+1

story Custom fields: any keyword of one to eight letters, texts and integers as they are given
cites README D13; friends.md Q10; friends.md 1.1; friends.md Q30; lists_blocks_requests.md 4.3
given
  alice, u1, u2, u3, u4, u5, u6
call friend_import
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"u1","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_A","Value":"${500 v}"},{"Tag":"Tag_SNS_Custom_ABCDEFGH","Value":18446744073709551615},{"Tag":"Tag_SNS_Custom_N","Value":"7"}]},
    {"To_Account":"u2","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_ABCDEFGHI","Value":"x"}]},
    {"To_Account":"u3","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_","Value":"x"}]},
    {"To_Account":"u4","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_A1","Value":"x"}]},
    {"To_Account":"u5","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Custom_A","Value":"x"}]},
    {"To_Account":"u6","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_A","Value":"${501 v}"}]}]}
items u1 0, u2 30001, u3 30001, u4 30001, u5 30001, u6 30001
then
  alice has u1 source=Web field.A="${500 v}" field.ABCDEFGH=18446744073709551615 field.N="7"
  alice standard+1 custom+1

story Custom fields of an app that declares them
cites README D13; friends.md Q10
settings FriendFields=Age,City
given
  alice, bob, carol
call friend_import
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"bob","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7}]},
    {"To_Account":"carol","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7},{"Tag":"Tag_SNS_Custom_Note","Value":"x"}]}]}
items bob 0, carol 30001
then
  alice has bob source=Web field.Age=7
  alice standard+1 custom+1

story A thousand items in one call, and not one more
cites friends.md 13 #17; friends.md Q15; README D15
given
  alice
  each 1..1000 u#
call friend_import
  {"From_Account":"alice","AddFriendItem":[${1..1001 {"To_Account":"u#","AddSource":"AddSource_Type_Web"}}]}
fail 30001
call friend_import
  {"From_Account":"alice","AddFriendItem":[${1..1000 {"To_Account":"u#","AddSource":"AddSource_Type_Web"}}]}
reply
  {"ResultItem":[${1..1000 {"To_Account":"u#","ResultCode":0,"ResultInfo":""}}]}
then
  each 1..1000 alice has u# source=Web
  alice standard+1

story Refused for the limit of friends: no list is created either
cites friends.md 4.2; friends.md Q23
settings MaxFriends=1
given
  alice, bob, carol
  alice has bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol","AddSource":"AddSource_Type_Web","GroupName":["New"]}]}
items carol 30010 Err_SNS_FriendImport_My_Friend_Num_Exceed_Threshold
