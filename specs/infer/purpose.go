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
		purposeAdd:    `add`,
		purposeGet:    `get retrieve fetch read show find describe view lookup`,
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
	if len(all) > 0 && (all[0] == "post" || all[0] == "put") && strings.EqualFold(all[0], op.Method) {
		return purposeNone // made of the method and the path, which are looked at anyway
	}
	for i, word := range all {
		if says := r.purposes[word]; says != purposeNone && i < 4 {
			if i+2 < len(all) && says == purposeGet && all[i+1] == "list" && all[i+2] == "of" {
				return purposeList
			}
			return says
		}
	}
	return purposeNone
}

// purposeOf is what the operation's id says, or else its summary.
func (r *reader) purposeOf(op *contract.Operation) purpose {
	if op == nil {
		return purposeNone
	}
	if says := r.named(op); says != purposeNone {
		return says
	}
	for i, word := range words(op.Summary) {
		if says := r.purposes[r.singular(word)]; says != purposeNone && i < 2 {
			return says
		}
	}
	return purposeNone
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
