package tenants

import (
	"net/http"
	"slices"

	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

const tokenHeader = "X-API-Token"

func authenticate(c *behavior.Call) (*store.Record, *behavior.Refusal) {
	secret := c.Request.Header.Get(tokenHeader)
	if secret == "" {
		return nil, unauthorised("TEN-GEN-01")
	}
	token, ok := c.Reader().Get("token", secret)
	if !ok {
		return nil, unauthorised("TEN-GEN-02")
	}
	if token.String("state") != "active" {
		return token, unauthorised("")
	}
	return token, nil
}

func unauthorised(requirement string) *behavior.Refusal {
	return &behavior.Refusal{
		Requirement: requirement, Status: http.StatusUnauthorized, In: "header", Message: "A valid API token is needed.",
		Hint: "send a token that is in force in the header " + tokenHeader,
	}
}

// guest is the holder of a token of the path's tenant that may do everything,
// else of some tenant, for a door that stands open.
func guest(c *behavior.Call) *store.Record {
	var found *store.Record
	for _, prefix := range []string{store.Key(c.Path.Get("tenantName")), ""} {
		c.Reader().Each("token", "tenant", prefix, func(r *store.Record) bool {
			if found == nil && r.String("state") == "active" && permits(r, "users:write") {
				found = r
			}
			return found == nil
		})
	}
	return found
}

func permits(token *store.Record, permission string) bool {
	for _, held := range token.Get("permissions").Array() {
		if held.String() == permission {
			return true
		}
	}
	return false
}

// authorize wants a tenant that exists, of which the token is, and a token with
// the operation's permission.
func authorize(c *behavior.Call, o behavior.Operation) *behavior.Refusal {
	name := c.Path.Get("tenantName")
	if _, ok := c.Reader().Get("tenant", name); !ok {
		return &behavior.Refusal{
			Requirement: "TEN-GEN-11", In: "path", Pointer: "/tenantName", Message: "No such tenant was found.",
			Hint: "use the name of the tenant that the token was issued for",
		}
	}
	if c.Actor.String(tenantID) != name {
		ref := &behavior.Refusal{
			Requirement: "TEN-GEN-12", In: "path", Pointer: "/tenantName", Message: "This token is of another tenant.",
			Hint: "use a token of the tenant in the path",
		}
		if c.Refuse(ref) {
			return ref
		}
		c.Actor = lent(c.Actor, name) // the defect: whoever has a token may act for any tenant
	}
	if o.Scope != "" && !permits(c.Actor, o.Scope) {
		return &behavior.Refusal{
			Requirement: string(o.Asks), In: "header", Message: "This token may not do that.",
			Hint: "use a token with the permission " + o.Scope,
		}
	}
	return nil
}

// lent is the token as if it were of another tenant.
func lent(token *store.Record, tenant string) *store.Record {
	doc, err := sjson.SetRawBytes(slices.Clone(token.Document()), tenantID, []byte(rule.Text(tenant)))
	if err != nil {
		return token
	}
	return token.With(doc)
}
