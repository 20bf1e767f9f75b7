package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The webhooks' commands, in the query and in the body of what an app's back
// end is sent.
const (
	// CallbackFriendAdd tells of new friends: FriendAddCallback.
	CallbackFriendAdd = "Sns.CallbackFriendAdd"
	// CallbackFriendDelete tells of friends that are none any more:
	// PairCallback.
	CallbackFriendDelete = "Sns.CallbackFriendDelete"
	// CallbackBlackListAdd tells of new entries of a blocklist: PairCallback.
	CallbackBlackListAdd = "Sns.CallbackBlackListAdd"
	// CallbackBlackListDelete tells of entries that went: PairCallback.
	CallbackBlackListDelete = "Sns.CallbackBlackListDelete"
	// CallbackPortraitSet tells of a profile that was written:
	// PortraitSetCallback.
	CallbackPortraitSet = "Profile.CallbackPortraitSet"
	// CallbackOverLimit is the alarm that calls come too fast:
	// OverLimitCallback.
	CallbackOverLimit = "Alert.RequestOverLimit"
	// CallbackPrevFriendAdd asks before friends are added:
	// PrevFriendAddCallback.
	CallbackPrevFriendAdd = "Sns.CallbackPrevFriendAdd"
	// CallbackPrevFriendResponse asks before requests are answered:
	// PrevFriendResponseCallback.
	CallbackPrevFriendResponse = "Sns.CallbackPrevFriendResponse"
	// CallbackStateChange is what a probe names; its body is {}.
	CallbackStateChange = "State.StateChange"
)

// Values of OptPlatform: where the call came from that a webhook is about.
const (
	// PlatformREST is a back end.
	PlatformREST = "RESTAPI"
	// PlatformUnknown is an end user, by whatever means.
	PlatformUnknown = "Unknown"
)

// Values of ClientCmd in FriendAddCallback.
const (
	ClientFriendAdd      = "friend_add"      // friends were added
	ClientFriendResponse = "friend_response" // a request was accepted
)

// FriendAddCallback is the body of CallbackFriendAdd.
type FriendAddCallback struct {
	CallbackCommand string       `json:"CallbackCommand"`
	PairList        []FriendPair `json:"PairList"`
	// ClientCmd is ClientFriendAdd or ClientFriendResponse.
	ClientCmd string `json:"ClientCmd"`
	// AdminAccount is the administrator who did it, "" if none.
	AdminAccount Account `json:"Admin_Account"`
	// ForceFlag is 1 if an administrator forced it, else 0.
	ForceFlag int `json:"ForceFlag"`
}

// A FriendPair is an entry that a friend list gained.
type FriendPair struct {
	FromAccount      Account `json:"From_Account"`      // whose list
	ToAccount        Account `json:"To_Account"`        // the new friend
	InitiatorAccount Account `json:"Initiator_Account"` // who started it
}

// PairCallback is the body of CallbackFriendDelete, CallbackBlackListAdd and
// CallbackBlackListDelete.
type PairCallback struct {
	CallbackCommand string `json:"CallbackCommand"`
	PairList        []Pair `json:"PairList"`
}

// A Pair is an entry that a list of FromAccount lost or gained.
type Pair struct {
	FromAccount Account `json:"From_Account"`
	ToAccount   Account `json:"To_Account"`
}

// PortraitSetCallback is the body of CallbackPortraitSet.
type PortraitSetCallback struct {
	CallbackCommand string  `json:"CallbackCommand"`
	OperatorAccount Account `json:"Operator_Account"` // who wrote
	FromAccount     Account `json:"From_Account"`     // whose profile
	EventTime       int64   `json:"EventTime"`        // Unix milliseconds
	// ProfileItem has what was written, with values as in portrait_set.
	ProfileItem []TagValue `json:"ProfileItem"`
}

// OverLimitCallback is the body of CallbackOverLimit.
type OverLimitCallback struct {
	CallbackCommand string `json:"CallbackCommand"`
	ServiceName     string `json:"ServiceName"`
	Command         string `json:"Command"`
	Request         int    `json:"Request"` // calls in one second
	Limit           int    `json:"Limit"`   // calls a second that are served
}

// PrevFriendAddCallback is the body of CallbackPrevFriendAdd.
type PrevFriendAddCallback struct {
	CallbackCommand  string           `json:"CallbackCommand"`
	RequesterAccount Account          `json:"Requester_Account"` // who calls
	FromAccount      Account          `json:"From_Account"`      // whose list would grow
	FriendItem       []PrevFriendItem `json:"FriendItem"`
	AddType          string           `json:"AddType"` // AddSingle or AddBoth
	ForceAddFlags    int              `json:"ForceAddFlags"`
	EventTime        int64            `json:"EventTime"` // Unix milliseconds
}

