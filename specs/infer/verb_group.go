package infer

import (
	"strings"

	"rollcall/specs/contract"
)

// onGroup is what is done with a group of records.
func (r *reader) onGroup(op *contract.Operation, p *place, g *group) guessed {
	at := "the path of the " + p.word
	if get := p.op("GET"); get != nil && op.Method != "POST" && !r.plural(p.word) && (g.item == nil || !p.has("POST")) {
		if of := r.told(get, p.word, false); !of.list && of.entity != nil {
			return r.onSingle(op, p, g)
		}
	}
	if found, ok := r.binds(op, p, g); ok {
		return found
	}
	switch op.Method {
	case "GET", "HEAD":
		return r.getOfGroup(op, p, g, at)
	case "POST":
		return r.postToGroup(op, p, g, at)
	case "PUT":
		if r.purposeOf(op) == purposeCreate && !g.bound {
			return guessed{contract.VerbCreate, likely, "PUT to " + at + " whose name says create", g}
		}
		return guessed{contract.VerbBulk, likely, "PUT to " + at, g}
	case "PATCH", "DELETE":
		return guessed{contract.VerbBulk, likely, op.Method + " of " + at, g}
	}
	return guessed{contract.VerbReply, guess, "nothing tells what " + op.Method + " does", nil}
}

func (r *reader) getOfGroup(op *contract.Operation, p *place, g *group, at string) guessed {
	of := r.told(op, p.word, false)
	switch {
	case of.list && of.bare:
		several := likely + bit(r.plural(p.word))
		return guessed{contract.VerbList, several, "GET of " + at + " answers a list, but not of records", g}
	case of.list && g.item != nil:
		return guessed{contract.VerbList, sure, "GET of " + at + " answers a list, and each has a path", g}
	case of.list && g.stem != "":
		return guessed{contract.VerbList, sure, "GET of " + at + " answers a list of " + g.entity.Name, g}
	case of.list:
		return guessed{contract.VerbList, likely + bit(r.plural(p.word)), "GET of " + at + " answers a list", g}
	case r.plural(p.word) && (of.entity == nil || len(of.entity.Flat()) == 0):
		said := of.entity == nil && !r.masses[plain(p.word)] && r.purposeOf(op) != purposeNone
		return guessed{contract.VerbList, likely + bit(said), "GET of " + at + ", a plural; the document doesn't say of what", g}
	case r.loose && (r.plural(p.word) || g.item != nil):
		return guessed{contract.VerbList, likely, "GET of " + at + ", a plural; the document calls no list one", g}
	case r.plural(p.word) && r.pages(op) != nil:
		return guessed{contract.VerbList, guess, "GET of " + at + ", a plural in pages", g}
	case of.entity == nil && g.item == nil && r.stem(g.entity) == "":
		return guessed{contract.VerbList, guess, "GET of " + at + ", in which there is a plural", g}
	case r.purposeOf(op) == purposeList:
		return guessed{contract.VerbList, guess, "GET of " + at + " whose name says list", g}
	}
	return guessed{contract.VerbReadOne, guess, "GET of " + at + " answers no list", g}
}

func (r *reader) postToGroup(op *contract.Operation, p *place, g *group, at string) guessed {
	told, sent := r.told(op, p.word, true), r.sent(op, p.word)
	says := r.purposeOf(op)
	switch {
	case says == purposeList && told.list:
		return guessed{contract.VerbList, likely, "POST to " + at + " whose name says list, and that answers one", g}
	case sent.list && sent.items == "" && !sent.bare && g.item == nil && !r.plural(p.word) && !p.has("GET") && r.unsaid(op):
		return guessed{contract.VerbReply, guess, "nothing says that records are made", nil}
	case sent.list && sent.items == "" && !sent.bare:
		return guessed{contract.VerbBulk, likely, "POST of a list to " + at, g}
	case g.bound:
		return guessed{contract.VerbRelate, likely, "POST to " + at + ", which have their own paths elsewhere", g}
	case g.up != nil && g.home != g && g.home != g.up.home && len(members(sent.entity)) == 1 && r.names(op, g) != "":
		return guessed{contract.VerbRelate, likely, "POST to " + at + " whose body only says which", g}
	case told.list && (r.named(op) == purposeList || r.named(op) == purposeGet):
		why := "POST to " + at + " whose name says " + string(says) + ", and that answers a list"
		return guessed{contract.VerbList, likely, why, g}
	case r.named(op) == purposeGet || r.named(op) == purposeList:
		return guessed{contract.VerbReply, guess, "POST to " + at + " whose name says " + string(says), nil}
	case says == purposeUpdate && r.plural(p.word) && g.up != nil:
		return guessed{contract.VerbBulk, likely, "POST to " + at + " whose name says update", g}
	case says == purposeDelete && g.item == nil:
		return guessed{contract.VerbBulk, likely, "POST to " + at + " whose name says delete", g}
	case r.verb(p) && says != purposeCreate && g.item == nil:
		if beside(p) == nil {
			return guessed{contract.VerbReply, likely, "POST to a verb, and no record stands above it", nil}
		}
		return guessed{contract.VerbAction, guess, "POST to a verb", g}
	}
	other, alone := r.stem(told.entity), g.item == nil && !p.has("GET") && says != purposeCreate
	near := beside(p)
	switch {
	case g.up != nil && g.home == g.up.home && g.home != g && g.item == nil && r.named(op) != purposeCreate:
		return guessed{contract.VerbAction, likely, "POST that answers the " + g.made.Name + " above", g.up}
	case alone && g.up != nil && r.named(op) == purposeUpdate:
		return guessed{contract.VerbAction, likely, "POST to " + at + " whose name says update", g.up}
	case strings.Contains(strings.ToLower(op.ID), "bulk"):
		return guessed{contract.VerbBulk, likely, "POST to " + at + " whose name says bulk", g}
	case alone && says == purposeGet || alone && says == purposeList:
		return guessed{contract.VerbReply, guess, "POST to " + at + " whose name says " + string(says), nil}
	case alone && near != nil && p.up.of == nil && p.up.group == near && near.at.has("POST"):
		return guessed{contract.VerbAction, likely, "POST below the " + p.up.word, near}
	case alone && near != nil && told.entity == nil && r.actions[camel(r.one(p.word))]:
		return guessed{contract.VerbAction, likely, "POST that answers nothing, to a word that may be a verb", near}
	case g.home != g && !r.same(p.word, g.home.at.word) && g.home.at.has("POST") && g.up != nil:
		return guessed{contract.VerbRelate, likely, "POST of " + g.made.Name + " records, which are made elsewhere", g}
	}
	if other != "" && g.stem != "" && other != g.stem && !told.list && says != purposeCreate {
		return guessed{contract.VerbCreate, likely, "POST to " + at + ", though another component is answered", g}
	}
	if g.item == nil && says != purposeCreate && other != g.stem {
		return guessed{contract.VerbCreate, likely, "POST to " + at + ", none of which has a path", g}
	}
	return guessed{contract.VerbCreate, sure, "POST to " + at, g}
}
