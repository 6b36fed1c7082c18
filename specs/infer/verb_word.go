package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

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
		return guessed{contract.VerbReply, likely + bit(computes(r.needs(op))),
			"what is answered follows from " + r.needs(op) + " in the query", nil}
	case op.Method == "POST" && p.op("GET") != nil && r.needs(p.op("GET")) != "":
		return guessed{contract.VerbReply, likely, "a question that GET asks as well", nil}
	case near == nil:
		return guessed{contract.VerbReply, r.kept(op, p), "no record stands above it", nil}
	case op.Method == "GET":
		if r.query(p) {
			return guessed{contract.VerbReply, guess, "a query whose answer is no list of records", nil}
		}
		if p.word == "" {
			if r.purposeOf(op) == purposeList || of.list {
				return guessed{contract.VerbList, guess, "GET of several below " + near.made.Name, near}
			}
			return guessed{contract.VerbGet, guess, "GET by one more key below " + near.made.Name, near}
		}
		return guessed{contract.VerbReadOne, guess, "GET below " + near.made.Name, near}
	case op.Method != "GET" && (inBulk(p) || inBulk(p.up) && p.up.group == nil) && p.up.of == nil && p.up.up.of == nil:
		return guessed{contract.VerbBulk, likely, op.Method + " in bulk below " + near.made.Name, near}
	case r.verb(p):
		does := p.up.of != nil && (op.Method == "POST" || op.Method == "PUT")
		return guessed{contract.VerbAction, likely + bit(above(p) != nil && does),
			op.Method + " to a verb below " + near.made.Name, near}
	}
	sure := likely - bit(p.word == "" || p.up.of == nil)
	return guessed{contract.VerbAction, sure, op.Method + " below " + near.made.Name, near}
}

// inBulk says whether a word says that several are meant.
func inBulk(p *place) bool {
	return slices.ContainsFunc(words(p.word), func(word string) bool { return word == "bulk" || word == "batch" })
}

// computes says whether a query parameter is what an answer is computed from, rather than one that
// picks a record, looks for some, or says from when.
func computes(name string) bool {
	all := words(name)
	if len(all) == 0 || has(searchNames, name) || strings.HasSuffix(plain(name), "id") || has(idNames+" ids", all[len(all)-1]) {
		return false
	}
	return !slices.ContainsFunc(all, func(word string) bool { return has(timeWords, word) })
}

// kept is how sure it is that a POST with no record above it keeps none: as sure as no word speaks
// of making or changing one, and an answer is documented.
func (r *reader) kept(op *contract.Operation, p *place) int {
	if op.Method != "POST" || made(op) || r.plural(p.word) || p.word == "" || r.purposes[plain(p.word)] != purposeNone {
		return guess
	}
	text := op.Path
	if !generated(op) {
		text += " " + strings.Join(first(words(op.ID), 3), " ")
	}
	text += " " + strings.Join(first(words(op.Summary), 2), " ")
	for _, word := range words(text) {
		if of := r.purposes[r.singular(word)]; of != purposeNone && of != purposeGet || has(keepingWords, word) {
			return guess
		}
	}
	return likely + bit(len(members(r.told(op, p.word, true).entity)) > 0)
}

// first are the first of some words.
func first(all []string, n int) []string { return all[:min(n, len(all))] }

// byStem is the home of the records with that component, nil where there is none.
func (r *reader) byStem(stem string) *group {
	for _, g := range r.groups {
		if stem != "" && g.home == g && g.stem == stem && !g.single {
			return g
		}
	}
	return nil
}
