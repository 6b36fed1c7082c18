package tenants

import (
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// What the documents type string or Int32 may be any text, and any number of 32 bits. A
// service may refuse some of them. What it takes it has to keep whole.

// numbersOfAllSizes are numbers that a byte, 16 bits or no bit for the sign would mangle.
func numbersOfAllSizes(*suite.Env) (groups []map[string]any) {
	for _, number := range []int{0, 300, 40_000, 70_000, 2_147_483_647, -1} {
		groups = append(groups, map[string]any{"plannedHours": number, "weeklyHours": number})
	}
	return groups
}

// numeralTexts are texts that a careless reader takes for something else.
func numeralTexts(env *suite.Env) []map[string]any {
	return []map[string]any{
		{"referenceNumber": "00" + digits(env), "address1": "007", "address2": "12"},
		{"lastName": "Null", "preferredName": "True", "townCity": "1e5", "countyState": "Null"},
	}
}

// markedTexts hold what is something else in a page, a URL, a database or a table.
func markedTexts(env *suite.Env) []map[string]any {
	return []map[string]any{
		{"address1": `Flat "B" & Sons`, "address2": "100%25 + 1", "townCity": "1.50", "countyState": "true",
			"preferredName": "Zoë 🐧"},
		{"lastName": "McDonald", "firstName": "Ann & Bo", "phone": fromAbroad(telephone(env))},
		{"address1": "Flat 2 -- rear", "address2": "${yard} {{court}}", "townCity": "Ashby (Zouch); Leics",
			"countyState": `Devon\Cornwall`},
	}
}

// longTexts have more characters than a short column.
func longTexts(env *suite.Env) (groups []map[string]any) {
	for _, length := range []int{240, 120, 64, 40} {
		group := map[string]any{}
		for _, member := range []string{"firstName", "lastName", "preferredName", "address1", "address2", "townCity",
			"countyState"} {
			group[member] = filler(length)
		}
		number := reference(env)
		rest := strings.ToUpper(strings.ReplaceAll(filler(2*length), " ", ""))
		group["referenceNumber"] = number + rest[:max(0, length-len(number))]
		groups = append(groups, group)
	}
	address := env.Unique("rollcall") + "@" + strings.Repeat("department-of-learning.", 3) + domain(env)
	return append(groups, map[string]any{"email": address})
}

// filler is a text of that many characters: words that differ, each with a capital, as
// products write names.
func filler(length int) string {
	var text strings.Builder
	for i := 0; text.Len() < length; i++ {
		fmt.Fprintf(&text, "Abcdefg%c%c ", 'a'+i/letters, 'a'+i%letters)
	}
	return text.String()[:length-1] + "x"
}

const letters = 26

// ownMarks are texts with marks that many an alphabet lacks.
func ownMarks(*suite.Env) []map[string]any {
	return []map[string]any{{"firstName": "Siân-Zoë", "lastName": "O'Brien-Müller", "address1": "14 L'Hôpital Road",
		"preferredName": "Łukasz “Wookie” 李", "townCity": "Llanrhaeadr-ym-Môr", "countyState": "Sir Fôn"}}
}

// newDays are dates as the documents' other values are written.
func newDays(*suite.Env) []map[string]any {
	return []map[string]any{
		{"dateOfBirth": "2003-11-05"},
		{"dateOfBirth": "2004-02-29"},
		{"programmeStartDate": "2024-10-07"},
	}
}

// digits are ten of them, as good as nobody else's.
func digits(env *suite.Env) string {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(env.Unique("digits"))) // never fails
	return fmt.Sprintf("%010d", hash.Sum32())
}

// valuesOf makes groups of values, each time with those of their own that have to be.
type valuesOf func(env *suite.Env) []map[string]any

// unusual names the groups by what is unusual in them.
func unusual() map[string]valuesOf {
	return map[string]valuesOf{
		"numbers of every size": numbersOfAllSizes, "texts that look like something else": numeralTexts,
		"long texts": longTexts, "texts with marks that mean something elsewhere": markedTexts,
	}
}

