# friend_get: reading all friends, page by page.

story What is told of each friend
cites friends.md 9.2; friends.md 2; friends.md 14 #7; friends.md 14 #8
given
  alice standard=88 custom=46 lists=2
  id1, id2, id3
  alice lists Group1=2 Group2=1
  alice has id1 source=Android remark=Remark1 in=Group1 in=Group2 at=1563867420 field.Test="CustomData1" wording="never told" remarktime=1563867421
  alice has id2 source=IOS in=Group1 at=1563867425
  alice has id3 field.Num=7
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":0,"CustomSequence":0}
reply
  {"UserDataItem":[
    {"To_Account":"id1","ValueItem":[
      {"Tag":"Tag_SNS_IM_AddSource","Value":"AddSource_Type_Android"},
      {"Tag":"Tag_SNS_IM_Remark","Value":"Remark1"},
      {"Tag":"Tag_SNS_IM_Group","Value":["Group1","Group2"]},
      {"Tag":"Tag_SNS_IM_AddTime","Value":1563867420},
      {"Tag":"Tag_SNS_Custom_Test","Value":"CustomData1"}]},
    {"To_Account":"id2","ValueItem":[
      {"Tag":"Tag_SNS_IM_AddSource","Value":"AddSource_Type_IOS"},
      {"Tag":"Tag_SNS_IM_Group","Value":["Group1"]},
      {"Tag":"Tag_SNS_IM_AddTime","Value":1563867425}]},
    {"To_Account":"id3","ValueItem":[
      {"Tag":"Tag_SNS_IM_AddTime","Value":1600000000},
      {"Tag":"Tag_SNS_Custom_Num","Value":7}]}],
   "StandardSequence":88,"CustomSequence":46,"FriendNum":3,"CompleteFlag":1,"NextStartIndex":0,
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story One who has no friends and never had any
cites friends.md 9.2; friends.md Q19; friends.md Q22; friends.md 14 #4
given
  alice
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"StandardSequence":0,"CustomSequence":0,"FriendNum":0,"CompleteFlag":1,"NextStartIndex":0}

story The start must be given, and not be negative
cites friends.md 9.1; friends.md Q15
given
  alice
call friend_get
  {"From_Account":"alice"}
fail 30001
call friend_get
  {"From_Account":"alice","StartIndex":-1}
fail 30001
call friend_get
  {"From_Account":"alice","StartIndex":"0"}
fail 30001 SNS_DECODE_ERR

story Page by page, in the order in which they became friends
cites friends.md 9.2; friends.md 9.3; friends.md Q21; README D17
settings FriendPage=2
given
  alice standard=5
  u1, u2, u3, u4, u5
  alice has u3 at=3
  alice has u5 at=5
  alice has u1 at=1
  alice has u4 at=4
  alice has u2 at=2
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[{"To_Account":"u3","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":3}]},{"To_Account":"u5","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":5}]}],
   "StandardSequence":5,"CustomSequence":0,"FriendNum":5,"CompleteFlag":0,"NextStartIndex":2}
call friend_get
  {"From_Account":"alice","StartIndex":2}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1}]},{"To_Account":"u4","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":4}]}],
   "StandardSequence":5,"CustomSequence":0,"FriendNum":5,"CompleteFlag":0,"NextStartIndex":4}
call friend_get
  {"From_Account":"alice","StartIndex":4}
reply
  {"UserDataItem":[{"To_Account":"u2","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":2}]}],
   "StandardSequence":5,"CustomSequence":0,"FriendNum":5,"CompleteFlag":1,"NextStartIndex":0}

story The last page is exactly full: it is the last all the same
cites friends.md 9.2; friends.md 14 #4
settings FriendPage=2
given
  alice
  u1, u2
  alice has u1, u2
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},{"To_Account":"u2","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":1,"CustomSequence":0,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}

story A start at or behind the end
cites friends.md Q20
settings FriendPage=2
given
  alice standard=2
  u1, u2
  alice has u1, u2
call friend_get
  {"From_Account":"alice","StartIndex":2}
reply
  {"StandardSequence":2,"CustomSequence":0,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}
call friend_get
  {"From_Account":"alice","StartIndex":4000000000}
reply
  {"StandardSequence":2,"CustomSequence":0,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}

