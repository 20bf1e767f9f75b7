# friend_get_list: named friends with chosen fields, of the friendship and of
# their profiles.

story The documents' own request
cites friends.md 10; friends.md Q17; friends.md 13 #8
given
  UserID_1 lists=1
  UserID_2, UserID_3, UserID_4
  UserID_1 lists group1=1 group2=1
  UserID_1 has UserID_2 remark=remark_2 in=group1 in=group2 field.Test="custom_sns_2"
  UserID_1 has UserID_3 remark=remark_3
  UserID_4 has UserID_1
  UserID_2 shows Nick="nick_2" Custom.Test="custom_profile_2"
  UserID_3 shows Nick="nick_3" Custom.Test="custom_profile_3"
call friend_get_list
  {"From_Account":"UserID_1","To_Account":["UserID_2","UserID_3","UserID_4"],
   "TagList":["Tag_Profile_Custom_Test","Tag_Profile_IM_Image","Tag_Profile_IM_Nick","Tag_SNS_Custom_Test","Tag_SNS_IM_Remark","Tag_SNS_IM_Group"]}
reply
  {"InfoItem":[
    {"To_Account":"UserID_2","SnsProfileItem":[
       {"Tag":"Tag_SNS_IM_Remark","Value":"remark_2"},
       {"Tag":"Tag_SNS_IM_Group","Value":["group1","group2"]},
       {"Tag":"Tag_Profile_IM_Nick","Value":"nick_2"},
       {"Tag":"Tag_SNS_Custom_Test","Value":"custom_sns_2"},
       {"Tag":"Tag_Profile_Custom_Test","Value":"custom_profile_2"}],"ResultCode":0,"ResultInfo":""},
    {"To_Account":"UserID_3","SnsProfileItem":[
       {"Tag":"Tag_SNS_IM_Remark","Value":"remark_3"},
       {"Tag":"Tag_Profile_IM_Nick","Value":"nick_3"},
       {"Tag":"Tag_Profile_Custom_Test","Value":"custom_profile_3"}],"ResultCode":0,"ResultInfo":""},
    {"To_Account":"UserID_4","ResultCode":30001,"ResultInfo":"Err_SNS_FriendGetList_Friend_Not_Exist"}],
   "Fail_Account":["UserID_4"],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story Every standard field of a friend
cites friends.md 2; friends.md Q16; friends.md 13 #13
given
  alice
  bob
  alice lists Home=1
  alice has bob remark=Bobby in=Home source=Web wording=hi at=1420000001 remarktime=1420000002
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Remark","Tag_SNS_IM_Group","Tag_SNS_IM_AddSource","Tag_SNS_IM_AddWording","Tag_SNS_IM_AddTime","Tag_SNS_IM_RemarkTime"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[
     {"Tag":"Tag_SNS_IM_Remark","Value":"Bobby"},
     {"Tag":"Tag_SNS_IM_Group","Value":["Home"]},
     {"Tag":"Tag_SNS_IM_AddSource","Value":"AddSource_Type_Web"},
     {"Tag":"Tag_SNS_IM_AddWording","Value":"hi"},
     {"Tag":"Tag_SNS_IM_AddTime","Value":1420000001},
     {"Tag":"Tag_SNS_IM_RemarkTime","Value":1420000002}],"ResultCode":0,"ResultInfo":""}]}

story What is not set is left out
cites friends.md 10; friends.md Q17; README D20
given
  alice
  bob
  alice has bob
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Remark","Tag_SNS_IM_Group","Tag_SNS_IM_AddSource","Tag_SNS_IM_AddWording","Tag_SNS_IM_RemarkTime","Tag_SNS_Custom_Test","Tag_Profile_IM_Nick","Tag_Profile_IM_AllowType","Tag_Profile_Custom_Test"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[],"ResultCode":0,"ResultInfo":""}]}

story A profile text that was set to nothing is told as nothing
cites friends.md 10; friends.md Q17
given
  alice
  bob
  alice has bob
call portrait_set
  {"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":""}]}
ok
then
  bob shows Nick=""
