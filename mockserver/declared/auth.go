package declared

import (
	"cmp"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// authenticate looks the credential up, wherever the document says it is.
func (t *table) authenticate(c *behavior.Call) (*store.Record, *behavior.Refusal) {
	secret := t.credential(c)
	if secret == "" {
		return nil, t.stranger("a credential is required")
	}
	who, ok := c.Reader().Get(fixtures.TableCallers, secret)
	if !ok {
		return nil, t.stranger("the credential is not valid")
	}
	return who, t.throttled(c, who)
}

func (t *table) stranger(why string) *behavior.Refusal {
	return &behavior.Refusal{Status: cmp.Or(t.of.Auth.Missing, http.StatusUnauthorized), In: "header", Message: why,
		Hint: "send one of those that the mock names at its start", Header: http.Header{"Www-Authenticate": {t.manner()}}}
}

// manner is what the header WWW-Authenticate names.
func (t *table) manner() string {
	if len(t.Security) > 0 && t.Security[0].Type == "http-basic" {
		return "Basic"
	}
	return "Bearer"
}

// credential reads the secret from where the document says that it is: the header of a key, the
// query, a cookie, or the header Authorization in any of its manners.
func (t *table) credential(c *behavior.Call) string {
	for _, s := range t.Security {
		if secret := keyOf(c, s); secret != "" {
			return secret
		}
	}
	if name, password, ok := c.Request.BasicAuth(); ok {
		return cmp.Or(password, name) // a key may be sent as the name of a user
	}
	_, token, _ := strings.Cut(c.Request.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token)
}

// keyOf reads an API key.
func keyOf(c *behavior.Call, s contract.SecurityScheme) string {
	if s.Type != "apiKey" {
		return ""
	}
	switch s.In {
	case "header":
		value := c.Request.Header.Get(s.Parameter)
		if _, token, ok := strings.Cut(value, " "); ok {
			return strings.TrimSpace(token) // a key behind the word Bearer or token
		}
		return value
	case "query":
		return c.Query().Get(s.Parameter)
	case "cookie":
		if cookie, err := c.Request.Cookie(s.Parameter); err == nil {
			return cookie.Value
		}
	}
	return ""
}

// throttled refuses a caller who calls more often than the behavior allows.
func (t *table) throttled(c *behavior.Call, who *store.Record) *behavior.Refusal {
	if c.Operation == nil {
		return nil
	}
	for _, l := range t.of.Limits {
		if l.Operation != "" && l.Operation != c.Operation.ID {
			continue
		}
		wait := c.Spend(who.ID+" "+l.Operation, l.PerMinute, c.Now)
		if wait == 0 {
			continue
		}
		seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
		return &behavior.Refusal{Status: http.StatusTooManyRequests,
			Message: "more than " + strconv.Itoa(l.PerMinute) + " calls in a minute", Hint: "wait " + seconds + " seconds",
			Header: http.Header{"Retry-After": {seconds}}}
	}
	return nil
}

// authorize asks for the scopes of one of the sets that the operation names.
func (t *table) authorize(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	sets := c.Operation.Needs
	if len(sets) == 0 || c.Actor == nil {
		return nil
	}
	var lacking string
	for _, set := range sets {
		lacks := slices.IndexFunc(
			set,
			func(n contract.Need) bool { lacking = missingScope(c.Actor, n.Scopes); return lacking != "" },
		)
		if lacks < 0 {
			return nil
		}
	}
	return &behavior.Refusal{Requirement: string(o.Asks), Status: cmp.Or(t.of.Auth.Scope, http.StatusForbidden), In: "header",
		Message: "the credential does not have the scope " + lacking, Hint: "use one with the scope " + lacking}
}

// missingScope is the first scope that a caller lacks.
func missingScope(who *store.Record, scopes []string) string {
	var has []string
	who.Get("scopes").ForEach(func(_, s gjson.Result) bool { has = append(has, s.Str); return true })
	for _, s := range scopes {
		if !slices.Contains(has, s) {
			return s
		}
	}
	return ""
}

// guest is the default caller, for a door that stands open.
func guest(c *behavior.Call) *store.Record {
	if all := c.Reader().Scan(fixtures.TableCallers, byOrder, ""); all.Len() > 0 {
		return all.At(0)
	}
	return nil
}
