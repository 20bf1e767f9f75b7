//go:build race

package webhook_test

// manyEvents is how many events TestOneInThree sends; the race detector makes
// each several times as costly. "make test" runs it with all of them as well.
const manyEvents = 4_000
