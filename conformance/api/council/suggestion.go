package council

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func suggestionCases() []suite.Case {
	return []suite.Case{
		{Requirement: "COU-SUG-01", Title: "a keyword finds its category", Check: findsByKeyword},
		{Requirement: "COU-SUG-01", Title: "a keyword at the end of a long summary is found", Check: findsInLongSummary},
		{Requirement: "COU-SUG-01", Title: "a keyword on a second line is found", Check: findsOnSecondLine},
		{Requirement: "COU-SUG-01", Title: "a keyword with letters that are not ASCII is found", Check: findsLetters},
		{Requirement: "COU-SUG-01", Title: "a renamed category is found by its keyword", Check: findsRenamed},
		{Requirement: "COU-SUG-02", Title: "a word of nobody finds null", Check: findsNull},
		{Requirement: "COU-SUG-02", Title: "a category without keywords is found by no word", Check: findsNoneWithoutKeywords},
		{Requirement: "COU-SUG-03", Title: "a suggestion is an id and a name", Check: hasIDAndName},
		{Requirement: "COU-SUG-03", Title: "a suggestion has the new name of a renamed category", Check: hasNewName},
		{Requirement: "COU-SUG-04", Title: "three keywords go before one of an earlier category", Check: bestWins(1)},
		{Requirement: "COU-SUG-04", Title: "three keywords go before one of a later category", Check: bestWins(0)},
		{Requirement: "COU-SUG-05", Title: "each of six keywords finds the category", Check: everyKeyword},
		{Requirement: "COU-SUG-06", Title: "capital letters find the same", Check: ignoresCase},
		{Requirement: "COU-SUG-07", Title: "spaces and punctuation do not matter", Check: ignoresSpacing},
		{Requirement: "COU-SUG-08", Title: "a disabled category is not suggested", Check: passesOverDisabled},
		{Requirement: "COU-SUG-09", Title: "suggest is no id", Check: isNoID},
		{Requirement: "COU-SUG-10", Title: "no summary finds nothing", Check: needsSummary(nil)},
		{Requirement: "COU-SUG-10", Title: "an empty summary finds nothing", Check: needsSummary([]string{""})},
		{Requirement: "COU-SUG-11", Title: "new keywords take the place of the old ones", Check: followsUpdates},
		{Requirement: "COU-SUG-12", Title: "the keyword of another tenant finds null", Check: keepsToTenant},
		{Requirement: "COU-SUG-13", Title: "the categories are the same after suggestions", Check: changesNothing},
	}
}

// asking returns the option that asks with a summary, or with none: a query
// parameter, or a member of the body where the target takes a POST.
func asking(env *suite.Env, summary ...string) client.Option {
	op, _ := env.Contract().Operation("suggestCategory")
	switch post := env.Method(op) != http.MethodGet; {
	case post && len(summary) == 0:
		return client.JSON(kit.Body{})
	case post:
		return client.JSON(kit.Body{"summary": summary[0]})
	case len(summary) == 0:
		return client.Query("summary")
	}
	return client.Query("summary", summary[0])
}

func suggest(ctx context.Context, env *suite.Env, summary string) *client.Exchange {
	return env.Call(ctx, "suggestCategory", asking(env, summary))
}

// withKeywords makes a category with the keywords in one string.
func withKeywords(ctx context.Context, env *suite.Env, keywords string) *client.Exchange {
	return categories().Made(ctx, env, kit.Body{"keywords": keywords})
}

// expectFound expects that the summary is answered with the category.
func expectFound(ctx context.Context, env *suite.Env, summary string, category *client.Exchange) *client.Exchange {
	found := suggest(ctx, env, summary)
	env.ExpectAnswer(found)
	env.Expect(found).To(match.Member("suggestion.id", category.Text("id")))
	env.Expect(found).To(match.Member("suggestion.name", category.Text("name")))
	return found
}

// expectNull expects that the summary finds nothing.
func expectNull(ctx context.Context, env *suite.Env, summary string) {
	found := suggest(ctx, env, summary)
	env.ExpectAnswer(found)
	env.Expect(found).To(match.Member("suggestion", nil))
}

