package probation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// held are the cases of a caseload; order supervisors hold none.
func (s *server) held(belongs func(caseRow) bool) []caseRow {
	var rows []caseRow
	all := s.data.cases
	if s.has("cases-jointly-held") {
		all = slices.Concat(all, jointCases())
	}
	if s.has("cases-come-in") {
		all = slices.Concat(all, s.cameIn())
	}
	if s.has("held-for-two-teams") {
		all = slices.Concat(all, []caseRow{{"K801101", "Dafydd", "Huw", "Parry", "2024-02-01", "S34WOR5", "S34GLA", "OM"}})
	}
	if s.has("held-twice") {
		all = slices.Concat(all, []caseRow{{"K801101", "Dafydd", "Huw", "Parry", "2022-02-01", "S34WOR5", "S34WOR", "OM"},
			{"D412915", "Shane", "", "Ó Briain", "2021-11-30", "S34GLA1", "S34GLA", "OM"}})
	}
	for _, row := range all {
		if belongs(row) && (row.role == "OM" || s.has("order-supervisors-count")) {
			rows = append(rows, row)
		}
	}
	return rows
}

func (s *server) caseload(rows []caseRow) answer {
	items := list{}
	for _, row := range rows {
		items = append(items, object{
			{"crn", row.crn}, {"name", nameView(row.forename, row.middle, row.surname)},
			{"allocationDate", s.date(row.allocated)}, {"staff", s.staffView(s.data.person(row.staff), false)},
			{"team", s.teamView(row.team)},
		})
	}
	return ok(items)
}

// teamCaseload has the newest cases first, and those without a date before them.
func (s *server) teamCaseload(c *call) answer {
	asked := c.values["teamCode"]
	if s.has("one-team-caseload") {
		asked = "S34GLA"
	}
	if s.has("unknown-lists-404") && s.data.team(asked) == nil {
		return notFound("Team", "code", asked)
	}
	rows := s.held(func(row caseRow) bool {
		return s.sameCode(row.team, asked) ||
			s.has("team-caseload-by-beginning") && strings.HasPrefix(row.team, asked) || s.has("team-caseload-of-everybody")
	})
	if !s.has("team-caseload-by-number") {
		slices.SortStableFunc(rows, s.newestFirst)
	}
	if len(rows) > 2 && s.has("two-cases-at-most") {
		rows = rows[:2]
	}
	return s.caseload(rows)
}

func (s *server) newestFirst(a, b caseRow) int {
	if undated := (a.allocated == "") != (b.allocated == ""); undated && !s.has("undated-cases-last") {
		return cmp.Compare(a.allocated, b.allocated)
	}
	return cmp.Compare(b.allocated, a.allocated)
}

func (s *server) caseloadByCode(c *call) answer {
	asked := c.values["staffCode"]
	if s.has("one-caseload-by-code") {
		asked = caseloadGiven
	}
	p := s.personByCode(asked)
	if p == nil && s.has("caseload-by-any-name") {
		p = find(s.data.people, func(q person) bool { return q.username == asked || strconv.FormatInt(q.id, 10) == asked })
	}
	if p == nil && s.has("caseload-by-beginning") {
		p = find(s.data.people, func(q person) bool {
			return strings.HasPrefix(q.code, asked) && q.code[:len(q.code)-1] == asked &&
				slices.ContainsFunc(s.data.cases, func(row caseRow) bool { return row.staff == q.code })
		})
	}
	return s.staffCaseload(p, "code", asked, s.has("staff-caseload-of-everybody"))
}

func (s *server) caseloadByID(c *call) answer {
	p := s.personByID(c.id)
	if s.has("one-caseload-by-id") {
		p = s.data.person(caseloadGiven)
	}
	if p != nil && s.has("another-persons-caseload-by-id") {
		p = s.data.person("S35BOS1")
	}
	return s.staffCaseload(p, "id", strconv.FormatInt(c.id, 10), false)
}

func (s *server) staffCaseload(p *person, field, asked string, everybody bool) answer {
	if p == nil && s.has("unknown-lists-404") {
		return notFound("Staff", field, asked)
	}
	rows := s.held(func(row caseRow) bool { return everybody || p != nil && row.staff == p.code })
	if p != nil && s.has("caseload-of-first-team-only") {
		rows = slices.DeleteFunc(rows, func(row caseRow) bool { return !strings.HasPrefix(p.teams, row.team) })
	}
	if s.has("undated-cases-not-held") {
		rows = slices.DeleteFunc(rows, func(row caseRow) bool { return row.allocated == "" })
	}
	if s.has("staff-caseload-by-surname") {
		slices.SortStableFunc(rows, func(a, b caseRow) int {
			return cmp.Compare(strings.ToLower(a.surname), strings.ToLower(b.surname))
		})
	}
	return s.caseload(rows)
}
