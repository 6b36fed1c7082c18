package volunteers

import (
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func supervisors() behavior.Resource {
	r := nested("supervisor", "UserSupervisor", "user_id")
	r.Nest.Lists = "VOL-SUP-20"
	r.Defaults = defaults("false", "VOL-SUP-03", "primary")
	r.Prepare, r.Enforces = supervisor, []behavior.By{"VOL-SUP-14"}
	links := people("supervisor")
	r.View = func(c *behavior.Call, to []byte, r *store.Record) []byte { return linked(c, to, r, links) }
	return r
}

func supervisor(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	given := map[string]string{}
	raw, ok := sent["user"]
	if before == nil || ok && !c.Holds("VOL-SUP-14") {
		given["supervisor"] = ref(raw)
	}
	if _, ok := sent["primary"]; !ok && before == nil && !c.Holds("VOL-SUP-03") {
		given["primary"] = "true"
	}
	return given
}

func dropSupervisor() behavior.Func {
	return behavior.Func{Write: true, Run: removeSupervisor, Enforces: []behavior.By{"VOL-SUP-15", "VOL-SUP-17"}}
}

// removeSupervisor removes the pair, and leaves both users.
func removeSupervisor(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	pair, refusal := c.Find("supervisor", "supervisorId", "VOL-SUP-19")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	if c.Holds("VOL-SUP-15") {
		refusal = c.Write("supervisor", pair, nil)
	}
	if over, ok := c.Reader().Get("user", pair.String("supervisor")); ok && !c.Holds("VOL-SUP-17") {
		refusal = c.Write("user", over, nil)
	}
	return c.OK(nil), refusal
}
