package council

import (
	"context"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// oddTexts are what careless code loses something of: letters that are not ASCII, as Welsh and
// other names have them, marks with a meaning in HTML and SQL, a sign beyond the basic plane, and
// as much as a paragraph has. Each is of one line without blanks at its ends or in a row, and with
// capitals where a title has them, and with no quotes but straight ones: no ordinary product has a reason to spell it
// otherwise.
func oddTexts() []string {
	return []string{"Siân Ŵyn Café", `Zoë "Bea" O'Ñandú & Łódź, 東京`, "Bikes 🚲 By The Quay",
		strings.Repeat("Along The Canal, ", 8) + "And Back"}
}

// eachText tries each odd text in all members that take one or, where that is refused, in one after
// the other: try returns the refusal, if it met one.
func (r resource) eachText(env *suite.Env, try func(texts kit.Body) *client.Exchange) {
	var refusal *client.Exchange
	taken := 0
	of := func(text string, names ...string) (texts kit.Body) {
		texts = kit.Body{}
		for _, name := range names {
			texts[name] = env.Unique(text)
		}
		return texts
	}
	for _, text := range oddTexts() {
		tries := []kit.Body{of(text, r.letters...), of(text, r.letters[0])}
		for _, name := range r.letters[1:] {
			tries = append(tries, of(text, name))
		}
		for i, texts := range tries {
			if refused := try(texts); refused != nil {
				refusal = refused
				continue
			}
			if taken++; i == 0 {
				break
			}
		}
	}
	if taken == 0 {
		env.NotApplicable("the target takes no such value: %s", refusal)
	}
}

// echoesLetters expects odd texts of new records to be repeated, where they are taken.
func (r resource) echoesLetters(ctx context.Context, env *suite.Env) {
	r.eachText(env, func(texts kit.Body) *client.Exchange { return r.echoesTaken(ctx, env, r.letters, texts) })
}

// answersLetters expects odd texts of updates to be answered, where they are taken.
func (r resource) answersLetters(ctx context.Context, env *suite.Env) {
	r.eachText(env, func(texts kit.Body) *client.Exchange { return r.answersTaken(ctx, env, texts) })
}

// asSent matches a member that was sent. Keywords are words between commas: their order, the blanks around them, how
// often one is there and their letter case say nothing.
func asSent(name string, value any) types.GomegaMatcher {
	text, isText := value.(string)
	if name != "keywords" || !isText {
		return match.Member(name, value)
	}
	return match.Member(name, match.Such("to have the words "+text, func(shown any) bool {
		words, isText := shown.(string)
		return isText && slices.Equal(keywordsOf(words), keywordsOf(text))
	}))
}

// keywordsOf are the keywords of a list, in an order of their own.
func keywordsOf(list string) []string {
	words := strings.Split(list, ",")
	for i := range words {
		words[i] = strings.ToLower(strings.TrimSpace(words[i]))
	}
	slices.Sort(words)
	return slices.Compact(words)
}
