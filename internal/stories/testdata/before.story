# What an app's back end is asked before its end users act, and what follows
# from each thing that it can answer.

story A user adds friends: the back end is asked, and says nothing against it
cites webhooks.md 3.2; webhooks.md 4 #6; README D10
settings ClientAccess=true
webhook before
answer 200 {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}
given
  id, id1, id2
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1","Remark":"remark1","GroupName":"group1","AddSource":"AddSource_Type_Android","AddWording":"this is id1!"},{"To_Account":"id2"}]}
items id1 0, id2 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"remark1","GroupName":"group1","AddSource":"AddSource_Type_Android","AddWording":"this is id1!"},{"To_Account":"id2","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Both","ForceAddFlags":0,"EventTime":1700000000000}
then
  id lists group1=1
  id has id1 remark=remark1 in=group1 source=Android wording="this is id1!"
  id1 has id source=Android wording="this is id1!"
  id has id2
  id2 has id
  id standard+1 lists+1
  id1, id2 standard+1
events
  FriendAdded id->id1 by id
  FriendAdded id1->id by id
  FriendAdded id->id2 by id
  FriendAdded id2->id by id

story One target is denied, in the back end's words; the others proceed
cites webhooks.md 3.2; webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"id2","ResultCode":38001,"ResultInfo":"not allowed"}]}
given
  id, id1, id2, id3
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"},{"To_Account":"id2"},{"To_Account":"id3"}],"AddType":"Add_Type_Single"}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"id2","ResultCode":38001,"ResultInfo":"not allowed"},{"To_Account":"id3","ResultCode":0,"ResultInfo":""}],"Fail_Account":["id2"]}
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""},{"To_Account":"id2","Remark":"","GroupName":"","AddSource":"","AddWording":""},{"To_Account":"id3","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1, id3
  id standard+1
events
  FriendAdded id->id1 by id
  FriendAdded id->id3 by id

story Only the targets that would pass are asked about, each once
cites webhooks.md 4 #7; webhooks.md 3.2
settings ClientAccess=true
webhook before
given
  id
  id1 allow=confirm
  id2 allow=none
  id3, id4
  id has id3
  id blocks id4
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"},{"To_Account":"id2"},{"To_Account":"id3"},{"To_Account":"id4"},{"To_Account":"id5"},{"To_Account":"id1","Remark":"again"}]}
items id1 30539, id2 30516, id3 30001, id4 30515, id5 30003, id1 30539
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Both","ForceAddFlags":0,"EventTime":1700000000000}
then
  id asks id1 remark=again
  id, id1 requests+1

story A request that the back end denies is not made
cites webhooks.md 3.2; webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ResultItem":[{"To_Account":"id1","ResultCode":38000,"ResultInfo":""}]}
given
  id
  id1 allow=confirm
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}]}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":38000,"ResultInfo":""}],"Fail_Account":["id1"]}
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Both","ForceAddFlags":0,"EventTime":1700000000000}

story Where nothing would pass nobody is asked
cites webhooks.md 4 #7
settings ClientAccess=true
webhook before deny
answer drop
given
  id
  id1 allow=none
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}]}
items id1 30516

story Administrators are never asked about, forced or not
cites webhooks.md 2.1; webhooks.md Q8
settings ClientAccess=true
webhook before deny
answer drop
given
  id, id1, id2
  id2 asks id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}]}
items id1 0
then
  id has id1
  id1 has id
  id, id1 standard+1
events
  FriendAdded id->id1 by id
  FriendAdded id1->id by id
call friend_response
  {"From_Account":"id","ResponseFriendItem":[{"To_Account":"id2","ResponseAction":"Response_Action_Reject"}]}
items id2 0
then
  id2 withdraws id
  id, id2 requests+1

story A back end that wants no questions is asked none
cites webhooks.md 4 #12
settings ClientAccess=true
webhook
answer drop
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story A whole request that is refused asks nobody
cites webhooks.md 4 #7
settings ClientAccess=true MaxItems=1
webhook before deny
answer drop
given
  id, id1, id2
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"},{"To_Account":"id2"}]}
fail 30001

