# friend_response: the answers to friend requests. It is the public client
# protocol's, served as an extension.

story Agreed: who asked gets a friend, as noted when asking; who answers does not
cites lists_blocks_requests.md 7.1; lists_blocks_requests.md 7.3; README D11; lists_blocks_requests.md Q30; friends.md Q23
given
  alice
  bob allow=confirm
  alice asks bob wording="It is me" source=Web remark=Bobby list=Work
clock +60
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
reply
  {"ResultItem":[{"To_Account":"alice","ResultCode":0,"ResultInfo":""}],"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  alice withdraws bob
  alice lists Work=1
  alice has bob remark=Bobby in=Work wording="It is me" source=Web
  alice standard+1 lists+1 requests+1
  bob requests+1
events
  FriendAdded alice->bob by alice

story Agreed and added: both get a friend, each with notes of their own
cites lists_blocks_requests.md 7.1; lists_blocks_requests.md 7.3
given
  alice
  bob allow=confirm
  alice asks bob wording="It is me" source=Web remark=Bobby list=Work
clock +60
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","Remark":"Al","TagName":"Asked","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 0
then
  alice withdraws bob
  alice lists Work=1
  bob lists Asked=1
  alice has bob remark=Bobby in=Work wording="It is me" source=Web
  bob has alice remark=Al in=Asked wording="It is me" source=Web
  alice, bob standard+1 lists+1 requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice

story Rejected: the request goes, and nothing else is
cites lists_blocks_requests.md 7.1
given
  alice
  bob allow=confirm
  alice asks bob list=Work
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","Remark":"Al","TagName":"Asked","ResponseAction":"Response_Action_Reject"}]}
items alice 0
then
  alice withdraws bob
  alice, bob requests+1
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
items alice 30614 Err_SNS_FriendResponse_Pendency_Not_Exist

story Nobody asked, or asked the other way around
cites lists_blocks_requests.md 7.1; lists_blocks_requests.md 6.3
given
  alice
  bob, carol allow=confirm
  bob asks carol
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"},
    {"To_Account":"carol","ResponseAction":"Response_Action_AgreeAndAdd"},{"To_Account":"bob","ResponseAction":"Response_Action_Reject"}]}
items alice 30614 Err_SNS_FriendResponse_Pendency_Not_Exist, carol 30614, bob 30614

story Withdrawn meanwhile
cites lists_blocks_requests.md 7.3; lists_blocks_requests.md 7.1
given
  alice
  bob allow=confirm
  alice asks bob
call pendency_delete
  {"From_Account":"alice","PendencyType":"Pendency_Type_SendOut","To_Account":["bob"]}
items bob 0
then
  alice withdraws bob
  alice, bob requests+1
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 30614

story Blocked meanwhile, even where friends are kept on block
cites lists_blocks_requests.md Q24; README D9
settings KeepFriendsOnBlock=true
given
  alice
  bob allow=confirm
  alice asks bob
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice withdraws bob
  alice blocks bob
  alice blocks+1 requests+1
  bob requests+1
events
  Blocked alice->bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 30614

story Friends meanwhile: nothing is left to answer
cites lists_blocks_requests.md 7.1; friends.md Q25
given
  alice
  bob allow=confirm
  alice asks bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"ForceAddFlags":1}
items bob 0
then
  alice withdraws bob
  alice has bob
  bob has alice
  alice, bob standard+1 requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
items alice 30614

story Who answers has the other as a friend already: only the missing side is made
cites lists_blocks_requests.md 7.1
settings MaxFriends=1
given
  alice
  bob allow=confirm standard=3
  bob has alice remark=Al
  alice asks bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 0
then
  alice withdraws bob
  alice has bob
  alice standard+1 requests+1
  bob requests+1
events
  FriendAdded alice->bob by alice

story Crossed requests: agreed and added, and both are gone
cites lists_blocks_requests.md Q29; lists_blocks_requests.md 7.1; friends.md Q25
given
  alice, bob allow=confirm
  alice asks bob wording="from alice"
  bob asks alice wording="from bob"
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 0
then
  alice withdraws bob
  bob withdraws alice
  alice has bob wording="from alice"
  bob has alice wording="from alice"
  alice, bob standard+1 requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
call friend_response
  {"From_Account":"alice","ResponseFriendItem":[{"To_Account":"bob","ResponseAction":"Response_Action_Agree"}]}
items bob 30614

