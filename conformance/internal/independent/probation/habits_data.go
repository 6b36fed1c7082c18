package probation

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// dataHabits are about what lies in the tables, and what moves there by itself.
func dataHabits() []habit {
	twins := "The seed does not say that what is shown of two of them differs."
	stamp := func(*server, object) any { return time.Now().UTC().Format(time.RFC3339Nano) }
	stamped := func(ops, path string) edit { return adding(ops, path, "_etag", stamp) }
	return []habit{
		{name: "every-object-stamped", says: "Every object of every answer has a stamp, another one at each read.",
			open: "The seed lists the members of its schemas and does not forbid others.", misses: "PRO-PDU-03 PRO-MGR-25",
			edits: []edit{
				stamped(staffOps+" "+managerOp+" "+caseOps+" "+headsOp+" "+staffNames+" "+emailsOp, ""),
				stamped(staffOps+" "+managerOp+" "+caseOps+" "+headsOp+" "+staffNames, "name"), stamped(caseOps, "staff.name"),
				stamped(staffOps, "teams"), stamped(managerOp, "team"),
				stamped(staffOps, "teams.borough"), stamped(staffOps, "teams.district.borough"),
				stamped(managerOp, "team.borough"), stamped(caseOps, "team.borough"),
				stamped(caseOps, "staff"), stamped(caseOps, "team"),
				stamped(caseOps, "staff.teams"),
			}},
		{name: "cases-come-in", says: "Every fifth of a second somebody is given a new case.",
			open: "Data of a live service moves."},
		{name: "offices-alike", says: "A team has two offices of which the same is shown.", open: twins},
		{name: "held-for-two-teams", says: "A person holds one case for two teams, from two dates on.",
			open: "The seed makes no case number unique in a person's caseload."},
		{name: "held-twice", says: "A person has held one case of one team from two dates on.",
			open: "The seed makes no case number unique in a person's caseload."},
		{name: "planned-ends", says: "A team that goes on has a day on which it is to end.",
			open: "Team: endDate string false. The seed does not say that the day is past."},
		{name: "ends-far-off", says: "An office without an end is shown with the last day of 9999.",
			open: "OfficeAddress: to string false. The seed does not say how no end is said."},
		{name: "docs-in-yaml", says: "/docs/asyncapi is answered in YAML.", open: "The seed shows an empty object for it.",
			misses: "PRO-ASYNC-02 PRO-ASYNC-06 PRO-ASYNC-07 PRO-ASYNC-08 PRO-ASYNC-09 PRO-ASYNC-10 PRO-ASYNC-11 PRO-ASYNC-12 " +
				"PRO-DOC-asyncApi-response_schema_conformance PRO-DOC-asyncApi-content_type_conformance",
			media: "application/yaml", mediaOp: "asyncApi",
			stamp: func(_ *server, r *http.Request, out *rendered) {
				if strings.HasSuffix(r.URL.Path, "/docs/asyncapi") {
					out.body = []byte("asyncapi: 2.4.0\ninfo:\n  title: licences\n")
				}
			}},
		{name: "heads-alike", says: "The heads of a borough have one name and no email.", open: twins},
		{name: "three-heads", says: "A borough has a head more.", open: "The seed says array, without a length."},
		{name: "docs-in-a-string", says: "/docs/asyncapi answers a string that holds the document.",
			open: "The seed shows a string for it.", misses: "PRO-ASYNC-02"},
		{name: "heads-before-ids", says: "/staff/byid/pdu-head asks for the heads of the borough byid.",
			open: "The seed says of a path that two operations have no more than that both have it."},
		{name: "decimal-404", says: "A number with a fraction is the id of nobody, 404.",
			open: silent + "an id that is no integer."},
		{name: "challenge-at-length", says: "A challenge names a realm, and has blanks around its signs.",
			open: "RFC 9110 allows blanks around the sign."},
		{name: "every-tenth-case-known", says: "Every case number that ends in 0 is that of a case.",
			open: "No document says which numbers no case has."},
	}
}

// cameIn are the cases that have come since the start.
func (s *server) cameIn() (rows []caseRow) {
	for n := range min(1+int(time.Since(s.started)/(200*time.Millisecond)), 200) {
		rows = append(rows, caseRow{fmt.Sprintf("M%06d", n), "Robin", "", "Marsh", "2024-07-02", caseloadGiven, "S34WOR", "OM"})
	}
	return rows
}

// headCodes are those of a borough's heads, and with a habit one more.
func (s *server) headCodes(b borough) []string {
	codes := strings.Fields(b.heads)
	if len(codes) > 1 && s.has("three-heads") {
		codes = append(codes, "S34GLH1")
	}
	return codes
}

// sameHeads makes heads of a borough look alike where there are several.
func sameHeads(items list) list {
	if len(items) < 2 {
		return items
	}
	name := items[0].(object).get("name")
	for i := range items {
		items[i] = object{{"name", name}}
	}
	return items
}

// numbered is the manager of a case that is known by its number alone.
func (s *server) numbered(crn string) *manager {
	if !s.has("every-tenth-case-known") || len(crn) != 7 || !strings.HasPrefix(crn, "Z") || !strings.HasSuffix(crn, "0") {
		return nil
	}
	return &manager{crn: crn, staff: "S34GLA2", team: "S34GLA", provider: "S34", active: true}
}

// headsFirst puts the heads of a borough before what else has their path.
func headsFirst(routes []route) []route {
	at := slices.IndexFunc(routes, func(r route) bool { return r.op == headsOp })
	return append([]route{routes[at]}, slices.Delete(slices.Clone(routes), at, at+1)...)
}
