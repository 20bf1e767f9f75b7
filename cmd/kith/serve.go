package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"os"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/alecthomas/kong"

	"kith/internal/admin"
	"kith/internal/api"
	"kith/internal/apps"
	"kith/internal/chain"
	"kith/internal/janitor"
	"kith/internal/metrics"
	"kith/internal/presence"
	"kith/internal/store"
	"kith/internal/webhook"
)

type serveCmd struct {
	Config string `placeholder:"FILE" env:"KITH_CONFIG" help:"TOML file with a key for each of these flags, named as the flag is."`

	Listen      string `group:"address" default:"127.0.0.1:8080" placeholder:"HOST:PORT" env:"KITH_LISTEN" help:"Where to serve the protocol. Port 0 picks a free one."`
	TLSCert     string `group:"address" placeholder:"FILE" env:"KITH_TLS_CERT" help:"Serve the protocol over TLS with this certificate (PEM, with the chain)."`
	TLSKey      string `group:"address" placeholder:"FILE" env:"KITH_TLS_KEY" help:"The private key of --tls-cert (PEM)."`
	AdminListen string `group:"address" default:"127.0.0.1:8081" placeholder:"HOST:PORT" env:"KITH_ADMIN_LISTEN" help:"Where to serve /healthz, /readyz and /metrics, to anyone who can connect, and /v1, to administrators. Empty turns them off."`
	AdminToken  string `group:"address" placeholder:"TOKEN" env:"KITH_ADMIN_TOKEN" help:"What administrators must know to use /v1. By default, a random one that the first start keeps in the file admin-token in --data."`

	TrustedProxy []netip.Prefix `group:"address" placeholder:"NET" env:"KITH_TRUSTED_PROXY" help:"Network of proxies whose X-Forwarded-For is believed, as in 10.0.0.0/8; can be repeated. Webhooks tell callers' addresses."`

	WebhookDeny     []netip.Prefix `group:"webhook" placeholder:"NET" env:"KITH_WEBHOOK_DENY" help:"Network that no webhook may reach, as in 10.0.0.0/8; can be repeated. For servers whose apps belong to others."`
	WebhookInFlight int            `group:"webhook" default:"16" placeholder:"N" env:"KITH_WEBHOOK_IN_FLIGHT" help:"How many events are sent to one app at a time."`

	Data      string   `group:"data" default:"./kith-data" placeholder:"DIR" env:"KITH_DATA" help:"Where to keep everything; made if need be."`
	CacheSize byteSize `group:"data" default:"256MiB" placeholder:"SIZE" env:"KITH_CACHE_SIZE" help:"Memory for rows: most of it for rows as they are used, the rest for what was read from disk and for changes on their way there. The process as a whole takes up to three times as much."`
	WarmUp    bool     `group:"data" default:"true" negatable:"" env:"KITH_WARM_UP" help:"After a start, read users and friends of --data until the memory for rows is nearly full, in the background."`

	databaseFlags
	Migrate bool `group:"data" default:"true" negatable:"" env:"KITH_MIGRATE" help:"Bring the tables of --store up to date before serving. Without it, kith migrate does it."`

	AppID     uint32         `group:"app" placeholder:"N" env:"KITH_APP_ID" help:"SDKAppID of an app to make, or to keep if it exists. With --app-secret alone: ${defaultApp}. Without a secret, an app that is made gets a random one, which is printed."`
	AppSecret string         `group:"app" placeholder:"SECRET" env:"KITH_APP_SECRET" help:"Secret key of the app. Another one than an existing app has is refused."`
	AppAdmin  []chain.UserID `group:"app" placeholder:"USERID" env:"KITH_APP_ADMIN" help:"Who may call for the app; can be repeated. An app that exists gets those it lacks; one that is made without gets ${defaultAdmin}."`

	LogLevel  string `group:"log" default:"info" enum:"debug,info,warn,error" placeholder:"LEVEL" env:"KITH_LOG_LEVEL" help:"The least that is logged: debug, info, warn or error."`
	LogFormat string `group:"log" default:"text" enum:"text,json" placeholder:"FORMAT" env:"KITH_LOG_FORMAT" help:"text or json, on standard error."`

	MaxBody         byteSize      `group:"limits" default:"8MiB" placeholder:"SIZE" env:"KITH_MAX_BODY" help:"The longest body of a call."`
	MaxInFlight     int           `group:"limits" default:"${defaultInFlight}" placeholder:"N" env:"KITH_MAX_IN_FLIGHT" help:"Calls carried out at once. Sixteen times as many may wait for 20 ms; others are refused at once (60008)."`
	ShutdownTimeout time.Duration `group:"limits" default:"10s" placeholder:"TIME" env:"KITH_SHUTDOWN_TIMEOUT" help:"How long to wait, when told to stop, for calls under way."`

	CPUProfile string `name:"cpu-profile" hidden:"" placeholder:"FILE" help:"Write a processor profile of the whole life of the server, for go tool pprof."`
}

