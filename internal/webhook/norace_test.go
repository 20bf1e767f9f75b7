//go:build !race

package webhook_test

// manyEvents is how many events TestOneInThree sends.
const manyEvents = 100_000
