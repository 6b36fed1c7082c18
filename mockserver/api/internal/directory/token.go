// Package directory is what the contracts have in common that serve one directory: the
// tokens their callers send, the authorities in them, and the shapes of their errors.
//
// It is no API: it serves the packages beside it, and may change with any version.
package directory

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
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
	Missing, Unreadable, Expired behavior.Denies
	Marked                       behavior.By // the challenge to a refused token says invalid_token
	Anywhere                     behavior.By // a token is asked for on unknown paths, too
	Early                        behavior.By // a token is asked for before the input is looked at
}

// Authenticate gives the claims of the call's token as a record, or a 401. The
// claims of an expired token come with the refusal.
func (b Bearer) Authenticate(c *behavior.Call) (*store.Record, *behavior.Refusal) {
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
	claims, err := verified(c, token)
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
	return claims, challenge(requirement, mark, err.Error(),
		"use a token of this mock that is in force; `rollcall token` prints one")
}

// verified gives the claims of a token, checked by the clock of the world. Those of a token that is
// signed well but expired are given along with the error.
func verified(c *behavior.Call, token string) (*store.Record, error) {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithTimeFunc(func() time.Time { return inForce(c.Now) }), jwt.WithExpirationRequired())
	var registered jwt.RegisteredClaims
	_, err := parser.ParseWithClaims(token, &registered, func(*jwt.Token) (any, error) { return signer(c) })
	if err != nil && !errors.Is(err, jwt.ErrTokenExpired) {
		return nil, err
	}
	payload, encoding := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if encoding != nil {
		return nil, encoding
	}
	return store.NewRecord(registered.Subject, payload, nil), err
}

// inForce is the time that a token's end is held against. The tokens of the data end when the last
// day that can be written begins, and are in force on that day, too.
func inForce(now time.Time) time.Time {
	if last := time.Date(9999, time.December, 31, 0, 0, 0, -1, time.UTC); now.After(last) {
		return last
	}
	return now
}

func signer(c *behavior.Call) ([]byte, error) {
	signer, ok := c.Reader().Get(SignerTable, SignerRecord)
	if !ok {
		return nil, errors.New("the data holds no key to verify tokens with")
	}
	return base64.StdEncoding.DecodeString(signer.String("key"))
}

// challenge is a refusal without a body, with a WWW-Authenticate header.
func challenge(requirement, mark, message, hint string) *behavior.Refusal {
	return &behavior.Refusal{Requirement: requirement, Status: http.StatusUnauthorized, In: "header", Pointer: "/Authorization",
		Message: message, Hint: hint, Header: http.Header{challengeHeader: {"Bearer" + mark}}}
}

const challengeHeader = "Www-Authenticate"
