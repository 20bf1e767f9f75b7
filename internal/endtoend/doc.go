// Package endtoend tests the finished program: the binary, started as an
// administrator starts it, called over HTTP, stopped and killed.
package endtoend
