# account_import, multiaccount_import and account_check.

story The documents' own import
cites transport_accounts_profiles.md 4.1; transport_accounts_profiles.md 1.3
call account_import
  {"UserID":"test","Nick":"test","FaceUrl":"http://www.qq.com"}
reply
  {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
then
  test created=now
  test shows Nick="test" Image="http://www.qq.com"

story Nothing but the name
cites transport_accounts_profiles.md 4.1
call account_import
  {"UserID":"test"}
ok
then
  test created=now

story The older name of UserID, and both at once
cites transport_accounts_profiles.md 4; transport_accounts_profiles.md 7 #1; README D22
call account_import
  {"Identifier":"old"}
ok
then
  old created=now
call account_import
  {"Identifier":"old2","UserID":"new"}
ok
then
  new created=now

story Imported again: what is given is overwritten, the rest stays
cites transport_accounts_profiles.md 4.1; transport_accounts_profiles.md Q11
given
  test created=1500000000 allow=none standard=3
  bob
  test has bob
  test shows Nick="Old" Image="http://old" Level=3
clock +60
call account_import
  {"UserID":"test","Nick":"New"}
ok
then
  test shows Nick="New"
call account_import
  {"UserID":"test","FaceUrl":"http://new"}
ok
then
  test shows Image="http://new"
call account_import
  {"UserID":"test"}
ok

story Empty texts are not given
cites transport_accounts_profiles.md 4.1; transport_accounts_profiles.md Q11
given
  test
  test shows Nick="Old" Image="http://old"
call account_import
  {"UserID":"test","Nick":"","FaceUrl":""}
ok
call account_import
  {"UserID":"fresh","Nick":"","FaceUrl":""}
ok
then
  fresh created=now

story An old member is ignored
cites transport_accounts_profiles.md 4.1; README D22
call account_import
  {"UserID":"test","Type":0,"Anything":{"else":[1,2]}}
ok
then
  test created=now

story Names that no account can have
cites transport_accounts_profiles.md 4.1; transport_accounts_profiles.md 6.1; README D22
call account_import
  {}
fail 70402
call account_import
  {"UserID":""}
fail 70402
call account_import
  {"UserID":"${33 x}"}
fail 70402
call account_import
  {"UserID":"tab\there"}
fail 70402
call account_import
  {"UserID":"josé"}
fail 70402
call account_import
  {"UserID":" leading"}
fail 70402
call account_import
  {"UserID":"@TLS#NOT_FOUND"}
fail 70402
call account_import
  {"UserID":"@TGS#group"}
fail 70402
call account_import
  {"userid":"test"}
fail 70402

story Names that an account may have
cites transport_accounts_profiles.md 6.1; README D22
call account_import
  {"UserID":"${32 x}"}
ok
then
  ${32 x} created=now
call account_import
  {"UserID":"12345"}
ok
then
  12345 created=now
call account_import
  {"UserID":"two words!~"}
ok
then
  "two words!~" created=now
call account_import
  {"UserID":"@RBT#helper"}
ok
then
  @RBT#helper created=now

story Upper and lower case are different names
cites transport_accounts_profiles.md 6.1; README D22
given
  alice
call account_import
  {"UserID":"Alice"}
ok
then
  Alice created=now
call account_check
  {"CheckItem":[{"UserID":"alice"},{"UserID":"Alice"},{"UserID":"ALICE"}]}
reply
  {"ResultItem":[
   {"UserID":"alice","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"},
   {"UserID":"Alice","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"},
   {"UserID":"ALICE","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"}]}

story A name that is a number in JSON
cites transport_accounts_profiles.md Q6; transport_accounts_profiles.md 6.1
call account_import
  {"UserID":12345}
fail 60015

story Nick and face have at most 500 bytes
cites transport_accounts_profiles.md 4.1; transport_accounts_profiles.md 6.4
call account_import
  {"UserID":"test","Nick":"${501 x}"}
fail 40601
call account_import
  {"UserID":"test","FaceUrl":"${501 x}"}
fail 40601
call account_import
  {"UserID":"test","Nick":"${500 x}","FaceUrl":"${500 y}"}
ok
then
  test created=now
  test shows Nick="${500 x}" Image="${500 y}"

story Many at once: names alone, as before 2024
cites transport_accounts_profiles.md 4.2; transport_accounts_profiles.md 7 #2; README D22
call multiaccount_import
  {"Accounts":["test1","test2"]}
reply
  {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","FailAccounts":[]}
then
  test1, test2 created=now

story Many at once: with nick and face
cites transport_accounts_profiles.md 4.2; transport_accounts_profiles.md 7 #2; README D22
given
  test2
  test2 shows Nick="Old" Image="http://old"
call multiaccount_import
  {"AccountList":[{"UserID":"test1","Nick":"t1","FaceUrl":"http://1"},{"UserID":"test2","Nick":"t2"},{"Identifier":"test3"}]}
reply
  {"FailAccounts":[]}
then
  test1, test3 created=now
  test1 shows Nick="t1" Image="http://1"
  test2 shows Nick="t2"

story Many at once: both forms in one call
cites transport_accounts_profiles.md 4.2; README D22
call multiaccount_import
  {"Accounts":["test1"],"AccountList":[{"UserID":"test2","Nick":"t2"}]}
reply
  {"FailAccounts":[]}
then
  test1, test2 created=now
  test2 shows Nick="t2"

story Many at once: one twice
cites transport_accounts_profiles.md 4.2; transport_accounts_profiles.md 4.1
call multiaccount_import
  {"AccountList":[{"UserID":"test1","Nick":"first","FaceUrl":"http://1"},{"UserID":"test1","Nick":"second"}]}
reply
  {"FailAccounts":[]}
then
  test1 created=now
  test1 shows Nick="second" Image="http://1"

story Many at once: illegal names fail alone, unless all are
cites transport_accounts_profiles.md 4.2
call multiaccount_import
  {"Accounts":["test1","","${33 x}","@TLS#x"]}
reply
  {"FailAccounts":["","${33 x}","@TLS#x"]}
then
  test1 created=now
call multiaccount_import
  {"Accounts":["","${33 x}"]}
fail 70402

story Many at once: none, a hundred, one more
cites transport_accounts_profiles.md 4.2; transport_accounts_profiles.md 6.4
call multiaccount_import
  {}
fail 70402
call multiaccount_import
  {"Accounts":[],"AccountList":[]}
fail 70402
call multiaccount_import
  {"Accounts":[${1..101 "u#"}]}
fail 70402
call multiaccount_import
  {"Accounts":[${1..51 "u#"}],"AccountList":[${1..50 {"UserID":"v#"}}]}
fail 70402
call multiaccount_import
  {"Accounts":[${1..100 "u#"}]}
reply
  {"FailAccounts":[]}
then
  each 1..100 u# created=now

story Many at once: something that is no text
cites transport_accounts_profiles.md 4.2; transport_accounts_profiles.md Q6
call multiaccount_import
  {"Accounts":["test1",2]}
fail 70402
call multiaccount_import
  {"AccountList":[{"UserID":"test1"},{"UserID":2}]}
fail 60015

story Which accounts exist: the documents' own request
cites transport_accounts_profiles.md 4.4
given
  UserID_2
call account_check
  {"CheckItem":[{"UserID":"UserID_1"},{"UserID":"UserID_2"}]}
reply
  {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[
   {"UserID":"UserID_1","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"},
   {"UserID":"UserID_2","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"}]}

story Which accounts exist: malformed names do not, and administrators do
cites transport_accounts_profiles.md 4.4; transport_accounts_profiles.md 6.2; transport_accounts_profiles.md Q13
given
  alice
call account_check
  {"CheckItem":[{"UserID":""},{"UserID":"${33 x}"},{"UserID":"administrator"},{"UserID":"alice"},{"UserID":"alice"}]}
reply
  {"ResultItem":[
   {"UserID":"","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"},
   {"UserID":"${33 x}","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"},
   {"UserID":"administrator","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"},
   {"UserID":"alice","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"},
   {"UserID":"alice","ResultCode":0,"ResultInfo":"","AccountStatus":"Imported"}]}

story Which accounts exist: none, a hundred, one more
cites transport_accounts_profiles.md 4.4; transport_accounts_profiles.md 6.4
call account_check
  {"CheckItem":[]}
fail 70402
call account_check
  {"CheckItem":[${1..101 {"UserID":"u#"}}]}
fail 70402
call account_check
  {"CheckItem":[${1..100 {"UserID":"u#"}}]}
reply
  {"ResultItem":[${1..100 {"UserID":"u#","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"}}]}

story Administrators are accounts: they befriend, and are befriended
cites transport_accounts_profiles.md 6.2; transport_accounts_profiles.md Q13
given
  alice
call friend_add
  {"From_Account":"administrator","AddFriendItem":[{"To_Account":"alice"}]}
items alice 0
then
  administrator created=0 standard+1
  administrator has alice
  alice has administrator
  alice standard+1
events
  FriendAdded administrator->alice by administrator
  FriendAdded alice->administrator by administrator
call friend_check
  {"From_Account":"alice","To_Account":["administrator"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[{"To_Account":"administrator","Relation":"CheckResult_Type_BothWay","ResultCode":0,"ResultInfo":""}]}