func findsByKeyword(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	summary := strings.Join([]string{word(env), keyword, word(env)}, " ")
	suggest(ctx, env, summary) // what is found before there is such a category is not to be told again
	category := withKeywords(ctx, env, keyword)
	withKeywords(ctx, env, word(env))
	expectFound(ctx, env, summary, category)
}

// findsInLongSummary asks with summaries of a sentence, of a paragraph and of a page, as a
// resident writes them. A target may have an end to what it takes.
func findsInLongSummary(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	for _, words := range []int{5, 10, 20, 40, 80} {
		summary := ""
		for range words {
			summary += word(env) + " "
		}
		answer := suggest(ctx, env, summary+keyword)
		if answer.Status/100 == 4 {
			expectFound(ctx, env, keyword, category)
			return
		}
		env.ExpectAnswer(answer)
		env.Expect(answer).To(match.Member("suggestion.id", category.Text("id")))
	}
}

// findsOnSecondLine asks with a summary of two lines, where the target takes one. Blanks stand around
// the keyword, as nothing says that a line's end parts words.
func findsOnSecondLine(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	answer := suggest(ctx, env, word(env)+" \n "+keyword+" "+word(env))
	if answer.Status/100 == 4 {
		expectFound(ctx, env, keyword, category)
		env.NotApplicable("the target takes summaries of one line: %s", answer)
	}
	env.ExpectAnswer(answer)
	env.Expect(answer).To(match.Member("suggestion.id", category.Text("id")))
}

// findsLetters asks for a keyword with letters beyond ASCII, where the target takes one: such as
// have no accents, which may be stored apart from their letters.
func findsLetters(ctx context.Context, env *suite.Env) {
	keyword := "ø" + word(env) + "ł"
	made := categories().Send(ctx, env, categories().full(env, kit.Body{"keywords": keyword}))
	if kit.Invalid(made) {
		withKeywords(ctx, env, word(env))
		env.NotApplicable("the target takes no such keyword: %s", made)
	}
	kit.Needed(env, made)
	expectFound(ctx, env, word(env)+" "+keyword, made)
}

// findsRenamed looks for the id alone: the name is COU-SUG-03.
func findsRenamed(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	id := withKeywords(ctx, env, keyword).Text("id")
	categories().Changed(ctx, env, id, kit.Body{"name": env.Unique("Renamed Category")})
	env.Expect(suggest(ctx, env, keyword)).To(match.Member("suggestion.id", id))
}

// findsNull also asks with words of a category's name and description, which are no keywords.
func findsNull(ctx context.Context, env *suite.Env) {
	name, description := word(env), word(env)
	categories().Made(ctx, env, kit.Body{"name": name, "description": description, "keywords": word(env)})
	expectNull(ctx, env, word(env)+" "+word(env))
	expectNull(ctx, env, description+" "+name)
}

// findsNoneWithoutKeywords makes a category with no keywords: nothing has nothing in common
// with anything.
func findsNoneWithoutKeywords(ctx context.Context, env *suite.Env) {
	made := categories().Send(ctx, env, kit.With(categories().Body(env), kit.Without("keywords")))
	if kit.Invalid(made) {
		categories().Made(ctx, env)
		env.NotApplicable("the target takes no category without keywords: %s", made)
	}
	kit.Needed(env, made)
	expectNull(ctx, env, word(env))
}

func hasIDAndName(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	found := expectFound(ctx, env, keyword, category)
	env.Expect(found).To(match.Member("suggestion.id", filled()))
	env.Expect(found).To(match.Member("suggestion.name", filled()))
}

// hasNewName asks before the change as well: what was found then is not to be told again.
func hasNewName(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	expectFound(ctx, env, keyword, category)
	name := env.Unique("Renamed Category")
	categories().Changed(ctx, env, category.Text("id"), kit.Body{"name": name})
	found, id := suggest(ctx, env, keyword), category.Text("id")
	if found.Text("suggestion.id") != id || categories().read(ctx, env, id).Text("name") != name {
		env.NotApplicable("the category is not found any more, or did not keep its name, which is for other cases")
	}
	env.Expect(found).To(match.Member("suggestion.name", name))
}

