# friend_delete and friend_delete_all: the end of friendships.

story The documents' own request, both ways
cites friends.md 6; README D5; friends.md 13 #3; friends.md 13 #4; friends.md Q12
given
  id standard=3
  id1, id2, id3 standard=1
  id has id1, id2, id3
  id1, id2, id3 has id
call friend_delete
  {"From_Account":"id","To_Account":["id1","id2","id3"],"DeleteType":"Delete_Type_Both"}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"id2","ResultCode":0,"ResultInfo":""},{"To_Account":"id3","ResultCode":0,"ResultInfo":""}],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  id loses id1, id2, id3
  id1, id2, id3 loses id
  id, id1, id2, id3 standard+1
events
  FriendDeleted id->id1
  FriendDeleted id1->id
  FriendDeleted id->id2
  FriendDeleted id2->id
  FriendDeleted id->id3
  FriendDeleted id3->id

story One way: the other keeps the caller
cites friends.md 6
given
  alice, bob standard=1
  alice has bob
  bob has alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Single"}
items bob 0
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob

story One way is what happens if nothing is said
cites README D7; friends.md Q13; friends.md Q15
given
  alice standard=2
  bob, carol standard=1
  alice has bob, carol
  bob, carol has alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob
call friend_delete
  {"From_Account":"alice","To_Account":["carol"],"DeleteType":""}
items carol 0
then
  alice loses carol
  alice standard+1
events
  FriendDeleted alice->carol

story Someone who is no friend
cites friends.md 6; friends.md 13 #5; friends.md 13 #6; friends.md Q2; friends.md 12; lists_blocks_requests.md 8 #19
given
  alice standard=1
  bob, carol
  alice has bob
call friend_delete
  {"From_Account":"alice","To_Account":["carol","nobody","bob","alice"]}
