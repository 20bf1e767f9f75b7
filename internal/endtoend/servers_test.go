package endtoend

import (
	"bytes"
	"context"
	"encoding/json"
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

// administer makes a request as an administrator and returns the answer.
func (s *server) administer(t testing.TB, method, path, body string) (answer []byte) {
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
	answer, err = io.ReadAll(reply.Body)
	if err != nil || reply.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %s (%v)", method, path, reply.Status, answer, err)
	}
	return answer
}

// The paths where administrators see and change the app.
var (
	appPath  = fmt.Sprintf("/v1/apps/%d", appID)
	hookPath = appPath + "/webhook"
)

// A hookState is the app's webhook, as far as a test looks at it.
type hookState struct {
	URL    string
	Events struct{ Pending int }
}

// webhook is the app's as the server knows it.
func (s *server) webhook(t testing.TB) (h hookState) {
	t.Helper()
	answer := s.administer(t, http.MethodGet, hookPath, "")
	if err := json.Unmarshal(answer, &h); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	return h
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

// timely wants a change to show within a time. Where the machine is busy it may
// show later, but not each time of three.
func timely(t testing.TB, limit time.Duration, what string, change func(try int), shows func() bool) {
	t.Helper()
	var took []time.Duration
	for try := range 3 {
		change(try)
		begin := time.Now()
		within(t, patience, what, shows)
		took = append(took, time.Since(begin).Round(time.Millisecond))
		if took[try] <= limit {
			return
		}
	}
	t.Errorf("%s: took %v, want one of them within %v", what, took, limit)
}

// full tells whether an account has as many friends as it may, by one more
// friend for a moment.
func (s *server) full(t testing.TB, id, more wire.Account) bool {
	t.Helper()
	err := s.befriend(t.Context(), id, more)
	if codeOf(err) == wire.CodeFriendLimit {
		return true
	}
	if err == nil {
		err = s.unfriend(t.Context(), id, more)
	}
	if err != nil {
		t.Fatalf("%s and %s: %v", id, more, err)
	}
	return false
}

// checkAs returns a call that only an administrator may make.
func (s *server) checkAs(t testing.TB, id wire.Account) func() error {
	caller := client.New(client.Config{BaseURL: s.url, AppID: appID, Secret: secret, Identifier: string(id), Retries: -1})
	return func() error {
		_, err := caller.AccountCheck(t.Context(), wire.AccountCheck{CheckItem: []wire.AccountItem{{UserID: id}}})
		return err
	}
}

// TestTwoServers: what one server does, the other one knows: a write at once, a
// setting and a kick within a second. (A second and a half are allowed here, for
// a machine that is busy.)
func TestTwoServers(t *testing.T) {
	dsn := newDatabase(t, pgtest.Options{})
	one, two := startOn(t, dsn), startOn(t, dsn)
	roots := []wire.Account{"root0", "root1", "root2"}
	one.importAccounts(t, append(roots, "ann", "bob", "cem"))
	if err := one.befriend(t.Context(), "ann", "bob"); err != nil {
		t.Fatal(err)
	}
	if friends, _, err := two.friendsOf("bob"); err != nil || len(friends) != 1 {
		t.Errorf("the other server finds %v (%v)", friends, err)
	}

	const limit = 1500 * time.Millisecond
	most := 0 // friends: as many as ann has, or one more, in turn
	timely(t, limit, "a limit that the other server set", func(try int) {
		most = 1 + try%2
		one.administer(t, http.MethodPatch, appPath, fmt.Sprintf(`{"settings": {"max_friends": %d}}`, most))
	}, func() bool { return two.full(t, "ann", "cem") == (most == 1) })

	var root wire.Account
	var check func() error
	timely(t, limit, "an administrator that the other server let in", func(try int) {
		root = roots[try]
		check = two.checkAs(t, root)
		one.administer(t, http.MethodPatch, appPath, fmt.Sprintf(`{"admins": ["administrator", %q]}`, root))
	}, func() bool { return check() == nil })

	timely(t, limit, "a kick by the other server", func(int) {
		check = two.checkAs(t, root)
		within(t, patience, "a UserSig that is from after the last kick", func() bool { return check() == nil })
		if err := one.Kick(t.Context(), wire.Kick{UserID: root}); err != nil {
			t.Fatal(err)
		}
	}, func() bool { return codeOf(check()) == wire.CodeSigKicked })
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
	one.administer(t, http.MethodPatch, hookPath, fmt.Sprintf(`{"url": %q, "commands": ["Sns.CallbackFriendAdd"]}`, b.URL))
	within(t, patience, "the other server learns of the webhook", func() bool { return two.webhook(t).URL == b.URL })
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
