package tenants

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// line is one request of the script that tells every switch from the plain server.
type line struct {
	who, method, path string
	body              any
	headers           string // "Name: value" pairs with bars between
}

// script has at least one request for every habit and fault. Ids that the plain server
// gives are used where the state of a created user matters.
func script() []line {
	with := func(n int, name string, value any) map[string]any { return changed(n, map[string]any{name: value}) }
	post := func(n int, name string, value any) line {
		return line{"default", "POST", users, with(n, name, value), ""}
	}
	get := func(query string) line { return line{"default", "GET", users + "/search?" + query, nil, ""} }
	bare := map[string]any{"firstName": "Jo", "lastName": "Dee", "email": "Jo.Dee@mail.example", "phone": "01422 1"}
	out := []line{
		{"default", "POST", users, whole(1), ""}, {"default", "POST", users, whole(2), ""},
		{"default", "POST", users, bare, ""}, get("userId=5001"), get("userId=5001"), get("refNum=T-2"),
		get("refNum=t-2"),
		get("email=AMY.2@mail.example"), get("email=none@mail.example"), get("userId=5001&refNum=T-2"),
		get("userId=5001&refNum=T-1"), get(""), get("userId=99999999999"), get("userId=abc"), get("userId=0"),
		get("userId=5001&x=1"), get("USERID=5001"),
		get("userId=5001&email="), get("refNum=CVS-0111"), get("email=tobias.fareham@solentmail.example"),
		post(3, "dateOfBirth", "2001-02-30"), post(4, "dateOfBirth", "2090-01-01"), post(5, "phone", "call me"),
		post(6, "postCode", "none"), post(7, "status", "Odd"), post(8, "gender", "odd"), post(9, "authenticationType", "odd"),
		post(10, "weeklyHours", 200), post(11, "groupId", 2147483647), post(12, "email", "amy.1@mail.example"),
		post(13, "username", "amy.1"), post(14, "referenceNumber", "T-1"), post(15, "firstName", strings.Repeat("x", 300)),
		post(16, "townCity", strings.Repeat("x", 90)), post(17, "email", "not-an-email"), post(18, "lastName", "  "),
		post(19, "title", " Ms "), post(20, "groupId", "22"), post(21, "foo", 1),
		{"default", "POST", users, map[string]any{"FIRSTNAME": "Bea", "LASTNAME": "Fry", "EMAIL": "bea@mail.example"}, ""},
		post(23, "groupId", nil), post(24, "phone", nil), post(25, "preferredName", nil), post(26, "username", nil),
		post(27, "caseOwnerFirstName", "Zed"), post(28, "managerEmail", "g.barraclough@millworks.example"),
		post(29, "groupId", "abc"),
		post(48, "referenceNumber", "t-48"), post(49, "username", "amy@mail.example"),
		post(30, "address2", strings.Repeat("x", 40000)),
		{"default", "POST", users, changed(31, map[string]any{"employerId": 1501, "employerAddressId": 1603}), ""},
		{"default", "POST", users, changed(32, map[string]any{"email": "amy.1@mail.example", "firstName": nil}), ""},
		{"default", "POST", users, nil, ""}, {"default", "POST", users, map[string]any{}, ""},
		{"default", "POST", users, whole(33), "Content-Type: text/plain"},
		{"default", "PUT", users + "/5002", with(2, "lastName", "Moss"), ""}, get("userId=5002"), get("userId=5001"),
		get("userId=5003"),
		{"default", "PUT", users + "/5002", with(2, "weeklyHours", "many"), ""},
		{"default", "PUT", users + "/5002", with(2, "referenceNumber", "T-2b"), ""}, get("refNum=T-2b"),
		{"default", "PUT", users + "/5002", map[string]any{"firstName": "A", "lastName": "B", "email": "a.b@mail.example"}, ""},
		{"default", "PUT", users + "/2147483647", with(40, "weeklyHours", "many"), ""},
		{"default", "PUT", users + "/2147483647", whole(41), ""}, {"default", "PUT", users + "/abc", whole(42), ""},
		{"low-rights", "PUT", users + "/5002", whole(43), ""}, {"low-rights", "PUT", users + "/2147483647", whole(44), ""},
		{"low-rights", "GET", users + "/search?userId=5001", nil, ""}, {"", "GET", users + "/search", nil, ""},
		{"", "GET", users + "/search?userId=5001", nil, ""}, {"", "POST", users, whole(45), ""},
		{"", "GET", users + "/search?userId=5001", nil, "Authorization: Bearer cvs-7f3a91d0e2b84c56"},
		{"", "GET", users + "/search?userId=5001", nil, tokenHeader + ": nobody"},
		{"expired-credential", "GET", users + "/search?userId=5001", nil, ""},
		{"second-tenant", "GET", users + "/search?userId=4107", nil, ""},
		{"default", "GET", strings.ToUpper(users) + "/search?userId=4107", nil, ""},
		{"default", "GET", "/tenants/CALDER-VALLEY-SKILLS/users/search?userId=4107", nil, ""},
		{"default", "GET", "/Tenants/" + homeTenant + "/Users/search?userId=4107", nil, ""},
		{"default", "GET", users + "/search/?userId=4107", nil, ""}, {"default", "GET", users + "/4107", nil, ""},
		{"default", "HEAD", users + "/search?userId=4107", nil, ""}, {"default", "OPTIONS", users, nil, ""},
		{"default", "PATCH", users + "/5002", map[string]any{"lastName": "Reed"}, ""}, {"default", "DELETE", users, nil, ""},
		{"default", "GET", users + "/search?userId=4107", nil, "Accept: text/html"},
		{"default", "GET", users + "/search?userId=4107", nil, "Accept-Encoding: gzip"},
		{"", "DELETE", users + "/5003", nil, ""},
		{"default", "DELETE", users + "/5002", nil, ""}, get("userId=5002"), get("userId=5001"),
		{"default", "DELETE", users + "/5002", nil, ""}, {"default", "PUT", users + "/5002", whole(46), ""},
		{"default", "DELETE", users + "/2147483647", nil, ""}, get("userId=4107"),
	}
	return slices.Concat(out, lateScript(post, get), togetherScript(post, get), seldomScript(with, post, get))
}

