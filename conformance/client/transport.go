package client

import (
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
)

// network is the way to a target that is not in this process. A server may close a kept
// connection at any time (RFC 9112, 9.5), and nobody knows then whether it has read what
// was on its way: a write never goes over a connection that was used before, and a read
// is asked again over a fresh one, once.
type network struct {
	kept, fresh http.RoundTripper
	proxy       func(*http.Request) (*url.URL, error)
}

// Over returns the way to whatever is not in this process, over a transport that keeps
// connections; nil is that of the standard library.
func Over(kept *http.Transport) http.RoundTripper {
	if kept == nil {
		kept = &http.Transport{}
		if standard, ok := http.DefaultTransport.(*http.Transport); ok {
			kept = standard
		}
	}
	fresh := kept.Clone()
	fresh.MaxIdleConnsPerHost = -1 // none is kept, and no header says so
	return network{kept, fresh, kept.Proxy}
}

// RoundTrip sends the request.
func (n network) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := n.send(r)
	if err != nil {
		return nil, named(n.proxy, r, came(err))
	}
	if err := Final(response); err != nil {
		return nil, err
	}
	return response, nil
}

// Final returns an error for what is no answer, and closes it: a status that is none, or 101,
// behind which the connection belongs to another protocol and has neither time limit nor end.
func Final(response *http.Response) error {
	if response.StatusCode >= http.StatusOK {
		return nil
	}
	_ = response.Body.Close()
	if response.StatusCode == http.StatusSwitchingProtocols {
		return unread("the answer is 101, which switches to another protocol, and nobody asked for one")
	}
	return unread("the answer has the status %03d, and there is none below 100", response.StatusCode)
}

func (n network) send(r *http.Request) (*http.Response, error) {
	if !safe(r.Method) {
		return n.fresh.RoundTrip(r)
	}
	var reused, answered atomic.Bool // a connection that a deadline has left behind still tells
	trace := &httptrace.ClientTrace{
		GotConn:              func(info httptrace.GotConnInfo) { reused.Store(info.Reused) },
		GotFirstResponseByte: func() { answered.Store(true) },
	}
	response, err := n.kept.RoundTrip(r.WithContext(httptrace.WithClientTrace(r.Context(), trace)))
	if err == nil || !reused.Load() || answered.Load() || r.Context().Err() != nil {
		return response, err
	}
	again, bad := rewound(r)
	if bad != nil {
		return nil, err
	}
	return n.fresh.RoundTrip(again)
}

// safe is RFC 9110, 9.2.1: to ask twice changes nothing.
func safe(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}

// rewound is the request once more, with its body from the beginning.
func rewound(r *http.Request) (*http.Request, error) {
	again := r.Clone(r.Context())
	if r.GetBody == nil {
		return again, nil
	}
	body, err := r.GetBody()
	again.Body = body
	return again, err
}
