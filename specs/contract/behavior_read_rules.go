package contract

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// ruleKinds lists the kinds in the order in which messages name them.
func ruleKinds() []RuleKind {
	return []RuleKind{
		RuleUnique,
		RuleReference,
		RuleRestrict,
		RuleCascade,
		RuleImmutable,
		RuleTransition,
		RuleRequired,
		RuleKeepOne,
		RuleExclusive,
		RuleLimit,
		RuleSequence,
		RuleOrdered,
		RuleUndeletable,
	}
}

func (r *behaviorReader) rules(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode {
		r.at(n, "Write each as - {on: book, unique: isbn}", "the rules are no list")
		return
	}
	for _, item := range n.Content {
		if one := r.rule(unalias(item)); one != nil {
			r.out.Rules = append(r.out.Rules, one)
		}
	}
}

// rule reads one row: what it is on, its kind, and what belongs to the kind.
func (r *behaviorReader) rule(n *yaml.Node) *Rule {
	out := &Rule{Level: Must, Origin: stated(n)}
	on := member(n, "on")
	if on == nil {
		r.at(n, "Add on: RESOURCE", "the rule does not say what it is on")
		return nil
	}
	of := r.resource(on, on.Value)
	if of == nil {
		return nil
	}
	out.On = of.Name
	var kinds []string
	f := keyed{
		"on":     func(*yaml.Node) {},
		"fold":   func(n *yaml.Node) { out.Fold = r.flag(n, "fold") },
		"within": func(n *yaml.Node) { out.Within = r.within(n, of) },
		"to": func(n *yaml.Node) {
			if to := r.resource(n, n.Value); to != nil {
				out.To = to.Name
			}
		},
		"sent-as": func(n *yaml.Node) { out.SentAs = n.Value },
		"from":    func(n *yaml.Node) { out.From = int64(r.number(n, "the first number")) },
		"steps":   func(n *yaml.Node) { out.Steps = r.steps(n, of, out.Member) },
		"if":      func(n *yaml.Node) { out.If = r.condition(n, of) },
		"refuse":  func(n *yaml.Node) { out.Refuse = r.status(n) },
		"in":      func(n *yaml.Node) { out.In = r.inOperations(n) },
		"id":      func(n *yaml.Node) { out.ID = n.Value },
		"text":    func(n *yaml.Node) { out.Text = n.Value },
		"level":   func(n *yaml.Node) { out.Level = Level(r.oneOf(n, "the level", string(Must), string(Should))) },
	}
	for _, kind := range ruleKinds() {
		f[string(kind)] = func(n *yaml.Node) {
			kinds = append(kinds, string(kind))
			out.Kind = kind
			r.kind(n, out, of)
		}
	}
	kindFirst(n)
	r.object(n, "the rule", f)
	switch len(kinds) {
	case 0:
		r.at(n, "Name one of "+joinKinds(), "the rule has no kind")
		return nil
	case 1:
	default:
		r.at(n, "Make it two rules", "a rule with two kinds, %s", strings.Join(kinds, " and "))
	}
	r.complete(n, out)
	return out
}

func joinKinds() string {
	var all []string
	for _, k := range ruleKinds() {
		all = append(all, string(k))
	}
	return strings.Join(all, ", ")
}

// kindFirst puts the kind of a rule before what belongs to it.
func kindFirst(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return
	}
	var first, rest []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if slices.Contains(ruleKinds(), RuleKind(n.Content[i].Value)) {
			first = append(first, n.Content[i], n.Content[i+1])
		} else {
			rest = append(rest, n.Content[i], n.Content[i+1])
		}
	}
	n.Content = append(first, rest...)
}

