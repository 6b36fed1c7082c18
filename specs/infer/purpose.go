package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// purpose is what the name of an operation says that it does.
type purpose string

const (
	purposeCreate purpose = "create"
	purposeGet    purpose = "get"
	purposeList   purpose = "list"
	purposeUpdate purpose = "update"
	purposeDelete purpose = "delete"
	purposeAdd    purpose = "add" // it may make, bind or do something
	purposeNone   purpose = ""
)

// purposes is what the first words of an operation's id say. Words that may as well be the
// method's name say nothing.
func purposes() map[string]purpose {
	all := map[string]purpose{}
	for of, text := range map[purpose]string{
		purposeCreate: `create new make register`,
		purposeAdd:    `add submit insert`,
		purposeGet:    `get retrieve fetch read show find describe view lookup return`,
		purposeList:   `list index search browse query all`,
		purposeUpdate: `update edit patch modify change set replace save rename`,
		purposeDelete: `delete remove destroy`,
	} {
		for word := range setOf(text) {
			all[word] = of
		}
	}
	return all
}

// named is what the operation's id says.
func (r *reader) named(op *contract.Operation) purpose {
	if op == nil {
		return purposeNone
	}
	all := words(op.ID)
	if len(all) > 0 && (all[0] == "post" || all[0] == "put") && strings.EqualFold(all[0], op.Method) || generated(op) {
		return purposeNone // made of the method and the path, which are looked at anyway
	}
	for i, word := range all {
		if says := r.purposes[word]; says != purposeNone && i < 4 {
			return says.of(all[i+1:])
		}
	}
	return purposeNone
}

// generated says whether an operation's id is nothing but its method and its path.
func generated(op *contract.Operation) bool {
	var bare, by strings.Builder
	bare.WriteString(strings.ToLower(op.Method))
	by.WriteString(strings.ToLower(op.Method))
	for _, part := range parts(op.Path) {
		name := plain(part.word)
		for _, key := range part.keys {
			by.WriteString("by")
			name += plain(key)
		}
		bare.WriteString(name)
		by.WriteString(name)
	}
	id := plain(op.ID)
	return id == bare.String() || id == by.String()
}

// purposeOf is what the operation's id says, or else its summary.
func (r *reader) purposeOf(op *contract.Operation) purpose {
	if op == nil {
		return purposeNone
	}
	if says := r.named(op); says != purposeNone {
		return says
	}
	all := words(op.Summary)
	for i, word := range all {
		if says := r.purposes[r.singular(word)]; says != purposeNone && i < 2 {
			return says.of(all[i+1:])
		}
	}
	return purposeNone
}

// of is the purpose with what follows it: "Get a list of …" and "Get all …" list.
func (p purpose) of(rest []string) purpose {
	for len(rest) > 0 && has("a an the", rest[0]) {
		rest = rest[1:]
	}
	if p == purposeGet && len(rest) > 1 && (rest[0] == "all" || has("list lists", rest[0]) && rest[1] == "of") {
		return purposeList
	}
	return p
}

// fits says whether a verb is what such a purpose means.
func (p purpose) fits(verb contract.Verb) bool {
	switch p {
	case purposeAdd:
		return !among(verb, contract.VerbGet, contract.VerbList, contract.VerbReadOne, contract.VerbDelete, contract.VerbUnbind)
	case purposeCreate:
		return among(
			verb,
			contract.VerbBulk,
			contract.VerbCreate,
			contract.VerbUpsert,
			contract.VerbRelate,
			contract.VerbSetOne,
		)
	case purposeList:
		return verb == contract.VerbList
	case purposeGet:
		return among(verb, contract.VerbGet, contract.VerbList, contract.VerbReadOne)
	case purposeUpdate:
		return !among(verb, contract.VerbGet, contract.VerbList, contract.VerbReadOne, contract.VerbDelete, contract.VerbCreate)
	case purposeDelete:
		return among(verb, contract.VerbDelete, contract.VerbUnbind, contract.VerbBulk, contract.VerbAction)
	}
	return true
}

func among(verb contract.Verb, all ...contract.Verb) bool { return slices.Contains(all, verb) }
