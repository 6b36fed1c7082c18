package route

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// directory is a route set that httprouter refuses as it stands.
func directory(t testing.TB) (*Table, []string) {
	t.Helper()
	lines := []string{
		"GET /", "GET /user", "GET /user/{username}", "POST /user/{username}/password", "GET /user/details/{userId}",
		"POST /staff", "GET /staff/{username}", "GET /staff/{staffCode}/caseload/managed-offenders",
		"GET /staff/{boroughCode}/pdu-head", "GET /staff/byid/{id}",
		"GET /staff/byid/{id}/caseload/managed-offenders", "GET /staff/bycode/{code}",
		"GET /tenants/{t}/users/search", "PUT /tenants/{t}/users/{userId}", "DELETE /tenants/{t}/users/{userId}",
		"GET /api/categories/suggest", "GET /api/categories/{id}", "PATCH /api/categories/{id}",
		"GET /own/{id}", "HEAD /own/{id}", "OPTIONS /own/{id}",
	}
	var routes []Route
	for i, line := range lines {
		method, template, _ := strings.Cut(line, " ")
		routes = append(routes, Route{method, template, i})
	}
	table, err := New(routes)
	if err != nil {
		t.Fatal(err)
	}
	return table, lines
}

func target(t testing.TB, raw string) *url.URL {
	t.Helper()
	u, err := url.ParseRequestURI(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestMatchFindsTheOperation(t *testing.T) {
	table, lines := directory(t)
	for _, row := range []struct{ name, request, want, params string }{
		{"root", "GET /", "GET /", ""},
		{"literal only", "GET /user", "GET /user", ""},
		{"query is no part of the path", "GET /user?x=/staff", "GET /user", ""},
		{"parameter", "GET /user/joe", "GET /user/{username}", "username=joe"},
		{"literal before parameter", "GET /user/details/7", "GET /user/details/{userId}", "userId=7"},
		{"literal as a value", "GET /user/details", "GET /user/{username}", "username=details"},
		{"parameter before literal", "POST /user/details/password", "POST /user/{username}/password", "username=details"},
		{"three names at one place", "GET /staff/N01", "GET /staff/{username}", "username=N01"},
		{"second name", "GET /staff/N01/pdu-head", "GET /staff/{boroughCode}/pdu-head", "boroughCode=N01"},
		{"third name", "GET /staff/N01/caseload/managed-offenders", "GET /staff/{staffCode}/caseload/managed-offenders",
			"staffCode=N01"},
		{"byid", "GET /staff/byid/9", "GET /staff/byid/{id}", "id=9"},
		{"bycode", "GET /staff/bycode/9", "GET /staff/bycode/{code}", "code=9"},
		{"byid, deep", "GET /staff/byid/9/caseload/managed-offenders", "GET /staff/byid/{id}/caseload/managed-offenders", "id=9"},
		{"byid as a staff code", "GET /staff/byid/caseload/managed-offenders",
			"GET /staff/{staffCode}/caseload/managed-offenders", "staffCode=byid"},
		{"ambiguous: leftmost literal", "GET /staff/byid/pdu-head", "GET /staff/byid/{id}", "id=pdu-head"},
		{"two parameters", "PUT /tenants/1/users/22", "PUT /tenants/{t}/users/{userId}", "t=1 userId=22"},
		{"parameter then literal", "GET /tenants/1/users/search", "GET /tenants/{t}/users/search", "t=1"},
		{"method falls through to the parameter", "PUT /tenants/1/users/search", "PUT /tenants/{t}/users/{userId}",
			"t=1 userId=search"},
		{"suggest", "GET /api/categories/suggest", "GET /api/categories/suggest", ""},
		{"category", "GET /api/categories/suggests", "GET /api/categories/{id}", "id=suggests"},
		{"HEAD by GET", "HEAD /user/joe", "GET /user/{username}", "username=joe"},
		{"HEAD of its own", "HEAD /own/1", "HEAD /own/{id}", "id=1"},
		{"OPTIONS of its own", "OPTIONS /own/1", "OPTIONS /own/{id}", "id=1"},
		{"slash inside a segment", "GET /staff/a%2Fb", "GET /staff/{username}", "username=a/b"},
		{"slash in lower case", "GET /staff/a%2fb/pdu-head", "GET /staff/{boroughCode}/pdu-head", "boroughCode=a/b"},
		{"slash is no separator", "GET /staff/byid%2F9", "GET /staff/{username}", "username=byid/9"},
		{"percent sign", "GET /staff/a%25b", "GET /staff/{username}", "username=a%b"},
		{"encoded percent sign", "GET /staff/a%2525b", "GET /staff/{username}", "username=a%25b"},
		{"percent sign beside a slash", "GET /staff/%252F%2F", "GET /staff/{username}", "username=%2F/"},
		{"dots with a slash", "GET /staff/..%2F", "GET /staff/{username}", "username=../"},
		{"dots", "GET /staff/..", "GET /staff/{username}", "username=.."},
		{"encoded literal", "GET /st%61ff/x", "GET /staff/{username}", "username=x"},
		{"encoded literal in a merged place", "GET /staff/by%69d/9", "GET /staff/byid/{id}", "id=9"},
		{"space and plus", "GET /staff/a%20b+c", "GET /staff/{username}", "username=a b+c"},
		{"other scripts", "GET /staff/%C5%81ukasz", "GET /staff/{username}", "username=Łukasz"},
		{"colon and star", "GET /staff/:*", "GET /staff/{username}", "username=:*"},
	} {
		t.Run(row.name, func(t *testing.T) {
			method, raw, _ := strings.Cut(row.request, " ")
			m := table.Match(method, target(t, raw))
			if m.Outcome != Found || lines[m.Value] != row.want || render(m.Params) != row.params || m.Allow != "" {
				t.Errorf("%s: got %+v, want %s with %q", row.request, m, row.want, row.params)
			}
		})
	}
}

func TestMatchRefuses(t *testing.T) {
	table, _ := directory(t)
	for _, row := range []struct {
		name, request string
		want          Outcome
		allow         string
	}{
		{"unknown", "GET /nothing", NotFound, ""},
		{"unknown method too", "BREW /nothing", NotFound, ""},
		{"OPTIONS on an unknown path", "OPTIONS /nothing", NotFound, ""},
		{"prefix of a template", "GET /tenants/1", NotFound, ""},
		{"below a template", "GET /user/joe/password/x", NotFound, ""},
		{"literal that does not fit", "GET /tenants/1/user/2", NotFound, ""},
		{"merged literal that does not fit", "GET /staff/N01/pdu-foot", NotFound, ""},
		{"trailing slash", "GET /user/", NotFound, ""},
		{"trailing slash after a parameter", "GET /user/joe/", NotFound, ""},
		{"empty segment", "PUT /tenants//users/2", NotFound, ""},
		{"empty first segment", "GET //user", NotFound, ""},
		{"case of a literal", "GET /User", NotFound, ""},
		{"asterisk", "OPTIONS *", NotFound, ""},
		{"another method", "PUT /user", NotAllowed, "GET, HEAD"},
		{"no GET, no HEAD", "GET /staff", NotAllowed, "POST"},
		{"HEAD without GET", "HEAD /staff", NotAllowed, "POST"},
		{"union of templates", "PATCH /tenants/1/users/search", NotAllowed, "DELETE, GET, HEAD, PUT"},
		{"only the templates that match", "PATCH /tenants/1/users/2", NotAllowed, "DELETE, PUT"},
		{"unknown method", "BREW /user/joe", NotAllowed, "GET, HEAD"},
		{"method in lower case", "get /user", NotAllowed, "GET, HEAD"},
		{"HEAD twice is named once", "PUT /own/1", NotAllowed, "GET, HEAD, OPTIONS"},
		{"OPTIONS", "OPTIONS /api/categories/1", Options, "GET, HEAD, PATCH"},
		{"OPTIONS on a literal", "OPTIONS /user", Options, "GET, HEAD"},
		{"slash inside, wrong method", "PUT /staff/a%2Fb", NotAllowed, "GET, HEAD"},
	} {
		t.Run(row.name, func(t *testing.T) {
			method, raw, _ := strings.Cut(row.request, " ")
			m := table.Match(method, target(t, raw))
			if m.Outcome != row.want || m.Allow != row.allow || m.Params != nil {
				t.Errorf("%s: got %+v, want outcome %d, Allow %q", row.request, m, row.want, row.allow)
			}
		})
	}
}

func TestNotesNameAmbiguousPairs(t *testing.T) {
	table, _ := directory(t)
	want := []string{
		"GET /staff/bycode/{code} and /staff/{boroughCode}/pdu-head both match /staff/bycode/pdu-head: the first " +
			"wins, its literal stands further left",
		"GET /staff/byid/{id} and /staff/{boroughCode}/pdu-head both match /staff/byid/pdu-head: the first wins, its " +
			"literal stands further left",
	}
	if got := table.Notes(); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, row := range []struct{ name, routes, want string }{
		{"no slash", "GET users", "does not start with a slash"},
		{"trailing slash", "GET /users/", "empty segment"},
		{"doubled slash", "GET /a//b", "empty segment"},
		{"half a parameter", "GET /users/{id}.json", "neither a plain literal"},
		{"nameless parameter", "GET /users/{}", "not one named parameter"},
		{"two in one segment", "GET /users/{a}{b}", "not one named parameter"},
		{"router syntax", "GET /users/:id", "neither a plain literal"},
		{"encoded literal", "GET /a%20b", "neither a plain literal"},
		{"name twice", "GET /a/{id}/b/{id}", "parameter {id} is there twice"},
		{"method twice", "GET /a/{id},GET /a/{id}", "GET /a/{id} is there twice"},
		{"same shape", "GET /a/{id},GET /a/{name}", "match the same paths"},
		{"no method", " /a", "without a method"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var routes []Route
			for part := range strings.SplitSeq(row.routes, ",") {
				method, template, _ := strings.Cut(part, " ")
				routes = append(routes, Route{Method: method, Template: template})
			}
			if _, err := New(routes); err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want an error with %q", err, row.want)
			}
		})
	}
}