// bestWins returns a check with the better category made first or second.
func bestWins(better int) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		shared := []string{word(env), word(env), word(env), word(env)}
		lists := []string{shared[0] + "," + word(env) + "," + word(env), shared[1] + "," + shared[2] + "," + shared[3]}
		if better == 0 {
			slices.Reverse(lists)
		}
		made := []*client.Exchange{withKeywords(ctx, env, lists[0]), withKeywords(ctx, env, lists[1])}
		expectFound(ctx, env, strings.Join(shared, " "), made[better])
	}
}

// everyKeyword has as many as the page shows of one category.
func everyKeyword(ctx context.Context, env *suite.Env) {
	keywords := []string{word(env), word(env), word(env), word(env), word(env), word(env)}
	category := withKeywords(ctx, env, strings.Join(keywords, ","))
	for _, keyword := range keywords {
		expectFound(ctx, env, keyword, category)
	}
}

func ignoresCase(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	expectFound(ctx, env, strings.ToUpper(keyword+" "+word(env)), category)
}

func ignoresSpacing(ctx context.Context, env *suite.Env) {
	first, second, third := word(env), word(env), word(env)
	category := withKeywords(ctx, env, first+" , "+second+" ,"+third+" ")
	for _, summary := range []string{
		first, second, third, first + "!", second + ".", "(" + third + ")", word(env) + ": " + second + ", " + word(env) + "?",
	} {
		expectFound(ctx, env, summary, category)
	}
}

// passesOverDisabled makes sure first that the category is found while it is in
// use. Another one may come in its place.
func passesOverDisabled(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	id := category.Text("id")
	if suggest(ctx, env, keyword).Text("suggestion.id") != id {
		env.Undetermined("set-up failed: the category is not suggested while it is in use either")
	}
	env.Must(ctx, "updateCategory", client.Path("id", id), client.JSON(kit.Body{"enabled": false}))
	found := suggest(ctx, env, keyword)
	env.ExpectAnswer(found)
	env.Expect(found).To(match.Present("suggestion"))
	env.Expect(found).ToNot(match.Member("suggestion.id", id))
	if back := categories().Change(ctx, env, id, kit.Body{"enabled": true}); back.Success() {
		env.Expect(suggest(ctx, env, keyword)).To(match.Member("suggestion.id", id), "it is in use again")
	}
}

func isNoID(ctx context.Context, env *suite.Env) {
	found := suggest(ctx, env, word(env))
	env.ExpectAnswer(found)
	env.Expect(found).To(match.Present("suggestion"))
}

// needsSummary returns a check of a call with a summary that says nothing.
func needsSummary(summary []string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		withKeywords(ctx, env, word(env))
		found := env.Call(ctx, "suggestCategory", asking(env, summary...))
		if found.Success() {
			env.Expect(found).To(match.Member("suggestion", nil))
			return
		}
		env.Expect(found.Status/100).To(gomega.Equal(4), "a summary that says nothing is refused or finds nothing: %s",
			match.Show(found))
	}
}

func followsUpdates(ctx context.Context, env *suite.Env) {
	before, after := word(env), word(env)
	category := withKeywords(ctx, env, before)
	expectFound(ctx, env, before, category)
	env.Must(ctx, "updateCategory", client.Path("id", category.Text("id")), client.JSON(kit.Body{"keywords": after}))
	expectNull(ctx, env, before)
	expectFound(ctx, env, after, category)
}

// keepsToTenant also looks from the other side, where the keyword must work.
func keepsToTenant(ctx context.Context, env *suite.Env) {
	keyword, other := word(env), env.As("second-tenant")
	category := withKeywords(ctx, other, keyword)
	expectNull(ctx, env, keyword)
	expectFound(ctx, other, keyword, category)
}

func changesNothing(ctx context.Context, env *suite.Env) {
	keyword := word(env)
	category := withKeywords(ctx, env, keyword)
	kit.Unchanged(ctx, env, "a suggestion", func() {
		for _, summary := range []string{keyword, word(env)} {
			env.Expect(suggest(ctx, env, summary)).To(match.Success())
		}
	}, categories().Excerpt(env, category.Text("id")))
}
