# kick, query_online_status and its old name querystate.

story Kicked: UserSigs of until now are worthless, those of the next second work
cites transport_accounts_profiles.md 4.5; transport_accounts_profiles.md Q4; transport_accounts_profiles.md Q5; README D10
settings ClientAccess=true
given
  alice, bob
  alice has bob
caller alice
call friend_delete
  {"From_Account":"alice","To_Account":["alice"]}
items alice 31704
caller administrator
call kick
  {"UserID":"alice"}
reply
  {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}
then
  alice kicked=now
caller alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
fail 70052
caller bob
call group_get
  {"From_Account":"bob"}
reply
  {"ResultItem":[],"CurrentSequence":0}
clock +1
caller alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob

story Kicked under the old name of the member, and again
cites transport_accounts_profiles.md 4.5; README D22
given
  alice kicked=1600000000
call kick
  {"Identifier":"alice"}
ok
then
  alice kicked=now
clock +5
call im_open_login_svc/kick
  {"UserID":"alice"}
ok
then
  alice kicked=now

story An administrator may be kicked too
cites transport_accounts_profiles.md Q7; transport_accounts_profiles.md Q5
given
  administrator, alice
call kick
  {"UserID":"administrator"}
ok
then
  administrator kicked=now
call kick
  {"UserID":"alice"}
fail 70052
clock +1
call kick
  {"UserID":"alice"}
ok
then
  alice kicked=now

story Kicking: accounts that do not exist or cannot
cites transport_accounts_profiles.md 4.5; transport_accounts_profiles.md Q6
given
  alice
call kick
  {"UserID":"nobody"}
fail 70107
call kick
  {"UserID":""}
fail 70402
call kick
  {}
fail 70402
call kick
  {"UserID":7}
fail 60015

story No end user kicks anybody or asks who is online
cites README D10
settings ClientAccess=true
given
  alice
caller alice
call kick
  {"UserID":"alice"}
fail 60010
call query_online_status
  {"To_Account":["alice"]}
fail 60010

story Nobody is online where nobody can be: offline, without details
cites transport_accounts_profiles.md 4.6
given
  id1, id2
call query_online_status
  {"To_Account":["id1","id2"],"IsNeedDetail":1,"IsReturnInstid":1,"IsReturnCustomStatus":0}
reply
  {"QueryResult":[{"To_Account":"id1","Status":"Offline","State":"Offline"},{"To_Account":"id2","Status":"Offline","State":"Offline"}],"ErrorList":[]}
call querystate
  {"To_Account":["id1"]}
reply
  {"QueryResult":[{"To_Account":"id1","Status":"Offline","State":"Offline"}]}

story Some accounts do not exist, and one is asked for twice
cites transport_accounts_profiles.md 4.6; transport_accounts_profiles.md Q12
given
  id1
call query_online_status
  {"To_Account":["id1","id4","id1"]}
reply
  {"QueryResult":[{"To_Account":"id1","Status":"Offline","State":"Offline"},{"To_Account":"id1","Status":"Offline","State":"Offline"}],
   "ErrorList":[{"To_Account":"id4","ErrorCode":70107}]}
call querystate
  {"To_Account":["id4","id1"]}
reply
  {"QueryResult":[{"To_Account":"id1","Status":"Offline","State":"Offline"}],"ErrorList":[{"To_Account":"id4","ErrorCode":70107}]}

story No account exists: refused whole, and told all the same
cites transport_accounts_profiles.md 4.6
call query_online_status
  {"To_Account":["a","b"]}
reply
  {"ActionStatus":"FAIL","ErrorCode":70107,"ErrorInfo":"*","QueryResult":[],"ErrorList":[{"To_Account":"a","ErrorCode":70107},{"To_Account":"b","ErrorCode":70107}]}
call querystate
  {"To_Account":["a"]}
reply
  {"ActionStatus":"FAIL","ErrorCode":70107,"ErrorInfo":"*","QueryResult":[],"ErrorList":[{"To_Account":"a","ErrorCode":70107}]}

story How many accounts, and of which kind
cites transport_accounts_profiles.md 4.6
given
  alice
call query_online_status
  {"To_Account":[]}
fail 90001
call querystate
  {}
fail 90001
call query_online_status
  {"To_Account":["alice",7]}
fail 90003
call query_online_status
  {"To_Account":["alice",${1..500 "u#"}]}
fail 90011
