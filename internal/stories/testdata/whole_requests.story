# Requests that are refused whole, before anything of them is done.

story Bodies that are no JSON
cites friends.md 1; transport_accounts_profiles.md 1.2; transport_accounts_profiles.md 7 #15; transport_accounts_profiles.md 2.5
given
  alice, bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},]}
fail 60003
call friend_add
  {"From_Account":"alice", // who adds
   "AddFriendItem":[{"To_Account":"bob"}]}
fail 60003
call friend_get
fail 60003
call account_import
  {"UserID":
fail 60003
call account_import
fail 60003
call portrait_set
  {"From_Account":"alice"
fail 40001 Err_Profile_Comm_Decode_Fail

story A value of the wrong type
cites friends.md 1; friends.md Q15; friends.md Q29; friends.md 12
given
  alice, bob
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":{"To_Account":"bob"}}
fail 30001 SNS_DECODE_ERR
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","GroupName":["One"]}]}
fail 30001 SNS_DECODE_ERR
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","Remark":7}]}
fail 30001 SNS_DECODE_ERR
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}],"ForceAddFlags":"1"}
fail 30001 SNS_DECODE_ERR
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","GroupName":"One"}]}
fail 30001 SNS_DECODE_ERR
call friend_import
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Web","AddTime":"1420000001"}]}
fail 30001 SNS_DECODE_ERR
call friend_delete
  {"From_Account":"alice","To_Account":"bob"}
fail 30001 SNS_DECODE_ERR
call friend_get
  {"From_Account":"alice","StartIndex":0,"StandardSequence":"1"}
fail 30001 SNS_DECODE_ERR
call friend_get_list
  {"From_Account":"alice","To_Account":["bob"],"TagList":"Tag_SNS_IM_Remark"}
fail 30001 SNS_DECODE_ERR
call portrait_set
  {"From_Account":"alice","ProfileItem":{"Tag":"Tag_Profile_IM_Nick","Value":"x"}}
fail 40001 Err_Profile_Comm_Decode_Fail

story Accounts that are numbers
cites friends.md 1; friends.md Q29; transport_accounts_profiles.md 2.1
given
  alice, 1, 2
call friend_add
  {"From_Account":1,"AddFriendItem":[{"To_Account":"2"}]}
fail 60015
call friend_add
  {"From_Account":"1","AddFriendItem":[{"To_Account":2}]}
fail 60015
call friend_delete
  {"From_Account":"1","To_Account":["2",3]}
fail 60015
call friend_check
  {"From_Account":"1","To_Account":[2],"CheckType":"CheckResult_Type_Both"}
fail 60015
call friend_get
  {"From_Account":1,"StartIndex":0}
fail 60015
call portrait_get
  {"To_Account":[1],"TagList":["Tag_Profile_IM_Nick"]}
fail 60015

story The caller of the friends has no account
cites friends.md 1; friends.md Q27; README D12; friends.md 12; friends.md 13 #16; friends.md 4.2
given
  alice
call friend_add
  {"From_Account":"nobody","AddFriendItem":[{"To_Account":"alice"}]}
fail 30003 Err_Sns_Invalid_Account
call friend_import
  {"From_Account":"nobody","AddFriendItem":[{"To_Account":"alice","AddSource":"AddSource_Type_Web"}]}
