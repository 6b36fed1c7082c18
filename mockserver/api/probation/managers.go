package probation

import (
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func managerAsks() []behavior.By {
	return append(viewAsks(), "PRO-MGR-08", "PRO-MGR-10", "PRO-MGR-11", "PRO-MGR-12", "PRO-MGR-13", "PRO-MGR-14",
		"PRO-MGR-15", "PRO-MGR-16", "PRO-TEAM-11")
}

func emailsAsk() []behavior.By {
	return append(listAsks(), "PRO-MGR-19", "PRO-MGR-20", "PRO-MGR-21", "PRO-MGR-22", "PRO-MGR-23", "PRO-MGR-24", "PRO-MGR-26",
		"PRO-MGR-31")
}

// findCommunityManager finds who manages a case in the community now, whoever is
// responsible for it.
func findCommunityManager(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	crn := c.Path.Get("crn")
	if !c.Holds("PRO-MGR-11") && !formed(crn) {
		return behavior.Answer{}, behavior.Unacceptable("a case number is a capital letter and six digits")
	}
	m, why := managerOf(c, crn)
	if why != "" {
		ref := behavior.NotFound(why, "CommunityManager", "crn", crn)
		if why != "PRO-MGR-05" && !c.Holds("PRO-MGR-08") {
			ref.Message = "The case " + crn + " has no active manager"
		}
		if c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		if m == nil {
			m = first(c, "manager", "crn")
		}
	}
	return c.OK(managerView(c, m)), nil
}

func formed(crn string) bool {
	return len(crn) == 7 && crn[0] >= 'A' && crn[0] <= 'Z' && strings.Trim(crn[1:], "0123456789") == ""
}

// managerOf gives the active community manager of a case. When there is none it
// says which requirement tells so, and gives a manager who does not count.
func managerOf(c *behavior.Call, crn string) (manager *store.Record, why behavior.Denies) {
	if !c.Holds("PRO-MGR-12") {
		crn = strings.ToUpper(crn)
	}
	why = "PRO-MGR-05"
	var other *store.Record
	c.Reader().Each("manager", "crn", store.Key(crn), func(r *store.Record) bool {
		if counts(c, r) {
			manager = r
			return !c.Holds("PRO-MGR-16") // who is responsible comes later
		}
		if other, why = r, "PRO-MGR-07"; r.Get("deleted").Bool() {
			why = "PRO-MGR-09"
		}
		return true
	})
	if crn == "" || manager == nil {
		return other, why
	}
	return manager, ""
}

// counts tells whether a record is of an active community manager.
func counts(c *behavior.Call, r *store.Record) bool {
	if r.String("kind") != "community" {
		return r.Get("responsible").Bool() && !c.Holds("PRO-MGR-16")
	}
	return (r.Get("active").Bool() || !c.Holds("PRO-MGR-10")) && !r.Get("deleted").Bool()
}

// managerView writes a Manager: the person, with provider and team of the case.
func managerView(c *behavior.Call, m *store.Record) []byte {
	r, ok := c.Reader().Get("staff", m.String("staff"))
	if !ok {
		r = first(c, "staff", "code")
	}
	show := shown
	if !c.Holds("PRO-TEAM-11") {
		show = func(*behavior.Call, *store.Record) bool { return true }
	}
	var its string
	if t, ok := c.Reader().Get("team", m.String("team")); ok {
		its = string(team(c, t, show))
	}
	provider := m.Get("provider").Raw
	if !c.Holds("PRO-MGR-13") {
		provider = r.Get("provider").Raw
	}
	return c.Extend(r.Document(), absent, "provider", provider, "team", its, "unallocated", managerUnallocated(c, r), "email",
		managerEmail(c, r))
}

func managerUnallocated(c *behavior.Call, r *store.Record) string {
	if !c.Holds("PRO-MGR-14") {
		return "false"
	}
	return unallocated(c, r)
}

// managerEmail is the address that the directory has; a defect makes one up.
func managerEmail(c *behavior.Call, r *store.Record) string {
	e := entryOf(c, r)
	if e.ID == "" && r.String("username") != "" && !c.Holds("PRO-MGR-15") {
		return `"unknown@probation.example"`
	}
	return e.Get("email").Raw
}

// findCommunityManagerEmails gives code and address of the managers of a list of
// cases, one for each case that has one.
func findCommunityManagerEmails(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	crns, ref := texts(c, "PRO-MGR-31")
	if ref != nil {
		return behavior.Answer{}, ref
	}
	if len(crns) == 0 && !c.Holds("PRO-MGR-24") {
		return behavior.Answer{}, behavior.Unacceptable("the list is empty")
	}
	var items [][]byte
	asked, given := map[string]bool{}, map[string]bool{}
	for _, crn := range crns {
		if asked[crn] && c.Holds("PRO-MGR-20") {
			continue
		}
		asked[crn] = true
		if item, staff := itemOf(c, crn); item != nil && (!given[staff] || c.Holds("PRO-MGR-19")) {
			items, given[staff] = append(items, item), true
		}
	}
	empty := behavior.By("")
	if len(crns) > 0 {
		empty = "PRO-MGR-23"
	}
	return list(c, items, empty)
}

// itemOf gives the StaffEmail of a case, nothing when it has no manager.
func itemOf(c *behavior.Call, crn string) (item []byte, staff string) {
	m, why := managerOf(c, crn)
	switch {
	case why == "PRO-MGR-05" && !c.Holds("PRO-MGR-21"):
		return []byte(`{"code":""}`), crn
	case why == "PRO-MGR-05", why != "" && c.Holds("PRO-MGR-22"):
		return nil, ""
	}
	r, ok := c.Reader().Get("staff", m.String("staff"))
	if !ok {
		return nil, ""
	}
	email := entryOf(c, r).Get("email").Raw
	if r.String("username") == "" && !c.Holds("PRO-MGR-26") {
		email = `"nobody@probation.example"`
	}
	return c.Extend([]byte(`{"code":`+r.Get("code").Raw+`}`), absent, "email", email), r.ID
}
