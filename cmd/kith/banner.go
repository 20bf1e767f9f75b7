package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"time"

	"kith/internal/apps"
	"kith/usersig"
)

// trialValidity is how long the UserSig in the curl command of the first start
// is valid.
const trialValidity = 24 * time.Hour

// greet says which app is served, where, and, if this start made one, how to
// try it.
func (c *serveCmd) greet(w io.Writer, directory *apps.Directory, app servedApp, l *listeners) error {
	var text bytes.Buffer
	switch {
	case app.secret != "":
		if err := c.introduce(&text, directory, app, l); err != nil {
			return err
		}
	case app.made:
		fmt.Fprintf(&text, "Kith made SDKAppID %d, with the secret it was given, in %s.\n", app.id, c.place())
	default:
		for _, a := range directory.List() {
			fmt.Fprintf(&text, "Kith serves SDKAppID %d, kept in %s. Its secret is not shown again.\n", a.ID, c.place())
		}
	}
	_, err := w.Write(text.Bytes())
	return err
}

// place is where the rows are kept. A connection string is not shown: it may
// have a password.
func (c *serveCmd) place() string {
	if c.Store != "" {
		return "the database"
	}
	return c.Data
}

// introduce shows an app that was just made with a secret that nobody has seen.
func (c *serveCmd) introduce(w io.Writer, directory *apps.Directory, app servedApp, l *listeners) error {
	made, _ := directory.Get(app.id)
	admin := string(made.Admins[0])
	sig, err := usersig.New(uint32(app.id), app.secret, admin, time.Now(), trialValidity)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, `Kith made an app and keeps it in %s.

  SDKAppID       %d
  Secret         %s
  Administrator  %s

The secret is not shown again. Whoever has it can make a UserSig for anyone.

Try it. This imports alice and bob, and makes bob a friend of alice:

`, c.place(), app.id, app.secret, admin)
	query := fmt.Sprintf("sdkappid=%d&identifier=%s&usersig=%s&random=%d&contenttype=json",
		app.id, url.QueryEscape(admin), url.QueryEscape(sig), rand.Uint32())
	fmt.Fprintf(w, "%s\n\n", curlCommand(l, query))
	if !l.trusted {
		fmt.Fprintf(w, "It has -k because this machine does not trust the certificate of --tls-cert for %s.\n\n", l.reach)
	}
	return nil
}

// curlCommand is a command for a shell that makes two calls with one query.
func curlCommand(l *listeners, query string) string {
	options := `-sS -w '\n'`
	if !l.trusted {
		options = "-k " + options
	}
	call := func(command, body string) string {
		return fmt.Sprintf("%s '%s/v4/%s?%s' \\\n  -d '%s'", options, l.reach, command, query, body)
	}
	return "curl " + call("im_open_login_svc/multiaccount_import", `{"Accounts":["alice","bob"]}`) +
		" \\\n  --next " + call("sns/friend_add", `{"From_Account":"alice","AddFriendItem":[{"To_Account":"bob","AddSource":"AddSource_Type_Kith"}]}`)
}
