package query_test

import (
	"math"
	"strconv"
	"testing"

	"rollcall/mockserver/query"
)

func TestAppendLink(t *testing.T) {
	for _, row := range []struct {
		name, target string
		keep         bool
		want         string
	}{
		{"no query", "/users", true, "/users?page=3"},
		{"others stay, in their place", "/users?a=1&page=2&b=x%20y", true, "/users?a=1&page=3&b=x%20y"},
		{"others go", "/users?a=1&page=2&b=2", false, "/users?page=3"},
		{"the name escaped", "/users?p%61ge=2", true, "/users?page=3"},
		{"sent twice", "/users?page=1&page=2", true, "/users?page=3"},
		{"empty pairs", "/users?&&a=1&", true, "/users?a=1&page=3"},
		{"what would end the text or the query", "/users?q=\"a\\b#c", true, "/users?q=%22a%5Cb%23c&page=3"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := string(query.AppendLink(nil, row.target, "page", 3, row.keep)); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func TestReadPageKeepsToWhatCanBeCounted(t *testing.T) {
	p := query.ReadPage(strconv.Itoa(math.MaxInt), "100", 20, 100)
	if from := (p.Number - 1) * p.Size; from < 0 {
		t.Errorf("page %d of %d begins at %d", p.Number, p.Size, from)
	}
}
