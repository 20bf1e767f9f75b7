# Which sequences rise, by how much, and which must not. (Each other story
# tells it too, of its own calls.)

story One call, many friends: one step, for each owner whose friends changed
cites friends.md Q19; lists_blocks_requests.md Q21
given
  alice standard=10
  bob standard=20
  carol standard=30
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"One"},{"To_Account":"carol","GroupName":"Two"}]}
items bob 0, carol 0
then
  alice lists One=1 Two=1
  alice has bob in=One
  alice has carol in=Two
  bob, carol has alice
  alice standard=11 lists=1
  bob standard=21
  carol standard=31
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
  FriendAdded alice->carol by alice
  FriendAdded carol->alice by alice

story Calls one after the other: a step for each
cites friends.md Q19
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 0
then
  alice has bob
  bob has alice
  alice, bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"Bobby"}]}]}
items bob 0
then
  alice has bob remark=Bobby
  alice standard+1
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7}]}]}
items bob 0
then
  alice has bob remark=Bobby field.Age=7
  alice custom+1
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Both"}
items bob 0
then
  alice loses bob
  bob loses alice
  alice standard+1 custom+1
  bob standard+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"StandardSequence":3,"CustomSequence":2,"FriendNum":0,"CompleteFlag":1,"NextStartIndex":0}

story A call of which every item is refused raises nothing
cites friends.md Q19; friends.md Q26
given
  alice standard=5
  bob
  carol allow=none
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"},{"To_Account":"carol","GroupName":"New"},{"To_Account":"nobody"},{"To_Account":"alice"}]}
items bob 30001, carol 30516, nobody 30003, alice 30001
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"x"},{"To_Account":"nobody","AddSource":"AddSource_Type_Web"}]}
items bob 30001, nobody 30003
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"carol","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["New"]}]}]}
items carol 30001
call friend_delete
  {"From_Account":"alice","To_Account":["carol","nobody"]}
items carol 31704, nobody 31704

story A request is no friend: it raises neither sequence of friends
cites friends.md Q19; friends.md Q25
given
  alice standard=5 custom=4 lists=3
  bob allow=confirm standard=6
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"}]}
items bob 30539
then
  alice asks bob list=New
  alice, bob requests+1

story A friend without custom data comes and goes: the custom sequence stays
cites friends.md Q19
given
  alice standard=5 custom=4
  bob, carol
  alice has carol field.Age=7
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web"}]}
items bob 0
then
  alice has bob source=Web
  alice standard+1
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob
call friend_delete
  {"From_Account":"alice","To_Account":["carol"]}
items carol 0
then
  alice loses carol
  alice standard+1 custom+1
events
  FriendDeleted alice->carol

story A friend that comes with custom data raises both
cites friends.md Q19
given
  alice standard=5 custom=4
  bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","CustomItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7}]}]}
items bob 0
then
  alice has bob source=Web field.Age=7
  alice standard+1 custom+1

story A remark, a source, a list: each raises the standard sequence, and a list that of lists
cites friends.md Q19; lists_blocks_requests.md Q21
given
  alice
  bob
  alice has bob source=Web
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}]}
items bob 0
then
  alice has bob source=Web remark=x
  alice standard+1
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_iOS"}]}
items bob 0
then
  alice has bob source=iOS remark=x
  alice standard+1
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["L"]}]}]}
items bob 0
then
  alice lists L=1
  alice has bob source=iOS remark=x in=L
  alice standard+1 lists+1
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":[]}]}]}
items bob 0
then
  alice lists L=0
  alice has bob source=iOS remark=x
  alice standard+1 lists+1

story Changed and changed back within one call: a call that changes nothing need not raise, one that changes must
cites friends.md Q19; friends.md Q3
given
  alice standard=5
  bob
  alice has bob remark=x
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"y"}]},{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"z"}]}]}
items bob 0, bob 0
then
  alice has bob remark=z
  alice standard+1

story Reading raises nothing
cites friends.md Q19
given
  alice standard=5 custom=4 lists=3
  bob
  alice has bob
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Remark"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[],"ResultCode":0,"ResultInfo":""}]}
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Single"}
reply
  {"InfoItem":[{"To_Account":"bob","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""}]}

story A profile is no friend: writing it raises nothing for anyone
cites friends.md Q19
given
  alice, bob standard=5
  alice has bob
  bob has alice
call portrait_set
  {"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"B"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_DenyAny"}]}
ok
then
  bob allow=none
  bob shows Nick="B"
events
  ProfileSet bob

story The largest sequence is told, and after it comes 1
cites README D18; friends.md 14 #3; lists_blocks_requests.md Q21
given
  alice standard=2147483646 lists=2147483647
  bob, carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"L"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice lists L=1
  alice has bob in=L
  alice standard=2147483647 lists=1
events
  FriendAdded alice->bob by alice
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":2147483647}
reply
  {"StandardSequence":2147483647,"CustomSequence":0,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice lists L=0
  alice standard=1 lists=2
events
  FriendDeleted alice->bob
