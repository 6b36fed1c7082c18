package tenants

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func searchVerb() behavior.Func {
	return behavior.Func{
		Run: search,
		Enforces: []behavior.By{
			"TEN-SRCH-04", "TEN-SRCH-08", "TEN-SRCH-12", "TEN-SRCH-13", "TEN-SRCH-14", "TEN-SRCH-15", "TEN-SRCH-16",
			"TEN-GEN-18",
		},
		Refuses: []behavior.Denies{"TEN-SRCH-05", "TEN-SRCH-09", "TEN-SRCH-11"},
	}
}

// search answers the one user who meets every criterion.
func search(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	if name := unknown(c); name != "" && !c.Holds("TEN-SRCH-15") {
		return behavior.Answer{}, &behavior.Refusal{Status: http.StatusBadRequest, In: "query",
			Pointer: "/" + name, Message: "is not known"}
	}
	asked := criteria(c)
	user := find(c, asked)
	if user == nil && len(asked) == 0 && c.Query().Has("userId") {
		user = anybody(c) // the defect: what is no id counts as nothing, and then anybody will do
	}
	if user == nil {
		ref := nobody(asked)
		if c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		if user = anybody(c); user == nil {
			return behavior.Answer{}, ref
		}
	}
	return c.OK(user.Document()), nil
}

// nobody says why no user is answered.
func nobody(asked []criterion) *behavior.Refusal {
	if len(asked) == 0 {
		return &behavior.Refusal{Requirement: "TEN-SRCH-09", In: "query", Pointer: "/userId",
			Message: "Give a userId, a refNum or an email.",
			Hint:    "add at least one of the query parameters userId, refNum and email"}
	}
	requirement := "TEN-SRCH-05"
	for _, one := range asked {
		if one.name == "userId" && (one.value == "0" || one.value[0] == '-') {
			requirement = "TEN-SRCH-11"
		}
	}
	return &behavior.Refusal{Requirement: requirement, In: "query", Pointer: "/" + asked[0].name,
		Message: "No such user was found.", Hint: "the user must meet every criterion"}
}

// find gives the first user whom every criterion fits.
func find(c *behavior.Call, asked []criterion) *store.Record {
	if len(asked) == 0 || len(asked) > 1 && !c.Holds("TEN-SRCH-04") {
		return nil
	}
	needed := asked
	if !c.Holds("TEN-SRCH-08") {
		needed = asked[:1]
	}
	for _, tenant := range tenants(c) {
		for _, user := range candidates(c, tenant, asked[0]) {
			if !slices.ContainsFunc(needed, func(one criterion) bool { return !one.fits(c, user) }) {
				return user
			}
		}
	}
	return nil
}

// tenants lists the tenants in which is searched: the caller's own.
func tenants(c *behavior.Call) []string {
	all := []string{c.Actor.String(tenantID)}
	if !c.Holds("TEN-SRCH-16") || !c.Holds("TEN-GEN-18") {
		c.Reader().Each("tenant", "name", "", func(r *store.Record) bool {
			all = append(all, r.ID)
			return true
		})
	}
	return all
}

// candidates looks one criterion up in the index that has it.
func candidates(c *behavior.Call, tenant string, by criterion) (all []*store.Record) {
	index, key := byReference().Name, store.Key(tenant, by.value)
	switch by.name {
	case "userId":
		if user, ok := c.Reader().Get("user", by.value); ok && user.String(tenantID) == tenant {
			all = append(all, user)
		}
		return all
	case "email":
		index, key = byEmail().Index().Name, store.Key(tenant, strings.ToLower(by.value))
		if !c.Holds("TEN-SRCH-13") {
			key = strings.TrimSuffix(key, "\x00")
		}
	}
	c.Reader().Each("user", index, key, func(r *store.Record) bool {
		all = append(all, r)
		return true
	})
	return all
}

// anybody is a user of the tenant, for a defect that always finds one.
func anybody(c *behavior.Call) *store.Record {
	users := c.Reader().Scan("user", byReference().Name, store.Key(c.Actor.String(tenantID)))
	if users.Len() == 0 {
		return nil
	}
	return users.At(0)
}
