package suite

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/onsi/gomega/matchers"
	"github.com/onsi/gomega/types"
	"golang.org/x/text/unicode/norm"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// Env is what a case sees of the run: callers, given things, and the ways to end.
// A failed expectation ends the case at once, by a panic that the runner
// recovers; so does every method said to end it. One Env serves one case in one
// goroutine.
type Env struct {
	run     *caseRun
	persona string
}

// Expect starts a Gomega assertion bound to this case. An exchange as actual
// becomes the case's evidence.
func (env *Env) Expect(actual any, extra ...any) types.Assertion {
	if exchange, ok := actual.(*client.Exchange); ok {
		env.run.subject = exchange
	}
	return plainAssertion{Assertion: env.run.gomega.Expect(actual, extra...), env: env, actual: actual}
}

// plainAssertion is an assertion whose failures speak the words of the suite, not those of the library.
type plainAssertion struct {
	types.Assertion
	env    *Env
	actual any
}

// To asserts that the matcher matches. A success is to be had only of a request that keeps
// the contract, or breaks it on purpose.
func (a plainAssertion) To(m types.GomegaMatcher, description ...any) bool {
	if exchange, ok := a.actual.(*client.Exchange); ok && match.WantsSuccess(m) {
		a.env.mustHaveBeenValid(exchange)
	}
	a.env.run.look = func() *reports.Sight { return a.sight(m) }
	defer a.env.run.seen()
	return a.Assertion.To(match.Plain(m), description...)
}

// ToNot asserts that the matcher doesn't match.
func (a plainAssertion) ToNot(m types.GomegaMatcher, description ...any) bool {
	if _, compound := m.(*matchers.AndMatcher); !compound {
		a.env.run.look = func() *reports.Sight { return a.sight(m) }
	}
	defer a.env.run.seen()
	return a.Assertion.ToNot(match.Plain(m), description...)
}

// sight is where the matcher looked when the assertion failed, nil where that is not one place, or not known.
func (a plainAssertion) sight(m types.GomegaMatcher) *reports.Sight {
	exchange, ok := a.actual.(*client.Exchange)
	if !ok {
		return nil
	}
	if wanted := match.Wanted(m); wanted != "" && !a.env.run.sent(wanted) {
		return nil // it is what another answer said, which may be the wrong one
	}
	place, one := match.PlaceOf(m, exchange)
	if !one {
		return nil
	}
	return &reports.Sight{Part: string(place.Part), Name: place.Name}
}

// sent says whether a request of the case so far holds the text, whole or as a URL spells it.
func (c *caseRun) sent(text string) bool {
	spelt := []string{text, url.QueryEscape(text), url.PathEscape(text)}
	return slices.ContainsFunc(c.exchanges, func(e *client.Exchange) bool {
		said := asked(e)
		return slices.ContainsFunc(spelt, func(one string) bool { return strings.Contains(said, one) })
	})
}

// MadeIn says whether the case has made something in the list that was read: a POST to the very place was accepted.
func (env *Env) MadeIn(list *client.Exchange) bool {
	place, _, _ := strings.Cut(list.URL, "?")
	return slices.ContainsFunc(env.run.exchanges, func(e *client.Exchange) bool {
		return e.Method == http.MethodPost && e.Success() && e.URL == place
	})
}

// seen ends an expectation.
func (c *caseRun) seen() { c.look = nil }

// Fail ends the case as failed for the given reason.
func (env *Env) Fail(format string, args ...any) {
	env.run.end(reports.Fail, fmt.Sprintf(format, args...))
}

// Undetermined ends the case as not decidable on this target, with the reason.
func (env *Env) Undetermined(format string, args ...any) {
	env.run.end(reports.Undetermined, fmt.Sprintf(format, args...))
}

// NotApplicable ends the case as not asked of this target, with the reason.
func (env *Env) NotApplicable(format string, args ...any) {
	env.run.end(reports.NotApplicable, fmt.Sprintf(format, args...))
}

// As returns the same case seen by another caller. It ends the case as
// undetermined when the target has no such persona.
func (env *Env) As(persona string) *Env {
	if _, ok := env.run.session.target.Personas[persona]; !ok && persona != DefaultPersona {
		env.Undetermined("needs the persona %q, which the target does not have: add it under personas", persona)
	}
	return &Env{run: env.run, persona: persona}
}

// Has says whether the target meets a need: a persona, "given:name", or "info:name" of the
// present caller.
func (env *Env) Has(need string) bool {
	if name, ok := strings.CutPrefix(need, "info:"); ok {
		return env.run.session.target.Personas[env.persona].Info[name] != ""
	}
	return env.run.session.target.Has(need)
}

// Given returns what the target gives under that name. It ends the case as
// undetermined when it gives nothing. What may be changed has a name that begins
// with "disposable": until the case ends, no other case of the run gets any such
// thing of a target without worlds.
func (env *Env) Given(name string) string {
	value := env.run.session.target.Given[name]
	if strings.HasPrefix(name, "disposable") {
		if consent := env.run.session.target.Destructive; consent != nil && !*consent {
			env.Undetermined("changes what it did not make, and the target's file says destructive: false; allow it " +
				"there, or with --yes")
		}
		env.run.lock()
	}
	if value == "" {
		env.Undetermined("needs given:%s, which the target does not give: add it under given", name)
	}
	env.run.session.spellings.learn(value)
	return norm.NFC.String(value)
}

