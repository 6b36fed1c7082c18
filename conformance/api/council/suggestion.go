package council

import (
	"context"
	"net/http"
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
		{Requirement: "COU-SUG-01", Title: "a keyword with letters that are not ASCII is found", Check: findsWord(beyondASCII)},
		{Requirement: "COU-SUG-01", Title: "a keyword with digits is found", Check: findsWord(withDigits)},
		{Requirement: "COU-SUG-01", Title: "a keyword with a capital is found as it is spelt", Check: findsWord(initialled)},
		{Requirement: "COU-SUG-01", Title: "a renamed category is found by its keyword", Check: findsRenamed},
		{Requirement: "COU-SUG-02", Title: "a word of nobody finds null", Check: findsNull},
		{Requirement: "COU-SUG-02", Title: "a category without keywords is found by no word", Check: findsNoneWithoutKeywords},
		{Requirement: "COU-SUG-03", Title: "a suggestion is an id and a name", Check: hasIDAndName},
		{Requirement: "COU-SUG-03", Title: "a suggestion has the new name of a renamed category", Check: hasNewName},
		{Requirement: "COU-SUG-04", Title: "three keywords go before one of an earlier category", Check: bestWins(1, 3, 1)},
		{Requirement: "COU-SUG-04", Title: "three keywords go before one of a later category", Check: bestWins(0, 3, 1)},
		{Requirement: "COU-SUG-04", Title: "each further keyword counts: five go before four", Check: bestWins(1, 5, 4)},
		{Requirement: "COU-SUG-05", Title: "each of ten keywords finds the category", Check: everyKeyword},
		{Requirement: "COU-SUG-06", Title: "capital letters find the same", Check: ignoresCase},
		{Requirement: "COU-SUG-07", Title: "spaces and punctuation do not matter", Check: ignoresSpacing},
		{Requirement: "COU-SUG-07", Title: "a keyword of two words is found", Check: findsWord(twoWords(" "))},
		{Requirement: "COU-SUG-07", Title: "a keyword with a hyphen is found", Check: findsWord(twoWords("-"))},
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

// withMany makes a category with so many keywords, or with as many fewer as the target takes.
func withMany(ctx context.Context, env *suite.Env, most int) (keywords []string, category *client.Exchange) {
	for n := most; n > 1; n = n * 2 / 3 {
		keywords = nil
		for range n {
			keywords = append(keywords, word(env))
		}
		body := kit.With(categories().Body(env), kit.Body{"keywords": strings.Join(keywords, ",")})
		if category = categories().Send(ctx, env, body); !kit.Invalid(category) {
			kit.Needed(env, category)
			return keywords, category
		}
	}
	keyword := word(env)
	return []string{keyword}, withKeywords(ctx, env, keyword)
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

// findsInLongSummary asks with summaries of a sentence, of a paragraph and of a page, as a resident writes them. A target
// may have an end to what it takes, and want more than one word in ten to be a keyword.
func findsInLongSummary(ctx context.Context, env *suite.Env) {
	keywords, category := withMany(ctx, env, 10)
	for _, words := range []int{4, 8, 8*len(keywords) + len(keywords)/2} {
		summary := ""
		for range words {
			summary += word(env) + " "
		}
		ends := keywords
		if words <= 8 {
			ends = keywords[len(keywords)-1:]
		}
		answer := suggest(ctx, env, summary+strings.Join(ends, " "))
		if answer.Status/100 == 4 {
			expectFound(ctx, env, keywords[0], category)
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

// findsWord returns a check with a keyword that is spelt so of letters, where the target takes one.
func findsWord(spelt func(letters string) string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		keyword := spelt(word(env))
		made := categories().Send(ctx, env, categories().full(env, kit.Body{"keywords": keyword}))
		if kit.Invalid(made) {
			withKeywords(ctx, env, word(env))
			env.NotApplicable("the target takes no such keyword: %s", made)
		}
		kit.Needed(env, made)
		expectFound(ctx, env, word(env)+" "+keyword, made)
	}
}

// beyondASCII has letters without accents, which may be stored apart from their letters.
func beyondASCII(letters string) string { return "ø" + letters + "ł" }

// withDigits is as the names of roads are, and initialled as abbreviations are: the summary spells it the same.
func withDigits(letters string) string { return letters + "38" }

func twoWords(between string) func(string) string {
	return func(letters string) string { return letters[:5] + between + letters[5:] }
}

func initialled(letters string) string { return strings.ToUpper(letters[:1]) + letters[1:] }

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

// findsNoneWithoutKeywords makes categories with no keywords, with an empty text of them, and with nothing behind the last
// comma: nothing has nothing in common with anything.
func findsNoneWithoutKeywords(ctx context.Context, env *suite.Env) {
	var refusal *client.Exchange
	taken := false
	for _, none := range []kit.Body{kit.Without("keywords"), {"keywords": ""}, {"keywords": word(env) + ","}} {
		if made := categories().Send(ctx, env, kit.With(categories().Body(env), none)); kit.Invalid(made) {
			refusal = made
		} else {
			kit.Needed(env, made)
			taken = true
		}
	}
	if !taken {
		categories().Made(ctx, env)
		env.NotApplicable("the target takes no category without keywords: %s", refusal)
	}
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

// bestWins returns a check with the better category made first or second: so many keywords of it stand in the summary,
// and fewer of the other one's.
func bestWins(better, most, fewer int) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		var lists [2][]string
		for range most {
			lists[0], lists[1] = append(lists[0], word(env)), append(lists[1], word(env))
		}
		summary := strings.Join(append(lists[1-better][:fewer:fewer], lists[better]...), " ")
		var made []*client.Exchange
		for _, keywords := range lists {
			made = append(made, withKeywords(ctx, env, strings.Join(keywords, ",")))
		}
		expectFound(ctx, env, summary, made[better])
	}
}

// everyKeyword has more than the page shows of one category, or as many of them as the target takes.
func everyKeyword(ctx context.Context, env *suite.Env) {
	keywords, category := withMany(ctx, env, 10)
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
