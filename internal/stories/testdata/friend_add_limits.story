# friend_add: limits, lengths, and which refusal comes first.

story As many friends as the app allows: the caller's limit
cites friends.md 3.4; README D15; friends.md 12
settings MaxFriends=2
given
  alice standard=2
  bob, carol, dave, erin
  alice has bob, carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"dave"}]}
items dave 30010 Err_SNS_FriendAdd_My_Friend_Num_Exceed_Threshold
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"dave"}],"AddType":"Add_Type_Single"}
items dave 30010 Err_SNS_FriendAdd_My_Friend_Num_Exceed_Threshold
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"dave"}],"ForceAddFlags":1}
items dave 30010 Err_SNS_FriendAdd_My_Friend_Num_Exceed_Threshold

story The limit is reached in the middle of a call
cites friends.md 3.4; friends.md Q26; README D15
settings MaxFriends=2
given
  alice standard=1
  bob, carol, dave, erin
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"},{"To_Account":"dave"},{"To_Account":"bob"},{"To_Account":"erin"}],"AddType":"Add_Type_Single"}
items carol 0, dave 30010, bob 30001 Err_SNS_FriendAdd_Friend_Exist, erin 30010
then
  alice has carol
  alice standard+1
events
  FriendAdded alice->carol by alice

story The other has as many friends as the app allows
cites friends.md 3.4; friends.md Q5; README D15
settings MaxFriends=1
given
  alice, carol
  bob standard=1
  bob has carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30014
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"ForceAddFlags":1}
items bob 30014

story One way does not fill the other's friends
cites friends.md 3.4; friends.md Q6
settings MaxFriends=1
given
  alice, carol
  bob standard=1
  bob has carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice has bob
  alice standard+1
events
  FriendAdded alice->bob by alice

story The limit of 3,000 friends is that of the hosted service
cites README D15; friends.md 1.1; friends.md 3.4
given
  alice standard=1
  each 1..2999 u#
  bob, carol
  each 1..2999 alice has u#
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}],"AddType":"Add_Type_Single"}
items bob 0, carol 30010
then
  alice has bob
  alice standard+1
events
  FriendAdded alice->bob by alice

story As many lists as the app allows: a new one is refused, one that exists is not
cites friends.md 3.4; friends.md Q23; README D15
settings MaxLists=2
given
  alice lists=2
  alice lists Home=0 Work=0
  bob, carol, dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"Third"},{"To_Account":"carol","GroupName":"Work"},{"To_Account":"dave"}]}
items bob 30011, carol 0, dave 0
then
  alice lists Work=1
  alice has carol in=Work
  alice has dave
  carol, dave has alice
  alice standard+1 lists+1
  carol, dave standard+1
events
  FriendAdded alice->carol by alice
  FriendAdded carol->alice by alice
  FriendAdded alice->dave by alice
  FriendAdded dave->alice by alice

story Forced: the limit of lists counts all the same
cites friends.md Q5
settings MaxLists=1
given
  alice lists=1
  alice lists Home=0
  bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"Second"}],"ForceAddFlags":1}
items bob 30011

story The limit of 32 lists is that of the hosted service
cites README D15; friends.md 1.1
given
  alice lists=1
  each 1..31 alice lists L#=0
  bob, carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"Last"},{"To_Account":"carol","GroupName":"More"}],"AddType":"Add_Type_Single"}
items bob 0, carol 30011
then
  alice lists Last=1
  alice has bob in=Last
  alice standard+1 lists+1
events
  FriendAdded alice->bob by alice

story Lengths are counted in bytes, up to the limit
cites friends.md 1.1; friends.md 13 #18; friends.md Q30; lists_blocks_requests.md 4.2
given
  alice, bob, carol, dave, erin
call friend_add
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"bob","Remark":"${96 x}","GroupName":"${30 g}","AddWording":"${256 w}"},
    {"To_Account":"carol","Remark":"${32 备}","GroupName":"${10 组}"},
    {"To_Account":"dave","Remark":"${33 备}"},
    {"To_Account":"erin","GroupName":"${11 组}"}],"AddType":"Add_Type_Single"}
items bob 0, carol 0, dave 30001, erin 30001
then
  alice lists ${30 g}=1 ${10 组}=1
  alice has bob remark=${96 x} in=${30 g} wording=${256 w}
  alice has carol remark=${32 备} in=${10 组}
  alice standard+1 lists+1
events
  FriendAdded alice->bob by alice
  FriendAdded alice->carol by alice

story Over-long: the item is refused and nothing of it is applied
cites friends.md Q30; friends.md Q29; friends.md 1.1
given
  alice, bob, carol, dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[
    {"To_Account":"bob","Remark":"${97 x}","GroupName":"Work"},
    {"To_Account":"carol","AddWording":"${257 x}","GroupName":"Work"},
    {"To_Account":"dave","GroupName":"${31 x}"},
    {"To_Account":"${33 x}"}]}
items bob 30001, carol 30001, dave 30001, ${33 x} 30001

story Order of checks: a malformed item before an unknown account
cites friends.md Q4
given
  alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"nobody","Remark":"${97 x}"},{"To_Account":"nobody","AddSource":"Web"}]}