// Info returns what is known of the present caller under that name, such as an
// id of its own. It ends the case as undetermined when nothing is.
func (env *Env) Info(name string) string {
	value := env.run.session.target.Personas[env.persona].Info[name]
	if value == "" {
		env.Undetermined("needs %s of the persona %q: add it under its info", name, env.persona)
	}
	return value
}

// Unique returns the prefix, a hyphen and eleven letters that no other call in
// this run returns, and that the same call in a run of the same seed returns
// again. Three of the letters may be the run's mark: the eight others are enough
// for thousands of values without two alike.
func (env *Env) Unique(prefix string) string {
	env.run.uniques++
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%d/%s/%s/%d", env.run.session.uniqueSeed, env.run.item.Requirement, env.run.item.Title, env.run.uniques)
	if env.run.item.Requirement == "" { // a look, which each process of a run makes for itself
		fmt.Fprintf(hash, "/%d", env.run.session.process)
	}
	letters := append(env.run.session.mark(), make([]byte, uniqueLetters)...)[:uniqueLetters]
	spell(letters, len(env.run.session.mark()), hash.Sum64())
	if env.run.words == nil {
		env.run.words = map[string]bool{}
	}
	env.run.words[string(letters)] = true
	return prefix + "-" + string(letters)
}

// MadeUp notes a password that the case made of what Unique gave, and returns it: who repeats the requests of the case makes up
// another one, and is told of none.
func (env *Env) MadeUp(password string) string {
	env.run.passwords = append(env.run.passwords, password)
	return password
}

// Turn says how often the case has asked under the name before, for what it takes in turn.
func (env *Env) Turn(name string) int {
	if env.run.turns == nil {
		env.run.turns = map[string]int{}
	}
	turn := env.run.turns[name]
	env.run.turns[name]++
	return turn
}

// uniqueLetters is how many letters end a name that Env.Unique makes.
const uniqueLetters = 11

// spell fills in the letters from one on. None stands beside itself or a neighbour in the
// alphabet: passwords are made of them, and many services refuse one with aaa or abc in it.
func spell(letters []byte, from int, sum uint64) {
	const letter = 26
	for i := from; i < len(letters); i++ {
		next := byte(sum % letter)
		sum /= letter
		if i > 0 && (next+letter+1-(letters[i-1]-'a'))%letter <= 2 {
			next = (next + letter/2) % letter
		}
		letters[i] = 'a' + next
	}
}

// mark is what all that a run makes at a target without worlds has after the hyphen of
// its name, so that its owner finds it: three letters.
func (s *session) mark() []byte {
	if s.target.Worlds != "" {
		return nil // where what the run makes is gone with its world
	}
	hash := fnv.New64a()
	fmt.Fprintf(hash, "mark/%d", s.uniqueSeed)
	letters := make([]byte, 3)
	spell(letters, 0, hash.Sum64())
	return letters
}

// AtFirst returns what look gave when a case of this run first asked under the name, such
// as a record before any case changed it; nil when that came to nothing, which is not the
// business of the case that happens to look. A target with worlds gives each case the same
// beginning, so that it is compared across cases there as well.
func (env *Env) AtFirst(name string, look func() *client.Exchange) *client.Exchange {
	first := &env.run.session.atFirst
	if before, ok := first.Load(name); ok {
		return before.(*client.Exchange)
	}
	before, _ := first.LoadOrStore(name, env.looked(look))
	return before.(*client.Exchange)
}

// Beside returns what look gave in a case of its own, when a case of this run first asked
// under the name; nil when that came to nothing. It is for what a run has to know of a
// target before it can ask: what look writes is not seen where the case looks.
func (env *Env) Beside(
	ctx context.Context, name string, look func(context.Context, *Env) *client.Exchange,
) *client.Exchange {
	return env.AtFirst(name, func() (seen *client.Exchange) {
		env.run.session.perform(ctx, Case{Title: name, Check: func(ctx context.Context, env *Env) { seen = look(ctx, env) }})
		return seen
	})
}

// looked is what look gave, nil when it ended the case.
func (env *Env) looked(look func() *client.Exchange) (seen *client.Exchange) {
	needing := env.run.needing
	defer func() {
		if recover() != nil {
			seen = nil
		}
		env.run.needing = needing
	}()
	return look()
}

// Context returns the case's own context, for what is handed none, such as the body of a request.
func (env *Env) Context() context.Context { return env.run.ctx }

// Requirement returns the requirement that the case checks.
func (env *Env) Requirement() *contract.Requirement { return env.run.requirement }

// Contract returns the contract of the run.
func (env *Env) Contract() *contract.Contract { return env.run.session.contract }

// Documented returns the documented response by which an answer of that status is
// judged. In an accepting reading, that is also the one in whose place a
// requirement accepts the status.
func (env *Env) Documented(op *contract.Operation, status int) (*contract.Response, bool) {
	return env.Contract().Judged(op, status, env.Strict())
}

// Strict says whether the target is read strictly.
func (env *Env) Strict() bool { return env.run.session.strict() }

// Now returns the time at the target: its world's clock as far as it is known,
// else this machine's.
func (env *Env) Now() time.Time {
	if env.run.worldID == "" && env.run.ctx != nil {
		env.run.world(env.run.ctx) // which may stand on another day than the machine
	}
	return env.run.clock()
}