story Sequences echoed on later pages withhold nothing
cites friends.md 9.3; friends.md Q18; README D19; friends.md 14 #9
settings FriendPage=1
given
  alice standard=3 custom=2
  u1, u2
  alice has u1 field.A="a"
  alice has u2 field.A="b"
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":0,"CustomSequence":0}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000},{"Tag":"Tag_SNS_Custom_A","Value":"a"}]}],
   "StandardSequence":3,"CustomSequence":2,"FriendNum":2,"CompleteFlag":0,"NextStartIndex":1}
call friend_get
  {"From_Account":"alice","StartIndex":1,"StandardSequence":3,"CustomSequence":2}
reply
  {"UserDataItem":[{"To_Account":"u2","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000},{"Tag":"Tag_SNS_Custom_A","Value":"b"}]}],
   "StandardSequence":3,"CustomSequence":2,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}

story Both sequences are those the caller has: no data, but the numbers
cites friends.md 9.1; friends.md 9.3; friends.md Q18; README D19; friends.md 13 #11
settings FriendPage=1
given
  alice standard=3 custom=2
  u1, u2
  alice has u1 field.A="a"
  alice has u2
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":3,"CustomSequence":2}
reply
  {"StandardSequence":3,"CustomSequence":2,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}

story The standard sequence is the caller's: custom fields alone, and no bare items
cites friends.md Q18; friends.md 9.3
given
  alice standard=3 custom=2
  u1, u2
  alice has u1 remark=One field.A="a"
  alice has u2 remark=Two
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":3,"CustomSequence":1}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_Custom_A","Value":"a"}]}],
   "StandardSequence":3,"CustomSequence":2,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}

story The custom sequence is the caller's: standard fields alone
cites friends.md Q18
given
  alice standard=3 custom=2
  u1
  alice has u1 remark=One field.A="a"
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":2,"CustomSequence":2}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"One"},{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":3,"CustomSequence":2,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}

story A sequence of 0, or none, says that the caller has nothing
cites friends.md Q18; friends.md 14 #14
given
  alice standard=3 custom=2
  u1
  alice has u1 field.A="a"
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":0,"CustomSequence":0}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000},{"Tag":"Tag_SNS_Custom_A","Value":"a"}]}],
   "StandardSequence":3,"CustomSequence":2,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000},{"Tag":"Tag_SNS_Custom_A","Value":"a"}]}],
   "StandardSequence":3,"CustomSequence":2,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}

story A sequence that is not the server's, older or newer, withholds nothing
cites friends.md Q18; friends.md 9.1
given
  alice standard=5 custom=5
  u1
  alice has u1 field.A="a"
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":4,"CustomSequence":6}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000},{"Tag":"Tag_SNS_Custom_A","Value":"a"}]}],
   "StandardSequence":5,"CustomSequence":5,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}

story The caller's sequences are not those of custom data it never had
cites friends.md Q18
given
  alice standard=5
  u1
  alice has u1 remark=One
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":5,"CustomSequence":0}
reply
  {"StandardSequence":5,"CustomSequence":0,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}

story A friend goes between two pages: the pages are counted by index
cites friends.md 9.3; lists_blocks_requests.md Q20; friends.md Q21
settings FriendPage=2
given
  alice standard=5
  u1, u2, u3, u4, u5
  alice has u1, u2, u3, u4, u5
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},{"To_Account":"u2","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":5,"CustomSequence":0,"FriendNum":5,"CompleteFlag":0,"NextStartIndex":2}
call friend_delete
  {"From_Account":"alice","To_Account":["u1"]}
items u1 0
then
  alice loses u1
  alice standard+1
events
  FriendDeleted alice->u1
call friend_get
  {"From_Account":"alice","StartIndex":2,"StandardSequence":5}
reply
  {"UserDataItem":[{"To_Account":"u4","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},{"To_Account":"u5","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":6,"CustomSequence":0,"FriendNum":4,"CompleteFlag":1,"NextStartIndex":0}

story Friends went from the middle, and one came back at the end
cites friends.md Q21; friends.md 9.3; README D17
settings FriendPage=2
given
  alice standard=5
  u1, u2, u3, u4, u5
  alice has u1, u2, u3, u4, u5
call friend_delete
  {"From_Account":"alice","To_Account":["u2","u4"]}
items u2 0, u4 0
then
  alice loses u2, u4
  alice standard+1
events
  FriendDeleted alice->u2
  FriendDeleted alice->u4
clock +1
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"u2"}],"AddType":"Add_Type_Single"}
items u2 0
then
  alice has u2
  alice standard+1