reply
  {"ResultItem":[
    {"To_Account":"carol","ResultCode":31704,"ResultInfo":"Err_SNS_FriendDelete_Not_Friend"},
    {"To_Account":"nobody","ResultCode":31704,"ResultInfo":"Err_SNS_FriendDelete_Not_Friend"},
    {"To_Account":"bob","ResultCode":0,"ResultInfo":""},
    {"To_Account":"alice","ResultCode":31704,"ResultInfo":"Err_SNS_FriendDelete_Not_Friend"}],
   "Fail_Account":["carol","nobody","alice"],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob

story One way, and only the other has the caller: nothing to delete
cites friends.md Q14; README D6
given
  alice
  bob standard=1
  bob has alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Single"}
items bob 31704 Err_SNS_FriendDelete_Not_Friend

story Both ways, and only one direction is there: that one goes
cites README D6; friends.md Q14
given
  alice standard=1
  bob
  carol standard=1
  alice has bob
  carol has alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob","carol"],"DeleteType":"Delete_Type_Both"}
items bob 0, carol 0
then
  alice loses bob
  carol loses alice
  alice, carol standard+1
events
  FriendDeleted alice->bob
  FriendDeleted carol->alice

story Both ways, and neither direction is there
cites README D6; friends.md Q14; friends.md Q2
given
  alice, bob
call friend_delete
  {"From_Account":"alice","To_Account":["bob","nobody"],"DeleteType":"Delete_Type_Both"}
items bob 31704 Err_SNS_FriendDelete_Not_Friend, nobody 31704 Err_SNS_FriendDelete_Not_Friend

story The same account twice in one call
cites friends.md Q3
given
  alice, bob standard=1
  alice has bob
  bob has alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob","bob"],"DeleteType":"Delete_Type_Both"}
items bob 0, bob 31704 Err_SNS_FriendDelete_Not_Friend
then
  alice loses bob
  bob loses alice
  alice, bob standard+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice

story A deleted friend leaves the lists, and the lists stay
cites friends.md 15; lists_blocks_requests.md Q21; lists_blocks_requests.md Q22; friends.md Q19
given
  alice standard=2 custom=1 lists=2
  bob standard=1 lists=1
  carol
  alice lists Home=2 Work=1
  bob lists All=1
  alice has bob in=Home in=Work field.Age=7
  alice has carol in=Home
  bob has alice in=All
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Both"}
items bob 0
then
  alice loses bob
  bob loses alice
  alice lists Home=1 Work=0
  bob lists All=0
  alice standard+1 custom+1 lists+1
  bob standard+1 lists+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice

story Deleted and added again: a new friend, at the end, with nothing of the old
cites friends.md Q21; friends.md Q19; friends.md Q28
given
  alice standard=2 custom=1 lists=1
  bob, carol
  alice lists Home=1
  alice has bob remark=Old in=Home field.Age=7
  alice has carol
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice lists Home=0
  alice standard+1 custom+1 lists+1
events
  FriendDeleted alice->bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice has bob
  alice standard+1
events
  FriendAdded alice->bob by alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob

story A thousand accounts in one call, and not one more
cites friends.md 6; friends.md Q15; README D15; friends.md 1.1
given
  alice
call friend_delete
  {"From_Account":"alice","To_Account":[${1..1001 "u#"}]}
fail 30001
call friend_delete
  {"From_Account":"alice","To_Account":[${1..1000 "u#"}]}
reply
  {"ResultItem":[${1..1000 {"To_Account":"u#","ResultCode":31704,"ResultInfo":"Err_SNS_FriendDelete_Not_Friend"}}],"Fail_Account":[${1..1000 "u#"}]}

story All friends, one way; no event follows
cites friends.md 7; README D7; README D8; friends.md 13 #15; friends.md 13 #16; friends.md 15
given
  alice standard=3 custom=1 lists=1
  bob, carol standard=1
  dave
  alice lists Home=2
  alice has bob in=Home field.Age=7
  alice has carol in=Home
  alice has dave
  bob, carol has alice
call friend_delete_all
  {"From_Account":"alice"}
ok
then
  alice loses bob, carol, dave
  alice lists Home=0
  alice standard+1 custom+1 lists+1

story All friends, one way, said in words
cites friends.md 7; README D7; friends.md Q15
given
  alice, bob standard=1
  alice has bob
  bob has alice
call friend_delete_all
  {"From_Account":"alice","DeleteType":"Delete_Type_Single"}
ok
then
  alice loses bob
  alice standard+1
call friend_delete_all
  {"From_Account":"bob","DeleteType":""}
ok
then
  bob loses alice
  bob standard+1

story All friends, both ways; no event follows
cites friends.md 7; README D8; friends.md 13 #15; friends.md 15
given
  alice standard=2
  bob, carol, dave standard=1
  bob lists=1 custom=1
  bob lists Mine=1
  alice has bob, carol
  bob has alice in=Mine field.Age=7
  dave has alice
call friend_delete_all
  {"From_Account":"alice","DeleteType":"Delete_Type_Both"}
ok
then
  alice loses bob, carol
  bob loses alice
  bob lists Mine=0
  alice standard+1
  bob standard+1 custom+1 lists+1

story All friends of one who has none
cites friends.md 7; friends.md Q19
given
  alice, bob
call friend_delete_all
  {"From_Account":"alice"}
ok
call friend_delete_all
  {"From_Account":"bob","DeleteType":"Delete_Type_Both"}
ok

story All friends of one who has many, both ways
cites friends.md 7; README D8
given
  alice standard=1
  each 1..700 u# standard=1
  each 1..700 alice has u#
  each 1..700 u# has alice
call friend_delete_all
  {"From_Account":"alice","DeleteType":"Delete_Type_Both"}
ok
then
  each 1..700 alice loses u#
  each 1..700 u# loses alice
  each 1..700 u# standard+1
  alice standard+1

story All friends, and who then befriends anew starts over
cites friends.md 7; friends.md 9.2; friends.md Q19
given
  alice standard=2
  bob, carol
  alice has bob, carol
call friend_delete_all
  {"From_Account":"alice"}
ok
then
  alice loses bob, carol
  alice standard+1
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":2}
reply
  {"StandardSequence":3,"CustomSequence":0,"FriendNum":0,"CompleteFlag":1,"NextStartIndex":0}
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"}],"AddType":"Add_Type_Single"}
items carol 0
then
  alice has carol
  alice standard+1
events
  FriendAdded alice->carol by alice
