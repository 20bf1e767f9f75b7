# friend_add: who becomes whose friend, and why not.

story Both ways, and the other takes anyone: friends at once
cites friends.md 3.4; transport_accounts_profiles.md 5.5
given
  alice
  bob allow=any
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

story One who never chose how to be added takes anyone
cites friends.md 2; README D14; transport_accounts_profiles.md 5.5; transport_accounts_profiles.md Q1
given
  alice
  bob allow=unset
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Both","ForceAddFlags":0}
items bob 0
then
  alice has bob
  bob has alice
  alice, bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story The app says that those who never chose must be asked
cites README D14; transport_accounts_profiles.md 5.5; transport_accounts_profiles.md Q1
settings DefaultAllow=confirm
given
  alice, bob
  carol allow=any
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
items bob 30539, carol 0
then
  alice asks bob
  alice has carol
  carol has alice
  alice standard+1 requests+1
  bob requests+1
  carol standard+1
events
  FriendAdded alice->carol by alice
  FriendAdded carol->alice by alice

story The app says that those who never chose take nobody
cites README D14; transport_accounts_profiles.md 5.5
settings DefaultAllow=none
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30516 Err_SNS_FriendAdd_Friend_Allow_Type_Forbid

story One way: the other is not asked and gains no friend
cites friends.md 3.4; friends.md Q6
given
  alice
  bob allow=any
  carol allow=confirm
  dave allow=none
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"},{"To_Account":"dave"}],"AddType":"Add_Type_Single"}
items bob 0, carol 0, dave 0
then
  alice has bob, carol, dave
  alice standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded alice->carol by alice
  FriendAdded alice->dave by alice

story Both ways, and the other must be asked: a request waits, and nobody is a friend
cites friends.md 3.4; friends.md Q25; friends.md 13 #26; friends.md 14 #12; lists_blocks_requests.md 7.1; lists_blocks_requests.md Q26
given
  alice
  bob allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","GroupName":"Work","AddSource":"AddSource_Type_Web","AddWording":"It is me"}]}
items bob 30539
then
  alice asks bob wording="It is me" source=Web remark=Bobby list=Work
  alice, bob requests+1

story Both ways, and the other takes nobody
cites friends.md 3.4
given
  alice
  bob allow=none
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30516 Err_SNS_FriendAdd_Friend_Allow_Type_Forbid

story The other is on the caller's blocklist
cites friends.md 3.4; friends.md 15; transport_accounts_profiles.md 5.5
given
  alice, bob
  alice blocks bob
  alice blocks=1
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30515

story The caller is on the other's blocklist
cites friends.md 3.4; friends.md 15; transport_accounts_profiles.md 5.5
given
  alice, bob
  bob blocks alice
  bob blocks=1
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30525

story An administrator barred the caller from adding
cites friends.md 3.4; transport_accounts_profiles.md 5.5
given
  alice forbid=sendout
  bob
  carol allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
items bob 30009 Err_SNS_FriendAdd_Forbid_By_Admin, carol 30009 Err_SNS_FriendAdd_Forbid_By_Admin

story Being barred from adding does not keep anyone from being added
cites transport_accounts_profiles.md 5.5
given
  alice
  bob forbid=sendout
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

story Someone who is a friend already
cites friends.md 3.4; README D1; friends.md 13 #7; friends.md 14 #12; friends.md 12
given
  alice, bob standard=3
  alice has bob remark=Bobby
  bob has alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Robert","GroupName":"Work"}]}
items bob 30001 Err_SNS_FriendAdd_Friend_Exist

story A friend already, but only one way: the missing direction is not repaired
cites friends.md 3.4; README D1
given
  alice, bob standard=1
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30001 Err_SNS_FriendAdd_Friend_Exist

story A friend already, only one way, and forced: still not repaired
cites friends.md 3.4; friends.md Q5; README D1
given
  alice, bob standard=1
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Both","ForceAddFlags":1}
items bob 30001 Err_SNS_FriendAdd_Friend_Exist

