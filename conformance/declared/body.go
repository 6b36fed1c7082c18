package declared

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// input is the schema of the record in the operation's body, nil where it has none.
func (a *act) input() *contract.Schema {
	return a.Act.Input(a.op)
}

// takes says whether the operation's body has the member.
func (a *act) takes(member string) bool {
	if a == nil || a.input() == nil {
		return false
	}
	s, ok := a.input().Property(member)
	return ok && !s.ReadOnly
}

// sent wraps a record as the operation's body has it; of several, all of them.
func (a *act) sent(record kit.Body, more ...kit.Body) client.Option {
	if a.op.Body == nil {
		return func(*client.Request) {}
	}
	var body any = record
	if name, list := strings.CutSuffix(a.Sent, "[]"); list {
		all := append([]kit.Body{record}, more...)
		if body = all; name != "" {
			body = kit.Body{name: all}
		}
	} else if name != "" {
		body = kit.Body{name: record}
	}
	data, _ := json.Marshal(body) // of decoded JSON always encodes
	media := a.op.Body.MediaType
	if media == "" {
		media = "application/json"
	}
	return client.Raw(data, media)
}

// fill makes the body of a new record that keeps the document and all rules at once: what it
// names is made, what must differ is fresh, what has states is at its start, and what a rule
// asks for in some case is always there. The changes go before.
func (res *resource) fill(ctx context.Context, env *suite.Env, a *act, above *record, changes ...kit.Body) kit.Body {
	body, change := kit.Body{}, kit.With(kit.Body{}, changes...)
	s := a.input()
	for _, p := range s.Flat() {
		if _, said := change[p.Name]; said || p.Schema.ReadOnly {
			continue
		}
		if value, ok := res.member(ctx, env, s, p, above); ok {
			body[p.Name] = value
		}
	}
	res.inOrder(body, change)
	for _, one := range changes {
		body = kit.With(body, one)
	}
	return body
}

// member makes the value of one member of a new record, and false where it is better left out.
func (res *resource) member(ctx context.Context, env *suite.Env, s *contract.Schema, p *contract.Property,
	above *record) (any, bool) {
	needed := s.IsRequired(p.Name)
	switch to := res.names(p.Name); {
	case p.Name == res.ID.Member && res.ID.Make == contract.MakeGiven:
		return res.room.given(env, p.Schema), true
	case p.Name == res.ID.Member && !needed:
		return nil, false
	case res.Parent != nil && p.Name == res.Parent.Member && above != nil:
		return asID(p.Schema, above.id()), true
	case to != nil && to.canMake():
		return asID(p.Schema, to.make(ctx, env, nil).id()), true
	case to != nil && !needed:
		return nil, false
	case res.ruleOf(contract.RuleTransition, p.Name) != nil:
		return res.start(p.Name), needed
	case res.ruleOf(contract.RuleExclusive, p.Name) != nil:
		return false, needed
	case !needed && (res.ruleOf(contract.RuleSequence, p.Name) != nil || res.stamped(p.Name) || res.decides(p.Name) != nil):
		return nil, false
	}
	value := res.room.value(env, p.Schema, p.Name)
	deciding := func(other any) bool { return same(value, other) }
	for tries := 0; tries < 20 && slices.ContainsFunc(res.decides(p.Name), deciding); tries++ {
		value = res.room.value(env, p.Schema, p.Name)
	}
	return value, value != nil
}

// names is the resource of which a member names a record: by a rule, or by what it is called; nil
// for none.
func (res *resource) names(member string) *resource {
	if one := res.ruleOf(contract.RuleReference, member); one != nil {
		return res.room.resources[one.To]
	}
	if member == res.ID.Member {
		return nil
	}
	for _, to := range res.room.behavior.Resources {
		if strings.EqualFold(strings.ReplaceAll(member, "_", ""), to.Name+"id") && to.Name != res.Name {
			return res.room.resources[to.Name]
		}
	}
	return nil
}

