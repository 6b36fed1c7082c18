package volunteers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func ignoredCases() []suite.Case {
	return slices.Concat(
		each("VOL-GEN-17", "an unknown member is ignored", writesBody, unknownMember),
		each("VOL-GEN-18", "an identifier in the body is ignored", created, forgedIdentifier),
	)
}

// unknownMember sends a member that no contract has beside valid ones: those are
// stored, it is neither answered nor read.
func unknownMember(ctx context.Context, env *suite.Env, r resource) {
	s := r.stand(ctx, env)
	stray := word(env, "zzz")
	for _, operation := range s.bodies() {
		body := s.change
		if operation == s.create {
			body = func(env *suite.Env) map[string]any { return s.body(ctx, env) }
		}
		sent := body(env)
		sent[stray] = stray
		answer := env.Call(ctx, operation, with(s.at(), client.JSON(sent))...)
		env.ExpectAnswer(answer)
		seen := []string{string(answer.Body), s.readBack(ctx, env, operation)}
		for _, body := range seen {
			env.Expect(strings.Contains(body, stray)).To(gomega.BeFalse(), "the unknown member shows in %s", body)
		}
		switch {
		case s.shown != "" && operation == s.update || s.parent != nil:
			env.Expect(answer).To(match.Member(s.root+s.shown, sent[s.shown]), "the known members are stored")
			env.Expect(strings.Contains(seen[1], fmt.Sprint(sent[s.shown]))).To(gomega.BeTrue(), "and read again in %s", seen[1])
		case operation == s.create && s.name != "user":
			env.Expect(listOf(ctx, env, s.list, s.at()...).Texts("data.#.id")).To(gomega.ContainElement(answer.Text("data.id")))
		case operation == s.create:
			env.Must(ctx, s.get, of(answer))
		}
	}
}

// readBack is what can be read of a record that was written: itself, or all of the list
// that it is in.
func (s stand) readBack(ctx context.Context, env *suite.Env, operation string) string {
	switch {
	case s.parent != nil || s.name == "user":
		return states(ctx, s.reads(env))
	case operation == s.update && s.get != "":
		return string(env.Must(ctx, s.get, s.at()...).Body)
	}
	return string(listOf(ctx, env, s.list, s.at()...).Body)
}

func states(ctx context.Context, reads []suite.Read) string {
	var found strings.Builder
	for _, read := range reads {
		found.Write(read(ctx))
	}
	return found.String()
}

// forgedIdentifier sends the identifiers of another user's record with a create:
// that record stays, and the new one is of the user in the path.
func forgedIdentifier(ctx context.Context, env *suite.Env, r resource) {
	mine, other := r.stand(ctx, env), r.stand(ctx, env)
	victim := other.record
	if r.parent != nil {
		victim = r.below(ctx, env, other)
	}
	sent := r.body(ctx, env)
	sent["id"], sent["user_id"] = number(victim), number(other.user)
	before := states(ctx, other.reads(env))
	answer := env.Call(ctx, r.create, with(mine.at(), client.JSON(sent))...)
	env.ExpectAnswer(answer)
	env.Expect(answer.Text(r.root+"id")).ToNot(gomega.BeEmpty(), "the new record has an id")
	env.Expect(answer.Text(r.root+"id")).ToNot(gomega.Equal(victim), "the id is not the one sent")
	if owner := answer.Get(r.root + "user_id"); owner.Exists() {
		env.Expect(owner.String()).To(gomega.Equal(mine.user), "user_id is that of the path")
	}
	env.Expect(match.Differences([]byte(before), []byte(states(ctx, other.reads(env))))).To(gomega.BeEmpty(), "the other user's records")
	switch {
	case r.name == "user":
		read := env.Call(ctx, r.get, of(answer))
		env.Expect(read).To(match.Member("last_name", sent["last_name"]), "the new user is stored beside the old one")
	case r.parent != nil:
		env.Expect(states(ctx, mine.reads(env))).To(gomega.ContainSubstring(fmt.Sprint(sent["body"])))
	default:
		env.Expect(listOf(ctx, env, r.list, mine.at()...).Texts("data.#.id")).To(gomega.ContainElement(answer.Text("data.id")))
	}
}

// below makes a sub record below the stand's record and returns its identifier.
func (r resource) below(ctx context.Context, env *suite.Env, s stand) string {
	return env.Must(ctx, r.create, with(s.at(), client.JSON(r.body(ctx, env)))...).Text(r.root + "id")
}

// number gives an identifier as the number that most bodies want.
func number(id string) any {
	var n int
	if _, err := fmt.Sscan(id, &n); err != nil {
		return id
	}
	return n
}
