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
	"os"
	"time"

	"rollcall/specs/target"
)

const connectTime = 10 * time.Second

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
	if err := through(way, t.Proxy); err != nil {
		return nil, err
	}
	if t.TLS == nil {
		return way, nil
	}
	trust, err := trusted(t.TLS)
	way.TLSClientConfig = trust
	return way, err
}

func through(way *http.Transport, proxy string) error {
	switch proxy {
	case "":
		return nil
	case "none":
		way.Proxy = nil
		return nil
	}
	at, err := url.Parse(proxy)
	if err != nil || at.Host == "" {
		return fmt.Errorf("proxy: %q is no URL; write one such as http://proxy.example.org:3128, or none", proxy)
	}
	way.Proxy = http.ProxyURL(at)
	return nil
}

func trusted(t *target.TLS) (*tls.Config, error) {
	// Whoever writes insecure knows that the certificate is not to be trusted, and every run says so.
	config := &tls.Config{ServerName: t.ServerName, InsecureSkipVerify: t.Insecure, MinVersion: tls.VersionTLS12}
	if t.CA != "" {
		pem, err := os.ReadFile(t.CA)
		if err != nil {
			return nil, fmt.Errorf("tls.ca: %w", err)
		}
		if config.RootCAs, err = x509.SystemCertPool(); err != nil {
			config.RootCAs = x509.NewCertPool()
		}
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("tls.ca: %s holds no certificate in PEM", t.CA)
		}
	}
	if (t.Certificate == "") != (t.Key == "") {
		return nil, fmt.Errorf("tls: certificate and key belong together; give both, or neither")
	}
	if t.Certificate != "" {
		pair, err := tls.LoadX509KeyPair(t.Certificate, t.Key)
		if err != nil {
			return nil, fmt.Errorf("tls.certificate: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}
