package route

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzRoutes compiles any templates and asks them for any path: no input makes it panic,
// and where the templates are plain the answer is that of the reference, which tries one
// after the other.
func FuzzRoutes(f *testing.F) {
	f.Add("GET /a/{id}\nPUT /a/b\nGET /{x}/b", "GET", "/a/b")
	f.Add("GET /a/{id}/c\nGET /a/{name}", "OPTIONS", "/a/%2F")
	f.Add("HEAD /{id0}/{id1}\nGET /{id0}/a", "HEAD", "/%61/a")
	f.Add("GET /", "GET", "/")
	f.Add("GET /a*\nGET /a:b\nGET {x}\nGET /{x}{y}\nGET a\nGET /{}", "BREW", "//")
	f.Fuzz(func(t *testing.T, templates, method, path string) {
		var routes []Route
		for line := range strings.Lines(templates) {
			m, template, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			routes = append(routes, Route{m, template, len(routes)})
		}
		if len(routes) > 20 {
			return
		}
		table, err := New(routes)
		u, badPath := url.ParseRequestURI(path)
		if err != nil || badPath != nil {
			return
		}
		got := describe(table.Match(method, u))
		if !isPlain(routes, method, path) {
			return
		}
		if want := brute(routes, method, path); got != want {
			t.Fatalf("%s %s on %v:\n got %s\nwant %s", method, path, routes, got, want)
		}
	})
}

// isPlain keeps to what the reference understands: whole segments of plain letters, no
// two templates of one shape, paths without a query.
func isPlain(routes []Route, method, path string) bool {
	shapes := map[string]string{}
	for _, r := range routes {
		shape := ""
		for segment := range strings.SplitSeq(strings.TrimPrefix(r.Template, "/"), "/") {
			name, parameter := strings.CutPrefix(segment, "{")
			name = strings.TrimSuffix(name, "}")
			if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789") != "" ||
				parameter != strings.HasSuffix(segment, "}") {
				return false
			}
			if parameter {
				name = "{}"
			}
			shape += "/" + name
		}
		if other, twice := shapes[shape]; twice && other != r.Template || !strings.HasPrefix(r.Template, "/") || r.Method == "" {
			return false
		}
		shapes[shape] = r.Template
	}
	return method != "" && strings.HasPrefix(path, "/") && !strings.ContainsAny(path, "?#;") && !strings.Contains(path, "//")
}
