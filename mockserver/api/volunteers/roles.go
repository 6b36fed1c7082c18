package volunteers

import (
	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

func roles() behavior.Resource {
	r := nested("role", "UserRoleAssociation", "user_id")
	r.Nest.Lists = "VOL-ROLE-38"
	r.Private = []string{"profile"}
	r.Prepare, r.Enforces = role, []behavior.By{"VOL-ROLE-15", "VOL-ROLE-24", "VOL-ROLE-30"}
	links := roleLinks()
	r.View = func(c *behavior.Call, to []byte, r *store.Record) []byte { return linked(c, to, r, links) }
	r.Defaults = append(nulls("team", "review_submitted_at", "would_you_like_to_have_back", "would_you_recommend_to_organisation",
		"reference",
		"leaving_reason", "feedback", "recommend_organisation", "custom_title", "end", "manager", "vetting",
		"recruitment_category", "permission_group"),
		defaults("false", "", "primary", "leaving_form_required", "left_org")...)
	return r
}

// role stores what was sent of a role association: references as numbers, flags
// as booleans, and what the role profile says of every such association.
func role(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	given := map[string]string{}
	refs(sent, given, "team", "manager", "vetting", "leaving_reason")
	for _, name := range []string{"primary", "recommend_organisation"} {
		if raw, ok := sent[name]; ok {
			given[name] = flag(raw)
		}
	}
	if given["recommend_organisation"] == "false" && !c.Holds("VOL-ROLE-24") {
		given["recommend_organisation"] = "true"
	}
	if before != nil {
		if _, titled := sent["custom_title"]; titled && !c.Holds("VOL-ROLE-30") {
			given["name"] = sent["custom_title"]
		}
		return given
	}
	if _, ok := sent["start"]; !ok {
		given["start"] = today(c)
	}
	if _, ok := sent["primary"]; !ok && !c.Holds("VOL-ROLE-15") {
		given["primary"] = "true"
	}
	profiled(c, given, number(sent["role"]))
	return given
}

// profiled adds what a role profile says; the members of an unknown one are
// empty, for a defect that lets it pass.
func profiled(c *behavior.Call, given map[string]string, id string) {
	given["profile"], given["name"], given["display_name"], given["type"] = id, `""`, `""`, `"volunteer"`
	p, ok := c.Reader().Get("profile", id)
	if !ok {
		return
	}
	for _, name := range []string{"name", "display_name", "type", "leaving_form_required",
		"recruitment_category", "permission_group"} {
		given[name] = p.Get(name).Raw
	}
}

func roleLinks() []behavior.Link {
	return append(people("manager"),
		behavior.Link{Member: "team", Table: "team"}, behavior.Link{Member: "leaving_reason", Table: "leaving"},
		behavior.Link{Member: "vetting", Table: "vetting"}, behavior.Link{Member: "recruitment_category", Table: "recruitment"},
		behavior.Link{Member: "permission_group", Table: "group"})
}

// linked appends a document with what it links to.
func linked(c *behavior.Call, to []byte, r *store.Record, links []behavior.Link) []byte {
	return manage(c, behavior.ExpandRecord(c, to, r, links), len(to))
}

// roleOf gives a role association as createUser names it, under the names that
// createUserRole has.
func roleOf(item gjson.Result) map[string]string {
	sent := map[string]string{"role": `{"id":` + rawOr(item.Get("id"), "null") + `}`}
	for _, name := range []string{"team", "manager", "start", "end", "custom_title"} {
		if v := item.Get(name); v.Exists() {
			sent[name] = v.Raw
		}
	}
	return sent
}

func rawOr(v gjson.Result, otherwise string) string {
	if !v.Exists() {
		return otherwise
	}
	return v.Raw
}

// group is what belongs to one user.
func group(member string) rule.Group { return rule.Group{Within: member, Index: "user"} }
