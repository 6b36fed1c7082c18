package identity

import (
	"context"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// failing is a check of a password that fails.
type failing struct {
	what               string
	username, password func(a account) string
}

func (f failing) String() string { return f.what }

// send checks with what the account's password is not, and with the password before: some services lock an account
// after a few failures in a row.
func (f failing) send(ctx context.Context, env *suite.Env) *client.Exchange {
	a := disposable(env)
	if f.username(a) == a.username && f.password(a) == a.password {
		env.NotApplicable("%s is the password itself", f.what)
	}
	signedIn(ctx, env, a)
	answer := check(ctx, env, f.username(a), f.password(a))
	notLocked(env, a.username, answer)
	return answer
}

func wrongPasswords() []failing {
	return []failing{
		wrong("another word", func(string) string { return wrongPassword }),
		wrong("the password and a letter more", func(own string) string { return own + "x" }),
		wrong("the password without its end", func(own string) string { return own[:len(own)-1] + "\u00e9" }),
		wrong("the password and a digit more", func(own string) string { return own + "7" }),
		wrong("the password with accents", accented),
		wrong("an asterisk", func(string) string { return "*" }),
		wrong("the password from its end", func(own string) string {
			letters := []rune(own)
			slices.Reverse(letters)
			return string(letters)
		}),
	}
}

// wrong is a check of the account with what its password is turned into.
func wrong(what string, password func(own string) string) failing {
	return failing{what, func(a account) string { return a.username }, func(a account) string { return password(a.password) }}
}

// spacedPasswords are taken for the password where white space around one is cut off on both sides, which no sentence
// of the document forbids.
func spacedPasswords() []failing {
	return []failing{
		wrong("the password and a space", func(own string) string { return own + " " }),
		wrong("a space and the password", func(own string) string { return " " + own }),
		wrong("the password and a line break", func(own string) string { return own + "\n" }),
	}
}

// trickyPasswords are taken for the password by careless code. How they are refused, a wall before the service may decide.
func trickyPasswords() []failing {
	return []failing{
		wrong("a condition in quotes", func(string) string { return "' or '1'='1" }),
		wrong("the password and a zero byte", func(own string) string { return own + "\x00rollcall" }),
	}
}

// accented gives the vowels accents, or the end where there are no vowels.
func accented(own string) string {
	other := strings.NewReplacer("a", "â", "e", "é", "i", "î", "o", "ô", "u", "û").Replace(own)
	if other == own {
		return own + "\u0301"
	}
	return other
}

func unknownUserCheck() failing {
	return failing{"an unknown user", func(account) string { return nobody }, func(a account) string { return a.password }}
}

// checkCases are about the answers to right and wrong passwords.
func checkCases() []suite.Case {
	return slices.Concat(
		kit.One("IDN-AUTH-01", "the right password is answered", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			answer := check(ctx, env, a.username, a.password)
			a.notStale(ctx, env, answer)
			env.ExpectAnswer(answer)
			wrongIsTold(ctx, env, a.username)
		}),
		kit.Each("IDN-AUTH-01", "the right password is answered (%s)", others()[:1], otherAnswered),
		kit.One("IDN-AUTH-02", "the success has an empty body", func(ctx context.Context, env *suite.Env) {
			a := disposable(env)
			answer := check(ctx, env, a.username, a.password)
			env.Expect(answer).To(match.Status(http.StatusOK))
			env.Expect(answer).To(match.Empty())
			wrongIsTold(ctx, env, a.username)
		}),
		kit.Each("IDN-AUTH-03", "%s is refused", wrongPasswords(), func(ctx context.Context, env *suite.Env, f failing) {
			env.ExpectRefused(f.send(ctx, env))
		}),
		kit.Each("IDN-AUTH-03", "%s is no password", standIns()[:3], standInIsNoPassword),
		kit.Each("IDN-AUTH-03", "%s opens nothing", trickyPasswords(), func(ctx context.Context, env *suite.Env, f failing) {
			env.Expect(f.send(ctx, env)).ToNot(match.Success())
		}),
		kit.Each("IDN-AUTH-03", "a wrong password is refused: %s", []string{"disabledUsername", "rowlessUsername"},
			func(ctx context.Context, env *suite.Env, name string) {
				if !env.Has("given:" + name) {
					env.NotApplicable("the target gives no %s", name)
				}
				answer := check(ctx, env, env.Given(name), wrongPassword)
				turnedAway(env, answer)
				password := strings.Replace(name, "Username", "Password", 1)
				if env.Has("given:"+password) && check(ctx, env, env.Given(name), env.Given(password)).Success() {
					env.ExpectRefused(answer) // who may sign in is told of a wrong password like anybody else
				}
			}),
		kit.Each("IDN-AUTH-03", "the password of another user is refused: %s", []string{"disabledPassword", "rowlessPassword",
			"disposable-staffless-account-password"},
			func(ctx context.Context, env *suite.Env, other string) {
				if !env.Has("given:" + other) {
					env.NotApplicable("the target gives no %s", other)
				}
				answer := check(ctx, env, disposable(env).username, env.Given(other))
				// Asked all the same, as who recomputes the verdict sees neither of the two.
				if answer.Success() && env.Given(other) == disposable(env).password {
					env.NotApplicable("%s is the account's password, too", other)
				}
				env.ExpectRefused(answer)
			}),
		kit.Each("IDN-AUTH-04", "an unknown user is refused: %q", []string{nobody, "rollcall nobody", "*", "rollcall)(cn=*",
			"rollcall-ünbekannt", "rollcall-Łódź-🦅"},
			func(ctx context.Context, env *suite.Env, name string) {
				env.ExpectRefused(check(ctx, env, name, wrongPassword))
			}),
		kit.Each("IDN-AUTH-04", "%s is no username to sign in with", standIns()[3:], standInOpensNothing),
		kit.Each("IDN-AUTH-04", "a wrong password is refused by %s", standIns()[1:3], aliasOpensNothing),
		kit.Each("IDN-AUTH-04", "an unknown user is refused by a password of %d characters", []int{1000},
			func(ctx context.Context, env *suite.Env, length int) {
				env.ExpectRefused(check(ctx, env, nobody, strings.Repeat("p", length)))
			}),
		kit.Each("IDN-AUTH-04", "a known user is refused by a wrong password of %d characters", []int{1000},
			func(ctx context.Context, env *suite.Env, length int) {
				if !env.Has("disposable-account") {
					env.NotApplicable("the target gives no disposable-account")
				}
				turnedAway(env, check(ctx, env, disposable(env).username, strings.Repeat("p", length)))
			}),
	)
}