events
  FriendAdded alice->u2 by alice
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[{"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},{"To_Account":"u3","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":7,"CustomSequence":0,"FriendNum":4,"CompleteFlag":0,"NextStartIndex":2}
call friend_get
  {"From_Account":"alice","StartIndex":2,"StandardSequence":7}
reply
  {"UserDataItem":[{"To_Account":"u5","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]},{"To_Account":"u2","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1700000001}]}],
   "StandardSequence":7,"CustomSequence":0,"FriendNum":4,"CompleteFlag":1,"NextStartIndex":0}

story An imported friend stands where it was inserted, whatever time it brings; a renewed one stays
cites friends.md Q21; friends.md Q11
given
  alice standard=1
  u1, u2
  alice has u1
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"u2","AddSource":"AddSource_Type_Web","AddTime":1000000000}]}
items u2 0
then
  alice has u2 source=Web at=1000000000
  alice standard+1
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"u1","AddSource":"AddSource_Type_Web","AddTime":1650000000}]}
items u1 0
then
  alice has u1 source=Web at=1650000000
  alice standard+1
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[
    {"To_Account":"u1","ValueItem":[{"Tag":"Tag_SNS_IM_AddSource","Value":"AddSource_Type_Web"},{"Tag":"Tag_SNS_IM_AddTime","Value":1650000000}]},
    {"To_Account":"u2","ValueItem":[{"Tag":"Tag_SNS_IM_AddSource","Value":"AddSource_Type_Web"},{"Tag":"Tag_SNS_IM_AddTime","Value":1000000000}]}],
   "StandardSequence":3,"CustomSequence":0,"FriendNum":2,"CompleteFlag":1,"NextStartIndex":0}

story Five hundred friends in a page, as in the hosted service
cites README D17; friends.md 9.3; friends.md 13 #10
given
  alice standard=1
  each 1..501 u#
  each 1..501 alice has u#
call friend_get
  {"From_Account":"alice","StartIndex":0}
reply
  {"UserDataItem":[${1..500 {"To_Account":"u#","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}}],
   "StandardSequence":1,"CustomSequence":0,"FriendNum":501,"CompleteFlag":0,"NextStartIndex":500}
call friend_get
  {"From_Account":"alice","StartIndex":500,"StandardSequence":1}
reply
  {"UserDataItem":[{"To_Account":"u501","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}],
   "StandardSequence":1,"CustomSequence":0,"FriendNum":501,"CompleteFlag":1,"NextStartIndex":0}

story Many friends of many, with holes, page by page
cites friends.md 9.3; friends.md Q21
settings FriendPage=300
given
  alice standard=1
  each 1..600 u#
  each 1..600 alice has u#
call friend_delete
  {"From_Account":"alice","To_Account":[${101..400 "u#"}]}
reply
  {"ResultItem":[${101..400 {"To_Account":"u#","ResultCode":0,"ResultInfo":""}}]}
then
  each 101..400 alice loses u#
  alice standard+1
events
  each 101..400 FriendDeleted alice->u#
call friend_get
  {"From_Account":"alice","StartIndex":50}
reply
  {"UserDataItem":[${51..100 {"To_Account":"u#","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}},${401..600 {"To_Account":"u#","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}}],
   "StandardSequence":2,"CustomSequence":0,"FriendNum":300,"CompleteFlag":1,"NextStartIndex":0}
call friend_get
  {"From_Account":"alice","StartIndex":150}
reply
  {"UserDataItem":[${451..600 {"To_Account":"u#","ValueItem":[{"Tag":"Tag_SNS_IM_AddTime","Value":1600000000}]}}],
   "StandardSequence":2,"CustomSequence":0,"FriendNum":300,"CompleteFlag":1,"NextStartIndex":0}

story Sequences and start as whole numbers in another spelling
cites lists_blocks_requests.md Q32
given
  alice standard=5 custom=4
  u1
  alice has u1
call friend_get
  {"From_Account":"alice","StartIndex":0.0,"StandardSequence":5e0,"CustomSequence":4.0}
reply
  {"StandardSequence":5,"CustomSequence":4,"FriendNum":1,"CompleteFlag":1,"NextStartIndex":0}
