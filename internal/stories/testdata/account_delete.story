# account_delete: an account goes, with all that it holds and all that others
# hold of it.

story The documents' own request
cites transport_accounts_profiles.md 4.3; transport_accounts_profiles.md 7 #6; transport_accounts_profiles.md 2.5
given
  UserID_1
call account_delete
  {"DeleteItem":[{"UserID":"UserID_1"},{"UserID":"UserID_2"}]}
reply
  {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[
   {"ResultCode":0,"ResultInfo":"","UserID":"UserID_1"},
   {"ResultCode":70107,"ResultInfo":"Err_TLS_PT_Open_Login_Account_Not_Exist","UserID":"UserID_2"}]}
then
  UserID_1 gone

story It leaves everyone: friends, lists, blocklists and requests, in both directions
cites README D21; transport_accounts_profiles.md 4.3; friends.md Q19; lists_blocks_requests.md Q21
given
  gone allow=confirm standard=5 custom=1 lists=2 blocks=1 requests=3
  fan standard=2 custom=1 lists=2
  mutual standard=1
  idol
  foe
  victim
  asker
  asked allow=confirm
  other
  gone lists Home=2
  gone has mutual, idol in=Home field.Age=7
  gone blocks victim
  gone shows Nick="G" Custom.Note="x"
  fan lists All=2 Some=1
  fan has gone in=All in=Some field.Age=7
  fan has other in=All
  mutual has gone
  foe blocks gone
  foe blocks other
  asker asks gone wording=please
  gone asks asked
call account_delete
  {"DeleteItem":[{"UserID":"gone"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"gone"}]}
then
  gone gone
  fan loses gone
  fan lists All=1 Some=0
  fan standard+1 custom+1 lists+1
  mutual loses gone
  mutual standard+1
  foe unblocks gone
  foe blocks+1
  asker withdraws gone
  asker requests+1
  asked forgets gone
  asked requests+1

story Gone for every reader from the reply on
cites README D21; transport_accounts_profiles.md 4.3; README D12
given
  gone, alice
  alice has gone
  gone has alice
call account_delete
  {"DeleteItem":[{"UserID":"gone"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"gone"}]}
then
  gone gone
  alice loses gone
  alice standard+1
call account_check
  {"CheckItem":[{"UserID":"gone"}]}
reply
  {"ResultItem":[{"UserID":"gone","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"}]}
call friend_get
  {"From_Account":"gone","StartIndex":0}
fail 30003 Err_Sns_Invalid_Account
call friend_check
  {"From_Account":"alice","To_Account":["gone"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[{"To_Account":"gone","Relation":"CheckResult_Type_NoRelation","ResultCode":30003,"ResultInfo":"Err_SNS_FriendCheck_*"}],"Fail_Account":["gone"]}
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"gone"}]}
items gone 30003 Err_SNS_FriendAdd_Invalid_Account
call portrait_get
  {"To_Account":["gone"],"TagList":["Tag_Profile_IM_Nick"]}
reply
  {"UserProfileItem":[{"To_Account":"gone","ResultCode":40003,"ResultInfo":"*"}],"Fail_Account":["gone"],
   "ActionStatus":"FAIL","ErrorCode":40003,"ErrorInfo":"*","ErrorDisplay":""}

story Imported again at once: a fresh account
cites transport_accounts_profiles.md 4.3; transport_accounts_profiles.md 7 #16
given
  alice created=1500000000 allow=none forbid=sendout
  bob
  alice lists Home=1
  alice has bob in=Home
  alice blocks bob
  alice shows Nick="Al"
  bob blocks alice
settings KeepFriendsOnBlock=true
call account_delete
  {"DeleteItem":[{"UserID":"alice"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"alice"}]}
then
  alice gone
  bob unblocks alice
  bob blocks+1
clock +10
call account_import
  {"UserID":"alice"}
ok
then
  alice created=now
call friend_add
  {"From_Account":"bob","AddFriendItem":[{"To_Account":"alice"}]}
items alice 0
then
  bob has alice
  alice has bob
  alice, bob standard+1
events
  FriendAdded bob->alice by bob
  FriendAdded alice->bob by bob

story Two who are friends go in one call
cites README D21; transport_accounts_profiles.md 4.3
given
  alice, bob, carol, dave
  alice has bob, carol
  bob has alice, carol
  carol has alice, bob
  alice blocks dave
call account_delete
  {"DeleteItem":[{"UserID":"alice"},{"UserID":"bob"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"alice"},{"ResultCode":0,"ResultInfo":"","UserID":"bob"}]}
then
  alice gone
  bob gone
  carol loses alice, bob
  carol standard+1

story Two who asked each other go in one call, and one who asked both
cites README D21; transport_accounts_profiles.md 4.3
given
  alice, bob, carol
  alice asks bob
  bob asks alice
  carol asks alice, bob
call account_delete
  {"DeleteItem":[{"UserID":"bob"},{"UserID":"alice"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"bob"},{"ResultCode":0,"ResultInfo":"","UserID":"alice"}]}
then
  alice gone
  bob gone
  carol withdraws alice, bob
  carol requests+1

story Two who block each other go in one call
cites README D21
given
  alice, bob
  alice blocks bob
  bob blocks alice
call account_delete
  {"DeleteItem":[{"UserID":"alice"},{"UserID":"bob"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"alice"},{"ResultCode":0,"ResultInfo":"","UserID":"bob"}]}
then
  alice gone
  bob gone

story An administrator cannot be deleted
cites transport_accounts_profiles.md 4.3; transport_accounts_profiles.md Q7
given
  alice
call account_delete
  {"DeleteItem":[{"UserID":"administrator"},{"UserID":"alice"}]}
reply
  {"ResultItem":[{"ResultCode":70402,"ResultInfo":"*","UserID":"administrator"},{"ResultCode":0,"ResultInfo":"","UserID":"alice"}]}
then
  alice gone

story None, a hundred, one more
cites transport_accounts_profiles.md 4.3; transport_accounts_profiles.md 6.4
given
  each 1..100 u#
call account_delete
  {"DeleteItem":[]}
fail 70402
call account_delete
  {}
fail 70402
call account_delete
  {"DeleteItem":[${1..101 {"UserID":"u#"}}]}
fail 70402
call account_delete
  {"DeleteItem":[${1..100 {"UserID":"u#"}}]}
reply
  {"ResultItem":[${1..100 {"ResultCode":0,"ResultInfo":"","UserID":"u#"}}]}
then
  each 1..100 u# gone

story One who has many friends, and whom many have
cites README D21
given
  gone
  each 1..600 u#
  each 1..300 gone has u#
  each 201..600 u# has gone
  each 1..300 v#
  each 1..300 gone blocks v#
  each 1..300 v# blocks gone
though is a friend of
call account_delete
  {"DeleteItem":[{"UserID":"gone"}]}
reply
  {"ResultItem":[{"ResultCode":0,"ResultInfo":"","UserID":"gone"}]}
then
  gone gone
  each 201..600 u# loses gone
  each 201..600 u# standard+1
  each 1..300 v# unblocks gone
  each 1..300 v# blocks+1
