package declared

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
	"rollcall/specs/format"
)

func listed(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	first, second := res.makeIn(ctx, env, a, above), res.makeIn(ctx, env, a, above)
	settled(env, above, func() string {
		list := a.walk(ctx, env, above, 0)
		for _, r := range []*record{first, second} {
			n := list.count(r)
			if n == 0 && !list.whole {
				env.Undetermined("the list is longer than %d pages, and what was made is on none of them", mostPages)
			}
			if n != 1 {
				return fmt.Sprintf("the %s %s is %d times in the list\n%s", res.Name, r.id(), n, list.show())
			}
			if told := gjson.Parse(res.known(list.of(r))); !tellsOf(told, gjson.Parse(res.known(a.lookedUp(ctx, env, r)))) {
				return fmt.Sprintf("the list says of the %s %s what its own answer does not\n%s", res.Name, r.id(), list.show())
			}
		}
		return ""
	})
}

// lookedUp is the record as it is read alone, or as it is listed where it can't be.
func (a *act) lookedUp(ctx context.Context, env *suite.Env, r *record) gjson.Result {
	found, _ := r.now(ctx, env)
	return found
}

// tellsOf says whether what a list tells of a record is what is read of it.
func tellsOf(listed, read gjson.Result) bool {
	alike := true
	listed.ForEach(func(name, value gjson.Result) bool {
		own := read.Get(gjsonName(name.String()))
		alike = !own.Exists() || own.Raw == value.Raw || own.IsObject() || own.IsArray()
		return alike
	})
	return alike
}

func listsWithin(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	one, other := res.aboveFor(ctx, env, a), res.aboveFor(ctx, env, a)
	first, second := res.makeIn(ctx, env, a, one), res.makeIn(ctx, env, a, other)
	for _, pair := range []struct {
		above *record
		own   *record
	}{{one, first}, {other, second}} {
		list := a.walk(ctx, env, pair.above, 0)
		if len(list.items) != 1 || list.count(pair.own) != 1 {
			env.Expect(list.pages[0]).To(match.That("the one "+res.Name+" that stands under it", func(*client.Exchange) string {
				return fmt.Sprintf("there are %q", list.keys())
			}))
		}
	}
}

// paged walks over pages of a third of the list.
func paged(ctx context.Context, env *suite.Env, a *act) {
	res, p := a.resource, a.List.Paging
	above := res.aboveFor(ctx, env, a)
	var own []*record
	for range 3 {
		own = append(own, res.makeIn(ctx, env, a, above))
	}
	size := 0
	if p.Size == "" {
		for len(own) <= p.Default && p.Default <= 30 {
			own = append(own, res.makeIn(ctx, env, a, above))
		}
	}
	settled(env, above, func() string {
		all := a.walk(ctx, env, above, 0)
		if !all.whole {
			env.Undetermined("the list is longer than %d pages", mostPages)
		}
		if p.Size != "" {
			size = max(1, len(all.items)/3)
		}
		pages := a.walk(ctx, env, above, size)
		return pages.wrong(a, all, own, alone(env, above), size)
	})
	beyond(ctx, env, a, above, size)
}

// wrong says what is wrong with pages, which together have to be the whole list.
func (w *walked) wrong(a *act, all *walked, own []*record, alone bool, size int) string {
	l := a.list()
	for _, r := range own {
		if n := w.count(r); n != 1 {
			return fmt.Sprintf("the %s %s is %d times on the pages together\n%s", a.resource.Name, r.id(), n, w.show())
		}
	}
	is, was := w.keys(), all.keys()
	slices.Sort(is)
	slices.Sort(was)
	if alone && !slices.Equal(is, was) {
		return fmt.Sprintf("the pages together are another list: %d records, of %d\n%s", len(is), len(was), w.show())
	}
	for i, page := range w.pages {
		switch total, count := page.Get(kit.Path(l.Total)), page.Get(kit.Path(l.Count)); {
		case size > 0 && w.sizes[i] > size:
			return fmt.Sprintf("a page of %d has %d records\n%s", size, w.sizes[i], match.Show(page))
		case size > 0 && i == 0 && len(was) >= size && w.sizes[0] < size && alone:
			return fmt.Sprintf("the first page has %d records, not %d\n%s", w.sizes[0], size, match.Show(page))
		case l.Total != "" && total.Exists() && (alone && int(total.Int()) != len(was) || int(total.Int()) < len(own)):
			return fmt.Sprintf("%s is %s, and there are %d\n%s", l.Total, total.Raw, len(was), match.Show(page))
		case l.Count != "" && count.Exists() && int(count.Int()) != w.sizes[i]:
			return fmt.Sprintf("%s is %s, and there are %d\n%s", l.Count, count.Raw, w.sizes[i], match.Show(page))
		}
	}
	if size > 0 && len(was) > size && len(w.pages) < 2 {
		return fmt.Sprintf("there is one page of %d, and there are %d records\n%s", size, len(was), w.show())
	}
	return ""
}

