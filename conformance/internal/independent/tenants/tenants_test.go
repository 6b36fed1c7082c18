package tenants

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const users = "/tenants/" + homeTenant + "/users"

// whole is a full and plausible body; n keeps its unique members apart.
func whole(n int) map[string]any {
	given := Implementation().Given
	body := map[string]any{"referenceNumber": fmt.Sprintf("T-%d", n), "email": fmt.Sprintf("amy.%d@mail.example", n)}
	for name, value := range map[string]any{
		"firstName": "Amélie", "lastName": "O'Neill", "title": "Ms", "preferredName": "Amy", "phone": "01422 496200",
		"username": fmt.Sprintf("amy.%d", n), "postCode": "HX2 7TT", "address1": "3 Ashes / Top", "townCity": "Halifax",
		"dateOfBirth": "2000-02-29", "plannedHours": 400, "weeklyHours": 30, "jobActiveSync": true, "groupId": 22,
		"caseOwnerId": 304, "authenticationType": given["authenticationType"],
	} {
		body[name] = value
	}
	return body
}

// changed is a whole body with some members replaced.
func changed(n int, with map[string]any) map[string]any {
	body := whole(n)
	maps.Copy(body, with)
	return body
}

// ask sends one request and gives status and decoded body.
func ask(t *testing.T, base, method, path string, body any) (int, map[string]any) {
	t.Helper()
	var out io.Reader
	if body != nil {
		raw, _ := json.Marshal(body)
		out = bytes.NewReader(raw)
	}
	r, _ := http.NewRequest(method, base+path, out)
	r.Header.Set("Content-Type", "application/json")
	for name, value := range Implementation().Personas["default"].Headers {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	raw, _ := io.ReadAll(answer.Body)
	var members map[string]any
	_ = json.Unmarshal(raw, &members)
	return answer.StatusCode, members
}

// filled is a whole body with a value for every member.
func filled(n int, changes map[string]any) map[string]any {
	body := changed(n, changes)
	plain := map[string]any{"gender": "Female", "status": statusActive, "personalEmail": "amy.home@mail.example",
		"managerEmail": "g.barraclough@millworks.example"}
	for _, f := range fields() {
		value, given := plain[f.name], Implementation().Given[f.name]
		switch {
		case body[f.name] != nil:
			continue
		case value == nil && f.kind == reference:
			value, _ = strconv.Atoi(given)
		case value == nil:
			value = map[kind]any{text: "Level 1", date: "2020-02-29", number: 30, flag: true}[f.kind]
		}
		body[f.name] = value
	}
	return body
}

// walk creates, finds, changes and ends one user.
func walk(t *testing.T, active ...string) {
	t.Helper()
	server := httptest.NewServer(New(active...))
	defer server.Close()
	status, made := ask(t, server.URL, "POST", users, filled(1, nil))
	if status != 200 || made["id"] == nil {
		t.Fatalf("%v: create: %d %v", active, status, made)
	}
	id := fmt.Sprintf("%.0f", made["id"])
	for _, query := range []string{"userId=" + id, "refNum=T-1", "email=amy.1@mail.example", "userId=" + id + "&refNum=T-1"} {
		status, found := ask(t, server.URL, "GET", users+"/search?"+query, nil)
		if status != 200 || found["id"] != made["id"] || found["townCity"] != "Halifax" {
			t.Errorf("%v: search %s: %d %v", active, query, status, found)
		}
	}
	status, _ = ask(t, server.URL, "PUT", users+"/"+id, filled(1, map[string]any{"lastName": "Moss"}))
	_, found := ask(t, server.URL, "GET", users+"/search?userId="+id, nil)
	if status != 200 || found["lastName"] != "Moss" || found["caseOwnerId"] != 304.0 {
		t.Errorf("%v: update: %d %v", active, status, found)
	}
	status, _ = ask(t, server.URL, "DELETE", users+"/"+id, nil)
	after, ended := ask(t, server.URL, "GET", users+"/search?userId="+id, nil)
	if status != 200 || after == 200 && ended["status"] == found["status"] {
		t.Errorf("%v: deactivate: %d, then %d %v", active, status, after, ended)
	}
}

func TestPlain(t *testing.T) { walk(t) }

func TestEachHabit(t *testing.T) {
	for _, h := range habits() {
		walk(t, h.Name)
	}
}

// TestSomeTriples walks neighbours in the table, as far as they are compatible.
func TestSomeTriples(t *testing.T) {
	all := habits()
	for i := range all {
		a, b, c := all[i], all[(i+7)%len(all)], all[(i+31)%len(all)]
		clash := slices.Contains(a.Excludes, b.Name) || slices.Contains(a.Excludes, c.Name) || slices.Contains(b.Excludes, c.Name)
		if !clash {
			walk(t, a.Name, b.Name, c.Name)
		}
	}
}

func TestTables(t *testing.T) {
	all, seen := habits(), map[string][]string{}
	for _, h := range all {
		if _, twice := seen[h.Name]; twice || h.Says == "" || h.Open == "" {
			t.Errorf("%s: twice, or without a reason", h.Name)
		}
		seen[h.Name] = h.Excludes
	}
	for name, excluded := range seen {
		for _, other := range excluded {
			if !slices.Contains(seen[other], name) {
				t.Errorf("%s excludes %s, but not the other way round", name, other)
			}
		}
	}
	for _, f := range faults() {
		if _, twice := seen[f.Name]; twice || len(f.Breaks) == 0 || !strings.HasPrefix(f.Source, "L") {
			t.Errorf("%s: twice, or without a source", f.Name)
		}
		seen[f.Name] = nil
	}
	if len(all) < 30 || len(faults()) < 15 {
		t.Errorf("%d habits, %d faults", len(all), len(faults()))
	}
}
