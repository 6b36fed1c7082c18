// Package access is how the suite gets to a target: the way there (TLS, a proxy, time
// limits), the tokens of its callers, and the commands that make what it needs.
//
// It is no API: it serves the packages beside it, and may change with any version.
package access

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"rollcall/specs/target"
	"rollcall/specs/userfile"
)

const (
	connectTime = 10 * time.Second
	mostPEM     = 10 << 20 // bytes of a file of certificates
)

// Transport is the way to a target, with its certificates read: an error names the key of
// the target's file. It keeps connections, as http.DefaultTransport does.
func Transport(t *target.Target) (*http.Transport, error) {
	way := &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		way = standard.Clone()
	}
	limit := time.Duration(t.Timeouts.Connect)
	if limit == 0 {
		limit = connectTime
	}
	way.DialContext = (&net.Dialer{Timeout: limit, KeepAlive: 30 * time.Second}).DialContext
	way.TLSHandshakeTimeout = limit
	way.MaxIdleConnsPerHost = target.MostProcs
	if err := through(way, t); err != nil {
		return nil, err
	}
	if t.TLS == nil {
		return way, nil
	}
	trust, err := trusted(t)
	way.TLSClientConfig = trust
	return way, err
}

func through(way *http.Transport, t *target.Target) error {
	switch t.Proxy {
	case "":
		return nil
	case "none":
		way.Proxy = nil
		return nil
	}
	at, err := url.Parse(t.Proxy)
	if err != nil || at.Host == "" {
		return fmt.Errorf("%s is no URL; write one such as http://proxy.example.org:3128, or none", t.At("proxy"))
	}
	if !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, at.Scheme) {
		return fmt.Errorf("%s has the scheme %q; write http, https or socks5", t.At("proxy"), at.Scheme)
	}
	way.Proxy = http.ProxyURL(at)
	return nil
}

func trusted(of *target.Target) (*tls.Config, error) {
	t := of.TLS
	// Whoever writes insecure knows that the certificate is not to be trusted, and every run says so.
	config := &tls.Config{ServerName: t.ServerName, InsecureSkipVerify: t.Insecure, MinVersion: tls.VersionTLS12}
	if t.CA != "" {
		pem, err := userfile.ReadKept(t.CA, mostPEM)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", of.At("tls", "ca"), err)
		}
		if config.RootCAs, err = x509.SystemCertPool(); err != nil {
			config.RootCAs = x509.NewCertPool()
		}
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("%s: %s holds no certificate in PEM", of.At("tls", "ca"), t.CA)
		}
	}
	if (t.Certificate == "") != (t.Key == "") {
		return nil, fmt.Errorf("%s: certificate and key belong together; give both, or neither", of.At("tls"))
	}
	if t.Certificate != "" {
		pair, err := pairOf(of)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// pairOf reads the certificate of the client and its key.
func pairOf(t *target.Target) (pair tls.Certificate, err error) {
	certificate, err := userfile.ReadKept(t.TLS.Certificate, mostPEM)
	if err != nil {
		return pair, fmt.Errorf("%s: %w", t.At("tls", "certificate"), err)
	}
	key, err := userfile.ReadKept(t.TLS.Key, mostPEM)
	if err != nil {
		return pair, fmt.Errorf("%s: %w", t.At("tls", "key"), err)
	}
	if pair, err = tls.X509KeyPair(certificate, key); err != nil {
		return pair, fmt.Errorf("%s and key: %w; give two files in PEM that belong together", t.At("tls", "certificate"), err)
	}
	return pair, nil
}
