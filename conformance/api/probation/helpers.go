package probation

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// seen makes sure that the answer has the status that the requirement speaks of;
// otherwise there is nothing to look at.
func seen(env *suite.Env, exchange *client.Exchange, status int) *client.Exchange {
	if exchange.Status != status {
		env.Undetermined("no %d was answered to look at\n%s", status, match.Show(exchange))
	}
	return exchange
}

// text matches a text that is not empty.
func text() types.GomegaMatcher {
	return gomega.And(gomega.BeAssignableToTypeOf(""), gomega.Not(gomega.BeEmpty()))
}

// object matches a JSON object that is not empty.
func object() types.GomegaMatcher {
	return gomega.And(gomega.BeAssignableToTypeOf(map[string]any{}), gomega.Not(gomega.BeEmpty()))
}

// nothing matches an empty array.
func nothing() types.GomegaMatcher { return gomega.Equal([]any{}) }

// items matches an array of that many items.
func items(count int) types.GomegaMatcher {
	return gomega.And(gomega.BeAssignableToTypeOf([]any{}), gomega.HaveLen(count))
}

// some matches an array that is not empty.
func some() types.GomegaMatcher {
	return gomega.And(gomega.BeAssignableToTypeOf([]any{}), gomega.Not(gomega.BeEmpty()))
}

// only matches an object that has no other members than these.
func only(names ...string) types.GomegaMatcher {
	return match.Such("to have no members but "+strings.Join(names, ", "), func(value any) bool {
		members, ok := value.(map[string]any)
		for name := range members {
			ok = ok && slices.Contains(names, name)
		}
		return ok
	})
}

// lowerCase returns the lower-case form of a given code, which must be another.
func lowerCase(env *suite.Env, given string) string {
	code := env.Given(given)
	if strings.ToLower(code) == code {
		env.Undetermined("given:%s is %q, which has no lower-case form of its own", given, code)
	}
	return strings.ToLower(code)
}

// nothingInSmall expects nothing in the list of the lower-case form of a given code, unless that is another's: a list of
// others than the code's own, told apart by what stands at the path.
func nothingInSmall(operation, given, path string) kit.Check {
	return func(ctx context.Context, env *suite.Env) {
		own := env.Must(ctx, operation, ask(operation, env.Given(given)))
		env.Expect(own).To(match.JSONBody(some())) // else nothing is to be missed
		lower := lowerCase(env, given)
		answer := env.Call(ctx, operation, ask(operation, lower))
		there, here := raws(kit.Said(env, answer).Get(path)), raws(kit.Said(env, own).Get(path))
		if len(there) > 0 && !slices.ContainsFunc(there, func(item string) bool { return slices.Contains(here, item) }) {
			env.NotApplicable("%s is another code", lower)
		}
		env.ExpectAnswer(answer)
		env.Expect(answer).To(match.JSONBody(nothing()))
	}
}

// raws are the values of a list as they are written.
func raws(list gjson.Result) (all []string) {
	for _, value := range list.Array() {
		all = append(all, value.Raw)
	}
	return all
}

// byCode returns the lookup of a person by code, which must succeed.
func byCode(ctx context.Context, env *suite.Env, code string) *client.Exchange {
	return env.Must(ctx, "findStaffByCode", ask("findStaffByCode", code))
}

// earlier takes the clock of the case back two days and says that it did: not
// every target has such a clock. A midnight during the case makes no difference.
func earlier(ctx context.Context, env *suite.Env) bool {
	if !env.Has("worlds") {
		return false
	}
	env.Advance(ctx, -48*time.Hour)
	return true
}

// today is the date at the target.
func today(env *suite.Env) string { return env.Now().UTC().Format("2006-01-02") }

// number matches any number: no document says that ids are above zero.
func number() types.GomegaMatcher {
	return match.Such("to be a number", func(value any) bool { _, is := value.(float64); return is })
}
