package volunteers

import (
	"context"
	"fmt"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// madeOn makes a touchpoint for each of the days, in that order.
func madeOn(ctx context.Context, env *suite.Env, user *client.Exchange, days ...string) []string {
	var records []string
	for _, date := range days {
		records = append(records, recordOf(touchpointSub().of(user).Made(ctx, env, kit.Body{"start": date, "end": date})))
	}
	return records
}

// keptTouchpoints lists the touchpoints of a user under the filters and expects exactly these.
func keptTouchpoints(ctx context.Context, env *suite.Env, user *client.Exchange, records []string, filters ...client.Option) {
	list := touchpointSub().of(user).All(ctx, env, filters...)
	env.ExpectAnswer(list)
	env.Expect(list).To(data.Only(records...))
}

func onDay(day string) kit.Body { return kit.Body{"start": day, "end": day} }

func touchpointListCases() []suite.Case {
	touchpoints := touchpointSub()
	// ranged makes three on three days and expects those that the filters keep.
	ranged := func(requirement, title, from, to string, kept ...int) suite.Case {
		return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			records := madeOn(ctx, env, user, "2026-02-10", "2026-02-20", "2026-03-02")
			var filters []client.Option
			if from != "" {
				filters = append(filters, client.Query("from", from))
			}
			if to != "" {
				filters = append(filters, client.Query("to", to))
			}
			var wanted []string
			for _, index := range kept {
				wanted = append(wanted, records[index])
			}
			keptTouchpoints(ctx, env, user, records)
			keptTouchpoints(ctx, env, user, wanted, filters...)
		}}
	}
	return []suite.Case{
		touchpoints.searchCase("VOL-TP-08", "subject"),
		touchpoints.searchCase("VOL-TP-08", "body"), touchpoints.lateWordCase("VOL-TP-08"),
		touchpoints.nowCase("VOL-TP-08", "q", fixed("harbourmaster"), kit.Body{"subject": "About the harbourmaster"},
			kit.Body{"subject": "About the ferryman"}),
		touchpoints.nowCase("VOL-TP-10", "archived", fixed(true), kit.Body{"archived": true}, kit.Body{"archived": false}),
		touchpoints.nowCase("VOL-TP-11", "from", fixed("2026-02-20"), onDay("2026-03-02"), onDay("2026-02-10")),
		touchpoints.nowCase("VOL-TP-12", "to", fixed("2026-02-20"), onDay("2026-02-10"), onDay("2026-03-02")),
		{Requirement: "VOL-TP-09", Title: "those of the types named are listed", Check: typesNamed},
		{Requirement: "VOL-TP-09", Title: "type goes by what the records hold now", Check: typesNow},
		{Requirement: "VOL-TP-10", Title: "archived and live ones are told apart",
			Check: func(ctx context.Context, env *suite.Env) {
				user := makeUser(ctx, env)
				archived := recordOf(touchpoints.of(user).Made(ctx, env, kit.Body{"archived": true}))
				live := recordOf(touchpoints.of(user).Made(ctx, env, kit.Body{"archived": false}))
				env.Expect(archived).ToNot(gomega.Equal(live))
				keptTouchpoints(ctx, env, user, []string{archived}, client.Query("archived", "true"))
				keptTouchpoints(ctx, env, user, []string{live}, client.Query("archived", "false"))
			}},
		ranged("VOL-TP-11", "none that starts before is listed", "2026-02-15", "", 1, 2),
		ranged("VOL-TP-12", "none after that day is listed", "", "2026-02-25", 0, 1),
		ranged("VOL-TP-11", "none that starts on the day before is listed", "2026-02-21", "", 2),
		ranged("VOL-TP-12", "none of the day after is listed", "", "2026-02-19", 0),
		ranged("VOL-TP-13", "the day of from belongs to the range", "2026-02-20", "", 1, 2),
		ranged("VOL-TP-13", "the day of to belongs to the range", "", "2026-02-20", 0, 1),
		ranged("VOL-TP-13", "one day alone can be asked for", "2026-02-20", "2026-02-20", 1),
		ranged("VOL-TP-13", "both ends keep what passes both", "2026-02-15", "2026-02-25", 1),
	}
}

