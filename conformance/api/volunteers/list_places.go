package volunteers

import (
	"context"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// A point in the sea, and others so far north of it that kilometres or miles make
// no difference to the cases: a degree of latitude is 111 km or 69 miles.
const (
	seaLat, seaLong = 61.0, -12.0
	near            = 61.12 // 13 km, 8 miles
	beyond          = 61.33 // 37 km, 23 miles
	far             = 62.0  // 111 km, 69 miles
)

func periodCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-LST-28", Title: "active_on keeps users who start a role by that day", Check: activeOn},
		{Requirement: "VOL-LST-28", Title: "active_on goes by the day on which a role starts now", Check: startedLater},
		{Requirement: "VOL-LST-35", Title: "age=organisation lists users that are listed without it",
			Check: ageGroup("organisation")},
		{Requirement: "VOL-LST-35", Title: "age=senior lists users that are listed without it", Check: ageGroup("senior")},
		{Requirement: "VOL-LST-35", Title: "age=senior leaves who is 36 out of a search",
			Check: noneSearched("age", "senior")},
		{Requirement: "VOL-LST-36", Title: "logins=alltime is taken", Check: loginsTaken("alltime")},
		{Requirement: "VOL-LST-36", Title: "logins=recent is taken", Check: loginsTaken("recent")},
		{Requirement: "VOL-LST-36", Title: "logins=period is taken", Check: loginsTaken("period")},
		{Requirement: "VOL-LST-37", Title: "logins_only=alltime leaves out a new user", Check: loginsOnly("alltime")},
		{Requirement: "VOL-LST-37", Title: "logins_only=recent leaves out a new user", Check: loginsOnly("recent")},
	}
}

func activeOn(ctx context.Context, env *suite.Env) {
	started, later := makeUser(ctx, env), upcoming(ctx, env)
	both := client.Query("include_upcoming", true)
	for _, row := range []struct {
		day  string
		kept []*client.Exchange
	}{
		{day(env, 0), group(started)},
		{day(env, -30), group(started)}, // the day it started itself
		{day(env, -31), nil},
		{day(env, 31), group(started, later)},
	} {
		list := among(ctx, env, group(started, later), both, client.Query("active_on", row.day))
		expectUsers(env, list, row.kept...)
	}
}

// ageGroup makes a user of each age, as far as the target takes them.
func ageGroup(group string) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		users := []*client.Exchange{makeUser(ctx, env)}
		for _, years := range []int{10, 85} {
			body := userBody(env)
			body["dob"] = bornYearsAgo(env, years)
			if made := env.Call(ctx, "createUser", client.JSON(body)); made.Success() {
				users = append(users, made)
			}
		}
		expectUsers(env, among(ctx, env, users), users...)
		kept := subset(ctx, env, users, client.Query("age", group))
		if group == "senior" {
			env.Expect(kept).To(data.Lacks(users[0].Text("id")), "a user of 36")
		}
		filtered := env.Call(ctx, "listUsers", client.Query("age", group))
		env.ExpectAnswer(filtered)
		ofTheOthers(ctx, env, filtered)
	}
}

// ofTheOthers expects everyone on a page of a filtered list to be listed without
// the filter too.
func ofTheOthers(ctx context.Context, env *suite.Env, filtered *client.Exchange) {
	env.Expect(filtered).To(match.Member("data", anArray()))
	ids := filtered.Texts("data.#.id")
	if len(ids) == 0 {
		return
	}
	list := listAll(ctx, env, "listUsers", client.Query("ids", comma(kit.Any(ids)...)))
	env.Expect(list).To(data.Has(ids...))
	everyone := env.Must(ctx, "listUsers")
	env.Expect(filtered.Get("meta.pagination.total").Num).To(
		gomega.BeNumerically("<=", everyone.Get("meta.pagination.total").Num), "the total against that without the filter")
}

func loginsTaken(value string) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		list := among(ctx, env, group(user), client.Query("logins", value))
		if env.Strict() || list.Success() { // a period may want dates, of which the document says nothing
			env.Expect(list).To(match.Success())
			expectUsers(env, list, user)
		} else {
			env.Expect(value).To(gomega.Equal("period"), "only the period may want more: %s", match.Show(list))
		}
	}
}

func loginsOnly(value string) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		separated(ctx, env, client.Query("logins_only", value), nil, group(makeUser(ctx, env)))
	}
}