events
  ProfileSet bob
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_Profile_IM_Nick","Tag_Profile_IM_Image"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":""}],"ResultCode":0,"ResultInfo":""}]}

story Profile fields of every type
cites friends.md 10; transport_accounts_profiles.md 5.3
given
  alice
  bob allow=confirm forbid=sendout
  alice has bob
  bob shows Gender=Female BirthDay=20190419 Level=0
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_Profile_IM_Gender","Tag_Profile_IM_BirthDay","Tag_Profile_IM_Level","Tag_Profile_IM_AllowType","Tag_Profile_IM_AdminForbidType"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[
     {"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Female"},
     {"Tag":"Tag_Profile_IM_BirthDay","Value":20190419},
     {"Tag":"Tag_Profile_IM_Level","Value":0},
     {"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"},
     {"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_SendOut"}],"ResultCode":0,"ResultInfo":""}]}

story Those who are no friends: strangers, oneself, the unknown
cites friends.md 10; friends.md Q1; friends.md Q2; friends.md 12; friends.md Q29
given
  alice, bob
call friend_get_list
  {"From_Account":"alice","To_Account":["bob","alice","nobody",""],"TagList":["Tag_SNS_IM_Remark"]}
reply
  {"InfoItem":[
    {"To_Account":"bob","ResultCode":30001,"ResultInfo":"Err_SNS_FriendGetList_Friend_Not_Exist"},
    {"To_Account":"alice","ResultCode":30001,"ResultInfo":"Err_SNS_FriendGetList_Friend_Not_Exist"},
    {"To_Account":"nobody","ResultCode":30001,"ResultInfo":"Err_SNS_FriendGetList_Friend_Not_Exist"},
    {"To_Account":"","ResultCode":30001,"ResultInfo":"Err_SNS_FriendGetList_*"}],
   "Fail_Account":["bob","alice","nobody",""]}

story The same account twice is answered twice
cites friends.md Q3
given
  alice, bob
  alice has bob remark=Bobby
call friend_get_list
  {"From_Account":"alice","To_Account":["bob","bob"],"TagList":["Tag_SNS_IM_Remark"]}
reply
  {"InfoItem":[
    {"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"Bobby"}],"ResultCode":0,"ResultInfo":""},
    {"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"Bobby"}],"ResultCode":0,"ResultInfo":""}]}

story Fields must be named, and exist
cites friends.md Q16; friends.md 13 #13; README D22
given
  alice, bob
  alice has bob
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"]}
fail 30001
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":[]}
fail 30001
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_IM_Remark","Tag_SNS_IM_Nonsense"]}
fail 30001
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_Profile_IM_Nonsense"]}
fail 30001
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["tag_sns_im_remark"]}
fail 30001

story Custom fields of an app that declares them
cites README D13; friends.md Q16
settings FriendFields=Age ProfileFields=City
given
  alice, bob
  alice has bob field.Age=7
  bob shows Custom.City="Rome"
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_Custom_Age","Tag_Profile_Custom_City"]}
reply
  {"InfoItem":[{"To_Account":"bob","SnsProfileItem":[{"Tag":"Tag_SNS_Custom_Age","Value":7},{"Tag":"Tag_Profile_Custom_City","Value":"Rome"}],"ResultCode":0,"ResultInfo":""}]}
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_SNS_Custom_Other"]}
fail 30001
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":["Tag_Profile_Custom_Other"]}
fail 30001

story More than the hundred accounts that are recommended, up to a thousand
cites friends.md 10; friends.md 13 #14; friends.md Q15
given
  alice
call friend_get_list
  {"From_Account":"alice","To_Account":[${1..1000 "u#"}],"TagList":["Tag_SNS_IM_Remark"]}
reply
  {"InfoItem":[${1..1000 {"To_Account":"u#","ResultCode":30001,"ResultInfo":"Err_SNS_FriendGetList_Friend_Not_Exist"}}],"Fail_Account":[${1..1000 "u#"}]}
call friend_get_list
  {"From_Account":"alice","To_Account":[${1..1001 "u#"}],"TagList":["Tag_SNS_IM_Remark"]}
fail 30001
