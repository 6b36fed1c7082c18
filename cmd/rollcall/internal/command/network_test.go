package command

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"rollcall/cmd/internal/cli"
)

// TestWaysToReachAMock calls a server over TLS with the certificate it has written, over
// HTTP/2 without TLS, and over a socket.
func TestWaysToReachAMock(t *testing.T) {
	dir := t.TempDir()
	cert, socket := filepath.Join(dir, "c.pem"), filepath.Join(dir, "s")
	for name, row := range map[string]struct {
		options networkOptions
		proto   string
	}{
		"plain":            {networkOptions{}, "HTTP/1.1"},
		"HTTP/2 plain":     {networkOptions{}, "HTTP/2.0"},
		"TLS":              {networkOptions{tls: selfSigned, cert: cert}, "HTTP/2.0"},
		"a socket":         {networkOptions{unix: socket}, "HTTP/1.1"},
		"a socket and TLS": {networkOptions{tls: selfSigned, cert: cert, unix: socket}, "HTTP/2.0"},
	} {
		t.Run(name, func(t *testing.T) {
			certificates, err := row.options.certificates(t.Context(), "127.0.0.1")
			if err != nil {
				t.Fatal(err)
			}
			l, port, err := row.options.listen("127.0.0.1", 0)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error)
			go func() {
				done <- cli.Serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
					w.Header().Set("Proto", q.Proto)
				}), certificates...)
			}()
			res, err := caller(t, row.options, row.proto).Get(row.options.base("127.0.0.1", port, len(certificates) > 0))
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if got := res.Header.Get("Proto"); got != row.proto {
				t.Errorf("it is called by %s, want %s", got, row.proto)
			}
			stop()
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	}
}

// caller trusts what the options have written, and speaks one protocol.
func caller(t *testing.T, o networkOptions, proto string) *http.Client {
	t.Helper()
	var protocols http.Protocols
	protocols.SetHTTP1(proto == "HTTP/1.1")
	protocols.SetHTTP2(proto == "HTTP/2.0")
	protocols.SetUnencryptedHTTP2(proto == "HTTP/2.0")
	transport := &http.Transport{Protocols: &protocols}
	if o.cert != "" {
		text, err := os.ReadFile(o.cert)
		if err != nil {
			t.Fatal(err)
		}
		trusted := x509.NewCertPool()
		trusted.AppendCertsFromPEM(text)
		transport.TLSClientConfig = &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}
	}
	if o.unix != "" {
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", o.unix)
		}
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestWrongNetworkOptions holds that each is told, and is one of usage.
func TestWrongNetworkOptions(t *testing.T) {
	for _, o := range []networkOptions{{tls: "yes"}, {tls: selfSigned, key: "k"}, {cert: "c"}, {key: "k"}, {cert: "c",
		key: "k"}} {
		if _, err := o.certificates(t.Context(), "localhost"); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}
