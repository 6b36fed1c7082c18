package council

import (
	"cmp"
	"context"
	"slices"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func categoryCases() []suite.Case {
	c := categories()
	return append(c.uniqueCases("COU-CAT-06", "COU-CAT-16", "the name of %s"), []suite.Case{
		{Requirement: "COU-CAT-01", Title: "new categories are in the list", Check: c.listsAll},
		{Requirement: "COU-CAT-01", Title: "new categories are listed as they were created", Check: c.listsAsMade},
		{Requirement: "COU-CAT-02", Title: "sortOrder never goes down", Check: listsBySortOrder},
		{Requirement: "COU-CAT-03", Title: "listed and read categories have every member", Check: c.hasMembers},

		{Requirement: "COU-CAT-04", Title: "a valid category is answered with an id and is there", Check: c.isCreated},
		{Requirement: "COU-CAT-04", Title: "a name that no category has any longer is free", Check: c.freesValue},
		{Requirement: "COU-CAT-05", Title: "two new categories are numbered on", Check: numbersOn},
		{Requirement: "COU-CAT-05", Title: "one that is out of use has a place, too", Check: numbersOnBehindDisabled},
		{Requirement: "COU-CAT-05", Title: "the categories of another tenant do not count", Check: numbersOnAlone},
		{Requirement: "COU-CAT-07", Title: "what is sent is repeated",
			Check: c.echoes([]string{"name", "description", "keywords"})},
		{Requirement: "COU-CAT-07", Title: "odd texts are repeated", Check: c.echoesLetters},
		{Requirement: "COU-CAT-08", Title: "a sent sortOrder is not taken", Check: numbersOnRegardless},
		{Requirement: "COU-CAT-09", Title: "a category without a name is refused", Check: c.Refuses(kit.Without("name"))},
		{Requirement: "COU-CAT-09", Title: "a category with an empty name is refused", Check: c.Refuses(kit.Body{"name": ""})},
		{Requirement: "COU-CAT-10", Title: "a category is enabled unless said otherwise", Check: c.isEnabled},

		{Requirement: "COU-CAT-11", Title: "a read category is as it was created", Check: c.readsBack},
		{Requirement: "COU-CAT-12", Title: "an unknown id is not found", Check: c.findsNone},

		{Requirement: "COU-CAT-13", Title: "only what is sent changes", Check: c.changesOnly},
		{Requirement: "COU-CAT-13", Title: "who is changed says the path alone", Check: c.changesWhoIsInThePath},
		{Requirement: "COU-CAT-14", Title: "each new value is answered",
			Check: c.answersChange("name", "description", "keywords")},
		{Requirement: "COU-CAT-14", Title: "odd texts are answered", Check: c.answersLetters},
		{Requirement: "COU-CAT-14", Title: "all that is taken alone is taken at once", Check: c.changesTogether},
		{Requirement: "COU-CAT-15", Title: "an update of an unknown id is not found", Check: c.changesNone},
		{Requirement: "COU-CAT-17", Title: "its own name is taken", Check: c.takesOwn},
		{Requirement: "COU-CAT-18", Title: "the highest sortOrder comes last", Check: movesBySortOrder},
		{Requirement: "COU-CAT-19", Title: "each new value is read", Check: c.showsChange},
		{Requirement: "COU-CAT-20", Title: "a disabled category is read as disabled", Check: c.staysReadable},
	}...)
}

// listsBySortOrder also lists a category far behind all others, as numbers are no texts, and one that was put before them.
func listsBySortOrder(ctx context.Context, env *suite.Env) {
	first, second := categories().Made(ctx, env), categories().Made(ctx, env)
	far(ctx, env, first)
	near(ctx, env, second)
	list := env.Call(ctx, "listCategories")
	env.Expect(list).To(match.Success())
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(first.Text("id"), second.Text("id")))
	kit.ExpectShape(env, list, "", kit.Array(2, kit.Strictly(kit.Object(kit.Shape{"sortOrder": kit.IsNumber}))))
	env.Expect(list).To(match.Sorted("#.sortOrder", func(a, b gjson.Result) int { return cmp.Compare(a.Num, b.Num) }))
}

