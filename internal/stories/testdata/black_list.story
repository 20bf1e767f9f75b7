# black_list_delete, black_list_get and black_list_check.

story Unblocked: what the block ended does not come back, but may be made again
cites lists_blocks_requests.md 3.2; lists_blocks_requests.md Q24
given
  alice
  bob allow=confirm
  bob has alice
  alice asks bob
call black_list_add
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice withdraws bob
  bob loses alice
  alice blocks bob
  alice blocks+1 requests+1
  bob standard+1 requests+1
events
  FriendDeleted bob->alice
  Blocked alice->bob
call black_list_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice unblocks bob
  alice blocks+1
events
  Unblocked alice->bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  alice asks bob
  alice, bob requests+1

story Some of them, in one step of the sequence
cites lists_blocks_requests.md 3.2; lists_blocks_requests.md Q10; lists_blocks_requests.md Q21; lists_blocks_requests.md 6.2
given
  id blocks=4
  id1, id2, id3
  id blocks id1, id2
  id3 blocks id
call black_list_delete
  {"From_Account":"id","To_Account":["id1","id3","id2","id"]}
reply
  {"ResultItem":[
    {"To_Account":"id1","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id3","ResultCode":30001,"ResultInfo":"Err_SNS_BlackListDelete_Not_Exist"},
    {"To_Account":"id2","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id","ResultCode":30001,"ResultInfo":"Err_SNS_BlackListDelete_Not_Exist"}],
   "Fail_Account":["id3","id"]}
then
  id unblocks id1, id2
  id blocks+1
events
  Unblocked id->id1
  Unblocked id->id2

story Twice in one call, and once more
cites lists_blocks_requests.md Q13; lists_blocks_requests.md Q10; lists_blocks_requests.md Q21
given
  alice, bob
  alice blocks bob
call black_list_delete
  {"From_Account":"alice","To_Account":["bob","bob"]}
items bob 0
then
  alice unblocks bob
  alice blocks+1
events
  Unblocked alice->bob
call black_list_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 30001 Err_SNS_BlackListDelete_Not_Exist

story Unblocking accounts that do not exist
cites lists_blocks_requests.md Q12; README D12; lists_blocks_requests.md Q14
given
  alice
call black_list_delete
  {"From_Account":"alice","To_Account":["nobody"]}
items nobody 30003 Err_SNS_BlackListDelete_Account_Not_Exist
call black_list_delete
  {"From_Account":"nobody","To_Account":["alice"]}
fail 30003 Err_Sns_Invalid_Account
call black_list_delete
  {"From_Account":"alice","To_Account":[]}
fail 30001
call black_list_delete
  {"From_Account":"alice","To_Account":[${1..1001 "u#"}]}
fail 30001

story Unblocking makes room on a full blocklist
cites lists_blocks_requests.md Q15; lists_blocks_requests.md 3.1
settings MaxBlocks=1
given
  alice, bob, carol
  alice blocks bob
call black_list_delete
  {"From_Account":"alice","To_Account":["bob"]}
items bob 0
then
  alice unblocks bob
  alice blocks+1
events
  Unblocked alice->bob
call black_list_add
  {"From_Account":"alice","To_Account":["carol","bob"]}
items carol 0, bob 30013
then
  alice blocks carol
  alice blocks+1
events
  Blocked alice->carol

story The documents' own page, under both spellings of the sequence
cites lists_blocks_requests.md 3.3; lists_blocks_requests.md 8 #1; lists_blocks_requests.md 8 #2
given
  id blocks=13
  id1, id2
  id blocks id1 at=1430000001
  id blocks id2 at=1430000002
call black_list_get
  {"From_Account":"id","StartIndex":0,"MaxLimited":30,"LastSequence":12}
