package check

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// deviation is one way in which a request breaks the document.
type deviation struct {
	place, keyword string
	who            contract.Authority
	option         client.Option
}

// documented is the keyword of the document that a broken value's keyword is about.
func documented(keyword string) string {
	word, _, _ := strings.Cut(keyword, " ")
	switch word {
	case "null":
		return contract.ByNull
	case "integer":
		return "type"
	}
	return word
}

// negative is negative_data_rejection: a valid request broken in one place at a
// time, in those whose authority is that of the requirement. All are sent before the verdict, so
// that the reason names each that got
// through; the state must be as before, and the unbroken request must succeed.
func negative(ctx context.Context, env *suite.Env, op *contract.Operation) {
	valid := env.Sample(ctx, op.ID)
	level, word := env.Requirement().Level, env.Unique("bad")
	broken := deviations(op, valid, level, word)
	if len(broken) == 0 {
		env.Undetermined("the sample request offers nothing to break")
	}
	reads := state(env, op, valid)
	before := env.States(ctx, reads)
	wrong := &unrefused{}
	if op.Method == http.MethodGet {
		wrong.lookAll(ctx, env, op, valid, broken)
	}
	for i := 0; i < len(broken) && op.Method != http.MethodGet; i++ {
		exchange := env.Call(ctx, op.ID, with(valid, broken[i].option)...)
		wrong.look(broken[i], exchange)
		if exchange.Success() { // it has used up the sample
			valid = env.Sample(ctx, op.ID)
			broken = sameLength(broken, deviations(op, valid, level, env.Unique("bad")))
		}
	}
	if len(wrong.texts) > 0 {
		env.Expect(wrong.first).To(match.Refuse(env.Requirement(), env.Strict()),
			"%d of %d broken requests were not refused as broken:\n%s",
			len(wrong.texts), len(broken), strings.Join(wrong.texts, "\n"))
	}
	if changed := env.Differs(before, env.States(ctx, reads)); changed != "" {
		env.Fail("every broken request was refused, but something was written:\n%s", changed)
	}
	control(ctx, env, op, valid)
}

// unrefused collects what was not refused as it should be.
type unrefused struct {
	texts []string
	first *client.Exchange
}

func (t *unrefused) look(broken deviation, exchange *client.Exchange) {
	if refusal(exchange.Status) {
		return
	}
	if t.first == nil {
		t.first = exchange
	}
	t.texts = append(t.texts, fmt.Sprintf("%s %s: answered with %d", broken.place, inWords(broken.keyword), exchange.Status))
}

// lookAll sends requests that change nothing, abreast.
func (t *unrefused) lookAll(
	ctx context.Context, env *suite.Env, op *contract.Operation, valid []client.Option, broken []deviation,
) {
	answers, calls := make([]*client.Exchange, len(broken)), make([]func(), len(broken))
	for i := range broken {
		calls[i] = func() { answers[i] = env.Call(ctx, op.ID, with(valid, broken[i].option)...) }
	}
	env.Abreast(calls...)
	for i := range broken {
		t.look(broken[i], answers[i])
	}
}

// inWords says in plain words what is wrong with a value that breaks a keyword.
func inWords(keyword string) string {
	words := map[string]string{
		"json": "is no JSON", "required": "is left out", contract.ByNull: "is null", "type": "is of another type",
		"enum":      "is none of the values",
		"minLength": "is too short", "maxLength": "is too long", "minimum": "is too small", "exclusiveMinimum": "is too small",
		"maximum": "is too large", "exclusiveMaximum": "is too large", "minItems": "has too few items",
		"maxItems":   "has too many items",
		"multipleOf": "is no multiple", "uniqueItems": "has an item twice",
		"pattern": "has another form", "format": "is none of that format",
		"additionalProperties": "has a member that is not documented",
	}
	if said, ok := words[documented(keyword)]; ok {
		return said
	}
	return "breaks " + keyword
}

// refusal says whether a status refuses a broken request: any that puts it down to the client, but
// not for a conflict or for asking too often. That the credential is good is seen in the
// unbroken request, so that one of a credential refuses as well as any.
func refusal(status int) bool {
	return status/100 == 4 && status != http.StatusConflict && status != http.StatusTooManyRequests
}

// deviations lists every way to break the request of which the documents say, at that
// level, that it is refused: body first, then parameters.
func deviations(op *contract.Operation, valid []client.Option, level contract.Level, word string) []deviation {
	found := bodyDeviations(op, valid, word)
	if op.Body != nil && strings.HasSuffix(op.Body.MediaType, "json") {
		found = append(found, almostJSON(client.NewRequest(op, valid...).Body, op.Body.MediaType)...)
	}
	for _, parameter := range op.Parameters {
		found = append(found, parameterDeviations(parameter, word)...)
	}
	return slices.DeleteFunc(found, func(d deviation) bool { return d.who.Level() != level })
}

func bodyDeviations(op *contract.Operation, valid []client.Option, word string) (found []deviation) {
	if op.Body == nil {
		return nil
	}
	for _, mutation := range BrokenBodies(op.Body.Schema, client.NewRequest(op, valid...).Body, word) {
		place, who := mutation.Pointer, op.Body.Schema.Who(mutation.Pointer, documented(mutation.Keyword))
		if place == "" {
			place = "the body"
		}
		if mutation.Keyword == "json" {
			who = op.Body.By.Who("json")
		}
		found = append(found, deviation{place, mutation.Keyword, who, client.Raw(mutation.Body, op.Body.MediaType)})
	}
	if op.Body.Required {
		found = append(found, deviation{"the body", "required", op.Body.By.Who("required"), client.NoBody()})
	}
	return found
}

// sameLength returns the fresh list, or the old one where a second sample offers
// another number of places to break.
func sameLength(old, fresh []deviation) []deviation {
	if len(old) == len(fresh) {
		return fresh
	}
	return old
}
