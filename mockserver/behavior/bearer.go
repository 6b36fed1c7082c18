package behavior

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// The table of the key that signs tokens, and the record that holds it: base64
// text in its private member "key".
const (
	SignerTable  = "signer"
	SignerRecord = "current"
)

// Bearer says how a contract reads signed tokens (RFC 7519, HS256) that callers
// send as RFC 6750 has it, and which requirements are behind each refusal. The
// claims of an accepted token are the caller's record.
type Bearer struct {
	Missing, Unreadable, Expired Denies
	Marked                       By // the challenge to a refused token says invalid_token
	Anywhere                     By // a token is asked for on unknown paths, too
	Early                        By // a token is asked for before the input is looked at
}

// Authenticate gives the claims of the call's token as a record, or a 401. The
// claims of an expired token come with the refusal.
func (b Bearer) Authenticate(c *Call) (*store.Record, *Refusal) {
	if c.Operation == nil && !c.Holds(b.Anywhere) {
		return nil, nil
	}
	scheme, token, _ := strings.Cut(c.Request.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); token == "" || !strings.EqualFold(scheme, "Bearer") {
		if !c.Holds(b.Early) && len(c.Violations()) > 0 {
			return nil, nil
		}
		return nil, challenge(string(b.Missing), "", "a token is required", "send it as Authorization: Bearer")
	}
	claims, err := c.claims(token)
	if err == nil {
		return claims, nil
	}
	requirement, mark := string(b.Unreadable), ` error="invalid_token"`
	if errors.Is(err, jwt.ErrTokenExpired) {
		requirement = string(b.Expired)
	}
	if !c.Holds(b.Marked) {
		mark = ""
	}
	return claims, challenge(requirement, mark, err.Error(), "use a token of this mock that is in force; `rollcall token` prints one")
}

// claims verifies a token by the clock of the world. Those of a token that is
// signed well but expired are given along with the error.
func (c *Call) claims(token string) (*store.Record, error) {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithTimeFunc(func() time.Time { return c.Now }), jwt.WithExpirationRequired())
	var registered jwt.RegisteredClaims
	_, err := parser.ParseWithClaims(token, &registered, func(*jwt.Token) (any, error) { return c.signer() })
	if err != nil && !errors.Is(err, jwt.ErrTokenExpired) {
		return nil, err
	}
	payload, encoding := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if encoding != nil {
		return nil, encoding
	}
	return store.NewRecord(registered.Subject, payload, nil), err
}

func (c *Call) signer() ([]byte, error) {
	signer, ok := c.Reader().Get(SignerTable, SignerRecord)
	if !ok {
		return nil, errors.New("the data holds no key to verify tokens with")
	}
	return base64.StdEncoding.DecodeString(signer.String("key"))
}

// challenge is a refusal without a body, with a WWW-Authenticate header.
func challenge(requirement, mark, message, hint string) *Refusal {
	return &Refusal{Requirement: requirement, Status: http.StatusUnauthorized, In: "header", Pointer: "/Authorization",
		Message: message, Hint: hint, Header: http.Header{challengeHeader: {"Bearer" + mark}}}
}

const challengeHeader = "Www-Authenticate"

// Rights says how a contract reads the authorities of a token, and which
// requirement is behind a refusal: the one that tells what is wrong with the
// token, as far as there is one.
type Rights struct {
	Prefix     string                  // which every authority begins with
	Lacking    Denies                  // nothing like the authority is there
	Misplaced  Denies                  // it is in another claim
	Unprefixed Denies                  // it has no prefix
	Miscased   Denies                  // it has other letter case
	Other      func(has string) Denies // an authority of other operations is there
	Marked     By                      // the challenge says insufficient_scope
}

const authorities = "authorities"

// Deny gives a 403 when the caller lacks the authority of the operation.
func (r Rights) Deny(c *Call, o Operation) *Refusal {
	if o.Scope == "" || Holder(c.Actor, o.Scope) {
		return nil
	}
	mark := ` error="insufficient_scope", error_description="The token lacks the authority of the operation.", error_uri="https://www.rfc-editor.org/rfc/rfc6750#section-3.1"`
	if !c.Holds(r.Marked) {
		mark = ""
	}
	ref := challenge(string(r.why(c.Actor, o)), mark, "the token lacks the authority "+o.Scope, "use a token that has it in its claim "+authorities)
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

func (r Rights) why(claims *store.Record, o Operation) Denies {
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
		case r.Other != nil && r.Other(has) != "":
			return r.Other(has)
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

// Violations lists how the call's input breaks the document, body first.
func (c *Call) Violations() []contract.Violation {
	if c.Operation == nil {
		return nil
	}
	all := append(c.Unreadable(), c.Operation.CheckBody(c.Body)...)
	for _, p := range c.Operation.Parameters {
		value, present := c.Path.Get(p.Name), true
		if p.In == "query" {
			value, present = c.Query().Get(p.Name), c.Query().Has(p.Name)
		}
		if p.In != "header" {
			all = append(all, c.Operation.CheckParameter(p, value, present)...)
		}
	}
	return all
}
