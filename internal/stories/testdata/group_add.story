# group_add: friend lists, and the friends that are put into them.

story The documents' own request: three lists and nobody in them
cites lists_blocks_requests.md 2.1; lists_blocks_requests.md 2.5; lists_blocks_requests.md Q35; lists_blocks_requests.md Q22
given
  id lists=1
call group_add
  {"From_Account":"id","GroupName":["group1","group2","group3"]}
reply
  {"CurrentSequence":2,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  id lists group1=0 group2=0 group3=0
  id lists+1

story The documents' own complete request: each friend into every list
cites lists_blocks_requests.md 2.1; lists_blocks_requests.md 8 #4; lists_blocks_requests.md 8 #5; lists_blocks_requests.md 8 #7; README D3; friends.md 13 #9
given
  id lists=2
  id1, id2
  id has id1
call group_add
  {"From_Account":"id","GroupName":["group1","group2","group3"],"To_Account":["id1","id2"]}
reply
  {"ResultItem":[
    {"To_Account":"id1","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id2","ResultCode":32216,"ResultInfo":"Err_SNS_GroupAdd_ToTinyId_Not_Friend"}],
   "Fail_Account":["id2"],"CurrentSequence":3,
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  id lists group1=1 group2=1 group3=1
  id has id1 in=group1 in=group2 in=group3
  id standard+1 lists+1

story Nobody named is a friend: the lists are there all the same
cites README D3; lists_blocks_requests.md 2.1; lists_blocks_requests.md Q11
given
  alice
  bob
  bob has alice
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":["bob","alice"]}
reply
  {"ResultItem":[
    {"To_Account":"bob","ResultCode":32216,"ResultInfo":"Err_SNS_GroupAdd_ToTinyId_Not_Friend"},
    {"To_Account":"alice","ResultCode":32216,"ResultInfo":"Err_SNS_GroupAdd_ToTinyId_Not_Friend"}],
   "Fail_Account":["bob","alice"],"CurrentSequence":1}
then
  alice lists Work=0
  alice lists+1

story A list that exists stays, and its members are joined by others
cites README D2; lists_blocks_requests.md Q1; lists_blocks_requests.md Q3
given
  alice standard=4 lists=7
  bob, carol
  alice lists Home=1 Work=1
  alice has bob in=Work in=Home remark=Bobby field.Age=7
  alice has carol
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":["bob","carol"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""},{"To_Account":"carol","ResultCode":0,"ResultInfo":""}],
   "CurrentSequence":8}
then
  alice lists Work=2
  alice has carol in=Work
  alice standard+1 lists+1

story Nothing is new: no sequence rises
cites lists_blocks_requests.md Q21; lists_blocks_requests.md Q3; friends.md Q19
given
  alice standard=4 lists=7
  bob
  alice lists Work=1
  alice has bob in=Work
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":["bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":7}
call group_add
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":7}

story A strict app refuses a list that exists, and with it the whole call
cites README D2; lists_blocks_requests.md Q1
settings StrictLists=true
given
  alice, bob
  alice lists Work=0
  alice has bob
call group_add
  {"From_Account":"alice","GroupName":["New","Work"],"To_Account":["bob"]}
fail 30001 Err_SNS_GroupAdd_Group_Exist
call group_add
  {"From_Account":"alice","GroupName":["New"],"To_Account":["bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":2}
then
  alice lists New=1
  alice has bob in=New
  alice standard+1 lists+1

story A name given twice counts once, and a friend named twice is answered once
cites lists_blocks_requests.md Q2; lists_blocks_requests.md Q13
settings MaxLists=2
given
  alice, bob
  alice lists Old=0
  alice has bob
call group_add
  {"From_Account":"alice","GroupName":["New","New"],"To_Account":["bob","bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":2}
then
  alice lists New=1
  alice has bob in=New
  alice standard+1 lists+1

story No accounts, written as nothing at all: no results either
cites lists_blocks_requests.md Q9; lists_blocks_requests.md Q35; lists_blocks_requests.md 1.1
given
  alice
call group_add
  {"From_Account":"alice","GroupName":["A"],"To_Account":null}
reply
  {"CurrentSequence":1}
then
  alice lists A=0
  alice lists+1
call group_add
  {"From_Account":"alice","GroupName":["B"],"To_Account":[],"LastSequence":1,"Extra":true}
reply
  {"CurrentSequence":2}
then
  alice lists B=0
  alice lists+1

story More lists than a user may have: the whole call is refused
cites lists_blocks_requests.md Q4; lists_blocks_requests.md 5; README D15
settings MaxLists=3
given
  alice lists=5
  bob
  alice lists Home=0 Work=0
  alice has bob
call group_add
  {"From_Account":"alice","GroupName":["Home","New","Other"],"To_Account":["bob"]}
fail 30011
call group_add
  {"From_Account":"alice","GroupName":["Home","Work","New"],"To_Account":["bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":6}
then
  alice lists Home=1 Work=1 New=1
  alice has bob in=Home in=Work in=New
  alice standard+1 lists+1

story Thirty-two lists, as in the hosted service; a friend may be in all of them
cites README D15; lists_blocks_requests.md 4.2; lists_blocks_requests.md 5; lists_blocks_requests.md Q4
given
  alice, bob
  each 1..31 alice lists l#=0
  alice has bob
call group_add
  {"From_Account":"alice","GroupName":["a","b"]}
fail 30011
call group_add
  {"From_Account":"alice","GroupName":[${1..32 "l#"}],"To_Account":["bob"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":2}
then
  each 1..32 alice lists l#=1
  alice has bob in=l1 in=l2 in=l3 in=l4 in=l5 in=l6 in=l7 in=l8 in=l9 in=l10 in=l11 in=l12 in=l13 in=l14 in=l15 in=l16 in=l17 in=l18 in=l19 in=l20 in=l21 in=l22 in=l23 in=l24 in=l25 in=l26 in=l27 in=l28 in=l29 in=l30 in=l31 in=l32
  alice standard+1 lists+1
call group_add
  {"From_Account":"alice","GroupName":["more"]}
fail 30011

story How many names and accounts a call may have
cites lists_blocks_requests.md Q14; lists_blocks_requests.md 2.1
given
  alice
call group_add
  {"From_Account":"alice","GroupName":[]}
fail 30001
call group_add
  {"From_Account":"alice"}
fail 30001
call group_add
  {"From_Account":"alice","GroupName":[${1..33 "l#"}]}
fail 30001
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":[${1..1001 "u#"}]}
fail 30001

story Names have one to thirty bytes
cites lists_blocks_requests.md 8 #14; lists_blocks_requests.md 4.2; lists_blocks_requests.md 2.1
given
  alice
call group_add
  {"From_Account":"alice","GroupName":["${30 x}","${10 友}"]}
reply
  {"CurrentSequence":1}
then
  alice lists "${30 x}"=0
  alice lists "${10 友}"=0
  alice lists+1
call group_add
  {"From_Account":"alice","GroupName":["New","${31 x}"]}
fail 30001
call group_add
  {"From_Account":"alice","GroupName":["New","${10 友}x"]}
fail 30001
call group_add
  {"From_Account":"alice","GroupName":["New",""]}
fail 30001

story Names that differ in case are different lists
cites README D22; lists_blocks_requests.md 2.1
given
  alice
  alice lists work=0
call group_add
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":2}
then
  alice lists Work=0
  alice lists+1

story The owner must exist
cites lists_blocks_requests.md Q12; README D12
call group_add
  {"From_Account":"nobody","GroupName":["Work"]}
fail 30003 Err_Sns_Invalid_Account

story An account that does not exist is told from one that is no friend
cites lists_blocks_requests.md Q12; lists_blocks_requests.md 2.1
given
  alice
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":["nobody"]}
reply
  {"ResultItem":[{"To_Account":"nobody","ResultCode":30003,"ResultInfo":"Err_SNS_GroupAdd_Account_Not_Exist"}],
   "Fail_Account":["nobody"],"CurrentSequence":1}
then
  alice lists Work=0
  alice lists+1

story One whose request waits, or who is blocked, is no friend
cites lists_blocks_requests.md 2.1; README D3
given
  alice
  bob allow=confirm
  carol
  alice asks bob
  alice blocks carol
call group_add
  {"From_Account":"alice","GroupName":["Work"],"To_Account":["bob","carol"]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":32216,"ResultInfo":"Err_SNS_GroupAdd_ToTinyId_Not_Friend"},
    {"To_Account":"carol","ResultCode":32216,"ResultInfo":"Err_SNS_GroupAdd_ToTinyId_Not_Friend"}],
   "Fail_Account":["bob","carol"],"CurrentSequence":1}
then
  alice lists Work=0
  alice lists+1

story A list that was added is the one that friend_add fills, and a friend's end leaves it empty
cites lists_blocks_requests.md Q22; lists_blocks_requests.md Q21; friends.md 15
given
  alice, bob
call group_add
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":1}
then
  alice lists Work=0
  alice lists+1
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":"Work"}],"AddType":"Add_Type_Single"}
items bob 0
then
  alice lists Work=1
  alice has bob in=Work
  alice standard+1 lists+1
events
  FriendAdded alice->bob by alice
call friend_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice lists Work=0
  alice standard+1 lists+1
events
  FriendDeleted alice->bob
call group_get
  {"From_Account":"alice"}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0}],"CurrentSequence":3}

story An end user makes lists of her own, if the app lets her
cites README D10
settings ClientAccess=true
given
  alice, bob
caller alice
call group_add
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":1}
then
  alice lists Work=0
  alice lists+1
call group_add
  {"From_Account":"bob","GroupName":["Work"]}
fail 60010
