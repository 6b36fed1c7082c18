package mockserver_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// org is a mock of the volunteers contract on the day its data was made for.
type org struct {
	*testing.T
	*mockserver.Server
	token string
}

func newOrg(t *testing.T, persona string) org {
	t.Helper()
	c, err := contract.Load(specs.FS, "volunteers")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 3, Size: 400, Strict: true,
		Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	p, ok := s.Persona("volunteers", persona)
	if !ok {
		t.Fatalf("there is no persona %s", persona)
	}
	return org{t, s, p.Headers["Authorization"]}
}

func (o org) do(method, path, body string) (int, gjson.Result) {
	o.Helper()
	w := httptest.NewRecorder()
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Authorization", o.token)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	o.ServeHTTP(w, q)
	if w.Code >= http.StatusInternalServerError {
		o.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return w.Code, gjson.ParseBytes(w.Body.Bytes())
}

// walk follows the next links of a list and gives all items.
func (o org) walk(query string) (items []gjson.Result) {
	o.Helper()
	path := "/users?" + query
	for path != "" {
		code, page := o.do("GET", path, "")
		meta := page.Get("meta.pagination")
		if code != http.StatusOK || meta.Get("count").Int() != page.Get("data.#").Int() {
			o.Fatalf("%s: %d %s", path, code, page.Raw)
		}
		items = append(items, page.Get("data").Array()...)
		u, err := url.Parse(meta.Get("links.next").String())
		if err != nil {
			o.Fatal(err)
		}
		if path = u.RequestURI(); u.Path == "" {
			path = ""
			if int(meta.Get("total").Int()) != len(items) {
				o.Errorf("%s: total %d, %d on all pages", query, meta.Get("total").Int(), len(items))
			}
		}
	}
	return items
}

func ids(items []gjson.Result) (all []string) {
	for _, u := range items {
		all = append(all, u.Get("id").String())
	}
	return all
}

// TestDerivedMembersAreThoseOfTheData changes nothing about every user: what the
// mock derives must be what the data begins with.
func TestDerivedMembersAreThoseOfTheData(t *testing.T) {
	o := newOrg(t, "default")
	everybody := "include_inactive=true&include_upcoming=true&limit=100"
	all := append(o.walk(everybody), o.walk(everybody+"&view=applicants")...)
	if len(all) != 400 {
		t.Errorf("%d users, want 400", len(all))
	}
	queries := []string{"team=100,101,102", "roles=301,302", "manager=1002,1014", "supervisor=1014,1023",
		"skills=501,505,601", "langs=701,702", "sids=1",
		"lat=50.7256&long=-3.5269&distance=60", "has_email=true", "active_on=2020-01-01", "q=M-10", "view=applicants",
		"include_upcoming=true", "include_inactive=true"}
	before := map[string][]string{}
	for _, q := range queries {
		if before[q] = ids(o.walk(q)); len(before[q]) == 0 {
			t.Errorf("%s finds nobody", q)
		}
	}
	for _, u := range all {
		if code, after := o.do("PUT", "/users/"+u.Get("id").String(), "{}"); code != http.StatusOK || after.Raw != u.Raw {
			t.Errorf("the data has\n%s\nderived is\n%s", u.Raw, after.Raw)
		}
	}
	for _, q := range queries {
		if after := ids(o.walk(q)); !slices.Equal(after, before[q]) {
			t.Errorf("%s: %v before, %v after", q, before[q], after)
		}
	}
}

func having(list, member string, wanted ...string) func(gjson.Result) bool {
	return func(u gjson.Result) bool {
		for _, v := range u.Get(list).Array() {
			if slices.Contains(wanted, v.Get(member).String()) {
				return true
			}
		}
		return false
	}
}

// TestFiltersAreThoseOfABruteForce compares filters, alone and in pairs, with a
// look at every user.
func TestFiltersAreThoseOfABruteForce(t *testing.T) {
	o := newOrg(t, "default")
	all := o.walk("limit=100&include=roles,skills,interests,languages,supervisors,emailAddresses,addresses")
	filters := map[string]func(gjson.Result) bool{
		"team=100,101":          having("roles", "team.id", "100", "101"),
		"manager=1002,1014":     having("roles", "manager.id", "1002", "1014"),
		"supervisor=1014":       having("supervisors", "supervisor.id", "1014"),
		"skills=501,502,503":    having("skills", "id", "501", "502", "503"),
		"langs=701,702,703,501": having("languages", "id", "701", "702", "703"),
		"has_email=false":       func(u gjson.Result) bool { return u.Get("emailAddresses.#").Int() == 0 },
		"view=volunteers":       func(u gjson.Result) bool { return u.Get("is_volunteer").Bool() },
		"view=non-volunteers":   func(u gjson.Result) bool { return u.Get("is_non_volunteer").Bool() },
		"view=on-call":          func(u gjson.Result) bool { return u.Get("on_call").Bool() },
		"age=organisation":      func(u gjson.Result) bool { return u.Get("is_minor").Bool() },
		"age=senior": func(u gjson.Result) bool {
			return u.Get("dob").String() != "" &&
				u.Get("dob").String() <= "1961-11-01"
		},
		"exclude_ids=1001,1002": func(u gjson.Result) bool { return u.Get("id").Int() > 1002 },
		"q=ar": func(u gjson.Result) bool {
			return strings.Contains(strings.ToLower(u.Get("display_name").String()+u.Get("emailAddresses.#.email").Raw), "ar")
		},
		"geojson_id=1": func(u gjson.Result) bool { return within(u, 50.2, 51.3, -4.5, -2.9) },
	}
	for a, keepA := range filters {
		for b, keepB := range filters {
			pair := a + "&" + b
			if a == b {
				pair = a
			} else if strings.Split(a, "=")[0] == strings.Split(b, "=")[0] {
				continue // one parameter twice
			}
			var want []string
			for _, u := range all {
				if keepA(u) && keepB(u) {
					want = append(want, u.Get("id").String())
				}
			}
			if got := ids(o.walk(pair + "&limit=7")); !slices.Equal(got, want) {
				t.Errorf("%s and %s: %v, want %v", a, b, got, want)
			}
			slices.Reverse(want)
			if got := ids(o.walk(pair + "&s=a&limit=90")); !slices.Equal(got, want) {
				t.Errorf("%s and %s, ascending: %v, want %v", a, b, got, want)
			}
		}
	}
}

func within(u gjson.Result, south, north, west, east float64) bool {
	for _, a := range u.Get("addresses").Array() {
		lat, long := a.Get("lat").Float(), a.Get("long").Float()
		if lat > south && lat < north && long > west && long < east {
			return true
		}
	}
	return false
}

// TestDaysGoBy moves the clock: who was upcoming is listed, who was a minor no
// longer is, and the years are counted on.
func TestDaysGoBy(t *testing.T) {
	o := newOrg(t, "default")
	soon := o.walk("include_upcoming=true&limit=100")
	now := o.walk("limit=100")
	if len(soon) <= len(now) {
		t.Fatal("nobody is upcoming")
	}
	years := fmt.Sprintf(`{"advance_ms":%d}`, (3 * 365 * 24 * time.Hour).Milliseconds())
	if code, _ := o.do("PUT", "/__admin/worlds/default/clock", years); code >= http.StatusMultipleChoices {
		t.Fatalf("the clock can't be moved: %d", code)
	}
	if later := o.walk("limit=100"); len(later) != len(soon) {
		t.Errorf("%d are listed after three years, want %d", len(later), len(soon))
	}
	for _, u := range o.walk("age=organisation&limit=100") {
		if u.Get("dob").String() < "2011-11-01" {
			t.Errorf("%s is called a minor", u.Raw)
		}
	}
}

// TestLowRightsSeeTheirTeam lists for a caller of one team and the one below it.
func TestLowRightsSeeTheirTeam(t *testing.T) {
	o := newOrg(t, "low-rights")
	own, below := having("roles", "team.id", "129"), having("roles", "team.id", "15500")
	listed := o.walk("limit=100&include=roles,supervisors")
	if len(listed) == 0 {
		t.Error("a caller with low rights sees nobody")
	}
	for _, u := range listed {
		if !own(u) && !below(u) || strings.Contains(u.Raw, `"can_manage":true`) {
			t.Errorf("a caller with low rights sees %s", u.Raw)
		}
	}
	if code, _ := o.do("POST", "/users/1005/notes", `{"body":"x"}`); code != http.StatusForbidden {
		t.Errorf("a caller with low rights may write: %d", code)
	}
}
