package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
)

type appCmd struct {
	Create        createAppCmd  `cmd:"" help:"Make an app."`
	List          listAppsCmd   `cmd:"" help:"List the apps."`
	Show          showAppCmd    `cmd:"" help:"Show an app and its settings."`
	Set           setAppCmd     `cmd:"" help:"Change the settings of an app, at once."`
	RotateSecret  rotateCmd     `cmd:"" help:"Give an app a new secret; the last one stays valid, too."`
	DropOldSecret dropSecretCmd `cmd:"" help:"Leave an app its newest secret alone."`
	Enable        enableAppCmd  `cmd:"" help:"Serve the calls of an app again."`
	Disable       disableAppCmd `cmd:"" help:"Refuse the calls of an app."`
	Delete        deleteAppCmd  `cmd:"" help:"Delete an app with everything in it."`
	Webhook       webhookCmd    `cmd:"" help:"Look after what an app is told and asked."`
}

// Help is what --help says below the usage.
func (appCmd) Help() string {
	return `These commands talk to the administrators' interface of a running server.

Examples:
  kith app list
  kith app set 1400000000 max_friends=5000 strict_lists=true
  kith app rotate-secret 1400000000 --secrets`
}

// An oneApp names the app that a command is about.
type oneApp struct {
	adminClient
	ID uint32 `arg:"" name:"sdkappid" help:"SDKAppID of the app."`
}

func (c *oneApp) path() string { return "apps/" + strconv.FormatUint(uint64(c.ID), 10) }

// A shownApp is a command that shows an app when it is done.
type shownApp struct {
	oneApp
	Secrets bool `help:"Show the secrets of the app."`
}

// do makes a request about the app and shows the answer.
func (c *shownApp) do(method, below string, body any) error {
	answer, err := c.call(method, c.path()+below, secretsQuery(c.Secrets), body)
	if err != nil {
		return err
	}
	return c.printApp(os.Stdout, answer)
}

func secretsQuery(wanted bool) url.Values {
	if wanted {
		return url.Values{"secrets": {"1"}}
	}
	return nil
}

type createAppCmd struct {
	adminClient
	AppID   uint32   `placeholder:"N" help:"SDKAppID of the app. By default, the next free one."`
	Name    string   `placeholder:"NAME" help:"Name of the app. By default app-N."`
	Admin   []string `placeholder:"USERID" help:"Who may call for the app; can be repeated. Default: ${defaultAdmin}."`
	Secrets bool     `help:"Show the secret of the app."`
	Set     []string `arg:"" optional:"" name:"key=value" help:"Settings, as for kith app set."`
}

// Run makes the app.
func (c *createAppCmd) Run() error {
	body, err := changes(c.Set)
	if err != nil {
		return err
	}
	if c.AppID != 0 {
		body["sdkappid"] = c.AppID
	}
	if c.Name != "" {
		body["name"] = c.Name
	}
	if len(c.Admin) > 0 {
		body["admins"] = c.Admin
	}
	answer, err := c.call(http.MethodPost, "apps", secretsQuery(c.Secrets), body)
	if err != nil {
		return err
	}
	return c.printApp(os.Stdout, answer)
}

type listAppsCmd struct {
	adminClient
	Secrets bool `help:"Show the secrets of the apps."`
}

// Run lists the apps.
func (c *listAppsCmd) Run() error {
	answer, err := c.call(http.MethodGet, "apps", secretsQuery(c.Secrets), nil)
	if err != nil {
		return err
	}
	return c.printApps(os.Stdout, answer)
}

type showAppCmd struct{ shownApp }

// Run shows the app.
func (c *showAppCmd) Run() error { return c.do(http.MethodGet, "", nil) }

type setAppCmd struct {
	shownApp
	Set []string `arg:"" name:"key=value" help:"What to change: name, admins, or a setting that kith app show names."`
}

// Help is what --help says below the flags.
func (setAppCmd) Help() string {
	return `Lists are separated by commas; friend_fields and profile_fields can be "any", too. Either all of the changes are made, or none.

Examples:
  kith app set 1400000000 name=shop admins=root,deputy
  kith app set 1400000000 default_allow_type=AllowType_Type_NeedConfirm friend_fields=Level,Note`
}

// Run changes the app.
func (c *setAppCmd) Run() error {
	body, err := changes(c.Set)
	if err != nil {
		return err
	}
	return c.do(http.MethodPatch, "", body)
}

type rotateCmd struct{ shownApp }

// Run makes the new secret.
func (c *rotateCmd) Run() error { return c.do(http.MethodPost, "/rotate-secret", nil) }

type dropSecretCmd struct{ shownApp }

// Run drops the old secret.
func (c *dropSecretCmd) Run() error { return c.do(http.MethodDelete, "/old-secret", nil) }

type enableAppCmd struct{ shownApp }

// Run enables the app.
func (c *enableAppCmd) Run() error { return c.do(http.MethodPost, "/enable", nil) }

type disableAppCmd struct{ shownApp }

// Run disables the app.
func (c *disableAppCmd) Run() error { return c.do(http.MethodPost, "/disable", nil) }

type deleteAppCmd struct {
	oneApp
	Name string `placeholder:"NAME" help:"Name of the app, to show that it is the right one. Without, it is asked for."`
}

// Run deletes the app.
func (c *deleteAppCmd) Run() error {
	if c.Name == "" {
		fmt.Fprintf(os.Stderr, "This deletes app %d with everything in it, for good. Its name, to go on: ", c.ID)
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if c.Name = strings.TrimSpace(line); c.Name == "" {
			return errors.Join(errors.New("nothing was deleted"), ignoreEOF(err))
		}
	}
	answer, err := c.call(http.MethodDelete, c.path(), url.Values{"name": {c.Name}}, nil)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(os.Stdout, answer)
	}
	_, err = fmt.Printf("deleted app %d\n", c.ID)
	return err
}

// changes is the body that makes changes given as key=value.
func changes(pairs []string) (map[string]any, error) {
	body, settings := map[string]any{}, map[string]any{}
	for _, pair := range pairs {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return nil, fmt.Errorf("%q is not a key=value", pair)
		}
		switch key = strings.TrimPrefix(key, "settings."); key {
		case "name":
			body[key] = value
		case "admins":
			body[key] = items(value)
		case "friend_fields", "profile_fields":
			settings[key] = items(value)
			if value == "any" {
				settings[key] = nil
			}
		default:
			settings[key] = literal(value)
		}
	}
	if len(settings) > 0 {
		body["settings"] = settings
	}
	return body, nil
}

// items are the parts of a list that is separated by commas.
func items(value string) []string {
	return slices.DeleteFunc(strings.Split(value, ","), func(s string) bool { return s == "" })
}

// literal is what a value means as JSON: true, false, a whole number, or a
// text.
func literal(value string) any {
	switch {
	case value == "true", value == "false":
		return value == "true"
	case json.Valid([]byte(value)) && strings.Trim(value, "-0123456789") == "":
		return json.Number(value)
	}
	return value
}
