package volunteers

import (
	"context"
	"slices"
	"strings"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// keptCases ask of every write whether it keeps what it was sent, and of every change whether
// it does so again and again.
func keptCases() []suite.Case {
	const requirement = "VOL-GEN-26"
	cases := []suite.Case{
		{Requirement: requirement, Title: "user: what a new one is sent is kept", Check: createdUserKept},
		{Requirement: requirement, Title: "user: what a change is sent is kept", Check: keptUser().ByChanging},
		{Requirement: requirement, Title: "sub note: what a new one is sent is kept", Check: subNoteKind().kept},
		{Requirement: requirement, Title: "sub touchpoint: what a new one is sent is kept", Check: subTouchpointKind().kept},
	}
	for _, k := range keptKinds() {
		cases = append(cases,
			suite.Case{Requirement: requirement, Title: k.Name + ": what a new one is sent is kept", Check: k.ByCreating},
			suite.Case{Requirement: requirement, Title: k.Name + ": what a change is sent is kept", Check: k.ByChanging})
	}
	return cases
}

func keptKinds() []kit.Kept {
	return []kit.Kept{
		{Resource: roleSub().Resource, But: names("primary", "recommend_organisation"), Own: ownRoleValues},
		{Resource: emailSub().Resource, But: names(append(counters(), "primary")...)},
		{Resource: addressSub().Resource, But: butOfAddress, Own: ownAddressValues, Twins: true},
		{Resource: contactSub().Resource, But: names("primary"), Own: ownContactValues, Twins: true},
		{Resource: phoneSub().Resource, But: names("primary", "default_sms"), Own: ownPhoneValues},
		{Resource: noteSub().Resource, Twins: true},
		// A list may hold those alone that are not archived.
		{Resource: touchpointSub().Resource, But: names("archived"), Own: ownTouchpointValues, Twins: true},
	}
}

func names(of ...string) func(*suite.Env) []string { return func(*suite.Env) []string { return of } }

// butOfAddress: the whole text may be made of its parts, and the place, others may look up.
func butOfAddress(env *suite.Env) []string {
	if env.Strict() {
		return []string{"primary", "address"}
	}
	return []string{"primary", "address", "lat", "long"}
}

func ownAddressValues(*suite.Env) map[string][]any {
	return map[string][]any{
		"from_date": {"2020-02-29", "1968-11-30", "2021-06-01"}, "postcode": {"01067", "SW1A 1AA", "M1 1AE"},
		"country": {"Österreich", "United Kingdom of Great Britain and Northern Ireland", "Ireland"},
		"city":    {"Łódź", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Leeds"},
		"lat":     {-78.4642, 53.7997, 0.5}, "long": {179.3084, -1.5492, -0.25},
	}
}

// people are names as people have them.
func people(round int) (first, last string) {
	return []string{"Zoë Mária", "Þórdís Guðmundsdóttir María del Pilar Jósefína", "Ash"}[round],
		[]string{"O'Ñandú-Łukasz", "Étienne-Løvenskjold Šćepanović de la Peña y Gutiérrez", "Elm"}[round]
}

func ownContactValues(env *suite.Env) map[string][]any {
	own := map[string][]any{}
	for round := range kit.Rounds {
		first, last := people(round)
		own["first_name"] = append(own["first_name"], first)
		own["last_name"] = append(own["last_name"], last)
		own["contact_number"] = append(own["contact_number"], newNumber(env))
	}
	return own
}

func ownPhoneValues(env *suite.Env) map[string][]any {
	return map[string][]any{"phone_number": {newNumber(env), newNumber(env), newNumber(env)}}
}

// ownRoleValues begin in the past and, as somebody may start next month, to come.
func ownRoleValues(env *suite.Env) map[string][]any {
	return map[string][]any{
		"feedback": longs(env),
		"start":    {"1968-02-29", day(env, 40), "2019-12-31"}, "end": {"2048-02-29", day(env, 300), day(env, 200)},
	}
}

func ownTouchpointValues(env *suite.Env) map[string][]any {
	return map[string][]any{
		"start": {"2020-02-29", "1968-11-30", day(env, -3)}, "end": {"2024-02-29", "1969-12-31", day(env, -1)},
		"follow_up_date": farOff(env),
	}
}

// longs are texts of which one is longer than a column for names, or for a line, takes.
func longs(env *suite.Env) []any {
	texts := []any{}
	for round := range kit.Rounds {
		texts = append(texts, kit.AwkwardText(env.Unique("kept"), round))
	}
	texts[1] = strings.Repeat("Likes walks by the sea. ", 60) + env.Unique("kept")
	return texts
}

// farOff are moments in zones of their own, of which one is beyond what 32 bits can count.
func farOff(env *suite.Env) []any {
	east, west := time.FixedZone("", 2*60*60), time.FixedZone("", -3*60*60)
	return []any{timeOf(instant(env, 50)).In(east), timeOf("2041-03-04T05:06:07+05:30"), timeOf(instant(env, 60)).In(west)}
}

func keptUser() kit.Kept {
	return kit.Kept{
		Resource: kit.Resource{
			Name: "user", Lists: "listUsers", Creates: "createUser", Gets: "getUser", Updates: "updateUser", ID: "userId",
			Items: data, Pages: wholeList, Body: userBody, Whole: func(*suite.Env) kit.Body { return kit.Body{} },
		},
		// What hangs on others, or is accepted and no more, is asked about elsewhere.
		But: names("on_hold_start", "on_hold_end", "2fa_disabled"),
		Own: func(env *suite.Env) map[string][]any {
			own := map[string][]any{
				"on_call": {true, true, true}, "on_call_end": farOff(env), "about_me": longs(env),
				"accessibility_info": longs(env),
				"dob":                {"1936-02-29", "1931-12-31", "1992-02-29"},
				"start_date":         {"1968-02-29", "2012-02-29", "2019-12-31"},
				"facebook":           {"rowan.fern.of_1989", "zoe.maria", "ash.elm"},
				"twitter":            {"rowan_fern", "zoe_maria", "ash_elm"},
			}
			for round := range kit.Rounds {
				first, last := people(round)
				own["first_name"], own["last_name"] = append(own["first_name"], first), append(own["last_name"], last)
				own["preferred_name"] = append(own["preferred_name"], first+" the "+[]string{"Élder", "Ÿounger", "First"}[round])
			}
			return own
		},
		Shown:  func(id string) []client.Option { return []client.Option{client.Query("ids", id)} },
		Follow: []string{"display_name"},
	}
}

// createdUserKept makes people of whom the names and the date of birth are asked for.
func createdUserKept(ctx context.Context, env *suite.Env) {
	k := keptUser()
	k.But = func(env *suite.Env) []string {
		op, _ := env.Contract().Operation(k.Creates)
		var but []string
		for _, m := range op.Body.Schema.Flat() {
			if !slices.Contains([]string{"first_name", "last_name", "dob"}, m.Name) {
				but = append(but, m.Name)
			}
		}
		return but
	}
	k.ByCreating(ctx, env)
}

// kept adds entries to a record: each is answered, and shown by the record and in the list.
func (b below) kept(ctx context.Context, env *suite.Env) {
	own, texts := b.parent.Owned(ctx, env), longs(env)
	record := own.IDOf(own.Made(ctx, env))
	many, before := own.IDOf(own.Made(ctx, env)), []string{}
	for range 6 {
		one := env.Call(ctx, b.create, kit.Also(own.At(many), client.JSON(kit.Body{"body": env.Unique("entry")}))...)
		if one.Success() {
			before = append(before, recordOf(one))
		}
	}
	read := own.Get(ctx, env, many)
	env.Expect(read).To(kit.List(own.Record + "." + b.member).Has(before...))
	for round := range kit.Rounds {
		if round == 1 { // and from then on to one that has all flags
			record = own.IDOf(own.Made(ctx, env, b.raised))
		}
		text := texts[round]
		answer := env.Call(ctx, b.create, kit.Also(own.At(record), client.JSON(kit.Body{"body": text}))...)
		if !answer.Success() {
			continue
		}
		env.Expect(answer).To(kit.Sent("data.body", text, env.Strict()))
		read, list := own.Get(ctx, env, record), own.All(ctx, env)
		for _, seen := range []struct {
			answer *client.Exchange
			path   string
		}{{read, own.Record}, {list, own.Items.Place(list, record)}} {
			if !seen.answer.Get(kit.Path(seen.path)).Exists() && round > 0 { // a list may leave out what is archived, or private
				continue
			}
			entries := kit.List(seen.path + "." + b.member)
			env.Expect(seen.answer).To(entries.Has(recordOf(answer)))
			env.Expect(seen.answer).To(kit.Sent(entries.Place(seen.answer, recordOf(answer))+".body", text, env.Strict()))
		}
	}
}

// stayCase changes a record that has an entry: the entry stays.
func (b below) stayCase(requirement string) suite.Case {
	const title = "the entries below it stay"
	return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
		own := b.parent.Owned(ctx, env)
		record := own.IDOf(own.Made(ctx, env))
		env.Must(ctx, b.create, kit.Also(own.At(record), client.JSON(kit.Body{"body": env.Unique("entry")}))...)
		before := own.Get(ctx, env, record)
		own.ExpectStays(ctx, env, record, kit.Body{"subject": env.Unique("subject")}, before, own.Record, "updated_at")
	}}
}