// beyond asks for a page far behind the last one, which holds nothing.
func beyond(ctx context.Context, env *suite.Env, a *act, above *record, size int) {
	const far = 90_000
	if a.List.Paging.By == contract.PagesByCursor {
		return
	}
	answer := env.Call(ctx, a.Operation, a.at(above.line()), a.sized(size), client.Query(a.List.Paging.Param, far),
		client.Invalid())
	if answer.Status >= http.StatusBadRequest {
		env.Expect(answer).To(kit.Refusal(), "a page behind the last one is empty, or refused")
		return
	}
	if n := len(a.items(answer)); n > 0 {
		env.Expect(answer).To(match.That("nothing behind the last page", func(*client.Exchange) string {
			return fmt.Sprintf("there are %d records", n)
		}))
	}
}

// filtered makes records that pass and ones that don't.
func filtered(ctx context.Context, env *suite.Env, a *act, f contract.Filter) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	in := res.makeIn(ctx, env, a, above)
	if f.Test == contract.TestSince || f.Test == contract.TestUntil {
		filteredByTime(ctx, env, a, f, above, in)
		return
	}
	out := res.makeIn(ctx, env, a, above, res.unlike(ctx, env, in, f.Member))
	res.part(ctx, env, in, out, f.Member)
	for _, pair := range [][2]*record{{in, out}, {out, in}} {
		now, _ := pair[0].now(ctx, env)
		value := now.Get(memberPath(f.Member))
		if !value.Exists() || value.Type == gjson.Null {
			continue
		}
		for _, asked := range asks(f, value) {
			expectFiltered(ctx, env, a, f, above, asked, pair[0], pair[1])
		}
	}
}

// memberPath is a member of a member, with a dot, as it is looked up.
func memberPath(member string) string { return kit.Path(member) }

// asks are the values of a parameter by which a record with the value passes.
func asks(f contract.Filter, value gjson.Result) []string {
	whole := value.String()
	if value.IsArray() && len(value.Array()) > 0 {
		whole = value.Array()[0].String()
	}
	switch f.Test {
	case contract.TestContains:
		inner := whole
		if len(whole) > 6 {
			inner = whole[len(whole)-9 : len(whole)-1]
		}
		return []string{inner, strings.ToUpper(inner)}
	case contract.TestAnyOf:
		return []string{whole}
	}
	return []string{whole}
}

func expectFiltered(
	ctx context.Context, env *suite.Env, a *act, f contract.Filter, above *record, asked string, in, out *record,
) {
	res := a.resource
	settled(env, above, func() string {
		list := a.walk(ctx, env, above, 0, client.Query(f.Param, asked))
		switch {
		case list.count(in) == 0 && !list.whole:
			env.Undetermined("the list is longer than %d pages, and what was made is on none of them", mostPages)
		case list.count(in) != 1:
			return fmt.Sprintf("the %s with %s %q is %d times in the list by %s\n%s", res.Name, f.Member, asked, list.count(in),
				f.Param, list.show())
		case list.count(out) > 0:
			return fmt.Sprintf("the %s with another %s is in the list by %s=%s\n%s", res.Name, f.Member, f.Param, asked,
				list.show())
		}
		for _, item := range list.items {
			if value := item.Get(memberPath(f.Member)); value.Exists() && !passes(f, value, asked) {
				return fmt.Sprintf("in the list by %s=%s is one with %s\n%s", f.Param, asked, value.Raw, list.show())
			}
		}
		return ""
	})
}

// passes says whether a value passes the test.
func passes(f contract.Filter, value gjson.Result, asked string) bool {
	if value.IsArray() {
		return slices.ContainsFunc(value.Array(), func(one gjson.Result) bool { return passes(f, one, asked) })
	}
	switch f.Test {
	case contract.TestIs:
		return value.String() == asked
	case contract.TestAnyOf:
		return slices.Contains(strings.Split(asked, ","), value.String())
	case contract.TestContains:
		return strings.Contains(strings.ToLower(value.String()), strings.ToLower(asked))
	}
	return true
}