// seldomScript is the part of the script about values, users and refusals that are seldom tried.
func seldomScript(with func(n int, name string, value any) map[string]any, post func(n int, name string, value any) line,
	get func(query string) line) []line {
	put := func(id string, body map[string]any) line { return line{"default", "PUT", users + "/" + id, body, ""} }
	end := func(id string) line { return line{"default", "DELETE", users + "/" + id, nil, ""} }
	return []line{
		post(90, "firstName", "Ann & Bo"), post(91, "phone", "+44 1422 496200"), post(92, "countyState", "Null"),
		post(93, "townCity", "Tŷ Gwyn"), post(94, "dateOfBirth", "1948-06-01"), post(95, "plannedHours", map[string]any{"h": 1}),
		{"default", "POST", users, "text", ""}, get("userId=4104,4107"),
		{"default", "POST", users, changed(96, map[string]any{"username": nil, "personalEmail": "h@home.example"}), ""},
		post(97, "referenceNumber", "t-97a"), get("refNum=t-97a"), post(98, "email", "o'x@mail.example"),
		get("email=o'x@mail.example"), post(99, "email", "Cap@mail.example"), get("email=Cap@mail.example"),
		post(100, "referenceNumber", nil), get("refNum=null"), get("refNum=01422+496200"),
		get("userId=99999&refNum=none&email=none@mail.example"),
		put("4115", with(101, "referenceNumber", "T-101")), post(102, "referenceNumber", "CVS-0111"), get("refNum=CVS-0111"),
		put("4115", with(101, "referenceNumber", nil)), get("refNum=T-101"), get("email=amy.101@mail.example"),
		get("userId=5001"), put("4115", with(101, "phone", "01422 496299")), get("email=amy.99@mail.example"),
		put("4115", with(101, "townCity", "Leeds")), get("email=amy.99@mail.example"), end("4115"), get("userId=4115"),
		put("4109", with(103, "status", "Prospect")), end("4109"), get("userId=4109"), get("userId=4115"),
		get("userId=5002&email=amy.2@mail.example"),
		post(104, "title", "Ms"), get("email=amy.104@mail.example"),
	}
}