items nobody 30001, nobody 30001 Err_SNS_FriendAdd_Source_Illegal

story Order of checks: a malformed item before being oneself, and before being a friend
cites friends.md Q4
given
  alice standard=1
  bob
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"alice","AddSource":"Web"},{"To_Account":"bob","AddSource":"Web"}]}
items alice 30001 Err_SNS_FriendAdd_Source_Illegal, bob 30001 Err_SNS_FriendAdd_Source_Illegal

story Order of checks: oneself before being barred
cites friends.md Q4
given
  alice forbid=sendout
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"alice"},{"To_Account":"nobody"}]}
items alice 30001 Err_SNS_FriendAdd_Cant_Add_Self, nobody 30003 Err_SNS_FriendAdd_Invalid_Account

story Order of checks: a friend already before being barred and before blocklists
cites friends.md Q4
settings KeepFriendsOnBlock=true
given
  alice forbid=sendout standard=2
  bob, carol
  alice has bob, carol
  alice blocks bob
  carol blocks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
items bob 30001 Err_SNS_FriendAdd_Friend_Exist, carol 30001 Err_SNS_FriendAdd_Friend_Exist

story Order of checks: being barred before blocklists
cites friends.md Q4
given
  alice forbid=sendout
  bob, carol
  alice blocks bob
  carol blocks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
items bob 30009 Err_SNS_FriendAdd_Forbid_By_Admin, carol 30009 Err_SNS_FriendAdd_Forbid_By_Admin

story Order of checks: the caller's blocklist before the other's
cites friends.md Q4
given
  alice, bob
  alice blocks bob
  bob blocks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30515

story Order of checks: blocklists before what the other chose
cites friends.md Q4
given
  alice
  bob allow=none
  carol allow=none
  dave allow=confirm
  alice blocks bob, dave
  carol blocks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"},{"To_Account":"dave"}]}
items bob 30515, carol 30525, dave 30515

story Order of checks: what the other chose before the limits
cites friends.md Q4
settings MaxFriends=1 MaxLists=1
given
  alice standard=1 lists=1
  alice lists Only=0
  bob allow=none standard=1
  carol allow=confirm standard=1
  dave
  alice has dave
  bob has dave
  carol has dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"},{"To_Account":"carol","GroupName":"New"}]}
items bob 30516 Err_SNS_FriendAdd_Friend_Allow_Type_Forbid, carol 30539
then
  alice asks carol list=New
  alice, carol requests+1

story Order of checks: the caller's friends, the other's friends, the lists
cites friends.md Q4
settings MaxFriends=1 MaxLists=1
given
  alice standard=1 lists=1
  alice lists Only=0
  bob standard=1
  erin lists=1
  erin lists Only=0
  dave
  alice has dave
  bob has dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"}]}
items bob 30010
call friend_add
  {"From_Account":"erin","AddFriendItem":[{"To_Account":"bob","GroupName":"New"}]}
items bob 30014
call friend_add
  {"From_Account":"erin","AddFriendItem":[{"To_Account":"dave","GroupName":"New"}]}
items dave 30011

story A thousand items in one call, and not one more
cites friends.md 13 #17; friends.md 1.1; friends.md Q15; README D15
given
  alice
  each 1..1001 u#
call friend_add
  {"From_Account":"alice","AddFriendItem":[${1..1001 {"To_Account":"u#"}}],"AddType":"Add_Type_Single"}
fail 30001
call friend_add
  {"From_Account":"alice","AddFriendItem":[${1..1000 {"To_Account":"u#"}}],"AddType":"Add_Type_Single"}
reply
  {"ResultItem":[${1..1000 {"To_Account":"u#","ResultCode":0,"ResultInfo":""}}]}
then
  each 1..1000 alice has u#
  alice standard+1
events
  each 1..1000 FriendAdded alice->u# by alice

story One who is refused takes no room
cites friends.md Q26; friends.md 3.4; friends.md Q23
settings MaxFriends=1 MaxLists=1
given
  alice, carol, dave
  bob
  bob has dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"First"},{"To_Account":"nobody","GroupName":"Second"},{"To_Account":"carol","GroupName":"Third"},{"To_Account":"dave","GroupName":"Fourth"}]}
items bob 30014, nobody 30003, carol 0, dave 30010
then
  alice lists Third=1
  alice has carol in=Third
  carol has alice
  alice standard+1 lists+1
  carol standard+1
events
  FriendAdded alice->carol by alice
  FriendAdded carol->alice by alice

story A list that one item creates is there for the next, and counts
cites friends.md Q23; friends.md 3.4
settings MaxLists=1
given
  alice, bob, carol, dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"One"},{"To_Account":"carol","GroupName":"Two"},{"To_Account":"dave","GroupName":"One"}],"AddType":"Add_Type_Single"}
items bob 0, carol 30011, dave 0
then
  alice lists One=2
  alice has bob, dave in=One
  alice standard+1 lists+1
events
  FriendAdded alice->bob by alice
  FriendAdded alice->dave by alice
