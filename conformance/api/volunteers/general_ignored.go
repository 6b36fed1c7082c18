package volunteers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
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
		if operation == s.Creates {
			body = func(env *suite.Env) map[string]any { return s.body(ctx, env) }
		}
		sent := body(env)
		sent[stray] = stray
		answer := env.Call(ctx, operation, kit.Also(s.at(), client.JSON(sent))...)
		env.ExpectAnswer(answer)
		seen := []string{string(answer.Body), s.readBack(ctx, env, operation)}
		for _, body := range seen {
			env.Expect(strings.Contains(body, stray)).To(gomega.BeFalse(), "the unknown member shows in %s", body)
		}
		switch {
		case s.shown != "" && operation == s.Updates || s.parent != nil:
			env.Expect(answer).To(match.Member(kit.Path(s.Record, s.shown), sent[s.shown]), "the known members are stored")
			env.Expect(strings.Contains(seen[1], fmt.Sprint(sent[s.shown]))).To(gomega.BeTrue(), "and read again in %s", seen[1])
		case operation == s.Creates && s.Name != "user":
			env.Expect(listOf(ctx, env, s.Lists, s.at()...).Texts("data.#.id")).To(gomega.ContainElement(answer.Text("data.id")))
		case operation == s.Creates:
			env.Must(ctx, s.Gets, of(answer))
		}
	}
}

// readBack is what can be read of a record that was written: itself, or all of the list
// that it is in.
func (s stand) readBack(ctx context.Context, env *suite.Env, operation string) string {
	switch {
	case s.parent != nil || s.Name == "user":
		return states(ctx, s.reads(env))
	case operation == s.Updates && s.Gets != "":
		return string(env.Must(ctx, s.Gets, s.at()...).Body)
	}
	return string(listOf(ctx, env, s.Lists, s.at()...).Body)
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
	other, mine := r.stand(ctx, env), r.stand(ctx, env)
	victim := other.record
	if r.parent != nil {
		victim = r.below(ctx, env, other)
		r.below(ctx, env, mine) // so that the next one is another even where each user's are numbered by themselves
	}
	sent := r.body(ctx, env)
	sent["id"], sent["user_id"] = number(victim), number(other.user)
	before := states(ctx, other.reads(env))
	answer := env.Call(ctx, r.Creates, kit.Also(mine.at(), client.JSON(sent))...)
	env.ExpectAnswer(answer)
	env.Expect(r.IDOf(answer)).ToNot(gomega.BeEmpty(), "the new record has an id")
	env.Expect(r.IDOf(answer)).ToNot(gomega.Equal(victim), "the id is not the one sent")
	if owner := answer.Get(kit.Path(r.Record, "user_id")); owner.Exists() {
		env.Expect(owner.String()).To(gomega.Equal(mine.user), "user_id is that of the path")
	}
	env.Expect(match.Differences([]byte(before), []byte(states(ctx, other.reads(env))))).To(gomega.BeEmpty(),
		"the other user's records")
	switch {
	case r.Name == "user":
		read := env.Call(ctx, r.Gets, of(answer))
		env.Expect(read).To(match.Member("last_name", sent["last_name"]), "the new user is stored beside the old one")
	case r.parent != nil:
		env.Expect(states(ctx, mine.reads(env))).To(gomega.ContainSubstring(fmt.Sprint(sent["body"])))
	default:
		env.Expect(listOf(ctx, env, r.Lists, mine.at()...).Texts("data.#.id")).To(gomega.ContainElement(answer.Text("data.id")))
	}
}

// below makes a sub record below the stand's record and returns its identifier.
func (r resource) below(ctx context.Context, env *suite.Env, s stand) string {
	return r.IDOf(env.Must(ctx, r.Creates, kit.Also(s.at(), client.JSON(r.body(ctx, env)))...))
}

// number gives an identifier as the number that most bodies want.
func number(id string) any {
	var n int
	if _, err := fmt.Sscan(id, &n); err != nil {
		return id
	}
	return n
}
