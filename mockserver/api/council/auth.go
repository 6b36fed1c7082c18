package council

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// badKey is one text for unknown, expired and revoked keys (COU-GEN-03).
const badKey = "the API key is not valid"

func authenticate(c *behavior.Call) (*store.Record, *behavior.Refusal) {
	secret := credential(c)
	if secret == "" {
		return nil, unauthorised("COU-GEN-01", "an API key is required", "send it as Authorization: Bearer or as X-API-Key")
	}
	key, ok := c.Reader().Get("key", secret)
	if !ok {
		return nil, unauthorised("COU-GEN-02", badKey, "use a key of this tenant that is in force")
	}
	if expired(key) {
		text := badKey
		if !c.Holds("COU-GEN-03") {
			text = "the API key is " + key.String("state")
		}
		return key, unauthorised("", text, "use a key of this tenant that is in force")
	}
	return key, throttled(c, key)
}

// credential reads the key from either header (COU-GEN-04).
func credential(c *behavior.Call) string {
	q := c.Request
	if scheme, token, ok := strings.Cut(q.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	if !c.Holds("COU-GEN-04") {
		return ""
	}
	return q.Header.Get("X-API-Key")
}

func unauthorised(requirement, message, hint string) *behavior.Refusal {
	return &behavior.Refusal{Requirement: requirement, Status: http.StatusUnauthorized, In: "header", Message: message,
		Hint: hint}
}

// expired tells whether the state of a key forbids its use.
func expired(key *store.Record) bool { return !rightsOf(key).active }

// rights are what every call asks of its key, read once when the key is stored.
type rights struct {
	active    bool
	perMinute int64 // 0: without a limit
	scopes    []string
}

func readRights(key *store.Record) any {
	r := &rights{active: key.String("state") == "active", perMinute: key.Get("perMinute").Int()}
	key.Get("scopes").ForEach(func(_, s gjson.Result) bool { r.scopes = append(r.scopes, strings.Clone(s.Str)); return true })
	return r
}

func rightsOf(key *store.Record) *rights {
	if r, ok := key.Facts().(*rights); ok {
		return r
	}
	return &rights{}
}

func throttled(c *behavior.Call, key *store.Record) *behavior.Refusal {
	limit := rightsOf(key).perMinute
	if limit == 0 {
		return nil
	}
	wait := c.Spend(key.ID, int(limit), c.Now)
	if wait == 0 {
		return nil
	}
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	return &behavior.Refusal{
		Requirement: "COU-GEN-15", Status: http.StatusTooManyRequests,
		Message: fmt.Sprintf("more than %d calls in a minute", limit), Hint: "wait " + seconds + " seconds",
		Header: http.Header{"Retry-After": {seconds}},
	}
}

// guest is the first key that may do everything, for a door that stands open.
func guest(c *behavior.Call) *store.Record {
	var found *store.Record
	c.Reader().Each("key", "tenant", "", func(r *store.Record) bool {
		if r.String("state") == "active" && r.String("role") == "admin" && len(r.Get("scopes").Array()) > 0 &&
			!r.Get("perMinute").Exists() {
			found = r
		}
		return found == nil
	})
	return found
}

// ladder is the order of roles, the lowest first.
func ladder() []string { return []string{"caseworker", "councillor", "admin"} }

func rank(role string) int { return slices.Index(ladder(), role) }

func authorize(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	if o.Scope != "" && !holds(c.Actor, o.Scope) {
		return &behavior.Refusal{Requirement: string(o.Asks), Status: http.StatusForbidden, In: "header",
			Message: "the key does not have the scope " + o.Scope, Hint: "use a key with the scope " + o.Scope,
			Details: []byte(`{"requiredScope":` + rule.Text(o.Scope) + `}`)}
	}
	if o.MinRole != "" && rank(c.Actor.String("role")) < rank(o.MinRole) {
		return &behavior.Refusal{Requirement: string(o.AsksRole), Status: http.StatusForbidden, In: "header",
			Message: "the role " + c.Actor.String("role") + " is too low", Hint: "use a key with the role " + o.MinRole +
				" or above",
			Details: []byte(`{"requiredRole":` + rule.Text(o.MinRole) + `}`)}
	}
	return nil
}

func holds(key *store.Record, scope string) bool { return slices.Contains(rightsOf(key).scopes, scope) }
