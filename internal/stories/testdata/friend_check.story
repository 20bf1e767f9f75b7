# friend_check: how two accounts stand.

story The caller's side only: the other's is not looked at
cites friends.md 8
given
  alice, mutual, mine, theirs, none
  alice has mutual, mine
  mutual, theirs has alice
call friend_check
  {"From_Account":"alice","To_Account":["mutual","mine","theirs","none"],"CheckType":"CheckResult_Type_Single"}
reply
  {"InfoItem":[
    {"To_Account":"mutual","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""},
    {"To_Account":"mine","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""},
    {"To_Account":"theirs","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""},
    {"To_Account":"none","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""}],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story Both sides
cites friends.md 8
given
  alice, mutual, mine, theirs, none
  alice has mutual, mine
  mutual, theirs has alice
call friend_check
  {"From_Account":"alice","To_Account":["mutual","mine","theirs","none"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[
    {"To_Account":"mutual","Relation":"CheckResult_Type_BothWay","ResultCode":0,"ResultInfo":""},
    {"To_Account":"mine","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""},
    {"To_Account":"theirs","Relation":"CheckResult_Type_BWithA","ResultCode":0,"ResultInfo":""},
    {"To_Account":"none","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""}],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story Unknown and malformed accounts have no relation, and are refused one by one
cites friends.md 8; friends.md Q2; friends.md Q26; friends.md Q29
given
  alice, bob
  bob has alice
call friend_check
  {"From_Account":"alice","To_Account":["nobody","bob","","${33 x}"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[
    {"To_Account":"nobody","Relation":"CheckResult_Type_NoRelation","ResultCode":30003,"ResultInfo":"Err_SNS_FriendCheck_*"},
    {"To_Account":"bob","Relation":"CheckResult_Type_BWithA","ResultCode":0,"ResultInfo":""},
    {"To_Account":"","Relation":"CheckResult_Type_NoRelation","ResultCode":30001,"ResultInfo":"Err_SNS_FriendCheck_*"},
    {"To_Account":"${33 x}","Relation":"CheckResult_Type_NoRelation","ResultCode":30001,"ResultInfo":"Err_SNS_FriendCheck_*"}],
   "Fail_Account":["nobody","","${33 x}"]}

story Oneself: no relation, and no error
cites friends.md Q1
given
  alice
call friend_check
  {"From_Account":"alice","To_Account":["alice"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[{"To_Account":"alice","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""}]}

story The same account twice is answered twice
cites friends.md Q3
given
  alice, bob
  alice has bob
call friend_check
  {"From_Account":"alice","To_Account":["bob","bob"],"CheckType":"CheckResult_Type_Single"}
reply
  {"InfoItem":[
    {"To_Account":"bob","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""},
    {"To_Account":"bob","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""}]}

story What kind of check is asked must be said, in a word that is known
cites friends.md 8; friends.md Q15; README D22
given
  alice, bob
call friend_check
  {"From_Account":"alice","To_Account":["bob"]}
fail 30001
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":""}
fail 30001
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_None"}
fail 30001
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"checkresult_type_both"}
fail 30001

story The old spelling of Single
cites lists_blocks_requests.md 8 #10; lists_blocks_requests.md 4.4
given
  alice, bob
  alice has bob
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Singal"}
reply
  {"InfoItem":[{"To_Account":"bob","Relation":"CheckResult_Type_AWithB","ResultCode":0,"ResultInfo":""}]}

story A request is no relation
cites friends.md 8; friends.md Q25
given
  alice
  bob allow=confirm
  alice asks bob
call friend_check
  {"From_Account":"alice","To_Account":["bob"],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[{"To_Account":"bob","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""}]}

story A thousand accounts in one call, and not one more
cites friends.md 8; friends.md Q15; README D15; friends.md 1.1
given
  alice
  each 1..1000 u#
call friend_check
  {"From_Account":"alice","To_Account":[${1..1001 "u#"}],"CheckType":"CheckResult_Type_Both"}
fail 30001
call friend_check
  {"From_Account":"alice","To_Account":[${1..1000 "u#"}],"CheckType":"CheckResult_Type_Both"}
reply
  {"InfoItem":[${1..1000 {"To_Account":"u#","Relation":"CheckResult_Type_NoRelation","ResultCode":0,"ResultInfo":""}}]}
