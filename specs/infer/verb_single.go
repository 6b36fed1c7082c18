package infer

import (
	"cmp"
	"strings"

	"rollcall/specs/contract"
)

// onSingle is what is done with the one record that there is.
func (r *reader) onSingle(op *contract.Operation, p *place, g *group) guessed {
	at := "the path of the one " + g.made.Name
	if p.up.of != nil && op.Method != "GET" && commands(op, p) {
		return guessed{contract.VerbAction, likely, op.Method + " of a word that its name has as a command", r.doer(p, g)}
	}
	if g.up != nil && g.home == g.up.home && g.home != g && op.Method != "POST" && op.Method != "DELETE" &&
		p.has("PUT", "PATCH") {
		verb := map[string]contract.Verb{"PUT": contract.VerbReplace, "PATCH": contract.VerbUpdate}[op.Method]
		return guessed{cmp.Or(verb, contract.VerbGet), likely, "it is about the " + g.made.Name + " above", g.up}
	}
	if g.up != nil && op.Method == "GET" && r.purposes[plain(p.word)] == purposeGet {
		return guessed{contract.VerbGet, likely, "GET of a word for looking at the " + g.up.made.Name + " above", g.up}
	}
	if found, ok := r.binds(op, p, g); ok {
		return found
	}
	if op.Method == "PUT" && len(p.ops) == 1 && len(p.kids) == 0 && p.up.of != nil && r.memberOf(p.up.of, p.word) != "" {
		return guessed{contract.VerbUpdate, likely, "PUT of a member of " + p.up.of.made.Name, p.up.of}
	}
	switch op.Method {
	case "GET", "HEAD":
		if up := p.up.group; r.loose && up != nil && up.item != nil && g.home == up.home {
			return guessed{contract.VerbList, guess, "GET below the " + p.up.word + "; the document calls no list one", g}
		}
		if g.stem == "" && g.entity == nil {
			return guessed{contract.VerbReadOne, guess, "GET of " + at + "; the document doesn't say what it is", g}
		}
		if r.verb(p) && !r.plural(p.word) && !p.has("PUT", "PATCH", "POST", "DELETE") {
			if above(p) == nil && len(words(p.word)) == 1 {
				return guessed{contract.VerbReply, likely, "GET of a word that may be a verb", nil}
			}
			return guessed{contract.VerbReadOne, likely, "GET of " + at + ", by a word that may be a verb", g}
		}
		return guessed{contract.VerbReadOne, sure, "GET of " + at, g}
	case "PUT", "PATCH":
		if op.Body == nil && !p.has("GET") {
			return guessed{contract.VerbAction, likely, op.Method + " without a body", r.doer(p, g)}
		}
		if of := r.sent(op, p.word); r.plural(p.word) && of.list {
			return guessed{contract.VerbBulk, likely, op.Method + " of a list to " + at, g}
		}
		return guessed{contract.VerbSetOne, likely + bit(p.has("GET")), op.Method + " of " + at, g}
	case "POST":
		if r.verb(p) && r.purposeOf(op) != purposeCreate && r.purposeOf(op) != purposeUpdate {
			if beside(p) == nil {
				return guessed{contract.VerbReply, likely, "POST to a verb, and no record stands above it", nil}
			}
			return guessed{contract.VerbAction, likely, "POST to a verb", r.doer(p, g)}
		}
		if of := r.sent(op, p.word); r.plural(p.word) && of.list && of.items == "" && !of.bare {
			return guessed{contract.VerbBulk, likely, "POST of a list to " + at, g}
		}
		return guessed{contract.VerbSetOne, likely, "POST to " + at, g}
	case "DELETE":
		if r.plural(p.word) && !p.has("GET") && above(p) != nil {
			return guessed{contract.VerbBulk, likely, "DELETE of " + p.word + ", a plural", g}
		}
		return guessed{contract.VerbDelete, likely + bit(p.has("GET")), "DELETE of " + at, g}
	}
	return guessed{contract.VerbReply, guess, "nothing tells what " + op.Method + " does", nil}
}

// commands says whether a summary or a name begins with the path's word, and goes on: "Ship an
// order" at /orders/{id}/ship.
func commands(op *contract.Operation, p *place) bool {
	first := words(p.word)
	for _, text := range []string{op.Summary, op.ID} {
		if all := words(text); len(all) > 1 && len(first) > 0 && all[0] == first[0] && all[1] != "of" {
			return true
		}
	}
	return false
}

// memberOf is the member of a group's records with that name, "" where there is none.
func (r *reader) memberOf(g *group, name string) string {
	for _, s := range []*contract.Schema{g.entity, r.bodyOf(g)} {
		for _, p := range members(s) {
			if plain(p.Name) == plain(name) {
				return p.Name
			}
		}
	}
	return ""
}

// binds says whether a PUT or a DELETE only binds records that are named in the query, or the
// caller: PUT /me/shows?ids=1,2 and PUT /playlists/{id}/followers.
func (r *reader) binds(op *contract.Operation, p *place, g *group) (guessed, bool) {
	verb := map[string]contract.Verb{
		"POST": contract.VerbRelate, "PUT": contract.VerbRelate, "DELETE": contract.VerbUnbind,
	}[op.Method]
	if r.plural(p.word) && p.has("POST") && p.has("DELETE") && !p.has("GET") && g.item == nil && above(p) != nil && verb != "" {
		return guessed{verb, likely, "POST and DELETE of " + p.word + ", of which none has a path", g}, true
	}
	if op.Method == "DELETE" && len(members(r.sent(op, p.word).entity)) > 0 && r.plural(p.word) && above(p) != nil {
		return guessed{verb, likely, "DELETE of " + p.word + " whose body says which", g}, true
	}
	if verb == "" || p.has("POST", "PATCH") {
		return guessed{}, false
	}
	for _, q := range op.Parameters {
		if q.In == "query" && q.Required && (plain(q.Name) == "ids" || strings.HasSuffix(plain(q.Name), "ids")) {
			return guessed{verb, likely, "it names records in the query parameter " + q.Name, g}, true
		}
	}
	if r.plural(p.word) && p.has("PUT") && p.has("DELETE") && !p.has("GET") && above(p) != nil {
		return guessed{verb, likely, "PUT and DELETE of " + p.word + " that can't be got: they bind the caller", g}, true
	}
	return guessed{}, false
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// doer is the group whose record something is done with.
func (r *reader) doer(p *place, otherwise *group) *group {
	if g := beside(p); g != nil {
		return g
	}
	return otherwise
}
