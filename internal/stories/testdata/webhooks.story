# What an app's back end is told after a call, to the byte, and what it is not.

story Friends added by an administrator: both directions, and who it was
cites webhooks.md 3.4; webhooks.md 2.1; webhooks.md Q2
given
  alice, bob
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
told
  {"CallbackCommand":"Sns.CallbackFriendAdd","PairList":[{"From_Account":"alice","To_Account":"bob","Initiator_Account":"alice"},{"From_Account":"bob","To_Account":"alice","Initiator_Account":"alice"}],"ClientCmd":"friend_add","Admin_Account":"administrator","ForceFlag":0}

story One webhook for the whole call, with new directions only
cites webhooks.md 2.1; webhooks.md Q2; webhooks.md Q12
given
  alice, bob
  carol allow=none
  dave
  bob has alice
  alice has dave
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"},{"To_Account":"dave"},{"To_Account":"eve"}],"ForceAddFlags":1}
items bob 0, carol 0, dave 30001 Err_SNS_FriendAdd_Friend_Exist, eve 30003
then
  alice has bob, carol
  carol has alice
  alice, carol standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded alice->carol by alice
  FriendAdded carol->alice by alice
told
  {"CallbackCommand":"Sns.CallbackFriendAdd","PairList":[{"From_Account":"alice","To_Account":"bob","Initiator_Account":"alice"},{"From_Account":"alice","To_Account":"carol","Initiator_Account":"alice"},{"From_Account":"carol","To_Account":"alice","Initiator_Account":"alice"}],"ClientCmd":"friend_add","Admin_Account":"administrator","ForceFlag":1}

story Asking tells nothing; accepting tells who asked
cites webhooks.md 2.1; webhooks.md 3.4
settings ClientAccess=true
given
  alice
  bob allow=confirm
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  alice asks bob
  alice, bob requests+1
caller bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_AgreeAndAdd"}]}
items alice 0
then
  alice withdraws bob
  alice has bob
  bob has alice
  alice, bob requests+1 standard+1
events
  FriendAdded alice->bob by alice
  FriendAdded bob->alice by alice
told
  {"CallbackCommand":"Sns.CallbackFriendAdd","PairList":[{"From_Account":"alice","To_Account":"bob","Initiator_Account":"alice"},{"From_Account":"bob","To_Account":"alice","Initiator_Account":"alice"}],"ClientCmd":"friend_response","Admin_Account":"","ForceFlag":0}

story Rejecting tells nothing
cites webhooks.md 2.1
given
  alice, bob
  alice asks bob
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Reject"}]}
items alice 0
then
  alice withdraws bob
  alice, bob requests+1
told

story Deleting tells the directions that went
cites webhooks.md 3.5; webhooks.md 2.1
given
  211172, 425214, 7
  211172 has 425214, 7
  425214 has 211172
call friend_delete
  {"From_Account":"211172","To_Account":["425214","7"],"DeleteType":"Delete_Type_Both"}
items 425214 0, 7 0
then
  211172 loses 425214, 7
  425214 loses 211172
  211172, 425214 standard+1
events
  FriendDeleted 211172->425214
  FriendDeleted 425214->211172
  FriendDeleted 211172->7
told
  {"CallbackCommand":"Sns.CallbackFriendDelete","PairList":[{"From_Account":"211172","To_Account":"425214"},{"From_Account":"425214","To_Account":"211172"},{"From_Account":"211172","To_Account":"7"}]}

story Nothing that succeeded, nothing told
cites webhooks.md 2.1; webhooks.md Q12
given
  alice, bob
  alice blocks bob
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 31704
told
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 30001
told

story Blocking friends: first the deletions of all, then the blocklist
cites webhooks.md 3.5; webhooks.md 3.6; webhooks.md 4 #9
given
  id, id1, id2
  id has id1
  id1 has id
  id2 has id
call black_list_add
  {"From_Account":"id","To_Account":["id1","id2"]}
items id1 0, id2 0
then
  id loses id1
  id1 loses id
  id2 loses id
  id blocks id1, id2
  id standard+1 blocks+1
  id1, id2 standard+1
events
  FriendDeleted id->id1
  FriendDeleted id1->id
  FriendDeleted id2->id
  Blocked id->id1
  Blocked id->id2
