package declared

import (
	"context"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// ruleCheck is what a case does about one rule, and one operation of those that it concerns.
type ruleCheck = func(ctx context.Context, env *suite.Env, res *resource, one *contract.Rule, a *act)

// ruleTemplate is one case of a sort of rule. Of has the verbs of the operations that each get
// a case; none stands for a case without an operation of its own.
type ruleTemplate struct {
	sort  contract.RuleKind
	part  string // of the rule, "" for the rule itself
	title string
	of    []contract.Verb
	check ruleCheck
}

func ruleTemplates() []ruleTemplate {
	creating, changing := []contract.Verb{contract.VerbCreate, contract.VerbBulk, contract.VerbUpsert},
		[]contract.Verb{contract.VerbUpdate, contract.VerbReplace, contract.VerbUpsert}
	writing, deleting := slices.Concat(creating, changing), []contract.Verb{contract.VerbDelete}
	return []ruleTemplate{
		{contract.RuleUnique, "", "a value that another record has is refused", creating, uniqueCreate},
		{contract.RuleUnique, "", "the value of another record is refused", changing, uniqueChange},
		{contract.RuleUnique, "", "apart from each other the same value is taken", creating, uniqueApart},
		{contract.RuleUnique, "", "of some at once one wins", creating, uniqueRace},
		{contract.RuleUnique, contract.PartSelf, "its own value is taken", changing, uniqueSelf},
		{contract.RuleUnique, contract.PartFold, "in other letters the value is refused", creating, uniqueFold},
		{contract.RuleUnique, contract.PartFold, "in other letters another's value is refused", changing, uniqueFoldChange},
		{contract.RuleReference, "", "what names nothing is refused", creating, referenceCreate},
		{contract.RuleReference, "", "a change to what names nothing is refused", changing, referenceChange},
		{contract.RuleReference, "", "null names nothing and is taken where it may be sent", writing, referenceNull},
		{contract.RuleImmutable, "", "another value is refused", changing, immutableOther},
		{contract.RuleImmutable, "", "the same value is taken", changing, immutableSame},
		{contract.RuleRequired, "", "with the condition it must be sent", creating, requiredCreate},
		{contract.RuleRequired, "", "what comes under the condition must have it", changing, requiredChange},
		{contract.RuleRequired, "", "what is under the condition keeps it", changing, requiredTaken},
		{contract.RuleOrdered, "", "the other way round is refused", creating, orderedCreate},
		{contract.RuleOrdered, "", "a change to the other way round is refused", changing, orderedChange},
		{contract.RuleRestrict, "", "what is named stays, and goes when it is no longer named", deleting, restricted},
		{contract.RuleCascade, "", "what names it goes with it", deleting, cascaded},
		{contract.RuleUndeletable, "", "with the value it stays, and goes without", deleting, undeletable},
		{contract.RuleKeepOne, "", "the last one stays, the one before it goes", deleting, keepOne},
		{contract.RuleKeepOne, "", "of two deleted at once one stays", deleting, keepOneRace},
		{contract.RuleLimit, "", "one too many is refused, and taken when there is room again", creating, limited},
		{contract.RuleLimit, "", "of some at once as many win as there is room for", creating, limitRace},
		{contract.RuleSequence, "", "new ones count on", creating, sequence},
		{contract.RuleSequence, "", "some at once have a number each", creating, sequenceRace},
		{contract.RuleExclusive, "", "a new one takes it from the others", creating, exclusiveCreate},
		{contract.RuleExclusive, "", "a changed one takes it from the others", changing, exclusiveChange},
	}
}

// ruleCases are those of all rules.
func (r *room) ruleCases() (all []suite.Case) {
	for _, one := range r.behavior.Rules {
		res := r.resources[one.On]
		if res == nil {
			continue
		}
		switch one.Kind {
		case contract.RuleTransition:
			all = append(all, res.transitionCases(one)...)
		case contract.RuleRequired:
			all = append(all, res.requiredActions(one)...)
		}
		for _, t := range ruleTemplates() {
			if t.sort == one.Kind {
				all = append(all, r.casesOf(res, one, t)...)
			}
		}
	}
	return all
}

// casesOf are those of one template: one for each operation that the row is about.
func (r *room) casesOf(res *resource, one *contract.Rule, t ruleTemplate) (all []suite.Case) {
	id := one.ID
	if t.part != "" {
		id = one.Part(t.part)
	}
	q, ok := r.contract.Requirement(id)
	if !ok {
		return nil
	}
	for _, operation := range q.Operations {
		a := r.act(operation)
		if !slices.Contains(t.of, a.Verb) || !applies(t, one, a) {
			continue
		}
		all = append(all, kit.One(id, operation+": "+t.title, func(ctx context.Context, env *suite.Env) {
			t.check(ctx, env, res, one, a)
		})...)
	}
	return all
}

// applies says whether a template has something to send to the operation.
func applies(t ruleTemplate, one *contract.Rule, a *act) bool {
	member := one.Member
	switch one.Kind {
	case contract.RuleRestrict, contract.RuleCascade, contract.RuleUndeletable, contract.RuleKeepOne, contract.RuleLimit,
		contract.RuleSequence:
		return true
	case contract.RuleImmutable, contract.RuleOrdered:
		return slices.ContainsFunc(one.Members, a.takes)
	case contract.RuleReference:
		if one.SentAs != "" {
			member = one.SentAs
		}
		if s, ok := a.input().Property(member); t.title == "null names nothing and is taken where it may be sent" &&
			(!ok || !s.Nullable) {
			return false
		}
	case contract.RuleUnique:
		if t.title == "apart from each other the same value is taken" && one.Within == "" {
			return false
		}
	case contract.RuleRequired:
		return a.takes(one.Member) || a.takes(one.If.Member)
	}
	return a.takes(member)
}

// refused expects a body to be refused without a trace, where the right one is taken.
func refused(
	ctx context.Context, env *suite.Env, send func(kit.Body) *client.Exchange, wrong, right kit.Body, reads ...suite.Read,
) {
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return send(wrong) }, reads...)
	control(ctx, env, send(right))
}

// creation sends bodies of new records under one that the case has made.
func (res *resource) creation(ctx context.Context, env *suite.Env, a *act, above *record) func(kit.Body) *client.Exchange {
	return func(body kit.Body) *client.Exchange { return res.create(ctx, env, a, above, body) }
}

// alteration sends bodies of changes of a record.
func (res *resource) alteration(ctx context.Context, env *suite.Env, a *act, r *record) func(kit.Body) *client.Exchange {
	return func(body kit.Body) *client.Exchange {
		return env.Call(ctx, a.Operation, a.at(r.line()), a.sent(body))
	}
}
