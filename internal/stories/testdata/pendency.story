# pendency_get, pendency_delete and pendency_report: requests that wait, as both
# sides see them. They are the public client protocol's, served as an extension.

story Both sides see one request, and the other side's nick and picture
cites lists_blocks_requests.md 7.3; lists_blocks_requests.md 7.1; README D11
given
  alice requests=3
  bob allow=confirm requests=5
  alice asks bob wording="It is me" source=Web remark=Secret list=Work
  alice shows Nick="Al" Image="http://a"
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","StartTime":0,"MaxLimited":100,"LastSequence":5}
reply
  {"PendencyItem":[{"To_Account":"alice","PendencyType":"Pendency_Type_ComeIn","AddSource":"AddSource_Type_Web","AddTime":1600000000,
     "AddWording":"It is me","Nick":"Al","ProfileImNick":"Al","Image":"http://a"}],
   "UnreadPendencyCount":1,"StartTime":0,"CurrentSequence":5,"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
call pendency_get
  {"From_Account":"alice","PendencyType":"Pendency_Type_SendOut","StartTime":0,"MaxLimited":100}
reply
  {"PendencyItem":[{"To_Account":"bob","PendencyType":"Pendency_Type_SendOut","AddSource":"AddSource_Type_Web","AddTime":1600000000,
     "AddWording":"It is me","Nick":"","ProfileImNick":"","Image":""}],
   "UnreadPendencyCount":0,"StartTime":0,"CurrentSequence":3}
call pendency_get
  {"From_Account":"alice","PendencyType":"Pendency_Type_ComeIn"}
reply
  {"PendencyItem":[],"UnreadPendencyCount":0,"StartTime":0,"CurrentSequence":3}

story Crossed requests are two, and all are told together
cites lists_blocks_requests.md 7.3; lists_blocks_requests.md Q29
given
  alice, bob allow=confirm
  alice asks bob at=20
  bob asks alice at=10
call pendency_get
  {"From_Account":"alice","PendencyType":"Pendency_Type_Both","MaxLimited":100}
reply
  {"PendencyItem":[
    {"To_Account":"bob","PendencyType":"Pendency_Type_SendOut","AddSource":"","AddTime":20,"AddWording":"","Nick":"","ProfileImNick":"","Image":""},
    {"To_Account":"bob","PendencyType":"Pendency_Type_ComeIn","AddSource":"","AddTime":10,"AddWording":"","Nick":"","ProfileImNick":"","Image":""}],
   "UnreadPendencyCount":1,"StartTime":0,"CurrentSequence":1}

story Pages by time, the newest first; requests of one second are not parted
cites lists_blocks_requests.md 7.3
given
  bob allow=confirm
  a, b, c, d
  a asks bob at=30
  b asks bob at=10
  c asks bob at=20
  d asks bob at=20
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","StartTime":0,"MaxLimited":2}
reply
  {"PendencyItem":[
    {"To_Account":"a","PendencyType":"Pendency_Type_ComeIn","AddSource":"","AddTime":30,"AddWording":"","Nick":"","ProfileImNick":"","Image":""},
    {"To_Account":"c","PendencyType":"Pendency_Type_ComeIn","AddSource":"","AddTime":20,"AddWording":"","Nick":"","ProfileImNick":"","Image":""},
    {"To_Account":"d","PendencyType":"Pendency_Type_ComeIn","AddSource":"","AddTime":20,"AddWording":"","Nick":"","ProfileImNick":"","Image":""}],
   "UnreadPendencyCount":4,"StartTime":10,"CurrentSequence":1}
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","StartTime":10,"MaxLimited":2,"LastSequence":1}
reply
  {"PendencyItem":[{"To_Account":"b","PendencyType":"Pendency_Type_ComeIn","AddSource":"","AddTime":10,"AddWording":"","Nick":"","ProfileImNick":"","Image":""}],
   "UnreadPendencyCount":4,"StartTime":0,"CurrentSequence":1}

story Unread is what came in after the time reported; asked again it is unread again
cites lists_blocks_requests.md 7.3; lists_blocks_requests.md Q27
given
  bob allow=confirm
  a, b, c
  a asks bob at=10
  b asks bob at=20
  c asks bob at=30
call pendency_report
  {"From_Account":"bob","LatestPendencyTimeStamp":20}
ok
then
  bob seen=20
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_SendOut"}
reply
  {"PendencyItem":[],"UnreadPendencyCount":1,"StartTime":0,"CurrentSequence":1}
call friend_add
  {"From_Account":"a","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  a asks bob at=now
  a, bob requests+1
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_SendOut"}
reply
  {"PendencyItem":[],"UnreadPendencyCount":2,"StartTime":0,"CurrentSequence":2}

story Reporting: what must be given
cites lists_blocks_requests.md 7.3; README D18; README D12
given
  bob
call pendency_report
  {"From_Account":"bob"}
fail 30001
call pendency_report
  {"From_Account":"bob","LatestPendencyTimeStamp":-1}
fail 30001
call pendency_report
  {"From_Account":"bob","LatestPendencyTimeStamp":2147483648}
fail 30001
call pendency_report
  {"From_Account":"nobody","LatestPendencyTimeStamp":1}
fail 30003 Err_Sns_Invalid_Account

story Reading: words and numbers that cannot be
cites lists_blocks_requests.md Q31; lists_blocks_requests.md Q16; README D12
given
  bob
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_All"}
fail 30001
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","MaxLimited":0}
fail 30001
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","MaxLimited":1001}
fail 30001
call pendency_get
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","StartTime":-1}
fail 30001
call pendency_get
  {"From_Account":"nobody","PendencyType":"Pendency_Type_ComeIn"}
fail 30003 Err_Sns_Invalid_Account

story Dropped by who was asked, one direction only, and room for others
cites lists_blocks_requests.md 7.3; lists_blocks_requests.md 8 #18; lists_blocks_requests.md 8 #17
settings MaxReceived=1
given
  alice, bob allow=confirm
  carol
  alice asks bob
  bob asks alice
call pendency_delete
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","To_Account":["alice","carol"]}
items alice 0, carol 31804
then
  alice withdraws bob
  alice, bob requests+1
call friend_add
  {"From_Account":"carol","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  carol asks bob
  carol, bob requests+1

story Dropping: words and numbers that cannot be
cites lists_blocks_requests.md Q14; lists_blocks_requests.md Q31; lists_blocks_requests.md 7.3; README D12
given
  alice
  bob allow=confirm
  alice asks bob
call pendency_delete
  {"From_Account":"bob","PendencyType":"Pendency_Type_Both","To_Account":["alice"]}
fail 30001
call pendency_delete
  {"From_Account":"bob","To_Account":["alice"]}
fail 30001
call pendency_delete
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","To_Account":[]}
fail 30001
call pendency_delete
  {"From_Account":"nobody","PendencyType":"Pendency_Type_ComeIn","To_Account":["alice"]}
fail 30003 Err_Sns_Invalid_Account

story Dropping what an account asked that does not exist
cites lists_blocks_requests.md 8 #18; lists_blocks_requests.md Q12
given
  bob
call pendency_delete
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","To_Account":["nobody"]}
items nobody 30003

story Dropping the same request twice in one call: answered once
cites lists_blocks_requests.md Q13
given
  alice
  bob allow=confirm
  alice asks bob
call pendency_delete
  {"From_Account":"bob","PendencyType":"Pendency_Type_ComeIn","To_Account":["alice","alice"]}
items alice 0
then
  alice withdraws bob
  alice, bob requests+1
