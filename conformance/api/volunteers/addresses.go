package volunteers

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/suite"
)

func addressSub() sub {
	return sub{
		list: "listUserAddresses", create: "createUserAddress", get: "getUserAddress", update: "updateUserAddress", remove: "deleteUserAddress", id: "postalAddressId",
		body: func(env *suite.Env) map[string]any {
			return map[string]any{
				"type": "Home", "primary": false, "street": "12 " + env.Unique("Lane"), "city": "Ripon", "postcode": "HG4 1QT", "country": "United Kingdom",
			}
		},
		first: primaryFirst,
	}
}

func isAddress(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isInteger, "user_id": isAnyID, "type": isOneOf(addressTypes()...), "primary": isBoolean, "from_date": orNull(isDate),
		"company_name": orNull(isText), "street": isText, "street_second": orNull(isText), "street_third": orNull(isText),
		"city": isText, "county": orNull(isText), "postcode": isText, "country": isText, "address": orNull(isText),
		"lat": orNull(isNumber), "long": orNull(isNumber), "created_at": orNull(isText), "updated_at": orNull(isText),
	})(value, strict)
}

func addressTypes() []string { return []string{"Home", "Work", "Other", "Additional address"} }

// addressMembers are the members that an address can't do without.
func addressMembers() []string {
	return []string{"type", "primary", "street", "city", "postcode", "country"}
}

func addressCases() []suite.Case {
	addresses := addressSub()
	return slices.Concat(
		[]suite.Case{
			addresses.shapeCase("VOL-ADDR-01", isAddress, "from_date", "2020-05-17", "company_name", "Mill & Co", "street_second", "Mill House",
				"street_third", "Upper floor", "county", "North Yorkshire", "lat", 54.136, "long", -1.5238),
			addresses.echoCase("VOL-ADDR-02", "the six members come back as sent", "type", "Other"),
			addresses.echoCase("VOL-ADDR-02", "a primary address comes back as sent", "primary", true),
			addresses.withCase("VOL-ADDR-10", "type", "Castle"),
			addresses.keepsCase("VOL-ADDR-11", "a from_date comes back as sent", "from_date", "2020-05-17"),
			addresses.keepsCase("VOL-ADDR-11", "no from_date comes back as null", "from_date", nil),
			addresses.withCase("VOL-ADDR-12", "from_date", "abc"),
			addresses.keepsCase("VOL-ADDR-13", "the four further members come back as sent",
				"company_name", "Mill & Co", "street_second", "Mill House", "street_third", "Upper floor", "county", "North Yorkshire"),
			addresses.withCase("VOL-ADDR-15", "lat", "x"),
			addresses.withCase("VOL-ADDR-15", "lat", 95),
			addresses.withCase("VOL-ADDR-15", "lat", -95),
			addresses.ownerCase("VOL-ADDR-16"),
			addresses.readCase("VOL-ADDR-18", "from_date", "2020-05-17", "county", "North Yorkshire"),
		},
		addressMemberCases(),
		addressTextCases(),
		addressListCases(),
		addressRemovalCases(),
		addresses.flagCases("VOL-ADDR-27", "primary"),
		[]suite.Case{addresses.goneTwiceCase("VOL-ADDR-28"), addresses.foreignCase("VOL-ADDR-30")},
	)
}

// addressMemberCases ask for each required member in turn, and each type.
func addressMemberCases() []suite.Case {
	addresses := addressSub()
	missing := []string{"VOL-ADDR-03", "VOL-ADDR-04", "VOL-ADDR-05", "VOL-ADDR-06", "VOL-ADDR-07", "VOL-ADDR-08"}
	var cases []suite.Case
	for i, member := range addressMembers() {
		cases = append(cases, addresses.withoutCase(missing[i], member), addresses.needCase("VOL-ADDR-20", member))
	}
	for _, name := range addressTypes() {
		cases = append(cases, addresses.keepsCase("VOL-ADDR-09", "the type can be "+name, "type", name))
	}
	return append(cases,
		addresses.changeCase("VOL-ADDR-19", "the required members are changed",
			"type", "Work", "primary", true, "street", "9 Station Road", "city", "Leeds", "postcode", "LS1 4DY", "country", "Ireland"),
		addresses.changeCase("VOL-ADDR-19", "the further members are changed", "from_date", "2021-06-01", "company_name", "Dale & Sons",
			"street_second", "Dale House", "street_third", "Back door", "county", "West Yorkshire"),
	)
}

func addressTextCases() []suite.Case {
	addresses := addressSub()
	return []suite.Case{
		{Requirement: "VOL-ADDR-19", Title: "the place is changed", Check: func(ctx context.Context, env *suite.Env) {
			user := addresses.owner(ctx, env)
			id := recordOf(addresses.made(ctx, env, user, "lat", 54.136, "long", -1.5238))
			changed := map[string]any{"lat": 53.7997, "long": -1.5492}
			answer := addresses.change(ctx, env, user, id, but(addresses.body(env), pairs(changed)...))
			env.ExpectAnswer(answer)
			if env.Strict() { // others may look up the place by themselves
				addresses.expectStored(ctx, env, user, answer, changed)
			}
		}},
		{Requirement: "VOL-ADDR-14", Title: "lat and long are numbers as sent", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			place := map[string]any{"lat": 54.136, "long": -1.5238}
			answer := addresses.add(ctx, env, user, but(addresses.body(env), "lat", place["lat"], "long", place["long"]))
			env.ExpectAnswer(answer)
			if env.Strict() {
				addresses.expectStored(ctx, env, user, answer, place)
				return
			}
			back, path := addresses.stored(ctx, env, user, recordOf(answer)) // it may look the place up by itself
			expectShape(env, answer, "data", object(shape{"lat": isNumber, "long": isNumber}))
			expectShape(env, back, path, object(shape{"lat": isNumber, "long": isNumber}))
		}},
		{Requirement: "VOL-ADDR-17", Title: "the address as one text has the street or the postcode in it", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			body := addresses.body(env)
			made := addresses.made(ctx, env, user, "street", body["street"])
			answer := addresses.read(ctx, env, user, recordOf(made))
			env.ExpectAnswer(answer)
			expectShape(env, answer, "data.address", containsOneOf(body["street"].(string), body["postcode"].(string)))
		}},
	}
}
