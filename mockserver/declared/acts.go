package declared

import (
	"slices"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

func (t *table) operations() (all []behavior.Operation) {
	for _, a := range t.of.Operations {
		op, _ := t.Operation(a.Operation)
		all = append(all, t.operation(a, op))
	}
	return all
}

func (t *table) operation(a *contract.Act, op *contract.Operation) behavior.Operation {
	out := behavior.Operation{ID: op.ID, Resource: a.Resource, In: a.In, Sent: a.Sent,
		Refuses: behavior.Denies(t.row(op.ID, contract.RowFound)), Parents: behavior.Denies(t.row(op.ID, contract.RowParent)),
		Others: behavior.Denies(t.row(op.ID, contract.RowOwn)), Within: behavior.By(t.row(op.ID, contract.RowWithin))}
	if q := t.ScopeRow(); q != nil && slices.Contains(q.Operations, op.ID) {
		out.Asks = behavior.Denies(q.ID)
	}
	r, ok := t.of.Resource(a.Resource)
	if ok {
		out.Suit = t.suit(r, a, op)
	}
	if !ok {
		out.Resource, out.Verb = "", t.reply(a)
		return out
	}
	param := ""
	if len(a.Params) > 0 {
		param = a.Params[len(a.Params)-1]
	}
	switch a.Verb {
	case contract.VerbList:
		out.Verb = t.list(r, a, op)
		if t.of.Bound(a) {
			out.Above = a.Under
		}
	case contract.VerbCreate:
		out.Verb = behavior.Create{Ignores: behavior.By(t.row(op.ID, contract.RowServer))}
	case contract.VerbBulk:
		if out.Resource, out.Verb = "", t.reply(a); a.Several {
			out.Resource, out.Verb = r.Name, t.bulk(r, a)
		}
	case contract.VerbGet:
		out.Verb = behavior.Get{Param: param}
	case contract.VerbUpdate:
		out.Verb = behavior.Update{Param: param, Partial: behavior.By(t.row(op.ID, contract.RowPartial)),
			Moves: behavior.By(t.row(op.ID, contract.RowTouched))}
	case contract.VerbReplace:
		out.Verb = behavior.Update{Param: param, Whole: true, Drops: behavior.By(t.row(op.ID, contract.RowWhole)),
			Moves: behavior.By(t.row(op.ID, contract.RowTouched))}
	case contract.VerbUpsert:
		out.Verb = t.upsert(r, a, param)
	case contract.VerbDelete:
		out.Verb = behavior.Delete{Param: param, Says: t.deleted(r, op)}
	case contract.VerbReadOne, contract.VerbSetOne:
		out.Verb = t.one(r, a)
	case contract.VerbRelate, contract.VerbUnbind:
		if out.Resource, out.Verb = "", t.reply(a); t.of.Bound(a) {
			out.Verb = t.bind(r, a)
		}
	case contract.VerbAction:
		if len(a.Set) > 0 || len(a.Params) > 0 && ofRecord(a) {
			out.Verb = t.action(r, a)
			break
		}
		fallthrough
	default:
		out.Resource, out.Verb = "", t.reply(a)
	}
	return out
}

// upsert replaces what the path names, or makes it with the name of the path.
func (t *table) upsert(r *contract.Resource, a *contract.Act, param string) behavior.Upsert {
	id, _ := r.Schema.Property(r.ID.Member)
	return behavior.Upsert{
		Named: madeByServer(r),
		Makes: behavior.By(t.row(a.Operation, contract.RowStored)),
		Once:  behavior.By(t.row(a.Operation, contract.RowOnce)),
		Replace: behavior.Update{Param: param, Whole: true, Drops: behavior.By(t.row(a.Operation, contract.RowWhole)),
			Moves: behavior.By(t.row(a.Operation, contract.RowTouched))},
		Key: func(c *behavior.Call, doc []byte) []byte {
			if r.ID.Member == "" {
				return doc
			}
			return set(doc, r.ID.Member, as(id, c.Path.Get(param)))
		},
	}
}

// deleted answers with the record that is gone where the document has it so, and with what else
// the document says; nil: with nothing.
func (t *table) deleted(r *contract.Resource, op *contract.Operation) func(*behavior.Call, *store.Record) behavior.Answer {
	s := op.Success()
	if s == nil || s.Schema == nil {
		return nil
	}
	return func(c *behavior.Call, gone *store.Record) behavior.Answer {
		if t.shows(op, r) {
			return c.Wrap(r.Name, func(to []byte) []byte { return c.Show(to, r.Name, gone) })
		}
		a, _ := t.answer(c)
		for _, m := range s.Schema.Every() {
			switch {
			case m.Name == r.ID.Member && gjson.GetBytes(a.Body, m.Name).Exists():
				a.Body = set(a.Body, m.Name, as(m.Schema, shownID(r, gone)))
			case m.Name == "deleted" && m.Schema.Type == "boolean":
				a.Body = set(a.Body, m.Name, "true")
			}
		}
		return a
	}
}

// shownID is what the API calls a record.
func shownID(r *contract.Resource, rec *store.Record) string {
	if madeByServer(r) {
		return rec.ID
	}
	return rec.String(r.ID.Member)
}

// set gives a document with a member replaced; one that can't hold it stays.
func set(doc []byte, member, raw string) []byte {
	if out, err := sjson.SetRawBytes(doc, member, []byte(raw)); err == nil {
		return out
	}
	return doc
}

// action sets members of a record and answers it, or what the document says instead.
func (t *table) action(r *contract.Resource, a *contract.Act) behavior.Func {
	return behavior.Func{Write: true,
		Enforces: by(t.row(a.Operation, contract.RowDone)), Refuses: denies(t.row(a.Operation, contract.RowFound)),
		Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
			before, ref := c.Find(r.Name, last(a.Params), behavior.Denies(t.row(a.Operation, contract.RowFound)))
			if ref != nil {
				return behavior.Answer{}, ref
			}
			after := before
			if len(a.Set) > 0 && c.Holds(behavior.By(t.row(a.Operation, contract.RowDone))) {
				after = changed(c, r, before, a.Set)
				if ref := c.Write(r.Name, before, after); ref != nil {
					return behavior.Answer{}, ref
				}
				after, _ = c.Reader().Get(r.Name, after.ID)
			}
			if t.shows(c.Operation, r) {
				return c.Wrap(r.Name, func(to []byte) []byte { return c.Show(to, r.Name, after) }), nil
			}
			return t.answer(c)
		}}
}