fail 30003 Err_Sns_Invalid_Account
call friend_update
  {"From_Account":"nobody","UpdateItem":[{"To_Account":"alice","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}]}
fail 30003 Err_Sns_Invalid_Account
call friend_delete
  {"From_Account":"nobody","To_Account":["alice"],"DeleteType":"Delete_Type_Both"}
fail 30003 Err_Sns_Invalid_Account
call friend_delete_all
  {"From_Account":"nobody"}
fail 30003 Err_Sns_Invalid_Account
call friend_check
  {"From_Account":"nobody","To_Account":["alice"],"CheckType":"CheckResult_Type_Both"}
fail 30003 Err_Sns_Invalid_Account
call friend_get
  {"From_Account":"nobody","StartIndex":0}
fail 30003 Err_Sns_Invalid_Account
call friend_get_list
  {"From_Account":"nobody","To_Account":["alice"],"TagList":["Tag_SNS_IM_Remark"]}
fail 30003 Err_Sns_Invalid_Account
call black_list_add
  {"From_Account":"nobody","To_Account":["alice"]}
fail 30003 Err_Sns_Invalid_Account

story The caller of the friends is not said, or not well formed
cites friends.md Q15; friends.md Q29; README D22
given
  alice
call friend_add
  {"AddFriendItem":[{"To_Account":"alice"}]}
fail 30001
call friend_add
  {"from_account":"alice","AddFriendItem":[{"To_Account":"alice"}]}
fail 30001
call friend_import
  {"From_Account":"","AddFriendItem":[{"To_Account":"alice","AddSource":"AddSource_Type_Web"}]}
fail 30001
call friend_update
  {"From_Account":"${33 x}","UpdateItem":[{"To_Account":"alice","SnsItem":[{"Tag":"Tag_SNS_IM_Remark","Value":"x"}]}]}
fail 30001
call friend_delete
  {"To_Account":["alice"]}
fail 30001
call friend_delete_all
  {}
fail 30001
call friend_check
  {"To_Account":["alice"],"CheckType":"CheckResult_Type_Both"}
fail 30001
call friend_get
  {"StartIndex":0}
fail 30001
call friend_get_list
  {"To_Account":["alice"],"TagList":["Tag_SNS_IM_Remark"]}
fail 30001

story No items
cites friends.md Q15
given
  alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[]}
fail 30001
call friend_add
  {"From_Account":"alice"}
fail 30001
call friend_import
  {"From_Account":"alice","AddFriendItem":[]}
fail 30001
call friend_update
  {"From_Account":"alice"}
fail 30001
call friend_delete
  {"From_Account":"alice","To_Account":[]}
fail 30001
call friend_check
  {"From_Account":"alice","CheckType":"CheckResult_Type_Both"}
fail 30001
call friend_get_list
  {"From_Account":"alice","To_Account":[],"TagList":["Tag_SNS_IM_Remark"]}
fail 30001

story Words and flags that are not known: nothing is processed
cites friends.md Q15; README D22
given
  alice, bob, carol
  alice has bob
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"}],"AddType":"Add_Type_Triple"}
fail 30001
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"}],"AddType":"add_type_both"}
fail 30001
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"}],"ForceAddFlags":2}
fail 30001
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"carol"}],"ForceAddFlags":-1}
fail 30001
call friend_delete
  {"From_Account":"alice","To_Account":["bob"],"DeleteType":"Delete_Type_All"}
fail 30001
call friend_delete_all
  {"From_Account":"alice","DeleteType":"Delete_Type_All"}
fail 30001

story The items of one call are limited by a setting of the app
cites README D15; friends.md Q15
settings MaxItems=1
given
  alice, bob, carol
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"},{"To_Account":"carol"}]}
fail 30001
call friend_check
  {"From_Account":"alice","To_Account":["bob","carol"],"CheckType":"CheckResult_Type_Both"}
fail 30001
call black_list_add
  {"From_Account":"alice","To_Account":["bob","carol"]}
fail 30001

story A caller who is no administrator
cites README D10; friends.md 1; transport_accounts_profiles.md 1.6
given
  alice, bob
caller alice
call friend_add
  {"From_Account":"alice","AddFriendItem":[{"To_Account":"bob"}]}
fail 60010
call portrait_get
  {"To_Account":["alice"],"TagList":["Tag_Profile_IM_Nick"]}
fail 60010
call account_import
  {"UserID":"carol"}
fail 60010

story A command that does not exist
cites transport_accounts_profiles.md 1.4; README D22
given
  alice
call sns/friend_nonsense
  {"From_Account":"alice"}
fail 60009
call sns/Friend_Get
  {"From_Account":"alice","StartIndex":0}
fail 60009
call nonsense/friend_get
  {"From_Account":"alice","StartIndex":0}
fail 60009