story The connection is dropped: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer drop
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story The connection is dropped: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer drop
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story No answer within two seconds: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer stall
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story No answer within two seconds: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer stall
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30007
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story HTTP status 500: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 500 {}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story HTTP status 500: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 500 {}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story HTTP status 201, and only 200 counts: let through
cites webhooks.md Q6
settings ClientAccess=true
webhook before
answer 201 {"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story HTTP status 201, and only 200 counts: denied, if the app wants that
cites webhooks.md Q6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 201 {"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story A redirect: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 302 {}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story A redirect: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 302 {}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story An answer that is not JSON: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 <html>no</html>
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story An answer that is not JSON: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 200 <html>no</html>
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story An empty answer: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story An empty answer: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 200 
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story JSON that is no answer: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 [1]
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story JSON that is no answer: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 200 [1]
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story ErrorCode is not 0, whatever else it says: let through
cites webhooks.md Q7; webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ActionStatus":"OK","ErrorCode":38000,"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story ErrorCode is not 0, whatever else it says: denied, if the app wants that
cites webhooks.md Q7; webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 200 {"ActionStatus":"OK","ErrorCode":38000,"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story ActionStatus is FAIL, whatever else it says: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ActionStatus":"FAIL","ErrorCode":0,"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story ActionStatus is FAIL, whatever else it says: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 200 {"ActionStatus":"FAIL","ErrorCode":0,"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story ActionStatus in small letters: let through
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ActionStatus":"fail"}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story ActionStatus in small letters: denied, if the app wants that
cites webhooks.md 4 #6; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 200 {"ActionStatus":"fail"}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story The target is missing from ResultItem: allowed
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before deny
answer 200 {"ActionStatus":"OK","ErrorCode":0,"ResultItem":[{"To_Account":"id2","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story There is no ResultItem: allowed
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before deny
answer 200 {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story ResultCode 0: allowed
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before deny
answer 200 {"ActionStatus":"OK","ErrorCode":0,"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":"fine"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
items id1 0
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}
then
  id has id1
  id standard+1
events
  FriendAdded id->id1 by id

story Of several answers about one target any denial counts
cites webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"id1","ResultCode":38002,"ResultInfo":"no"},{"To_Account":"id1","ResultCode":0,"ResultInfo":""}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":38002,"ResultInfo":"no"}],"Fail_Account":["id1"]}
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story A code that is none of an app's is a denial all the same
cites webhooks.md Q5
settings ClientAccess=true
webhook before
answer 200 {"ResultItem":[{"To_Account":"id1","ResultCode":1,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":1,"ResultInfo":"no"}],"Fail_Account":["id1"]}
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story HTTP status 201, and the app takes any 2xx
cites webhooks.md Q6
settings ClientAccess=true
webhook before 2xx
answer 201 {"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}]}
given
  id, id1
caller id
call friend_add
  {"From_Account":"id","AddFriendItem":[{"To_Account":"id1"}],"AddType":"Add_Type_Single"}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":38001,"ResultInfo":"no"}],"Fail_Account":["id1"]}
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendAdd","Requester_Account":"id","From_Account":"id","FriendItem":[{"To_Account":"id1","Remark":"","GroupName":"","AddSource":"","AddWording":""}],"AddType":"Add_Type_Single","ForceAddFlags":0,"EventTime":1700000000000}

story A user answers requests: the back end is asked about those that stand
cites webhooks.md 3.3; webhooks.md 4 #6
settings ClientAccess=true
webhook before
answer 200 {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"To_Account":"id2","ResultCode":38100,"ResultInfo":"wait"}]}
given
  id, id1, id2, id3, id4
  id1 asks id
  id2 asks id
  id4 asks id
caller id
call friend_response
  {"From_Account":"id","ResponseFriendItem":[{"To_Account":"id1","Remark":"remark1","TagName":"group1","ResponseAction":"Response_Action_AgreeAndAdd"},{"To_Account":"id2","ResponseAction":"Response_Action_Reject"},{"To_Account":"id3","ResponseAction":"Response_Action_Agree"},{"To_Account":"id4","ResponseAction":"Response_Action_Reject"}]}
reply
  {"ResultItem":[{"To_Account":"id1","ResultCode":0,"ResultInfo":""},{"To_Account":"id2","ResultCode":38100,"ResultInfo":"wait"},{"To_Account":"id3","ResultCode":30614,"ResultInfo":"Err_SNS_FriendResponse*"},{"To_Account":"id4","ResultCode":0,"ResultInfo":""}],"Fail_Account":["id2","id3"]}
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendResponse","Requester_Account":"id","From_Account":"id","ResponseFriendItem":[{"To_Account":"id1","Remark":"remark1","TagName":"group1","ResponseAction":"Response_Action_AgreeAndAdd"},{"To_Account":"id2","Remark":"","TagName":"","ResponseAction":"Response_Action_Reject"},{"To_Account":"id4","Remark":"","TagName":"","ResponseAction":"Response_Action_Reject"}],"EventTime":1700000000000}
then
  id1 withdraws id
  id4 withdraws id
  id lists group1=1
  id1 has id
  id has id1 remark=remark1 in=group1
  id standard+1 lists+1 requests+1
  id1 standard+1 requests+1
  id4 requests+1
events
  FriendAdded id1->id by id1
  FriendAdded id->id1 by id1

story Questions about answers fail as those about friends do
cites webhooks.md 3.3; webhooks.md Q4
settings ClientAccess=true
webhook before deny
answer 503 {}
given
  id, id1
  id1 asks id
caller id
call friend_response
  {"From_Account":"id","ResponseFriendItem":[{"To_Account":"id1","ResponseAction":"Response_Action_Reject"}]}
items id1 30006
asked
  {"CallbackCommand":"Sns.CallbackPrevFriendResponse","Requester_Account":"id","From_Account":"id","ResponseFriendItem":[{"To_Account":"id1","Remark":"","TagName":"","ResponseAction":"Response_Action_Reject"}],"EventTime":1700000000000}