story The way clients repair a lost direction: delete one way and add afresh
cites friends.md 3.4
given
  alice, bob standard=1
  alice has bob
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Single"}
items bob 0
then
  alice loses bob
  alice standard+1
events
  FriendDeleted alice->bob
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

story Forced: nobody is asked, whatever they chose
cites friends.md 3.4; friends.md Q5; transport_accounts_profiles.md 5.5; friends.md 14 #13
given
  alice
  bob allow=any
  carol allow=confirm
  dave allow=none
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"},{"To_Account":"dave"}],"AddType":"Add_Type_Both","ForceAddFlags":1}
items bob 0, carol 0, dave 0
then
  alice has bob, carol, dave
  bob, carol, dave has alice
  alice, bob, carol, dave standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
  FriendAdded alice->carol by alice
  FriendAdded carol->alice by alice
  FriendAdded alice->dave by alice
  FriendAdded dave->alice by alice

story Forced: being barred from adding does not count
cites friends.md Q5; transport_accounts_profiles.md 5.5; transport_accounts_profiles.md Q17
given
  alice forbid=sendout
  bob allow=none
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"ForceAddFlags":1}
items bob 0
then
  alice has bob
  bob has alice
  alice, bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story Forced: blocklists count all the same
cites friends.md Q5
given
  alice, bob, carol
  alice blocks bob
  carol blocks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}],"ForceAddFlags":1}
items bob 30515, carol 30525

story One way: blocklists and being barred count all the same
cites friends.md Q6
given
  alice, bob, carol
  dave forbid=sendout
  alice blocks bob
  carol blocks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}],"AddType":"Add_Type_Single"}
items bob 30515, carol 30525
call friend_add
  {"From_Account":"dave","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 30009 Err_SNS_FriendAdd_Forbid_By_Admin

story The other has no account
cites friends.md 3.4; friends.md Q2
given
  alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"nobody"}]}
items nobody 30003 Err_SNS_FriendAdd_Invalid_Account
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"nobody"}],"ForceAddFlags":1,"AddType":"Add_Type_Single"}
items nobody 30003 Err_SNS_FriendAdd_Invalid_Account

story Nobody befriends himself
cites friends.md Q1
given
  alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"alice"}]}
items alice 30001 Err_SNS_FriendAdd_Cant_Add_Self
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"alice"}],"AddType":"Add_Type_Single","ForceAddFlags":1}
items alice 30001 Err_SNS_FriendAdd_Cant_Add_Self

story Both ways when the other has the caller already: the other's data stays
cites friends.md Q7
given
  alice
  bob allow=any standard=2 lists=1
  bob lists Home=1
  bob has alice remark=Al source=iOS wording=hello at=1500000001 in=Home
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","AddSource":"AddSource_Type_Web","AddWording":"again"}]}
items bob 0
then
  alice has bob remark=Bobby source=Web wording=again
  alice standard+1
events
  FriendAdded alice->bob by alice

story Both ways when the other has the caller already, but wants to be asked
cites friends.md Q7
given
  alice
  bob allow=confirm standard=2
  bob has alice remark=Al
  carol allow=none standard=2
  carol has alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
items bob 30539, carol 30516 Err_SNS_FriendAdd_Friend_Allow_Type_Forbid
then
  alice asks bob
  alice, bob requests+1

story What both sides of a two-way add hold
cites friends.md Q8; friends.md 2
given
  alice, bob
clock +100
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby","GroupName":"Work","AddSource":"AddSource_Type_Web","AddWording":"It is me"}]}
items bob 0
then
  alice has bob at=now remark=Bobby in=Work source=Web wording="It is me"
  bob has alice at=now source=Web wording="It is me"
  alice lists Work=1
  alice standard+1 lists+1
  bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story A list that does not exist yet is created
