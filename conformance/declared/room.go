// Package declared makes the cases of a contract that comes with a behavior: what a user
// wrote in behavior.yaml, and what was inferred from the document. It reads the behavior by
// itself and knows nothing of how the mock keeps it.
//
// It is no API: it serves the packages beside it, and may change with any version.
package declared

import (
	"fmt"
	"slices"

	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/specs/contract"
)

// room is one contract on its way to cases.
type room struct {
	contract  *contract.Contract
	behavior  *contract.Behavior
	values    *fixtures.Values
	resources map[string]*resource
	acts      []*act
}

// resource is a resource of the behavior with what can be done with its records. An operation that there is
// not is nil.
type resource struct {
	*contract.Resource
	room  *room
	above *resource // of the records that these stand under
	acts  []*act

	creates, gets, lists, updates, replaces, upserts, bulks, deletes *act
}

// act is one operation and what it does.
type act struct {
	*contract.Act
	op       *contract.Operation
	resource *resource // nil for a reply
	room     *room
	tells    bool // the documented answer has a place for its record
}

// String is the operation's id, for titles.
func (a *act) String() string { return a.Operation }

// API is the room of a contract that has a behavior: the cases of its rows, and a valid
// request of every operation.
func API(c *contract.Contract) suite.API {
	r := newRoom(c)
	return suite.API{
		Contract: c.Name,
		Cases:    slices.Concat(r.verbCases(), r.resourceCases(), r.ruleCases()),
		Samples:  r.samples(),
		Scenes:   r.scenes(),
		Pairs:    r.pairs(),
		Pages:    r.nextPage,
		Excuses:  map[string]string{},
	}
}

func newRoom(c *contract.Contract) *room {
	r := &room{contract: c, behavior: c.Behavior, values: fixtures.NewValues(), resources: map[string]*resource{}}
	for _, one := range c.Behavior.Resources {
		r.resources[one.Name] = &resource{Resource: one, room: r}
	}
	for _, res := range r.resources {
		if res.Parent != nil {
			res.above = r.resources[res.Parent.Resource]
		}
	}
	for _, one := range c.Behavior.Operations {
		op, ok := c.Operation(one.Operation)
		if !ok {
			continue
		}
		a := &act{Act: one, op: op, resource: r.resources[one.Resource], room: r, tells: c.Behavior.Tells(one, op)}
		r.acts = append(r.acts, a)
		if a.resource != nil {
			a.resource.add(a)
		}
	}
	return r
}

// add makes an operation known; of several of one verb the first is used, one of the resource's own
// place before one that leads there from another.
func (res *resource) add(a *act) {
	res.acts = append(res.acts, a)
	place := map[contract.Verb]**act{
		contract.VerbCreate: &res.creates, contract.VerbGet: &res.gets, contract.VerbList: &res.lists,
		contract.VerbUpdate: &res.updates, contract.VerbReplace: &res.replaces, contract.VerbUpsert: &res.upserts,
		contract.VerbDelete: &res.deletes}[a.Verb]
	if a.Several {
		place = &res.bulks
	}
	if place != nil && (*place == nil || (*place).elsewhere() && !a.elsewhere()) {
		*place = a
	}
}

// parent is the resource of the records that the operation's path leads through, nil for none.
func (a *act) parent() *resource {
	if a.elsewhere() {
		return a.resource.room.resources[a.Under]
	}
	return a.resource.above
}

// elsewhere says whether the operation leads to its records through others than those that they
// stand under.
func (a *act) elsewhere() bool {
	return a.Under != "" && (a.resource.above == nil || a.resource.above.Name != a.Under)
}

// act gives the operation of that id.
func (r *room) act(operation string) *act {
	for _, a := range r.acts {
		if a.Operation == operation {
			return a
		}
	}
	panic(fmt.Sprintf("%s is no operation of %s", operation, r.contract.Name))
}

// changing are the operations of the resource that change a record by its members.
func (res *resource) changing() []*act {
	return slices.DeleteFunc([]*act{res.updates, res.replaces}, func(a *act) bool { return a == nil })
}

// rules are those of a sort that are about the resource.
func (res *resource) rules(sorts ...contract.RuleKind) (found []*contract.Rule) {
	for _, one := range res.room.behavior.Rules {
		if one.On == res.Name && slices.Contains(sorts, one.Kind) {
			found = append(found, one)
		}
	}
	return found
}

// ruleOf is the rule of a sort about a member, nil when there is none.
func (res *resource) ruleOf(sort contract.RuleKind, member string) *contract.Rule {
	for _, one := range res.rules(sort) {
		if one.Member == member || slices.Contains(one.Members, member) {
			return one
		}
	}
	return nil
}