told
  {"CallbackCommand":"Sns.CallbackFriendDelete","PairList":[{"From_Account":"id","To_Account":"id1"},{"From_Account":"id1","To_Account":"id"},{"From_Account":"id2","To_Account":"id"}]}
  {"CallbackCommand":"Sns.CallbackBlackListAdd","PairList":[{"From_Account":"id","To_Account":"id1"},{"From_Account":"id","To_Account":"id2"}]}

story Blocking a stranger and then a friend: the deletion is told first all the same
cites webhooks.md 2.1; webhooks.md 3.6
given
  alice, bob, carol
  carol has alice
call black_list_add
  {"From_Account":"alice","To_Account":["bob","carol"]}
items bob 0, carol 0
then
  carol loses alice
  alice blocks bob, carol
  alice blocks+1
  carol standard+1
events
  FriendDeleted carol->alice
  Blocked alice->bob
  Blocked alice->carol
told
  {"CallbackCommand":"Sns.CallbackFriendDelete","PairList":[{"From_Account":"carol","To_Account":"alice"}]}
  {"CallbackCommand":"Sns.CallbackBlackListAdd","PairList":[{"From_Account":"alice","To_Account":"bob"},{"From_Account":"alice","To_Account":"carol"}]}

story Unblocking
cites webhooks.md 3.6; webhooks.md 2.1
given
  alice, bob, carol
  alice blocks bob
call black_list_delete
  {"From_Account":"alice","To_Account":["bob","carol"]}
items bob 0, carol 30001
then
  alice unblocks bob
  alice blocks+1
events
  Unblocked alice->bob
told
  {"CallbackCommand":"Sns.CallbackBlackListDelete","PairList":[{"From_Account":"alice","To_Account":"bob"}]}

story A profile: what was stored, as it was sent, also if it is not new
cites webhooks.md 3.1; webhooks.md Q11
given
  id1
  id1 shows Nick="nick1"
call profile/portrait_set
  {"From_Account":"id1","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"old"},{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Male"},{"Tag":"Tag_Profile_IM_Nick","Value":"nick1"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"},{"Tag":"Tag_Profile_IM_Level","Value":"7"},{"Tag":"Tag_Profile_Custom_Data","Value":"your custom data"}]}
ok
then
  id1 shows Nick="nick1" Gender=Male Level=7 Custom.Data="your custom data"
  id1 allow=confirm
events
  ProfileSet id1
told
  {"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"administrator","From_Account":"id1","EventTime":1700000000000,"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"nick1"},{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Male"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"},{"Tag":"Tag_Profile_IM_Level","Value":7},{"Tag":"Tag_Profile_Custom_Data","Value":"your custom data"}]}

story A profile that its owner writes
cites webhooks.md 3.1
settings ClientAccess=true
given
  id1
caller id1
call profile/portrait_set
  {"From_Account":"id1","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":""}]}
ok
then
  id1 shows Nick=""
events
  ProfileSet id1
told
  {"CallbackCommand":"Profile.CallbackPortraitSet","Operator_Account":"id1","From_Account":"id1","EventTime":1700000000000,"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":""}]}

story Imports, deleting all friends, lists and accounts tell nothing
cites webhooks.md 2.1; webhooks.md Q1; webhooks.md Q9; webhooks.md Q10; README D8
given
  alice, bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Old"}]}
items bob 0
then
  alice has bob source=Old
  alice standard+1
told
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":["bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":1}
then
  alice lists Work=1
  alice has bob source=Old in=Work
  alice standard+1 lists+1
told
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"B"}]}]}
items bob 0
then
  alice has bob source=Old in=Work remark=B
  alice standard+1
told
call friend_delete_all
  {"From_Account":"alice"}
ok
then
  alice loses bob
  alice lists Work=0
  alice standard+1 lists+1
told
call im_open_login_svc/account_import
  {"UserID":"carol","Nick":"C","FaceUrl":"http://example.com"}
reply
  {"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}
then
  carol shows Nick="C" Image="http://example.com"
told
call im_open_login_svc/account_delete
  {"DeleteItem":[{"UserID":"carol"}]}
reply
  {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{"UserID":"carol","ResultCode":0,"ResultInfo":""}]}
then
  carol gone
told
