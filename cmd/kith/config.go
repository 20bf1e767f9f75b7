package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"
)

// A configFile gives flags the values of a TOML file, whose keys are the names
// of the flags. It comes before the defaults and after the environment.
type configFile struct {
	path   string
	values map[string]any
}

// readConfig reads a file in which every key must be the name of one of flags.
func readConfig(path string, flags []string) (*configFile, error) {
	c := &configFile{path: path}
	if _, err := toml.DecodeFile(path, &c.values); err != nil {
		if syntax, ok := errors.AsType[toml.ParseError](err); ok {
			return nil, fmt.Errorf("%s, line %d: %s", path, syntax.Position.Line, syntax.Message)
		}
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	for key := range c.values {
		if !slices.Contains(flags, key) {
			return nil, fmt.Errorf("%s: unknown key %q; the keys are %s", path, key, strings.Join(flags, ", "))
		}
	}
	return c, nil
}

// Validate implements [kong.Resolver]. The keys were checked when the file was
// read.
func (c *configFile) Validate(*kong.Application) error { return nil }

// Resolve implements [kong.Resolver]. kong asks it for every flag that is not
// on the command line, so that it has to leave to the environment what is set
// there.
func (c *configFile) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := c.values[flag.Name]
	if !ok || slices.ContainsFunc(flag.Envs, isSet) {
		return nil, nil
	}
	given, err := flagValue(value, flag.IsSlice())
	if err != nil {
		return nil, fmt.Errorf("%s: the key %q %w", c.path, flag.Name, err)
	}
	return given, nil
}

func isSet(name string) bool {
	_, ok := os.LookupEnv(name)
	return ok
}

// flagValue turns a value of a TOML file into one that kong takes for a flag.
func flagValue(value any, isList bool) (any, error) {
	if !isList {
		switch v := value.(type) {
		case string:
			return v, nil
		case int64:
			return strconv.FormatInt(v, 10), nil
		}
		return nil, errors.New("must be a text or a whole number")
	}
	switch v := value.(type) {
	case string:
		return []any{v}, nil
	case []any:
		if !slices.ContainsFunc(v, func(item any) bool { _, isText := item.(string); return !isText }) {
			return v, nil
		}
	}
	return nil, errors.New("must be a list of texts")
}

// A byteSize is a number of bytes, written as one or with a unit: 8MiB.
type byteSize int64

var byteUnits = map[string]int64{"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "KB": 1e3, "MB": 1e6, "GB": 1e9}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *byteSize) UnmarshalText(text []byte) error {
	number := strings.TrimRight(string(text), "BKMGi")
	unit, ok := byteUnits[string(text[len(number):])]
	n, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || n <= 0 || n*unit/unit != n {
		return fmt.Errorf("%q is not a size; write a positive number of bytes, or one with KiB, MiB or GiB, such as 8MiB", text)
	}
	*b = byteSize(n * unit)
	return nil
}