// A PrevFriendItem is a friend who would be added. Texts that were not given
// are "".
type PrevFriendItem struct {
	ToAccount  Account `json:"To_Account"`
	Remark     string  `json:"Remark"`
	GroupName  string  `json:"GroupName"`
	AddSource  string  `json:"AddSource"`
	AddWording string  `json:"AddWording"`
}

// PrevFriendResponseCallback is the body of CallbackPrevFriendResponse.
type PrevFriendResponseCallback struct {
	CallbackCommand    string             `json:"CallbackCommand"`
	RequesterAccount   Account            `json:"Requester_Account"` // who calls
	FromAccount        Account            `json:"From_Account"`      // who answers
	ResponseFriendItem []PrevResponseItem `json:"ResponseFriendItem"`
	EventTime          int64              `json:"EventTime"` // Unix milliseconds
}

// A PrevResponseItem is an answer that would be given. Texts that were not
// given are "".
type PrevResponseItem struct {
	ToAccount Account `json:"To_Account"` // who asked
	Remark    string  `json:"Remark"`
	TagName   string  `json:"TagName"`
	// ResponseAction is one of the Response constants.
	ResponseAction string `json:"ResponseAction"`
}

// A WebhookQuery is what stands in the URL of a webhook besides the URL that
// the app configured.
type WebhookQuery struct {
	AppID       uint32
	Command     string // one of the Callback constants
	ClientIP    string // "" leaves it out, as in the alarm
	OptPlatform string // one of the Platform constants
	RequestID   string // the same at every attempt; "" leaves it out
	Token       string // signs the request; "" does not
	Time        int64  // Unix seconds of the attempt
}

// URL puts the query behind the URL of the app's back end, which may have one
// of its own.
func (q *WebhookQuery) URL(base string) string {
	values := url.Values{
		"SdkAppid":        {strconv.FormatUint(uint64(q.AppID), 10)},
		"CallbackCommand": {q.Command},
		"contenttype":     {"json"},
		"OptPlatform":     {q.OptPlatform},
	}
	if q.ClientIP != "" {
		values.Set("ClientIP", q.ClientIP)
	}
	if q.RequestID != "" {
		values.Set("RequestId", q.RequestID)
	}
	if q.Token != "" {
		at := strconv.FormatInt(q.Time, 10)
		values.Set("RequestTime", at)
		values.Set("Sign", WebhookSign(q.Token, at))
	}
	join := "?"
	if strings.Contains(base, "?") {
		join = "&"
	}
	return base + join + values.Encode()
}

// WebhookSign signs a webhook: requestTime is its RequestTime in decimal
// digits. The receiver makes the same of the token it shares, and refuses what
// is more than 60 seconds old.
func WebhookSign(token, requestTime string) string {
	sum := sha256.Sum256([]byte(token + requestTime))
	return hex.EncodeToString(sum[:])
}

// WebhookReply is what an app's back end answers to a webhook. Members that it
// leaves out are empty.
type WebhookReply struct {
	ActionStatus string `json:"ActionStatus"`
	ErrorCode    int64  `json:"ErrorCode"`
	ErrorInfo    string `json:"ErrorInfo"`
	// ResultItem answers a question for each account; those it leaves out
	// have code 0.
	ResultItem []ResultItem `json:"ResultItem,omitempty"`
}

// Failed tells whether the back end says that it could not handle the webhook.
func (r *WebhookReply) Failed() bool {
	return r.ErrorCode != 0 || strings.EqualFold(r.ActionStatus, ActionFail)
}

// tolerant reads what back ends in use answer.
var tolerant = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// DecodeWebhookReply reads the reply to a webhook. An error says that it is
// not JSON ([ErrNotJSON]) or not of the documented types.
func DecodeWebhookReply(body []byte) (r WebhookReply, err error) {
	if err := IsJSON(body); err != nil {
		return r, err
	}
	if err := json.Unmarshal(trimBOM(body), &r, tolerant); err != nil {
		return r, errors.New("the answer is JSON, but not an object with ActionStatus, ErrorCode, ErrorInfo and ResultItem of the documented types")
	}
	return r, nil
}

// ErrNotJSON says that something is not JSON.
var ErrNotJSON = errors.New("the answer is not JSON")

// IsJSON is nil if body is one JSON value, as every reply to a webhook must
// be.
func IsJSON(body []byte) error {
	body = trimBOM(body)
	if len(body) == 0 {
		return fmt.Errorf("%w: it is empty", ErrNotJSON)
	}
	if !jsontext.Value(body).IsValid(tolerant) {
		return ErrNotJSON
	}
	return nil
}
