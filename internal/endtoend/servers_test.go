package endtoend

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kith/client"
	"kith/internal/store/postgres/pgtest"
	"kith/wire"
)

const adminToken = "a-token-for-administrators"

// newDatabase returns how to connect to a new database.
func newDatabase(t testing.TB, o pgtest.Options) (dsn string) {
	t.Helper()
	source := pgtest.Source{Options: o}
	t.Cleanup(func() {
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	})
	dsn, err := source.New()
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// startOn runs the program on a database, and spreads the tables where that is
// possible.
func startOn(t testing.TB, dsn string, flags ...string) *server {
	t.Helper()
	citus, err := pgtest.Citus(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if citus {
		flags = append(flags, "--distribute", "citus")
	}
	return startWith(t, append(flags, "--store", dsn, "--data", t.TempDir(), "--admin-listen", "127.0.0.1:0", "--admin-token", adminToken)...)
}

// administer makes a request as an administrator.
func (s *server) administer(t testing.TB, method, path, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.admin+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+adminToken)
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	answer, err := io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %s (%v)", method, path, reply.Status, answer, err)
	}
}

func codeOf(err error) int {
	if e, ok := errors.AsType[*wire.Error](err); ok {
		return e.Code
	}
	return 0
}

// within wants something to become true within a time.
func within(t testing.TB, limit time.Duration, what string, is func() bool) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for !is() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within %v", what, limit)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// TestTwoServers: what one server does, the other one knows: a write at once, a
// setting and a kick within a second. (A second and a half are allowed here, for
// a machine that is busy.)
func TestTwoServers(t *testing.T) {
	dsn := newDatabase(t, pgtest.Options{})
	one, two := startOn(t, dsn), startOn(t, dsn)
	one.importAccounts(t, []wire.Account{"ann", "bob", "cem", "dan", "root"})
	if err := one.befriend(t.Context(), "ann", "bob"); err != nil {
		t.Fatal(err)
	}
	if friends, _, err := two.friendsOf("bob"); err != nil || len(friends) != 1 {
		t.Errorf("the other server finds %v (%v)", friends, err)
	}

	const limit = 1500 * time.Millisecond
	app := fmt.Sprintf("/v1/apps/%d", appID)
	one.administer(t, http.MethodPatch, app, `{"settings": {"max_friends": 1}, "admins": ["administrator", "root"]}`)
	within(t, limit, "a limit that the other server set", func() bool {
		return codeOf(two.befriend(t.Context(), "ann", "cem")) == wire.CodeFriendLimit || two.unfriend(t.Context(), "ann", "cem") != nil
	})

	root := client.New(client.Config{BaseURL: two.url, AppID: appID, Secret: secret, Identifier: "root", Retries: -1})
	check := func() error {
		_, err := root.AccountCheck(t.Context(), wire.AccountCheck{CheckItem: []wire.AccountItem{{UserID: "ann"}}})
		return err
	}
	within(t, limit, "an administrator that the other server let in", func() bool { return check() == nil })
	if err := one.Kick(t.Context(), wire.Kick{UserID: "root"}); err != nil {
		t.Fatal(err)
	}
	within(t, limit, "a kick by the other server", func() bool { return codeOf(check()) == wire.CodeSigKicked })
	one.stop(t)
	two.stop(t)
}

// toldBy counts the events that a back end was told of, and how often.
func toldBy(b *backEnd) (events, times int) {
	seen := map[string]bool{}
	for _, p := range b.got() {
		seen[p.id] = true
		times++
	}
	return len(seen), times
}

// TestWebhookOfTwoServers: each event is sent once, whichever server caused it,
// and when the one that sends is killed the other takes over within seconds.
func TestWebhookOfTwoServers(t *testing.T) {
	dsn := newDatabase(t, pgtest.Options{})
	b := newBackEnd(t, take)
	one, two := startOn(t, dsn), startOn(t, dsn)
	var people []wire.Account
	for i := range 100 {
		people = append(people, wire.Account(fmt.Sprintf("u%03d", i)))
	}
	one.importAccounts(t, people)
	one.administer(t, http.MethodPatch, fmt.Sprintf("/v1/apps/%d/webhook", appID), fmt.Sprintf(`{"url": %q, "commands": ["Sns.CallbackFriendAdd"]}`, b.URL))
	time.Sleep(1200 * time.Millisecond) // the other server learns of it
	made := 0
	befriend := func(some ...*server) {
		t.Helper()
		for i := range 20 {
			made++
			if err := some[i%len(some)].befriend(t.Context(), people[0], people[made]); err != nil {
				t.Fatal(err)
			}
		}
	}
	toldAll := func() bool { events, _ := toldBy(b); return events == made }
	befriend(one, two)
	within(t, 10*time.Second, "events of both servers", toldAll)
	time.Sleep(1500 * time.Millisecond) // not twice, later either
	if events, times := toldBy(b); events != made || times != made {
		t.Errorf("%d events were sent %d times, %d were caused", events, times, made)
	}
	// After the first kill the second server is the one that sends, so that one
	// of the two kills, at least, ends the one that does.
	one.kill(t)
	befriend(two)
	within(t, 15*time.Second, "events after the first server was killed", toldAll)
	three := startOn(t, dsn)
	two.kill(t)
	befriend(three)
	within(t, 15*time.Second, "events after the second server was killed", toldAll)
	three.stop(t)
}

// TestGraphOnPostgres loads the graph into a database, through two servers.
func TestGraphOnPostgres(t *testing.T) {
	dsn := newDatabase(t, pgtest.Options{})
	g := loadGraph(t)
	one, two := startOn(t, dsn), startOn(t, dsn)
	begin := time.Now()
	one.importAccounts(t, g.people())
	one.loadFriendships(t, g)
	t.Logf("loaded in %v", time.Since(begin).Round(time.Millisecond))
	two.wantGraph(t, g)
	one.stop(t)
	two.stop(t)
	logSizes(t, dsn, 2*g.edges())
}

// logSizes tells how much room the tables take.
func logSizes(t testing.TB, dsn string, edges int) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgtest.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(ctx); err != nil {
			t.Error(err)
		}
	}()
	rows, err := conn.Query(ctx, "select tablename::text, pg_total_relation_size(tablename::regclass) from pg_tables where schemaname = current_schema() order by 2 desc")
	if err != nil {
		t.Fatal(err)
	}
	var name string
	var size, sum int64
	_, err = pgx.ForEachRow(rows, []any{&name, &size}, func() error {
		sum += size
		t.Logf("%-20s %10d bytes", name, size)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.1f bytes for each of %d one-way edges, with indexes", float64(sum)/float64(edges), edges)
}
