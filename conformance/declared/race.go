package declared

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// racers is how many requests are sent at once.
const racers = 4

// race sends new records at once. Those that were made are taken back after the case.
func (res *resource) race(ctx context.Context, env *suite.Env, a *act, above *record, bodies []kit.Body) []*client.Exchange {
	var requests [][]client.Option
	var lines [][]string
	for _, body := range bodies {
		line := res.lineOf(env, a, above, body)
		requests, lines = append(requests, []client.Option{a.at(line), a.sent(body)}), append(lines, line)
	}
	answers := env.Together(ctx, a.Operation, requests...)
	for i, answer := range answers {
		if answer.Success() {
			res.take(ctx, env, a, above, lines[i], bodies[i], answer)
		}
	}
	return answers
}

// expectWinners expects so many of the answers to be successes, and the others refusals as the
// requirement asks for them: what they would be one after the other.
func expectWinners(env *suite.Env, answers []*client.Exchange, want int) {
	won := 0
	for _, answer := range answers {
		if answer.Success() {
			if won++; won > want {
				env.Expect(answer).To(match.Refuse(env.Requirement(), env.Strict()),
					"of %d at once %d may be taken", len(answers), want)
			}
			continue
		}
		env.ExpectRefused(answer)
	}
	if won < want {
		env.Expect(answers[0]).To(match.Success(), "of %d at once %d has to be taken", len(answers), want)
	}
}
