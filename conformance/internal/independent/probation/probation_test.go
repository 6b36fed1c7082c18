package probation

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/conformance/internal/independent"
)

// try is one request of a test.
type try struct{ persona, method, path, body string }

type got struct {
	status int
	header http.Header
	raw    string
	value  any
}

func ask(t *testing.T, base string, r try) got {
	t.Helper()
	request, err := http.NewRequest(r.method, base+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range personas()[r.persona].Headers {
		request.Header.Set(name, text)
		request.Header.Set("Cookie", asCookie(text))
	}
	if r.body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := got{response.StatusCode, response.Header, string(raw), nil}
	_ = json.Unmarshal(raw, &out.value)
	if text, is := out.value.(string); is { // a document may stand in a string
		_ = json.Unmarshal([]byte(text), &out.value)
	}
	return out
}

func start(t *testing.T, active ...string) string {
	t.Helper()
	server := httptest.NewServer(newServer(active...))
	t.Cleanup(server.Close)
	return server.URL
}

func get(path string) try { return try{"default", "GET", path, ""} }

// pick is the text of a path like "0.team.code" in a JSON value.
func pick(value any, path string) string {
	for key := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			var i int
			if _, err := fmt.Sscan(key, &i); err != nil || i >= len(v) {
				return "nothing"
			}
			value = v[i]
		default:
			return "nothing"
		}
	}
	return fmt.Sprint(value)
}

// every are the texts of one member of a list.
func every(value any, path string) string {
	items, _ := value.([]any)
	out := []string{}
	for _, item := range items {
		out = append(out, pick(item, path))
	}
	return strings.Join(out, " ")
}

func TestTables(t *testing.T) {
	i := Implementation()
	names := map[string]independent.Habit{}
	for _, h := range i.Habits {
		if _, twice := names[h.Name]; twice || h.Says == "" || h.Open == "" {
			t.Errorf("habit %s comes twice or says nothing", h.Name)
		}
		names[h.Name] = h
	}
	for _, h := range i.Habits {
		for _, other := range h.Excludes {
			if back, known := names[other]; !known || !slices.Contains(back.Excludes, h.Name) {
				t.Errorf("%s excludes %s, not the other way round", h.Name, other)
			}
		}
	}
	seen := map[string]bool{}
	for _, f := range i.Faults {
		if _, habit := names[f.Name]; habit || seen[f.Name] || f.Says == "" || f.Source == "" {
			t.Errorf("fault %s comes twice or says nothing", f.Name)
		}
		seen[f.Name] = true
	}
	for _, group := range rivals() {
		for _, name := range group {
			if _, known := names[name]; !known {
				t.Errorf("no habit %s", name)
			}
		}
	}
	if len(i.Habits) < 32 || len(i.Faults) < 18 || i.Personas["default"].Headers == nil {
		t.Errorf("%d habits, %d faults", len(i.Habits), len(i.Faults))
	}
	t.Logf("%d habits, %d faults", len(i.Habits), len(i.Faults))
}

// walk takes the main paths, which every fair server answers in the same way.
func walk(t *testing.T, base, version string) {
	t.Helper()
	g := given()
	role := "/users/" + g["disposable-account"] + "/roles"
	for _, step := range []struct {
		try
		path, want string
	}{
		{get("/staff/" + g["username"]), "code", g["staffCode"]},
		{get("/staff/byid/" + g["staffId"]), "username", g["username"]},
		{get("/staff/bycode/" + g["code"]), "id", g["id"]},
		{get("/staff/bycode/" + g["unallocatedStaffCode"]), "unallocated", "true"},
		{get("/probation-case/" + g["crn"] + "/responsible-community-manager"), "code", g["crnManagerCode"]},
		{get("/team/" + g["teamCode"] + "/caseload/managed-offenders"), "0.staff.provider.code", "S34"},
		{get("/staff/byid/" + g["caseloadStaffId"] + "/caseload/managed-offenders"), "0.staff.code", g["caseloadStaffCode"]},
		{get("/staff/" + g["boroughCode"] + "/pdu-head"), "0.name.surname", "Ollerton"},
		{get("/docs/asyncapi"), "info.version", version},
		{try{"default", "POST", "/staff", `["p.raman"]`}, "0.code", g["staffCode"]},
		{try{"default", "POST", "/probation-case/responsible-community-manager", `["D412907"]`}, "0.code", g["staffCode"]},
		{try{"only-role-write", "PUT", role, ""}, "", ""},
		{try{"only-role-write", "DELETE", role, ""}, "", ""},
	} {
		a := ask(t, base, step.try)
		if a.status != 200 || step.path != "" && pick(a.value, step.path) != step.want {
			t.Errorf("%s %s: %d %s, want %s = %s", step.method, step.try.path, a.status, a.raw, step.path, step.want)
		}
	}
}

