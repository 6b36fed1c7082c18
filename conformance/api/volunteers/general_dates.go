package volunteers

import (
	"context"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// moments names where the answers of one kind of record hold dates or date-times,
// as gjson paths within the record. The sure ones are set by the suite's bodies or
// by the server, so that null there would leave nothing to check.
type moments struct {
	kind   func() resource
	sure   []string
	others []string
}

func dateCases() []suite.Case {
	var cases []suite.Case
	for _, m := range []moments{
		{users, []string{"dob", "start_date"}, nil},
		{roles, []string{"start"}, nil},
		{addresses, []string{"from_date"}, nil},
		{touchpoints, []string{"start", "end"}, nil},
	} {
		cases = append(cases, m.checks("VOL-GEN-19", "dates are written YYYY-MM-DD", date))
	}
	for _, m := range []moments{
		{users, []string{"on_call_end"}, []string{"anonymised"}},
		{roles, nil, []string{"review_submitted_at"}},
		{emails, []string{"created_at", "updated_at"}, nil},
		{phones, []string{"created_at", "updated_at"}, nil},
		{notes, []string{"created_at", "updated_at", "reminder.date"}, []string{"deleted_at"}},
		{subNotes, []string{"created_at", "updated_at"}, []string{"deleted_at"}},
		{touchpoints, []string{"created_at", "updated_at", "reminder.date", "follow_up_date"},
			[]string{"type.created_at", "type.updated_at"}},
		{subTouchpoints, []string{"created_at", "updated_at"}, nil},
	} {
		cases = append(cases, m.checks("VOL-GEN-20", "date-times are those of RFC 3339", dateTime))
	}
	return cases
}

func (m moments) checks(requirement, title string, holds func(value string, strict bool) bool) suite.Case {
	r := m.kind()
	return suite.Case{Requirement: requirement, Title: r.Name + ": " + title, Check: func(ctx context.Context, env *suite.Env) {
		s := r.stand(ctx, env)
		operations := slices.Concat(s.bodies(), []string{r.Gets, r.Lists}) // written first, so that the dates are there to read
		for _, operation := range operations {
			if operation == "" {
				continue
			}
			answer := env.Must(ctx, operation, s.request(ctx, env, operation)...)
			for _, record := range recordsOf(answer, s, operation) {
				m.look(env, answer, record, operation, holds)
			}
		}
	}}
}

// recordsOf returns the records in an answer that the case wrote itself.
func recordsOf(answer *client.Exchange, s stand, operation string) []gjson.Result {
	if operation == s.Lists {
		return answer.Get("data").Array()
	}
	if s.Record == "" {
		return []gjson.Result{answer.Get("@this")}
	}
	return []gjson.Result{answer.Get("data")}
}

func (m moments) look(env *suite.Env, answer *client.Exchange, record gjson.Result, operation string,
	holds func(value string, strict bool) bool) {
	for _, path := range slices.Concat(m.sure, m.others) {
		value := record.Get(path)
		if value.Type == gjson.Null { // absent or null
			r := m.kind()
			written := operation == r.Updates || r.Updates == "" && operation == r.Creates
			sure := written && slices.Contains(m.sure, path)
			env.Expect(sure).To(gomega.BeFalse(), "%s: %q was set and is %s", operation, path, orAbsent(value))
			continue
		}
		env.Expect(value.Type == gjson.String && holds(value.Str, env.Strict())).To(gomega.BeTrue(),
			"%s: %q is %s\n%s", operation, path, value.Raw, answer)
	}
}

func orAbsent(value gjson.Result) string {
	if !value.Exists() {
		return "absent"
	}
	return value.Raw
}

func date(value string, _ bool) bool {
	_, ok := format.Date(value)
	return ok
}

// dateTime takes an offset without its colon, too, which is how some libraries write it, and in the
// accepting reading the form of a database.
func dateTime(value string, strict bool) bool {
	_, ok := kit.Instant(gjson.Result{Type: gjson.String, Str: value}, strict)
	return ok
}
