package volunteers

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// authenticate looks the bearer token up among the keys; the key is the caller.
func authenticate(c *behavior.Call) (*store.Record, *behavior.Refusal) {
	scheme, token, _ := strings.Cut(c.Request.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); token == "" || !strings.EqualFold(scheme, "Bearer") {
		return nil, unauthorised("VOL-GEN-01", "a token is required", "send it as Authorization: Bearer")
	}
	key, ok := c.Reader().Get("key", token)
	if !ok {
		return nil, unauthorised("VOL-GEN-02", "the token is unknown", "use a token of this mock; its target document lists them")
	}
	if state := rightsOf(key).state; state != "active" {
		return key, unauthorised("VOL-GEN-02", "the token is "+state, "use a token that is in force")
	}
	return key, nil
}

func unauthorised(requirement, message, hint string) *behavior.Refusal {
	return &behavior.Refusal{Requirement: requirement, Status: http.StatusUnauthorized, In: "header", Message: message,
		Hint:   hint,
		Header: http.Header{"Www-Authenticate": {"Bearer"}}}
}

// guest is the first key that may do everything, for a door that stands open.
func guest(c *behavior.Call) *store.Record {
	all := c.Reader().Scan("key", "rights", store.Key("all"))
	if all.Len() == 0 {
		return nil
	}
	return all.At(0)
}

// scope is what a token must have for this API.
const scope = "users"

// rights are what every call asks of its key, read once when the key is stored.
type rights struct {
	state, scope string
	low          bool
}

func readRights(r *store.Record) any {
	return &rights{state: r.String("state"), scope: r.String("scope"), low: r.String("rights") == "low"}
}

func rightsOf(key *store.Record) *rights {
	if r, ok := key.Facts().(*rights); ok {
		return r
	}
	return &rights{}
}

// low tells whether the caller may only read, and only a part.
func low(c *behavior.Call) bool { return c.Actor != nil && rightsOf(c.Actor).low }

func authorize(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	if c.Actor != nil && rightsOf(c.Actor).scope != scope {
		return &behavior.Refusal{Status: http.StatusForbidden, In: "header",
			Message: "the token does not have the scope " + scope, Hint: "use a token with the scope " + scope}
	}
	if !low(c) {
		return nil
	}
	if !o.Verb.Writes() {
		return unseen(c)
	}
	by := "VOL-GEN-23"
	if o.ID == "deleteUserSupervisor" {
		by = "VOL-SUP-16"
	}
	return &behavior.Refusal{Requirement: by, Status: http.StatusForbidden, In: "header",
		Message: "you are not allowed to do this", Hint: "use the token of somebody who manages users"}
}

// unseen refuses the reads of a user whom the caller does not see, and of what stands under them.
func unseen(c *behavior.Call) *behavior.Refusal {
	user, ok := c.Reader().Get("user", c.Path.Get("userId"))
	if !ok {
		return nil
	}
	part := branch(c, c.Actor.String("team"))
	if slices.ContainsFunc(factsOf(user).teams, func(team string) bool { return slices.Contains(part, team) }) {
		return nil
	}
	return &behavior.Refusal{Requirement: "VOL-GET-14", Status: http.StatusForbidden, In: "path",
		Message: "you are not allowed to see this", Hint: "use the token of somebody who manages users"}
}

// render writes {message, status_code, errors?} (VOL-GEN-04 to 06, VOL-GEN-15).
func render(c *behavior.Call, r *behavior.Refusal) behavior.Answer {
	status := strconv.Itoa(r.Status)
	if c.Variant("text-status") {
		status = rule.Text(status)
	}
	body := rule.AppendText(append(c.Scratch[:0], `{"message":`...), r.Message)
	body = append(append(body, `,"status_code":`...), status...)
	if r.Status == http.StatusUnprocessableEntity {
		body = complaints(append(body, `,"errors":`...), r)
	}
	return behavior.Answer{Status: r.Status, Header: r.Header, Body: append(body, '}'), Borrowed: true}
}
