package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// script is a transport that answers in turn and remembers the requests.
type script struct {
	answers []*http.Response
	seen    []*http.Request
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	s.seen = append(s.seen, r)
	if len(s.answers) == 0 {
		return nil, errors.New("nobody is there")
	}
	next := s.answers[0]
	s.answers = s.answers[1:]
	return next, nil
}

func reply(status int, body string, header ...string) *http.Response {
	recorder := httptest.NewRecorder()
	for i := 0; i < len(header); i += 2 {
		recorder.Header().Set(header[i], header[i+1])
	}
	recorder.WriteHeader(status)
	_, _ = io.WriteString(recorder, body)
	return recorder.Result()
}

func operation() *contract.Operation {
	return &contract.Operation{ID: "getUser", Method: "GET", Path: "/users/{id}"}
}

func TestRequestOnTheWire(t *testing.T) {
	rows := map[string]struct {
		options []client.Option
		paths   map[string]string
		want    string
		judged  bool
	}{
		"path and query": {[]client.Option{client.Path("id", "a/b c"), client.Query("q", 1, "x y")}, nil,
			"GET /users/a%2Fb%20c?q=1&q=x%20y", true},
		"later option wins": {[]client.Option{client.Path("id", 1), client.Path("id", 2), client.Query("q", 1),
			client.Query("q")}, nil, "GET /users/2", true},
		"other method": {[]client.Option{client.Path("id", 1), client.Method("trace")}, nil, "TRACE /users/1", false},
		"another base": {[]client.Option{client.At("http://t.example/other/"), client.Path("id", 1)},
			nil, "GET /other/users/1", false},
		"raw path": {[]client.Option{client.RawPath("/nowhere")}, nil, "GET /nowhere", false},
		"the target's own path": {[]client.Option{client.Path("id", 1)}, map[string]string{"getUser": "POST /v2/users/{id}"},
			"POST /v2/users/1", true},
		"empty segment": {[]client.Option{client.Path("id", "")}, nil, "GET /users/", true},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			transport := &script{answers: []*http.Response{reply(200, "{}")}}
			c := client.New(client.Config{BaseURL: "http://t.example/", Transport: transport, Version: "9", Paths: row.paths})
			request := client.NewRequest(operation(), row.options...)
			request.Case = "TOY-A-01"
			exchange := c.Do(t.Context(), request)
			if exchange.Err != nil {
				t.Fatal(exchange.Err)
			}
			if got := exchange.Method + " " + strings.TrimPrefix(exchange.URL, "http://t.example"); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
			if got := transport.seen[0].Header.Get("User-Agent"); got != "rollcall/9 (TOY-A-01)" {
				t.Errorf("User-Agent %q", got)
			}
			if judged := exchange.Operation != nil; judged != row.judged {
				t.Errorf("operation kept: %v", judged)
			}
		})
	}
}

func TestUnfilledPathIsTheCasesMistake(t *testing.T) {
	transport := &script{}
	exchange := client.New(client.Config{Transport: transport}).Do(t.Context(), client.NewRequest(operation()))
	if !errors.Is(exchange.Err, client.ErrRequest) || len(transport.seen) > 0 {
		t.Fatalf("got %v after %d requests", exchange.Err, len(transport.seen))
	}
}

func TestRateLimitIsWaitedFor(t *testing.T) {
	limited := func(after string) *http.Response { return reply(429, "", "Retry-After", after) }
	rows := map[string]struct {
		answers []*http.Response
		options []client.Option
		want    int
		sent    int
	}{
		"passes":             {[]*http.Response{limited("0"), reply(200, "")}, nil, 200, 2},
		"lasts":              {[]*http.Response{limited("0"), limited("0"), limited("0")}, nil, 429, 3},
		"too long to wait":   {[]*http.Response{limited("3600"), reply(200, "")}, nil, 429, 1},
		"wanted by a case":   {[]*http.Response{limited("0"), reply(200, "")}, []client.Option{client.NoRetry()}, 429, 1},
		"a date in the past": {[]*http.Response{limited("Mon, 01 Jan 2024 00:00:00 GMT"), reply(200, "")}, nil, 200, 2},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			transport := &script{answers: row.answers}
			c := client.New(client.Config{Transport: transport})
			exchange := c.Do(t.Context(), client.NewRequest(operation(), append(row.options, client.Path("id", 1))...))
			if exchange.Status != row.want || len(transport.seen) != row.sent {
				t.Errorf("status %d after %d requests, want %d after %d", exchange.Status, len(transport.seen), row.want,
					row.sent)
			}
		})
	}
}

func TestEndedContextSendsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	transport := &script{}
	exchange := client.New(client.Config{Transport: transport}).Do(ctx, client.NewRequest(operation(), client.Path("id", 1)))
	if !errors.Is(exchange.Err, context.Canceled) || len(transport.seen) > 0 {
		t.Fatalf("got %v", exchange.Err)
	}
}

func TestNoSecretIsShown(t *testing.T) {
	const canary = "canary-0123456789"
	body := `{"password": "` + canary + `", "newSecret":"a\"b", "note":"it's", "accessToken": 12}`
	transport := &script{answers: []*http.Response{reply(200, `{"echo":"Bearer `+canary+`","refresh_token":"r-1"}`, "Set-Cookie",
		"sid=1")}}
	c := client.New(client.Config{BaseURL: "http://t.example", Transport: transport})
	exchange := c.Do(t.Context(), client.NewRequest(operation(), client.Path("id", 1), client.Method("PUT"),
		client.Query("api_token", canary), client.Credential("Authorization", "Bearer "+canary),
		client.Raw([]byte(body), "application/json")))
	shown := exchange.Shown(1 << 20)
	if shown.RequestBody != `{"password": "$TOKEN", "newSecret":"$TOKEN", "note":"it's", "accessToken": "$TOKEN"}` {
		t.Errorf("request body %s", shown.RequestBody)
	}
	if shown.ResponseBody != `{"echo":"Bearer $TOKEN","refresh_token":"$TOKEN"}` ||
		shown.ResponseHeaders.Get("Set-Cookie") != "$TOKEN" {
		t.Errorf("answer %v %s", shown.ResponseHeaders, shown.ResponseBody)
	}
	curl := shown.Curl()
	for _, want := range []string{`-X PUT`, `-H 'Authorization: Bearer '"$TOKEN"''`, `"note":"it'\''s"`,
		`'http://t.example/users/1?api_token='"$TOKEN"''`} {
		if !strings.Contains(curl, want) {
			t.Errorf("no %s in\n%s", want, curl)
		}
	}
	if strings.Contains(curl+exchange.String(), canary) {
		t.Error("the credential is shown")
	}
}

func TestReadingAnAnswer(t *testing.T) {
	exchange := &client.Exchange{Body: []byte(`{"data":[{"id":1},{"id":2}],"none":null}`)}
	if got := exchange.Texts("data.#.id"); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("texts %v", got)
	}
	if exchange.Texts("missing") != nil || exchange.Text("none") != "" {
		t.Error("what is not there was found")
	}
	broken := &client.Exchange{Body: []byte(`{"id":1} trailing`)}
	if broken.Get("id").Exists() {
		t.Error("found a member in what is not JSON")
	}
}

// TestEachToken holds that another token goes where the caller's own goes, in whatever way it is shown.
func TestEachToken(t *testing.T) {
	for header, row := range map[string]struct{ name, shown, want string }{
		"a scheme":        {"Authorization", "Token abc", "Token x"},
		"the whole value": {"X-Api-Key", "abc", "x"},
		"cookies":         {"Cookie", "lang=en; sid=abc=", "lang=x; sid=x"},
	} {
		r := client.NewRequest(nil, client.Credential(row.name, row.shown),
			client.EachToken(func(scheme, _ string) string { return scheme + "x" }))
		if got := r.Credential.Get(row.name); got != row.want {
			t.Errorf("%s: %q, want %q", header, got, row.want)
		}
	}
}
