package tenants

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// same expects two answers to say the same of a user: of what is documented, with null as
// good as left out and a day as good as its midnight.
func same(env *suite.Env, answer, as *client.Exchange) {
	different := match.Differences(said(as), said(answer))
	env.Expect(answer).To(match.JSONBody(match.Such("to say the same of the user",
		func(any) bool { return len(different) == 0 })),
		"it differs from an earlier answer in %q:\n%s", different, match.Show(as))
}

// said is what an answer says of a user, in one spelling. What is no user comes as it is.
func said(answer *client.Exchange) []byte {
	var user map[string]any
	if json.Unmarshal(answer.Known(), &user) != nil || user == nil {
		return answer.Body
	}
	for member, value := range user {
		if value == nil {
			delete(user, member)
			continue
		}
		user[member] = spelt(member, value)
	}
	text, _ := json.Marshal(user) // decoded JSON always encodes
	return text
}

// spelt is a value in one spelling: of dates, where they can be read, the day, and of a
// postcode or a telephone number its letters and digits, which products put into the form
// of their country, or into that of all countries.
func spelt(member string, value any) any {
	text, isText := value.(string)
	switch {
	case isText && slices.Contains(days(), member):
		if day, ok := dayOf(text); ok {
			return day
		}
	case isText && member == "postCode":
		return strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	case isText && slices.Contains(telephones(), member):
		return abroadCall.ReplaceAllString(dialled.ReplaceAllString(text, ""), "0")
	}
	return value
}

// holds expects a member to have the value that was sent, however it is spelt.
func holds(env *suite.Env, answer *client.Exchange, member string, value any, explain ...any) {
	if day, isText := value.(string); isText && slices.Contains(days(), member) {
		if slices.Contains(daysOf(answer.Text(member)), day) {
			return
		}
	}
	if !reflect.DeepEqual(spelt(member, answer.Get(member).Value()), spelt(member, value)) {
		env.Expect(answer).To(match.Member(member, value), explain...)
	}
}

var (
	dialled    = regexp.MustCompile(`[^0-9+]`)
	abroadCall = regexp.MustCompile(`^(\+|00)440?`) // a British number as it is called from elsewhere
)

// Of a day of the calendar neither its time nor its weekday says anything: services print midnight,
// noon, or none.
var (
	hour    = regexp.MustCompile(`(?i)[T ]\d?\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|GMT|UTC|[+-]\d\d:?\d\d))?$`)
	weekday = regexp.MustCompile(`(?i)^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? `)
)

// dayOf reads a date in any of the usual ways of writing one, with or without a time.
func dayOf(text string) (day string, ok bool) {
	days := daysOf(text)
	if len(days) == 0 {
		return "", false
	}
	return days[0], true
}

// daysOf is dayOf with each day that a text can be, for 05/04/2003 is one here and another abroad.
func daysOf(text string) (days []string) {
	text = weekday.ReplaceAllString(hour.ReplaceAllString(text, ""), "")
	for _, layout := range []string{
		time.DateOnly, "02/01/2006", "02-01-2006", "02.01.2006", "2006/01/02", "20060102", "01/02/2006",
		"2 January 2006", "2 Jan 2006", "02-Jan-2006", "January 2, 2006", "Jan 2, 2006",
	} {
		if at, err := time.Parse(layout, text); err == nil {
			days = append(days, at.Format(time.DateOnly))
		}
	}
	return days
}
