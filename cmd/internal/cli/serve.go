package cli

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Port gives the port of a TCP listener.
func Port(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// Serve answers until the context ends, then lets running calls finish.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return Exitf(ExitTarget, "the server stopped: %w", err)
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(drain); err != nil {
			return Exitf(ExitTarget, "the server did not stop in time: %w", err)
		}
		return nil
	}
}
