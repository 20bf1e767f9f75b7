# group_update: a list gets another name, and friends go in and out of it. It is
# the public client protocol's, served as an extension.

story Another name: the friends tell it, and both sequences rise
cites lists_blocks_requests.md 2.4; README D11; friends.md Q19; lists_blocks_requests.md Q21
given
  alice standard=5 lists=7
  bob, carol
  alice lists Home=0 Work=1 Club=1
  alice has bob in=Work in=Club
  alice has carol
call group_update
  {"From_Account":"alice","GroupOldName":"Work","GroupNewName":"Office"}
reply
  {"CurrentSequence":8}
then
  alice renames Work=Office
  alice has bob in=Office in=Club
  alice standard+1 lists+1
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":5}
reply
  {"UserDataItem":[
    {"To_Account":"bob","ValueItem":[{"Tag":"Tag_SNS_IM_Group","Value":["Office","Club"]},{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},
    {"To_Account":"carol","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":6,"CustomSequence":0,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}
call group_get
  {"From_Account":"alice"}
reply
  {"ResultItem":[{"GroupName":"Home","FriendNumber":0},{"GroupName":"Office","FriendNumber":1},{"GroupName":"Club","FriendNumber":1}],"CurrentSequence":8}

story Another name for a list that nobody is in: no friend tells anything new
cites lists_blocks_requests.md 2.4; friends.md Q19
given
  alice standard=5 lists=7
  bob
  alice lists Work=0
  alice has bob
call group_update
  {"From_Account":"alice","GroupOldName":"Work","GroupNewName":"Office"}
reply
  {"CurrentSequence":8}
then
  alice renames Work=Office
  alice lists+1

story Friends into a list and out of it
cites lists_blocks_requests.md 2.4; README D11
given
  alice standard=5 lists=7
  bob, carol, dave
  alice lists Work=1
  alice has bob in=Work
  alice has carol
  dave has alice
call group_update
  {"From_Account":"alice","GroupOldName":"Work","UpdateGroupItem":[
    {"To_Account":"bob","UpdateType":"Update_Type_Delete"},
    {"To_Account":"carol","UpdateType":"Update_Type_Add"},
    {"To_Account":"dave","UpdateType":"Update_Type_Add"}]}
reply
  {"ResultItem":[
    {"To_Account":"bob","ResultCode":0,"ResultInfo":""},
    {"To_Account":"carol","ResultCode":0,"ResultInfo":""},
    {"To_Account":"dave","ResultCode":30001,"ResultInfo":"Err_SNS_GroupUpdate_Friend_Not_Exist"}],
   "Fail_Account":["dave"],"CurrentSequence":8}
then
  alice has bob
  alice has carol in=Work
  alice standard+1 lists+1

story Another name and other members in one call
cites lists_blocks_requests.md 2.4; lists_blocks_requests.md Q21
given
  alice standard=5 lists=7
  bob
  alice lists Work=0
  alice has bob
call group_update
  {"From_Account":"alice","GroupOldName":"Work","GroupNewName":"Office","UpdateGroupItem":[{"To_Account":"bob","UpdateType":"Update_Type_Add"}]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""}],"CurrentSequence":8}
then
  alice renames Work=Office
  alice lists Office=1
  alice has bob in=Office
  alice standard+1 lists+1

story In the list already, or not in it: as it is to be, and no sequence rises
cites lists_blocks_requests.md 2.4; lists_blocks_requests.md Q3; lists_blocks_requests.md Q21
given
  alice lists=7
  bob, carol
  alice lists Work=1
  alice has bob in=Work
  alice has carol
call group_update
  {"From_Account":"alice","GroupOldName":"Work","UpdateGroupItem":[
    {"To_Account":"bob","UpdateType":"Update_Type_Add"},{"To_Account":"carol","UpdateType":"Update_Type_Delete"}]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":0,"ResultInfo":""},{"To_Account":"carol","ResultCode":0,"ResultInfo":""}],"CurrentSequence":7}

story A list that does not exist, and a name that is taken: refused whole
cites lists_blocks_requests.md 2.4
given
  alice, bob
  alice lists Home=0 Work=0
  alice has bob
call group_update
  {"From_Account":"alice","GroupOldName":"Never","GroupNewName":"New","UpdateGroupItem":[{"To_Account":"bob","UpdateType":"Update_Type_Add"}]}
fail 30001
call group_update
  {"From_Account":"alice","GroupOldName":"Work","GroupNewName":"Home","UpdateGroupItem":[{"To_Account":"bob","UpdateType":"Update_Type_Add"}]}
fail 30001
call group_update
  {"From_Account":"alice","GroupOldName":"Work"}
fail 30001
call group_update
  {"From_Account":"alice","GroupNewName":"New"}
fail 30001
call group_update
  {"From_Account":"alice","GroupOldName":"Work","GroupNewName":"${31 x}"}
fail 30001
call group_update
  {"From_Account":"alice","GroupOldName":"Work","UpdateGroupItem":[${1..1001 {"To_Account":"u#","UpdateType":"Update_Type_Add"}}]}
fail 30001
call group_update
  {"From_Account":"nobody","GroupOldName":"Work","GroupNewName":"New"}
fail 30003 Err_Sns_Invalid_Account

story A word that nobody knows refuses its item
cites lists_blocks_requests.md 2.4; lists_blocks_requests.md Q31
given
  alice, bob, carol
  alice lists Work=0
  alice has bob, carol
call group_update
  {"From_Account":"alice","GroupOldName":"Work","UpdateGroupItem":[{"To_Account":"bob","UpdateType":"Update_Type_Move"},{"To_Account":"carol","UpdateType":"Update_Type_Add"}]}
reply
  {"ResultItem":[{"To_Account":"bob","ResultCode":30001,"ResultInfo":"Err_SNS_GroupUpdate_*"},{"To_Account":"carol","ResultCode":0,"ResultInfo":""}],
   "Fail_Account":["bob"],"CurrentSequence":2}
then
  alice lists Work=1
  alice has carol in=Work
  alice standard+1 lists+1

story The old name is free again, and a full set of lists may be renamed
cites lists_blocks_requests.md 2.4; lists_blocks_requests.md Q4
settings MaxLists=2
given
  alice
  alice lists Home=0 Work=0
call group_update
  {"From_Account":"alice","GroupOldName":"Work","GroupNewName":"Office"}
reply
  {"CurrentSequence":2}
then
  alice renames Work=Office
  alice lists+1
call group_update
  {"From_Account":"alice","GroupOldName":"Home","GroupNewName":"Work"}
reply
  {"CurrentSequence":3}
then
  alice renames Home=Work
  alice lists+1