func distanceCases() []suite.Case {
	return []suite.Case{
		{Requirement: "VOL-LST-29", Title: "a user near the point is listed and one far off is not",
			Check: func(ctx context.Context, env *suite.Env) {
				here, there := living(ctx, env, seaLat), living(ctx, env, far)
				east := makeUser(ctx, env) // as far from the meridian, on its other side
				env.Must(ctx, "createUserAddress", of(east), client.JSON(kit.With(addresses().body(ctx, env),
					kit.Body{"primary": true, "lat": seaLat, "long": -seaLong})))
				nowhere := makeUser(ctx, env)
				around := []client.Option{client.Query("long", seaLong), client.Query("distance", 10)}
				everyone := group(here, there, nowhere, east)
				expectUsers(env, among(ctx, env, everyone), everyone...)
				expectUsers(env, among(ctx, env, everyone, kit.Also(around, client.Query("lat", seaLat))...), here)
				expectUsers(env, among(ctx, env, everyone, kit.Also(around, client.Query("lat", far))...), there)
				expectUsers(env, among(ctx, env, everyone, kit.Also(around, client.Query("lat", -far))...))
			}},
		{Requirement: "VOL-LST-29", Title: "where a user lived once does not count", Check: livedThere},
		{Requirement: "VOL-LST-30", Title: "lat without long is no filter", Check: halfPoint(client.Query("lat", seaLat))},
		{Requirement: "VOL-LST-30", Title: "long without lat is no filter", Check: halfPoint(client.Query("long", seaLong))},
		{Requirement: "VOL-LST-31", Title: "leaving out distance is distance=20",
			Check: func(ctx context.Context, env *suite.Env) {
				here, nearby, away := living(ctx, env, seaLat), living(ctx, env, near), living(ctx, env, far)
				everyone := group(here, nearby, away)
				around := []client.Option{client.Query("lat", seaLat), client.Query("long", seaLong)}
				expectUsers(env, among(ctx, env, everyone, kit.Also(around, client.Query("distance", 20))...), here, nearby)
				expectUsers(env, among(ctx, env, everyone, around...), here, nearby)
				edge := group(here, living(ctx, env, beyond))
				twenty := among(ctx, env, edge, kit.Also(around, client.Query("distance", 20))...)
				env.Expect(among(ctx, env, edge, around...)).To(data.Only(data.IDs(twenty)...), "of those just beyond")
			}},
		{Requirement: "VOL-LST-32", Title: "a larger distance lists more", Check: func(ctx context.Context, env *suite.Env) {
			here, nearby, away := living(ctx, env, seaLat), living(ctx, env, near), living(ctx, env, far)
			everyone := group(here, nearby, away)
			seen := []string{}
			for _, distance := range []int{5, 15, 500} {
				list := among(ctx, env, everyone, client.Query("lat", seaLat), client.Query("long", seaLong),
					client.Query("distance", distance))
				env.Expect(list).To(data.Has(seen...))
				seen = list.Texts("data.#.id")
			}
			env.Expect(seen).To(gomega.ConsistOf(kit.Any(idsOf(everyone...))...), "within 500")
		}},
	}
}

func halfPoint(half client.Option) func(ctx context.Context, env *suite.Env) {
	return func(ctx context.Context, env *suite.Env) {
		user := makeUser(ctx, env)
		list := among(ctx, env, group(user), half)
		if list.Success() {
			expectUsers(env, list, user)
		}
	}
}

// living makes a user with a primary address on the meridian of the point. It ends
// the case as undetermined where the target places addresses by itself.
func living(ctx context.Context, env *suite.Env, lat float64) *client.Exchange {
	user := makeUser(ctx, env)
	settledAt(lat)(ctx, env, user)
	return user
}

// settledAt gives a user a primary address there.
func settledAt(lat float64) func(ctx context.Context, env *suite.Env, user *client.Exchange) {
	return func(ctx context.Context, env *suite.Env, user *client.Exchange) {
		if stored := settle(ctx, env, user, lat); !settled(stored, lat) {
			env.Undetermined("lat and long of an address are not stored as sent\n%s", match.Show(stored))
		}
	}
}

func settled(stored *client.Exchange, lat float64) bool {
	at := stored.Get("data.lat")
	return at.Type == gjson.Number && at.Num == lat && stored.Get("data.long").Num == seaLong
}

func settle(ctx context.Context, env *suite.Env, user *client.Exchange, lat float64) *client.Exchange {
	body := addresses().body(ctx, env)
	body["primary"], body["lat"], body["long"] = true, lat, seaLong
	return env.Must(ctx, "createUserAddress", of(user), client.JSON(body))
}