// titled is the version that the document is read to have: nothing where it is no JSON.
func titled(habits ...string) string {
	if slices.Contains(habits, "docs-in-yaml") {
		return "nothing"
	}
	return "1.0"
}

func TestWalk(t *testing.T) {
	walk(t, start(t), "1.0")
	all := habits()
	for i, h := range all {
		walk(t, start(t, h.name), titled(h.name))
		trio := []string{h.name}
		for j := 1; len(trio) < 3; j += 7 {
			next := all[(i+j)%len(all)].name
			if next != h.name && !slices.ContainsFunc(trio, func(n string) bool {
				return n == next || slices.Contains(excludes(n), next)
			}) {
				trio = append(trio, next)
			}
		}
		t.Run(strings.Join(trio, "+"), func(t *testing.T) { walk(t, start(t, trio...), titled(trio...)) })
	}
}

// probes are requests that between them show every switch.
func probes() []try {
	valid := personas()["default"].Headers["Authorization"]
	unsigned := "Bearer " + base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." +
		strings.Split(valid, ".")[1] + "."
	out := []try{
		{unsigned, "GET", "/staff/p.raman", ""}, {valid[:len(valid)-8], "GET", "/staff/p.raman", ""},
		{"Bearer ", "GET", "/staff/p.raman", ""}, {"Basic c3VpdGU=", "GET", "/staff/p.raman", ""},
		{"default", "PUT", "/users/r.castell/roles?role=X1", ""}, {"shared-directory", "GET", "/user/r.castell", ""},
		{"default", "GET", "/staff/bycode/s34gla1", ""}, {"default", "DELETE", "/users/r.castell/roles", "{}"},
		{"default", "GET", "/probation-case/D41/responsible-community-manager", ""},
		{"default", "GET", "/staff/byid/1.5", ""}, {"default", "GET", "/staff/byid/pdu-head", ""},
		{"default", "GET", "/probation-case/Z000010/responsible-community-manager", ""},
		{"low-rights", "GET", "/staff/p.raman", ""}, {"low-rights", "GET", "/staff/nobody", ""},
		{"low-rights", "POST", "/staff", `{`}, {"", "GET", "/staff/p.raman", ""}, {"", "GET", "/nowhere", ""},
		{"", "POST", "/staff", `{`}, {"bad-signature", "GET", "/staff/p.raman", ""}, {"", "GET", "/docs/asyncapi", ""},
		{"", "OPTIONS", "/staff", ""}, {"", "GET", "/health", ""}, {"default", "PATCH", "/staff", ""},
		{"default", "HEAD", "/staff/p.raman", ""}, {"default", "POST", "/staff", ""},
		{"default", "POST", "/probation-case/responsible-community-manager",
			`["` + strings.Repeat(`none","`, 120) + `D412907"]`},
		{"default", "POST", "/staff", `["p.raman","d.okafor","g.lund","p.raman"]`}, {"default", "POST", "/staff", `[1]`},
		{"default", "POST", "/staff", `[" p.raman"]`}, {"default", "POST", "/staff", `[""]`},
		{"default", "POST", "/staff", `["x"` + strings.Repeat(`,"x"`, 500) + `]`},
		{"default", "POST", "/probation-case/responsible-community-manager", `["D412907","D412915","D412923"]`},
		{"default", "POST", "/staff", `["S34GLA1"]`}, {"default", "POST", "/staff", `["p.ram"]`},
		{"default", "POST", "/staff", `["a.siddiqui"]`}, {"default", "PUT", "/users/a.siddiqui/roles", ""},
		{"default", "PUT", "/users/t.visitor/roles", ""}, {"default", "PUT", "/users/r.cas/roles", ""},
		{"default", "POST", "/probation-case/responsible-community-manager", `["d412907"]`},
		{"default", "POST", "/probation-case/responsible-community-manager",
			`["1","2","3","4","5","6","7","8","9","10","D412907"]`},
		{"default", "PUT", "/users/nobody/roles", ""}, {"default", "DELETE", "/users/nobody/roles", ""},
		{"default", "DELETE", "/users/r.castell/roles", ""}, {"default", "PUT", "/users/r.castell/roles", ""},
		{"default", "PUT", "/users/r.castell/roles", ""}, {"default", "PUT", "/users/w.marlow/roles", ""},
		{"default", "PUT", "/users/trainee.nine/roles", ""}, {"default", "POST", "/users/trainee.nine/roles", ""},
		{"default", "GET", "/users/trainee.nine/roles", ""}, {"default", "DELETE", "/users/r.castell/roles", ""},
	}
	for path := range strings.FieldsSeq(`/staff/p.raman /staff/P.RAMAN /staff/%20p.raman /staff/p.raman/ /staff/helpdesk.one
		/staff/p.raman?a=b /staff/byid/2041 /staff/byid/2115 /staff/byid/x /staff/bycode/S34GLA1 /staff/bycode/S34GLAU
		/staff/bycode/S34OLD1 /staff/bycode/S34GLB1 /staff/bycode/S34WOR1 /staff/bycode/S35KLN1 /staff/r.castell /docs/asyncapi
		/team/S34WOR/caseload/managed-offenders /team/S34WOR/caseload/managed-offenders?size=1 /staff/bycode/S34WOR5
		/team/S34GLA/caseload/managed-offenders /team/S35BOS/caseload/managed-offenders /team/none/caseload/managed-offenders
		/staff/S35BOS1/caseload/managed-offenders
		/staff/byid/2057/caseload/managed-offenders /staff/byid/2041/caseload/managed-offenders
		/staff/S34WOR5/caseload/managed-offenders /staff/S34B/pdu-head /staff/S36A/pdu-head /staff/S37A/pdu-head
		/staff/S35B/pdu-head /probation-case/D412907/responsible-community-manager
		/probation-case/d412907/responsible-community-manager /probation-case/F220018/responsible-community-manager
		/probation-case/H475512/responsible-community-manager /probation-case/H475520/responsible-community-manager
		/probation-case/F220026/responsible-community-manager /probation-case/E100233/responsible-community-manager
		/staff/byid/4294969337 /staff/byid/-2041 /staff/byid/0 /staff/bycode/S34UGA7 /team/S34GL/caseload/managed-offenders
		/staff/g.lund/caseload/managed-offenders /staff/S35BOS/caseload/managed-offenders
		/probation-case/D41290/responsible-community-manager /probation-case/D412%20907/responsible-community-manager
		/probation-case/none/responsible-community-manager`) {
		out = append(out, get(path))
	}
	for _, p := range newData(time.Now()).people { // nobody is the same in all answers but by them
		out = append(out, get(fmt.Sprintf("/staff/byid/%d", p.id)), get("/staff/"+p.code+"/caseload/managed-offenders"))
		if p.username != "" {
			out = append(out, get("/staff/"+p.username))
		}
	}
	for _, t := range newData(time.Now()).teams {
		out = append(out, get("/team/"+t.code+"/caseload/managed-offenders"))
	}
	return append(out, switching()...)
}

