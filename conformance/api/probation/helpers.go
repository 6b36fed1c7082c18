package probation

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// checkOf is a check of one operation among several that owe the same.
type checkOf func(ctx context.Context, env *suite.Env, operation string)

// perOperation makes one case of a requirement for each of the operations.
func perOperation(requirement, title string, operations []string, check checkOf, needs ...string) []suite.Case {
	cases := make([]suite.Case, len(operations))
	for i, operation := range operations {
		cases[i] = suite.Case{Requirement: requirement, Title: operation + ": " + title, Needs: needs,
			Check: func(ctx context.Context, env *suite.Env) { check(ctx, env, operation) }}
	}
	return cases
}

// one makes the only case of a requirement for one operation.
func one(requirement, title string, check func(ctx context.Context, env *suite.Env)) []suite.Case {
	return []suite.Case{{Requirement: requirement, Title: title, Check: check}}
}

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
	return gomega.WithTransform(func(value any) []string {
		members, ok := value.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("no object but %v", value)}
		}
		var others []string
		for name := range members {
			if !slices.Contains(names, name) {
				others = append(others, name)
			}
		}
		return others
	}, gomega.BeEmpty())
}

// same matches a value equal to the expected one, whatever the order of arrays:
// the contract promises none for teams and offices.
func same(expected gjson.Result) types.GomegaMatcher {
	return gomega.WithTransform(settled, gomega.Equal(settled(expected.Value())))
}

// settled returns the value with every array in an order of its own.
func settled(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = settled(member)
		}
	case []any:
		for i, item := range v {
			v[i] = settled(item)
		}
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(written(a), written(b)) })
	}
	return value
}

func written(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value) // what was decoded can be encoded
	}
	return string(data)
}

// otherCase returns the text in another letter case, which must exist.
func otherCase(env *suite.Env, text string) string {
	for _, other := range []string{strings.ToUpper(text), strings.ToLower(text)} {
		if other != text {
			return other
		}
	}
	env.Undetermined("%q has no other letter case: give one with letters", text)
	return ""
}

// lowerCase returns the lower-case form of a given code, which must be another.
func lowerCase(env *suite.Env, given string) string {
	code := env.Given(given)
	if strings.ToLower(code) == code {
		env.Undetermined("given:%s is %q, which has no lower-case form of its own", given, code)
	}
	return strings.ToLower(code)
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
