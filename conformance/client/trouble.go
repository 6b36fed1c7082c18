package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"rollcall/specs/trouble"
)

// Unread is the error of an answer that came and can't be read: whoever sent it is there.
type Unread struct{ Why error }

// Error says why not.
func (e *Unread) Error() string { return e.Why.Error() }

// Unwrap gives the cause.
func (e *Unread) Unwrap() error { return e.Why }

func unread(format string, args ...any) error { return &Unread{fmt.Errorf(format, args...)} }

// late is the error of a request whose time was over.
type late struct {
	limit time.Duration
	cause error
}

func (e *late) Error() string { return fmt.Sprintf("it took longer than %s", e.limit) }
func (e *late) Unwrap() error { return e.cause }

// byProxy is the error of a request that was to go by a proxy.
type byProxy struct {
	proxy string
	cause error
}

func (e *byProxy) Error() string { return fmt.Sprintf("by the proxy %s: %v", e.proxy, e.cause) }
func (e *byProxy) Unwrap() error { return e.cause }

// Advice is what to do about an error that kept an answer from coming or from being read.
func Advice(err error) string {
	switch {
	case errors.As(err, new(*Unread)):
		return "it answers, so look at what it sends, and that the URL is right"
	case errors.As(err, new(*byProxy)):
		return "check that the proxy is running; it is that of proxy in the target's file, else of HTTP_PROXY and HTTPS_PROXY," +
			" and proxy: none calls the target without"
	case errors.As(err, new(*late)):
		return "check why it hangs, or give it longer: timeouts.answer in the target's file"
	}
	return "check that it is running and that the URL is right"
}

// limited says of an error what time was over, if it was that of the request: not of what is around it,
// and not of making a connection.
func limited(outer, own context.Context, limit time.Duration, err error) error {
	if err == nil || outer.Err() != nil || own.Err() == nil || !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &late{limit, err}
}

// named says by which proxy a request was to go.
func named(proxy func(*http.Request) (*url.URL, error), r *http.Request, err error) error {
	if proxy == nil || err == nil || errors.As(err, new(*Unread)) || errors.Is(err, context.Canceled) {
		return err
	}
	if at, bad := proxy(r); bad == nil && at != nil {
		return &byProxy{at.Scheme + "://" + at.Host, err}
	}
	return err
}

// came says of an error of the library, in plain words, whether an answer was there.
func came(err error) error {
	var network *net.OpError
	if errors.As(err, new(*Unread)) || errors.As(err, &network) || !trouble.Came(err) {
		return trouble.Plain(err)
	}
	return &Unread{trouble.Plain(err)}
}

// broken says what kept a body, of which the beginning was there, from being read whole.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || trouble.Came(err) {
		return &Unread{trouble.Plain(err)}
	}
	return trouble.Plain(err)
}
