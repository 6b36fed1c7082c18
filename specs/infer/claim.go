package infer

import (
	"slices"

	"rollcall/specs/contract"
)

// claim is what the name of an operation says that it does.
type claim string

const (
	claimCreate claim = "create"
	claimGet    claim = "get"
	claimList   claim = "list"
	claimUpdate claim = "update"
	claimDelete claim = "delete"
	claimAdd    claim = "add" // it may make, bind or do something
	claimNone   claim = ""
)

// claims is what the first words of an operation's id claim. Words that may as well be
// the method's name claim nothing.
func claims() map[string]claim {
	all := map[string]claim{}
	for of, text := range map[claim]string{
		claimCreate: `create new make register`,
		claimAdd:    `add`,
		claimGet:    `get retrieve fetch read show find describe view lookup`,
		claimList:   `list index search browse query all`,
		claimUpdate: `update edit patch modify change set replace save rename`,
		claimDelete: `delete remove destroy`,
	} {
		for word := range setOf(text) {
			all[word] = of
		}
	}
	return all
}

// named is what the operation's id claims.
func (r *reader) named(op *contract.Operation) claim {
	for i, word := range words(op.ID) {
		if c := r.claims[word]; c != claimNone && i < 4 {
			return c
		}
	}
	return claimNone
}

// claimed is what the operation's id claims, or else its summary.
func (r *reader) claimed(op *contract.Operation) claim {
	if op == nil {
		return claimNone
	}
	if c := r.named(op); c != claimNone {
		return c
	}
	for i, word := range words(op.Summary) {
		if c := r.claims[r.singular(word)]; c != claimNone && i < 2 {
			return c
		}
	}
	return claimNone
}

// fits says whether a verb is what such a claim means.
func (c claim) fits(verb contract.Verb) bool {
	switch c {
	case claimAdd:
		return !among(verb, contract.VerbGet, contract.VerbList, contract.VerbReadOne, contract.VerbDelete, contract.VerbUnbind)
	case claimCreate:
		return among(
			verb,
			contract.VerbBulk,
			contract.VerbCreate,
			contract.VerbUpsert,
			contract.VerbRelate,
			contract.VerbSetOne,
		)
	case claimList:
		return verb == contract.VerbList
	case claimGet:
		return among(verb, contract.VerbGet, contract.VerbList, contract.VerbReadOne)
	case claimUpdate:
		return !among(verb, contract.VerbGet, contract.VerbList, contract.VerbReadOne, contract.VerbDelete, contract.VerbCreate)
	case claimDelete:
		return among(verb, contract.VerbDelete, contract.VerbUnbind, contract.VerbBulk, contract.VerbAction)
	}
	return true
}

func among(verb contract.Verb, all ...contract.Verb) bool { return slices.Contains(all, verb) }
