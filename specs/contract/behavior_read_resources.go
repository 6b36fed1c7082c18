package contract

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

func (r *behaviorReader) resources(n *yaml.Node) {
	eachKey(n, func(key, value *yaml.Node) {
		one, ok := r.out.Resource(key.Value)
		if !ok {
			one = &Resource{
				Name:   key.Value,
				Origin: stated(key),
				ID:     ID{Member: "id", Make: MakePrefix, Prefix: key.Value + "-"},
			}
			r.out.Resources = append(r.out.Resources, one)
		}
		one.Origin = stated(key)
		r.object(value, "resource "+key.Value, r.resourceFields(one))
	})
}

func (r *behaviorReader) resourceFields(one *Resource) keyed {
	return keyed{
		"schema": func(n *yaml.Node) {
			if s := r.component(n); s != nil {
				one.Schema = s
			}
		},
		"id":     func(n *yaml.Node) { r.id(n, one) },
		"key":    func(n *yaml.Node) { r.key(n, one) },
		"single": func(n *yaml.Node) { one.Single = r.flag(n, "single") },
		"under":  func(n *yaml.Node) { r.under(n, one) },
		"order": func(n *yaml.Node) {
			one.Order = r.words(n)
			for _, m := range one.Order {
				r.member(n, one, strings.TrimPrefix(m, "-"))
			}
		},
		"defaults": func(n *yaml.Node) {
			eachKey(n, func(key, value *yaml.Node) {
				d := MemberValue{Member: r.member(key, one, key.Value), Value: r.json(value), Origin: stated(key)}
				one.Defaults = slices.DeleteFunc(one.Defaults, func(o MemberValue) bool { return o.Member == d.Member })
				one.Defaults = append(one.Defaults, d)
			})
		},
		"stamps": func(n *yaml.Node) {
			eachKey(n, func(key, value *yaml.Node) {
				s := MemberStamp{Member: r.member(key, one, key.Value), Origin: stated(key),
					Changed: r.oneOf(value, "the stamp "+key.Value, "created", "changed") == "changed"}
				one.Stamps = slices.DeleteFunc(one.Stamps, func(o MemberStamp) bool { return o.Member == s.Member })
				one.Stamps = append(one.Stamps, s)
			})
		},
		"hidden": func(n *yaml.Node) { one.Hidden = r.words(n) },
		"derived": func(n *yaml.Node) {
			eachKey(n, func(key, value *yaml.Node) { r.computed(key, value, one) })
		},
		"delete": func(n *yaml.Node) { r.deletes(n, one) },
	}
}

// id reads how a record is named: {member: id, make: prefix book-}.
func (r *behaviorReader) id(n *yaml.Node, one *Resource) {
	one.ID.Origin = stated(n)
	r.object(n, "the id of "+one.Name, keyed{
		"member":    func(n *yaml.Node) { one.ID.Member = r.member(n, one, n.Value) },
		"composite": func(n *yaml.Node) { one.ID.Composite = r.words(n) },
		"make": func(n *yaml.Node) {
			make, rest, _ := strings.Cut(n.Value, " ")
			one.ID.Make = make
			switch make {
			case MakeUUID, MakeInteger, MakeGiven:
			case MakePrefix:
				one.ID.Prefix = strings.TrimSpace(rest)
			case MakeSlug:
				one.ID.Of = r.member(n, one, strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "of")))
			default:
				r.at(n, r.meant(make, []string{MakeUUID, MakeInteger, MakePrefix, MakeSlug, MakeGiven}),
					"an id is not made by %q", make)
			}
		},
	})
}

// key reads the members of the document by which a path finds a record.
func (r *behaviorReader) key(n *yaml.Node, one *Resource) {
	members := r.words(n)
	for _, m := range members {
		r.member(n, one, m)
	}
	if len(members) == 0 {
		r.at(n, "Name a member, or a list of them", "the key of %s is empty", one.Name)
		return
	}
	one.ID = ID{Member: members[len(members)-1], Make: MakeGiven, Origin: stated(n)}
	one.ID.Composite = members[:len(members)-1]
}

// under reads the parent: {book: bookId}, or {repo: [owner, repo]}.
func (r *behaviorReader) under(n *yaml.Node, one *Resource) {
	eachKey(n, func(key, value *yaml.Node) {
		one.Parent = &Parent{Resource: key.Value, Origin: stated(key)}
		names := r.words(value)
		one.Parent.Keys = names
		if len(names) == 1 && one.Schema != nil {
			if _, ok := one.Schema.Property(names[0]); ok {
				one.Parent.Member = names[0]
			}
		}
	})
	if one.Parent != nil && one.Parent.Resource == one.Name {
		r.at(n, "Name another resource", "%s stands under itself", one.Name)
	}
}

// computed reads {copy: name, of: author, by: authorId} or {count: copy, by: bookId}.
func (r *behaviorReader) computed(key, value *yaml.Node, one *Resource) {
	d := Computed{Member: r.member(key, one, key.Value), Origin: stated(key)}
	word := func(to *string) func(*yaml.Node) { return func(n *yaml.Node) { *to = n.Value } }
	r.object(value, "the derived member "+key.Value,
		keyed{"copy": word(&d.Copy), "of": word(&d.Of), "by": word(&d.By), "count": word(&d.Count)})
	if (d.Copy == "") == (d.Count == "") {
		r.at(value, "Write {copy: MEMBER, of: RESOURCE, by: MEMBER} or {count: RESOURCE, by: MEMBER}",
			"%s is neither copied nor counted", key.Value)
	}
	one.Computed = append(one.Computed, d)
}

// deletes reads hard, soft, or {soft: {shown by: includeDeleted}}.
func (r *behaviorReader) deletes(n *yaml.Node, one *Resource) {
	if n.Kind == yaml.ScalarNode {
		if word, by, _ := strings.Cut(n.Value, " shown by "); word == "soft" {
			one.Soft = &Soft{Param: by, Origin: stated(n)}
		} else {
			one.Soft = nil
			r.oneOf(n, "delete", "hard", "soft")
		}
		return
	}
	r.object(n, "delete", keyed{"soft": func(n *yaml.Node) {
		one.Soft = &Soft{Origin: stated(n)}
		if n.Kind == yaml.ScalarNode {
			one.Soft.Param = n.Value
			return
		}
		r.object(n, "soft", keyed{"shown by": func(n *yaml.Node) { one.Soft.Param = n.Value }})
	}})
}

// amounts reads how many records there are: 12, or 1 to 3 per book.
func (r *behaviorReader) amounts(n *yaml.Node) {
	eachKey(n, func(key, value *yaml.Node) {
		r.resource(key, key.Value)
		a := Amount{Resource: key.Value, Origin: stated(key)}
		amount, per, _ := strings.Cut(value.Value, " per ")
		low, high, between := strings.Cut(amount, " to ")
		a.Low = r.number(&yaml.Node{Value: strings.TrimSpace(low), Line: value.Line, Column: value.Column}, "the amount")
		a.High, a.Per = a.Low, strings.TrimSpace(per)
		if between {
			a.High = r.number(
				&yaml.Node{Value: strings.TrimSpace(high), Line: value.Line, Column: value.Column},
				"the amount",
			)
		}
		if a.Per != "" {
			r.resource(value, a.Per)
		}
		if a.Low < 0 || a.High < a.Low || a.High > 1_000_000 {
			r.at(value, "Write it as 12, or as 1 to 3 per book", "%q is no amount", value.Value)
		}
		r.out.Amounts = append(r.out.Amounts, a)
	})
}
