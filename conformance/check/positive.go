package check

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// variation is a change to the sample that keeps the document.
type variation struct {
	name   string
	option client.Option
}

// positive returns the cases of positive_data_acceptance that the operation's
// request gives occasion for, at that level: who says that the request keeps the
// document says that it is answered with success.
func positive(op *contract.Operation, level contract.Level) (found []part) {
	if op.By.Default.Level() == level {
		found = append(found, part{"a valid request succeeds", validSucceeds})
	}
	if op.Body != nil {
		if needed := needs(op); len(needed) > 0 && op.Body.Schema.Who("/"+needed[0], "required").Level() == level {
			found = append(found, part{"only the required members are enough", variantsSucceed(minimal)})
		}
		if len(nullable(op, level)) > 0 {
			found = append(found, part{"null is taken where it is allowed", variantsSucceed(nulls)})
		}
	}
	if len(listed(op, level)) > 0 {
		found = append(found, part{"every value of an enumeration is taken", variantsSucceed(enums)})
	}
	return found
}

// needs lists the members that a request needs.
func needs(op *contract.Operation) (names []string) {
	for _, property := range op.Body.Schema.Flat() {
		if op.Body.Schema.IsRequired(property.Name) {
			names = append(names, property.Name)
		}
	}
	return names
}

// validSucceeds wants a success that the document knows, with a body where it
// promises one: an empty 200 to everything accepts nothing.
func validSucceeds(ctx context.Context, env *suite.Env, op *contract.Operation) {
	exchange := env.Call(ctx, op.ID, env.Sample(ctx, op.ID)...)
	env.Expect(exchange).To(match.Success())
	response, documented := env.Documented(op, exchange.Status)
	switch {
	case !documented:
		env.Fail("the success %d is not documented\n%s", exchange.Status, match.Show(exchange))
	case exchange.Status == http.StatusNoContent && response.Status != exchange.Status: // accepted in place of the documented one
	case response.Schema != nil && len(exchange.Body) == 0:
		env.Fail("the success has no body, and the document promises one\n%s", match.Show(exchange))
	}
}

// variantsSucceed sends each variant on a sample of its own. One that meets a
// rule of the business is passed over; a case in which all did decides nothing.
func variantsSucceed(
	build func(op *contract.Operation, level contract.Level, body []byte) []variation,
) func(context.Context, *suite.Env, *contract.Operation) {
	return func(ctx context.Context, env *suite.Env, op *contract.Operation) {
		valid := env.Sample(ctx, op.ID)
		level := env.Requirement().Level
		variants := build(op, level, client.NewRequest(op, valid...).Body)
		decided := 0
		for i := range variants {
			if i > 0 {
				valid = env.Sample(ctx, op.ID)
				variants = build(op, level, client.NewRequest(op, valid...).Body)
			}
			exchange := env.Call(ctx, op.ID, with(valid, variants[i].option)...)
			if businessRule(exchange, env.Strict()) {
				continue
			}
			decided++
			env.Expect(exchange).To(match.Success(), variants[i].name)
		}
		if decided == 0 {
			env.Undetermined("each request met a rule that the document does not hold: nothing was decided")
		}
	}
}

// businessRule says whether a refusal may rest on more than the document.
func businessRule(exchange *client.Exchange, strict bool) bool {
	switch exchange.Status {
	case http.StatusForbidden, http.StatusConflict:
		return true
	case http.StatusUnprocessableEntity:
		return !strict
	}
	return false
}

// minimal leaves out every member that is not required, but for those of which nobody says
// that they may be left out.
func minimal(op *contract.Operation, _ contract.Level, body []byte) []variation {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return nil
	}
	for name := range members {
		if !op.Body.Schema.IsRequired(name) && !op.Body.Schema.Who("/"+name, contract.ByOptional).Chosen() {
			delete(members, name)
		}
	}
	return []variation{{"with the required members only", client.JSON(members)}}
}

// nulls sends null as each member that may be null, one at a time.
func nulls(op *contract.Operation, level contract.Level, body []byte) []variation {
	var found []variation
	for _, name := range nullable(op, level) {
		if option, ok := member(body, name, nil); ok {
			found = append(found, variation{fmt.Sprintf("with null as %q", name), option})
		}
	}
	return found
}

func nullable(op *contract.Operation, level contract.Level) []string {
	var names []string
	for _, property := range op.Body.Schema.Flat() {
		if property.Schema.Nullable && !property.Schema.ReadOnly && property.Schema.By.Who(contract.ByNull).Level() == level {
			names = append(names, property.Name)
		}
	}
	return names
}

// choice is one listed value of a member or of a query parameter.
type choice struct {
	name  string
	query bool
	value any
}

// mostValues is how many values of one list are sent: some lists have a hundred thousand.
const mostValues = 50

// some are all values of a list or, where there are many, such that lie evenly in it.
func some(values []any) []any {
	if len(values) <= mostValues {
		return values
	}
	spread := make([]any, mostValues)
	for i := range spread {
		spread[i] = values[i*(len(values)-1)/(mostValues-1)]
	}
	return spread
}

// enums sends every listed value, one at a time.
func enums(op *contract.Operation, level contract.Level, body []byte) []variation {
	var found []variation
	for _, c := range listed(op, level) {
		name := fmt.Sprintf("with %v as %q", c.value, c.name)
		if c.query {
			found = append(found, variation{name, client.Query(c.name, c.value)})
			continue
		}
		if option, ok := member(body, c.name, c.value); ok {
			found = append(found, variation{name, option})
		}
	}
	return found
}

func listed(op *contract.Operation, level contract.Level) []choice {
	var found []choice
	for _, parameter := range op.Parameters {
		if parameter.In == "query" && parameter.Schema != nil && parameter.Schema.By.Who("enum").Level() == level {
			for _, value := range some(parameter.Schema.Enum) {
				found = append(found, choice{parameter.Name, true, value})
			}
		}
	}
	if op.Body == nil {
		return found
	}
	for _, property := range op.Body.Schema.Flat() {
		if property.Schema.ReadOnly || property.Schema.By.Who("enum").Level() != level {
			continue
		}
		for _, value := range some(property.Schema.Enum) {
			if value != nil { // null has a case of its own
				found = append(found, choice{property.Name, false, value})
			}
		}
	}
	return found
}

// member returns the body with one top-level member set.
func member(body []byte, name string, value any) (client.Option, bool) {
	var members map[string]any
	if decode(body, &members) != nil || members == nil {
		return nil, false
	}
	members[name] = value
	return client.JSON(members), true
}
