package tenants_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// These are the readings that no requirement of the catalogue decides.

type mock struct{ *mockserver.Server }

func start(t *testing.T) mock {
	t.Helper()
	c, err := contract.Load(specs.FS, "tenants")
	if err != nil {
		t.Fatal(err)
	}
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: fixtures.Small, Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	return mock{s}
}

func (m mock) call(persona, method, path, body string) *httptest.ResponseRecorder {
	q := httptest.NewRequest(method, "/tenants/northgate-college/users"+path, strings.NewReader(body))
	q.Header.Set("Content-Type", "application/json")
	p, _ := m.Persona("tenants", persona)
	for name, value := range p.Headers {
		q.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, q)
	return w
}

func create(t *testing.T, m mock, more string) gjson.Result {
	t.Helper()
	w := m.call("default", "POST", "", `{"firstName":"Siân","lastName":"Ellis","email":"sian@example.com"`+more+`}`)
	if w.Code != http.StatusOK {
		t.Fatalf("create is answered %d %s", w.Code, w.Body)
	}
	return gjson.Parse(w.Body.String())
}

func TestUpdateReplaces(t *testing.T) {
	m := start(t)
	user := create(t, m, `,"phone":"01632 960417","groupId":11,"weeklyHours":30`)
	if user.Get("username").Str != "sian@example.com" {
		t.Errorf("the username is %s", user.Get("username").Raw)
	}
	w := m.call("default", "PUT", "/"+user.Get("id").Raw,
		`{"firstName":"Siân","lastName":"Hughes","email":"sian@example.com","weeklyHours":24}`)
	now := gjson.Parse(w.Body.String())
	for member, want := range map[string]string{"lastName": `"Hughes"`, "weeklyHours": "24", "phone": "null", "groupId": "null",
		"username": "null", "id": user.Get("id").Raw} {
		if now.Get(member).Raw != want {
			t.Errorf("%s is %s, want %s", member, now.Get(member).Raw, want)
		}
	}
}

func TestDeactivatedUsersAreArchivedAndCanComeBack(t *testing.T) {
	m := start(t)
	id := create(t, m, `,"status":"FullUser"`).Get("id").Raw
	if w := m.call("default", "DELETE", "/"+id, ""); w.Code != http.StatusOK || w.Body.Len() > 0 {
		t.Errorf("deactivating is answered %d %q", w.Code, w.Body)
	}
	if w := m.call("default", "GET", "/search?userId="+id, ""); gjson.Get(w.Body.String(), "status").Str != "Archived" {
		t.Errorf("it is answered %d %s", w.Code, w.Body)
	}
	w := m.call("default", "PUT", "/"+id,
		`{"firstName":"Siân","lastName":"Ellis","email":"sian@example.com","status":"FullUser"}`)
	if gjson.Get(w.Body.String(), "status").Str != "FullUser" {
		t.Errorf("it is answered %d %s", w.Code, w.Body)
	}
}

func TestRefusals(t *testing.T) {
	m := start(t)
	create(t, m, "")
	body := func(more string) string {
		return `{"firstName":"Siân","lastName":"Ellis","email":"other@example.com"` + more + `}`
	}
	for _, row := range []struct {
		name, persona, method, path, body string
		status                            int
		blames                            string
	}{
		{"an expired token", "expired-credential", "GET", "/search?userId=5001", "", 401, ""},
		{"a revoked token", "revoked-credential", "GET", "/search?userId=5001", "", 401, ""},
		{"a mentor of nothing", "default", "POST", "", body(`,"mentorId":999`), 400, "mentorId"},
		{"an address of nothing", "default", "POST", "", body(`,"employerAddressId":999`), 400, "employerAddressId"},
		{"another tenant's group", "default", "POST", "", body(`,"groupId":31`), 400, "groupId"},
		{"an email in other letters", "default", "POST", "", `{"firstName":"A","lastName":"B","email":"SIAN@example.com"}`, 400,
			"email"},
		{"a status that is no text", "default", "POST", "", body(`,"status":5`), 400, "status"},
		{"no body", "default", "PUT", "/5001", "", 400, "body"},
		{"an unknown user", "default", "PUT", "/999999", body(""), 404, "userId"},
		{"an empty reference number", "default", "GET", "/search?refNum=", "", 404, "refNum"},
		{"an id that is no number", "default", "DELETE", "/abc", "", 400, "userId"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := m.call(row.persona, row.method, row.path, row.body)
			if w.Code != row.status || gjson.Get(w.Body.String(), "message").Str == "" {
				t.Errorf("it is answered %d %s, want %d", w.Code, w.Body, row.status)
			}
			if blamed := gjson.Get(w.Body.String(), "errors."+row.blames+".0").Str; (blamed != "") != (row.blames != "") {
				t.Errorf("errors of %q are wanted: %s", row.blames, w.Body)
			}
		})
	}
}

func TestUsersWhoShareAReferenceNumber(t *testing.T) {
	m := start(t)
	first := create(t, m, `,"referenceNumber":"SHARED"`)
	m.call("default", "POST", "", `{"firstName":"A","lastName":"B","email":"b@example.com","referenceNumber":"SHARED"}`)
	for query, want := range map[string]string{"refNum=SHARED": "sian@example.com",
		"refNum=SHARED&email=b@example.com": "b@example.com",
		"userId=" + first.Get("id").Raw:     "sian@example.com"} {
		if w := m.call("default", "GET", "/search?"+query, ""); gjson.Get(w.Body.String(), "email").Str != want {
			t.Errorf("%s finds %d %s, want %s", query, w.Code, w.Body, want)
		}
	}
}
