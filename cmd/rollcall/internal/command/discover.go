package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"rollcall/conformance/suite"
)

// What an answer may take before a run has begun: whoever sits there may be anything.
const (
	askTime = 10 * time.Second
	askSize = 16 << 20 // bytes
)

// errNoEnd marks an answer that began and did not end.
var errNoEnd = errors.New("no whole answer came")

// ask gets what is at a URL, within a time and a size.
func ask(parent context.Context, through http.RoundTripper, url string) (status int, body []byte, err error) {
	ctx, cancel := context.WithTimeout(parent, askTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, nil, err
	}
	response, err := (&http.Client{Transport: through}).Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(io.LimitReader(response.Body, askSize+1))
	switch {
	case parent.Err() == context.Canceled:
		return response.StatusCode, nil, context.Cause(parent)
	case ctx.Err() != nil:
		return response.StatusCode, nil, fmt.Errorf("%s: %w within %s", url, errNoEnd, askTime)
	case err == nil && len(body) > askSize:
		err = fmt.Errorf("%s: %w within %d bytes", url, errNoEnd, askSize)
	}
	return response.StatusCode, body, err
}

// describe asks a mock what the suite may know of a contract.
func describe(ctx context.Context, name, base string, through http.RoundTripper) (suite.Target, error) {
	var t suite.Target
	url := strings.TrimSuffix(base, "/") + "/__admin/targets/" + name
	status, body, err := ask(ctx, through, url)
	if err != nil {
		return t, err
	}
	if status != http.StatusOK {
		return t, fmt.Errorf("%s is answered %d", url, status)
	}
	if err := json.Unmarshal(body, &t); err != nil {
		return t, fmt.Errorf("%s: %w", url, err)
	}
	t.Transport = through
	return t, nil
}