story Crossed requests: answered one way by each
cites lists_blocks_requests.md Q29; lists_blocks_requests.md 7.1
given
  alice, bob allow=confirm
  alice asks bob remark=Bobby
  bob asks alice remark=Al
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
items alice 0
then
  alice withdraws bob
  alice has bob remark=Bobby
  alice standard+1 requests+1
  bob requests+1
events
  FriendAdded alice->bob by alice
call friend_response
  {"From_Account":"alice","ResponseFriendItem":[{"To_Account":"bob","ResponseAction":"Response_Action_Agree"}]}
items bob 0
then
  bob withdraws alice
  bob has alice remark=Al
  bob standard+1 requests+1
  alice requests+1
events
  FriendAdded bob->alice by bob

story Crossed requests: rejecting one leaves the other
cites lists_blocks_requests.md Q29; lists_blocks_requests.md 7.1
given
  alice, bob allow=confirm
  alice asks bob
  bob asks alice
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Reject"}]}
items alice 0
then
  alice withdraws bob
  alice, bob requests+1

story Limits in the middle of a call: a request that cannot be granted waits on
cites lists_blocks_requests.md 7.1; README D15; lists_blocks_requests.md 6.1
settings MaxFriends=2
given
  bob allow=confirm standard=1
  x, y, alice, carol, dave, erin
  bob has x
  alice, carol, dave, erin asks bob
  dave has x, y
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[
    {"To_Account":"dave","ResponseAction":"Response_Action_AgreeAndAdd"},
    {"To_Account":"alice","ResponseAction":"Response_Action_AgreeAndAdd"},
    {"To_Account":"carol","ResponseAction":"Response_Action_AgreeAndAdd"},
    {"To_Account":"erin","ResponseAction":"Response_Action_Agree"}]}
items dave 30014, alice 0, carol 30010, erin 0
then
  alice, erin withdraws bob
  alice, erin has bob
  bob has alice
  alice, erin standard+1 requests+1
  bob standard+1 requests+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
  FriendAdded erin->bob by erin

story No room for the list that is named: refused, unless it exists
cites lists_blocks_requests.md 7.3; friends.md Q23; README D15
settings MaxLists=1
given
  alice, carol
  bob allow=confirm
  bob lists Old=0
  alice, carol asks bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","TagName":"New","ResponseAction":"Response_Action_AgreeAndAdd"},
    {"To_Account":"carol","TagName":"Old","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 30011, carol 0
then
  carol withdraws bob
  carol has bob
  bob has carol in=Old
  bob lists Old=1
  bob standard+1 lists+1 requests+1
  carol standard+1 requests+1
events
  FriendAdded carol->bob by carol
  FriendAdded bob->carol by carol

story Items that cannot be, among one that can
cites lists_blocks_requests.md 7.3; lists_blocks_requests.md 4.2; lists_blocks_requests.md Q12
given
  alice, carol, dave, erin
  bob allow=confirm
  alice, carol, dave, erin asks bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[
    {"To_Account":"alice","ResponseAction":"Agree"},
    {"To_Account":"carol","ResponseAction":"Response_Action_AgreeAndAdd","Remark":"${97 x}"},
    {"To_Account":"dave","ResponseAction":"Response_Action_AgreeAndAdd","TagName":"${31 x}"},
    {"To_Account":"nobody","ResponseAction":"Response_Action_Reject"},
    {"To_Account":"erin","ResponseAction":"Response_Action_Reject","Remark":"","TagName":""}]}
items alice 30001, carol 30001, dave 30001, nobody 30003 Err_SNS_FriendResponse_Account_Not_Exist, erin 0
then
  erin withdraws bob
  erin, bob requests+1

story Nobody to answer, too many, and an owner that does not exist
cites lists_blocks_requests.md Q14; README D12
given
  bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[]}
fail 30001
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[${1..1001 {"To_Account":"u#","ResponseAction":"Response_Action_Agree"}}]}
fail 30001
call friend_response
  {"From_Account":"nobody","ResponseFriendItem":[{"To_Account":"bob","ResponseAction":"Response_Action_Agree"}]}
fail 30003 Err_Sns_Invalid_Account

story The same request answered twice in one call: the first answer counts, and is told once
cites lists_blocks_requests.md Q13
given
  alice
  bob allow=confirm
  alice asks bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Reject"},{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
items alice 0
then
  alice withdraws bob
  alice, bob requests+1

story End users answer for themselves, and for nobody else
cites README D10; README D11
settings ClientAccess=true
given
  alice
  bob allow=confirm
  alice asks bob
caller alice
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
fail 60010
caller bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
items alice 0
then
  alice withdraws bob
  alice has bob
  alice standard+1 requests+1
  bob requests+1
events
  FriendAdded alice->bob by alice
