package command

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"strconv"
	"time"

	"github.com/spf13/pflag"

	"rollcall/cmd/internal/cli"
	"rollcall/specs/userfile"
)

// networkOptions say how a mock is reached.
type networkOptions struct {
	tls, cert, key, unix    string
	idempotency, trustProxy bool
}

// selfSigned makes a certificate for this run.
const selfSigned = "self-signed"

func (o *networkOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.cert, "tls-cert", "", "certificate in PEM; with --tls self-signed the file that it is written into")
	f.StringVar(&o.key, "tls-key", "", "its key in PEM")
	f.StringVar(&o.tls, "tls", "", "self-signed makes a certificate for this run")
	f.StringVar(&o.unix, "unix", "", "listen on this socket in place of a port")
	f.BoolVar(&o.idempotency, "idempotency", false, "answer a request with an Idempotency-Key that was answered as it was")
	f.BoolVar(&o.trustProxy, "trust-proxy", false, "links are made of X-Forwarded-Host and X-Forwarded-Proto")
}

// certificates gives what a mock shows of itself: none, or one.
func (o *networkOptions) certificates(ctx context.Context, host string) ([]tls.Certificate, error) {
	switch {
	case o.tls != "" && o.tls != selfSigned:
		return nil, exit(ExitUsage, "--tls %q is not %s; a certificate of your own goes to --tls-cert and --tls-key", o.tls,
			selfSigned)
	case o.tls == selfSigned && o.key != "":
		return nil, exit(ExitUsage, "--tls %s makes a key of its own; leave out --tls-key", selfSigned)
	case o.tls == selfSigned:
		return o.made(ctx, host)
	case o.cert == "" && o.key == "":
		return nil, nil
	case o.cert == "" || o.key == "":
		return nil, exit(ExitUsage, "--tls-cert and --tls-key come together")
	}
	return o.own(ctx)
}

// own reads the certificate of the user's.
func (o *networkOptions) own(ctx context.Context) ([]tls.Certificate, error) {
	certificate, err := userfile.Read(ctx, o.cert, mostConfig)
	if err != nil {
		return nil, exit(ExitUsage, "--tls-cert: %w", err)
	}
	key, err := userfile.Read(ctx, o.key, mostConfig)
	if err != nil {
		return nil, exit(ExitUsage, "--tls-key: %w", err)
	}
	own, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return nil, exit(ExitUsage, "--tls-cert %s, --tls-key %s: %w", o.cert, o.key, err)
	}
	return []tls.Certificate{own}, nil
}

// made makes a certificate for the names of this machine and of the host, and writes it
// where clients can be told to trust it.
func (o *networkOptions) made(ctx context.Context, host string) ([]tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, exit(ExitTarget, "no key could be made: %w", err)
	}
	now := time.Now()
	form := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "rollcall mock"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}}
	if ip := net.ParseIP(host); ip != nil {
		form.IPAddresses = append(form.IPAddresses, ip)
	} else {
		form.DNSNames = append(form.DNSNames, host)
	}
	made, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		return nil, exit(ExitTarget, "no certificate could be made: %w", err)
	}
	if o.cert != "" {
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})
		if err := cli.WriteFile(ctx, o.cert, text); err != nil {
			return nil, exit(ExitTarget, "--tls-cert: %w", err)
		}
	}
	return []tls.Certificate{{Certificate: [][]byte{made}, PrivateKey: key}}, nil
}

// listen listens on the socket, or else on the address. The port of a socket is 0.
func (o *networkOptions) listen(host string, port int) (net.Listener, int, error) {
	if o.unix == "" {
		l, err := listen(host, port)
		if err != nil {
			return nil, 0, err
		}
		return l, cli.Port(l), nil
	}
	l, err := listenAt(o.unix)
	return l, 0, err
}

// base is where the mock is called; by a socket, any host will do.
func (o *networkOptions) base(host string, port int, secure bool) string {
	scheme := "http://"
	if secure {
		scheme = "https://"
	}
	if o.unix != "" {
		return scheme + "localhost"
	}
	return scheme + net.JoinHostPort(host, strconv.Itoa(port))
}

// curl is the command that reaches the mock.
func (o *networkOptions) curl() string {
	line := "curl"
	if o.unix != "" {
		line += " --unix-socket " + o.unix
	}
	switch {
	case o.tls == "":
	case o.cert != "":
		line += " --cacert " + o.cert
	default:
		line += " --insecure"
	}
	return line
}
