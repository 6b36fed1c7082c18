package check_test

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/conformance/check"
	"rollcall/conformance/client"
	"rollcall/conformance/internal/toy"
	"rollcall/conformance/suite"
)

// busy lets somebody else's thing disappear with a deletion, at most so many times.
type busy struct {
	inner http.RoundTripper
	url   string
	times int
	ids   []string
}

// RoundTrip sends the request, and after a deletion another one.
func (b *busy) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := b.inner.RoundTrip(r)
	if err == nil && r.Method == http.MethodDelete && b.times > 0 && len(b.ids) > 0 {
		b.times--
		b.send(http.MethodDelete, "/things/"+b.ids[0], "")
		b.ids = b.ids[1:]
	}
	return response, err
}

func (b *busy) send(method, path, body string) string {
	request, _ := http.NewRequest(method, b.url+path, strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+toy.Key)
	response, err := b.inner.RoundTrip(request)
	if err != nil {
		return ""
	}
	response.Body.Close()
	return response.Status
}

// At a service without worlds somebody else may change something just then: once proves
// nothing, twice does. What the target's file gives is to stand while the run lasts.
func TestStrangersThatChange(t *testing.T) {
	for _, row := range []struct {
		name  string
		times int
		given string // the id of a thing
		want  string
	}{
		{"nobody", 0, "", "pass"},
		{"somebody else, once", 1, "", "pass"},
		{"with each write", 9, "", "fail"},
		{"what is given, once", 1, "1", "fail"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, target := toy.Contract(t), toy.Target(t)
			others := &busy{inner: http.DefaultTransport, url: target.URL, times: row.times, ids: []string{"1", "2", "3", "4"}}
			for _, name := range []string{"Alder", "Beech", "Cedar", "Elm", "Fir"} {
				others.send(http.MethodPost, "/things", `{"name":"`+name+`","kind":"plain"}`)
			}
			target.Worlds, target.Transport = "", others
			if row.given != "" {
				target.Given = map[string]string{"id": row.given}
			}
			api := toy.API()
			api.Cases = check.Cases(c, api.Samples, nil)
			run, err := suite.RunPlain(t.Context(), suite.Config{Contract: c, API: api, Target: target,
				Only: []string{"TOY-DOC-deleteThing-untouched_neighbours"}})
			if err != nil {
				t.Fatal(err)
			}
			if got := run.Results[0]; string(got.Verdict) != row.want {
				t.Errorf("it is %s: %s", got.Verdict, got.Reason)
			}
		})
	}
}

// leafed shows two things of the list to a page, as long as there are any.
type leafed struct{ *busy }

// RoundTrip cuts the answer that a list gives.
func (l leafed) RoundTrip(r *http.Request) (*http.Response, error) {
	const size = 2
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	response, err := l.busy.RoundTrip(r)
	if err != nil || r.Method != http.MethodGet || r.URL.Path != "/things" {
		return response, err
	}
	whole, err := io.ReadAll(response.Body)
	items := gjson.ParseBytes(whole).Array()
	var shown []string
	for _, item := range items[min(len(items), max(page-1, 0)*size):min(len(items), max(page, 1)*size)] {
		shown = append(shown, item.Raw)
	}
	text := "[" + strings.Join(shown, ",") + "]"
	response.Body, response.ContentLength = io.NopCloser(bytes.NewBufferString(text)), int64(len(text))
	response.Header.Del("Content-Length")
	return response, err
}

// A stranger on a further page is watched like those on the first.
func TestStrangersOnFurtherPages(t *testing.T) {
	c, target := toy.Contract(t), toy.Target(t)
	others := &busy{inner: http.DefaultTransport, url: target.URL, times: 9, ids: []string{"4", "3"}}
	for _, name := range []string{"Alder", "Beech", "Cedar", "Elm"} {
		others.send(http.MethodPost, "/things", `{"name":"`+name+`","kind":"plain"}`)
	}
	target.Worlds, target.Transport = "", leafed{others}
	api := toy.API()
	api.Cases = check.Cases(c, api.Samples, nil)
	api.Pages = func(last *client.Exchange, number int) []client.Option {
		if string(last.Body) == "[]" {
			return nil
		}
		return []client.Option{client.Query("page", number)}
	}
	run, err := suite.RunPlain(t.Context(), suite.Config{Contract: c, API: api, Target: target,
		Only: []string{"TOY-DOC-deleteThing-untouched_neighbours"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := run.Results[0]; got.Verdict != "fail" {
		t.Errorf("it is %s: %s", got.Verdict, got.Reason)
	}
}