func unusualCases() []suite.Case {
	var cases []suite.Case
	add := func(requirement, title string, values valuesOf, send sender) {
		cases = append(cases, suite.Case{Requirement: requirement, Title: title,
			Check: func(ctx context.Context, env *suite.Env) { keeps(ctx, env, values(env), send) }})
	}
	for _, what := range slices.Sorted(maps.Keys(unusual())) {
		add("TEN-CRT-03", what+" that are taken are kept whole", unusual()[what], newcomer)
		add(
			"TEN-UPD-03",
			what+" that are taken are kept whole",
			without(unusual()[what], "referenceNumber", "email"),
			changed,
		)
	}
	add(
		"TEN-UPD-11",
		"a referenceNumber that looks like a number is kept whole",
		of(numeralTexts, "referenceNumber"),
		changed,
	)
	add("TEN-UPD-11", "a long referenceNumber is kept whole", of(longTexts, "referenceNumber"), changed)
	add("TEN-UPD-11", "a long email is kept whole", of(longTexts, "email"), changed)
	add("TEN-CRT-23", "a truth that is false is kept as well", func(*suite.Env) []map[string]any {
		return []map[string]any{{"jobActiveSync": false}, {"jobActiveSync": true}}
	}, newcomer)
	add("TEN-CRT-16", "dates of an update read back as the same day", newDays, changed)
	add("TEN-CRT-18", "accents and apostrophes read back as they were sent", ownMarks, newcomer)
	add("TEN-CRT-18", "accents and apostrophes of an update read back as they were sent", ownMarks, changed)
	return cases
}

// without are those values but for some members, and of those members alone.
func without(values valuesOf, members ...string) valuesOf {
	return func(env *suite.Env) (groups []map[string]any) {
		for _, group := range values(env) {
			if rest := kit.With(group, kit.Without(members...)); len(rest) > 0 {
				groups = append(groups, rest)
			}
		}
		return groups
	}
}

func of(values valuesOf, member string) valuesOf {
	return func(env *suite.Env) (groups []map[string]any) {
		for _, group := range values(env) {
			if value, ok := group[member]; ok {
				groups = append(groups, map[string]any{member: value})
			}
		}
		return groups
	}
}

// sender sends values among those of a user, and returns the answer with all that was sent.
type sender func(ctx context.Context, env *suite.Env, values map[string]any) (*client.Exchange, map[string]any)

// newcomer makes a user with the values.
func newcomer(ctx context.Context, env *suite.Env, values map[string]any) (*client.Exchange, map[string]any) {
	body := kit.With(person(env), values)
	if _, ok := values["email"]; ok {
		body["username"] = values["email"]
	}
	return create(ctx, env, body), body
}

// changed updates a user to the values.
func changed(ctx context.Context, env *suite.Env, values map[string]any) (*client.Exchange, map[string]any) {
	user := makeUser(ctx, env)
	body := kit.With(sent(user), values)
	if _, ok := values["email"]; ok {
		body["username"] = values["email"]
	}
	return update(ctx, env, idOf(env, user), body), body
}

// keeps sends groups of values, and expects those that are taken in the answer and when
// the user is searched for.
func keeps(ctx context.Context, env *suite.Env, groups []map[string]any, send sender) {
	eachTaken(ctx, env, groups, send, func(answer *client.Exchange, _ map[string]any, values map[string]any) {
		for _, seen := range []*client.Exchange{answer, found(ctx, env, idOf(env, answer))} {
			for _, member := range slices.Sorted(maps.Keys(values)) {
				holds(env, seen, member, values[member])
			}
		}
	})
}

// eachTaken sends groups of values, and where a group is refused each of its values by
// itself. What is refused then is not asked for; where all is, nothing is.
func eachTaken(ctx context.Context, env *suite.Env, groups []map[string]any, send sender,
	expect func(answer *client.Exchange, body, values map[string]any)) {
	taken := false
	try := func(values map[string]any) bool {
		answer, body := send(ctx, env, values)
		if !kit.Unbroken(env, answer) {
			return false
		}
		taken = true
		expect(answer, body, values)
		return true
	}
	for _, group := range groups {
		if try(group) || len(group) == 1 {
			continue
		}
		for _, member := range slices.Sorted(maps.Keys(group)) {
			try(map[string]any{member: group[member]})
		}
	}
	if !taken {
		makeUser(ctx, env) // it is the values that are refused
		env.NotApplicable("the target takes none of these values")
	}
}
