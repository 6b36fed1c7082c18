package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/trouble"
)

// What an answer may take before a run has begun: whoever sits there may be anything.
const (
	askTime = 10 * time.Second
	askSize = 16 << 20 // bytes
)

// errNoEnd marks an answer that began and did not end.
var errNoEnd = errors.New("no whole answer came")

// reply is an answer; its status is 0 where none began.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// ask gets what is at a URL, within a time and a size.
func ask(parent context.Context, through http.RoundTripper, url string) (answer reply, err error) {
	within := askTime
	if until, ok := parent.Deadline(); ok {
		within = min(askTime, time.Until(until).Round(100*time.Millisecond))
	}
	ctx, cancel := context.WithTimeout(parent, askTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer, err
	}
	// Where an answer sends us on to is not who was asked: it would be given the token, and the
	// credentials that come from there would be called with here.
	asker := http.Client{Transport: through, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	response, err := asker.Do(request)
	if err != nil {
		return answer, fmt.Errorf("GET %s: %w", url, trouble.Plain(err))
	}
	if err := client.Final(response); err != nil {
		return answer, err
	}
	defer response.Body.Close()
	answer = reply{status: response.StatusCode, header: response.Header}
	body, err := io.ReadAll(io.LimitReader(response.Body, askSize+1))
	switch {
	case parent.Err() == context.Canceled:
		return answer, context.Cause(parent)
	case ctx.Err() != nil:
		return answer, fmt.Errorf("%s: %w within %s", url, errNoEnd, within)
	case err == nil && len(body) > askSize:
		err = fmt.Errorf("%s: %w within %d bytes", url, errNoEnd, askSize)
	}
	answer.body = body
	return answer, err
}

// describe asks a mock what the suite may know of a contract.
func describe(ctx context.Context, name, base string, through http.RoundTripper) (suite.Target, error) {
	var t suite.Target
	url := strings.TrimSuffix(base, "/") + "/__admin/targets/" + name
	answer, err := ask(ctx, through, url)
	if err != nil {
		return t, err
	}
	if answer.status != http.StatusOK {
		return t, refusalOf(url, answer)
	}
	if err := json.Unmarshal(answer.body, &t); err != nil {
		return t, fmt.Errorf("%s: %w", url, err)
	}
	if t.URL == "" {
		return t, fmt.Errorf("%s is answered without the url of a target", url)
	}
	reachable(&t, base)
	t.Transport = through
	return t, nil
}

// reachable puts the address under which a mock was found in place of the one that it knows of
// itself: before it may stand a proxy that says another host.
func reachable(t *suite.Target, base string) {
	own, err := url.Parse(t.URL)
	given, wrong := url.Parse(base)
	if err != nil || wrong != nil || own.Host == "" || own.Scheme == given.Scheme && own.Host == given.Host {
		return
	}
	known := own.Scheme + "://" + own.Host
	found := given.Scheme + "://" + given.Host + strings.TrimSuffix(given.Path, "/")
	move := func(address string) string {
		if rest, its := strings.CutPrefix(address, known); its && (rest == "" || rest[0] == '/') {
			return found + rest
		}
		return address
	}
	t.URL, t.Worlds = move(t.URL), move(t.Worlds)
	for _, persona := range t.Personas {
		for name, value := range persona.Info {
			persona.Info[name] = move(value)
		}
	}
}
