package directory

import (
	"net/http"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// Rights says how a contract reads the authorities of a token, and which
// requirement is behind a refusal: the one that tells what is wrong with the
// token, as far as there is one.
type Rights struct {
	Prefix     string                     // which every authority begins with
	Lacking    behavior.Denies            // nothing like the authority is there
	Misplaced  behavior.Denies            // it is in another claim
	Unprefixed behavior.Denies            // it has no prefix
	Miscased   behavior.Denies            // it has other letter case
	Other      map[string]behavior.Denies // an authority of other operations is there
	Marked     behavior.By                // the challenge says insufficient_scope
}

const authorities = "authorities"

// Deny gives a 403 when the caller lacks the authority of the operation.
func (r Rights) Deny(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	if o.Scope == "" || Holder(c.Actor, o.Scope) {
		return nil
	}
	mark := ` error="insufficient_scope",` +
		` error_description="The token lacks the authority of the operation.",` +
		` error_uri="https://www.rfc-editor.org/rfc/rfc6750#section-3.1"`
	if !c.Holds(r.Marked) {
		mark = ""
	}
	ref := challenge(string(r.why(c.Actor, o)), mark, "the token lacks the authority "+o.Scope,
		"use a token that has it in its claim "+authorities)
	ref.Status = http.StatusForbidden
	return ref
}

// Holder tells whether a caller's claims list an authority, letter for letter.
func Holder(claims *store.Record, authority string) bool {
	for _, held := range claims.Get(authorities).Array() {
		if held.String() == authority {
			return true
		}
	}
	return false
}

func (r Rights) why(claims *store.Record, o behavior.Operation) behavior.Denies {
	if strings.Contains(claims.String("scope"), o.Scope) {
		return r.Misplaced
	}
	for _, held := range claims.Get(authorities).Array() {
		has := held.String()
		switch {
		case r.Prefix+has == o.Scope:
			return r.Unprefixed
		case strings.EqualFold(has, o.Scope):
			return r.Miscased
		case r.Other[has] != "":
			return r.Other[has]
		}
	}
	if o.Asks != "" {
		return o.Asks
	}
	return r.Lacking
}

// Holding gives a caller who holds the authorities, for a door that stands open.
func Holding(names ...string) *store.Record {
	var list []string
	for _, n := range names {
		list = append(list, rule.Text(n))
	}
	return store.NewRecord("guest", []byte(`{"sub":"guest","`+authorities+`":[`+strings.Join(list, ",")+`]}`), nil)
}
