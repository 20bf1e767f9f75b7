package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

type webhookCmd struct {
	Show   showWebhookCmd   `cmd:"" help:"Show the webhook of an app and what waits to be sent."`
	Set    setWebhookCmd    `cmd:"" help:"Set where an app is told of events, and how."`
	Test   testWebhookCmd   `cmd:"" help:"Send a probe and explain what came back."`
	Log    logWebhookCmd    `cmd:"" help:"List the latest deliveries, the newest first."`
	Dead   deadWebhookCmd   `cmd:"" help:"List the events that were given up, the newest first."`
	Replay replayWebhookCmd `cmd:"" help:"Send events again."`
}

// Help is what --help says below the usage.
func (webhookCmd) Help() string {
	return `A webhook tells an app's back end of every change of its users' relationships, and asks it before its end users add friends.

Examples:
  kith app webhook set 1400000000 url=http://127.0.0.1:9000/kith token=a-secret-of-your-own
  kith app webhook test 1400000000
  kith app webhook log 1400000000
  kith app webhook replay 1400000000 --since 2h`
}

// A hookedApp names the app whose webhook a command is about.
type hookedApp struct{ oneApp }

func (c *hookedApp) path() string { return c.oneApp.path() + "/webhook" }

type showWebhookCmd struct {
	hookedApp
	Secrets bool `help:"Show the token."`
}

// Run shows the webhook.
func (c *showWebhookCmd) Run() error {
	answer, err := c.call(http.MethodGet, c.path(), secretsQuery(c.Secrets), nil)
	if err != nil {
		return err
	}
	return c.printWebhook(os.Stdout, answer)
}

type setWebhookCmd struct {
	hookedApp
	Set []string `arg:"" name:"key=value" help:"What to change."`
}

// Help is what --help says below the flags.
func (setWebhookCmd) Help() string {
	return `Keys:
  url             where to send to; empty sends nothing
  token           signs every request; empty signs none
  commands        what to send, separated by commas: Sns.CallbackFriendAdd and the like, or
                  after (default: all that tell), before (those that ask), all, none
  before_failure  allow or deny: what happens when the back end cannot be asked
  retry           on or off: off makes one attempt, as the hosted service does
  retry_for       how long an event is tried, as in 24h
  accept          200 or 2xx: which HTTP status is success
  single_pair     on tells of a new friendship in one direction only
  root_certs      @FILE (PEM): whom to believe that they are the back end
  client_cert, client_key  @FILE (PEM): who we are

A value that begins with @ is read from the file that follows. Either all of the changes are made, or none.

Examples:
  kith app webhook set 1400000000 url=https://example.com/kith token=@token.txt commands=all before_failure=deny
  kith app webhook set 1400000000 url=`
}

// Run changes the webhook.
func (c *setWebhookCmd) Run() error {
	body := map[string]any{}
	for _, pair := range c.Set {
		key, text, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return fmt.Errorf("%q is not a key=value", pair)
		}
		value, err := webhookValue(key, text)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		body[key] = value
	}
	answer, err := c.call(http.MethodPatch, c.path(), nil, body)
	if err != nil {
		return err
	}
	return c.printWebhook(os.Stdout, answer)
}

// webhookValue is what a value means to the administrators' interface.
func webhookValue(key, text string) (any, error) {
	if file, ok := strings.CutPrefix(text, "@"); ok {
		content, err := os.ReadFile(file)
		return strings.TrimSpace(string(content)), err
	}
	switch key {
	case "commands":
		return append([]string{}, items(text)...), nil
	case "retry", "single_pair":
		switch text {
		case "on", "true":
			return true, nil
		case "off", "false":
			return false, nil
		}
		return nil, fmt.Errorf("must be on or off, not %q", text)
	case "retry_for":
		d, err := time.ParseDuration(text)
		if err != nil || d < time.Second || d%time.Second != 0 {
			return nil, fmt.Errorf("%q is no time of whole seconds; write one such as 24h", text)
		}
		return int64(d / time.Second), nil
	}
	return text, nil
}

type testWebhookCmd struct{ hookedApp }

