package command

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How long a client may take to send the head of a request, all of it, to take the
// answer, and to think of the next request. Who is slower, or sleeps, holds a
// connection and its memory for nothing.
const (
	headWithin  = 10 * time.Second
	readWithin  = 30 * time.Second
	writeWithin = 45 * time.Second
	idleWithin  = 60 * time.Second
)

// bounded gives a server that waits for no client for ever.
func bounded(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headWithin, ReadTimeout: readWithin, WriteTimeout: writeWithin, IdleTimeout: idleWithin,
	}
}

// serve answers until the context ends, then lets running calls finish for a moment.
func serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := bounded(h)
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return exit(ExitTarget, "the server stopped: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	err := server.Shutdown(drain)
	if errors.Is(err, context.DeadlineExceeded) { // a call that does not come to its end is cut off
		err = server.Close()
	}
	if err != nil {
		return exit(ExitTarget, "the server did not stop well: %w", err)
	}
	return nil
}

func listen(host string, port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return nil, exit(ExitTarget, "can't listen on %s:%d: %w; stop what runs there, or give another --port (0 takes a free one)",
			host, port, err)
	}
	return l, nil
}

// hostOf reads an address to listen on: a name or an address, without a port.
func hostOf(text string) (string, error) {
	host := text
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	if strings.ContainsAny(host, "/[] ") || strings.Contains(host, ":") && net.ParseIP(host) == nil {
		return "", exit(ExitUsage, "--host %q is neither a name nor an address; the port goes to --port", text)
	}
	return host, nil
}

// callable is the host to call where a server listens on host: an address that means
// all of them is none that a client can call.
func callable(host string) string {
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		return "127.0.0.1"
	}
	return host
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// carried refuses a token that no header can carry (RFC 6750, 2.1).
func carried(token string) error {
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return exit(ExitUsage, "--admin-token may have letters, digits and signs of ASCII, and no blanks or line breaks"+
			" (ROLLCALL_ADMIN_TOKEN sets it, too)")
	}
	return nil
}
