package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// An adminClient is how the commands of "kith app" reach a server. It is their
// common flags.
type adminClient struct {
	AdminURL   string `default:"http://127.0.0.1:8081" placeholder:"URL" env:"KITH_ADMIN_URL" help:"Where the server listens for administrators."`
	AdminToken string `placeholder:"TOKEN" env:"KITH_ADMIN_TOKEN" help:"The administrators' token. By default, the one in --data."`
	Data       string `default:"./kith-data" placeholder:"DIR" env:"KITH_DATA" help:"Data directory of the server, to read the token from."`
	JSON       bool   `name:"json" help:"Print what the server answered, as JSON."`
}

// adminTimeout bounds a request; to delete an app the server waits for calls.
const adminTimeout = time.Minute

// call makes a request and returns the answer. body may be nil. A refusal is
// an error with the server's words.
func (c *adminClient) call(method, path string, query url.Values, body any) ([]byte, error) {
	token, err := c.token()
	if err != nil {
		return nil, err
	}
	var text []byte
	if body != nil {
		if text, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), adminTimeout)
	defer cancel()
	address := strings.TrimSuffix(c.AdminURL, "/") + "/v1/" + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("--admin-url: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%w; is the server running, and --admin-url right?", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= 300 || !aboutApps(answer) {
		return nil, refusal(response.Status, answer)
	}
	return answer, nil
}

// token is the one given, or that of the server's data directory.
func (c *adminClient) token() (string, error) {
	if c.AdminToken != "" {
		return c.AdminToken, nil
	}
	token, err := readToken(filepath.Join(c.Data, tokenFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%w; name the server's data directory with --data, or give the token in KITH_ADMIN_TOKEN", err)
	}
	return token, err
}

// aboutApps tells whether an answer can be one of the administrators'
// interface; the protocol's listener answers anything with 200.
func aboutApps(answer []byte) bool {
	var about struct {
		ID   uint32            `json:"sdkappid"`
		Apps []json.RawMessage `json:"apps"`
	}
	return json.Unmarshal(answer, &about) == nil && (about.ID != 0 || about.Apps != nil)
}

// refusal is what a server said that did not do as it was asked.
func refusal(status string, answer []byte) error {
	var said struct {
		Error string `json:"error"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || said.Error == "" {
		return fmt.Errorf("the server answered %s, which is not what an administrators' interface says; check --admin-url", status)
	}
	return errors.New(said.Error)
}
