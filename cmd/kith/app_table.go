package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// An appRow is an app as the administrators' interface shows it.
type appRow struct {
	ID       uint32       `json:"sdkappid"`
	Name     string       `json:"name"`
	Enabled  bool         `json:"enabled"`
	Admins   []string     `json:"admins"`
	Count    int          `json:"secret_count"`
	Secrets  []string     `json:"secrets"`
	Settings orderedTexts `json:"settings"`
}

// secrets are the secrets if they were asked for, and else how many there are.
func (r *appRow) secrets() string {
	if len(r.Secrets) > 0 {
		return strings.Join(r.Secrets, " ")
	}
	return fmt.Sprintf("%d, not shown", r.Count)
}

// printApp prints one app, a line for each thing there is to say about it.
func (c *adminClient) printApp(w io.Writer, answer []byte) error {
	if c.JSON {
		return printJSON(w, answer)
	}
	var r appRow
	if err := json.Unmarshal(answer, &r); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "sdkappid\t%d\nname\t%s\nenabled\t%t\nadmins\t%s\nsecrets\t%s\n", r.ID, r.Name, r.Enabled, strings.Join(r.Admins, ","), r.secrets())
	for _, setting := range r.Settings {
		fmt.Fprintf(table, "%s\t%s\n", setting[0], setting[1])
	}
	return table.Flush()
}

// printApps prints a line for each app.
func (c *adminClient) printApps(w io.Writer, answer []byte) error {
	if c.JSON {
		return printJSON(w, answer)
	}
	var all struct {
		Apps []appRow `json:"apps"`
	}
	if err := json.Unmarshal(answer, &all); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SDKAPPID\tNAME\tENABLED\tADMINS\tSECRETS")
	for _, r := range all.Apps {
		fmt.Fprintf(table, "%d\t%s\t%t\t%s\t%s\n", r.ID, r.Name, r.Enabled, strings.Join(r.Admins, ","), r.secrets())
	}
	return table.Flush()
}

// printJSON prints an answer so that it can be read.
func printJSON(w io.Writer, answer []byte) error {
	var text bytes.Buffer
	if err := json.Indent(&text, answer, "", "  "); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	_, err := w.Write(text.Bytes())
	return err
}

// orderedTexts are the members of an object in the order of the text, as they
// are given to "kith app set".
type orderedTexts [][2]string

// UnmarshalJSON implements [json.Unmarshaler].
func (o *orderedTexts) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		*o = append(*o, [2]string{fmt.Sprint(name), plain(value)})
	}
	return nil
}

// plain is a value without what JSON has around it.
func plain(value json.RawMessage) string {
	var one string
	var list []string
	switch {
	case string(value) == "null":
		return "any"
	case json.Unmarshal(value, &one) == nil:
		return one
	case json.Unmarshal(value, &list) == nil:
		return strings.Join(list, ",")
	}
	return string(value)
}

// ignoreEOF is what went wrong besides the end of the input.
func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
