# black_list_add: blocking, and what it ends.

story The documents' own request
cites lists_blocks_requests.md 3.1; lists_blocks_requests.md 8 #3
given
  id blocks=1
  id1, id2, id3
  id blocks id2
call black_list_add
  {"From_Account":"id","To_Account":["id1","id2","id3"]}
reply
  {"ResultItem":[
    {"To_Account":"id1","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id2","ResultCode":30001,"ResultInfo":"Err_SNS_BlackListAdd_Already_Exist"},
    {"To_Account":"id3","ResultCode":0,"ResultInfo":""}],
   "Fail_Account":["id2"],"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  id blocks id1, id3
  id blocks+1
events
  Blocked id->id1
  Blocked id->id3

story Friends both ways: both directions end
cites lists_blocks_requests.md 3.1; README D9; friends.md 15; friends.md 13 #24; lists_blocks_requests.md 8 #11; lists_blocks_requests.md Q25
given
  alice, bob standard=1
  alice has bob
  bob has alice
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  bob loses alice
  alice blocks bob
  alice standard+1 blocks+1
  bob standard+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice
  Blocked alice->bob

story A friend one way, either way: that direction ends
cites lists_blocks_requests.md 3.1; README D9
given
  alice standard=1
  bob
  carol standard=1
  alice has bob
  carol has alice
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice blocks bob
  alice standard+1 blocks+1
events
  FriendDeleted alice->bob
  Blocked alice->bob
call black_list_add
  {"From_Account":"alice","To_Account":["carol"]}
items carol 0
then
  carol loses alice
  alice blocks carol
  alice blocks+1
  carol standard+1
events
  FriendDeleted carol->alice
  Blocked alice->carol

story With the friendship go the lists they were in and what was noted
cites README D9; lists_blocks_requests.md 8 #11; lists_blocks_requests.md Q22; friends.md Q19
given
  alice standard=2 custom=1 lists=1
  bob standard=1 lists=1
  carol
  alice lists Home=2 Work=1
  bob lists All=1
  alice has bob in=Home in=Work field.Age=7
  alice has carol in=Home
  bob has alice in=All
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  bob loses alice
  alice lists Home=1 Work=0
  bob lists All=0
  alice blocks bob
  alice standard+1 custom+1 lists+1 blocks+1
  bob standard+1 lists+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice
  Blocked alice->bob

story An app that keeps friends: they stay, and are blocked; requests end all the same
cites README D9; lists_blocks_requests.md 3.1; lists_blocks_requests.md 8 #12; lists_blocks_requests.md Q24; friends.md 13 #24
settings KeepFriendsOnBlock=true
given
  alice, bob standard=1
  carol allow=confirm
  alice has bob
  bob has alice
  alice asks carol
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice blocks bob
  alice blocks+1
events
  Blocked alice->bob
call black_list_add
  {"From_Account":"alice","To_Account":["carol"]}
items carol 0
then
  alice withdraws carol
  alice blocks carol
  alice blocks+1 requests+1
  carol requests+1
events
  Blocked alice->carol

story After a block neither can add the other
cites lists_blocks_requests.md 3.1; friends.md 15; friends.md 3.4
given
  alice, bob
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice blocks bob
  alice blocks+1
events
  Blocked alice->bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30515
call friend_add
  {"From_Account":"bob","AddFriendItem":[{"To_Account":"alice"}]}
items alice 30525

story Blocked already
cites lists_blocks_requests.md 3.1; lists_blocks_requests.md 6.2; friends.md 12
given
  alice blocks=1
  bob
  alice blocks bob
clock +60
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 30001 Err_SNS_BlackListAdd_Already_Exist

story Blocked by the other already: a block of one's own stands beside it
cites lists_blocks_requests.md 3.1
given
  alice
  bob blocks=1
  bob blocks alice
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice blocks bob
  alice blocks+1
events
  Blocked alice->bob

story Oneself
cites lists_blocks_requests.md Q11
given
  alice
call black_list_add
  {"From_Account":"alice","To_Account":["alice"]}
items alice 30001 Err_SNS_BlackListAdd_Self

story Accounts that do not exist
cites lists_blocks_requests.md Q12; README D12
given
  alice, bob
call black_list_add
  {"From_Account":"alice","To_Account":["nobody","bob"]}
items nobody 30003, bob 0
then
  alice blocks bob
  alice blocks+1
events
  Blocked alice->bob
call black_list_add
  {"From_Account":"nobody","To_Account":["bob"]}
fail 30003

story What an account that does not exist is called
cites lists_blocks_requests.md Q12
given
  alice
call black_list_add
  {"From_Account":"alice","To_Account":["nobody"]}
items nobody 30003 Err_SNS_BlackListAdd_Account_Not_Exist

story The same account twice in one call is answered once
cites lists_blocks_requests.md Q13
given
  alice, bob, carol
call black_list_add
  {"From_Account":"alice","To_Account":["bob","carol","bob"]}
items bob 0, carol 0
then
  alice blocks bob, carol
  alice blocks+1
events
  Blocked alice->bob
  Blocked alice->carol

story The blocklist fills up in the middle of a call
cites lists_blocks_requests.md Q15; lists_blocks_requests.md 3.1; README D15
settings MaxBlocks=2
given
  alice blocks=1
  bob, carol, dave, erin
  alice standard=1
  alice has dave
  alice blocks bob
call black_list_add
  {"From_Account":"alice","To_Account":["carol","dave","erin"]}
items carol 0, dave 30013, erin 30013
then
  alice blocks carol
  alice blocks+1
events
  Blocked alice->carol

story A thousand blocked at the most, as in the hosted service
cites README D15; lists_blocks_requests.md 3.1; friends.md 1.1
given
  alice blocks=1
  each 1..999 u#
  bob, carol
  each 1..999 alice blocks u#
call black_list_add
  {"From_Account":"alice","To_Account":["bob","carol"]}
items bob 0, carol 30013
then
  alice blocks bob
  alice blocks+1
events
  Blocked alice->bob

story Nobody at all, and more than a thousand
cites lists_blocks_requests.md Q14; lists_blocks_requests.md 3.1; README D15
given
  alice
call black_list_add
  {"From_Account":"alice","To_Account":[]}
fail 30001
call black_list_add
  {"From_Account":"alice"}
fail 30001
call black_list_add
  {"From_Account":"alice","To_Account":[${1..1001 "u#"}]}
fail 30001

story A call that blocks nobody raises no sequence
cites lists_blocks_requests.md Q21
given
  alice blocks=1
  bob
  alice blocks bob
call black_list_add
  {"From_Account":"alice","To_Account":["bob","alice","nobody"]}
items bob 30001, alice 30001, nobody 30003

story Blocking touches nobody else
cites lists_blocks_requests.md 3.1; README D9
given
  alice, bob, carol standard=2
  alice has bob, carol
  bob has alice, carol
  carol has alice, bob
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  bob loses alice
  alice blocks bob
  alice standard+1 blocks+1
  bob standard+1
events
  FriendDeleted alice->bob
  FriendDeleted bob->alice
  Blocked alice->bob