func (res *resource) stamped(member string) bool {
	return slices.ContainsFunc(res.Stamps, func(s contract.MemberStamp) bool { return s.Member == member })
}

// decides are the values of a member with which some rule has more to say.
func (res *resource) decides(member string) (values []any) {
	for _, one := range res.rules(contract.RuleRequired, contract.RuleUndeletable) {
		if one.If != nil && one.If.Member == member {
			values = append(values, decoded(one.If.Value))
		}
	}
	return values
}

// start is the state in which a new record is: its default, else one that nothing leads to.
func (res *resource) start(member string) any {
	for _, d := range res.Defaults {
		if d.Member == member {
			return decoded(d.Value)
		}
	}
	one := res.ruleOf(contract.RuleTransition, member)
	for _, from := range one.Steps {
		if !slices.ContainsFunc(one.Steps, func(s contract.Step) bool { return slices.Contains(s.To, from.From) }) {
			return from.From
		}
	}
	return one.Steps[0].From
}

// inOrder puts values into the order that a rule asks for, where nobody said them.
func (res *resource) inOrder(body, said kit.Body) {
	for _, one := range res.rules(contract.RuleOrdered) {
		from, until := one.Members[0], one.Members[1]
		_, a := body[from]
		_, b := body[until]
		if a && b && after(body[from], body[until]) {
			body[from], body[until] = body[until], body[from]
		}
		for _, pair := range [][2]string{{from, until}, {until, from}} {
			if value, ok := said[pair[0]]; ok && value != kit.Omit {
				if _, other := body[pair[1]]; other {
					body[pair[1]] = value
				}
			}
		}
	}
}

func after(a, b any) bool {
	if x, ok := a.(float64); ok {
		y, _ := b.(float64)
		return x > y
	}
	return fmt.Sprint(a) > fmt.Sprint(b)
}

// given is an id that whoever creates a record gives.
func (r *room) given(env *suite.Env, s *contract.Schema) any {
	if s != nil && (s.Type == "integer" || s.Type == "number") { // of the usual ones many are taken
		hash := fnv.New32a()
		hash.Write([]byte(env.Unique("own"))) // a hash never fails to write
		if number := float64(hash.Sum32() >> 1); keeps(s, number) {
			return number
		}
	}
	if s != nil && (s.Type != "string" || s.Format != "" || s.Pattern != "") {
		return r.value(env, s, "slug")
	}
	return strings.ToLower(env.Unique("own"))
}

// value makes a value of the schema that no other call makes: a text that the run may choose
// freely says whose it is.
func (r *room) value(env *suite.Env, s *contract.Schema, name string) any {
	unique := env.Unique(label(name))
	switch {
	case s.Type == "string" && (s.Format == "email" || s.Format == "" && strings.Contains(strings.ToLower(name), "email")):
		if address := strings.ToLower(unique) + "@example.org"; keeps(s, address) {
			return address
		}
	case s.Type == "string" && s.Format == "" && s.Pattern == "" && len(s.Enum) == 0 && keeps(s, unique):
		return unique
	}
	hash := fnv.New64a()
	hash.Write([]byte(unique)) // a hash never fails to write
	const tries = 50
	for i := range uint64(tries) {
		value := decoded(r.values.Of(hash.Sum64()+i, s, name))
		if value != nil && keeps(s, value) {
			return value
		}
	}
	return nil
}

func keeps(s *contract.Schema, value any) bool {
	data, err := json.Marshal(value)
	return err == nil && s.Fits(data)
}

// label is a member's name as the beginning of a text.
func label(name string) string {
	word := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, name)
	if word == "" {
		return "Text"
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// asID writes an id as the schema has it.
func asID(s *contract.Schema, id string) any {
	if s != nil && (s.Type == "integer" || s.Type == "number") {
		return json.Number(id)
	}
	return id
}

func decoded(raw []byte) any {
	var value any
	_ = json.Unmarshal(raw, &value) // what is no JSON is nothing
	return value
}

// same says whether two values are one in JSON.
func same(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}
