// Command kith is the server, and the few tools that go with it.
//
//	kith serve            run the server
//	kith app              look after the apps of a running server
//	kith migrate          bring the tables of a database up to date
//	kith copy             copy everything from one store to another
//	kith bench            measure a server under load
//	kith usersig          make a UserSig
//	kith usersig verify   explain a UserSig
//	kith version          say what this binary is
//
// It reads flags, environment and configuration file, wires the packages
// together, and holds no rule of the protocol.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"kith/internal/api"
	"kith/internal/apps"
)

// cli is the command line.
type cli struct {
	Serve   serveCmd   `cmd:"" help:"Run the server."`
	Call    callCmd    `cmd:"" help:"Make a call and print the answer."`
	App     appCmd     `cmd:"" help:"Look after the apps of a running server."`
	UserSig userSigCmd `cmd:"" name:"usersig" help:"Make or explain a UserSig, the credential of a call."`
	Migrate migrateCmd `cmd:"" help:"Bring the tables of a PostgreSQL database up to date."`
	Copy    copyCmd    `cmd:"" help:"Copy everything from one store to another."`
	Bench   benchCmd   `cmd:"" help:"Measure a server under load."`
	Ceiling ceilingCmd `cmd:"" name:"bench-ceiling" hidden:"" help:"Serve what kith bench measures its ceiling with."`
	Version versionCmd `cmd:"" help:"Say what this binary is."`
}

const description = `Kith keeps who knows whom for your apps, behind the server REST protocol of Tencent Cloud Chat.

Start it with "kith serve", and point an SDK at it.`

func main() {
	os.Exit(run(os.Args[1:]))
}

// run carries out a command line and returns the exit code: 0, or 1 after
// saying on standard error what is wrong.
func run(args []string) int {
	parser, err := newParser()
	if err != nil {
		return fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	if err := ignoreEmpty(parser.Model.Node); err != nil {
		return fail(err)
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		if parseErr, ok := errors.AsType[*kong.ParseError](err); ok {
			return fail(fmt.Errorf("%w (see %s --help)", err, commandOf(parseErr.Context)))
		}
		return fail(err)
	}
	if err := ctx.Run(); err != nil {
		return fail(err)
	}
	return 0
}

func newParser() (*kong.Kong, error) {
	return kong.New(&cli{},
		kong.Name("kith"),
		kong.Description(description),
		kong.Vars{"defaultApp": fmt.Sprint(apps.FirstID), "defaultAdmin": string(apps.DefaultAdmin), "defaultInFlight": fmt.Sprint(api.DefaultMaxInFlight)},
		kong.ValueFormatter(helpText),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.ExplicitGroups([]kong.Group{
			{Key: "address", Title: "Where it listens:"},
			{Key: "data", Title: "What it keeps:"},
			{Key: "app", Title: "The app it serves:", Description: "Without --app-id and --app-secret, the first start makes an app and prints its secret."},
			{Key: "webhook", Title: "What it sends:"},
			{Key: "log", Title: "What it logs:"},
			{Key: "limits", Title: "Limits:"},
		}),
	)
}

// ignoreEmpty makes a variable that is set to nothing count as not set, which is
// what it is for whoever fills it from another one that is not there. Only a
// flag that means something when empty keeps it.
func ignoreEmpty(node *kong.Node) error {
	return kong.Visit(node, func(v kong.Visitable, next kong.Next) error {
		flag, isFlag := v.(*kong.Flag)
		if !isFlag || flag.Name == "admin-listen" {
			return next(nil)
		}
		for _, name := range flag.Envs {
			if value, set := os.LookupEnv(name); set && value == "" {
				if err := os.Unsetenv(name); err != nil {
					return err
				}
			}
		}
		return next(nil)
	})
}

// helpText is what --help says of a flag: what it is for, what it is if it is
// not set, and the variable that sets it, too.
func helpText(value *kong.Value) string {
	text := value.Help
	if value.HasDefault {
		text += " Default: " + value.Default + "."
	}
	if len(value.Tag.Envs) > 0 {
		text += " [$" + value.Tag.Envs[0] + "]"
	}
	return text
}

// commandOf names the command that a command line was for, as far as it could
// be read.
func commandOf(ctx *kong.Context) string {
	if ctx == nil || ctx.Selected() == nil {
		return "kith"
	}
	return ctx.Selected().FullPath()
}

func fail(err error) int {
	if !errors.Is(err, errExplained) {
		fmt.Fprintf(os.Stderr, "kith: %v\n", err)
	}
	return 1
}

// errExplained ends a command that has said already why it failed.
var errExplained = errors.New("explained")
