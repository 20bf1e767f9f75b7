# group_get: the lists, and who is in them.

story The documents' own request
cites lists_blocks_requests.md 2.3; lists_blocks_requests.md 2.5
given
  id lists=2
  f1, f2
  id lists group1=1 group2=2 group3=0
  id has f1 in=group2
  id has f2 in=group1 in=group2
call group_get
  {"From_Account":"id"}
reply
  {"ResultItem":[{"GroupName":"group1","FriendNumber":1},{"GroupName":"group2","FriendNumber":2},{"GroupName":"group3","FriendNumber":0}],
   "CurrentSequence":2,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story The documents' own complete request: names and members
cites lists_blocks_requests.md 2.3; lists_blocks_requests.md 8 #9
given
  id lists=2
  friend1, friend2
  id lists group1=1 group2=2
  id has friend1 in=group1 in=group2
  id has friend2 in=group2
call group_get
  {"From_Account":"id","NeedFriend":"Need_Friend_Type_Yes","GroupName":["group1"]}
reply
  {"ResultItem":[{"GroupName":"group1","FriendNumber":1,"To_Account":["friend1"]}],
   "CurrentSequence":2,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story Members of all lists, one of them empty
cites lists_blocks_requests.md 2.3; README D20
given
  alice lists=4
  bob, carol
  alice lists Home=0 Work=2
  alice has carol in=Work
  alice has bob in=Work
call group_get
  {"From_Account":"alice","NeedFriend":"Need_Friend_Type_Yes","LastSequence":0}
reply
  {"ResultItem":[{"GroupName":"Home","FriendNumber":0,"To_Account":[]},{"GroupName":"Work","FriendNumber":2,"To_Account":["carol","bob"]}],
   "CurrentSequence":4}

story Names without members, and the word for not wanting them
cites lists_blocks_requests.md Q7; lists_blocks_requests.md 8 #9; lists_blocks_requests.md Q31
given
  alice, bob
  alice lists Home=0 Work=1
  alice has bob in=Work
call group_get
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":1}],"CurrentSequence":1}
call group_get
  {"From_Account":"alice","GroupName":["Work"],"NeedFriend":"Need_Friend_Type_No","LastSequence":1}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":1}],"CurrentSequence":1}
call group_get
  {"From_Account":"alice","GroupName":["Work"],"NeedFriend":""}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":1}],"CurrentSequence":1}

story The same sequence withholds nothing
cites lists_blocks_requests.md 8 #2; README D19
given
  alice lists=9
  alice lists Work=0
call group_get
  {"From_Account":"alice","LastSequence":9}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0}],"CurrentSequence":9}
call group_get
  {"From_Account":"alice","LastSequence":null,"GroupName":[],"NeedFriend":null}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0}],"CurrentSequence":9}

story A list that does not exist is left out
cites README D4; lists_blocks_requests.md Q6
given
  alice lists=3
  alice lists Work=0
call group_get
  {"From_Account":"alice","GroupName":["Never","Work"]}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0}],"CurrentSequence":3}
call group_get
  {"From_Account":"alice","GroupName":["Never"],"NeedFriend":"Need_Friend_Type_Yes"}
reply
  {"ResultItem":[],"CurrentSequence":3}

story A strict app refuses a list that does not exist
cites README D4; lists_blocks_requests.md Q6
settings StrictLists=true
given
  alice
  alice lists Work=0
call group_get
  {"From_Account":"alice","GroupName":["Work","Never"]}
fail 30001
call group_get
  {"From_Account":"alice"}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0}],"CurrentSequence":1}

story One who has no lists
cites lists_blocks_requests.md Q8; lists_blocks_requests.md Q35
given
  alice
call group_get
  {"From_Account":"alice"}
reply
  {"ResultItem":[],"CurrentSequence":0}

story A name given twice is answered once
cites lists_blocks_requests.md Q2
given
  alice
  alice lists Work=0
call group_get
  {"From_Account":"alice","GroupName":["Work","Work"]}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0}],"CurrentSequence":1}

story A word that nobody knows, and names that cannot be
cites lists_blocks_requests.md Q31; lists_blocks_requests.md Q14; lists_blocks_requests.md 2.3
given
  alice
  alice lists Work=0
call group_get
  {"From_Account":"alice","NeedFriend":"Yes"}
fail 30001
call group_get
  {"From_Account":"alice","GroupName":[${1..33 "l#"}]}
fail 30001
call group_get
  {"From_Account":"alice","GroupName":["Work","${31 x}"]}
fail 30001

story The owner must exist
cites README D12; lists_blocks_requests.md Q12
call group_get
  {"From_Account":"nobody"}
fail 30003 Err_Sns_Invalid_Account

story Lists that other calls made are there, with the sequence those calls left
cites lists_blocks_requests.md Q21; lists_blocks_requests.md Q23
given
  alice, bob
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","GroupName":["Work","Home"]}]}
items bob 0
then
  alice lists Work=1 Home=1
  alice has bob source=Web in=Work in=Home
  alice standard+1 lists+1
call friend_update
  {"From_Account":"alice","UpdateItem":[{"To_Account":"bob","SnsItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Club"]}]}]}
items bob 0
then
  alice lists Work=0 Home=0 Club=1
  alice has bob source=Web in=Club
  alice standard+1 lists+1
call group_get
  {"From_Account":"alice","NeedFriend":"Need_Friend_Type_Yes"}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0,"To_Account":[]},{"GroupName":"Home","FriendNumber":0,"To_Account":[]},
    {"GroupName":"Club","FriendNumber":1,"To_Account":["bob"]}],"CurrentSequence":2}

story One who is blocked is in no list any more
cites README D9; lists_blocks_requests.md 8 #11
given
  alice, bob
  alice lists Work=1
  alice has bob in=Work
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice loses bob
  alice lists Work=0
  alice blocks bob
  alice standard+1 lists+1 blocks+1
events
  FriendDeleted alice->bob
  Blocked alice->bob
call group_get
  {"From_Account":"alice","NeedFriend":"Need_Friend_Type_Yes"}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0,"To_Account":[]}],"CurrentSequence":2}

story An app that keeps friends on block keeps them in their lists
cites README D9; lists_blocks_requests.md 8 #12
settings KeepFriendsOnBlock=true
given
  alice, bob
  alice lists Work=1
  alice has bob in=Work
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice blocks bob
  alice blocks+1
events
  Blocked alice->bob
call group_get
  {"From_Account":"alice","NeedFriend":"Need_Friend_Type_Yes"}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":1,"To_Account":["bob"]}],"CurrentSequence":1}
