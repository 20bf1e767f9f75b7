# Pending requests, as far as friend_add, friend_import, friend_delete and
# black_list_add touch them.

story Asked again: the request is renewed and counts once
cites friends.md Q25; lists_blocks_requests.md Q27; lists_blocks_requests.md 7.1
given
  alice requests=1
  bob allow=confirm requests=1
  alice asks bob wording=first source=Web remark=Old
clock +60
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddWording":"second","AddSource":"AddSource_Type_iOS","Remark":"New"}]}
items bob 30539
then
  alice asks bob at=now wording=second source=iOS remark=New
  alice, bob requests+1

story The other's box is full: refused, and none that waits is dropped
cites friends.md 3.4; lists_blocks_requests.md Q28; lists_blocks_requests.md 8 #17; README D15
settings MaxReceived=2
given
  alice, carol, dave
  bob allow=confirm
  carol asks bob
  dave asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30012

story The other's box is full, but the caller's own request is in it
cites friends.md Q25; lists_blocks_requests.md Q27; lists_blocks_requests.md Q28
settings MaxReceived=1
given
  alice
  bob allow=confirm
  alice asks bob wording=first
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddWording":"second"}]}
items bob 30539
then
  alice asks bob at=now wording=second
  alice, bob requests+1

story The box fills up in the middle of a call
cites lists_blocks_requests.md Q28; friends.md Q26
settings MaxReceived=1
given
  alice, bob
  carol, dave, erin allow=confirm
  bob asks dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"},{"To_Account":"dave"},{"To_Account":"erin"}]}
items carol 30539, dave 30012, erin 30539
then
  alice asks carol, erin
  alice, carol, erin requests+1

story One who asks is not limited, only one who is asked
cites lists_blocks_requests.md 8 #17
settings MaxReceived=1
given
  alice
  bob, carol, dave allow=confirm
  alice asks bob, carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"dave"}]}
items dave 30539
then
  alice asks dave
  alice, dave requests+1

story A hundred requests wait at the most, as in the hosted service
cites README D15; friends.md 1.1; lists_blocks_requests.md 8 #17
given
  bob allow=confirm
  alice, carol
  each 1..99 u#
  each 1..99 u# asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  alice asks bob
  alice, bob requests+1
call friend_add
  {"From_Account":"carol","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30012

story Forced while a request waits: friends, and the request goes
cites friends.md Q25; friends.md Q5
given
  alice
  bob allow=confirm
  alice asks bob wording=please remark=Old
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":"Bobby"}],"ForceAddFlags":1}
items bob 0
then
  alice withdraws bob
  alice has bob remark=Bobby
  bob has alice
  alice, bob standard+1 requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story The other takes anyone by now: friends, and the request goes
cites friends.md Q25
given
  alice
  bob allow=any
  alice asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 0
then
  alice withdraws bob
  alice has bob
  bob has alice
  alice, bob standard+1 requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story The other takes nobody by now: refused, and the request stays
cites friends.md 3.4; friends.md Q26
given
  alice
  bob allow=none
  alice asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30516 Err_SNS_FriendAdd_Friend_Allow_Type_Forbid

story One way while a request waits: the friend is there, and the request goes
cites friends.md Q25; friends.md Q6
given
  alice
  bob allow=confirm
  alice asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice withdraws bob
  alice has bob
  alice standard+1 requests+1
  bob requests+1
events
  FriendAdded alice->bob by alice

story One way while the other asks: what the other asks is still open
cites friends.md Q25; friends.md Q6; lists_blocks_requests.md 7.1
given
  alice, bob
  bob asks alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice has bob
  alice standard+1
events
  FriendAdded alice->bob by alice

story Crossed, and the first to ask takes anyone: friends, and both requests go
cites lists_blocks_requests.md Q29
given
  alice allow=any
  bob allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  alice asks bob
  alice, bob requests+1
call friend_add
  {"From_Account":"bob","AddFriendItem":[{"To_Account":"alice"}]}
items alice 0
then
  alice withdraws bob
  alice has bob
  bob has alice
  alice, bob standard+1 requests+1
events
  FriendAdded bob->alice by bob
  FriendAdded alice->bob by bob

story Crossed, and both want to be asked: a second request stands beside the first
cites lists_blocks_requests.md Q29
given
  alice, bob allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddWording":"from alice"}]}
items bob 30539
then
  alice asks bob wording="from alice"
  alice, bob requests+1
call friend_add
  {"From_Account":"bob","AddFriendItem":[{"To_Account":"alice","AddWording":"from bob"}]}
items alice 30539
then
  bob asks alice wording="from bob"
  alice, bob requests+1

story Crossed, and forced: friends, and both requests go
cites friends.md Q25; lists_blocks_requests.md Q29
given
  alice, bob allow=confirm
  alice asks bob
  bob asks alice
call friend_add
  {"From_Account":"bob","AddFriendItem":[{"To_Account":"alice"}],"ForceAddFlags":1}
items alice 0
then
  alice withdraws bob
  bob withdraws alice
  alice has bob
  bob has alice
  alice, bob standard+1 requests+1
events
  FriendAdded bob->alice by bob
  FriendAdded alice->bob by bob

story Crossed, and the first to ask takes nobody
cites lists_blocks_requests.md Q29; friends.md 3.4
given
  alice allow=none
  bob allow=confirm
  alice asks bob
call friend_add
  {"From_Account":"bob","AddFriendItem":[{"To_Account":"alice"}]}
items alice 30516 Err_SNS_FriendAdd_Friend_Allow_Type_Forbid

story Imported as a friend while a request waits: the request goes
cites friends.md Q25; friends.md Q11
given
  alice
  bob allow=confirm
  alice asks bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web"}]}
items bob 0
then
  alice withdraws bob
  alice has bob source=Web
  alice standard+1 requests+1
  bob requests+1

story A request reserves no place: friends may be full when it is made
cites friends.md Q4; friends.md Q25
settings MaxFriends=1
given
  alice, bob standard=1
  bob allow=confirm
  carol
  alice has carol
  bob has carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  alice asks bob
  alice, bob requests+1

story A refused request creates no list and counts nothing
cites friends.md Q25; friends.md Q23; lists_blocks_requests.md 7.1
settings MaxReceived=1
given
  alice, carol
  bob allow=confirm
  carol asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"}]}
items bob 30012

story Asking creates no list either; a list is made when there is a friend to put in it
cites friends.md 3.4; friends.md Q23; friends.md Q25
given
  alice
  bob allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"New"}]}
items bob 30539
then
  alice asks bob list=New
  alice, bob requests+1

story Deleting someone who is only asked: not a friend, and the request stays
cites friends.md 6
given
  alice
  bob allow=confirm
  alice asks bob
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_Both"}
items bob 31704 Err_SNS_FriendDelete_Not_Friend
call friend_delete_all
  {"From_Account":"alice","DeleteType":"Delete_Type_Both"}
ok

story Blocking someone ends what either had asked, in both directions
cites lists_blocks_requests.md Q24; README D9
given
  alice, bob allow=confirm
  alice asks bob
  bob asks alice
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice withdraws bob
  bob withdraws alice
  alice blocks bob
  alice blocks+1 requests+1
  bob requests+1
events
  Blocked alice->bob

story Blocking someone whose request waits, and other requests stay
cites lists_blocks_requests.md Q24
given
  alice allow=confirm
  bob, carol
  dave allow=confirm
  bob asks alice
  carol asks alice
  bob asks dave
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  bob withdraws alice
  alice blocks bob
  alice blocks+1 requests+1
  bob requests+1
events
  Blocked alice->bob
