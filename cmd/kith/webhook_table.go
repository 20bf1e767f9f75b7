package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// printWebhook prints a webhook, a line for each thing there is to say about
// it.
func (c *adminClient) printWebhook(w io.Writer, answer []byte) error {
	if c.JSON {
		return printJSON(w, answer)
	}
	var hook struct {
		URL           string   `json:"url"`
		TokenSet      bool     `json:"token_set"`
		Token         string   `json:"token"`
		Commands      []string `json:"commands"`
		BeforeFailure string   `json:"before_failure"`
		Retry         bool     `json:"retry"`
		RetryFor      int64    `json:"retry_for"`
		Accept        string   `json:"accept"`
		SinglePair    bool     `json:"single_pair"`
		RootCerts     string   `json:"root_certs"`
		ClientCert    string   `json:"client_cert"`
		Events        struct {
			First, Last   uint64
			Pending, Dead int
			Oldest        string `json:"oldest_pending"`
		} `json:"events"`
	}
	if err := json.Unmarshal(answer, &hook); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	token := hook.Token
	if token == "" {
		token = setOrNot(hook.TokenSet)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "url\t%s\ntoken\t%s\ncommands\t%s\nbefore_failure\t%s\n", hook.URL, token, strings.Join(hook.Commands, ","), hook.BeforeFailure)
	fmt.Fprintf(table, "retry\t%s\nretry_for\t%s\naccept\t%s\nsingle_pair\t%s\n", onOff(hook.Retry), span(hook.RetryFor), hook.Accept, onOff(hook.SinglePair))
	fmt.Fprintf(table, "root_certs\t%s\nclient_cert\t%s\n", setOrNot(hook.RootCerts != ""), setOrNot(hook.ClientCert != ""))
	fmt.Fprintf(table, "events\t%d to %d\npending\t%d\ndead\t%d\n", hook.Events.First, hook.Events.Last, hook.Events.Pending, hook.Events.Dead)
	if hook.Events.Oldest != "" {
		fmt.Fprintf(table, "oldest_pending\t%s\n", hook.Events.Oldest)
	}
	return table.Flush()
}

func setOrNot(set bool) string {
	if set {
		return "set, not shown"
	}
	return "not set"
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// printDeliveries prints a line for each delivery.
func (c *adminClient) printDeliveries(w io.Writer, answer []byte) error {
	if c.JSON {
		return printJSON(w, answer)
	}
	var all struct {
		Deliveries []struct {
			Event    uint64  `json:"event"`
			Command  string  `json:"command"`
			User     string  `json:"user"`
			Happened string  `json:"happened"`
			State    string  `json:"state"`
			Attempts int     `json:"attempts"`
			Status   int     `json:"status"`
			TookMS   float64 `json:"took_ms"`
			Problem  string  `json:"problem"`
		} `json:"deliveries"`
	}
	if err := json.Unmarshal(answer, &all); err != nil {
		return fmt.Errorf("read the server's answer: %w", err)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "EVENT\tHAPPENED\tCOMMAND\tUSER\tSTATE\tATTEMPTS\tSTATUS\tTOOK\tPROBLEM")
	for _, d := range all.Deliveries {
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%d\t%d\t%.1f ms\t%s\n", d.Event, d.Happened, d.Command, d.User, d.State, d.Attempts, d.Status, d.TookMS, d.Problem)
	}
	return table.Flush()
}