func last(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

func by(ids ...string) (all []behavior.By) {
	for _, id := range ids {
		if id != "" {
			all = append(all, behavior.By(id))
		}
	}
	return all
}

func denies(ids ...string) (all []behavior.Denies) {
	for _, id := range ids {
		if id != "" {
			all = append(all, behavior.Denies(id))
		}
	}
	return all
}

// changed gives a record with members set, and its times moved.
func changed(c *behavior.Call, r *contract.Resource, before *store.Record, set []contract.MemberValue) *store.Record {
	doc := before.Document()
	for _, m := range set {
		if out, err := sjson.SetRawBytes(doc, m.Member, m.Value); err == nil {
			doc = out
		}
	}
	for _, s := range r.Stamps {
		p, ok := r.Schema.Property(s.Member)
		if !s.Changed || !ok {
			continue
		}
		if out, err := sjson.SetRawBytes(doc, s.Member, moment(p, c)); err == nil {
			doc = out
		}
	}
	return before.With(doc)
}

// shows tells whether the success of an operation is a record of the resource.
func (t *table) shows(op *contract.Operation, r *contract.Resource) bool {
	s := op.Success()
	if s == nil || s.Schema == nil {
		return false
	}
	if s.Schema == r.Schema {
		return true
	}
	a, _ := t.of.Act(op.ID)
	inner, ok := s.Schema.Property(a.In)
	return ok && inner == r.Schema
}

// reply answers without state.
func (t *table) reply(a *contract.Act) behavior.Func {
	return behavior.Func{Run: func(c *behavior.Call) (behavior.Answer, *behavior.Refusal) { return t.answer(c) }}
}

// asked is what the path of a call names.
func asked(c *behavior.Call) (text string) {
	for _, p := range c.Operation.Parameters {
		if p.In == "path" {
			text += "/" + c.Path.Get(p.Name)
		}
	}
	return text
}

// named gives a record with the members in it that the path names, where they may have these values.
func named(c *behavior.Call, s *contract.Schema, body []byte) []byte {
	for _, p := range c.Operation.Parameters {
		member, ok := s.Property(p.Name)
		if p.In != "path" || !ok || !gjson.GetBytes(body, p.Name).Exists() {
			continue
		}
		if raw := as(member, c.Path.Get(p.Name)); len(member.CheckValue([]byte(raw))) == 0 {
			body = set(slices.Clone(body), p.Name, raw)
		}
	}
	return body
}

// answer gives the example of the document, or a value of its schema: another one for each path, with what
// the path names in it.
func (t *table) answer(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	return t.documentedAnswer(c, c.Operation.Answered(), c.Operation.SuccessStatus(false)), nil
}

// documentedAnswer is what the document has for one of its responses.
func (t *table) documentedAnswer(c *behavior.Call, s *contract.Response, status int) behavior.Answer {
	a := behavior.Answer{Status: status}
	if s == nil {
		return a
	}
	switch {
	case s.MediaType == "":
	case s.Example != nil:
		a.Body, a.ContentType = named(c, s.Schema, s.Example), s.MediaType
	case s.Schema != nil && contract.IsJSON(s.MediaType):
		a.Body, a.ContentType = named(c, s.Schema, t.maker.Reply(c.Operation.ID, asked(c), s.Schema)), s.MediaType
	default:
		a.Body, a.ContentType = []byte(t.Title+"\n"), s.MediaType
	}
	return a
}
