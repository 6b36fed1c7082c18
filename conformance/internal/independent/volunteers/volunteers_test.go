package volunteers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rollcall/conformance/internal/independent"
)

// client speaks to one server in the verbs and paths of its habit.
type client struct {
	t     *testing.T
	base  string
	paths map[string]string
	habit string
}

// do calls an operation; a 2xx answer comes back as its body, unwrapped.
func (c client) do(who, operation, usual string, ids []int, query, body string) (int, any) {
	c.t.Helper()
	if other := c.paths[operation]; other != "" {
		usual = other
	}
	method, path, _ := strings.Cut(usual, " ")
	for _, id := range ids {
		path = regexp.MustCompile(`\{\w+\}`).ReplaceAllLiteralString(path[:strings.Index(path, "}")+1], strconv.Itoa(id)) +
			path[strings.Index(path, "}")+1:]
	}
	r, _ := http.NewRequest(method, c.base+path+query, strings.NewReader(body))
	for name, value := range Implementation().Personas[who].Headers {
		r.Header.Set(name, value)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	var out map[string]any
	if len(raw) > 0 && strings.Contains(strings.ToLower(resp.Header.Get("Content-Type")), "json") {
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber() // an id may be beyond what a double holds
		if err := decoder.Decode(&out); err != nil {
			c.t.Fatalf("%s %s: %v in %s", method, path, err, raw)
		}
	}
	if data, wrapped := out["data"]; wrapped {
		return resp.StatusCode, data
	}
	return resp.StatusCode, out
}

func (c client) must(operation, usual string, ids []int, query, body string) any {
	c.t.Helper()
	status, out := c.do("default", operation, usual, ids, query, body)
	if status >= 300 {
		c.t.Fatalf("%s: %d %v", operation, status, out)
	}
	return out
}

func idIn(v any) int {
	id, _ := strconv.Atoi(fmt.Sprint(v.(map[string]any)["id"]))
	return id
}

// walks are the records that hang on a user: a body to create and one to update.
func walks() map[string][2]string {
	return map[string][2]string{
		"roles": {`{"role":{"id":64},"team":{"id":"330"},"manager":{"id":4104},"start":"2024-02-03","end":null,"primary":true}`,
			`{"primary":0,"recommend_organisation":1,"leaving_reason":{"id":41},"vetting":{"id":51}}`},
		"email-addresses": {`{"primary":false,"email":"walk@example.org"}`, `{"primary":false,"email":"walked@example.org"}`},
		"addresses": {
			`{"type":"Work","primary":false,"street":"1 Ropewalk","city":"Barrow","postcode":"LA14 1AA","country":"UK"}`,
			`{"type":"Home","primary":false,"street":"2 Ropewalk","city":"Barrow","postcode":"LA14 1AA","country":"UK"}`,
		},
		"emergency-contacts": {
			`{"first_name":"Una","last_name":"Grey","contact_number":"+441632960001","relationship":"Aunt","primary":false}`,
			`{"first_name":"Una","last_name":"Grey","contact_number":"+441632960001","relationship":"Friend","primary":true}`},
		"phone-numbers": {`{"phone_number":"+441632960002","type":"Work","primary":false,"default_sms":false}`,
			`{"phone_number":"+441632960002","type":"Mobile","primary":true,"default_sms":true}`},
		"supervisors": {`{"user":{"id":"4108"}}`, `{"primary":true}`},
		"notes": {`{"subject":"Café","body":"x","reminder":{"date":"2030-01-02T03:04:05Z"}}`,
			`{"pinned":true}`},
		"touchpoints": {`{"subject":"Call","start":"2024-05-06","duration":30}`, `{"archived":true}`},
	}
}

func (c client) walk(user int, path string, bodies [2]string) {
	c.t.Helper()
	names := operations()[path]
	list, item := "/users/{userId}/"+path, "/users/{userId}/"+path+"/{id}"
	if path == "touchpoints" && c.habit == "touchpoints-typed" {
		bodies[0] = strings.Replace(bodies[0], "{", `{"type":{"id":91},`, 1)
	}
	made := idIn(c.must("create"+names[0], "POST "+list, []int{user}, "", bodies[0]))
	c.must("update"+names[0], "PUT "+item, []int{user, made}, "", bodies[1])
	query := "?limit=50"
	if path == "touchpoints" {
		query += "&archived=true"
	}
	found := c.must("list"+names[1], "GET "+list, []int{user}, query, "").([]any)
	if !slices.ContainsFunc(found, func(v any) bool { return idIn(v) == made }) {
		c.t.Errorf("%s: %d is not listed", path, made)
	}
	if path != "roles" {
		if got := c.must("get"+names[0], "GET "+item, []int{user, made}, "", ""); idIn(got) != made {
			c.t.Errorf("%s: read %d for %d", path, idIn(got), made)
		}
	}
	if names[0] == "UserNote" || names[0] == "UserTouchpoint" {
		child := "POST " + item + "/sub-" + path
		c.must("createUserSub"+strings.TrimPrefix(names[0], "User"), child, []int{user, made}, "", `{"body":"more"}`)
	} else if names[0] != "UserPhone" {
		c.must("delete"+names[0], "DELETE "+item, []int{user, made}, "", "")
	}
}

func (c client) tour() {
	c.t.Helper()
	made := idIn(c.must("createUser", "POST /users", nil, "", `{"first_name":"Nell","last_name":"Quaile","dob":"1990-01-01",
		"password":"Abcdefgh12345","roleProfiles":[{"id":61,"team":{"id":310},"manager":{"id":4104},"start":"2024-01-02"}],
		"emailAddresses":[{"email":"nell@example.org","primary":true}],"attributes":{"shirt-size":{"value":"L"}}}`))
	user := c.must("updateUser", "PUT /users/{userId}", []int{made}, "", `{"about_me":"Hello"}`).(map[string]any)
	if user["about_me"] != "Hello" || user["first_name"] != "Nell" || user["role_name"] == nil {
		c.t.Error("the user is not as sent", user)
	}
	for _, query := range []string{"ids=" + strconv.Itoa(made), "q=nell@example.org", "team=330,310", "include=roles"} {
		if found := c.must("listUsers", "GET /users", nil, "?limit=50&"+query, "").([]any); len(found) == 0 {
			c.t.Error("nobody for", query)
		}
	}
	c.must("updateUserSkills", "PUT /users/{userId}/skills", []int{made}, "", `{"skills":[501,541]}`)
	kin := walks()["emergency-contacts"][0]
	c.must("createUserEmergencyContact", "POST /users/{userId}/emergency-contacts", []int{made}, "", kin)
	for path, bodies := range walks() {
		c.walk(made, path, bodies)
	}
}

func (c client) refusals() {
	c.t.Helper()
	role := c.must("listUserRoles", "GET /users/{userId}/roles", []int{4131}, "", "").([]any)[0]
	for _, want := range []struct {
		who, op, path string
		ids           []int
		body          string
	}{
		{"default", "deleteUserRole", "DELETE /users/{userId}/roles/{associationId}", []int{4131, idIn(role)}, ""},
		{"default", "createUser", "POST /users", nil, `{"first_name":"A"}`},
		{"default", "getUser", "GET /users/{userId}", []int{2147483646}, ""},
		{"low-rights", "updateUser", "PUT /users/{userId}", []int{4131}, `{"title":"Ms"}`},
		{"low-rights", "getUser", "GET /users/{userId}", []int{4110}, ""},
		{"expired-credential", "listUsers", "GET /users", nil, ""}, {"no-scope", "listUsers", "GET /users", nil, ""},
	} {
		if status, out := c.do(want.who, want.op, want.path, want.ids, "", want.body); status < 400 || status > 499 {
			c.t.Error(want, "got", status, out)
		}
	}
}

func start(t *testing.T, h independent.Habit) client {
	active := []string{}
	if h.Name != "" {
		active = append(active, h.Name)
	}
	srv := httptest.NewServer(Implementation().New(active...))
	t.Cleanup(srv.Close)
	return client{t, srv.URL, h.Paths, h.Name}
}

func TestPlainAndHabits(t *testing.T) {
	for _, h := range append([]independent.Habit{{}}, Implementation().Habits...) {
		t.Run(h.Name, func(t *testing.T) {
			c := start(t, h)
			c.tour()
			c.refusals()
		})
	}
}

func TestTables(t *testing.T) {
	impl, excludes, used := Implementation(), map[string][]string{}, map[string]bool{"": true}
	if len(impl.Habits) < 30 || len(impl.Faults) < 15 {
		t.Error("too few habits or faults:", len(impl.Habits), len(impl.Faults))
	}
	for _, h := range impl.Habits {
		if excludes[h.Name] != nil || h.Says == "" || h.Open == "" {
			t.Error("a name twice, or an empty row:", h.Name)
		}
		excludes[h.Name] = append([]string{h.Name}, h.Excludes...)
	}
	for _, f := range impl.Faults {
		if excludes[f.Name] != nil || f.Source == "" || len(f.Breaks) == 0 {
			t.Error("a name twice, or an empty row:", f.Name)
		}
		excludes[f.Name] = []string{f.Name}
	}
	for name, others := range excludes {
		for _, other := range others {
			if !slices.Contains(excludes[other], name) {
				t.Error(name, "excludes", other, "one way only")
			}
		}
	}
	files, _ := filepath.Glob("*.go")
	for _, file := range files {
		source, _ := os.ReadFile(file)
		for _, m := range regexp.MustCompile(`has\("([a-z0-9-]+)"\)`).FindAllSubmatch(source, -1) {
			used[string(m[1])] = true
		}
		if strings.HasPrefix(file, "habits") || file == "faults.go" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`"([a-z0-9-]+)"`).FindAllSubmatch(source, -1) {
			used[string(m[1])] = true
		}
	}
	for name := range excludes {
		if !used[name] {
			t.Error("nothing is done for", name)
		}
	}
}
