package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"kith/internal/apps"
)

// tokenFile is where the data directory keeps the administrators' token.
const tokenFile = "admin-token"

// minToken is the shortest token that is taken, in bytes: shorter ones can be
// guessed.
const minToken = 16

// adminToken returns what administrators must know, and makes it if need be.
func (c *serveCmd) adminToken(log *slog.Logger) (string, error) {
	switch {
	case c.AdminListen == "":
		return "", nil
	case c.AdminToken == "":
		return keepToken(filepath.Join(c.Data, tokenFile), log)
	case len(c.AdminToken) < minToken:
		return "", fmt.Errorf("--admin-token is shorter than %d characters; 'openssl rand -hex 32' makes a good one", minToken)
	}
	return c.AdminToken, nil
}

// keepToken reads a token from a file, which it makes for its owner alone if
// it is not there.
func keepToken(path string, log *slog.Logger) (string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		token := apps.NewSecret()
		return token, writeToken(path, token)
	}
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		log.Warn("others than its owner can use the administrators' token; remove the file to get a new one at the next start", "file", path, "mode", info.Mode())
	}
	return readToken(path)
}

func readToken(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(text))
	if len(token) < minToken {
		return "", fmt.Errorf("%s holds no token; remove it to get a new one at the next start", path)
	}
	return token, nil
}

// writeToken makes a file that is there whole or not at all.
func writeToken(path, token string) error {
	file, err := os.CreateTemp(filepath.Dir(path), tokenFile+"-*") // for its owner alone
	if err != nil {
		return err
	}
	_, err = file.WriteString(token + "\n")
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
