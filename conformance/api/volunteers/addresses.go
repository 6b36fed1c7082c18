package volunteers

import (
	"context"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

func addressSub() sub {
	return underUser(kit.Resource{
		Name:  "postal address",
		Lists: "listUserAddresses", Creates: "createUserAddress", Gets: "getUserAddress", Updates: "updateUserAddress",
		Removes: "deleteUserAddress", ID: "postalAddressId",
		Body: func(env *suite.Env) map[string]any {
			return map[string]any{
				"type": "Home", "primary": false, "street": "12 " + env.Unique("Lane"), "city": "Ripon",
				"postcode": "HG4 1QT", "country": "United Kingdom",
			}
		},
		First: primaryFirst,
	})
}

func isAddress(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "user_id": kit.IsAnyID, "type": kit.OneOf(addressTypes()...), "primary": kit.IsBoolean,
		"from_date":    kit.OrNull(kit.IsDate),
		"company_name": kit.OrNull(kit.IsText), "street": kit.IsText, "street_second": kit.OrNull(kit.IsText),
		"street_third": kit.OrNull(kit.IsText),
		"city":         kit.IsText, "county": kit.OrNull(kit.IsText), "postcode": kit.IsText, "country": kit.IsText,
		"address": kit.OrNull(kit.IsText),
		"lat":     kit.OrNull(kit.IsNumber), "long": kit.OrNull(kit.IsNumber), "created_at": kit.OrNull(kit.IsText),
		"updated_at": kit.OrNull(kit.IsText),
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
			addresses.shapeCase("VOL-ADDR-01", isAddress, kit.Body{"from_date": "2020-05-17", "company_name": "Mill & Co",
				"street_second": "Mill House",
				"street_third":  "Upper floor", "county": "North Yorkshire", "lat": 54.136, "long": -1.5238}),
			addresses.echoCase("VOL-ADDR-02", "the six members come back as sent", kit.Body{"type": "Other"}),
			addresses.echoCase("VOL-ADDR-02", "a primary address comes back as sent", kit.Body{"primary": true}),
			addresses.withCase("VOL-ADDR-10", "type", "Castle"),
			addresses.keepsCase("VOL-ADDR-11", "a from_date comes back as sent", kit.Body{"from_date": "2020-05-17"}),
			addresses.keepsCase("VOL-ADDR-11", "no from_date comes back as null", kit.Body{"from_date": nil}),
			addresses.withCase("VOL-ADDR-12", "from_date", "abc"),
			addresses.keepsCase("VOL-ADDR-13", "the four further members come back as sent",
				kit.Body{"company_name": "Mill & Co", "street_second": "Mill House", "street_third": "Upper floor",
					"county": "North Yorkshire"}),
			addresses.withCase("VOL-ADDR-15", "lat", "x"),
			addresses.withCase("VOL-ADDR-15", "lat", 95),
			addresses.withCase("VOL-ADDR-15", "lat", -95),
			addresses.ownerCase("VOL-ADDR-16"),
			addresses.readCase("VOL-ADDR-18", kit.Body{"from_date": "2020-05-17", "county": "North Yorkshire"}),
		},
		addressMemberCases(),
		addressTextCases(),
		addressListCases(),
		addressRemovalCases(),
		addresses.flagCases("VOL-ADDR-27", "primary"),
		[]suite.Case{addresses.unflaggedCase("VOL-ADDR-19", "primary")},
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
		cases = append(cases, addresses.keepsCase("VOL-ADDR-09", "the type can be "+name, kit.Body{"type": name}))
	}
	return append(cases,
		addresses.valuesCase("VOL-ADDR-19", "type", addressTypes()...),
		addresses.changeCase("VOL-ADDR-19", "the required members are changed", kit.Body{"type": "Work", "primary": true,
			"street": "9 Station Road", "city": "Leeds", "postcode": "LS1 4DY", "country": "Ireland"}),
		suite.Case{Requirement: "VOL-ADDR-19", Title: "the from_date is changed to null",
			Check: func(ctx context.Context, env *suite.Env) {
				own := addresses.Owned(ctx, env)
				id := recordOf(own.Made(ctx, env, kit.Body{"from_date": "2020-05-17"}))
				own.ExpectChanged(ctx, env, id, kit.Body{"from_date": nil}, nil)
			}},
		addresses.changeCase("VOL-ADDR-19", "the further members are changed",
			kit.Body{"from_date": "2021-06-01", "company_name": "Dale & Sons",
				"street_second": "Dale House", "street_third": "Back door", "county": "West Yorkshire"}),
	)
}

func addressTextCases() []suite.Case {
	addresses := addressSub()
	return []suite.Case{
		{Requirement: "VOL-ADDR-19", Title: "the place is changed", Check: func(ctx context.Context, env *suite.Env) {
			user := addresses.owner(ctx, env)
			id := recordOf(addresses.of(user).Made(ctx, env, kit.Body{"lat": 54.136, "long": -1.5238}))
			changed := map[string]any{"lat": 53.7997, "long": -1.5492}
			answer := addresses.of(user).Change(ctx, env, id, kit.With(addresses.Body(env), changed))
			env.ExpectAnswer(answer)
			if env.Strict() { // others may look up the place by themselves
				addresses.of(user).ExpectStored(ctx, env, answer, changed)
			}
		}},
		{Requirement: "VOL-ADDR-19", Title: "the place is changed where it is the one sent", Check: placeMoves},
		{Requirement: "VOL-ADDR-14", Title: "a lat and long of 0 are numbers", Check: zeroPlaceKept},
		{Requirement: "VOL-ADDR-14", Title: "lat and long are numbers as sent", Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			place := map[string]any{"lat": 54.136, "long": -1.5238}
			answer := addresses.of(user).Send(ctx, env,
				kit.With(addresses.Body(env), kit.Body{"lat": place["lat"], "long": place["long"]}))
			env.ExpectAnswer(answer)
			if env.Strict() || answer.Get("data.lat").Num == place["lat"] { // which is the place sent, and not one looked up
				addresses.of(user).ExpectStored(ctx, env, answer, place)
				return
			}
			back, path := addresses.of(user).Stored(ctx, env, recordOf(answer)) // it may look the place up by itself
			kit.ExpectShape(env, answer, "data", kit.Object(kit.Shape{"lat": kit.IsNumber, "long": kit.IsNumber}))
			kit.ExpectShape(env, back, path, kit.Object(kit.Shape{"lat": kit.IsNumber, "long": kit.IsNumber}))
		}},
		{Requirement: "VOL-ADDR-17", Title: "the address as one text has the street or the postcode in it",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				body := addresses.Body(env)
				made := addresses.of(user).Made(ctx, env, kit.Body{"street": body["street"]})
				answer := addresses.of(user).Get(ctx, env, recordOf(made))
				env.ExpectAnswer(answer)
				kit.ExpectShape(env, answer, "data.address", containsOneOf(body["street"].(string), body["postcode"].(string)))
			}},
	}
}