func typesNamed(ctx context.Context, env *suite.Env) {
	touchpoints, user := touchpointSub(), makeUser(ctx, env)
	id := kit.GivenNumber(env, "touchpointTypeId")
	untyped, ok := otherType(env)
	if !ok {
		env.NotApplicable("the target demands a type, and the one given is the only one: give a secondTouchpointTypeId")
	}
	bare := recordOf(touchpoints.of(user).Made(ctx, env, untyped))
	keptTouchpoints(ctx, env, user, nil, client.Query("type", unknownID(env, 0)))
	typed := touchpoints.of(user).Send(ctx, env, kit.With(touchpoints.Body(env), kit.Body{"type": ref(id)}))
	if !typed.Success() || typed.Text("data.type.id") != fmt.Sprint(id) {
		env.NotApplicable("the target takes no type by its id, so that none has one to be found by\n%s", match.Show(typed))
	}
	ofType := []string{recordOf(typed)}
	keptTouchpoints(ctx, env, user, append([]string{bare}, ofType...))
	keptTouchpoints(ctx, env, user, ofType, client.Query("type", id))
	keptTouchpoints(ctx, env, user, nil, client.Query("type", unknownID(env, 0)))
	keptTouchpoints(ctx, env, user, ofType, client.Query("type", fmt.Sprintf("%d,%d", id, unknownID(env, 0))))
	keptTouchpoints(ctx, env, user, ofType, client.Query("type", fmt.Sprintf("%d,%d", unknownID(env, 0), id)))
	if env.Has("given:secondTouchpointTypeId") {
		second := kit.GivenNumber(env, "secondTouchpointTypeId")
		other := recordOf(touchpoints.of(user).Made(ctx, env, kit.Body{"type": ref(second)}))
		keptTouchpoints(ctx, env, user, ofType, client.Query("type", id))
		both := append(ofType, other)
		if len(untyped) > 0 { // it has the second type as well
			both = append(both, bare)
		}
		keptTouchpoints(ctx, env, user, both, client.Query("type", fmt.Sprintf("%d,%d", id, second)))
	}
}

// orderBeside expects the order of all under filters that keep all.
func orderBeside(ctx context.Context, env *suite.Env, user *client.Exchange, ids []string) {
	all := append(ids, madeOn(ctx, env, user, "2026-02-05")...) // the oldest, though it is made last
	filters := orderFilters(ctx, env, user, all)
	for _, order := range []string{"a", "d"} {
		whole := data.IDs(orderOf(ctx, env, user, client.Query("o", order)))
		env.Expect(whole).To(gomega.ConsistOf(kit.Any(all)...))
		for _, filter := range filters {
			list := touchpointSub().of(user).All(ctx, env, client.Query("o", order), filter)
			env.Expect(list).To(data.InOrder(whole...))
		}
	}
}

// orderFilters are filters that keep all of the records, which are given the one type where the target
// takes it.
func orderFilters(ctx context.Context, env *suite.Env, user *client.Exchange, records []string) []client.Option {
	filters := []client.Option{client.Query("archived", false), client.Query("from", "2026-01-01"),
		client.Query("to", "2026-12-31")}
	if !takesType(ctx, env) {
		return filters
	}
	own, typed := touchpointSub().of(user), kit.Body{"type": ref(kit.GivenNumber(env, "touchpointTypeId"))}
	for _, id := range records {
		if answer := own.Change(ctx, env, id, typed); answer.Text("data.type.id") != env.Given("touchpointTypeId") {
			return filters
		}
	}
	return append(filters, client.Query("type", env.Given("touchpointTypeId")))
}

// typesNow gives one touchpoint the second type, as far as the target lets a change do so.
func typesNow(ctx context.Context, env *suite.Env) {
	if !env.Has("given:secondTouchpointTypeId") || !takesType(ctx, env) {
		env.NotApplicable("the target takes no two types by their ids")
	}
	own := touchpointSub().of(makeUser(ctx, env))
	was, is := env.Given("touchpointTypeId"), env.Given("secondTouchpointTypeId")
	id := recordOf(own.Made(ctx, env, kit.Body{"type": ref(number(was))}))
	stays := recordOf(own.Made(ctx, env, kit.Body{"type": ref(number(was))}))
	env.Expect(own.All(ctx, env, client.Query("type", was))).To(data.Only(id, stays))
	changed := own.Change(ctx, env, id, touchpointSub().WholeBody(env, kit.Body{"type": ref(number(is))}))
	if own.Get(ctx, env, id).Text("data.type.id") != is {
		env.NotApplicable("the target leaves the type as it was\n%s", match.Show(changed))
	}
	for asked, only := range kit.InOrder(map[string]string{was: stays, is: id}) {
		list := own.All(ctx, env, client.Query("type", asked))
		env.ExpectAnswer(list)
		env.Expect(list).To(data.Only(only))
	}
}

