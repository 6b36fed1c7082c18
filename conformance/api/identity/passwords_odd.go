package identity

import (
	"context"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// odd is a password that services are known to alter before they keep it, and what would
// open the account if they did.
type odd struct {
	what, text string
	altered    []string
}

func (o odd) String() string { return o.what }

// oddPasswords leave out what a preparation of both sides makes equal, such as a letter and
// its accent in one sign or in two: only that the very password opens is asked of those.
func oddPasswords() []odd {
	return []odd{
		{"spaces around it", spaced, nil},
		{"several spaces in a row", "Kestrel  47   Quay", []string{"Kestrel47Quay"}},
		{"accents", "Kestrél-47-Quày", []string{"Kestrel-47-Quay", "Kestr?l-47-Qu?y", "Kestrl-47-Quy"}},
		{"letters beyond Latin-1", "Kestrel-47-Łódź-Ωλ",
			[]string{"Kestrel-47-?ód?-??", "Kestrel-47-??d?-??", "Kestrel-47-ód-", "Kestrel-47-d-", "Kestrel-47-Łódź-ΩΛ"}},
		{"a sign beyond 16 bits", "Kestrel-47-🦅-Quay", []string{"Kestrel-47--Quay", "Kestrel-47-?-Quay", "Kestrel-47-??-Quay",
			"Kestrel-47-????-Quay", "Kestrel-47-\uFFFD-Quay"}},
		{"an accent of its own", "Kestrel-47-Cafe\u0301", []string{"Kestrel-47-Cafe", "Kestrel-47-Cafe?"}},
		{"signs that stand for others", "Kestrel-47-\uFB01\uFF21\u2460", []string{"Kestrel-47-", "Kestrel-47-???"}},
		{"signs of markup", "Kestrel<47>&Quay", []string{"Kestrel&lt;47&gt;&amp;Quay", "Kestrel47Quay", "Kestrel&Quay"}},
		{"quotes and backslashes", `Kestrel"47'\Quay`,
			[]string{"Kestrel47Quay", `Kestrel\"47\'\\Quay`, `Kestrel"47'Quay`, `Kestrel"47''\Quay`}},
		{"signs of an address", "Kestrel+47%20Quay", []string{"Kestrel 47 Quay", "Kestrel+47 Quay", "Kestrel 47%20Quay"}},
		{"zeros before a number", "0047151623420", []string{"47151623420", "047151623420", "47151623420.0"}},
		{"colons", "Kestrel:47:Quay", []string{"Kestrel", "Kestrel:47", "Quay", "Kestrel47Quay"}},
		{"a line break", "Kestrel-47\nQuay-9", []string{"Kestrel-47", "Kestrel-47Quay-9", "Kestrel-47 Quay-9"}},
		{"150 characters", strings.Repeat(tenSigns, 15), nil},
	}
}

const (
	spaced   = "  Kestrel 47 Quay  "
	tenSigns = "Kestrel-47"
)

// looseOnes differ from a password in what no sentence says that a service has to tell apart: white space around it or in a
// row, and what comes after the signs that its digest is made of.
func looseOnes() map[string][]odd {
	long := strings.Repeat(tenSigns, 15)
	return map[string][]odd{
		"IDN-PWD-20": {{"150 characters", long, []string{long[:64], long[:72], long[:100], long[:128], long[:149]}}},
		"IDN-PWD-21": {
			{"spaces around it", spaced, []string{"Kestrel 47 Quay", "Kestrel 47 Quay  ", "  Kestrel 47 Quay"}},
			{"several spaces in a row", "Kestrel  47   Quay", []string{"Kestrel 47 Quay"}},
		},
	}
}

// keptExactly leaves open whether the password is taken. One that is has to open the
// account, and nothing like it has to.
func keptExactly(ctx context.Context, env *suite.Env, o odd) {
	a := disposable(env)
	if answer := a.change(ctx, env, o.text); !answer.Success() {
		env.NotApplicable("the password is not taken: %s", answer)
	}
	expectWorks(ctx, env, a.username, o.text)
	account{username: a.username, password: o.text}.noneOpens(ctx, env, append(o.altered, a.password)...)
}

// eachWorks changes the password more often than once or twice: each one opens at once, also
// the one that was tried before it was given, and the one before no longer, whoever has looked at the user in between.
func eachWorks(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	before := a.password
	for i := range looks() {
		now := freshPassword(env)
		if i == 0 {
			check(ctx, env, a.username, now)
		}
		a.mustChange(ctx, env, now)
		if look := looks()[i]; look != nil {
			look(ctx, env, a)
		}
		expectWorks(ctx, env, a.username, now)
		expectFails(ctx, env, a.username, before)
		before = now
	}
}

// looks are what may happen between a change of a password and its use: nothing, or a read of the user.
func looks() []func(ctx context.Context, env *suite.Env, a account) {
	return []func(ctx context.Context, env *suite.Env, a account){
		nil,
		func(ctx context.Context, env *suite.Env, a account) { byName(ctx, env, a.username) },
		func(ctx context.Context, env *suite.Env, a account) {
			if id := byName(ctx, env, a.username).Get("userId"); id.Exists() {
				byID(ctx, env, id.String())
			}
		},
		func(ctx context.Context, env *suite.Env, a account) {
			if address := byName(ctx, env, a.username).Text("email"); address != "" {
				byEmail(ctx, env, address)
			}
		},
	}
}

// formerWorks gives the account a former password again. A target may refuse that; one that is
// taken has to work, and the one in between no longer.
func formerWorks(ctx context.Context, env *suite.Env) {
	a := disposable(env)
	former := a.mustChange(ctx, env, freshPassword(env)).password
	between := a.mustChange(ctx, env, freshPassword(env)).password
	if answer := a.change(ctx, env, former); !answer.Success() {
		env.NotApplicable("no former password is taken: %s", answer)
	}
	expectWorks(ctx, env, a.username, former)
	expectFails(ctx, env, a.username, between)
}

// ownKept gives two accounts the same password, and then one of them after the other one
// of its own.
func ownKept(ctx context.Context, env *suite.Env, name string) {
	a, b := disposable(env), another(env, name)
	if !check(ctx, env, b.username, b.password).Success() {
		if isEnabled(ctx, env, b.username) {
			env.Undetermined("the password that the target's file gives of %s is refused", b.username)
		}
		env.NotApplicable("%s can't sign in", b.username)
	}
	same, fresh := freshPassword(env), freshPassword(env)
	a.mustChange(ctx, env, same)
	if answer := b.change(ctx, env, same); !answer.Success() {
		env.NotApplicable("the password of %s can't be changed: %s", b.username, answer)
	}
	a.mustChange(ctx, env, fresh)
	expectWorks(ctx, env, a.username, fresh)
	expectWorks(ctx, env, b.username, same)
	expectFails(ctx, env, b.username, fresh)
	b.mustChange(ctx, env, freshPassword(env))
	expectWorks(ctx, env, a.username, fresh)
}

// othersLeft changes the password of an account beside the one of most cases: nobody else notices it, nor can sign in by it.
func othersLeft(ctx context.Context, env *suite.Env, name string) {
	a, fresh := another(env, name), freshPassword(env)
	a.restoreLater(ctx, env)
	kit.Unchanged(ctx, env, "the change of the password of "+a.username, func() {
		if answer := a.change(ctx, env, fresh); !answer.Success() {
			env.NotApplicable("the password of %s can't be changed: %s", a.username, answer)
		}
	}, untouched(ctx, env, a.username, fresh)...)
}

// ownOutlasts gives an account a password, which works still after changes of others, taken and refused.
func ownOutlasts(ctx context.Context, env *suite.Env, name string) {
	a, fresh := another(env, name), freshPassword(env)
	if answer := a.change(ctx, env, fresh); !answer.Success() || !check(ctx, env, a.username, fresh).Success() {
		env.NotApplicable("the password of %s can't be changed, or nobody can sign in by it: %s", a.username, answer)
	}
	d := disposable(env)
	d.restoreLater(ctx, env)
	for _, refused := range [][]client.Option{changing(nobody, freshPassword(env)), changing(d.username, "")} {
		env.Call(ctx, "changePassword", refused...)
	}
	d.change(ctx, env, freshPassword(env))
	expectWorks(ctx, env, a.username, fresh)
}

// pathNames sends the name of another account in the body, too: the path says whose password it is, and a target may refuse.
func pathNames(ctx context.Context, env *suite.Env, name string) {
	a, b, fresh := disposable(env), another(env, name), freshPassword(env)
	opens := check(ctx, env, b.username, b.password).Success()
	a.restoreLater(ctx, env)
	b.restoreLater(ctx, env)
	answer := env.Call(ctx, "changePassword", client.Path("username", a.username), client.JSON(map[string]any{
		"username": b.username, "password": fresh,
	}))
	expectFails(ctx, env, b.username, fresh)
	if opens {
		expectWorks(ctx, env, b.username, b.password)
	}
	if answer.Success() {
		expectWorks(ctx, env, a.username, fresh)
	}
}

// another is an account beside the one that every target gives.
func another(env *suite.Env, name string) account {
	if !env.Has("given:"+name) || !env.Has("given:"+name+"-password") || env.Given(name) == disposable(env).username {
		env.NotApplicable("the target gives no %s", name)
	}
	return accountNamed(env, name)
}

// stateKept changes the password of a user who is not like others, who stays as the run found it.
func stateKept(ctx context.Context, env *suite.Env, name string) {
	a := another(env, name)
	before, first := byName(ctx, env, a.username), a.asFound(ctx, env)
	if !before.Success() || first != nil && !first.Success() {
		hiddenKept(ctx, env, a)
		return
	}
	id := before.Get("userId").String()
	beforeByID := byID(ctx, env, id)
	if answer := a.change(ctx, env, freshPassword(env)); !answer.Success() {
		env.NotApplicable("the password of %s can't be changed: %s", a.username, answer)
	}
	after := found(env, byName(ctx, env, a.username)).Body
	expectSame(env, before.Body, after, "the user")
	if first != nil {
		expectSame(env, first.Body, after, "the user before and after all changes of the run")
	}
	if beforeByID.Success() {
		expectSame(env, beforeByID.Body, found(env, byID(ctx, env, id)).Body, "the user by id")
	}
}

// hiddenKept changes the password of a user who is not shown, and is not shown for it.
func hiddenKept(ctx context.Context, env *suite.Env, a account) {
	if answer := a.change(ctx, env, freshPassword(env)); !answer.Success() {
		env.NotApplicable("the password of %s can't be changed: %s", a.username, answer)
	}
	turnedAway(env, byName(ctx, env, a.username))
}

// otherMethod sends a change by a method that the path doesn't have.
func otherMethod(method string) func(context.Context, *suite.Env) *client.Exchange {
	return func(ctx context.Context, env *suite.Env) *client.Exchange {
		return env.Send(ctx, method, "/user/{username}/password", changing(disposable(env).username, newPassword)...)
	}
}

// others are the accounts that a target may give beside the one that the cases change.
func others() []string {
	return []string{"disposable-staffless-account", "disposable-disabled-account"}
}

// oddCases are about what is kept of a password, and for whom.
func oddCases() []suite.Case {
	cases := kit.One("IDN-PWD-03", "a former password works that is taken again", formerWorks)
	cases = append(cases, kit.Each("IDN-PWD-03", "a password that is taken is kept as it is: %s", oddPasswords(), keptExactly)...)
	cases = append(cases, kit.Each("IDN-PWD-03", "each of two accounts keeps its own password (%s)", others(), ownKept)...)
	cases = append(cases, kit.Each("IDN-PWD-03", "the path says whose password it is, whatever the body (%s)", others(),
		pathNames)...)
	cases = append(cases, kit.Each("IDN-PWD-03", "the password of %s works after changes of others",
		append(others(), "disposable-rowless-account"), ownOutlasts)...)
	cases = append(cases, kit.Each("IDN-PWD-30", "a change of the password of %s leaves everybody else alone",
		append(others(), "disposable-rowless-account"), othersLeft)...)
	cases = append(cases, kit.Each("IDN-PWD-30", "a change leaves the rest of %s alone",
		append(others(), "disposable-rowless-account"), stateKept)...)
	for requirement, rows := range kit.InOrder(looseOnes()) {
		cases = append(cases, kit.Each(requirement, "nothing like it opens: %s", rows, keptExactly)...)
	}
	return append(cases, kit.Each("IDN-PWD-31", "the old password works after %s on the path", []string{"PUT", "PATCH", "DELETE"},
		func(ctx context.Context, env *suite.Env, method string) { oldKept(ctx, env, otherMethod(method)) })...)
}