// near moves a category before all others. What becomes of the rest is the target's.
func near(ctx context.Context, env *suite.Env, category *client.Exchange) {
	c, id := categories(), category.Text("id")
	lowest := env.Must(ctx, "listCategories").Get("0.sortOrder").Int()
	c.Change(ctx, env, id, kit.Body{"sortOrder": lowest})
	env.TrackCall(c.Updates, client.Path("id", id), client.JSON(kit.Body{"sortOrder": category.Get("sortOrder").Int()}))
}

// far moves a category far behind all others, as long as the case lasts. That a target lets
// nobody move one is its right.
func far(ctx context.Context, env *suite.Env, category *client.Exchange) {
	c, id := categories(), category.Text("id")
	last := highest(env.Must(ctx, "listCategories")) + 10
	if c.Change(ctx, env, id, kit.Body{"sortOrder": last}).Get("sortOrder").Int() == last {
		env.TrackCall(c.Updates, client.Path("id", id), client.JSON(kit.Body{"sortOrder": category.Get("sortOrder").Int()}))
	}
}

// numbersOn makes two categories one after the other. A first one is there before: what an
// empty tenant begins with is left open. A gap tells the maximum from the number of records.
func numbersOn(ctx context.Context, env *suite.Env) {
	c := categories()
	if before := env.Must(ctx, "listCategories"); env.Has("worlds") && len(before.Get("@this").Array()) > 0 {
		expectNumberedOn(ctx, env, before, c.Body(env)) // the records of others count
	}
	raised := c.Made(ctx, env)
	c.Made(ctx, env) // so that the highest is not the last that was made
	far(ctx, env, raised)
	for range 2 {
		c.Send(ctx, env, kit.With(c.Body(env), kit.Body{c.unique: raised.Text(c.unique)})) // what is refused takes no place
		before := env.Must(ctx, "listCategories")
		expectNumberedOn(ctx, env, before, c.Body(env))
	}
	last := c.Made(ctx, env)
	far(ctx, env, last)
	near(ctx, env, last) // the current maximum counts, not the highest that ever was
	expectNumberedOn(ctx, env, env.Must(ctx, "listCategories"), c.Body(env))
}

// numbersOnBehindDisabled takes the last category out of use, which stays listed: it counts.
func numbersOnBehindDisabled(ctx context.Context, env *suite.Env) {
	c := categories()
	last := c.Made(ctx, env)
	env.Must(ctx, c.Updates, client.Path("id", last.Text("id")), client.JSON(kit.Body{"enabled": false}))
	before := env.Must(ctx, "listCategories")
	if !slices.Contains(before.Texts("#.id"), last.Text("id")) {
		env.NotApplicable("the target does not list what is out of use, so that nobody can tell its place")
	}
	expectNumberedOn(ctx, env, before, c.Body(env))
	off := kit.Body{"enabled": false}
	if c.Send(ctx, env, kit.With(c.Body(env), off)).Success() {
		expectNumberedOn(ctx, env, env.Must(ctx, "listCategories"), kit.With(c.Body(env), off))
	}
}

// numbersOnAlone has another tenant make categories in between, one of them far behind all others.
func numbersOnAlone(ctx context.Context, env *suite.Env) {
	if !env.Has("second-tenant") {
		env.NotApplicable("the target has no second tenant")
	}
	c, other := categories(), env.As("second-tenant")
	c.Made(ctx, env)
	far(ctx, other, c.Made(ctx, other))
	c.Made(ctx, other)
	expectNumberedOn(ctx, env, env.Must(ctx, "listCategories"), c.Body(env))
}

