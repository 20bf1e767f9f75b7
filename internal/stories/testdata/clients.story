# What clients in real use send, and what they rely on.

story The most common call: forced, both ways, with everything empty
cites friends.md 14 #13; friends.md 14 #10; friends.md 14 #15; friends.md 3.4
given
  test1
  test2 allow=none
call friend_add
  {"From_Account":"test1","AddFriendItem":[{"To_Account":"test2","Remark":"","GroupName":"","AddSource":"AddSource_Type_XXXXXXXX","AddWording":""}],"AddType":"Add_Type_Both","ForceAddFlags":1}
items test2 0
then
  test1 has test2 source=XXXXXXXX
  test2 has test1 source=XXXXXXXX
  test1, test2 standard+1
events
  FriendAdded test1->test2 by test1
  FriendAdded test2->test1 by test1
call friend_add
  {"From_Account":"test1","AddFriendItem":[{"To_Account":"test2","Remark":"","GroupName":"","AddSource":"AddSource_Type_XXXXXXXX","AddWording":""}],"AddType":"Add_Type_Both","ForceAddFlags":1}
items test2 30001 Err_SNS_FriendAdd_Friend_Exist
call friend_update
  {"From_Account":"test1","UpdateItem":[{"To_Account":"test2","SnsItem":[{"Tag":"Tag_SNS_Custom_testTag","Value":"v"}]}]}
items test2 0
then
  test1 has test2 source=XXXXXXXX field.testTag="v"
  test1 custom+1

story An unknown custom tag refuses its item, never the call
cites friends.md 14 #15; README D13
settings FriendFields=
given
  test1, test2
  test1 has test2
call friend_update
  {"From_Account":"test1","UpdateItem":[{"To_Account":"test2","SnsItem":[{"Tag":"Tag_SNS_Custom_testTag","Value":"v"}]}]}
items test2 30001

story Optional members that are null
cites lists_blocks_requests.md 1.1
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":null,"GroupName":null,"AddSource":null,"AddWording":null}],"AddType":null,"ForceAddFlags":null}
items bob 0
then
  alice has bob
  bob has alice
  alice, bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":null,"CustomSequence":null}
reply
  {"UserDataItem":[{"To_Account":"bob","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1700000000}]}],
   "StandardSequence":1,"CustomSequence":0,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}

story Members that nobody knows
cites friends.md 14 #11; README D22; lists_blocks_requests.md 1.1
given
  alice, bob
call friend_add
  {"From_Account":"alice","Extra":{"a":[1,null]},"AddFriendItem":[{"To_Account":"bob","RemarkTime":1,"AddTime":1,"CustomItem":[{"Tag":"Tag_SNS_Custom_A","Value":"x"}]}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice has bob
  alice standard+1
events
  FriendAdded alice->bob by alice

story The other is spelled as in the request, in the order of the request
cites friends.md 14 #5; README D22
given
  alice, Bob, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"BOB"},{"To_Account":"Bob"}],"AddType":"Add_Type_Single"}
items bob 0, BOB 30003 Err_SNS_FriendAdd_Invalid_Account, Bob 0
then
  alice has bob, Bob
  alice standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded alice->Bob by alice

story Failed accounts are listed only where there are some, and nothing is null
cites friends.md 13 #1; friends.md 14 #1; friends.md 14 #2; friends.md 14 #6; README D20
given
  alice, bob
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":31704,"ResultInfo":"Err_SNS_FriendDelete_Not_Friend"}],"Fail_Account":["bob"],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[{"To_Account":"bob","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""}],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story Frequency is not filtered
cites friends.md Q28; friends.md 13 #25; README D16
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
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Both"}
items bob 0
then
  alice loses bob
  bob loses alice
  alice, bob standard+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice
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
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Both"}
items bob 0
then
  alice loses bob
  bob loses alice
  alice, bob standard+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice

story A text that was sensitive once is a text like any other
cites friends.md 13 #22; friends.md 11
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"*** !? <script> \u0022 \\ \ud83d\ude00"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice has bob remark="*** !? <script> \" \\ 😀"
  alice standard+1
events
  FriendAdded alice->bob by alice
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Remark"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"*** !? <script> \" \\ 😀"}],"ResultCode":0,"ResultInfo":""}]}
