// Package match holds Gomega matchers over *client.Exchange. Each failure text
// says what was expected, what came, and shows the answer.
//
// It is an API for authors of contracts, and may change with any version.
package match

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

const shownBody = 2 << 10

// matcher is a condition on one exchange. check returns "" when it holds, else
// what is wrong; want is the condition in words, for negated use.
type matcher struct {
	want    string
	check   func(*client.Exchange) string
	success bool // it is one that only a success fulfils
	place   Place
	wanted  string                        // the text or number that is to stand there, "" where that is no such value
	about   func(*client.Exchange) string // the path of the place, where that depends on the answer
}

// Match runs the condition. It errs when actual is not an exchange.
func (m *matcher) Match(actual any) (bool, error) {
	exchange, err := exchangeOf(actual)
	if err != nil {
		return false, err
	}
	return m.check(exchange) == "", nil
}

// FailureMessage says what was expected and what is wrong, and shows the answer.
func (m *matcher) FailureMessage(actual any) string {
	exchange, _ := exchangeOf(actual)
	return fmt.Sprintf("expected %s, but %s\n%s", m.want, m.check(exchange), Show(exchange))
}

// NegatedFailureMessage is the text for ToNot.
func (m *matcher) NegatedFailureMessage(actual any) string {
	exchange, _ := exchangeOf(actual)
	return fmt.Sprintf("did not expect %s\n%s", m.want, Show(exchange))
}

// WantsSuccess says whether a matcher is fulfilled by a success alone.
func WantsSuccess(m types.GomegaMatcher) bool {
	own, ok := m.(*matcher)
	return ok && own.success
}

func exchangeOf(actual any) (*client.Exchange, error) {
	exchange, ok := actual.(*client.Exchange)
	if !ok || exchange == nil {
		return nil, fmt.Errorf("match expects a *client.Exchange, got %T", actual)
	}
	return exchange, nil
}

// Show renders an exchange for a failure text: its line and its body, secrets
// redacted, the body cut at 2 KiB.
func Show(exchange *client.Exchange) string {
	body := exchange.Shown(shownBody).ResponseBody
	if body == "" {
		body = "(no body)"
	}
	return exchange.String() + "\n" + body
}

// That matches an answer with which nothing is wrong: wrong says what is, "" when nothing;
// want is the condition in words, to go on after "expected".
func That(want string, wrong func(*client.Exchange) string) types.GomegaMatcher {
	return &matcher{want: want, check: wrong}
}

// Status matches an answer with one of the statuses.
func Status(codes ...int) types.GomegaMatcher {
	success := !slices.ContainsFunc(codes, func(code int) bool { return code < 200 || code > 299 })
	place := Place{Part: StatusPart}
	return &matcher{want: "status " + oneOf(codes), success: success, place: place, check: func(e *client.Exchange) string {
		if slices.Contains(codes, e.Status) {
			return ""
		}
		return got(e)
	}}
}

// Success matches any 2xx.
func Success() types.GomegaMatcher {
	return &matcher{want: "success (2xx)", success: true, place: Place{Part: StatusPart}, check: func(e *client.Exchange) string {
		if e.Success() {
			return ""
		}
		return got(e)
	}}
}

// Refuse matches a refusal as the requirement expects it: its status in a strict
// reading, any accepted one otherwise, any 4xx when it names none. A requirement
// that expects a success is never satisfied by it.
func Refuse(requirement *contract.Requirement, strict bool) types.GomegaMatcher {
	want := "a refusal with " + expected(requirement.Expect, strict, "4xx")
	return &matcher{want: want, place: Place{Part: StatusPart}, check: func(e *client.Exchange) string {
		switch {
		case e.Success():
			return fmt.Sprintf("it was accepted with %d", e.Status)
		case e.Status == http.StatusTooManyRequests && requirement.Expect.Status != e.Status,
			requirement.Expect.Status == 0 && (e.Status < 400 || e.Status > 499):
			return got(e)
		case !requirement.Expect.Allows(e.Status, strict):
			return otherRefusal(e, strict)
		}
		return ""
	}}
}

// otherRefusal says that the sentence alone was kept, where it was: a status is part of what is asked.
func otherRefusal(e *client.Exchange, strict bool) string {
	switch {
	case e.Status < 400 || e.Status > 499:
		return got(e)
	case strict:
		return fmt.Sprintf("it was refused with %d: the strict reading asks for the very status that is named", e.Status)
	}
	return fmt.Sprintf("it was refused with %d, and the status counts, too", e.Status)
}

// Answer matches the status that the requirement expects: its own in a strict
// reading, any accepted one otherwise, any 2xx when it names none.
func Answer(requirement *contract.Requirement, strict bool) types.GomegaMatcher {
	want := "an answer with " + expected(requirement.Expect, strict, "2xx")
	success := requirement.Expect.Status < 300
	return &matcher{want: want, success: success, place: Place{Part: StatusPart}, check: func(e *client.Exchange) string {
		if requirement.Expect.Status == 0 && !e.Success() || !requirement.Expect.Allows(e.Status, strict) {
			return got(e)
		}
		return ""
	}}
}

func expected(expect contract.Expect, strict bool, none string) string {
	if expect.Status == 0 {
		return none
	}
	return expect.Words(strict)
}

func got(e *client.Exchange) string {
	if e.Err != nil {
		return "no answer came"
	}
	return fmt.Sprintf("the status was %d", e.Status)
}

func oneOf(codes []int) string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = fmt.Sprint(code)
	}
	return strings.Join(texts, " or ")
}