// failedCases are about the answer to a check that fails.
func failedCases() []suite.Case {
	failed := append(wrongPasswords()[:2], unknownUserCheck())
	return slices.Concat(
		kit.Each("IDN-AUTH-05", "the body says so and no more: %s", failed, func(ctx context.Context, env *suite.Env, f failing) {
			expectFailedCheck(env, f.send(ctx, env))
		}),
		kit.One("IDN-AUTH-06", "a wrong password and an unknown user can't be told apart", sameRefusal),
		kit.One("IDN-AUTH-06", "a wrong password of a disabled user is no other", sameWhenDisabled),
		kit.Each("IDN-AUTH-07", "no challenge is sent: %s", failed, func(ctx context.Context, env *suite.Env, f failing) {
			refusal := f.send(ctx, env)
			env.Expect(refusal).To(match.Status(http.StatusUnauthorized))
			env.Expect(refusal.Header.Values("WWW-Authenticate")).To(gomega.BeEmpty())
		}),
		kit.Each("IDN-AUTH-08", "the refusal is JSON: %s", failed, func(ctx context.Context, env *suite.Env, f failing) {
			refusal := f.send(ctx, env)
			env.Expect(refusal).To(match.Status(http.StatusUnauthorized))
			mediaType, _, err := mime.ParseMediaType(refusal.Header.Get("Content-Type"))
			env.Expect(err == nil).To(gomega.BeTrue(), "whether the Content-Type %q can be read",
				refusal.Header.Get("Content-Type"))
			env.Expect(mediaType).To(gomega.Equal("application/json"))
		}),
	)
}

