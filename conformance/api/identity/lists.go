package identity

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// listCases are about the list of the users with an e-mail address.
func listCases() []suite.Case {
	odd := []string{"(", ")", `\`, `rollcall\2a`, "*)(mail=*", "rollcall)(objectClass=*)", `a\`, "(rollcall@example.invalid)"}
	return slices.Concat(
		kit.One("IDN-USER-01", "the users with the address are listed", func(ctx context.Context, env *suite.Env) {
			list := byEmail(ctx, env, env.Given("email"))
			env.ExpectAnswer(list)
			expectList(env, list, 1)
			env.Expect(list).To(match.Each("@this", gomega.HaveKeyWithValue("username", gomega.Not(gomega.BeEmpty()))))
		}),
		kit.Each("IDN-USER-02", "each item equals the lookup by name (%s)", []string{"email", "sharedEmail"}, itemsEqualLookups),
		kit.One("IDN-USER-02", "the given user is listed under its own address", listedUnderOwn),
		kit.Each("IDN-USER-03", "every user has the address asked for (%s)", []string{"email", "sharedEmail"}, everyAddress),
		kit.One("IDN-USER-03", "an address of nobody shows no stranger", func(ctx context.Context, env *suite.Env) {
			noStranger(ctx, env, noAddress)
		}),
		kit.Each("IDN-USER-03", "no stranger is shown for %s", likeAddress(), func(ctx context.Context, env *suite.Env, p part) {
			noStranger(ctx, env, p.of(env.Given("email")))
		}),
		kit.Each("IDN-USER-04", "another letter case finds the same users (%s)",
			[]string{"email", "sharedEmail", "disabledEmail"}, addressCase),
		kit.One("IDN-USER-05", "all who share the address are listed", allSharing),
		kit.Each("IDN-USER-06", "nobody has %s", []string{noAddress, "rollcall nobody", "rollcall@"}, nobodyHas),
		kit.Each("IDN-USER-07", "%s of an address finds nobody", partsOfAddress(), partFindsNobody),
		kit.Each("IDN-USER-07", "no stranger is shown for %s", nearAddress(), func(ctx context.Context, env *suite.Env, p part) {
			noStranger(ctx, env, p.of(env.Given("email")))
		}),
		kit.Each("IDN-USER-08", "%s finds nobody", []string{"*", "*@*", "*.*", "*example*"}, nobodyHas),
		kit.Each("IDN-USER-08", "%s of an address and an asterisk find nobody", partsOfAddress(), starredPart),
		kit.Each("IDN-USER-09", "%s is taken as it is", odd, nobodyHas),
		refused("IDN-USER-10", suite.DefaultPersona, []fault{missingEmail()}),
		framework("IDN-USER-11", []fault{missingEmail()}),
		kit.One("IDN-USER-12", "a user without a row fails the whole list", func(ctx context.Context, env *suite.Env) {
			env.ExpectRefused(byEmail(ctx, env, env.Given("rowlessEmail")))
			control(ctx, env, "getUsersByEmail")
		}),
		kit.One("IDN-USER-13", "the message names the user without a row", func(ctx context.Context, env *suite.Env) {
			refusal := byEmail(ctx, env, env.Given("rowlessEmail"))
			env.Expect(refusal).To(match.Status(http.StatusNotFound))
			env.Expect(refusal).To(match.Member("message", equalFold(noRow(env.Given("rowlessUsername")))))
		}),
	)
}

// part is a piece of an e-mail address.
type part struct {
	what string
	of   func(address string) string
}

func (p part) String() string { return p.what }

func partsOfAddress() []part {
	return []part{
		{"the beginning", func(address string) string { return address[:len(address)-1] }},
		{"the end", func(address string) string { return address[1:] }},
		{"what stands before the @", func(address string) string { local, _, _ := strings.Cut(address, "@"); return local }},
		{"what stands behind the @", func(address string) string { _, domain, _ := strings.Cut(address, "@"); return domain }},
	}
}

// likeAddress turns an address into others, which services are known to take for it: a piece with the @, more than it,
// and the signs that stand for any letter in one search or another.
func likeAddress() []part {
	with := func(sign string) func(string) string {
		return func(address string) string { return sign + address[1:] }
	}
	behind := func(address string) string { _, domain, _ := strings.Cut(address, "@"); return domain }
	return []part{
		{"nothing", func(string) string { return "" }},
		{"the @ and what stands behind it", func(address string) string { return "@" + behind(address) }},
		{"the address and a letter", func(address string) string { return address + "x" }},
		{"the address at a part of its domain", local(func(local string) string { return local + "@rollcall" }, ".")},
		{"the address with a question mark", with("?")},
		{"the address with an underscore", with("_")},
		{"the address with a percent sign", with("%")},
		{"the address with a full stop for a letter", with(".")},
		{"the address with a pattern for its beginning", func(address string) string { return ".*@" + behind(address) }},
		{"a percent sign", func(string) string { return "%" }},
		{"an asterisk", func(string) string { return "*" }},
	}
}

// nearAddress turns an address into others that a service may take for another spelling of it, or for a list with it.
func nearAddress() []part {
	return []part{
		{"the address without its dots", local(func(local string) string { return strings.ReplaceAll(local, ".", "") }, "@")},
		{"the address with another dot", local(func(local string) string {
			at := min(1, len(local))
			return local[:at] + "." + local[at:]
		}, "@")},
		{"the address with a tag", local(func(local string) string { return local + "+rollcall" }, "@")},
		{"the address with accents", local(accented, "@")},
		{"the address and another", func(address string) string { return address + ";" + noAddress }},
	}
}

// local turns what stands before the @ of an address, and joins the domain to it.
func local(turn func(local string) string, join string) func(string) string {
	return func(address string) string {
		before, domain, _ := strings.Cut(address, "@")
		return turn(before) + join + domain
	}
}

func nobodyHas(ctx context.Context, env *suite.Env, address string) {
	list := byEmail(ctx, env, address)
	env.ExpectAnswer(list)
	expectNobody(env, list)
}

// noStranger leaves open how it is said that nobody has an address, but not that somebody
// else is shown for it.
func noStranger(ctx context.Context, env *suite.Env, address string) {
	list := byEmail(ctx, env, address)
	for _, user := range list.Get("@this").Array() {
		if list.Success() && saysSomething(env, user) {
			hasAddress(env, list, user, address)
		}
	}
}

// saysSomething leaves out an object without a member of a user, as which the page prints the whole answer (seed 001, line 69).
func saysSomething(env *suite.Env, user gjson.Result) bool {
	return user.IsObject() && len(gjson.ParseBytes(documented(env, []byte(user.Raw))).Map()) > 0
}

// partFindsNobody asks for a piece of an address, which may be the whole address of somebody.
func partFindsNobody(ctx context.Context, env *suite.Env, p part) {
	address := p.of(env.Given("email"))
	list := byEmail(ctx, env, address)
	whose := func(user gjson.Result) bool {
		shown := byName(ctx, env, user.Get("username").String())
		return shown.Success() && strings.EqualFold(shown.Text("email"), address)
	}
	users := list.Get("@this").Array()
	if list.Success() && len(users) > 0 && !slices.ContainsFunc(users, func(user gjson.Result) bool { return !whose(user) }) {
		env.NotApplicable("somebody has the address %s", address)
	}
	expectNobody(env, list)
}

// starredPart puts the asterisk where the missing piece of a real address was.
func starredPart(ctx context.Context, env *suite.Env, p part) {
	if !env.Has("given:email") {
		env.NotApplicable("the target gives no email")
	}
	address := env.Given("email")
	piece := p.of(address)
	if strings.HasPrefix(address, piece) {
		nobodyHas(ctx, env, piece+"*")
		return
	}
	nobodyHas(ctx, env, "*"+piece)
}

// listOf lists the users with the address that the target gives under that name.
func listOf(ctx context.Context, env *suite.Env, name string) *client.Exchange {
	if !env.Has("given:" + name) {
		env.NotApplicable("the target gives no %s", name)
	}
	list := byEmail(ctx, env, env.Given(name))
	expectList(env, list, 1)
	return list
}

func itemsEqualLookups(ctx context.Context, env *suite.Env, name string) {
	for _, item := range listOf(ctx, env, name).Get("@this").Array() {
		user := found(env, byName(ctx, env, item.Get("username").String()))
		expectSame(env, []byte(item.Raw), user.Body, "the item and the user")
	}
}

func listedUnderOwn(ctx context.Context, env *suite.Env) {
	user := env.Must(ctx, "getUserDetails", client.Path("username", env.Given("username")))
	if user.Text("email") == "" {
		env.NotApplicable("the user %s is shown without an e-mail address", env.Given("username"))
	}
	list := byEmail(ctx, env, user.Text("email"))
	expectList(env, list, 1)
	item := list.Get(fmt.Sprintf("#(username==%q)", user.Text("username")))
	env.Expect(item.Exists()).To(gomega.BeTrue(), "the user is listed")
	expectSame(env, []byte(item.Raw), user.Body, "the item and the user")
}

func everyAddress(ctx context.Context, env *suite.Env, name string) {
	list, shown := listOf(ctx, env, name), 0
	for _, user := range list.Get("@this").Array() {
		if user.Get("email").String() != "" { // no document asks for it
			hasAddress(env, list, user, env.Given(name))
			shown++
		}
	}
	if shown == 0 {
		env.NotApplicable("no user of the list is shown with an address")
	}
}

// hasAddress expects of a user who is listed that the address asked for is the one shown, letter case aside.
func hasAddress(env *suite.Env, list *client.Exchange, user gjson.Result, address string) {
	env.Expect(list).To(match.That("every user of the list to have the address that was asked for",
		func(*client.Exchange) string {
			if email := user.Get("email").String(); !strings.EqualFold(email, address) {
				return fmt.Sprintf("asked for was %q, and the user %q has %q", address, user.Get("username").String(), email)
			}
			return ""
		}))
}

func addressCase(ctx context.Context, env *suite.Env, name string) {
	if !env.Has("given:" + name) {
		env.NotApplicable("the target gives no %s", name)
	}
	list := byEmail(ctx, env, env.Given(name))
	if name == "email" {
		expectList(env, list, 1)
	} else if !list.Success() {
		env.NotApplicable("nobody is listed under %s", env.Given(name))
	}
	for _, turn := range []func(string) string{
		strings.ToUpper, strings.ToLower, func(address string) string { return kit.OtherCase(env, address) },
	} {
		other := byEmail(ctx, env, turn(env.Given(name)))
		env.Expect(other).To(match.Status(http.StatusOK))
		expectSame(env, list.Body, other.Body, "the lists")
	}
}

// allSharing expects as many users as the target says share the address, two if it
// doesn't say, no user twice. One that says it is a single one has addresses that nobody shares.
func allSharing(ctx context.Context, env *suite.Env) {
	if env.Has("given:sharedEmailCount") && env.Given("sharedEmailCount") == "1" {
		env.NotApplicable("given:sharedEmailCount says that nobody shares an address")
	}
	list := byEmail(ctx, env, env.Given("sharedEmail"))
	expectList(env, list, 2)
	names := list.Texts("#.username")
	slices.Sort(names)
	env.Expect(slices.Compact(slices.Clone(names))).To(gomega.Equal(names), "no user is listed twice")
	if env.Has("given:sharedEmailCount") {
		env.Expect(fmt.Sprint(len(names))).To(gomega.Equal(env.Given("sharedEmailCount")), "all who share it are listed: %v",
			names)
	}
}
