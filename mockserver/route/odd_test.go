package route_test

import (
	"fmt"
	"net/url"
	"testing"

	"rollcall/mockserver/route"
)

// TestOddRoutes holds templates that no table takes, and queries that tell operations apart.
func TestOddRoutes(t *testing.T) {
	for _, row := range []struct {
		template string
		query    map[string]string
		target   string
		want     string // the parameters, or "no"
	}{
		{"/commits/{sha}.{kind}", nil, "/commits/a1.diff", "[{sha a1} {kind diff}]"},
		{"/commits/{sha}.{kind}", nil, "/commits/a.1.diff", "[{sha a} {kind 1.diff}]"},
		{"/commits/{sha}.{kind}", nil, "/commits/a1", "no"},
		{"/commits/{sha}.{kind}", nil, "/commits/a1.diff/x", "no"},
		{"/compare/{base}...{head}", nil, "/compare/main...work%2Fx", "[{base main} {head work/x}]"},
		{"/files/{id}", map[string]string{"fields": "lock"}, "/files/7?fields=lock", "[{id 7}]"},
		{"/files/{id}", map[string]string{"fields": "lock"}, "/files/7?fields=link", "no"},
		{"/files/{id}", map[string]string{"fields": ""}, "/files/7?fields=any", "[{id 7}]"},
		{"/files/{id}", map[string]string{"fields": ""}, "/files/7", "no"},
		{"/sum(a+b)/{x}-{y}", nil, "/sum(a+b)/1-2", "[{x 1} {y 2}]"},
	} {
		o, err := route.NewOdd(route.Route{Method: "GET", Template: row.template}, row.query)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(row.target)
		if err != nil {
			t.Fatal(err)
		}
		got := "no"
		if params, ok := o.Match("GET", u); ok {
			got = fmt.Sprint(params)
		}
		if got != row.want {
			t.Errorf("%s for %s: %s, want %s", row.template, row.target, got, row.want)
		}
		if _, ok := o.Match("PUT", u); ok {
			t.Errorf("%s answers another method", row.template)
		}
	}
	if route.Plain("/a/{b}.{c}") || !route.Plain("/a/{b}") {
		t.Error("which templates a table takes is not told")
	}
}