// switching are turns of the role of two users by turns, each with a look at the directory.
func switching() []try {
	var out []try
	look := func() {
		for _, username := range []string{"r.castell", "trainee.nine", "w.marlow", "d.okafor", "helpdesk.one"} {
			out = append(out, try{"shared-directory", "GET", "/user/" + username, ""})
		}
		out = append(out, get("/staff/bycode/S34OLD1"),
			try{"shared-directory", "POST", "/authenticate", `{"username":"r.castell","password":"Severn bore at four"}`})
	}
	turns := "DELETE trainee.nine,PUT r.castell,DELETE r.castell,PUT trainee.nine,PUT r.castell,DELETE trainee.nine," +
		"PUT trainee.nine,DELETE r.castell,DELETE r.castell,PUT w.marlow,DELETE w.marlow,POST r.castell,PUT r.castell," +
		"PATCH r.castell,DELETE r.castell"
	for turn := range strings.SplitSeq(turns, ",") {
		method, username, _ := strings.Cut(turn, " ")
		out = append(out, try{"default", method, "/users/" + username + "/roles", ""})
		look()
	}
	out = append(out, try{"only-case-detail", "PUT", "/users/r.castell/roles", ""})
	look()
	return out
}

func moment() *regexp.Regexp {
	return regexp.MustCompile(`"timestamp":"[^"]*"`)
}

