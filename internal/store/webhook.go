package store

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"kith/internal/chain"
)

// A Webhook says where an app is told of events and asked before some things
// happen. The zero Webhook is none.
type Webhook struct {
	URL   string
	Token string      // signs what is sent; "" signs nothing
	Kinds chain.Kinds // what the app wants to be told and asked

	Chosen bool // somebody chose Kinds, perhaps none

	DenyOnFailure bool // before: an app that cannot be asked has said no

	NoRetry  bool          // one attempt, as the hosted service makes it
	RetryFor time.Duration // how long an event is tried; 0 = DefaultRetryFor

	AnySuccess bool // take any 2xx with JSON, not 200 alone
	SinglePair bool // FriendAdd: leave out the pair of the other direction

	// PEM; empty means the roots of the machine, and no certificate of ours.
	RootCerts, ClientCert, ClientKey string
}

// DefaultRetryFor is how long an event is tried unless the app says otherwise.
const DefaultRetryFor = 24 * time.Hour

// Wants is what the app is told and asked: nothing without a URL. The alarm
// needs no switch (W 1.5).
func (w *Webhook) Wants() chain.Kinds {
	if w.URL == "" {
		return 0
	}
	return w.Kinds.With(chain.RateExceeded)
}

// TLS is how connections to the webhook are secured. The error says which of
// the certificates cannot be used.
func (w *Webhook) TLS() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if w.RootCerts != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(w.RootCerts)) {
			return nil, errors.New("root_certs has no certificate in PEM")
		}
	}
	if w.ClientCert != "" || w.ClientKey != "" {
		pair, err := tls.X509KeyPair([]byte(w.ClientCert), []byte(w.ClientKey))
		if err != nil {
			return nil, fmt.Errorf("client_cert and client_key do not go together: %s", strings.TrimPrefix(err.Error(), "tls: "))
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}