cites friends.md 3.4; friends.md Q23; lists_blocks_requests.md Q23; lists_blocks_requests.md Q21
given
  alice lists=1
  alice lists Old=0
  bob, carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"},{"To_Account":"carol","GroupName":"Old"}],"AddType":"Add_Type_Single"}
items bob 0, carol 0
then
  alice lists Old=1 New=1
  alice has bob in=New
  alice has carol in=Old
  alice standard+1 lists+1
events
  FriendAdded alice->bob by alice
  FriendAdded alice->carol by alice

story Empty texts are not given
cites friends.md 3.4; friends.md 14 #10
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"","GroupName":"","AddWording":""}],"AddType":""}
items bob 0
then
  alice has bob
  bob has alice
  alice, bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story Without a source none is held or told
cites friends.md Q9; friends.md 13 #2
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice has bob
  alice standard+1
events
  FriendAdded alice->bob by alice
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[{"To_Account":"bob","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1700000000}]}],
   "StandardSequence":1,"CustomSequence":0,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}

story A source that is none
cites friends.md 3.1; friends.md 1.1; friends.md Q9; friends.md 12; friends.md 13 #2; lists_blocks_requests.md 4.2
given
  alice, u1, u2, u3, u4, u5, u6
call friend_add
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"u1","AddSource":"Android"},
    {"To_Account":"u2","AddSource":"AddSource_Type_"},
    {"To_Account":"u3","AddSource":"AddSource_Type_ABCDEFGHI"},
    {"To_Account":"u4","AddSource":"AddSource_Type_Web2"},
    {"To_Account":"u5","AddSource":"addsource_type_Web"},
    {"To_Account":"u6","AddSource":"AddSource_Type_ABCDEFGH"}],"AddType":"Add_Type_Single"}
items u1 30001 Err_SNS_FriendAdd_Source_Illegal, u2 30001 Err_SNS_FriendAdd_Source_Illegal, u3 30001 Err_SNS_FriendAdd_Source_Illegal,
  u4 30001 Err_SNS_FriendAdd_Source_Illegal, u5 30001 Err_SNS_FriendAdd_Source_Illegal, u6 0
then
  alice has u6 source=ABCDEFGH
  alice standard+1
events
  FriendAdded alice->u6 by alice

story The same account twice in one call
cites friends.md Q3
given
  alice
  bob allow=any
  carol allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"one"},{"To_Account":"bob","Remark":"two"},
    {"To_Account":"carol","AddWording":"one"},{"To_Account":"carol","AddWording":"two"}]}
items bob 0, bob 30001 Err_SNS_FriendAdd_Friend_Exist, carol 30539, carol 30539
then
  alice has bob remark=one
  bob has alice
  alice asks carol wording=two
  alice standard+1 requests+1
  bob standard+1
  carol requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story One bad item harms no other
cites friends.md Q26; friends.md 13 #1; friends.md 14 #5; friends.md 3.2
given
  alice standard=1
  bob, erin
  carol allow=none
  alice has erin
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"nobody"},{"To_Account":"carol"},{"To_Account":"bob"},{"To_Account":"erin"},{"To_Account":""}]}
reply
  {"ResultItem":[
    {"To_Account":"nobody","ResultCode":30003,"ResultInfo":"Err_SNS_FriendAdd_Invalid_Account"},
    {"To_Account":"carol","ResultCode":30516,"ResultInfo":"Err_SNS_FriendAdd_Friend_Allow_Type_Forbid"},
    {"To_Account":"bob","ResultCode":0,"ResultInfo":""},
    {"To_Account":"erin","ResultCode":30001,"ResultInfo":"Err_SNS_FriendAdd_Friend_Exist"},
    {"To_Account":"","ResultCode":30001,"ResultInfo":"Err_SNS_FriendAdd_*"}],
   "Fail_Account":["nobody","carol","erin",""],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  alice has bob
  bob has alice
  alice, bob standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story One way to someone who is a friend already
cites friends.md 3.4; README D1
given
  alice, bob
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 30001 Err_SNS_FriendAdd_Friend_Exist
