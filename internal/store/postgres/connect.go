package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// oldest is the oldest version of PostgreSQL that is served, as
// server_version_num has it.
const oldest = 130000

const (
	connectTimeout = 5 * time.Second

	// idleTimeout is after how long the database ends a transaction of a server
	// that fell silent, and so lets its users go. Between two batches of one
	// there are milliseconds, and no call has more than some seconds.
	idleTimeout = 5 * time.Second
)

// config is how the pool connects.
func (o *Options) config(dsn string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("the connection string of the database cannot be used: %s; it is a URL as in postgres://user@host/database, or key=value pairs", withoutString(err))
	}
	if !strings.Contains(dsn, "pool_max_conns") {
		config.MaxConns = defaultConns
	}
	c := config.ConnConfig
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connectTimeout
	}
	if o.Dial != nil {
		c.DialFunc = o.Dial
	}
	if c.ValidateConnect == nil {
		// A standby may not know yet what was answered already. After a failover,
		// the name or the proxy that led to the primary server may lead to one.
		c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	parameters := map[string]string{
		"application_name":                    "kith",
		"statement_timeout":                   milliseconds(o.StatementTimeout),
		"idle_in_transaction_session_timeout": milliseconds(idleTimeout),
		// Every statement finds its rows by a key. A plan that was made while a
		// table was nearly empty must not go on to read all of it.
		"enable_seqscan": "off",
	}
	if o.Distribute == "" {
		// Planning a statement costs more than carrying it out, and the plan is
		// always the same: by the key. Citus has its own plans.
		parameters["plan_cache_mode"] = "force_generic_plan"
	}
	for name, value := range parameters {
		if _, given := c.RuntimeParams[name]; !given {
			c.RuntimeParams[name] = value
		}
	}
	return config, nil
}

// withoutString is what an error says about a connection string, but for the
// string itself: the driver masks a password only where it recognizes one.
func withoutString(err error) string {
	text := oneLine(err).Error()
	if end := strings.LastIndex(text, "`: "); end >= 0 {
		return text[end+len("`: "):]
	}
	return text
}

// statementTimeout is what a connection asks for; 0 if it cannot be told.
func statementTimeout(c *pgx.ConnConfig) time.Duration {
	value := c.RuntimeParams["statement_timeout"]
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		return time.Duration(n) * time.Millisecond
	}
	d, err := time.ParseDuration(value)
	if err != nil {
		return 0
	}
	return d
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// prepare looks at the database and brings it up to date, if that is wanted.
func prepare(ctx context.Context, config *pgx.ConnConfig, o *Options) error {
	if o.Distribute != "" && o.Distribute != Citus {
		return fmt.Errorf("tables can be distributed by %q alone, not by %q", Citus, o.Distribute)
	}
	config = config.Copy()
	delete(config.RuntimeParams, "statement_timeout") // a migration may take long
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return explainConnect(err)
	}
	err = checkServer(ctx, conn, o)
	if err == nil {
		err = checkSchema(ctx, conn)
	}
	if o.Migrate && errors.Is(err, ErrOlderSchema) {
		if err = migrate(ctx, config); err == nil {
			err = checkSchema(ctx, conn)
		}
	}
	if err == nil && o.Distribute != "" {
		err = distribute(ctx, conn)
	}
	return errors.Join(err, conn.Close(ctx))
}

// checkServer refuses a server that cannot work.
func checkServer(ctx context.Context, conn *pgx.Conn, o *Options) error {
	var version int
	var name, encoding string
	var citus bool
	err := conn.QueryRow(ctx, `select current_setting('server_version_num')::int, current_setting('server_version'), current_setting('server_encoding'),
		exists (select 1 from pg_extension where extname = 'citus')`).Scan(&version, &name, &encoding, &citus)
	switch {
	case err != nil:
		return explainConnect(err)
	case version < oldest:
		return fmt.Errorf("the database server is PostgreSQL %s; kith needs version %d or newer", name, oldest/10000)
	case encoding != "UTF8":
		return fmt.Errorf("the encoding of the database is %s; kith needs one of UTF8", encoding)
	case o.Distribute == Citus && !citus:
		return errors.New("the database has no Citus extension; load it (create extension citus), or start without distributing")
	}
	return nil
}

// explainConnect says what keeps a server from starting. The driver's errors
// name user and database, and never the password.
func explainConnect(err error) error {
	if errors.Is(err, pgconn.ErrReadOnlyConnection) {
		return errors.New("the database takes no writes: the server is a standby, or default_transaction_read_only is on; name the primary server, or several hosts of which one is")
	}
	refused, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return fmt.Errorf("the database cannot be reached: %w", oneLine(err))
	}
	switch {
	case strings.HasPrefix(refused.Code, invalidAuthorization):
		return fmt.Errorf("the database refuses user or password: %s", refused.Message)
	case refused.Code == invalidCatalogName:
		return fmt.Errorf("%s; create it first", refused.Message)
	case refused.Code == insufficientPrivilege:
		return fmt.Errorf("the database grants too few rights: %s", refused.Message)
	}
	return fmt.Errorf("the database refuses: %s (SQLSTATE %s)", refused.Message, refused.Code)
}
