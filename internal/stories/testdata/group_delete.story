# group_delete: the lists go, the friends stay.

story The documents' own request
cites lists_blocks_requests.md 2.2; lists_blocks_requests.md 8 #6; lists_blocks_requests.md 2.5
given
  id lists=3
  id lists group1=0 group2=0 group3=0 group4=0
call group_delete
  {"From_Account":"id","GroupName":["group1","group2","group3"]}
reply
  {"CurrentSequence":4,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  id unlists group1, group2, group3
  id lists+1

story The friends stay, and lose the list: one step of both sequences
cites lists_blocks_requests.md 2.2; friends.md 15; friends.md Q19; lists_blocks_requests.md Q21
given
  alice standard=5 custom=6 lists=7
  bob standard=1
  carol, dave
  alice lists Home=1 Work=2 Club=2
  alice has bob in=Work in=Home in=Club remark=Bobby field.Age=7
  alice has carol in=Work
  alice has dave in=Club
  bob has alice
call group_delete
  {"From_Account":"alice","GroupName":["Work","Home"]}
reply
  {"CurrentSequence":8}
then
  alice unlists Work, Home
  alice has bob in=Club remark=Bobby field.Age=7
  alice has carol
  alice standard+1 lists+1
call friend_get
  {"From_Account":"alice","StartIndex":0,"CustomSequence":6}
reply
  {"UserDataItem":[
    {"To_Account":"bob","ValueItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"Bobby"},{"Tag":"Tag_SNS_IM_Group","Value":["Club"]},{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},
    {"To_Account":"carol","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},
    {"To_Account":"dave","ValueItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Club"]},{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":6,"CustomSequence":6,"FriendNum":3,"CompleteFlag":1,"NextStartIndex":0}

story A list nobody was in: the sequence of the friends stays
cites lists_blocks_requests.md Q22; friends.md Q19
given
  alice standard=5 lists=7
  bob
  alice lists Home=1 Work=0
  alice has bob in=Home
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":8}
then
  alice unlists Work
  alice lists+1

story A list that does not exist is passed over
cites README D4; lists_blocks_requests.md Q5; lists_blocks_requests.md Q21
given
  alice lists=7
  alice lists Work=0
call group_delete
  {"From_Account":"alice","GroupName":["Never"]}
reply
  {"CurrentSequence":7}
call group_delete
  {"From_Account":"alice","GroupName":["Never","Work","Work"]}
reply
  {"CurrentSequence":8}
then
  alice unlists Work
  alice lists+1
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":8}

story One who never had a list
cites lists_blocks_requests.md Q5; lists_blocks_requests.md Q8
given
  alice
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":0}

story A strict app refuses a list that does not exist, and deletes none
cites README D4; lists_blocks_requests.md Q5
settings StrictLists=true
given
  alice
  bob
  alice lists Work=1
  alice has bob in=Work
call group_delete
  {"From_Account":"alice","GroupName":["Work","Never"]}
fail 30001
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":2}
then
  alice unlists Work
  alice has bob
  alice standard+1 lists+1

story How many names, and which
cites lists_blocks_requests.md Q14; lists_blocks_requests.md 2.2
given
  alice
  alice lists Work=0
call group_delete
  {"From_Account":"alice","GroupName":[]}
fail 30001
call group_delete
  {"From_Account":"alice"}
fail 30001
call group_delete
  {"From_Account":"alice","GroupName":["Work",${1..32 "l#"}]}
fail 30001
call group_delete
  {"From_Account":"alice","GroupName":["Work",""]}
fail 30001
call group_delete
  {"From_Account":"alice","GroupName":["Work","${31 x}"]}
fail 30001

story The owner must exist
cites README D12; lists_blocks_requests.md Q12
call group_delete
  {"From_Account":"nobody","GroupName":["Work"]}
fail 30003 Err_Sns_Invalid_Account

story A list of the same name made again is empty
cites lists_blocks_requests.md 2.2; lists_blocks_requests.md Q22
given
  alice
  bob
  alice lists Work=1
  alice has bob in=Work
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":2}
then
  alice unlists Work
  alice has bob
  alice standard+1 lists+1
call group_add
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":3}
then
  alice lists Work=0
  alice lists+1
call group_get
  {"From_Account":"alice","NeedFriend":"Need_Friend_Type_Yes"}
reply
  {"ResultItem":[{"GroupName":"Work","FriendNumber":0,"To_Account":[]}],"CurrentSequence":3}

story A list's end makes room for another
cites lists_blocks_requests.md Q4; lists_blocks_requests.md 5
settings MaxLists=2
given
  alice
  alice lists Home=0 Work=0
call group_add
  {"From_Account":"alice","GroupName":["New"]}
fail 30011
call group_delete
  {"From_Account":"alice","GroupName":["Home"]}
reply
  {"CurrentSequence":2}
then
  alice unlists Home
  alice lists+1
call group_add
  {"From_Account":"alice","GroupName":["New"]}
reply
  {"CurrentSequence":3}
then
  alice lists New=0
  alice lists+1

story The same name at somebody else's is another list
cites lists_blocks_requests.md 2.2
given
  alice, bob
  alice lists Work=1
  bob lists Work=1
  alice has bob in=Work
  bob has alice in=Work
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":2}
then
  alice unlists Work
  alice has bob
  alice standard+1 lists+1

story A request that names the list still waits, and its answer makes the list anew
cites lists_blocks_requests.md 7.1; friends.md Q23; lists_blocks_requests.md Q23
given
  alice
  bob allow=confirm
  alice lists Work=0
  alice asks bob list=Work
call group_delete
  {"From_Account":"alice","GroupName":["Work"]}
reply
  {"CurrentSequence":2}
then
  alice unlists Work
  alice lists+1
call friend_response
  {"From_Account":"bob","ResponseFriendItem":[{"To_Account":"alice","ResponseAction":"Response_Action_Agree"}]}
items alice 0
then
  alice withdraws bob
  alice lists Work=1
  alice has bob in=Work
  alice standard+1 lists+1 requests+1
  bob requests+1
events
  FriendAdded alice->bob by alice
