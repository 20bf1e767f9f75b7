package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
)

// listeners are the sockets of a server.
type listeners struct {
	api, admin net.Listener // admin is nil if it is off
	tls        *tls.Config  // of api; nil without TLS

	reach   string // URL at which this machine reaches api
	trusted bool   // whether this machine connects to reach without complaint
}

// open takes the addresses.
func (c *serveCmd) open() (*listeners, error) {
	l := &listeners{trusted: true}
	if c.TLSCert != "" {
		certificate, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
		if err != nil {
			return nil, fmt.Errorf("read --tls-cert and --tls-key: %w", err)
		}
		l.tls = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	}
	var err error
	if l.api, err = net.Listen("tcp", c.Listen); err != nil {
		return nil, fmt.Errorf("%w; choose another address with --listen", err)
	}
	if c.AdminListen != "" {
		if l.admin, err = net.Listen("tcp", c.AdminListen); err != nil {
			l.close()
			return nil, fmt.Errorf("%w; choose another address with --admin-listen, or none with --admin-listen=''", err)
		}
	}
	l.findReach(c.Listen)
	return l, nil
}

func (l *listeners) close() {
	_ = l.api.Close() // nothing is lost with a listener
	if l.admin != nil {
		_ = l.admin.Close()
	}
}

// url is where l.api listens.
func (l *listeners) url() string {
	return l.scheme() + "://" + l.api.Addr().String()
}

func (l *listeners) scheme() string {
	if l.tls != nil {
		return "https"
	}
	return "http"
}

// findReach finds out how this machine reaches the address listen. A name in
// it stays, for that is what a certificate is for; an address that stands for
// all of the machine's becomes localhost.
func (l *listeners) findReach(listen string) {
	bound := l.api.Addr().(*net.TCPAddr)
	host, _, _ := net.SplitHostPort(listen) // net.Listen understood it
	switch {
	case bound.IP.IsUnspecified():
		host = "localhost"
	case host == "" || net.ParseIP(host) != nil:
		host = bound.IP.String()
	}
	u := url.URL{Scheme: l.scheme(), Host: net.JoinHostPort(host, fmt.Sprint(bound.Port))}
	l.reach = u.String()
	if l.tls != nil {
		l.trusted = isTrusted(l.tls.Certificates[0], host)
	}
}

// isTrusted tells whether this machine believes a certificate to be that of
// host.
func isTrusted(certificate tls.Certificate, host string) bool {
	chain := x509.NewCertPool()
	for _, der := range certificate.Certificate[1:] {
		if link, err := x509.ParseCertificate(der); err == nil {
			chain.AddCert(link)
		}
	}
	_, err := certificate.Leaf.Verify(x509.VerifyOptions{DNSName: host, Intermediates: chain})
	return err == nil
}
