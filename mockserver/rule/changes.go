package rule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Immutable refuses another value of members that are set for good.
type Immutable struct{ Members []string }

// Fields names what the kind reads.
func (i Immutable) Fields() []string { return i.Members }

// Check compares the values that the change has with those before it.
func (i Immutable) Check(c *Change) (Why, bool) {
	if c.Before == nil || c.After == nil {
		return Why{}, true
	}
	for _, m := range i.Members {
		was, is := c.Before.Get(m), c.After.Get(m)
		if was.Exists() && !same(was, is) {
			return Why{Pointer: "/" + m, Message: m + " can't be changed", Hint: "leave it out, or send " + was.Raw}, false
		}
	}
	return Why{}, true
}

// same compares two values as JSON, numbers and texts by what they are.
func same(a, b gjson.Result) bool {
	return a.Type == b.Type &&
		(a.Raw == b.Raw || a.Type == gjson.Number && a.Num == b.Num || a.Type == gjson.String && a.Str == b.Str)
}

// Transition refuses a step from one value of a member to another that is not allowed. The
// value that a record begins with is free.
type Transition struct {
	Field string
	Steps map[string][]string
}

// Fields names what the kind reads.
func (t Transition) Fields() []string { return []string{t.Field} }

// Check looks the step up; to stay is no step.
func (t Transition) Check(c *Change) (Why, bool) {
	if c.Before == nil || c.After == nil {
		return Why{}, true
	}
	from, to := c.Before.String(t.Field), c.After.String(t.Field)
	if from == to || slices.Contains(t.Steps[from], to) {
		return Why{}, true
	}
	next := "from " + strconv.Quote(from) + " there is no way on"
	if len(t.Steps[from]) > 0 {
		next = "send " + strings.Join(t.Steps[from], " or ")
	}
	return Why{
		Pointer: "/" + t.Field,
		Message: t.Field + " can't go from " + strconv.Quote(from) + " to " + strconv.Quote(to),
		Hint:    next,
	}, false
}

// RequiredIf refuses a record that lacks a member while another member has a certain value.
type RequiredIf struct {
	Field string
	If    string
	Is    string // that value, as JSON
}

// Fields names what the kind reads.
func (r RequiredIf) Fields() []string { return []string{r.Field, r.If} }

// Check looks at both members.
func (r RequiredIf) Check(c *Change) (Why, bool) {
	if c.After == nil || !same(c.After.Get(r.If), gjson.Parse(r.Is)) {
		return Why{}, true
	}
	if v := c.After.Get(r.Field); v.Exists() && v.Type != gjson.Null && v.Raw != `""` {
		return Why{}, true
	}
	return Why{
		Pointer: "/" + r.Field,
		Message: r.Field + " is required where " + r.If + " is " + r.Is,
		Hint:    "send " + r.Field,
	}, false
}

// Kept refuses to delete a record a member of which has a certain value.
type Kept struct {
	Field string
	Is    string // that value, as JSON
}

// Fields names what the kind reads.
func (k Kept) Fields() []string { return []string{k.Field} }

// Check looks at the member.
func (k Kept) Check(c *Change) (Why, bool) {
	if c.After != nil || !same(c.Before.Get(k.Field), gjson.Parse(k.Is)) {
		return Why{}, true
	}
	return Why{
		Message: "one whose " + k.Field + " is " + k.Is + " can't be deleted",
		Hint:    "change its " + k.Field + " first",
	}, false
}