// numbersOnRegardless sends a sortOrder along, which a target may refuse: then it replaces nothing.
func numbersOnRegardless(ctx context.Context, env *suite.Env) {
	c := categories()
	c.Made(ctx, env)
	before := env.Must(ctx, "listCategories")
	sent := kit.With(c.Body(env), kit.Body{"sortOrder": highest(before) + 5000})
	answer := kit.TakenOrRefused(ctx, env, func() *client.Exchange { return c.Send(ctx, env, sent) }, c.Traces(env, sent)...)
	if !answer.Success() {
		env.NotApplicable("the target takes no sortOrder with a new category: %s", answer)
	}
	expectAbove(ctx, env, before, answer)
}

// expectNumberedOn creates a category and expects it one above the highest of
// the list before, or of what others have added meanwhile.
func expectNumberedOn(ctx context.Context, env *suite.Env, before *client.Exchange, sent kit.Body) {
	made := categories().Send(ctx, env, sent)
	env.ExpectAnswer(made)
	expectAbove(ctx, env, before, made)
}

func expectAbove(ctx context.Context, env *suite.Env, before, made *client.Exchange) {
	order, below := made.Get("sortOrder").Int(), highest(before)
	for _, item := range env.Must(ctx, "listCategories").Get("@this").Array() {
		if other := item.Get("sortOrder").Int(); other < order {
			below = max(below, other)
		}
	}
	env.Expect(made).To(match.Member("sortOrder", below+1))
	env.Expect(categories().read(ctx, env, made.Text("id"))).To(match.Member("sortOrder", below+1))
}

func highest(list *client.Exchange) int64 {
	most := list.Get("0.sortOrder").Int()
	for _, order := range list.Get("#.sortOrder").Array() {
		most = max(most, order.Int())
	}
	return most
}

// movesBySortOrder gives the first of two categories a place after all others. By which number it
// stands there is the target's: it may number all anew.
// What others add meanwhile may come later still.
func movesBySortOrder(ctx context.Context, env *suite.Env) {
	c := categories()
	moved := c.Made(ctx, env)
	beside := c.Made(ctx, env).Text("id")
	id := moved.Text("id")
	before := env.Must(ctx, "listCategories")
	last := highest(before) + 10
	changed := c.Change(ctx, env, id, kit.Body{"sortOrder": last})
	env.TrackCall(c.Updates, client.Path("id", id), client.JSON(kit.Body{"sortOrder": moved.Get("sortOrder").Int()}))
	if !changed.Success() || changed.Get("sortOrder").Int() == moved.Get("sortOrder").Int() {
		env.NotApplicable("sortOrder cannot be written at this target")
	}
	after := env.Must(ctx, "listCategories").Texts("#.id")
	env.Expect(after).To(gomega.ContainElement(id))
	for _, other := range before.Texts("#.id") {
		if other != id && slices.Index(after, other) > slices.Index(after, id) {
			env.Fail("%s has the sortOrder %d, and %s still comes after it: %v", id, last, other, after)
		}
	}
	back := c.Change(ctx, env, id, kit.Body{"sortOrder": 0})
	if behind := c.read(ctx, env, beside).Get("sortOrder").Int(); back.Success() && behind > 0 { // 0 is a number, too
		after := env.Must(ctx, "listCategories").Texts("#.id")
		if slices.Index(after, id) > slices.Index(after, beside) {
			env.Fail("%s was given the sortOrder 0, and still comes after %s: %v", id, beside, after)
		}
	}
	both := kit.Body{"sortOrder": highest(env.Must(ctx, "listCategories")) + 10, c.aside: env.Unique("Changed To")}
	if taken := c.Change(ctx, env, id, both); taken.Success() {
		after := env.Must(ctx, "listCategories").Texts("#.id")
		if slices.Index(after, id) < slices.Index(after, beside) {
			env.Fail("%s was given the sortOrder %d with another member, and comes before %s: %v", id, both["sortOrder"],
				beside, after)
		}
	}
}
