# portrait_get: reading profiles.

story The documents' own request
cites transport_accounts_profiles.md 5.2
given
  id1 allow=confirm
  id2, id3
  id1 shows Nick="NickNameTest1" Custom.Test="Custom Data1"
  id2 shows Nick="NickNameTest2"
call portrait_get
  {"To_Account":["id1","id2","id3","id4"],"TagList":["Tag_Profile_IM_Nick","Tag_Profile_IM_AllowType","Tag_Profile_Custom_Test"]}
reply
  {"UserProfileItem":[
    {"To_Account":"id1","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"NickNameTest1"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"},{"Tag":"Tag_Profile_Custom_Test","Value":"Custom Data1"}],"ResultCode":0,"ResultInfo":""},
    {"To_Account":"id2","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"NickNameTest2"}],"ResultCode":0,"ResultInfo":""},
    {"To_Account":"id3","ProfileItem":[],"ResultCode":0,"ResultInfo":""},
    {"To_Account":"id4","ResultCode":40003,"ResultInfo":"*"}],
   "Fail_Account":["id4"],
   "ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}

story The order is that of TagList, and what is not set is left out
cites transport_accounts_profiles.md 5.2; transport_accounts_profiles.md Q2
given
  id
  id shows Nick="N" Image="I" Level=3 Gender=Unknown
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_Profile_IM_Level","Tag_Profile_IM_BirthDay","Tag_Profile_IM_Image","Tag_Profile_IM_AllowType","Tag_Profile_IM_Gender","Tag_Profile_IM_AdminForbidType","Tag_Profile_IM_Nick","Tag_Profile_Custom_Test"]}
reply
  {"UserProfileItem":[{"To_Account":"id","ProfileItem":[
    {"Tag":"Tag_Profile_IM_Level","Value":3},{"Tag":"Tag_Profile_IM_Image","Value":"I"},{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Unknown"},{"Tag":"Tag_Profile_IM_Nick","Value":"N"}],"ResultCode":0,"ResultInfo":""}]}

story Nobody of those asked for exists: the call fails and still says so of each
cites transport_accounts_profiles.md 5.2; transport_accounts_profiles.md Q3; transport_accounts_profiles.md 7 #20
call portrait_get
  {"To_Account":["one","two"],"TagList":["Tag_Profile_IM_Nick"]}
reply
  {"UserProfileItem":[{"To_Account":"one","ResultCode":40003,"ResultInfo":"*"},{"To_Account":"two","ResultCode":40003,"ResultInfo":"*"}],
   "Fail_Account":["one","two"],
   "ActionStatus":"FAIL","ErrorCode":40003,"ErrorInfo":"*","ErrorDisplay":""}

story Nobody is asked for
cites transport_accounts_profiles.md 5.2; transport_accounts_profiles.md 2.3
call portrait_get
  {"To_Account":[],"TagList":["Tag_Profile_IM_Nick"]}
fail 40002
call portrait_get
  {"TagList":["Tag_Profile_IM_Nick"]}
fail 40002

story Fields must be named, and exist
cites transport_accounts_profiles.md 5.2; transport_accounts_profiles.md 5.4; transport_accounts_profiles.md 2.3
given
  id
call portrait_get
  {"To_Account":["id"]}
fail 40001
call portrait_get
  {"To_Account":["id"],"TagList":[]}
fail 40001
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_Profile_IM_Nick","Tag_Profile_IM_Nonsense"]}
fail 40009
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_SNS_IM_Remark"]}
fail 40009
call portrait_get
  {"To_Account":["id"],"TagList":["Nick"]}
fail 40009

story Custom fields of an app that declares them
cites README D13; transport_accounts_profiles.md 5.4
settings ProfileFields=Age
given
  id
  id shows Custom.Age=7
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_Profile_Custom_Age"]}
reply
  {"UserProfileItem":[{"To_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_Age","Value":7}],"ResultCode":0,"ResultInfo":""}]}
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_Profile_Custom_Note"]}
fail 40009

story More than the hundred accounts that are recommended
cites transport_accounts_profiles.md 5.2
given
  each 1..101 u#
call portrait_get
  {"To_Account":[${1..101 "u#"}],"TagList":["Tag_Profile_IM_Nick"]}
reply
  {"UserProfileItem":[${1..101 {"To_Account":"u#","ProfileItem":[],"ResultCode":0,"ResultInfo":""}}]}

story An administrator exists without being imported
cites transport_accounts_profiles.md 6.2
call portrait_get
  {"To_Account":["administrator"],"TagList":["Tag_Profile_IM_Nick"]}
reply
  {"UserProfileItem":[{"To_Account":"administrator","ProfileItem":[],"ResultCode":0,"ResultInfo":""}]}
