# portrait_set: what a user shows of itself.

story The documents' own request
cites transport_accounts_profiles.md 5.1
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[
   {"Tag":"Tag_Profile_IM_Nick","Value":"MyNickName"},
   {"Tag":"Tag_Profile_IM_BirthDay","Value":20190419},
   {"Tag":"Tag_Profile_Custom_Test","Value":"abc"}]}
reply
  {"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ErrorDisplay":""}
then
  id shows Nick="MyNickName" BirthDay=20190419 Custom.Test="abc"
events
  ProfileSet id

story Every standard field
cites transport_accounts_profiles.md 5.3; transport_accounts_profiles.md 7 #9
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[
   {"Tag":"Tag_Profile_IM_Nick","Value":"N"},{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Male"},
   {"Tag":"Tag_Profile_IM_BirthDay","Value":20190419},{"Tag":"Tag_Profile_IM_Location","Value":"Rome"},
   {"Tag":"Tag_Profile_IM_SelfSignature","Value":"S"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"},
   {"Tag":"Tag_Profile_IM_Language","Value":1},{"Tag":"Tag_Profile_IM_Image","Value":"http://i"},
   {"Tag":"Tag_Profile_IM_MsgSettings","Value":1},{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_SendOut"},
   {"Tag":"Tag_Profile_IM_Level","Value":0},{"Tag":"Tag_Profile_IM_Role","Value":4294967295}]}
ok
then
  id allow=confirm forbid=sendout
  id shows Nick="N" Gender=Male BirthDay=20190419 Location="Rome" SelfSignature="S" Language=1 Image="http://i" MsgSettings=1 Level=0 Role=4294967295
events
  ProfileSet id

story All the words that fields of words take
cites transport_accounts_profiles.md 5.3; transport_accounts_profiles.md 7 #9; friends.md 2; friends.md 13 #26
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Unknown"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_AllowAny"},{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_None"}]}
ok
then
  id allow=any forbid=none
  id shows Gender=Unknown
events
  ProfileSet id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Gender","Value":"Gender_Type_Female"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_DenyAny"}]}
ok
then
  id allow=none
  id shows Gender=Female
events
  ProfileSet id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeeedConfirm"}]}
fail 40605
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Gender","Value":"female"}]}
fail 40605
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_All"}]}
fail 40605

story What one chooses holds from the next call on
cites transport_accounts_profiles.md 5.5; transport_accounts_profiles.md Q1
given
  alice, bob
call portrait_set
  {"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_NeedConfirm"}]}
ok
then
  bob allow=confirm
events
  ProfileSet bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30539
then
  alice asks bob
  alice, bob requests+1
call portrait_set
  {"From_Account":"alice","ProfileItem":[{"Tag":"Tag_Profile_IM_AdminForbidType","Value":"AdminForbid_Type_SendOut"}]}
ok
then
  alice forbid=sendout
events
  ProfileSet alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
items bob 30009 Err_SNS_FriendAdd_Forbid_By_Admin

story Choosing to take anyone answers no request that waits
cites transport_accounts_profiles.md 5.5; lists_blocks_requests.md 7.1
given
  alice
  bob allow=confirm
  alice asks bob
call portrait_set
  {"From_Account":"bob","ProfileItem":[{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_AllowAny"}]}
ok
then
  bob allow=any
events
  ProfileSet bob

story Numbers: as integers, as whole numbers of another spelling, and as digits in a text
cites transport_accounts_profiles.md 5.3; transport_accounts_profiles.md Q18; transport_accounts_profiles.md 7 #23
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":"20190419"},{"Tag":"Tag_Profile_IM_Level","Value":7.0},{"Tag":"Tag_Profile_IM_Role","Value":"0"},{"Tag":"Tag_Profile_IM_Language","Value":"4294967295"}]}
ok
then
  id shows BirthDay=20190419 Level=7 Role=0 Language=4294967295
events
  ProfileSet id
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_Profile_IM_BirthDay","Tag_Profile_IM_Role"]}
reply
  {"UserProfileItem":[{"To_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":20190419},{"Tag":"Tag_Profile_IM_Role","Value":0}],"ResultCode":0,"ResultInfo":""}]}

story Numbers that are none, and numbers that are too large
cites transport_accounts_profiles.md 5.3; transport_accounts_profiles.md 2.3
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":"April"}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":-1}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":true}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":[1]}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":{"a":1}}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":1.5}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":4294967296}]}
fail 40605
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_BirthDay","Value":"4294967296"}]}
fail 40605

