package main

import (
	"github.com/rogpeppe/go-internal/testscript"

	"kith/internal/store/postgres/pgtest"
)

// databases gives scripts their databases.
var databases pgtest.Source

// cmdDatabase makes an empty database; $NAME is how to connect to it.
func cmdDatabase(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg, len(args) == 1, "database NAME")
	dsn, err := databases.New()
	ts.Check(err)
	ts.Setenv(args[0], dsn)
}