// kind reads the value that a kind has.
func (r *behaviorReader) kind(n *yaml.Node, out *Rule, of *Resource) {
	switch out.Kind {
	case RuleUnique, RuleReference, RuleTransition, RuleRequired, RuleExclusive, RuleSequence:
		out.Member = r.member(n, of, n.Value)
	case RuleImmutable, RuleOrdered:
		out.Members = r.words(n)
		for _, m := range out.Members {
			r.member(n, of, m)
		}
		if out.Kind == RuleOrdered && len(out.Members) != 2 {
			r.at(n, "Write [from, until]", "an order has two members")
			out.Members = []string{"", ""}
		}
	case RuleRestrict, RuleCascade:
		to, by, ok := strings.Cut(n.Value, " by ")
		if !ok {
			r.at(n, "Write it as book by authorId", "%q does not say which member names the %s", n.Value, of.Name)
			return
		}
		if child := r.resource(n, strings.TrimSpace(to)); child != nil {
			out.To, out.By = child.Name, strings.TrimSpace(by)
			r.member(n, child, out.By)
		}
	case RuleLimit:
		out.Most = r.number(n, "the limit")
	case RuleKeepOne:
		if n.Kind == yaml.MappingNode {
			r.object(n, "keep-one", keyed{"within": func(n *yaml.Node) { out.Within = r.within(n, of) }})
		}
	case RuleUndeletable:
		if n.Kind == yaml.MappingNode {
			out.If = r.condition(n, of)
			out.Member = out.If.Member
			return
		}
		out.Member = r.member(n, of, n.Value)
		out.If = &Condition{Member: out.Member, Value: []byte("true")}
	}
}

// within reads the member that records share; that of the parent has its own name.
func (r *behaviorReader) within(n *yaml.Node, of *Resource) string {
	if of.Parent != nil &&
		(n.Value == of.Parent.Resource || n.Value == of.Parent.Resource+"Id" || n.Value == of.Parent.Member) {
		return n.Value
	}
	if o := r.out.Auth.Owner; o != nil && n.Value == o.Member && slices.Contains(o.Of, of.Name) {
		return n.Value // also where no record shows it
	}
	return r.member(n, of, n.Value)
}

func (r *behaviorReader) condition(n *yaml.Node, of *Resource) *Condition {
	var c *Condition
	eachKey(n, func(k, v *yaml.Node) { c = &Condition{Member: r.member(k, of, k.Value), Value: r.json(v)} })
	if c == nil {
		r.at(n, "Write it as {status: published}", "the condition is empty")
		c = &Condition{Value: []byte("null")}
	}
	return c
}

func (r *behaviorReader) steps(n *yaml.Node, of *Resource, member string) (all []Step) {
	var known []string
	if p, ok := of.Schema.Property(member); ok {
		for _, v := range p.Enum {
			known = append(known, fmt.Sprint(v))
		}
	}
	check := func(n *yaml.Node) {
		if len(known) > 0 && !slices.Contains(known, n.Value) {
			r.at(n, r.meant(n.Value, known), "step %q is no value of %s (%s)", n.Value, member, strings.Join(known, ", "))
		}
	}
	eachKey(n, func(k, v *yaml.Node) {
		check(k)
		for _, item := range v.Content {
			check(unalias(item))
		}
		all = append(all, Step{From: k.Value, To: r.words(v)})
	})
	return all
}

func (r *behaviorReader) inOperations(n *yaml.Node) []string {
	names := r.words(n)
	for _, name := range names {
		if _, ok := r.contract.Operation(name); !ok {
			r.at(n, "Name an operation of the document", "there is no operation %q", name)
		}
	}
	return names
}

// complete complains about what a kind needs and the row lacks.
func (r *behaviorReader) complete(n *yaml.Node, out *Rule) {
	needs := map[RuleKind]string{}
	if out.To == "" {
		needs[RuleReference] = "to: RESOURCE"
	}
	if len(out.Steps) == 0 {
		needs[RuleTransition] = "steps: {STATE: [NEXT]}"
	}
	if out.If == nil {
		needs[RuleRequired] = "if: {MEMBER: VALUE}"
	}
	if out.Most < 1 {
		needs[RuleLimit] = "limit: NUMBER above 0"
	}
	if fix, ok := needs[out.Kind]; ok {
		r.at(n, "Add "+fix, "the rule %s is not complete", out.Kind)
	}
}