// Help is what --help says below the flags.
func (serveCmd) Help() string {
	return `Each flag can stand in the environment (KITH_...) and, under its own name, in the file of --config as well. A flag overrides the environment, which overrides the file, which overrides the default.

The server stops on SIGTERM or Ctrl-C, and at once on a second one.

Examples:
  kith serve
  kith serve --store postgres://kith@db.example.com/kith
  kith serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem --data /var/lib/kith
  KITH_APP_SECRET=0123...cdef kith serve --app-id 1400000001 --app-admin root

The same in a file for --config:
  listen = "0.0.0.0:443"
  app-id = 1400000001
  app-admin = ["root"]`
}

// BeforeResolve reads the configuration file, so that kong finds there what is
// neither on the command line nor in the environment.
func (c *serveCmd) BeforeResolve(ctx *kong.Context) error {
	var names []string
	path := ""
	for _, flag := range ctx.Selected().Flags {
		if flag.Name == "config" {
			path = ctx.FlagValue(flag).(string)
			continue
		}
		if !flag.Hidden {
			names = append(names, flag.Name)
		}
	}
	if path == "" {
		return nil
	}
	slices.Sort(names)
	file, err := readConfig(path, names)
	if err != nil {
		return err
	}
	ctx.AddResolver(file)
	return nil
}

// check refuses what the flags cannot tell one by one.
func (c *serveCmd) check() error {
	if c.Listen == "" {
		return errors.New("--listen is empty")
	}
	if c.Data == "" {
		return errors.New("--data is empty")
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("--tls-cert and --tls-key go together")
	}
	if c.MaxInFlight < 1 {
		return errors.New("--max-in-flight must be at least 1")
	}
	if c.ShutdownTimeout < 0 {
		return errors.New("--shutdown-timeout is negative")
	}
	if c.WebhookInFlight < 1 {
		return errors.New("--webhook-in-flight must be at least 1")
	}
	return nil
}

// Run serves until told to stop.
func (c *serveCmd) Run() (err error) {
	if err := c.check(); err != nil {
		return err
	}
	endProfile, err := profile(c.CPUProfile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, endProfile()) }()
	c.calmCollector()
	spareProcessors()
	log := c.logger(os.Stderr)
	ctx, stop := untilSignal(context.Background(), log)
	defer stop()

	count := metrics.New()
	st, err := c.openStore(ctx, log, count)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()

	bell := store.NewBell()
	measured := bell.Wrap(count.WrapStore(st))
	directory, err := apps.Open(ctx, measured)
	if err != nil {
		return err
	}

	l, err := c.open()
	if err != nil {
		return err
	}
	defer l.close()

	token, err := c.adminToken(log)
	if err != nil {
		return err
	}

	app, err := c.ensureApp(ctx, directory)
	if err != nil {
		return err
	}
	if err := c.greet(os.Stdout, directory, app, l); err != nil {
		return err
	}

	sender := &webhook.Sender{Deny: c.WebhookDeny, Observer: count}
	relay := &webhook.Relay{Store: measured, Apps: directory, Bell: bell, Sender: sender, Log: log, InFlight: c.WebhookInFlight}
	publishRelay(count, relay)
	board := presence.NewBoard()
	calls := api.New(api.Config{
		Store: measured, Apps: directory, Presence: board, Log: log, Metrics: count, MaxBody: int64(c.MaxBody), MaxInFlight: c.MaxInFlight,
		Asker: sender, TrustedProxies: c.TrustedProxy,
	})
	count.Gauge("kith_calls_in_flight", "Calls that are being carried out.", func() float64 { return float64(calls.InFlight()) })
	count.Gauge("kith_usersigs_remembered", "UserSigs that were verified and need not be again.",
		func() float64 { return float64(calls.RememberedSignatures()) })
	defer inBackground(func(ctx context.Context) { directory.Watch(ctx, log) })()
	defer inBackground(func(ctx context.Context) { janitor.Run(ctx, measured, directory, log) })()
	defer inBackground(relay.Run)()
	defer c.startWarmUp(st, count, log)()
	interior := admin.New(admin.Config{Store: measured, Apps: directory, Presence: board, Relay: relay, Metrics: count, Token: token, Log: log})
	s := &server{listeners: l, api: calls, admin: interior, timeout: c.ShutdownTimeout, log: log}
	return s.serve(ctx, os.Stderr)
}

// profile writes a processor profile until the function it returns is called.
func profile(file string) (end func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// inBackground runs work until the function it returns is called, which waits
// for its end.
func inBackground(work func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

var logLevels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

func (c *serveCmd) logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: logLevels[c.LogLevel]}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
