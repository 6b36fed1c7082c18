package tenants

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// member is one member of an ordered JSON object.
type member struct {
	name  string
	value any
}

// show answers with one user, without an envelope.
func (s *server) show(c *call, u *user) *answer {
	shown := s.members(c, u)
	a := &answer{status: 200, body: shown}
	switch {
	case s.has("envelope-" + c.op):
		a.body = []member{{"data", shown}}
	case s.has("search-list") && c.op == "searchUser":
		a.body = []any{shown}
	case s.has("update-thin") && c.op == "updateUser":
		a.body = shown[:3]
	case s.has("update-other-id") && c.op == "updateUser":
		shown[0].value = u.id + 1
	}
	return a
}

// members are the 42 documented members, and those that habits add.
func (s *server) members(c *call, u *user) []member {
	out := []member{{"id", u.id}}
	for _, f := range fields() {
		value, set := u.values[f.name]
		if !set {
			value = s.unset(f)
		}
		if value == nil && s.has("nulls-left-out") {
			continue
		}
		out = append(out, member{s.spell(f.name), s.shown(f, value)})
	}
	out = append(out, s.extras(c, u)...)
	out = append(out, s.told(c, u)...)
	if s.has("members-sorted") {
		slices.SortFunc(out, func(a, b member) int { return strings.Compare(a.name, b.name) })
	}
	return out
}

// unset is what stands for a member without a value.
func (s *server) unset(f field) any {
	switch {
	case f.kind == text && s.has("unset-as-empty"):
		return ""
	case (f.kind == number || f.kind == reference) && s.has("zero-numbers"):
		return 0
	case f.kind == flag && s.has("unset-flag-false"):
		return false
	}
	return nil
}

// extras are members beside the documented ones.
func (s *server) extras(c *call, u *user) []member {
	out := []member{}
	self := "/tenants/" + c.name + "/users/search?userId=" + strconv.Itoa(u.id)
	table := []struct {
		habit string
		list  []member
	}{
		{"extra-members", []member{
			{"fullName", u.values.text("firstName") + " " + u.values.text("lastName")},
			{"isActive", !u.inactive}, {"roles", []any{"Learner"}}, {"deletedDate", nil},
		}},
		{"links-member", []member{{"_links", []member{{"self", []member{{"href", self}}}}}}},
		{"request-id-member", []member{{"requestId", fmt.Sprintf("req-%06d", s.served)}}},
		{"reset-token-told", []member{{"account", []member{{"resetToken", fmt.Sprintf("9f2c%08x", u.id)}}}}},
		{"read-counter", []member{{"timesRead", u.reads}}},
		{"last-seen", []member{{"lastSeen", time.Now().UTC().Format(time.RFC3339Nano)}}},
	}
	for _, row := range table {
		if s.has(row.habit) {
			out = append(out, row.list...)
		}
	}
	return out
}

func dateTails() map[string]string {
	return map[string]string{
		"dates-with-time": "T00:00:00", "dates-in-utc": "T00:00:00Z",
		"dates-with-millis": "T00:00:00.000Z", "dates-with-offset": "T00:00:00+01:00",
	}
}

// shown is the value as it is spelled; the cases behind dates are faults.
func (s *server) shown(f field, value any) any {
	switch {
	case value == nil:
		return nil
	case f.kind == date:
		return s.shownDay(value.(string))
	case f.name == "plannedHours" && s.has("hours-as-text"):
		return fmt.Sprint(value)
	case f.name == "jobActiveSync" && s.has("flag-as-text"):
		return fmt.Sprint(value)
	case f.name == "referenceNumber" && s.has("refnum-shown-as-number"):
		return asNumber(value.(string))
	case f.name == "status" && s.has("status-as-code"):
		return len(value.(string))
	}
	return value
}

func (s *server) shownDay(given string) string {
	day, ok := s.parseDay(given)
	switch {
	case !ok:
		return given
	case s.has("dates-british"):
		return day.Format("02/01/2006")
	case s.has("dates-american"):
		return day.Format("01/02/2006")
	}
	return given + pick(s, "", dateTails())
}

// spell is the name as documented, but for the fault that spells names in snake case.
func (s *server) spell(name string) string {
	if !s.has("snake-case") {
		return name
	}
	out := ""
	for i, r := range name {
		if r >= 'A' && r <= 'Z' && i > 0 {
			out += "_"
		}
		out += lower(string(r))
	}
	return out
}