// lateScript is the part of the script about values that are mangled, and about other tenants.
func lateScript(post func(n int, name string, value any) line, get func(query string) line) []line {
	abroad := line{"second-tenant", "GET", "/tenants/" + otherTenant + "/users/search?userId=6203", nil, ""}
	return []line{
		post(60, "postCode", "hx27tt"), post(61, "referenceNumber", "T-61/9 b"), get("refNum=T-61%2F9+b"), get("refNum=T-61"),
		post(62, "referenceNumber", "0062"), get("refNum=0062"), post(63, "jobActiveSync", false),
		post(64, "plannedHours", 0), post(65, "plannedHours", -5), post(66, "plannedHours", 70000), get("refNum=SOL-77"), abroad,
		{"", "GET", users + "/search?email=amy.1@mail.example", nil, ""},
		{"low-rights", "GET", users + "/search?refNum=T-1", nil, ""},
		{"", "GET", users + "/search?userId=4107", nil, tokenHeader + ": cvs-7f3a91"},
		{"", "GET", users + "/search?userId=4107", nil, tokenHeader + ": cvs-7f3a91dAAAAAAAAA"},
		{"", "GET", users + "/search?userId=4107", nil, tokenHeader + ": *"},
		get("userId=-4107"), get("userId=4294971403"), get("email=amy.1"), get("email=amy.1*"),
		{"default", "POST", users + "/5001", nil, ""}, get("userId=5001"), {"low-rights", "POST", users, whole(70), ""},
		get("refNum=T-70"), post(71, "dateOfBirth", "2001-03-05"), get("email=amy.71@mail.example"),
		{"default", "PUT", users + "/5001", whole(1), ""}, get("email=amy.14@mail.example"),
		{"default", "DELETE", users + "/5001", nil, ""}, get("email=amy.14@mail.example"),
	}
}

