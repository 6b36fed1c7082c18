// Package client sends the suite's requests and records each Exchange. It paces,
// stamps and waits, follows no redirect, and judges nothing.
//
// It is an API for authors of contracts, and may change with any version.
package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"rollcall/specs/secret"
	"rollcall/specs/trouble"
)

const (
	bodyLimit      = 10 << 20
	defaultTimeout = 30 * time.Second
	defaultMaxWait = 60 * time.Second
	attempts       = 3
	madeUp         = 12                     // bytes
	backoff        = 200 * time.Millisecond // before the first repetition, and twice as long before each other
)

// ErrRequest marks an Exchange that was never sent because the request itself is
// incomplete: a mistake of the case or the target file, not of the target.
var ErrRequest = errors.New("the request cannot be built")

var placeholder = regexp.MustCompile(`\{([^{}]+)\}`)

// Config says how a Client reaches its target.
type Config struct {
	BaseURL   string
	Transport http.RoundTripper        // nil = the network
	Pace      *Pace                    // when requests may be sent, nil = at any time
	MaxWait   time.Duration            // waited for in all before a 429 gives way to another answer, 0 = one minute
	Waiting   func(wait time.Duration) // told before each wait, which holds back all that share the pace; may be nil
	Version   string                   // of the suite, for the User-Agent
	Paths     map[string]string        // operation id -> "METHOD /path" where the target differs
	Query     map[string]string        // query parameter of the document -> the target's name for it
	Headers   map[string]string        // sent with every request
	Retries   int                      // how often a request without an answer, or with one of Tolerate, is sent again
	Tolerate  []int                    // statuses that mean "not now"
	Observe   func(*Exchange)          // sees every exchange, also failed ones; may be nil
	Secrets   *secret.Keeper           // what must not be told, to which the client adds; nil = one of its own
}

// Client sends requests to one target. It is safe for concurrent use.
type Client struct {
	config   Config
	throttle throttle
}

// New returns a client for the target of config.
func New(config Config) *Client {
	if config.Transport == nil {
		config.Transport = Over(nil)
	}
	if config.Secrets == nil {
		config.Secrets = &secret.Keeper{}
	}
	if config.MaxWait == 0 {
		config.MaxWait = defaultMaxWait
	}
	if config.Pace == nil {
		config.Pace = NewPace(0)
	}
	config.BaseURL = strings.TrimRight(config.BaseURL, "/")
	return &Client{config: config}
}

// Do sends the request and returns what happened; it never returns nil. A 429
// with a bearable Retry-After is waited for and sent again, unless the request
// forbids it. A target that answers nothing else is given up: nothing more is sent
// then. What got no answer, or one that means "not now", is sent again as Config says,
// a write only if it is known not to have arrived, or if the answer asks for it. Exchange.Err
// tells why there is no answer.
func (c *Client) Do(ctx context.Context, r Request) *Exchange {
	retried := 0
	for attempt := 1; ; attempt++ {
		exchange := c.attempt(ctx, r)
		for ; retried < c.config.Retries && c.mayRepeat(exchange) && sleep(ctx, c.pause(exchange, retried)) == nil; retried++ {
			if c.config.Observe != nil {
				c.config.Observe(exchange)
			}
			exchange = c.attempt(ctx, r)
		}
		c.throttle.record(exchange)
		if c.config.Observe != nil {
			c.config.Observe(exchange)
		}
		if exchange.Status != http.StatusTooManyRequests || r.PassOn429 || attempt == attempts {
			return exchange
		}
		wait := retryAfter(exchange.Header, exchange.Started)
		if !c.throttle.allows(wait, c.config.MaxWait) {
			return exchange
		}
		c.config.Pace.Pause(wait)
		if c.config.Waiting != nil && wait > 0 {
			c.config.Waiting(wait)
		}
		if sleep(ctx, wait) != nil {
			return exchange
		}
	}
}

// mayRepeat says whether an exchange came to nothing and does no harm when it is sent
// again.
func (c *Client) mayRepeat(e *Exchange) bool {
	switch {
	case e.Err == nil:
		return (safe(e.Method) || asksAgain(e)) && slices.Contains(c.config.Tolerate, e.Status) &&
			e.Status != http.StatusTooManyRequests
	case !e.Sent, errors.Is(e.Err, ErrRequest), errors.Is(e.Err, context.DeadlineExceeded), errors.Is(e.Err, context.Canceled):
		return false
	}
	return safe(e.Method) || Unsent(e.Err)
}

// asksAgain says whether a service that was not there for a request asks for it once more, as HTTP lets it do with a
// 503 (RFC 9110, 15.6.4). A gateway's 502 or 504 may come of a request that has been carried out.
func asksAgain(e *Exchange) bool {
	return e.Status == http.StatusServiceUnavailable && e.Header.Get("Retry-After") != ""
}

// pause is how long to wait before a request is sent again: what the answer asks for, within reason, or longer each time.
func (c *Client) pause(e *Exchange, retried int) time.Duration {
	wait := backoff << retried
	if asked := retryAfter(e.Header, e.Started); e.Header.Get("Retry-After") != "" && asked <= c.config.MaxWait {
		wait = max(wait, asked)
	}
	return wait
}

// Unsent says whether an error came before the target was reached at all.
func Unsent(err error) bool {
	var network *net.OpError
	return errors.Is(err, ErrRequest) || errors.As(err, &network) && (network.Op == "dial" || network.Op == "proxyconnect")
}

