package mockserver_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// directory is a mock of one or both contracts of the directory.
type directory struct {
	*testing.T
	server *mockserver.Server
	url    string
}

func startDirectory(t *testing.T, now func() time.Time, contracts ...string) directory {
	s, h := mock(t, mockserver.Config{Now: now}, contracts...)
	return directory{t, s, h.URL}
}

func (d directory) given(name, given string) string {
	res, err := http.Get(d.url + "/__admin/targets/" + name)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	value := gjson.GetBytes(body, "given."+given).String()
	if value == "" {
		d.Fatalf("%s gives no %s", name, given)
	}
	return value
}

// ask calls an operation of a contract as a persona, "" for nobody.
func (d directory) ask(name, persona, method, path, body string) (*http.Response, string) {
	q, err := http.NewRequest(method, d.url+path, strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	if p, ok := d.server.Persona(name, persona); ok {
		for k, v := range p.Headers {
			q.Header.Set(k, v)
		}
	}
	res, err := http.DefaultClient.Do(q)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	return res, string(raw)
}

// TestDirectoryRequirementsCanBeBroken holds that every requirement of the two
// contracts has a defect, or a reason why it can't have one.
func TestDirectoryRequirementsCanBeBroken(t *testing.T) {
	for _, name := range []string{"probation", "identity"} {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := mockserver.Plan(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, missing := range mutants.Unbreakable(plan) {
			t.Error(missing)
		}
	}
}

func TestTheDirectoryIsShared(t *testing.T) {
	d := startDirectory(t, nil, "probation", "identity")
	user := d.given("identity", "disposable-account")
	has := func() bool {
		_, body := d.ask("identity", "default", "GET", "/identity/user/"+url.PathEscape(user), "")
		var roles []string
		for _, r := range gjson.Get(body, "roles").Array() {
			roles = append(roles, r.String())
		}
		return slices.Contains(roles, "LHDCBT002")
	}
	for _, step := range []struct {
		method string
		want   bool
	}{{"PUT", true}, {"PUT", true}, {"DELETE", false}, {"DELETE", false}} {
		res, body := d.ask("probation", "default", step.method, "/probation/users/"+strings.ToUpper(user)+"/roles", "")
		if res.StatusCode != 200 || body != "" {
			t.Errorf("%s is answered %d %q", step.method, res.StatusCode, body)
		}
		if has() != step.want {
			t.Errorf("after %s the role is held: %v", step.method, has())
		}
	}
}

func TestAChangedPasswordIsTheOnlyOne(t *testing.T) {
	d := startDirectory(t, nil, "identity")
	user, old := d.given("identity", "disposable-account"), d.given("identity", "disposable-account-password")
	check := func(password string) int {
		res, _ := d.ask("identity", "default", "POST", "/authenticate", `{"username":"`+user+`","password":"`+password+`"}`)
		return res.StatusCode
	}
	if got := check(old); got != 200 {
		t.Errorf("the given password is answered %d", got)
	}
	if res, body := d.ask("identity", "default", "POST", "/user/"+user+"/password",
		`{"password":"new"}`); res.StatusCode != 200 || body != "" {
		t.Errorf("the change is answered %d %q", res.StatusCode, body)
	}
	if check("new") != 200 || check(old) != 401 {
		t.Errorf("afterwards the new password is answered %d, the old one %d", check("new"), check(old))
	}
}

// TestWhatEndsTodayEndsOnEveryDay holds that today is the day on which the server
// is started, whenever the data was made.
func TestWhatEndsTodayEndsOnEveryDay(t *testing.T) {
	for _, year := range []int{2026, 2061} {
		d := startDirectory(t, func() time.Time { return time.Date(year, 5, 4, 12, 0, 0, 0, time.UTC) }, "probation", "identity")
		for given, enabled := range map[string]bool{"endingUsername": false, "disabledUsername": false, "futureEndUsername": true,
			"username": true} {
			_, body := d.ask("identity", "default", "GET", "/identity/user/"+d.given("identity", given), "")
			if gjson.Get(body, "enabled").Bool() != enabled {
				t.Errorf("in %d, %s is %s", year, given, body)
			}
		}
		_, body := d.ask("probation", "default", "GET", "/probation/staff/"+d.given("probation", "closingBoroughCode")+
			"/pdu-head", "")
		if body != "[]" {
			t.Errorf("in %d, a provider that ends today has heads: %s", year, body)
		}
	}
}

// TestWhatEndsTodayEndsOnADate holds that the end is the day on which a world
// began, wherever its clock is moved.
func TestWhatEndsTodayEndsOnADate(t *testing.T) {
	d := startDirectory(t, nil, "probation", "identity")
	send := func(method, path, body string) string {
		_, answer := d.ask("", "", method, "/__admin/worlds"+path, body)
		return answer
	}
	world := gjson.Get(send("POST", "", "{}"), "id").String()
	user, borough := d.given("identity", "endingUsername"), d.given("probation", "closingBoroughCode")
	for _, row := range []struct {
		days int
		open bool
	}{{0, false}, {-1, true}, {-400, true}, {401, false}, {-1, true}, {401, false}} {
		ahead := time.Duration(row.days) * 24 * time.Hour
		send("PUT", "/"+world+"/clock", `{"advance_ms":`+strconv.FormatInt(ahead.Milliseconds(), 10)+`}`)
		_, found := d.ask("identity", "default", "GET", "/__worlds/"+world+"/identity/user/"+user, "")
		_, heads := d.ask("probation", "default", "GET", "/__worlds/"+world+"/probation/staff/"+borough+"/pdu-head", "")
		if gjson.Get(found, "enabled").Bool() != row.open || gjson.Get(heads, "#").Int() > 0 != row.open {
			t.Errorf("%d days on: %s, heads %s", row.days, found, heads)
		}
		fork := gjson.Get(send("POST", "", `{"from":"`+world+`"}`), "id").String()
		if _, again := d.ask("identity", "default", "GET", "/__worlds/"+fork+"/identity/user/"+user, ""); again != found {
			t.Errorf("%d days on, a fork has %s", row.days, again)
		}
	}
}

// TestFailedChecksAreAlike holds that no answer, its headers included, tells who is
// a user.
func TestFailedChecksAreAlike(t *testing.T) {
	d := startDirectory(t, nil, "identity")
	user, password := d.given("identity", "disposable-account"), d.given("identity", "disposable-account-password")
	var first string
	for _, row := range []struct{ name, username, password string }{
		{"a wrong password", user, "x"},
		{"the password in another letter case", user, strings.ToUpper(password)},
		{"an unknown user", "nobody", password},
		{"a user without an entry", d.given("identity", "entrylessUsername"), "x"},
	} {
		res, body := d.ask("identity", "default", "POST", "/authenticate", `{"username":"`+row.username+`","password":"`+
			row.password+`"}`)
		res.Header.Del("Date")
		answer := fmt.Sprint(res.StatusCode, res.Header, body)
		if first == "" {
			first = answer
		}
		if answer != first || res.StatusCode != 401 {
			t.Errorf("%s is answered %s, the first one %s", row.name, answer, first)
		}
	}
}

func TestTokensAndErrorShapes(t *testing.T) {
	d := startDirectory(t, nil, "probation")
	const lookup = "/staff/bycode/N99XXX1"
	for _, row := range []struct {
		name, persona, path string
		status              int
		challenge, has      string // has: a member of the body, "" for none at all
	}{
		{"no token", "", lookup, 401, "Bearer", ""},
		{"no token, unknown path", "", "/nowhere", 401, "Bearer", ""},
		{"another signature", "bad-signature", lookup, 401, `Bearer error="invalid_token"`, ""},
		{"expired", "expired-credential", lookup, 401, `Bearer error="invalid_token"`, ""},
		{"no authority", "no-authority", lookup, 403, `Bearer error="insufficient_scope"`, ""},
		{"authorities in scope", "scope-claim", lookup, 403, `Bearer error="insufficient_scope"`, ""},
		{"bad input without authority", "low-rights", "/staff/byid/abc", 400, "", "timestamp"},
		{"unknown path", "default", "/nowhere", 404, "", "timestamp"},
		{"unknown code", "default", lookup, 404, "", "message"},
		{"public document", "", "/docs/asyncapi", 200, "", "channels"},
	} {
		t.Run(row.name, func(t *testing.T) {
			res, body := d.ask("probation", row.persona, "GET", row.path, "")
			challenge := res.Header.Get("WWW-Authenticate")
			if res.StatusCode != row.status || !strings.HasPrefix(challenge, row.challenge) ||
				(challenge == "") != (row.challenge == "") {
				t.Errorf("answered %d, challenge %q, %s", res.StatusCode, challenge, body)
			}
			if (body == "") != (row.has == "") || row.has != "" && !gjson.Get(body, row.has).Exists() {
				t.Errorf("the body is %q", body)
			}
		})
	}
}