// togetherScript is the part of the script about one member that changes alone, and about others
// than the user that is written.
func togetherScript(post func(n int, name string, value any) line, get func(query string) line) []line {
	body := map[string]any{"IAMath": "Level 1", "diagMath": "Entry 3", "diagIct": "Level 1", "personalEmail": "a@home.example",
		"programmeStartDate": "2024-09-09"}
	var out []line
	put := func(changes map[string]any) {
		for name, value := range changes {
			body = maps.Clone(body)
			body[name] = value
		}
		out = append(out, line{"default", "PUT", users + "/4101", changed(81, body), ""}, get("userId=4101"))
	}
	put(nil)
	for _, change := range []map[string]any{
		{"email": "amy.80@mail.example", "referenceNumber": "T-80"}, {"firstName": "Ann"}, {"dateOfBirth": "2001-01-01"},
		{"IAMath": "Level 2"}, {"diagIct": "Level 2"}, {"programmeStartDate": "2024-10-07"},
	} {
		put(change)
	}
	delete(body, "diagIct")
	put(nil)
	out = append(out, get("refNum=T-60"), get("refNum=T80"), post(82, "postCode", "HX1 1AA"))
	put(map[string]any{"postCode": "HX3 3AA", "referenceNumber": "T-82"})
	long := "amy." + strings.Repeat("x", shortColumn) + "@mail.example"
	out = append(out, get("email=amy.82@mail.example"), post(83, "address1", "9 New Road"), get("email=amy.82@mail.example"),
		post(84, "email", long), get("email="+long), get("refNum=T-84&userId=4101"))
	put(map[string]any{"email": "amy.82@mail.example", "lastName": "Conflict"})
	return append(out,
		line{"second-tenant", "PUT", users + "/4104", whole(85), ""}, get("userId=4104"),
		line{"second-tenant", "DELETE", users + "/4109", nil, ""}, get("userId=4109"),
		line{"default", "DELETE", users + "/4120", nil, ""}, get("userId=4120&email=robin.akroyd@dale.example"),
		line{"default", "GET", "/tenants/calder-other/users/search?userId=4107", nil, ""},
		line{"", "GET", users + "/search?refNum=CVS-0107&email=priya.greenwood@cpost.example", nil, ""},
		line{"low-rights", "GET", users + "/search?refNum=CVS-0107&email=priya.greenwood@cpost.example", nil, ""},
		post(260, "weeklyHours", ""),
		line{"default", "PUT", users + "/4104", changed(261, map[string]any{"authenticationType": "Saml"}), ""},
		line{"default", "DELETE", users + "/4104", nil, ""}, get("userId=4104"), post(262, "referenceNumber", nil),
		post(263, "email", "Zoë@mail.example"), get("email=Zo%C3%AB@mail.example"), post(264, "email", "Kay@mail.example"),
		get("email=kay@mail.example"),
		get("userId=4107L"), get("userId=x&refNum=CVS-0107&email=priya.greenwood@cpost.example"),
		get("userId=4107&refNum=CVS"), get("refNum=CVS-0107&email=home.priya.greenwood@cpost.example"),
		line{"default", "DELETE", users + "/4107", nil, ""}, get("userId=4107"), get("email=priya.greenwood@cpost.example"),
		get("userId=4107&refNum=none"), line{"default", "DELETE", users + "/4107", nil, ""}, get("userId=4107"),
		line{"default", "PUT", users + "/4109", changed(265, map[string]any{"referenceNumber": "N-1"}), ""}, get("refNum=N-1"),
		line{"default", "PUT", users + "/4109", changed(266, map[string]any{"referenceNumber": "CVS-0110"}), ""},
		get("refNum=CVS-0110"), line{"default", "DELETE", users + "/4109", nil, ""}, get("userId=4109"),
		line{"second-tenant", "GET", "/tenants/" + otherTenant + "/users/search?userId=4109", nil, ""},
		line{"", "GET", users + "/search?userId=4107", nil, tokenHeader + ": cvs-7f3a91d0e2b84c5x"},
		get("refNum=SOL-77&email=tobias.fareham@solentmail.example"), get("userId=5002&refNum=T-2"),
	)
}

// play gives the whole talk with a server as one text.
func play(active ...string) string {
	server, personas := New(active...), Implementation().Personas
	var out strings.Builder
	for _, l := range script() {
		raw := []byte{}
		if l.body != nil {
			raw, _ = json.Marshal(l.body)
		}
		r := httptest.NewRequest(l.method, l.path, strings.NewReader(string(raw)))
		r.Header.Set("Content-Type", "application/json")
		for name, value := range personas[l.who].Headers {
			r.Header.Set(name, value)
		}
		if name, value, ok := strings.Cut(l.headers, ": "); ok {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		fmt.Fprintf(&out, "%s %s %s: %d %v %s\n", l.who, l.method, l.path, w.Code, w.Header(), w.Body)
	}
	return out.String()
}

// TestEverySwitch holds that no habit and no fault is without effect.
func TestEverySwitch(t *testing.T) {
	plain := play()
	if again := play(); again != plain {
		t.Fatal("the plain server is not the same twice")
	}
	for _, h := range habits() {
		if h.Name != "slow" && play(h.Name) == plain {
			t.Errorf("habit %s changes nothing", h.Name)
		}
	}
	for _, f := range faults() {
		// What stands before the server shows in long sequences, which the suite's own runs have.
		if _, before := between()[f.Name]; !before && play(f.Name) == plain {
			t.Errorf("fault %s changes nothing", f.Name)
		}
	}
}