func TestEmptyTableFindsNothing(t *testing.T) {
	table, err := New(nil)
	if err != nil || table.Match("GET", target(t, "/")).Outcome != NotFound {
		t.Errorf("got %v, %+v", err, table)
	}
}

func TestParamsGet(t *testing.T) {
	p := Params{{Key: "a", Value: "1"}, {Key: "b", Value: ""}}
	if v, ok := p.Get("b"); v != "" || !ok {
		t.Error("b is there, and empty")
	}
	if _, ok := p.Get("c"); ok {
		t.Error("c is not there")
	}
}

func BenchmarkMatch(b *testing.B) {
	table, _ := directory(b)
	for _, request := range []string{
		"GET /user", "GET /staff/joe", "PUT /tenants/1/users/22", "GET /staff/byid/7/caseload/managed-offenders",
		"GET /staff/a%2Fb",
	} {
		b.Run(strings.ReplaceAll(request, "/", "|"), func(b *testing.B) {
			method, raw, _ := strings.Cut(request, " ")
			u := target(b, raw)
			b.ReportAllocs()
			for b.Loop() {
				if table.Match(method, u).Outcome != Found {
					b.Fatal("not found")
				}
			}
		})
	}
}

func render(params Params) string {
	var parts []string
	for _, p := range params {
		parts = append(parts, p.Key+"="+p.Value)
	}
	return strings.Join(parts, " ")
}

// TestASlashStaysInItsSegment holds also beside signs that belong escaped and were sent as they are.
func TestASlashStaysInItsSegment(t *testing.T) {
	table, err := New([]Route{{"GET", "/a/{id}", 0}})
	if err != nil {
		t.Fatal(err)
	}
	for raw, want := range map[string]string{
		`/a/x%2Fy`: "x/y", `/a/|%2Fy`: "|/y", `/a/"%2F^`: `"/^`, `/a/%7C%2F`: "|/", `/a/|%25`: "|%",
	} {
		u, err := url.ParseRequestURI(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := table.Match("GET", u).Params.Get("id"); !ok || got != want {
			t.Errorf("%s is %q, %v; want %q", raw, got, ok, want)
		}
	}
}
