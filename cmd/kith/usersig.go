package main

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"kith/usersig"
)

type userSigCmd struct {
	Make   makeSigCmd   `cmd:"" default:"withargs" help:"Make a UserSig and print it (the default)."`
	Verify verifySigCmd `cmd:"" help:"Explain a UserSig: what it says, and whether the server would take it."`
}

// Help is what --help says below the usage.
func (userSigCmd) Help() string {
	return `"kith usersig" with the flags of "kith usersig make" is short for it.

Examples:
  kith usersig --app-id 1400000000 --app-secret 0123...cdef --identifier administrator
  kith usersig verify eJyrVgrx... --app-secret 0123...cdef`
}

type makeSigCmd struct {
	AppID      uint32        `required:"" placeholder:"N" env:"KITH_APP_ID" help:"SDKAppID of the app."`
	AppSecret  string        `required:"" placeholder:"SECRET" env:"KITH_APP_SECRET" help:"Secret key of the app. Other users of the machine can see a command line; the environment is private."`
	Identifier string        `required:"" placeholder:"USERID" help:"Who is to use it: an administrator for calls of a server, else the user."`
	Expire     time.Duration `default:"4320h" placeholder:"TIME" help:"How long it is valid."`
}

// Help is what --help says below the flags.
func (makeSigCmd) Help() string {
	return `Example:
  kith usersig --app-id 1400000000 --app-secret 0123...cdef --identifier administrator --expire 24h`
}

// Run prints the UserSig.
func (c *makeSigCmd) Run() error {
	sig, err := usersig.New(c.AppID, c.AppSecret, c.Identifier, time.Now(), c.Expire)
	if err != nil {
		return err
	}
	fmt.Println(sig)
	return nil
}

type verifySigCmd struct {
	Sig        string   `arg:"" default:"-" help:"The UserSig, as it is or as it stands in a URL, or - to read it from standard input."`
	AppID      uint32   `placeholder:"N" env:"KITH_APP_ID" help:"SDKAppID that the call names. By default, the one in the UserSig."`
	AppSecret  []string `sep:"none" placeholder:"SECRET" env:"KITH_APP_SECRET" help:"Secret key of the app. Can be repeated, as an app may have two."`
	Identifier string   `placeholder:"USERID" help:"Identifier that the call names. By default, the one in the UserSig."`
}

// Help is what --help says below the flags.
func (verifySigCmd) Help() string {
	return `It exits with 1 if the UserSig does not verify, and says why, with the code that the server would answer. What only the server knows is left out: whether the identifier is an administrator (60010) and was not kicked since (70052).

Example:
  kith usersig verify eJyrVgrx... --app-secret 0123...cdef --app-id 1400000000 --identifier administrator`
}

// Run explains the UserSig.
func (c *verifySigCmd) Run() error {
	text, err := c.read(os.Stdin)
	if err != nil {
		return err
	}
	return c.explain(os.Stdout, text, time.Now())
}

// read returns the UserSig as it was before it was put into a URL.
func (c *verifySigCmd) read(stdin io.Reader) (string, error) {
	text := c.Sig
	if text == "-" {
		all, err := io.ReadAll(io.LimitReader(stdin, 1<<20))
		if err != nil {
			return "", fmt.Errorf("read the UserSig: %w", err)
		}
		text = strings.TrimSpace(string(all))
	}
	if unescaped, err := url.PathUnescape(text); err == nil {
		text = unescaped
	}
	return text, nil
}

func (c *verifySigCmd) explain(w io.Writer, text string, now time.Time) error {
	s, err := usersig.Parse(text)
	if err != nil {
		return refused(w, err)
	}
	printFields(w, s, now)
	if len(c.AppSecret) == 0 {
		fmt.Fprintln(w, "verifies    unknown: give the secret key of the app with --app-secret or KITH_APP_SECRET")
		return errExplained
	}
	if err := s.Verify(c.appID(s), c.identifier(s), now, c.AppSecret...); err != nil {
		return refused(w, err)
	}
	fmt.Fprintln(w, "verifies    yes")
	return nil
}

// appID is the one that the call names; one that is too large for an SDKAppID
// fits none.
func (c *verifySigCmd) appID(s *usersig.Signature) uint32 {
	if c.AppID != 0 {
		return c.AppID
	}
	return uint32(s.AppID)
}

func (c *verifySigCmd) identifier(s *usersig.Signature) string {
	if c.Identifier != "" {
		return c.Identifier
	}
	return s.Identifier
}

func printFields(w io.Writer, s *usersig.Signature, now time.Time) {
	fmt.Fprintf(w, "identifier  %q\n", s.Identifier)
	fmt.Fprintf(w, "SDKAppID    %d\n", s.AppID)
	fmt.Fprintf(w, "issued      %s\n", moment(s.Issued))
	fmt.Fprintf(w, "validity    %d seconds\n", s.Expire)
	fmt.Fprintf(w, "expires     %s, %s\n", moment(s.ExpiresAt()), distance(s.ExpiresAt(), now.Unix()))
	if s.UserBuf != "" {
		fmt.Fprintf(w, "userbuf     %q\n", s.UserBuf)
	}
}

// lastMoment is the end of the year 9999, where the calendar of a UserSig ends.
const lastMoment = 253402300799

// moment writes a Unix time for people, as far as the calendar goes.
func moment(unix int64) string {
	if unix < 0 || unix > lastMoment {
		return fmt.Sprint(unix)
	}
	return fmt.Sprintf("%s (%d)", time.Unix(unix, 0).UTC().Format(time.DateTime+" UTC"), unix)
}

// distance says how far away a second is, in the largest unit that makes sense.
func distance(then, now int64) string {
	switch {
	case then < 0:
		return "long ago"
	case then > lastMoment:
		return "in the far future"
	case then < now:
		return span(now-then) + " ago"
	}
	return "in " + span(then-now)
}

func span(seconds int64) string {
	switch {
	case seconds >= 2*86400:
		return fmt.Sprintf("%d days", seconds/86400)
	case seconds >= 2*3600:
		return fmt.Sprintf("%d hours", seconds/3600)
	}
	return fmt.Sprintf("%d seconds", seconds)
}

// refused says why a UserSig does not verify.
func refused(w io.Writer, err error) error {
	refusal, ok := errors.AsType[*usersig.Error](err)
	if !ok {
		return err
	}
	fmt.Fprintf(w, "verifies    no: %s\n", refusal.Text)
	fmt.Fprintf(w, "code        %d\n", refusal.Code)
	return errExplained
}
