package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kith/client"
	"kith/wire"
)

const (
	appID  = 1400000000
	secret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// newClient returns a client of a server that answers with handler, and whose
// calls are not repeated unless change says so.
func newClient(t *testing.T, handler http.HandlerFunc, change ...func(*client.Config)) *client.Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	config := client.Config{BaseURL: server.URL + "/", AppID: appID, Secret: secret, HTTP: server.Client(), Retries: -1}
	for _, edit := range change {
		edit(&config)
	}
	return client.New(config)
}

var (
	read  = wire.FriendGet{FromAccount: "alice", StartIndex: wire.IntOf(0)}
	write = wire.FriendDeleteAll{FromAccount: "alice"}
)

func TestCallSendsWhatTheProtocolWants(t *testing.T) {
	c := newClient(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got := fmt.Sprint(r.Method, " ", r.URL.Path, " ", q["sdkappid"], q["identifier"], q["contenttype"], " ", string(body))
		want := `POST /v4/sns/friend_delete_all [1400000000] [administrator] [json] {"From_Account":"alice"}`
		if got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
		if q.Get("usersig") == "" || q.Get("random") == "" {
			t.Errorf("no usersig or no random in %v", q)
		}
		fmt.Fprint(w, ok)
	})
	if err := c.FriendDeleteAll(t.Context(), write); err != nil {
		t.Error(err)
	}
}

func TestRefusalCarriesCodeAndText(t *testing.T) {
	c := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"ActionStatus":"FAIL","ErrorCode":30003,"ErrorInfo":"no account","ErrorDisplay":"import it"}`)
	})
	reply, err := c.FriendGet(t.Context(), read)
	refusal, ok := errors.AsType[*wire.Error](err)
	if !ok || *refusal != (wire.Error{Code: 30003, Info: "no account", Display: "import it"}) {
		t.Errorf("FriendGet = %v, want the refusal as it was sent", err)
	}
	if reply.ErrorCode != 0 || !strings.HasPrefix(fmt.Sprint(err), "friend_get: ") {
		t.Errorf("FriendGet = %+v, %v; want no reply, and an error that names the command", reply, err)
	}
}

func TestRefusedItemsAreNoError(t *testing.T) {
	c := newClient(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"ResultItem":[{"To_Account":"bob","ResultCode":30003,"ResultInfo":"x"}],"Fail_Account":["bob"],`+ok[1:])
	})
	reply, err := c.FriendAdd(t.Context(), wire.FriendAdd{FromAccount: "alice"})
	if err != nil || len(reply.ResultItem) != 1 || reply.ResultItem[0].ResultCode != 30003 {
		t.Errorf("FriendAdd = %+v, %v; want the refused item and no error", reply, err)
	}
}

// TestBadServers: whatever a server does, the error says what happened, and is
// no refusal.
func TestBadServers(t *testing.T) {
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    string
	}{
		"HTTP 500": {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "oops", 500) }, "HTTP status 500 Internal Server Error"},
		"garbage":  {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }, "read a reply"},
		"empty":    {func(http.ResponseWriter, *http.Request) {}, "read a reply"},
		"cut short": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, `{"ActionStatus"`)
		}, "unexpected EOF"},
		"hangs up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
		"redirects": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere?"+r.URL.RawQuery, http.StatusTemporaryRedirect)
		}, "HTTP status 307 Temporary Redirect"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, test.handler, func(c *client.Config) { c.HTTP = nil })
			_, err := c.FriendGet(t.Context(), read)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("FriendGet = %v, want %q in it", err, test.want)
			}
			if _, ok := errors.AsType[*wire.Error](err); ok {
				t.Errorf("FriendGet = %v, which is a refusal by the protocol", err)
			}
		})
	}
}

// hang answers when the caller has gone.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.ReadAll(r.Body) // so that the end of the connection is noticed
	<-r.Context().Done()
}

func TestHangingServer(t *testing.T) {
	t.Run("context", func(t *testing.T) {
		c := newClient(t, hang, func(c *client.Config) { c.Retries = 100 })
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if _, err := c.FriendGet(ctx, read); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("FriendGet = %v, want that the time was over", err)
		}
	})
	t.Run("client", func(t *testing.T) {
		c := newClient(t, hang, func(c *client.Config) { c.HTTP = &http.Client{Timeout: 50 * time.Millisecond} })
		if _, err := c.FriendGet(t.Context(), read); err == nil || !strings.Contains(err.Error(), "Client.Timeout") {
			t.Errorf("FriendGet = %v, want that the client's time was over", err)
		}
	})
}

// TestNoUserSigInErrors makes every kind of error, by servers that send back
// what they were sent, and looks for the UserSig.
func TestNoUserSigInErrors(t *testing.T) {
	var sig, escaped string
	echo := func(answer func(w http.ResponseWriter, query string)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			sig = r.URL.Query().Get("usersig")
			_, escaped, _ = strings.Cut(r.URL.RawQuery, "usersig=")
			escaped, _, _ = strings.Cut(escaped, "&")
			answer(w, "sig "+sig+" as "+escaped)
		}
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		change  func(*client.Config)
	}{
		"refusal": {handler: echo(func(w http.ResponseWriter, q string) {
			text, _ := json.Marshal(q)
			fmt.Fprintf(w, `{"ActionStatus":"FAIL","ErrorCode":60002,"ErrorInfo":%s,"ErrorDisplay":%[1]s}`, text)
		})},
		"member of the wrong type": {handler: echo(func(w http.ResponseWriter, q string) {
			text, _ := json.Marshal(q)
			fmt.Fprintf(w, `{%s:1,"ErrorCode":%[1]s}`, text)
		})},
		"twice the same member": {handler: echo(func(w http.ResponseWriter, q string) {
			text, _ := json.Marshal(q)
			fmt.Fprintf(w, `{%s:1,%[1]s:2}`, text)
		})},
		"location": {handler: echo(func(w http.ResponseWriter, q string) {
			w.Header().Set("Location", "http://%zz/"+q)
			w.WriteHeader(http.StatusFound)
		}), change: func(c *client.Config) { c.HTTP = &http.Client{} }},
		"status": {handler: echo(func(w http.ResponseWriter, q string) { http.Error(w, q, http.StatusTeapot) })},
		"hangs":  {handler: hang, change: func(c *client.Config) { c.HTTP = &http.Client{Timeout: 20 * time.Millisecond} }},
		"no URL": {handler: hang, change: func(c *client.Config) { c.BaseURL = "http://a b" }},
		"nobody": {handler: hang, change: func(c *client.Config) { c.BaseURL = "http://127.0.0.1:1" }},
	} {
		t.Run(name, func(t *testing.T) {
			sig, escaped = "", ""
			change := test.change
			if change == nil {
				change = func(*client.Config) {}
			}
			_, err := newClient(t, test.handler, change).FriendGet(t.Context(), read)
			if err == nil {
				t.Fatal("no error")
			}
			text := fmt.Sprintf("%v %+v %#v", err, err, err)
			if e, ok := errors.AsType[*wire.Error](err); ok {
				text += e.Info + e.Display
				if e.Code != wire.CodeURL {
					t.Errorf("code %d, want that of the refusal", e.Code)
				}
			}
			if strings.Contains(text, "usersig") || sig != "" && (strings.Contains(text, sig) || strings.Contains(text, escaped)) {
				t.Errorf("the UserSig stands in the error %s", text)
			}
		})
	}
}
