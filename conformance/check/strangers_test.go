package check_test

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/conformance/check"
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
