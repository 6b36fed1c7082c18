package contract

import (
	"maps"
	"slices"
)

func (w *wire) contract(c *Contract) {
	w.word(&c.Title)
	w.word(&c.Version)
	w.word(&c.Prefix)
	each(w, &c.Operations, w.operation)
	each(w, &c.Requirements, w.requirement)
	list(w, &c.Documents, func(d *CitedDocument) { w.word(&d.Name); w.word(&d.Title) })
	w.word(&c.Base)
	list(w, &c.Security, w.scheme)
	list(w, &c.Notes, w.complaint)
}

func (w *wire) scheme(s *SecurityScheme) {
	for _, word := range []*string{&s.Name, &s.Type, &s.In, &s.Parameter, &s.TokenURL} {
		w.word(word)
	}
	w.words(&s.Scopes)
	w.number(&s.Line)
}

func (w *wire) complaint(c *Complaint) {
	w.word(&c.File)
	w.number(&c.Line)
	w.number(&c.Column)
	w.word(&c.Text)
	w.word(&c.Fix)
}

func (w *wire) operation(o *Operation) {
	w.word(&o.ID)
	w.word(&o.Method)
	w.word(&o.Path)
	w.word(&o.Summary)
	each(w, &o.Parameters, w.parameter)
	some(w, &o.Body, w.body)
	each(w, &o.Responses, w.response)
	w.flag(&o.Secured)
	list(w, &o.Needs, func(set *[]Need) { list(w, set, w.need) })
	list(w, &o.Query, w.mark)
	w.words(&o.OtherMethods)
	w.flag(&o.reads)
	w.authorities(&o.By)
	w.number(&o.Line)
}

func (w *wire) need(n *Need) {
	w.word(&n.Scheme)
	w.words(&n.Scopes)
}

func (w *wire) mark(m *Mark) {
	w.word(&m.Name)
	w.word(&m.Value)
}

func (w *wire) parameter(p *Parameter) {
	w.word(&p.Name)
	w.word(&p.In)
	w.flag(&p.Required)
	w.schema(&p.Schema)
	w.authorities(&p.By)
	w.number(&p.Line)
}

func (w *wire) body(b *Body) {
	w.flag(&b.Required)
	w.word(&b.MediaType)
	w.words(&b.Also)
	w.schema(&b.Schema)
	w.authorities(&b.By)
	w.number(&b.Line)
}

func (w *wire) response(r *Response) {
	w.number(&r.Status)
	w.word(&r.MediaType)
	w.words(&r.Also)
	w.schema(&r.Schema)
	w.words(&r.Headers)
	w.bytes(&r.Example)
	w.flag(&r.Open)
	w.authorities(&r.By)
	w.number(&r.Line)
}

func (w *wire) requirement(q *Requirement) {
	w.word(&q.ID)
	w.word((*string)(&q.Level))
	w.words(&q.Operations)
	w.word(&q.Text)
	w.word(&q.Source)
	w.number(&q.Expect.Status)
	list(w, &q.Expect.Accept, w.number)
	w.flag(&q.Expect.Open)
	w.flag(&q.Expect.Either)
	w.words(&q.Needs)
	w.word((*string)(&q.Decides))
	w.word(&q.Check)
	w.number(&q.Line)
}

// schema carries a schema where it is met first, and its number wherever else it
// is met.
func (w *wire) schema(p **Schema) {
	n := 0
	if *p != nil {
		var met bool
		if n, met = w.known[*p]; !met {
			n = len(w.schemas) + 1
		}
	}
	w.number(&n)
	switch {
	case n == 0:
	case n > 0 && n <= len(w.schemas):
		*p = w.schemas[n-1]
	case n == len(w.schemas)+1:
		if !w.writing {
			*p = &Schema{lazy: new(lazy)}
		} else {
			w.known[*p] = n
		}
		w.schemas = append(w.schemas, *p)
		w.parts(*p)
	default:
		w.fail()
	}
}

func (w *wire) parts(s *Schema) {
	w.word(&s.Name)
	w.word(&s.Type)
	w.word(&s.Format)
	w.word(&s.Pattern)
	for _, flag := range []*bool{&s.Nullable, &s.ReadOnly, &s.WriteOnly, &s.ExclusiveMinimum, &s.ExclusiveMaximum,
		&s.UniqueItems, &s.closed} {
		w.flag(flag)
	}
	list(w, &s.Enum, w.value)
	w.value(&s.Default)
	w.words(&s.Required)
	each(w, &s.Properties, w.property)
	w.schema(&s.Items)
	w.schema(&s.Additional)
	for _, choice := range []*[]*Schema{&s.AllOf, &s.AnyOf, &s.OneOf} {
		list(w, choice, w.schema)
	}
	for _, limit := range []**float64{&s.Minimum, &s.Maximum, &s.MultipleOf} {
		some(w, limit, w.limit)
	}
	for _, count := range []**int64{&s.MinLength, &s.MaxLength, &s.MinItems, &s.MaxItems} {
		some(w, count, w.count)
	}
	w.authorities(&s.By)
	w.number(&s.Line)
}

// authorities carries the authorities of one place, by keyword in their order.
func (w *wire) authorities(a *Authorities) {
	w.word((*string)(&a.Default))
	words := slices.Sorted(maps.Keys(a.Of))
	w.words(&words)
	if !w.writing && len(words) > 0 {
		a.Of = make(map[string]Authority, len(words))
	}
	for _, word := range words {
		who := string(a.Of[word])
		w.word(&who)
		a.Of[word] = Authority(who)
	}
}

func (w *wire) property(p *Property) {
	w.word(&p.Name)
	w.schema(&p.Schema)
}
