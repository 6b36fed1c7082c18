package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Port gives the port of a TCP listener.
func Port(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// How long a client may take to send the head of a request, all of it, to take the
// answer, and to think of the next request. Who is slower, or sleeps, holds a
// connection and its memory for nothing.
const (
	headWithin  = 10 * time.Second
	readWithin  = 30 * time.Second
	writeWithin = 45 * time.Second
	idleWithin  = 60 * time.Second
)

// Bounded gives a server that waits for no client for ever.
func Bounded(h http.Handler) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headWithin, ReadTimeout: readWithin, WriteTimeout: writeWithin, IdleTimeout: idleWithin,
		Protocols: &protocols, ErrorLog: log.New(io.Discard, "", 0), // it would tell what clients sent
	}
}

// Serve answers until the context ends, then lets running calls finish for a moment. With
// a certificate it speaks TLS.
func Serve(ctx context.Context, l net.Listener, h http.Handler, certificates ...tls.Certificate) error {
	server := Bounded(h)
	if listened, ok := h.(interface{ Drain() }); ok { // who waits for what is to come would be waited for
		server.RegisterOnShutdown(listened.Drain)
	}
	done := make(chan error, 1)
	go func() {
		if len(certificates) > 0 {
			server.TLSConfig = &tls.Config{Certificates: certificates, MinVersion: tls.VersionTLS12}
			done <- server.ServeTLS(l, "", "")
			return
		}
		done <- server.Serve(l)
	}()
	select {
	case err := <-done:
		return Exitf(ExitTarget, "the server stopped: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) { // a call that does not come to its end is cut off
		err = server.Close()
	}
	if err != nil {
		return Exitf(ExitTarget, "the server did not stop well: %w", err)
	}
	return nil
}
