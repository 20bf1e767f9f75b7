package wire

// Codes of the gateway. They come before the command is looked at, in any
// family.
const (
	CodeURL              = 60002 // the URL cannot be parsed
	CodeJSON             = 60003 // the body is not JSON
	CodeIdentifier       = 60004 // the identifier or the UserSig in the URL is wrong
	CodeIdentifierOther  = 60005 // the same, second variant
	CodeAppIDMalformed   = 60006 // the sdkappid is not a number that can be one
	CodeRate             = 60007 // too many calls of this command
	CodeRequestTimeout   = 60008 // the service timed out, or the HTTP request is broken
	CodeResource         = 60009 // no such service or command
	CodeNotAdmin         = 60010 // the caller is not an admin of the app
	CodeAppRate          = 60011 // too many calls of this app
	CodeAppIDMissing     = 60012 // the URL has no sdkappid
	CodeExchangeTimeout  = 60014 // an account was not found in time
	CodeAccountType      = 60015 // an account in the body is not a string
	CodeAppDisabled      = 60016 // the app is disabled
	CodeRequestForbidden = 60017 // the request is disabled
	CodeTooFrequent      = 60018 // too many requests
	CodeTooFrequentOther = 60019 // the same, second variant
	CodeSourceAddress    = 60021 // calls from this address are not allowed
)

// Codes of the account service, for credentials.
const (
	CodeSigExpired      = 70001 // the UserSig has expired
	CodeSigEmpty        = 70002 // the UserSig is missing or empty
	CodeSigUnreadable   = 70003 // the UserSig cannot be unpacked
	CodeSigInvalid      = 70005 // the UserSig unpacks to something else than one
	CodeSigMismatch     = 70009 // the signature is not made with the app's key
	CodeSigIdentifier   = 70013 // the UserSig is for another user
	CodeSigAppID        = 70014 // the UserSig is for another app
	CodeNoKey           = 70016 // the app has no key
	CodeAppIDUnknown    = 70020 // no such app
	CodeSigTooManyFails = 70050 // too many wrong UserSigs, wait a minute
	CodeAccountBanned   = 70051 // the account is banned
	CodeSigKicked       = 70052 // the UserSig is from before a kick
)

// Codes of the account service, for its commands.
const (
	CodeAccountNotFound  = 70107 // no such account
	CodeAccountTimeout   = 70169 // not done in time, try again
	CodeAccountQuota     = 70398 // the app has as many accounts as it may
	CodeAccountParameter = 70402 // a parameter is wrong
	CodeAccountNotAdmin  = 70403 // only an admin of the app may do that
	CodeAccountInternal  = 70500 // internal error, try again
	CodeAccountNoDelete  = 71000 // accounts of this app cannot be deleted
)

// Codes of the relationship chain, in sns.
const (
	CodeParameter     = 30001 // a parameter is wrong, or does not fit what is: already a friend, not a friend, ...
	CodeAppMismatch   = 30002 // the account belongs to another app
	CodeNoAccount     = 30003 // no such account
	CodeNeedsAdmin    = 30004 // only an admin of the app may do that
	CodeInternal      = 30006 // internal error, try again
	CodeTimeout       = 30007 // not done in time, try again
	CodeConflict      = 30008 // lost a race for the same data, try again
	CodeForbidden     = 30009 // the account may not send friend requests
	CodeFriendLimit   = 30010 // the account has as many friends as it may
	CodeListLimit     = 30011 // the account has as many lists as it may
	CodeRequestLimit  = 30012 // the other has as many pending requests as it may
	CodeBlockLimit    = 30013 // the account blocks as many as it may
	CodePeerLimit     = 30014 // the other has as many friends as it may
	CodeBlocked       = 30515 // the account blocks the other
	CodeDenied        = 30516 // the other refuses all friend requests
	CodeBlockedByPeer = 30525 // the other blocks the account
	CodePending       = 30539 // no failure: the request waits for an answer
	CodeAddFrequency  = 30540 // friend requests come too fast
	CodeNoRequest     = 30614 // there is no such request to answer
	CodeNotFriend     = 31704 // the account to delete is not a friend
	CodeDelFrequency  = 31707 // deletions come too fast
	CodeNoPendency    = 31804 // there is no such request to delete
	CodeListNotFriend = 32216 // the account to put into a list is not a friend
	CodeCallbackFirst = 38000 // least code that an app's webhook may refuse with
	CodeCallbackLast  = 39000 // greatest code that an app's webhook may refuse with
)

// Codes of profiles.
const (
	CodeProfileParameter = 40001 // a parameter is wrong
	CodeProfileNoTarget  = 40002 // To_Account is missing or empty
	CodeProfileNoAccount = 40003 // no such account
	CodeProfileNotAdmin  = 40004 // only an admin of the app may do that
	CodeProfileInternal  = 40006 // internal error, try again
	CodeProfileNoRead    = 40007 // the tag may not be read
	CodeProfileNoWrite   = 40008 // the tag may not be written
	CodeProfileNoTag     = 40009 // no such tag
	CodeProfileTooLong   = 40601 // the value has more than 500 bytes
	CodeProfileRange     = 40605 // the value is none that the tag can have
	CodeProfileType      = 40610 // the value is of another type than the tag
)

// Codes of openim.
const (
	CodeStatusBody        = 90001 // the body is not JSON of this command, or To_Account is empty
	CodeStatusAccountType = 90003 // an entry of To_Account is not a string
	CodeStatusNotAdmin    = 90009 // only an admin of the app may do that
	CodeStatusTooMany     = 90011 // more than 500 accounts
	CodeStatusTimeout     = 90992 // not done in time, try again
	CodeStatusInternal    = 91000 // internal error, try again
	CodeStatusSwitchedOff = 72001 // custom status is switched off
	CodeBodyTooLarge      = 80002 // the body is larger than allowed
)