reply
  {"BlackListItem":[{"To_Account":"id1","AddBlackTimeStamp":1430000001},{"To_Account":"id2","AddBlackTimeStamp":1430000002}],
   "StartIndex":0,"CurruentSequence":13,"CurrentSequence":13,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
call black_list_get
  {"From_Account":"id","StartIndex":0,"MaxLimited":1,"LastSequence":13}
reply
  {"BlackListItem":[{"To_Account":"id1","AddBlackTimeStamp":1430000001}],"StartIndex":1,"CurruentSequence":13,"CurrentSequence":13}

story Pages in the order of blocking, the last exactly full, and past the end
cites lists_blocks_requests.md Q17; lists_blocks_requests.md Q18; lists_blocks_requests.md Q19; lists_blocks_requests.md 3.3
given
  alice blocks=4
  b, d, a, c
  alice blocks d at=4
  alice blocks a at=9
  alice blocks c at=2
  alice blocks b at=7
call black_list_get
  {"From_Account":"alice","StartIndex":0,"MaxLimited":2}
reply
  {"BlackListItem":[{"To_Account":"d","AddBlackTimeStamp":4},{"To_Account":"a","AddBlackTimeStamp":9}],"StartIndex":2,"CurruentSequence":4,"CurrentSequence":4}
call black_list_get
  {"From_Account":"alice","StartIndex":2,"MaxLimited":2,"LastSequence":4}
reply
  {"BlackListItem":[{"To_Account":"c","AddBlackTimeStamp":2},{"To_Account":"b","AddBlackTimeStamp":7}],"StartIndex":0,"CurruentSequence":4,"CurrentSequence":4}
call black_list_get
  {"From_Account":"alice","StartIndex":4,"MaxLimited":2,"LastSequence":4}
reply
  {"BlackListItem":[],"StartIndex":0,"CurruentSequence":4,"CurrentSequence":4}
call black_list_get
  {"From_Account":"alice","StartIndex":2147483647,"MaxLimited":1000}
reply
  {"BlackListItem":[],"StartIndex":0,"CurruentSequence":4,"CurrentSequence":4}

story One who blocks nobody, and numbers that cannot be
cites lists_blocks_requests.md Q16; lists_blocks_requests.md Q35; lists_blocks_requests.md Q32; README D12
given
  alice
call black_list_get
  {"From_Account":"alice","StartIndex":0,"MaxLimited":1000.0,"LastSequence":null}
reply
  {"BlackListItem":[],"StartIndex":0,"CurruentSequence":0,"CurrentSequence":0}
call black_list_get
  {"From_Account":"alice","StartIndex":0,"MaxLimited":0}
fail 30001
call black_list_get
  {"From_Account":"alice","StartIndex":0,"MaxLimited":1001}
fail 30001
call black_list_get
  {"From_Account":"alice","StartIndex":-1,"MaxLimited":10}
fail 30001
call black_list_get
  {"From_Account":"alice","StartIndex":0,"MaxLimited":"10"}
fail 30001
call black_list_get
  {"From_Account":"nobody","StartIndex":0,"MaxLimited":10}
fail 30003 Err_Sns_Invalid_Account

story Paging goes on after an entry went away
cites lists_blocks_requests.md Q20; lists_blocks_requests.md Q19
given
  alice blocks=1
  a, b, c
  alice blocks a, b, c
call black_list_delete
  {"From_Account":"alice","To_Account":["a"]}
items a 0
then
  alice unblocks a
  alice blocks+1
events
  Unblocked alice->a
call black_list_get
  {"From_Account":"alice","StartIndex":1,"MaxLimited":1}
reply
  {"BlackListItem":[{"To_Account":"c","AddBlackTimeStamp":1600000000}],"StartIndex":0,"CurruentSequence":2,"CurrentSequence":2}

story Who blocks whom, both ways and one way
cites lists_blocks_requests.md 3.4; lists_blocks_requests.md 8 #10; lists_blocks_requests.md Q12
given
  id, id1, id2, id3, id4
  id blocks id1, id2
  id1, id3 blocks id
call black_list_check
  {"From_Account":"id","To_Account":["id1","id2","id3","id4","id5"],"CheckType":"BlackCheckResult_Type_Both"}
reply
  {"BlackListCheckItem":[
    {"To_Account":"id1","Relation":"BlackCheckResult_Type_BothWay","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id2","Relation":"BlackCheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id3","Relation":"BlackCheckResult_Type_BWithA","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id4","Relation":"BlackCheckResult_Type_NO","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id5","Relation":"BlackCheckResult_Type_NO","ResultCode":30003,"ResultInfo":"Err_SNS_BlackListCheck_Account_Not_Exist"}],
   "Fail_Account":["id5"]}
call black_list_check
  {"From_Account":"id","To_Account":["id1","id3"],"CheckType":"BlackCheckResult_Type_Single"}
reply
  {"BlackListCheckItem":[
    {"To_Account":"id1","Relation":"BlackCheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""},
    {"To_Account":"id3","Relation":"BlackCheckResult_Type_NO","ResultCode":0,"ResultInfo":""}]}
call black_list_check
  {"From_Account":"id","To_Account":["id2"],"CheckType":"BlackCheckResult_Type_Singal"}
reply
  {"BlackListCheckItem":[{"To_Account":"id2","Relation":"BlackCheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""}]}

story Checking: words and numbers that cannot be
cites lists_blocks_requests.md Q31; lists_blocks_requests.md Q14; README D12
given
  alice, bob
call black_list_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"}
fail 30001
call black_list_check
  {"From_Account":"alice","To_Account":[],"CheckType":"BlackCheckResult_Type_Both"}
fail 30001
call black_list_check
  {"From_Account":"nobody","To_Account":["alice"],"CheckType":"BlackCheckResult_Type_Both"}
fail 30003 Err_Sns_Invalid_Account

story Checking the same account twice: answered once
cites lists_blocks_requests.md Q13
given
  alice, bob
call black_list_check
  {"From_Account":"alice","To_Account":["bob","bob"],"CheckType":"BlackCheckResult_Type_Both"}
reply
  {"BlackListCheckItem":[{"To_Account":"bob","Relation":"BlackCheckResult_Type_NO","ResultCode":0,"ResultInfo":""}]}
