package apps

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"kith/internal/store"
)

// Bounds of what a webhook may be told.
const (
	maxURL      = 1024 // bytes
	maxToken    = 128  // bytes (W 1.3 of the protocol's webhooks file)
	maxPEM      = 64 << 10
	maxRetryFor = 30 * 24 * time.Hour
)

// checkWebhook tells what is wrong with a webhook.
func checkWebhook(w *store.Webhook) error {
	if err := checkURL(w.URL); err != nil {
		return err
	}
	if len(w.Token) > maxToken || strings.ContainsFunc(w.Token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &BadValue{"webhook.token", fmt.Sprintf("must have at most %d printable ASCII characters without spaces", maxToken)}
	}
	if w.RetryFor < 0 || w.RetryFor > maxRetryFor {
		return &BadValue{"webhook.retry_for", fmt.Sprintf("must be a number of seconds from 1 to %d, or 0 for a day", maxRetryFor/time.Second)}
	}
	for key, pem := range map[string]string{"root_certs": w.RootCerts, "client_cert": w.ClientCert, "client_key": w.ClientKey} {
		if len(pem) > maxPEM {
			return &BadValue{"webhook." + key, fmt.Sprintf("must have at most %d bytes", maxPEM)}
		}
	}
	if _, err := w.TLS(); err != nil {
		return &BadValue{"webhook", err.Error()}
	}
	return nil
}

// checkURL tells what is wrong with where a webhook leads; "" leads nowhere.
func checkURL(s string) error {
	if s == "" {
		return nil
	}
	bad := func(reason string) error { return &BadValue{"webhook.url", reason} }
	u, err := url.Parse(s)
	switch {
	case len(s) > maxURL:
		return bad(fmt.Sprintf("must have at most %d bytes", maxURL))
	case err != nil, strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }):
		return bad("cannot be read as a URL")
	case u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return bad("must begin with http:// or https:// and a host")
	case u.User != nil:
		return bad("must not hold a password; set a token, which signs every webhook")
	case strings.Contains(s, "#"):
		return bad("must not have a part behind #")
	}
	return nil
}
