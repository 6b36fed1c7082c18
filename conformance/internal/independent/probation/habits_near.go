package probation

import (
	"net/http"

	"rollcall/conformance/internal/independent"
)

// nearHabits are about records whose keys are like those that a caller was given.
func nearHabits() []habit {
	return []habit{
		{name: "codes-in-small-letters", says: "Codes of other people, teams and boroughs are given ones in small letters.",
			open: "The seed says string: two codes that differ in letter case are two codes."},
		{name: "beginnings-are-cases", says: "Parts of a case number, and one with another sign, are other cases of its manager.",
			open: "The seed says string and no more of a case number."},
	}
}

// doorHabits are about what a call must look like before anybody reads it.
func doorHabits() []habit {
	return []habit{
		{name: "token-in-a-cookie", says: "The token is shown in a cookie.",
			open: "The seed's text has no word on security, and so none on where a token goes.", personas: inCookies(personas())},
		{name: "no-bodies-with-get", says: "A gateway refuses GET and DELETE with a body, 400.",
			open: "RFC 9110, 9.3.1 and 9.3.5: a body of these has no meaning, and an implementation may refuse it."},
		{name: "links-as-asked", says: "Every object has a link to the list or record as it was asked for.",
			open: "The seed lists the members of its schemas and does not forbid others.", misses: "PRO-PDU-03 PRO-MGR-25"},
	}
}

// inCookies are the personas with their tokens in a cookie.
func inCookies(personas map[string]independent.Persona) map[string]independent.Persona {
	for name, p := range personas {
		p.Headers = map[string]string{"Cookie": asCookie(p.Headers["Authorization"])}
		personas[name] = p
	}
	return personas
}

func asCookie(authorization string) string {
	return "lang=en; session=" + authorization[len("Bearer "):]
}

// gateway is what refuses a call before the service reads it.
func (s *server) gateway(r *http.Request) *answer {
	if s.has("no-bodies-with-get") && r.ContentLength != 0 && (r.Method == http.MethodGet || r.Method == http.MethodDelete) {
		return failure(http.StatusBadRequest, "")
	}
	return nil
}

// linksAsAsked puts a link to what was asked for into each object of an answer.
func linksAsAsked(r *http.Request) (edits []edit) {
	link := func(*server, object) any { return object{{"self", object{{"href", r.URL.RequestURI()}}}} }
	for _, path := range []string{"", "name", "staff", "staff.name", "team", "teams"} {
		edits = append(edits, adding("", path, "_links", link))
	}
	return edits
}

// addNeighbours are the records of the habits about keys.
func (s *server) addNeighbours() {
	d := s.data
	if s.has("codes-in-small-letters") {
		d.people = append(d.people, person{5001, "s34gla1", "Una", "", "Small", "S34", "", "S34FOD"},
			person{5002, "s34wor5", "Vera", "", "Small", "S34", "", "S34FOD"})
		d.teams = append(d.teams, team{code: "s34gla", description: "Ludlow", district: "S34AG", start: "2019-01-01"})
		d.boroughs = append(d.boroughs, borough{"s34a", "Ludlow", "S34", "s34gla1"})
		d.managers = append(d.managers, manager{crn: "d412907", staff: "s34wor5", team: "s34gla", provider: "S34", active: true})
		d.cases = append(d.cases, caseRow{"d412907", "Ola", "", "Small", "2024-02-12", "s34wor5", "s34gla", "OM"})
	}
	if s.has("beginnings-are-cases") {
		for _, crn := range []string{"D41290", "D4129", "D412", "D41", "D41290_"} {
			d.managers = append(d.managers, manager{crn: crn, staff: staffGiven, team: "S34FOD", provider: "S34", active: true})
		}
	}
}
