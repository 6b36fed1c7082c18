package infer

import "rollcall/specs/contract"

// onWord is what is done at a word that has no records of its own, or at a parameter
// that names none.
func (r *reader) onWord(op *contract.Operation, p *place) guessed {
	near := beside(p)
	if near != nil && p.word == "" && p.up.word != "" && has(askingWords, p.up.word) && op.Method == "GET" {
		return guessed{contract.VerbList, likely, "GET of what is asked for below " + near.made.Name, near}
	}
	if near != nil && p.word == "" && op.Body == nil && p.has("PUT") && p.has("DELETE") {
		switch op.Method {
		case "PUT":
			return guessed{contract.VerbRelate, likely, "PUT without a body below " + near.made.Name, near}
		case "DELETE":
			return guessed{contract.VerbUnbind, likely, "DELETE beside a PUT without a body below " + near.made.Name, near}
		}
	}
	of := r.told(op, p.word, false)
	home := r.byStem(r.stem(of.entity))
	switch {
	case home == nil && near != nil && of.list && !of.bare && (r.stem(of.entity) == "" || near.stem == ""):
		home = near
	}
	switch {
	case of.list && home != nil && (op.Method == "GET" || op.Method == "POST" && (r.query(p) || r.purposeOf(op) == purposeList)):
		return guessed{contract.VerbList, likely, "a query that answers a list of " + home.made.Name, home}
	case op.Method == "GET" && r.needs(op) != "":
		return guessed{contract.VerbReply, likely, "what is answered follows from " + r.needs(op) + " in the query", nil}
	case op.Method == "POST" && p.op("GET") != nil && r.needs(p.op("GET")) != "":
		return guessed{contract.VerbReply, likely, "a question that GET asks as well", nil}
	case near == nil:
		return guessed{contract.VerbReply, guess, "no record stands above it", nil}
	case op.Method == "GET":
		if r.query(p) {
			return guessed{contract.VerbReply, guess, "a query whose answer is no list of records", nil}
		}
		return guessed{contract.VerbReadOne, guess, "GET below " + near.made.Name, near}
	case r.verb(p):
		return guessed{contract.VerbAction, likely + bit(above(p) != nil && p.up.of != nil && op.Method == "POST"),
			op.Method + " to a verb below " + near.made.Name, near}
	}
	sure := likely - bit(p.word == "" || p.up.of == nil)
	return guessed{contract.VerbAction, sure, op.Method + " below " + near.made.Name, near}
}

// byStem is the home of the records with that component, nil where there is none.
func (r *reader) byStem(stem string) *group {
	for _, g := range r.groups {
		if stem != "" && g.home == g && g.stem == stem && !g.single {
			return g
		}
	}
	return nil
}