// filteredByTime makes a second record later, and asks from its time on, or until that of the first.
func filteredByTime(ctx context.Context, env *suite.Env, a *act, f contract.Filter, above *record, first *record) {
	res := a.resource
	kit.Later(ctx, env)
	second := res.makeIn(ctx, env, a, above, res.unlike(ctx, env, first, f.Member))
	one, _ := first.now(ctx, env)
	other, _ := second.now(ctx, env)
	early, late := first, second
	from, until := one.Get(memberPath(f.Member)), other.Get(memberPath(f.Member))
	if instant(until).Before(instant(from)) {
		early, late, from, until = second, first, until, from
	}
	if !instant(from).Before(instant(until)) {
		env.Undetermined("no two of a %s differ in %s", res.Name, f.Member)
	}
	if f.Test == contract.TestSince {
		expectFiltered(ctx, env, a, f, above, until.String(), late, early)
		return
	}
	expectFiltered(ctx, env, a, f, above, from.String(), early, late)
}

func instant(value gjson.Result) time.Time {
	if at, ok := format.Instant(value.Str); ok {
		return at
	}
	at, _ := format.Date(value.Str)
	return at
}

// unlike is a change by which a new record has another value of the member, where it is not
// another one anyway.
func (res *resource) unlike(ctx context.Context, env *suite.Env, r *record, member string) kit.Body {
	a := res.creates
	if a == nil || !a.takes(member) {
		return nil
	}
	s, _ := a.input().Property(member)
	if value, ok := res.another(ctx, env, a, r, &contract.Property{Name: member, Schema: s}); ok {
		return kit.Body{member: value}
	}
	return nil
}

// part leads the second record to another state where the two are still alike in the member.
func (res *resource) part(ctx context.Context, env *suite.Env, one, other *record, member string) {
	was, _ := one.now(ctx, env)
	is, _ := other.now(ctx, env)
	if was.Get(memberPath(member)).Raw != is.Get(memberPath(member)).Raw {
		return
	}
	if rule := res.ruleOf(contract.RuleTransition, member); rule != nil {
		for _, step := range rule.Steps {
			if step.From != is.Get(memberPath(member)).String() && res.reach(ctx, env, other, rule, step.From) {
				return
			}
		}
	}
	for _, a := range res.acts {
		for _, s := range a.Set {
			if s.Member == member && !same(decoded(s.Value), is.Get(memberPath(member)).Value()) {
				env.Must(ctx, a.Operation, a.request(ctx, env, other)...)
				return
			}
		}
	}
	env.Undetermined("no two of a %s differ in %s", res.Name, member)
}

// inOrder makes records whose texts any order of letters puts in one order.
func inOrder(ctx context.Context, env *suite.Env, a *act) {
	res := a.resource
	above := res.aboveFor(ctx, env, a)
	const enough = 6 // that they are hardly in their order by chance
	n := enough
	if most := res.most(); most > 0 {
		n = min(n, most)
	}
	var own []*record
	for range n {
		own = append(own, res.makeIn(ctx, env, a, above))
	}
	settled(env, above, func() string {
		list := a.walk(ctx, env, above, 0)
		among := list.among(own)
		for i := 1; i < len(among); i++ {
			if res.before(among[i], among[i-1]) {
				return fmt.Sprintf("by %s one comes too late: %s after %s\n%s", strings.Join(res.Order, ", "), among[i].Raw,
					among[i-1].Raw, list.show())
			}
		}
		if len(among) < len(own) {
			env.Undetermined("of %d that were made, %d are in the list", len(own), len(among))
		}
		return ""
	})
}

// before says whether one record comes before another one in the order of the resource.
func (res *resource) before(a, b gjson.Result) bool {
	for _, name := range res.Order {
		member, down := strings.CutPrefix(name, "-")
		x, y := a.Get(memberPath(member)), b.Get(memberPath(member))
		if x.Type == gjson.Null || y.Type == gjson.Null || x.Raw == y.Raw {
			continue // where nothing stands, no order is said
		}
		less := x.Less(y, false)
		if at, ok := format.Instant(x.Str); ok {
			less = at.Before(instant(y))
		}
		return less != down
	}
	return false
}
