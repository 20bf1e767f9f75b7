package api_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/api"
)

// TestReadme holds the README's table of commands against those served.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	word := regexp.MustCompile("`([a-z_]+)`")
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 || !word.MatchString(cells[1]) {
			continue
		}
		service := word.FindStringSubmatch(cells[1])[1]
		for _, m := range word.FindAllStringSubmatch(cells[2], -1) {
			told = append(told, service+"/"+m[1])
		}
	}
	served := api.Commands()
	slices.Sort(told)
	slices.Sort(served)
	if !slices.Equal(told, served) {
		t.Errorf("README tells of  %q\nserved are       %q", told, served)
	}
}