// attempt paces, sends once and records.
func (c *Client) attempt(ctx context.Context, r Request) *Exchange {
	exchange := c.prepare(r)
	if exchange.Err != nil {
		return exchange
	}
	if exchange.Err = c.throttle.over(); exchange.Err != nil {
		return exchange
	}
	if exchange.Err = c.config.Pace.Wait(ctx); exchange.Err != nil {
		return exchange
	}
	timeout := r.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	timed, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	exchange.Started, exchange.Sent = time.Now(), true
	exchange.Err = limited(ctx, timed, timeout, c.send(timed, exchange))
	exchange.Duration = time.Since(exchange.Started)
	return exchange
}

// prepare builds the request half of the exchange.
func (c *Client) prepare(r Request) *Exchange {
	exchange := &Exchange{
		Operation: r.Operation, Persona: r.Persona, Case: r.Case, Spoilt: r.Spoilt,
		RequestHeader: http.Header{}, RequestBody: r.Body, Started: time.Now(), secrets: c.config.Secrets,
	}
	method, path := c.line(r)
	exchange.Method = method
	if r.Base != "" || r.Path != "" || r.Method != "" && (r.Operation == nil || r.Method != r.Operation.Method) {
		exchange.Operation = nil
	}
	filled, err := fill(path, r.PathValues)
	base := c.config.BaseURL
	if r.Base != "" {
		base = r.Base
	}
	exchange.URL = base + filled
	if len(r.Query) > 0 {
		// A blank as %20: not every service takes a plus sign for one.
		exchange.URL += "?" + strings.ReplaceAll(c.named(r.Query).Encode(), "+", "%20")
	}
	if err != nil {
		exchange.Err = fmt.Errorf("%w: %s %s: %v", ErrRequest, method, path, err)
		return exchange
	}
	c.stamp(exchange, r)
	return exchange
}

// line returns the method and the path template: the request's own, else the
// target's override, else the operation's.
func (c *Client) line(r Request) (method, path string) {
	if r.Operation != nil {
		method, path = r.Operation.Method, r.Operation.Path
		if override, ok := c.config.Paths[r.Operation.ID]; ok {
			method, path, _ = strings.Cut(override, " ")
		}
	}
	if r.Instead != "" {
		method = r.Instead
	}
	if r.Method != "" {
		method = r.Method
	}
	if r.Path != "" {
		path = r.Path
	}
	return method, path
}

// named is a query with the names that the target has for its parameters.
func (c *Client) named(query url.Values) url.Values {
	if len(c.config.Query) == 0 {
		return query
	}
	out := url.Values{}
	for name, values := range query {
		if own, ok := c.config.Query[name]; ok {
			name = own
		}
		out[name] = values
	}
	return out
}

// stamp sets the headers and remembers which values are secrets. A short credential is
// one that a case made up, unless it is next to one that is known.
func (c *Client) stamp(exchange *Exchange, r Request) {
	header := exchange.RequestHeader
	header.Set("Accept", "application/json")
	agent := "rollcall/" + c.config.Version
	if r.Case != "" {
		agent += " (" + r.Case + ")"
	}
	header.Set("User-Agent", agent)
	for name, value := range c.config.Headers {
		header.Set(name, value)
	}
	for name, values := range r.Credential {
		header[name] = values
		for _, value := range values {
			if part := secret.Part(value); len(part) > madeUp || exchange.secrets.Near(part) {
				exchange.secrets.Add(part)
			}
		}
	}
	for name, values := range r.Header {
		header[name] = values
	}
}

// send puts the exchange's request on the wire and reads the answer into it.
func (c *Client) send(ctx context.Context, exchange *Exchange) error {
	var body io.Reader
	if exchange.RequestBody != nil {
		body = bytes.NewReader(exchange.RequestBody)
	}
	request, err := http.NewRequestWithContext(ctx, exchange.Method, exchange.URL, body)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrRequest, trouble.Words(err))
	}
	request.Header = exchange.RequestHeader.Clone()
	response, err := c.config.Transport.RoundTrip(request)
	if err != nil {
		return came(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit+1))
	if err != nil {
		return broken(err)
	}
	if len(data) > bodyLimit {
		return unread("the answer is longer than %d bytes", bodyLimit)
	}
	if tooDeep(data) {
		return unread("the answer nests deeper than %d levels", depthLimit)
	}
	exchange.Status, exchange.Header, exchange.Body = response.StatusCode, response.Header, data
	told := data
	if !exchange.Success() {
		told = nil // what a refusal calls a token is a sentence about it
	}
	exchange.secrets.Answer(response.Header, told)
	exchange.secrets.Apart(response.Header, data)
	return nil
}

// Placeholders returns the names in braces in a path template.
func Placeholders(template string) (names []string) {
	for _, match := range placeholder.FindAllStringSubmatch(template, -1) {
		names = append(names, match[1])
	}
	return names
}

// fill replaces the placeholders of a path template by escaped values. One
// without a value is an error: an empty segment has to be asked for.
func fill(template string, values map[string]string) (string, error) {
	var missing []string
	path := placeholder.ReplaceAllStringFunc(template, func(match string) string {
		name := match[1 : len(match)-1]
		value, ok := values[name]
		if !ok {
			missing = append(missing, name)
		}
		return url.PathEscape(value)
	})
	if len(missing) > 0 {
		return template, fmt.Errorf("no value for %s; give one with client.Path", strings.Join(missing, ", "))
	}
	return path, nil
}