func touchpointOrderCases() []suite.Case {
	days := []string{"2026-02-20", "2026-03-02", "2026-02-10"} // so that neither order is that of creation
	ordered := func(requirement, title string, check func(ctx context.Context, env *suite.Env, user *client.Exchange,
		oldestFirst []string)) suite.Case {
		return suite.Case{Requirement: requirement, Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			records := madeOn(ctx, env, user, days...)
			check(ctx, env, user, []string{records[2], records[0], records[1]})
		}}
	}
	// Which date it is, the page does not say: that of the talk and that of the record are in one order.
	dated := func(title string, check func(ctx context.Context, env *suite.Env, user *client.Exchange, ids []string)) suite.Case {
		return suite.Case{Requirement: "VOL-TP-16", Title: title, Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			var ids []string
			for i, date := range []string{"2026-02-10", "2026-02-20", "2026-03-02"} {
				if i > 0 {
					kit.Later(ctx, env)
				}
				ids = append(ids, madeOn(ctx, env, user, date)...)
			}
			check(ctx, env, user, ids)
		}}
	}
	return []suite.Case{
		ordered("VOL-TP-14", "left out is the same as d, and a is taken too", func(ctx context.Context, env *suite.Env,
			user *client.Exchange, ids []string) {
			plain, down := orderOf(ctx, env, user), orderOf(ctx, env, user, client.Query("o", "d"))
			env.Expect(down).To(data.InOrder(data.IDs(plain)...))
			env.Expect(down).To(data.Only(ids...))
			env.Expect(orderOf(ctx, env, user, client.Query("o", "a"))).To(data.Only(ids...))
		}),
		ordered("VOL-TP-14", "the order is the same on pages of one", func(ctx context.Context, env *suite.Env,
			user *client.Exchange, _ []string) {
			for _, order := range []string{"a", "d"} {
				whole := orderOf(ctx, env, user, client.Query("o", order))
				paged := touchpointSub().of(user).All(ctx, env, client.Query("o", order), client.Query("limit", 1))
				if paged.Success() { // how long a page may be, the page does not say
					env.Expect(paged).To(data.InOrder(data.IDs(whole)...))
				}
			}
		}),
		ordered("VOL-TP-15", "left out is the same as date", func(ctx context.Context, env *suite.Env,
			user *client.Exchange, ids []string) {
			plain, byDate := orderOf(ctx, env, user), orderOf(ctx, env, user, client.Query("s", "date"))
			env.Expect(byDate).To(data.InOrder(data.IDs(plain)...))
			env.Expect(byDate).To(data.Only(ids...))
		}),
		dated("d is from the newest", func(ctx context.Context, env *suite.Env, user *client.Exchange, ids []string) {
			newestFirst := slices.Clone(ids)
			slices.Reverse(newestFirst)
			env.Expect(orderOf(ctx, env, user, client.Query("o", "d"))).To(data.InOrder(newestFirst...))
			byDate := orderOf(ctx, env, user, client.Query("o", "d"), client.Query("s", "date"))
			env.Expect(byDate).To(data.InOrder(newestFirst...))
		}),
		dated("the order is the same beside filters", orderBeside),
		dated("a is from the oldest", func(ctx context.Context, env *suite.Env, user *client.Exchange, ids []string) {
			env.Expect(orderOf(ctx, env, user, client.Query("o", "a"))).To(data.InOrder(ids...))
			env.Expect(orderOf(ctx, env, user, client.Query("o", "a"), client.Query("s", "date"))).To(data.InOrder(ids...))
		}),
		ordered("VOL-TP-17", "an unknown o is refused or ignored", func(ctx context.Context, env *suite.Env,
			user *client.Exchange, ids []string) {
			expectAnswered(env, touchpointSub().of(user).All(ctx, env, client.Query("o", "sideways")), ids)
		}),
		ordered("VOL-TP-17", "an unknown s is refused or ignored", func(ctx context.Context, env *suite.Env,
			user *client.Exchange, ids []string) {
			expectAnswered(env, touchpointSub().of(user).All(ctx, env, client.Query("s", "colour")), ids)
		}),
	}
}

// expectAnswered expects the records, as if nothing had been asked, or a refusal.
func expectAnswered(env *suite.Env, answer *client.Exchange, records []string) {
	if !answer.Success() {
		env.Expect(answer).To(kit.Refusal())
		return
	}
	env.Expect(answer).To(data.Only(records...))
}

// orderOf lists the touchpoints of a user, as the requirement expects it answered.
func orderOf(ctx context.Context, env *suite.Env, user *client.Exchange, options ...client.Option) *client.Exchange {
	list := touchpointSub().of(user).All(ctx, env, options...)
	env.ExpectAnswer(list)
	return list
}
