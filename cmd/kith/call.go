package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"kith/client"
	"kith/wire"
)

// callCmd makes one call of the protocol.
type callCmd struct {
	Command string `arg:"" placeholder:"SERVICE/COMMAND" help:"What to call, such as sns/friend_check."`

	From string   `placeholder:"USERID" help:"From_Account, or the account that the call is about."`
	To   []string `placeholder:"USERID" help:"To_Account, or the accounts of the items; can be repeated."`
	JSON string   `name:"json" placeholder:"BODY" help:"The whole body as JSON; - reads it from standard input."`

	URL        string `default:"http://127.0.0.1:8080" placeholder:"URL" env:"KITH_URL" help:"The server."`
	AppID      uint32 `default:"${defaultApp}" placeholder:"N" env:"KITH_APP_ID" help:"SDKAppID of the app."`
	AppSecret  string `required:"" placeholder:"SECRET" env:"KITH_APP_SECRET" help:"Secret key of the app."`
	Identifier string `default:"${defaultAdmin}" placeholder:"USERID" env:"KITH_IDENTIFIER" help:"Who calls."`
}

// Help is what --help says below the flags.
func (callCmd) Help() string {
	return `The answer is printed as indented JSON. The exit code is 0 if it is OK, also with items refused.

Examples:
  kith call sns/friend_check --from alice --to bob
  kith call sns/friend_get --from alice
  kith call im_open_login_svc/account_check --to alice --to bob
  echo '{"From_Account":"alice","GroupName":["Work"]}' | kith call sns/group_add --json -`
}

// Run makes the call and prints the answer.
func (c *callCmd) Run() error {
	command, err := c.command()
	if err != nil {
		return err
	}
	body, err := c.body(command.Name, os.Stdin)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	answer, err := client.New(client.Config{BaseURL: c.URL, AppID: c.AppID, Secret: c.AppSecret, Identifier: c.Identifier}).CallRaw(ctx, command, body)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, answer, "", "  "); err != nil {
		return fmt.Errorf("the answer is not JSON: %w", err)
	}
	fmt.Println(out.String())
	var head wire.Head
	if err := wire.DecodeReply(answer, &head); err != nil {
		return err
	}
	return head.Err()
}

func (c *callCmd) command() (wire.Command, error) {
	service, name, ok := strings.Cut(c.Command, "/")
	family := wire.FamilyOf(service)
	if !ok || family == wire.Gateway {
		return wire.Command{}, fmt.Errorf("%q is no command: write SERVICE/COMMAND, such as sns/friend_check", c.Command)
	}
	return wire.Command{Family: family, Name: name}, nil
}

// body is what --json gives, or what --from and --to make.
func (c *callCmd) body(command string, stdin io.Reader) ([]byte, error) {
	switch {
	case c.JSON == "-":
		return io.ReadAll(stdin)
	case c.JSON != "":
		return []byte(c.JSON), nil
	}
	make, ok := bodies[command]
	if !ok {
		return nil, errors.New("the body of " + c.Command + " must be given: --json BODY")
	}
	var to []wire.Account
	for _, id := range c.To {
		to = append(to, wire.Account(id))
	}
	return wire.Append(nil, make(wire.Account(c.From), to))
}
