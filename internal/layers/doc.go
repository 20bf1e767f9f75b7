// Package layers has no code, only a test: it states which package may import
// which, and fails the build of whoever goes around it.
package layers