story A text that is none
cites transport_accounts_profiles.md 5.3; transport_accounts_profiles.md 2.3
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":7}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Gender","Value":1}]}
fail 40610
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Image","Value":["http://i"]}]}
fail 40610

story Texts have at most 500 bytes
cites transport_accounts_profiles.md 5.3; transport_accounts_profiles.md 5.4; transport_accounts_profiles.md 7 #8; transport_accounts_profiles.md 6.4
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"${500 x}"},{"Tag":"Tag_Profile_IM_Location","Value":"${500 x}"},{"Tag":"Tag_Profile_Custom_Test","Value":"${500 x}"}]}
ok
then
  id shows Nick="${500 x}" Location="${500 x}" Custom.Test="${500 x}"
events
  ProfileSet id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"${501 x}"}]}
fail 40601
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_SelfSignature","Value":"${167 签}"}]}
fail 40601
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_Test","Value":"${501 x}"}]}
fail 40601

story All or nothing: one bad field and nothing is written
cites transport_accounts_profiles.md 5.1
given
  id
  id shows Nick="Old"
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"New"},{"Tag":"Tag_Profile_IM_AllowType","Value":"AllowType_Type_DenyAny"},{"Tag":"Tag_Profile_IM_Gender","Value":"wrong"}]}
fail 40605

story Of a field given twice the last counts
cites transport_accounts_profiles.md 5.1
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"one"},{"Tag":"Tag_Profile_Custom_Test","Value":"one"},{"Tag":"Tag_Profile_IM_Nick","Value":"two"},{"Tag":"Tag_Profile_Custom_Test","Value":"two"}]}
ok
then
  id shows Nick="two" Custom.Test="two"
events
  ProfileSet id

story A field without a value
cites transport_accounts_profiles.md 5.1
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick"}]}
fail 40001
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":null}]}
fail 40001

story Nothing to write, and nobody to write it for
cites transport_accounts_profiles.md 5.1; transport_accounts_profiles.md 2.3
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[]}
fail 40001
call portrait_set
  {"From_Account":"id"}
fail 40001
call portrait_set
  {"ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}
fail 40001
call portrait_set
  {"From_Account":"nobody","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"x"}]}
fail 40003

story Fields that do not exist
cites transport_accounts_profiles.md 5.4; transport_accounts_profiles.md 2.3; README D22
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_IM_Nonsense","Value":"x"}]}
fail 40009
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Nick","Value":"x"}]}
fail 40009
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"tag_profile_im_nick","Value":"x"}]}
fail 40009
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}
fail 40009
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_","Value":"x"}]}
fail 40009
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_ABCDEFGHI","Value":"x"}]}
fail 40009

story Custom fields: any keyword, texts and integers as they are given
cites README D13; transport_accounts_profiles.md 5.4
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_A","Value":"7"},{"Tag":"Tag_Profile_Custom_ABCDEFGH","Value":7}]}
ok
then
  id shows Custom.A="7" Custom.ABCDEFGH=7
events
  ProfileSet id
call portrait_get
  {"To_Account":["id"],"TagList":["Tag_Profile_Custom_ABCDEFGH","Tag_Profile_Custom_A"]}
reply
  {"UserProfileItem":[{"To_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_ABCDEFGH","Value":7},{"Tag":"Tag_Profile_Custom_A","Value":"7"}],"ResultCode":0,"ResultInfo":""}]}

story Custom fields of an app that declares them
cites README D13; transport_accounts_profiles.md 5.4
settings ProfileFields=Age
given
  id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_Age","Value":7}]}
ok
then
  id shows Custom.Age=7
events
  ProfileSet id
call portrait_set
  {"From_Account":"id","ProfileItem":[{"Tag":"Tag_Profile_Custom_Age","Value":8},{"Tag":"Tag_Profile_Custom_Note","Value":"x"}]}
fail 40009

story An administrator has a profile without being imported
cites transport_accounts_profiles.md 6.2
call portrait_set
  {"From_Account":"administrator","ProfileItem":[{"Tag":"Tag_Profile_IM_Nick","Value":"Root"}]}
ok
then
  administrator created=0
  administrator shows Nick="Root"
events
  ProfileSet administrator