// sameRefusal compares status, body and headers, those headers aside that differ
// between two checks of the same wrong password, too.
func sameRefusal(ctx context.Context, env *suite.Env) {
	wrong, again := wrongPasswords()[0].send(ctx, env), wrongPasswords()[0].send(ctx, env)
	env.Expect(wrong).To(match.Status(http.StatusUnauthorized))
	unknown := unknownUserCheck().send(ctx, env)
	env.Expect(unknown).To(match.Status(wrong.Status))
	env.Expect(string(unknown.Body)).To(gomega.Or(gomega.Equal(string(wrong.Body)), saysLike(wrong, again)))
	for _, name := range headerNames(wrong, again, unknown) {
		if slices.Equal(wrong.Header[name], again.Header[name]) {
			env.Expect(unknown.Header[name]).To(gomega.Equal(wrong.Header[name]), "the header %s", name)
		}
	}
}

// sameWhenDisabled compares what a wrong password of a disabled user is told with what an
// unknown user is.
func sameWhenDisabled(ctx context.Context, env *suite.Env) {
	if !env.Has("given:disabledUsername") {
		env.NotApplicable("the target gives no disabledUsername")
	}
	unknown, again := check(ctx, env, nobody, wrongPassword), check(ctx, env, nobody, wrongPassword)
	disabled := check(ctx, env, env.Given("disabledUsername"), wrongPassword)
	env.Expect(unknown).To(match.Status(http.StatusUnauthorized))
	env.Expect(disabled).To(match.Status(unknown.Status))
	env.Expect(string(disabled.Body)).To(gomega.Or(gomega.Equal(string(unknown.Body)), saysLike(unknown, again)))
}

// saysLike matches the body of a refusal that differs from an earlier one in no more than in what differs between two
// refusals of the same request, such as the time or the id of a trace.
func saysLike(one, again *client.Exchange) types.GomegaMatcher {
	changing := match.Differences(one.Body, again.Body)
	return match.Such("to say what the other refusal does", func(body any) bool {
		text, _ := body.(string)
		return gjson.Valid(text) && !slices.ContainsFunc(match.Differences(one.Body, []byte(text)), func(pointer string) bool {
			return !slices.Contains(changing, pointer)
		})
	})
}

// signedIn asks for the account's own password, which ends a row of failures.
func signedIn(ctx context.Context, env *suite.Env, a account) {
	check(ctx, env.As(suite.DefaultPersona), a.username, a.password)
}

// otherAnswered checks the password that the target gives of another account. A disabled user's may be refused.
func otherAnswered(ctx context.Context, env *suite.Env, name string) {
	a := another(env, name)
	if !isEnabled(ctx, env, a.username) {
		env.NotApplicable("the user %s is not shown as enabled", a.username)
	}
	answer := check(ctx, env, a.username, a.password)
	notLocked(env, a.username, answer)
	a.notStale(ctx, env, answer)
	env.ExpectAnswer(answer)
	wrongIsTold(ctx, env, a.username)
}

// isEnabled says whether a user is shown, and as enabled: who is not may be kept from signing in.
func isEnabled(ctx context.Context, env *suite.Env, username string) bool {
	user := byName(ctx, env.As(suite.DefaultPersona), username)
	return user.Success() && user.Get("enabled").Bool()
}

// standInIsNoPassword checks what is known of the user in place of the password.
func standInIsNoPassword(ctx context.Context, env *suite.Env, s kit.StandIn) {
	a := disposable(env)
	user := byName(ctx, env.As(suite.DefaultPersona), a.username)
	text := s.Of(user)
	if !user.Success() || text == "" || strings.EqualFold(text, a.password) {
		env.NotApplicable("%s of %s is not shown, or is the password", s.What, a.username)
	}
	signedIn(ctx, env, a)
	answer := check(ctx, env, a.username, text)
	notLocked(env, a.username, answer)
	env.ExpectRefused(answer)
}

// headerNames lists the headers that any of the answers has, but for those that
// tell of the moment or of the connection.
func headerNames(answers ...*client.Exchange) []string {
	names := map[string]bool{}
	for _, answer := range answers {
		for name := range answer.Header {
			names[name] = true
		}
	}
	for _, name := range []string{"Date", "Age", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive"} {
		delete(names, name)
	}
	return slices.Sorted(maps.Keys(names))
}
