package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

type versionCmd struct{}

// Run prints one line about the binary.
func (versionCmd) Run() error {
	fmt.Printf("kith %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// version names the version of the module and, where the build knows it, the
// commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	return describe(info)
}

func describe(info *debug.BuildInfo) string {
	words := []string{info.Main.Version}
	if words[0] == "" {
		words[0] = "(devel)"
	}
	setting := map[string]string{}
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	if revision := setting["vcs.revision"]; revision != "" {
		words = append(words, revision, setting["vcs.time"])
	}
	if setting["vcs.modified"] == "true" {
		words = append(words, "modified")
	}
	return strings.Join(words, " ")
}