// transcript is all that a server says to the probes, without what changes by the clock.
func transcript(t *testing.T, active ...string) string {
	server := newServer(active...)
	var out strings.Builder
	for _, p := range probes() {
		for _, media := range []string{"application/json", "text/html"} {
			request := httptest.NewRequest(p.method, p.path, strings.NewReader(p.body))
			for name, text := range personas()[p.persona].Headers {
				request.Header.Set(name, text)
				request.Header.Set("Cookie", asCookie(text))
			}
			if strings.Contains(p.persona, " ") { // no persona of the target, but what a stranger sends
				request.Header.Set("Authorization", p.persona)
			}
			request.Header.Set("Content-Type", media)
			request.Header.Set("Accept", media)
			request.Header.Set("Accept-Encoding", "gzip")
			record := httptest.NewRecorder()
			server.ServeHTTP(record, request)
			fmt.Fprintln(&out, p.method, p.path, record.Code, record.Header(),
				moment().ReplaceAllString(record.Body.String(), ""))
		}
	}
	return out.String()
}

// TestEverySwitchShows holds that a switch changes something, so that none is only a name.
func TestEverySwitchShows(t *testing.T) {
	plain := transcript(t)
	if plain != transcript(t) {
		t.Fatal("the plain server does not repeat itself")
	}
	for name := range newServer().(*server).on {
		// What stands before the server shows in long sequences, which the suite's own runs have.
		if _, before := between()[name]; name != "slow" && !before && transcript(t, name) == plain {
			t.Errorf("%s shows nowhere", name)
		}
	}
}