// Run sends the probe.
func (c *testWebhookCmd) Run() error {
	answer, err := c.call(http.MethodPost, c.path()+"/test", nil, nil)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(os.Stdout, answer)
	}
	var result struct {
		OK      bool    `json:"ok"`
		Status  int     `json:"status"`
		TookMS  float64 `json:"took_ms"`
		Problem string  `json:"problem"`
		Answer  string  `json:"answer"`
	}
	if err := json.Unmarshal(answer, &result); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	fmt.Printf("took      %.1f ms\n", result.TookMS)
	if result.Status != 0 {
		fmt.Printf("status    %d\nanswer    %s\n", result.Status, strconv.Quote(result.Answer))
	}
	if !result.OK {
		fmt.Printf("problem   %s\n", result.Problem)
		return fmt.Errorf("the back end did not answer a probe as it must: HTTP status 200 and JSON, within 2 seconds")
	}
	fmt.Println("the back end answers as it must")
	return nil
}

type logWebhookCmd struct {
	hookedApp
	State  string `enum:",pending,delivered,dead" default:"" placeholder:"STATE" help:"Only those in this state: pending, delivered or dead."`
	Limit  int    `default:"50" placeholder:"N" help:"How many, 1000 at most."`
	Before uint64 `placeholder:"EVENT" help:"Only those with lower numbers."`
}

// Run lists deliveries.
func (c *logWebhookCmd) Run() error {
	query := pageQuery(c.Limit, c.Before)
	if c.State != "" {
		query.Set("state", c.State)
	}
	answer, err := c.call(http.MethodGet, c.path()+"/log", query, nil)
	if err != nil {
		return err
	}
	return c.printDeliveries(os.Stdout, answer)
}

func pageQuery(limit int, before uint64) url.Values {
	query := url.Values{"limit": {strconv.Itoa(limit)}}
	if before > 0 {
		query.Set("before", strconv.FormatUint(before, 10))
	}
	return query
}

type deadWebhookCmd struct {
	hookedApp
	Limit  int    `default:"50" placeholder:"N" help:"How many, 1000 at most."`
	Before uint64 `placeholder:"EVENT" help:"Only those with lower numbers."`
}

// Run lists what was given up.
func (c *deadWebhookCmd) Run() error {
	answer, err := c.call(http.MethodGet, c.path()+"/dead", pageQuery(c.Limit, c.Before), nil)
	if err != nil {
		return err
	}
	return c.printDeliveries(os.Stdout, answer)
}

type replayWebhookCmd struct {
	hookedApp
	From  uint64 `xor:"which" required:"" placeholder:"EVENT" help:"From this event on."`
	Since string `xor:"which" required:"" placeholder:"TIME" help:"From this time on, as in 2026-01-31T12:00:00Z, or from so long ago, as in 2h."`
	Dead  bool   `xor:"which" required:"" help:"All that was given up."`
}

// Help is what --help says below the flags.
func (replayWebhookCmd) Help() string {
	return `Events are sent again as they were, with the RequestId that they had, so that the back end can tell those that it knows. Those of commands that the webhook does not want at present are left out.`
}

// Run replays.
func (c *replayWebhookCmd) Run() error {
	body := map[string]any{}
	switch {
	case c.Dead:
		body["dead"] = true
	case c.Since != "":
		since, err := sinceTime(c.Since, time.Now())
		if err != nil {
			return err
		}
		body["since"] = since
	default:
		body["from"] = c.From
	}
	answer, err := c.call(http.MethodPost, c.path()+"/replay", nil, body)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(os.Stdout, answer)
	}
	var result struct {
		Replayed int `json:"replayed"`
	}
	if err := json.Unmarshal(answer, &result); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	fmt.Printf("%d events will be sent again\n", result.Replayed)
	return nil
}

// sinceTime is a time, or one so long before now.
func sinceTime(text string, now time.Time) (time.Time, error) {
	if ago, err := time.ParseDuration(text); err == nil {
		return now.Add(-ago), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, fmt.Errorf("--since: %q is neither a time such as 2026-01-31T12:00:00Z nor one such as 2h", text)
	}
	return at, nil
}
