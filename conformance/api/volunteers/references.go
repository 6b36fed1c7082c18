package volunteers

import (
	"context"
	"fmt"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// below is the kind of entries below a note or a touchpoint.
type below struct {
	parent         sub
	create, member string   // the operation, and where the parent lists its entries
	raised         kit.Body // flags of a parent, set so that an entry could clear them
}

// add asks for a new entry of that body.
func (b below) add(ctx context.Context, env *suite.Env, user *client.Exchange, record any, body any) *client.Exchange {
	return env.Call(ctx, b.create, of(user), client.Path(b.parent.ID, record), client.JSON(body))
}

// addedCase expects an entry to be answered with an id and the body sent, and to
// be kept that way, be the record private, as that of the page's sample is, or not.
func (b below) addedCase(requirement string, private bool) suite.Case {
	title := map[bool]string{false: "it is answered with an id and the body sent", true: "that of a private one is, too"}
	return suite.Case{Requirement: requirement, Title: title[private],
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			parent := recordOf(b.parent.of(user).Made(ctx, env, kit.Body{"private": private}))
			text := "Called back " + env.Unique("entry")
			answer := b.add(ctx, env, user, parent, map[string]any{"body": text})
			env.ExpectAnswer(answer)
			kit.ExpectShape(env, answer, "data.id", kit.IsInteger)
			env.Expect(answer).To(kit.Sent("data.body", text, env.Strict()))
			back := b.parent.of(user).Get(ctx, env, parent)
			env.Expect(back).To(kit.Texts("data."+b.member+".#.body", gomega.ConsistOf(text)))
		}}
}

// amongCase expects entries, with the bodies sent, to be among those of their own parent
// only, wherever it is shown. In an answer to a change they are looked for where a change
// can't take them off.
func (b below) amongCase(requirement string, fixed bool) suite.Case {
	return suite.Case{Requirement: requirement, Title: "it is among those of its parent, and of no other",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			parent, other := recordOf(b.parent.of(user).Made(ctx, env)), recordOf(b.parent.of(user).Made(ctx, env))
			entries := map[string]string{}
			for range 2 {
				text := "Called back " + env.Unique("entry")
				answer := b.add(ctx, env, user, parent, map[string]any{"body": text})
				env.ExpectAnswer(answer)
				entries[recordOf(answer)] = text
				env.Expect(b.parent.of(user).Get(ctx, env, parent)).To(b.holds("data", entries))
			}
			env.Expect(b.parent.of(user).Get(ctx, env, other)).To(b.holds("data", nil))
			list := b.parent.of(user).All(ctx, env)
			env.Expect(list).To(data.Has(parent, other))
			env.Expect(list).To(b.holds(data.Place(list, parent), entries))
			env.Expect(list).To(b.holds(data.Place(list, other), nil))
			if fixed {
				env.Expect(b.parent.of(user).Changed(ctx, env, parent, b.parent.WholeBody(env))).To(b.holds("data", entries))
				env.Expect(b.parent.of(user).Get(ctx, env, parent)).To(b.holds("data", entries))
			}
		}}
}

// holds wants that the record at the path has exactly these entries, by id and body.
func (b below) holds(path string, entries map[string]string) types.GomegaMatcher {
	return match.That(fmt.Sprintf("%d of %s in %s, with the bodies sent", len(entries), b.member, path),
		func(e *client.Exchange) string {
			if !e.Get(path).IsObject() {
				return "there is no record"
			}
			found := e.Get(path + "." + b.member)
			items := found.Array()
			for _, item := range items {
				if body, ok := entries[item.Get("id").String()]; !ok || item.Get("body").String() != body {
					return "it is " + found.Raw
				}
			}
			if len(items) != len(entries) {
				return fmt.Sprintf("there are %d: %s", len(items), match.Short(found.Raw))
			}
			return ""
		})
}

// orphanCase expects an entry to an unknown parent to be refused.
func (b below) orphanCase(requirement string) suite.Case {
	return suite.Case{Requirement: requirement, Title: b.create + " refuses an unknown record",
		Check: func(ctx context.Context, env *suite.Env) {
			user := makeUser(ctx, env)
			parent := recordOf(b.parent.of(user).Made(ctx, env))
			body := map[string]any{"body": "Called back " + env.Unique("entry")}
			env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
				return b.add(ctx, env, user, unknownID(env, 0), body)
			}, b.parent.of(user).Reads(env, parent)...)
		}}
}