// TestRules holds what the facts say of the plain server, record by record.
func TestRules(t *testing.T) {
	base := start(t)
	const manager = "/probation-case/%s/responsible-community-manager"
	for _, rule := range []struct {
		try
		status int
		show   func(any) string
		want   string
	}{
		{get("/staff/bycode/S34GLB1"), 200, func(v any) string {
			return every(v.(map[string]any)["teams"].([]any)[0].(map[string]any)["addresses"], "officeName")
		}, "Quay House Brunswick Court Kingsholm Hut Eastgate Hub"},
		{get("/staff/P.Raman"), 200, at("username"), "p.raman"},
		{get("/staff/helpdesk.one"), 404, at("message"), "Staff with username of helpdesk.one not found"},
		{get("/staff/byid/1"), 404, at("message"), "Staff with id of 1 not found"},
		{get("/staff/byid/one"), 400, at("path"), "/staff/byid/one"},
		{get("/staff/bycode/S34GLAU"), 200, at("username"), "<nil>"},
		{get("/staff/bycode/S35BOS3"), 200, at("email"), "<nil>"},
		{get("/staff/bycode/S35KLN1"), 200, at("teams"), "[]"},
		{get("/team/S34WOR/caseload/managed-offenders"), 200, all("crn"), "K801119 K801135 K801101 H475512 K801143"},
		{get("/team/S35BOS/caseload/managed-offenders"), 200, all("crn"), "L904410 J560089 G318868"},
		{get("/team/S35SPA/caseload/managed-offenders"), 200, all("crn"), ""},
		{get("/staff/S34WOR5/caseload/managed-offenders"), 200, all("crn"), "K801101 K801119 K801127"},
		{get("/staff/s34wor5/caseload/managed-offenders"), 200, all("crn"), ""},
		{get("/staff/byid/2091/caseload/managed-offenders"), 200, all("crn"), "J560089"},
		{get("/staff/S35BOS1/caseload/managed-offenders"), 200, all("team.code"), "S35BOS S35KLN S35KLN"},
		{get("/staff/S34B/pdu-head"), 200, all("name.surname"), "Zouch Bell"},
		{get("/staff/S35A/pdu-head"), 200, all("email"), "<nil>"},
		{get("/staff/S36A/pdu-head"), 200, all("name.surname"), ""},
		{get("/staff/S37A/pdu-head"), 200, all("name.surname"), ""},
		{get("/staff/S35B/pdu-head"), 200, all("name.surname"), ""},
		{get(fmt.Sprintf(manager, "E100233")), 404, at("message"), "CommunityManager with crn of E100233 not found"},
		{get(fmt.Sprintf(manager, "E100241")), 404, at("status"), "404"},
		{get(fmt.Sprintf(manager, "F220018")), 200, at("code"), "S34GLA5"},
		{get(fmt.Sprintf(manager, "F220026")), 200, at("provider.code"), "S34"},
		{get(fmt.Sprintf(manager, "H475512")), 200, at("code"), "S34WOR3"},
		{get(fmt.Sprintf(manager, "G318868")), 200, at("username"), "a.siddiqui"},
		{try{"default", "POST", "/staff", `["p.raman","nobody","d.okafor","p.raman"]`}, 200, all("id"), "2038 2041"},
		{try{"default", "POST", "/probation-case/responsible-community-manager", `["D412907","E100233","D412915"]`}, 200,
			all("code"), "S34GLA1 S34GLA1"},
		{try{"default", "POST", "/staff", `{"a":1}`}, 400, at("error"), "Bad Request"},
		{try{"low-rights", "POST", "/staff", `[[]]`}, 400, at("error"), "Bad Request"},
		{try{"low-rights", "POST", "/staff", `[]`}, 403, at("error"), "nothing"},
		{try{"only-role-write", "GET", "/staff/p.raman", ""}, 403, at("error"), "nothing"},
		{try{"only-case-detail", "PUT", "/users/r.castell/roles", ""}, 403, at("error"), "nothing"},
		{try{"expired-credential", "GET", "/staff/p.raman", ""}, 401, at("error"), "nothing"},
		{try{"", "GET", "/docs/asyncapi", ""}, 200, at("asyncapi"), "2.4.0"},
		{try{"default", "PUT", "/users/nobody/roles", ""}, 404, at("message"), "User with username of nobody not found"},
		{try{"default", "DELETE", "/users/nobody/roles", ""}, 200, at("error"), "nothing"},
		{try{"default", "PUT", "/users/t.visitor/roles", ""}, 200, at("error"), "nothing"},
		{get("/users/t.visitor/roles"), 405, at("error"), "Method Not Allowed"},
		{get("/staff/p.raman/"), 404, at("error"), "Not Found"},
	} {
		a := ask(t, base, rule.try)
		if shown := rule.show(a.value); a.status != rule.status || shown != rule.want {
			t.Errorf("%s %s: %d %s, want %d %s", rule.method, rule.path, a.status, shown, rule.status, rule.want)
		}
	}
}

func at(path string) func(any) string  { return func(v any) string { return pick(v, path) } }
func all(path string) func(any) string { return func(v any) string { return every(v, path) } }
