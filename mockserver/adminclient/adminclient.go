// Package adminclient calls the control API of a running mock: its worlds, their clocks,
// faults, snapshots, data and journals.
//
//	mock := adminclient.New("http://127.0.0.1:4010", "")
//	world, err := mock.Fork(ctx, "")          // a copy of everything, this test's own
//	defer mock.Delete(ctx, world)
//
// It is an API for users: names stay, members are only added.
package adminclient

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/specs/trouble"
)

// Client calls one mock. Its methods may be called by several goroutines.
type Client struct {
	base, token string
	HTTP        *http.Client // how it is reached; http.DefaultClient if nothing else is set

	// What an answer may take: whoever listens there may be anything. 0 means as New gives it.
	Within time.Duration // from call to end, 30 s
	Most   int64         // bytes, 16 MiB; more for the export of a world at its largest
}

// New gives a client for the mock at an address, "http://127.0.0.1:4010". The token is that
// of the mock's --admin-token, "" where it has none.
func New(base, token string) *Client {
	return &Client{base: strings.TrimSuffix(base, "/"), token: token, HTTP: http.DefaultClient, Within: within, Most: most}
}

// Error is what the control API refuses, in its own words.
type Error struct {
	Status  int
	Message string
	call    string
}

// Error says what was called and what was said.
func (e *Error) Error() string {
	return fmt.Sprintf("%s is answered %d %s", e.call, e.Status, e.Message)
}

// What an answer may take where nothing else is set.
const (
	within = 30 * time.Second
	most   = 16 << 20
)

// errNoEnd says that an answer began and did not end.
var errNoEnd = errors.New("no whole answer came")

// Do calls the path below /__admin with a value as JSON, nil for none, and decodes the answer
// into out, nil for nothing. What is refused is an *Error.
func (c *Client) Do(ctx context.Context, method, path string, sent, out any) error {
	var body bytes.Buffer
	if sent != nil {
		if err := json.NewEncoder(&body).Encode(sent); err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
	}
	limit := cmp.Or(c.Within, within)
	timed, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("%w within %s", errNoEnd, limit))
	defer cancel()
	err := c.do(timed, method, path, &body, sent != nil, out)
	if cause := context.Cause(timed); err != nil && cause != nil {
		return fmt.Errorf("%s %s: %w", method, c.base+admin.Prefix+path, cause)
	}
	return err
}

// do sends a call, and reads its answer.
func (c *Client) do(ctx context.Context, method, path string, body io.Reader, typed bool, out any) error {
	q, err := http.NewRequestWithContext(ctx, method, c.base+admin.Prefix+path, body)
	if err != nil {
		return err
	}
	if typed {
		q.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		q.Header.Set("Authorization", "Bearer "+c.token)
	}
	through := *c.HTTP // where an answer sends us on to is not who was asked, and gets no token
	through.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := through.Do(q)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, q.URL, trouble.Plain(err))
	}
	defer res.Body.Close()
	if res.StatusCode < http.StatusOK { // what follows is no answer of HTTP
		return fmt.Errorf("%s %s is answered %d, which is no end", method, q.URL, res.StatusCode)
	}
	limit := cmp.Or(c.Most, most)
	text, err := io.ReadAll(io.LimitReader(res.Body, limit+1))
	if err == nil && int64(len(text)) > limit {
		err = fmt.Errorf("%w within %d bytes", errNoEnd, limit)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if res.StatusCode >= http.StatusMultipleChoices {
		var said struct{ Error string }
		_ = json.Unmarshal(text, &said) // without words the status has to do
		return &Error{res.StatusCode, said.Error, method + " " + q.URL.String()}
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(text, out); err != nil {
		return fmt.Errorf("%s %s is no answer of a mock: %w", method, q.URL, err)
	}
	return nil
}

// Gone tells whether an error says that a world is not there, or not any more.
func Gone(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Status == http.StatusNotFound || e.Status == http.StatusGone)
}

func world(id, rest string) string { return "/worlds/" + url.PathEscape(id) + rest }
