package probation

import (
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// manages is the role in which a case counts for a caseload; the other one is
// the order supervisor's.
const manages = "OM"

func teamCaseloadAsks() []behavior.By {
	return slices.Concat(listAsks(), viewAsks(), []behavior.By{"PRO-CASE-04", "PRO-CASE-05", "PRO-CASE-06",
		"PRO-CASE-07", "PRO-CASE-20"})
}

func staffCaseloadAsks() []behavior.By {
	return append(listAsks(), "PRO-CASE-12", "PRO-CASE-15", "PRO-CASE-16", "PRO-CASE-17", "PRO-CASE-18")
}

// getManagedOffendersByTeam lists the cases of a team, the latest allocation
// first: the order of the index.
func getManagedOffendersByTeam(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	code, empty := c.Path.Get("teamCode"), behavior.By("PRO-CASE-05")
	if !c.Holds("PRO-CASE-07") {
		code = strings.ToUpper(code)
	}
	if _, known := c.Reader().Get("team", code); known {
		empty = "PRO-CASE-06"
	}
	rows := managed(c, "team", code, "PRO-CASE-20")
	if !c.Holds("PRO-CASE-04") {
		slices.SortStableFunc(rows, func(a, b *store.Record) int { return undated(a) - undated(b) })
	}
	return list(c, views(c, rows), empty)
}

func undated(r *store.Record) int {
	if r.String("allocationDate") == "" {
		return 1
	}
	return 0
}

// getManagedOffenders lists the cases of a member of staff by code.
func getManagedOffenders(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	r := exactly(c, "staff", "code", c.Path.Get("staffCode"), "PRO-CASE-16")
	if r == nil {
		return list(c, nil, "PRO-CASE-12")
	}
	rows := managed(c, "staff", r.ID, "PRO-CASE-18")
	if !c.Holds("PRO-CASE-17") && len(rows) > 0 {
		team := rows[0].String("team")
		rows = slices.DeleteFunc(rows, func(r *store.Record) bool { return r.String("team") != team })
	}
	return list(c, views(c, rows), "PRO-CASE-15")
}

// getManagedOffendersByID lists the cases of a member of staff by id.
func getManagedOffendersByID(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	return list(c, views(c, managed(c, "staff", c.Path.Get("id"), "PRO-CASE-19")), "PRO-CASE-13")
}

// managed gives the rows of a caseload that are held by an offender manager.
func managed(c *behavior.Call, index, value string, only behavior.By) (rows []*store.Record) {
	if value == "" {
		return nil
	}
	c.Reader().Each("caseload", index, store.Key(value), func(r *store.Record) bool {
		if r.String("role") == manages || !c.Holds(only) {
			rows = append(rows, r)
		}
		return true
	})
	return rows
}

// views writes rows as ManagedOffenders. The directory is not asked about their
// staff, so that nobody's e-mail address or telephone is shown.
func views(c *behavior.Call, rows []*store.Record) (items [][]byte) {
	people, teams := map[string]string{}, map[string]string{}
	for _, r := range rows {
		id, code := r.String("staff"), r.String("team")
		if _, ok := people[id]; !ok {
			if who, ok := c.Reader().Get("staff", id); ok {
				people[id] = string(person(c, who, false))
			}
		}
		if _, ok := teams[code]; !ok {
			if t, ok := c.Reader().Get("team", code); ok {
				teams[code] = string(team(c, t, shown))
			}
		}
		items = append(items, c.Extend(r.Document(), absent, "staff", people[id], "team", teams[code]))
	}
	return items
}
