package identity

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance/internal/independent"
)

// site is one running server and what a caller knows of it.
type site struct {
	t      *testing.T
	url    string
	given  map[string]string
	people map[string]independent.Persona
	client *http.Client
}

func start(t *testing.T, active ...string) *site {
	t.Helper()
	i := Implementation()
	web := httptest.NewServer(i.New(active...))
	t.Cleanup(web.Close)
	connections := &http.Transport{DisableCompression: true}
	t.Cleanup(connections.CloseIdleConnections)
	return &site{t, web.URL, i.Given, i.Personas, &http.Client{Transport: connections}}
}

// send makes one request. Further headers come as "Name: value".
func (v *site) send(persona, method, path, body string, headers ...string) (*http.Response, string) {
	v.t.Helper()
	r, err := http.NewRequest(method, v.url+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range v.people[persona].Headers {
		r.Header.Set(name, value)
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	resp, err := v.client.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp, string(text)
}

func (v *site) want(status int, persona, method, path, body string) string {
	v.t.Helper()
	resp, text := v.send(persona, method, path, body)
	if resp.StatusCode != status {
		v.t.Errorf("%s %s as %s: %d, not %d: %s", method, path, persona, resp.StatusCode, status, text)
	}
	return text
}

func credentials(username, password string) string {
	text, _ := json.Marshal(map[string]string{"username": username, "password": password})
	return string(text)
}

// walk goes the main paths once. It holds with every habit.
func walk(v *site) {
	v.t.Helper()
	g := v.given
	byName := v.user("/user/" + g["username"])
	byID := v.user("/user/details/" + g["userId"])
	for _, name := range []string{"userId", "username", "firstName", "surname", "email", "enabled"} {
		if byName[name] == nil && name != "email" || fmt.Sprint(byName[name]) != fmt.Sprint(byID[name]) {
			v.t.Errorf("%s: %v by name, %v by id", name, byName[name], byID[name])
		}
	}
	if n := v.listed(g["sharedEmail"]); fmt.Sprint(n) != g["sharedEmailCount"] {
		v.t.Errorf("%d users share an address", n)
	}
	v.passwordWalk()
	for _, persona := range []string{"", "low-rights", "no-authority", "expired-credential",
		"bad-signature", "only-authenticate"} {
		if resp, _ := v.send(persona, "GET", "/user/"+g["username"], ""); resp.StatusCode < 400 {
			v.t.Errorf("%q may read a user", persona)
		}
	}
}

func (v *site) passwordWalk() {
	v.t.Helper()
	name, old := v.given["disposable-account"], v.given["disposable-account-password"]
	v.want(200, "only-authenticate", "POST", "/authenticate", credentials(name, old))
	v.want(200, "only-password-write", "POST", "/user/"+name+"/password", `{"password":"Quite-New-2031"}`)
	v.want(200, "default", "POST", "/authenticate", credentials(name, "Quite-New-2031"))
	v.want(401, "default", "POST", "/authenticate", credentials(name, old))
	v.want(401, "default", "POST", "/authenticate", credentials("no.one", old))
	v.want(404, "default", "POST", "/user/no.one/password", `{"password":"Quite-New-2031"}`)
	rowless, its := v.given["rowlessUsername"], v.given["rowlessPassword"]
	if resp, _ := v.send("default", "POST", "/authenticate", credentials(rowless, its)); resp.StatusCode >= 500 {
		v.t.Error("a user without a row breaks the server")
	}
}

func (v *site) user(path string) map[string]any {
	v.t.Helper()
	text := v.want(200, "only-user-details", "GET", path, "")
	var user map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&user); err != nil {
		v.t.Errorf("%s: %v", path, err)
	}
	return user
}

// listed counts the users with an address, in a list or in an object that holds one.
func (v *site) listed(address string) int {
	v.t.Helper()
	text := v.want(200, "default", "GET", "/user?email="+url.QueryEscape(address), "")
	var list []any
	if json.Unmarshal([]byte(text), &list) == nil {
		return len(list)
	}
	var held struct{ Users, Content []any }
	if err := json.Unmarshal([]byte(text), &held); err != nil {
		v.t.Error(err)
	}
	return len(held.Users) + len(held.Content)
}

func TestPlainServerIsRight(t *testing.T) {
	v := start(t)
	walk(v)
	g := v.given
	for _, probe := range []struct {
		method, path, body string
		status             int
		holds              string
	}{
		{"GET", "/user/MARY.JONES", "", 200, `"username":"mary.jones"`},
		{"GET", "/user/" + g["endingUsername"], "", 200, `"enabled":false`},
		{"GET", "/user/" + g["futureEndUsername"], "", 200, `"enabled":true`},
		{"GET", "/user/" + g["rolelessUsername"], "", 200, `"roles":[]`},
		{"GET", "/user/" + g["rowlessUsername"], "", 404, "User entity with username of tariq.hussain not found"},
		{"GET", "/user/" + g["entrylessUsername"], "", 404, "User with username of svc.migration not found"},
		{"GET", "/user/details/" + g["entrylessUserId"], "", 404, "User with userId of 2190 not found"},
		{"GET", "/user/details/abc", "", 400, `"error":"Bad Request"`},
		{"GET", "/user?email=" + g["rowlessEmail"], "", 404, "User entity with username"},
		{"GET", "/user?email=nobody%40probation.example", "", 200, "[]"},
		{"GET", "/user", "", 400, `"path":"/user"`},
		{"GET", "/nowhere", "", 404, `"timestamp"`},
		{"DELETE", "/authenticate", "", 405, "Method Not Allowed"},
		{"POST", "/authenticate", `{"username":" ","password":"x"}`, 400, `"field":"username"`},
		{"POST", "/authenticate", `{"username":"x"}`, 400, `"path":"/authenticate"`},
		{"POST", "/authenticate", credentials(g["disabledUsername"], g["disabledPassword"]), 200, ""},
		{"POST", "/authenticate", credentials("x", "y"), 401, `{"status":401,"message":"Authentication failure"}`},
		{"POST", "/user/a%20b/password", `{"password":"new"}`, 404, "User with username of a b not found"},
	} {
		if text := v.want(probe.status, "default", probe.method, probe.path, probe.body); !strings.Contains(text, probe.holds) {
			t.Errorf("%s %s: %s", probe.method, probe.path, text)
		}
	}
}

func TestEachHabitWalks(t *testing.T) {
	for _, h := range Implementation().Habits {
		t.Run(h.Name, func(t *testing.T) { walk(start(t, h.Name)) })
	}
}

// TestHabitsCombine takes threes that don't contradict each other, from all over the table.
func TestHabitsCombine(t *testing.T) {
	all := Implementation().Habits
	for i := range all {
		var chosen []string
		for _, at := range []int{i, i + len(all)/3 + 1, i + 2*len(all)/3} {
			h := all[at%len(all)]
			if !slices.ContainsFunc(chosen, func(c string) bool { return slices.Contains(h.Excludes, c) }) {
				chosen = append(chosen, h.Name)
			}
		}
		t.Run(strings.Join(chosen, "+"), func(t *testing.T) { walk(start(t, chosen...)) })
	}
}

func clock() *regexp.Regexp {
	return regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00`)
}

// transcript says everything that a caller sees of a fixed conversation.
func transcript(v *site) string {
	var out strings.Builder
	for _, line := range conversation(v.given) {
		resp, text := v.send(line.persona, line.method, line.path, line.body, line.headers...)
		tag := resp.Header.Get("ETag")
		resp.Header.Del("Date")
		// A token of a call's own would differ with the second in which it was minted.
		fmt.Fprintln(&out, line.persona, line.method, line.path, line.body, resp.StatusCode, resp.Header,
			resp.TransferEncoding, resp.Close, tag, clock().ReplaceAllString(text, "now"))
	}
	return out.String()
}

type said struct {
	persona, method, path, body string
	headers                     []string
}

func conversation(g map[string]string) []said {
	asDefault := func(method, path, body string, headers ...string) said {
		return said{"default", method, path, body, headers}
	}
	name, mail := g["username"], url.QueryEscape(g["sharedEmail"])
	lines := []said{
		asDefault("GET", "/user?email="+mail, ""), asDefault("GET", "/user?email="+mail, "", "Accept: text/csv"),
		asDefault("GET", "/user?email="+strings.ToLower(mail), "", "Accept-Encoding: gzip"),
		asDefault("GET", "/user?email=+"+mail+"+", ""), asDefault("GET", "/user?email=x", ""), asDefault("GET", "/user", ""),
		asDefault("GET", "/user/details/0", ""), asDefault("GET", "/user/details/-1", ""),
		asDefault("GET", "/user?email=marydjones%40leeds.probation.example", ""),
		asDefault("GET", "/user?email="+g["email"], ""), asDefault("GET", "/user?email=ones@leeds.probation.example", ""),
		asDefault("GET", "/user?email="+g["disabledEmail"], ""), asDefault("GET", "/user?email="+g["rowlessEmail"], ""),
		asDefault("GET", "/user/details/0"+g["userId"], ""), asDefault("GET", "/user/details/abc", ""),
		asDefault("GET", "/user/details/"+g["entrylessUserId"], ""), asDefault("GET", "/user/details/"+g["userId"]+"?a=b", ""),
		asDefault("GET", "/user/s%C3%AEan.davies", ""), asDefault("GET", "/user/%20"+name, ""),
		asDefault("GET", "/user/a%3Cb", ""),
		asDefault("GET", "/user/"+strings.Repeat("n", 300), ""), asDefault("GET", "/user/"+strings.ToUpper(name), ""),
		asDefault("GET", "/user/"+name+"/", ""), asDefault("HEAD", "/user/"+name, ""), asDefault("OPTIONS", "/user", ""),
		asDefault("GET", "/user/"+name+"/roles", ""), asDefault("GET", "/users", ""), asDefault("GET", "/users/1", ""),
		asDefault("DELETE", "/authenticate", ""), asDefault("PUT", "/user/x/password", `{"password":"long-enough"}`),
		asDefault("PATCH", "/user/x/password", `{"password":"long-enough"}`), asDefault("GET", "/health", ""),
		asDefault("POST", "/authenticate", "", "Content-Type: application/json"),
		asDefault("POST", "/authenticate", `{"USERNAME":"a"}`),
		asDefault("POST", "/authenticate", `{"USERNAME":"a","PASSWORD":"b"}`),
		asDefault("POST", "/authenticate", credentials(" ", "")),
		asDefault("POST", "/authenticate", credentials(name, g["rowlessPassword"])),
		asDefault("POST", "/authenticate", `{"username":"a","password":5,"more":1}`),
		asDefault("POST", "/authenticate", `{}`, "Content-Type: text/plain"),
		asDefault("POST", "/authenticate", credentials("a", "b"), "Content-Type: application/json; charset=latin1"),
		asDefault("POST", "/user/x/password", `{`), asDefault("POST", "/user/x/password", `{"password":"new"}`),
		asDefault("POST", "/user/x/password", `{"password":"`+strings.Repeat("p", 200)+`"}`),
		asDefault("POST", "/user/x/password", `{"password":null}`),
		{"low-rights", "POST", "/user/x/password", `{`, nil}, {"low-rights", "POST", "/authenticate", credentials("a", "b"), nil},
		{"low-rights", "GET", "/user/details/" + g["userId"], "", nil}, {"bad-signature", "GET", "/user?email=x", "", nil},
		{"only-user-details", "POST", "/user/x/password", `{"password":"long-enough"}`, nil}, {"", "GET", "/nowhere", "", nil},
		{"only-password-write", "POST", "/authenticate", credentials("a", "b"), nil},
		{"low-rights", "GET", "/user/" + g["disabledUsername"], "", nil}, {"", "GET", "/user/nobody", "", nil},
		{"low-rights", "GET", "/user?email=" + url.QueryEscape(strings.ToUpper(g["email"])), "", nil},
		{"", "POST", "/authenticate", `{`, nil},
	}
	return slices.Concat(lines, changes(g), oddConversation(g))
}

// changes gives every disposable account a new password, and looks at its neighbours.
func changes(g map[string]string) []said {
	var lines []said
	for _, d := range disposables() {
		name, old := g[d.name], g[d.name+"-password"]
		body := `{"password":"new ` + name + `"}`
		lines = append(lines,
			said{"default", "POST", "/user/" + name + "/password", `{"password":"` + old + `"}`, nil},
			said{"default", "POST", "/user/" + name + "/password", body, nil},
			said{"default", "POST", "/authenticate", credentials(name, old), nil},
			said{"default", "POST", "/authenticate", credentials(name, "new "+name), nil},
			said{"default", "POST", "/authenticate", credentials(g["username"], "new "+name), nil}) // somebody else's
	}
	for _, name := range []string{"disabled", "rowless"} {
		lines = append(lines, said{"default", "POST", "/authenticate", credentials(g[name+"Username"], g[name+"Password"]), nil})
	}
	for _, name := range []string{
		"username", "disabledUsername", "rowlessUsername", "entrylessUsername", "endingUsername", "emaillessUsername",
		"disposable-account", "rolelessUsername",
	} {
		lines = append(lines, said{"default", "GET", "/user/" + g[name], "", nil})
	}
	return lines
}

// TestEverySwitchCanBeSeen keeps out switches that change nothing.
func TestEverySwitchCanBeSeen(t *testing.T) {
	plain := transcript(start(t))
	if again := transcript(start(t)); again != plain {
		t.Fatal("the plain server differs from itself")
	}
	for name := range switchNames() {
		// What stands before the server shows in long sequences, which the suite's own runs have.
		_, before := between()[name]
		unseen := before || name == "slow" || name == "lower-header-names" // the client can't see them
		if !unseen && transcript(start(t, name)) == plain {
			t.Errorf("%s changes nothing", name)
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	i := Implementation()
	if len(i.Habits) < 32 || len(i.Faults) < 18 {
		t.Errorf("%d habits, %d faults", len(i.Habits), len(i.Faults))
	}
	if len(switchNames()) != len(i.Habits)+len(i.Faults) {
		t.Error("a name is used twice")
	}
	by := map[string][]string{}
	for _, h := range i.Habits {
		by[h.Name] = h.Excludes
		if h.Says == "" || h.Open == "" {
			t.Errorf("%s doesn't say enough", h.Name)
		}
	}
	for name, others := range by {
		for _, other := range others {
			if !slices.Contains(by[other], name) {
				t.Errorf("%s excludes %s, which doesn't exclude it", name, other)
			}
		}
	}
}

func TestUnknownSwitchPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown name is taken")
		}
	}()
	newHandler("no-such-habit")
}
