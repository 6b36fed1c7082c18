package contract

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

func (r *behaviorReader) auth(n *yaml.Node) {
	a := &r.out.Auth
	r.object(n, "auth", keyed{
		"stages":   func(n *yaml.Node) { a.Stages = r.words(n) },
		"personas": func(n *yaml.Node) { eachKey(n, r.persona) },
		"refuse": func(n *yaml.Node) {
			r.object(n, "refuse", keyed{
				"missing": func(n *yaml.Node) { a.Missing = r.status(n) },
				"expired": func(n *yaml.Node) { a.Expired = r.status(n) },
				"scope":   func(n *yaml.Node) { a.Scope = r.status(n) },
			})
		},
		"owner": func(n *yaml.Node) {
			o := &Ownership{Others: 404, Origin: stated(n)}
			r.object(n, "owner", keyed{
				"member": func(n *yaml.Node) { o.Member = n.Value },
				"of":     func(n *yaml.Node) { o.Of, r.owned = r.words(n), n },
				"others": func(n *yaml.Node) { o.Others = r.status(n) },
			})
			a.Owner = o
		},
	})
}

func (r *behaviorReader) persona(key, value *yaml.Node) {
	c := Caller{Name: key.Value, Info: map[string]string{}, Origin: stated(key)}
	r.object(value, "persona "+key.Value, keyed{
		"scopes": func(n *yaml.Node) { c.Scopes = r.words(n) },
		"info":   func(n *yaml.Node) { eachKey(n, func(k, v *yaml.Node) { c.Info[k.Value] = v.Value }) },
	})
	r.out.Auth.Personas = append(r.out.Auth.Personas, c)
}

func (r *behaviorReader) answers(n *yaml.Node) {
	a := &r.out.Answers
	word := func(to *string) func(*yaml.Node) { return func(n *yaml.Node) { *to = n.Value } }
	r.object(n, "answers", keyed{
		"list": func(n *yaml.Node) {
			var l Listing
			r.object(
				n,
				"list",
				keyed{"items": word(&l.Items), "total": word(&l.Total), "count": word(&l.Count), "next": word(&l.Next),
					"more": word(&l.More)},
			)
			r.everyList(l)
		},
		"one": func(n *yaml.Node) {
			r.object(n, "one", keyed{"in": func(n *yaml.Node) { r.everySingle(n.Value) }})
		},
		"error": func(n *yaml.Node) {
			a.Error.Origin = stated(n)
			r.object(
				n,
				"error",
				keyed{"message": word(&a.Error.Message), "code": word(&a.Error.Code), "status": word(&a.Error.Status),
					"violations": func(n *yaml.Node) {
						r.object(
							n,
							"violations",
							keyed{"in": word(&a.Error.Violations), "field": word(&a.Error.ViolationField),
								"message": word(&a.Error.ViolationMessage)},
						)
					}},
			)
		},
		"invalid": func(n *yaml.Node) {
			eachKey(n, func(k, v *yaml.Node) {
				keyword := k.Value
				if keyword == "default" {
					keyword = ""
				}
				a.Invalid = slices.DeleteFunc(a.Invalid, func(o KeywordStatus) bool { return o.Keyword == keyword })
				a.Invalid = append(a.Invalid, KeywordStatus{keyword, r.status(v)})
			})
		},
		"nulls": func(n *yaml.Node) { a.OmitsNulls = r.oneOf(n, "nulls", "write", "omit") == "omit" },
	})
}

// everyList gives all lists the places that answers.list names.
func (r *behaviorReader) everyList(l Listing) {
	for _, a := range r.out.Operations {
		if a.List == nil {
			continue
		}
		for _, one := range []struct {
			to   *string
			from string
		}{{&a.List.Items, l.Items},
			{&a.List.Total, l.Total}, {&a.List.Count, l.Count}, {&a.List.Next, l.Next}, {&a.List.More, l.More}} {
			if one.from != "" {
				*one.to = one.from
			}
		}
	}
}

// everySingle wraps every single record into a member.
func (r *behaviorReader) everySingle(in string) {
	for _, a := range r.out.Operations {
		if a.Verb != VerbList && a.Verb != VerbReply && a.Verb != VerbDelete {
			a.In = in
		}
	}
}

// limits reads {default: 60/min, createBook: 10/min}.
func (r *behaviorReader) limits(n *yaml.Node) {
	eachKey(n, func(k, v *yaml.Node) {
		amount, unit, _ := strings.Cut(v.Value, "/")
		count, err := strconv.Atoi(strings.TrimSpace(amount))
		if err != nil || strings.TrimSpace(unit) != "min" || count < 1 {
			r.at(v, "Write it as 60/min", "%q is no limit", v.Value)
			return
		}
		l := Limit{Operation: k.Value, PerMinute: count, Origin: stated(k)}
		if k.Value == "default" {
			l.Operation = ""
		} else if _, ok := r.contract.Operation(k.Value); !ok {
			r.at(k, "Name an operation of the document", "there is no operation %q", k.Value)
		}
		r.out.Limits = append(r.out.Limits, l)
	})
}
